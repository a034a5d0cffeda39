"""Which facts a case does not give, of those that rules read: column by column, for a whole batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as is_type

from safeguard_rules.engine.columns.schema import DATE_FIELDS, is_list
from safeguard_rules.engine.program import Program
from safeguard_rules.language.tree import Condition, Count, FactRef, Quantifier, Test, walk
from safeguard_rules.packs.graph import Reach
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.kinds import STAGES

STAGE = "child.stage"
_SINGLE = ("child", "pregnancy")
_ALL_PEOPLE = "all_regular_people_recorded"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules in force read: `names` are paths of entered facts and names of lists, sorted.

    `by_rule` holds for each rule in force the places of what it reads among the names. What extensions add is not in
    it: a column holds it as one JSON text.
    """

    names: tuple[str, ...]
    by_rule: tuple[tuple[int, ...], ...]


def reading_of(program: Program, vocabulary: Vocabulary) -> Reading:
    """What each rule in force reads, itself and through definitions and derived facts."""
    reach = Reach(lambda name: (program.forms[name].when,) if name in program.forms else ())
    found: list[dict[str, None]] = []
    for active in program.rules:
        read: dict[str, None] = {} if len(active.form.stages) == len(STAGES) else {STAGE: None}
        if active.form.for_each is not None:
            read[vocabulary.kinds[active.form.for_each].name] = None
        for condition in reach.conditions(active.form.when):
            read.update(dict.fromkeys(_read_in(condition, vocabulary)))
        found.append(read)
    names = tuple(sorted({name for read in found for name in read}))
    places = {name: place for place, name in enumerate(names)}
    return Reading(names, tuple(tuple(sorted(places[name] for name in read)) for read in found))


def _read_in(condition: Condition, vocabulary: Vocabulary) -> Iterator[str]:
    """The entered facts and lists that a condition reads, without its definitions."""
    for node in walk(condition):
        if isinstance(node, Quantifier | Count):
            yield vocabulary.kinds[node.of].name
        elif isinstance(node, Test):
            for ref in (node.ref, node.operand):
                if isinstance(ref, FactRef):
                    yield from _entered(ref.fact.path, vocabulary)


def _entered(path: str, vocabulary: Vocabulary) -> Iterator[str]:
    if vocabulary.kind_named(path) is not None:
        yield path
        return
    fact = vocabulary.facts[path]
    for read in fact.reads if fact.derived else ():
        yield from _entered(read, vocabulary)
    if not fact.derived and fact.name != "id" and not fact.owner.startswith("extra."):
        yield path


def not_given(batch: pa.RecordBatch, reading: Reading, vocabulary: Vocabulary) -> Any:
    """For each row and each name of a reading whether the case does not give it; an array of booleans.

    A list or a set that is called incomplete is not given, nor are people unless all are recorded. A fact of a list
    is not given if one of its records lacks it. What does not exist in the stage of the child is never missed.
    """
    columns = _Columns(batch)
    found = np.zeros((batch.num_rows, len(reading.names)), np.bool_)
    for place, name in enumerate(reading.names):
        kind = vocabulary.kind_named(name)
        if kind is not None:
            stages = kind.stages
            missing = columns.list_missing(name)
        else:
            fact = vocabulary.facts[name]
            stages = fact.stages
            owner = vocabulary.kinds.get(fact.owner)
            missing = (
                columns.missing(fact.owner, fact.name) if owner is None else columns.in_list(owner.name, fact.name)
            )
        found[:, place] = missing & columns.exists_in(stages)
    return found


class _Columns:
    """A batch of cases, asked for what it does not give."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self.batch = batch
        self.rows = batch.num_rows
        self._stages: dict[frozenset[str], Any] = {}

    def missing(self, owner: str, name: str) -> Any:
        """Whether a fact of the child, the pregnancy or the case is not given."""
        holder = self._column(owner) if owner in _SINGLE else None
        if owner in _SINGLE:
            return self._unknown(holder, name)
        value = self._column(name)
        return np.ones(self.rows, np.bool_) if value is None else _absent(value) | self._incomplete(name)

    def in_list(self, list_name: str, name: str) -> Any:
        """Whether some record of a list lacks a fact."""
        found = np.zeros(self.rows, np.bool_)
        listed = self._column(list_name)
        if listed is None or not is_list(listed.type):
            return found
        records, parents = pc.list_flatten(listed), pc.list_parent_indices(listed)
        lacks = _Columns.of_records(records)._unknown(records, name)
        found[parents.to_numpy(zero_copy_only=False)[lacks]] = True
        return found

    @classmethod
    def of_records(cls, records: Any) -> _Columns:
        """The records of a list, as rows of their own."""
        return cls(pa.RecordBatch.from_arrays([records], ["records"]))

    def list_missing(self, name: str) -> Any:
        """Whether a list is not given, or may hold more than it says."""
        value = self._column(name)
        if value is None:
            return np.ones(self.rows, np.bool_)
        found = _absent(value) | self._incomplete(name)
        if name == "people":
            whole = self._column(_ALL_PEOPLE)
            found |= np.ones(self.rows, np.bool_) if whole is None else ~_true(whole)
        return found

    def exists_in(self, stages: frozenset[str]) -> Any:
        """Whether the child may be in one of these stages, as far as the case says."""
        if stages not in self._stages:
            child = self._column("child")
            stage = _field(child, "stage") if child is not None else None
            if stage is None:
                self._stages[stages] = np.ones(self.rows, np.bool_)
            else:
                known = pc.is_in(_text(stage), value_set=pa.array(sorted(stages), pa.string()))
                self._stages[stages] = _absent(stage) | known.to_numpy(zero_copy_only=False)
        return self._stages[stages]

    def _column(self, name: str) -> Any:
        place = self.batch.schema.get_field_index(name)
        column = self.batch.column(place) if place >= 0 else None
        return None if column is None or is_type.is_null(column.type) else column

    def _unknown(self, holder: Any, name: str) -> Any:
        """Whether a field of structs is not given."""
        value = _field(holder, name) if holder is not None else None
        if value is None:
            return np.ones(self.rows, np.bool_)
        found = _absent(value)
        said = _field(holder, "incomplete")
        return found | _says(said, name) if said is not None and is_list(value.type) else found

    def _incomplete(self, name: str) -> Any:
        said = self._column("incomplete")
        return np.zeros(self.rows, np.bool_) if said is None else _says(said, name)


def _field(structs: Any, name: str) -> Any:
    """A field of structs with their nulls; None where there is no such field."""
    if not is_type.is_struct(structs.type) or structs.type.get_field_index(name) < 0:
        return None
    found = pc.struct_field(structs, name)
    return None if is_type.is_null(found.type) else found


def _absent(value: Any) -> Any:
    """Whether values are null; of a date as a struct, whether it says nothing."""
    found = value.is_null().to_numpy(zero_copy_only=False)
    if is_type.is_struct(value.type) and {each.name for each in value.type} <= set(DATE_FIELDS):
        says = np.zeros(len(value), np.bool_)
        for each in value.type:
            field = pc.struct_field(value, each.name)
            says |= _true(field) if is_type.is_boolean(each.type) else ~field.is_null().to_numpy(zero_copy_only=False)
        return found | ~says
    return found


def _true(flags: Any) -> Any:
    return pc.fill_null(flags, False).to_numpy(zero_copy_only=False)


def _says(said: Any, name: str) -> Any:
    """Whether lists of words have a word in them."""
    found = np.zeros(len(said), np.bool_)
    if is_list(said.type):
        words, parents = _text(pc.list_flatten(said)), pc.list_parent_indices(said)
        hits = pc.fill_null(pc.equal(words, name), False).to_numpy(zero_copy_only=False)
        found[parents.to_numpy(zero_copy_only=False)[hits]] = True
    return found


def _text(words: Any) -> Any:
    return words.cast(pa.string())
