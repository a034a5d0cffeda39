"""The shape of a case in one table: which parts there are, and which facts, sets and references they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from safeguard_rules.case.child import Child, Pregnancy
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.fields import fact_note, list_note


@dataclass(frozen=True, slots=True)
class PartShape:
    """One part of a case: `case`, `child`, `pregnancy`, or the entries of a list under the list's name.

    `sets` are the facts that hold several words or references, `references` those that hold ids, with the list
    that these belong to, and `numbers` those that hold whole numbers.
    """

    name: str
    model: type[BaseModel]
    facts: tuple[str, ...]
    sets: frozenset[str]
    references: Mapping[str, str]
    numbers: frozenset[str]


def _shape(name: str, model: type[BaseModel], lists: Mapping[str, str]) -> PartShape:
    notes = {field: fact_note(declared) for field, declared in model.model_fields.items()}
    facts = {field: note for field, note in notes.items() if note is not None}
    kinds = {field: _inner(model.model_fields[field].annotation) for field in facts}
    return PartShape(
        name,
        model,
        tuple(facts),
        frozenset(field for field, kind in kinds.items() if get_origin(kind) is tuple),
        MappingProxyType({f: lists[note.refers_to] for f, note in facts.items() if note.refers_to}),
        frozenset(field for field, kind in kinds.items() if kind is int),
    )


def _inner(annotation: Any) -> Any:
    """The type of a known value: the annotation without `None` and without notes for pydantic."""
    if get_origin(annotation) is Annotated:
        return _inner(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        known = [_inner(arm) for arm in get_args(annotation) if arm is not type(None)]
        return known[0] if len(known) == 1 else Union
    return annotation


def _entry_model(name: str) -> type[BaseModel]:
    listed = _inner(CaseContents.model_fields[name].annotation)
    model: type[BaseModel] = get_args(listed)[0]
    return model


def _shapes() -> Mapping[str, PartShape]:
    models: dict[str, type[BaseModel]] = {"case": CaseContents, "child": Child, "pregnancy": Pregnancy}
    models.update({name: _entry_model(name) for name in SINGULARS})
    lists = {singular: name for name, singular in SINGULARS.items()}
    return MappingProxyType({name: _shape(name, model, lists) for name, model in models.items()})


SINGULARS: Mapping[str, str] = MappingProxyType(
    {name: note.singular for name, field in CaseContents.model_fields.items() if (note := list_note(field)) is not None}
)
"""The name of each list with the word for one of its entries."""

PARTS: Mapping[str, PartShape] = _shapes()
"""Each part of a case by its name."""
