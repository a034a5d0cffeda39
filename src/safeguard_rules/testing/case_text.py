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
    head = [f"as_of: {flow(str(as_of))}"] if as_of is not None else []
    tree = canonical_tree(case)
    return "\n".join([*head, *(_block(tree) if tree or head else ["{}"])]) + "\n"


def _block(tree: Mapping[str, Any], margin: str = "") -> Iterator[str]:
    for key, value in tree.items():
        line = f"{margin}{flow(key)}: {flow(value)}"
        if len(line) <= WIDTH or not value or not isinstance(value, Mapping | list):
            yield line
        elif isinstance(value, Mapping):
            yield f"{margin}{flow(key)}:"
            yield from _block(value, margin + "  ")
        else:
            yield f"{margin}{flow(key)}:"
            yield from (f"{margin}  - {flow(each)}" for each in value)


def flow(value: Any) -> str:
    """A value on one line, with quotes only where it needs them."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(flow(each) for each in value) + "]"
        case str() if _PLAIN.fullmatch(value) and value not in _MEANT_OTHERWISE:
            return value
    return json.dumps(value, ensure_ascii=False)
