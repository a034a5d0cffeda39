"""A case as YAML that can be kept beside the rules: what a failed property shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.values.dates import AsOf

WIDTH = 110
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9][A-Za-z0-9_-]*)*|\d{4}(?:-\d\d){0,2}(?:T[\d:.]+Z)?")
_MEANT_OTHERWISE = ("true", "false", "null")


def as_yaml(case: CaseContents, as_of: AsOf | str | None = None) -> str:
    """A case as a YAML file, records one on a line; with `as_of` as its header. It reads back to the same case."""
    head = [f"as_of: {_flow(str(as_of))}"] if as_of is not None else []
    tree = canonical_tree(case)
    return "\n".join([*head, *(_block(tree) if tree or head else ["{}"])]) + "\n"


def _block(tree: Mapping[str, Any], margin: str = "") -> Iterator[str]:
    for key, value in tree.items():
        line = f"{margin}{_flow(key)}: {_flow(value)}"
        if len(line) <= WIDTH or not value or not isinstance(value, Mapping | list):
            yield line
        elif isinstance(value, Mapping):
            yield f"{margin}{_flow(key)}:"
            yield from _block(value, margin + "  ")
        else:
            yield f"{margin}{_flow(key)}:"
            yield from (f"{margin}  - {_flow(each)}" for each in value)


def _flow(value: Any) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{_flow(key)}: {_flow(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(_flow(each) for each in value) + "]"
        case str() if _PLAIN.fullmatch(value) and value not in _MEANT_OTHERWISE:
            return value
    return json.dumps(value, ensure_ascii=False)
