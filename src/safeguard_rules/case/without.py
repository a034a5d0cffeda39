"""Taking one fact out of a case, so that it is unknown."""

from __future__ import annotations

from typing import Any, TypeVar

from safeguard_rules.case.base import Part, Record
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.paths import CasePath, known_at, parse_path, part_at, value_at
from safeguard_rules.case.shape import PARTS, SINGULARS

Contents = TypeVar("Contents", bound=CaseContents)


def without(case: Contents, path: str) -> Contents:
    """A valid case in which the fact at the path is unknown; the case itself if it is so already.

    A value becomes `None`. An entry goes: its list is no longer complete, and what referred to it is unknown. A
    complete list is marked incomplete, or left out if it is empty. Evidence of what is gone goes too. Raises
    `CallError` if no case can have such a path.
    """
    if value_at(case, path) is None:
        return case
    parsed = parse_path(path)
    assert parsed is not None
    fields: dict[str, Any] = dict(case)
    if parsed.part == "extra":
        fields["extra"] = _extra_without(case, parsed)
    elif parsed.part in SINGULARS and parsed.id is None:
        fields |= _opened(case, parsed.part, getattr(case, parsed.part))
    elif parsed.name is None:
        fields = _without_entry(case, parsed)
    else:
        fields |= _without_value(case, parsed, parsed.name)
    gone = type(case).model_construct(**fields)
    fields["evidence"] = {key: found for key, found in case.evidence.items() if _still_there(gone, key)}
    return type(case).model_validate(fields)


def _still_there(case: CaseContents, key: str) -> bool:
    """Whether there is something left for evidence to be about, or a reason why there is not."""
    path = parse_path(key)
    assert path is not None
    if known_at(case, path) is not None:
        return True
    has_reason = any(found.why is not None for found in case.evidence[key])
    return has_reason and (path.id is None or path.part == "extra" or part_at(case, path) is not None)


def _extra_without(case: CaseContents, path: CasePath) -> dict[str, dict[str, Any]]:
    return {
        extension: {name: value for name, value in values.items() if (extension, name) != (path.id, path.name)}
        for extension, values in case.extra.items()
    }


def _opened(case: CaseContents, name: str, entries: tuple[Record, ...]) -> dict[str, Any]:
    """The fields of the case with a list that holds these entries and perhaps more."""
    others = tuple(other for other in case.incomplete if other != name)
    changed: dict[str, Any] = {name: entries or None, "incomplete": (*others, name) if entries else others}
    return {**changed, "all_regular_people_recorded": None} if name == "people" else changed


def _without_value(case: CaseContents, path: CasePath, name: str) -> dict[str, Any]:
    part = part_at(case, path)
    assert part is not None
    blank = _unknown(part, name)
    if path.part == "case":
        return {name: None, "incomplete": blank["incomplete"]}
    changed = part.model_copy(update=blank)
    if path.id is None:
        return {path.part: changed}
    return {path.part: tuple(changed if entry is part else entry for entry in getattr(case, path.part))}


def _unknown(part: Part, name: str) -> dict[str, Any]:
    return {name: None, "incomplete": tuple(other for other in part.incomplete if other != name)}


def _without_entry(case: CaseContents, path: CasePath) -> dict[str, Any]:
    fields = dict(case)
    gone = part_at(case, path)
    left = tuple(entry for entry in getattr(case, path.part) if entry is not gone)
    fields |= _opened(case, path.part, left)
    assert path.id is not None
    for name in SINGULARS:
        if fields[name] is not None:
            fields[name] = tuple(_unlinked(entry, name, path.part, path.id) for entry in fields[name])
    ids = {entry.id for name in SINGULARS for entry in fields[name] or ()} | ({case.child.id} if case.child else set())
    if case.done is not None:
        fields["done"] = tuple(done for done in case.done if done.about is None or done.about in ids)
    return fields


def _unlinked(entry: Record, part: str, list_name: str, gone: str) -> Record:
    """The entry without its references to an entry that is gone."""
    changed: dict[str, Any] = {}
    incomplete = list(entry.incomplete)
    for name, referred in PARTS[part].references.items():
        value = getattr(entry, name)
        if referred != list_name or value is None:
            continue
        if value == gone:
            changed[name] = None
        elif not isinstance(value, str) and gone in value:
            changed[name] = tuple(other for other in value if other != gone) or None
            incomplete = [other for other in incomplete if other != name] + ([name] if changed[name] else [])
    return entry.model_copy(update={**changed, "incomplete": tuple(incomplete)}) if changed else entry
