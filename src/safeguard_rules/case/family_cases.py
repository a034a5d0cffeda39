"""From a family to the case of each child: what is shared, and what is the child's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safeguard_rules.case.base import Part, Record
from safeguard_rules.case.contents import CaseContents, FamilyFacts
from safeguard_rules.case.evidence import Evidence
from safeguard_rules.case.family_contents import FamilyChild, FamilyContents
from safeguard_rules.case.services import Done
from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.values.frozen import FrozenMap

SHARED_FACTS = tuple(name for name in FamilyFacts.model_fields if name != "incomplete")
"""The facts that may stand at the top of a family file or under a child."""


def contents_of(family: FamilyContents, own: FamilyChild) -> CaseContents:
    """What the case of one child holds: the shared entries of each list first, then the child's own."""
    child = own.child.id
    fields: dict[str, Any] = {name: getattr(own, name) for name in CaseContents.model_fields}
    for name in SHARED_FACTS:
        fields[name] = getattr(family, name) if fields[name] is None else fields[name]
    for name in SINGULARS:
        fields[name] = _joined(shared_entries(family, name, child), fields[name])
    shared_done = None if family.done is None else tuple(family.done[index] for index in done_for(family, own))
    fields["done"] = _joined(shared_done, own.done)
    fields["incomplete"] = (*family.incomplete, *own.incomplete)
    fields["evidence"] = _evidence(family.evidence, own.evidence)
    fields["extra"] = _extra(family, own)
    return CaseContents.model_construct(**fields)


def shared_contents(family: FamilyContents) -> CaseContents:
    """What the family holds outside its children, as if it were a case; `for_children` is left aside."""
    fields: dict[str, Any] = {name: shared_entries(family, name, None) for name in SINGULARS}
    fields |= {name: getattr(family, name) for name in SHARED_FACTS}
    return CaseContents.model_construct(
        **fields, incomplete=family.incomplete, evidence=family.evidence, extra=family.extra
    )


def shared_entries(family: FamilyContents, name: str, child: str | None) -> tuple[Record, ...] | None:
    """The entries of a list of the family as they are for one child."""
    entries: tuple[Record, ...] | None = getattr(family, name)
    return None if entries is None else tuple(_for_child(entry, name, child) for entry in entries)


def done_for(family: FamilyContents, own: FamilyChild) -> tuple[int, ...]:
    """Which of the family's `done` concern a child, by position: all but those about another child's own."""
    others = {each for other in family.children if other is not own for each in _own_ids(other)} - _own_ids(own)
    others -= {entry.id for name in SINGULARS for entry in getattr(family, name) or ()}
    done: tuple[Done, ...] = family.done or ()
    return tuple(index for index, each in enumerate(done) if each.about not in others)


def _own_ids(own: FamilyChild) -> set[str]:
    return {own.child.id} | {entry.id for name in SINGULARS for entry in getattr(own, name) or ()}


def _joined(shared: tuple[Any, ...] | None, own: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    return own if shared is None else (*shared, *(own or ()))


def _for_child(entry: Record, name: str, child: str | None) -> Record:
    """An entry as plain record of a case, with what is said for one child put in."""
    for_children: Mapping[str, Part] | None = getattr(entry, "for_children", None)
    if for_children is None:
        return entry
    fields = {field: value for field, value in entry if field != "for_children"}
    said = for_children.get(child) if child is not None else None
    for field, value in said or ():
        if field == "incomplete":
            fields[field] = (*entry.incomplete, *value)
        elif value is not None:
            fields[field] = value
    model = PARTS[name].model
    record = model.model_construct(**fields)
    assert isinstance(record, Record)
    return record


def _evidence(
    shared: Mapping[str, tuple[Evidence, ...]], own: Mapping[str, tuple[Evidence, ...]]
) -> FrozenMap[str, tuple[Evidence, ...]]:
    paths = {**shared, **own}
    return FrozenMap({path: (*shared.get(path, ()), *own.get(path, ())) for path in paths})


def _extra(family: FamilyContents, own: FamilyChild) -> FrozenMap[str, FrozenMap[str, Any]]:
    extensions = {**family.extra, **own.extra}
    return FrozenMap(
        {name: FrozenMap({**family.extra.get(name, {}), **own.extra.get(name, {})}) for name in extensions}
    )
