"""Paths of entered facts: reading them, finding what stands there, and taking one fact out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safeguard_rules.case.base import Part, Record
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.errors import CallError
from safeguard_rules.messages import quote
from safeguard_rules.values.frozen import FrozenMap

_ENTRY = re.compile(r"(?P<part>\w+)\[(?P<id>[^\[\]]+)\](?:\.(?P<name>\w+))?")
_PLAIN = re.compile(r"(?P<part>case|child|pregnancy)\.(?P<name>\w+)")
_EXTRA = re.compile(r"extra\.(?P<id>[^.\[\]]+)\.(?P<name>[^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class CasePath:
    """A place in a case: a part (`child`, `case`, `pregnancy`, `extra` or a list), an id in it, and a fact.

    `injuries[cheek].kind` has all three; `injuries[cheek]` stands for the existence of the injury, and
    `injuries` for the list being complete. In `extra.parking.spaces` the id is the extension's name.
    """

    part: str
    id: str | None = None
    name: str | None = None

    def __str__(self) -> str:
        if self.part == "extra":
            return f"extra.{self.id}.{self.name}"
        entry = self.part if self.id is None else f"{self.part}[{self.id}]"
        return entry if self.name is None else f"{entry}.{self.name}"


def parse_path(text: str) -> CasePath | None:
    """The path that a text writes, or `None` if no case can have it; nothing is looked up in a case."""
    if text in SINGULARS:
        return CasePath(text)
    if match := _EXTRA.fullmatch(text):
        return CasePath("extra", match["id"], match["name"])
    match = _ENTRY.fullmatch(text)
    if match and match["part"] not in SINGULARS:
        return None
    match = match or _PLAIN.fullmatch(text)
    if match is None or (match["name"] is not None and match["name"] not in PARTS[match["part"]].facts):
        return None
    return CasePath(match["part"], match.groupdict().get("id"), match["name"])


def is_complete(case: CaseContents, name: str) -> bool:
    """Whether a list is known to hold everything; people only if somebody has asked and recorded all of them."""
    if getattr(case, name) is None or name in case.incomplete:
        return False
    return name != "people" or case.all_regular_people_recorded is True


def part_at(case: CaseContents, path: CasePath) -> Part | None:
    """The case, the child, the pregnancy or the entry of a list that a path leads through, if it is there."""
    if path.id is not None:
        entries: tuple[Record, ...] = getattr(case, path.part) or ()
        return next((entry for entry in entries if entry.id == path.id), None)
    if path.part == "case":
        return case
    part: Part | None = getattr(case, path.part) if path.part in ("child", "pregnancy") else None
    return part


def value_at(case: CaseContents, path: str) -> Any:
    """What is known at a path: a value, an entry of a list, or a list that is complete; `None` if nothing is.

    Raises `CallError` if no case can have such a path.
    """
    parsed = parse_path(path)
    if parsed is None:
        raise CallError(f"{quote(path)} is not the path of a fact")
    return known_at(case, parsed)


def known_at(case: CaseContents, path: CasePath) -> Any:
    """As `value_at`, for a path that was read before."""
    if path.part == "extra":
        return case.extra.get(path.id or "", FrozenMap()).get(path.name or "")
    if path.part in SINGULARS and path.id is None:
        return getattr(case, path.part) if is_complete(case, path.part) else None
    part = part_at(case, path)
    return part if part is None or path.name is None else getattr(part, path.name)


def iter_paths(case: CaseContents) -> Iterator[str]:
    """The path of every fact that the case knows, in the order of the models and of its lists.

    Besides values these are the existence of each entry and the completeness of each list that is complete; that
    of `people` is left out, for `case.all_regular_people_recorded` says it.
    """
    yield from _known(case, CasePath("case"))
    for part in ("child", "pregnancy"):
        yield from _known(getattr(case, part), CasePath(part))
    for name in SINGULARS:
        if name != "people" and is_complete(case, name):
            yield name
        for entry in getattr(case, name) or ():
            yield f"{name}[{entry.id}]"
            yield from _known(entry, CasePath(name, entry.id))
    for extension, values in case.extra.items():
        yield from (f"extra.{extension}.{name}" for name, value in values.items() if value is not None)


def _known(part: Part | None, path: CasePath) -> Iterator[str]:
    for name in PARTS[path.part].facts if part is not None else ():
        if getattr(part, name) is not None:
            yield str(CasePath(path.part, path.id, name))
