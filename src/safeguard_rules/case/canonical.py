"""The one form of a case that its digest is made from (decision 41)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from safeguard_rules.case.base import CaseModel, Part, Record
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.services import Done

CANONICAL = "canonical-1"
"""The name of the form; another form gets another name."""


def canonical_tree(case: CaseContents) -> dict[str, Any]:
    """A case as plain mappings, lists, text, whole numbers and booleans.

    Unknown is left out, `[]` is kept; entries are sorted by id, sets of words and references by code point and
    each once. What an extension adds stays in its order. Header keys are no part of it.
    """
    return _model(case, tuple(CaseContents.model_fields))


def canonical_bytes(case: CaseContents) -> bytes:
    """The canonical tree as JSON in UTF-8: keys by code point, no spaces, nothing escaped that need not be."""
    return _json(canonical_tree(case)).encode("utf-8")


def digest(case: CaseContents) -> str:
    """`sha256:canonical-1:` and 64 hexadecimal digits; personal data, for so small a case can be guessed."""
    return f"sha256:{CANONICAL}:{hashlib.sha256(canonical_bytes(case)).hexdigest()}"


def _json(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _model(model: CaseModel, names: Iterable[str]) -> dict[str, Any]:
    tree = {name: _field(model, getattr(model, name)) for name in names if not _says_nothing(model, name)}
    return {name: value for name, value in tree.items() if value != {}}


def _says_nothing(model: CaseModel, name: str) -> bool:
    """Whether a field is unknown, or one whose default says no more than its absence."""
    value = getattr(model, name)
    return value is None or (value == () and type(model).model_fields[name].default == ())


def _field(owner: CaseModel, value: Any) -> Any:
    if not isinstance(value, tuple):
        return _value(value)
    if all(isinstance(each, str) for each in value):
        return sorted(set(value)) if isinstance(owner, Part) else list(value)
    if all(isinstance(each, Record) for each in value):
        return [_value(each) for each in sorted(value, key=lambda record: record.id)]
    if all(isinstance(each, Done) for each in value):
        return sorted((_value(each) for each in value), key=_json)
    return [_value(each) for each in value]


def _value(value: Any) -> Any:
    match value:
        case CaseModel():
            return _model(value, tuple(type(value).model_fields))
        case Mapping():
            tree = {key: _value(each) for key, each in value.items() if each is not None}
            return {key: each for key, each in tree.items() if each != {}}
        case tuple():
            return [_value(each) for each in value]
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)
