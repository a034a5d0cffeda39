"""A caseload screened: one function from record batches to record batches, for any engine that speaks Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from safeguard_rules.case.case import Case
from safeguard_rules.engine.columns.caseload import Caseload
from safeguard_rules.engine.columns.rows import cases_to_batch, row_to_case, why
from safeguard_rules.engine.columns.schema import case_schema, check_schema, is_text
from safeguard_rules.engine.columns.utf8 import is_utf8, readable, wrong_texts
from safeguard_rules.engine.rulebook import Day, Rulebook, day_of
from safeguard_rules.errors import CallError, CaseError, PluginError
from safeguard_rules.interop.case_texts import CASE_JSON, case_in, texts_in
from safeguard_rules.interop.changed import changed_column, changed_fields
from safeguard_rules.interop.choice import Choice, PackChoice, Stamps, stamps_of
from safeguard_rules.interop.found import APPLIES, UNDETERMINED, Found, found_by_columns, found_by_rows, rule_names
from safeguard_rules.interop.screened import (
    COLUMNS,
    Demanded,
    actions_column,
    demanded_by,
    findings_column,
    screened_fields,
    unknown_column,
)
from safeguard_rules.interop.unknown import Reading, reading_of
from safeguard_rules.messages import suggest
from safeguard_rules.packs.versions import engine_version
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.json_text import as_json

METADATA = b"safeguard_rules"
"""The key under which a schema says with which packs, for which day and area it was screened."""

_AT_ONCE = 8192


class _Settings(NamedTuple):
    """All that a screening is made from; it can be pickled."""

    as_of: str
    choice: Choice
    since: Choice | None
    keep: tuple[pa.Field, ...]
    evaluations: bool
    dictionaries: bool


class Screening:
    """What the rules say of every row of a record batch on a day: call it with a batch, get a batch.

    One row comes out for each row that goes in, in the same order, with the columns of `schema`; the bytes are the
    same however the rows were cut into batches. A batch has the columns of a case (`case_schema`, all or some of
    them), or the column `case_json` with each row's case as JSON. A row that is no valid case has its reason in
    `error`, and null in all else that would be said of it.

    It can be pickled: another process loads the same packs by their names when it is first called there, and raises
    CallError if they are not the same.
    """

    def __init__(
        self,
        as_of: Day,
        *,
        packs: Sequence[str | Path] | None = None,
        locality: str | Path | None = None,
        plugins: Sequence[str] = (),
        cache: str | Path | None = None,
        keep: Iterable[pa.Field] = (),
        since: Choice | None = None,
        evaluations: bool = False,
        dictionaries: bool = True,
    ) -> None:
        """Loads the packs as `Rulebook.load` does, and raises as it does; every process that it is sent to does so too.

        `keep` are fields of the caller's own, which come out as they are. With `since` the columns are those of a
        comparison with that state of the packs. `evaluations` adds the actions and reasons of every row in which a
        rule applies, as JSON; it takes many times as long. Without `dictionaries` all names are plain text, for
        engines that know nothing else. Raises CallError for a column to keep whose name is taken, or that is no field.
        """
        fields = tuple(keep)
        _check_kept(fields)
        choice = PackChoice(tuple(packs) if packs is not None else None, locality, tuple(plugins), cache)
        day = day_of(as_of)
        self._settings = _Settings(str(day), choice, since, fields, evaluations, dictionaries)
        self._stamps = tuple(stamps_of(side.rulebook) for side in self._sides)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self._settings, self._stamps)

    def __repr__(self) -> str:
        return f"Screening(as_of={self._settings.as_of}, packs={len(self._stamps[-1])})"

    @property
    def as_of(self) -> AsOf:
        """The day."""
        return AsOf.of(self._settings.as_of)

    @property
    def compares(self) -> bool:
        """Whether two states of the packs are compared."""
        return self._settings.since is not None

    @property
    def rulebook(self) -> Rulebook:
        """The packs in force; loaded when it is first asked for in a process."""
        return self._sides[-1].rulebook

    @property
    def packs(self) -> tuple[Stamps, ...]:
        """The ids and digests of the packs and the locality; those compared with come first."""
        return self._stamps

    @property
    def asks(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The obligations and actions that each rule in force asks for, the strongest first."""
        side = self._sides[-1]
        wanted = zip(side.rules, side.demanded.by_rule, strict=True)
        return {rule: tuple(side.demanded.pairs[place] for place in places) for rule, places in wanted}

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns that come out; its metadata says with what they were made."""
        made = self._settings
        if self.compares:
            fields = changed_fields(made.dictionaries)
        else:
            fields = screened_fields(made.dictionaries, made.evaluations)
        return pa.schema([*made.keep, *fields], metadata={METADATA: as_json(self.made_with, indent=False)})

    @property
    def made_with(self) -> dict[str, object]:
        """The library's version, the day, and the digest of each pack: with the same, the same comes out."""
        told: dict[str, object] = {"engine_version": engine_version(), "as_of": self._settings.as_of}
        told["packs"] = dict(self._stamps[-1])
        if self.compares:
            told["since"] = dict(self._stamps[0])
        return told

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """What the rules say of each row. Raises CallError for columns that are no part of a case and not kept."""
        if not isinstance(batch, pa.RecordBatch):
            help_ = "; for a table there is `screening.table(table)`" if isinstance(batch, pa.Table) else ""
            raise CallError(f"expected a record batch, got {_shown(batch)}{help_}")
        self.check(batch.schema)
        kept = [_kept(batch, field) for field in self._settings.keep]
        cases, errors, positions = self._cases(batch)
        found = [side.found(cases, lacking=not self.compares).among(errors, positions) for side in self._sides]
        if self.compares:
            columns = self._changed(*found)
        else:
            columns = self._screened(found[0], cases, positions)
        return pa.RecordBatch.from_arrays([*kept, *columns], schema=self.schema)

    def table(self, table: pa.Table) -> pa.Table:
        """The same for a table, so many rows at a time that what is worked on stays small; raises as a call does."""
        if not isinstance(table, pa.Table):
            help_ = "; for a batch there is `screening(batch)`" if isinstance(table, pa.RecordBatch) else ""
            raise CallError(f"expected a table, got {_shown(table)}{help_}")
        return pa.Table.from_batches(map(self, table.to_batches(max_chunksize=_AT_ONCE)), self.schema)

    def check(self, schema: pa.Schema) -> None:
        """Raises CallError if batches of this schema cannot be screened; says what of all columns is wrong."""
        self._case_columns(schema)
        for field in self._settings.keep:
            if field.name not in schema.names:
                raise CallError(f"there is no column `{field.name}` to keep")

    # --- within

    @cached_property
    def _sides(self) -> tuple[_Side, ...]:
        choices = [each for each in (self._settings.since, self._settings.choice) if each is not None]
        sides = tuple(_Side(choice.load(), self.as_of) for choice in choices)
        expected = self.__dict__.get("_stamps")
        if expected is not None and expected != tuple(stamps_of(side.rulebook) for side in sides):
            raise CallError("the packs that are here are not those that the screening was made with")
        return sides

    def _cases(self, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, list[str | None], Any]:
        """The rows that can be read as columns of a case, the reasons of the others, and where the first stand."""
        names = self._case_columns(batch.schema)
        if names != [CASE_JSON]:
            cases, wrong = readable(batch.select(names))
            positions = np.array([row for row in range(batch.num_rows) if row not in wrong], np.int64)
            return cases.take(positions) if wrong else cases, [*map(wrong.get, range(batch.num_rows))], positions
        read = [self._read(text) for text in texts_in(batch.column(CASE_JSON))]
        errors = [each if isinstance(each, str) else None for each in read]
        positions = np.array([place for place, error in enumerate(errors) if error is None], np.int64)
        return cases_to_batch(each for each in read if isinstance(each, Case)), errors, positions

    def _read(self, text: bytes | None) -> Case | str:
        try:
            return case_in(text, self.as_of, self.rulebook.locality)
        except (CaseError, CallError) as error:
            return why(error)

    def _case_columns(self, schema: pa.Schema) -> list[str]:
        """The columns of a case that a schema has; every other one must be kept, so that none is forgotten."""
        known, kept = [*case_schema().names, CASE_JSON], {field.name for field in self._settings.keep}
        own = [name for name in schema.names if name not in kept]
        strange = [name for name in own if name not in known]
        found = [name for name in own if name in known]
        if not found:
            raise CallError("there is no column of a case: expected some of those of the vocabulary, or `case_json`")
        if strange:
            raise CallError("; ".join(f"a case has no column `{name}`; {_help(name, known)}" for name in strange))
        if CASE_JSON not in found:
            check_schema(pa.schema([schema.field(name) for name in found]))
        elif found != [CASE_JSON]:
            raise CallError(f"expected either `{CASE_JSON}` or the columns of a case, got both")
        elif not (is_text(type_ := schema.field(CASE_JSON).type) or type_ == pa.binary()):
            raise CallError(f"`{CASE_JSON}` holds text, and the column is of the type `{type_}`")
        return found

    def _screened(self, found: Found, cases: pa.RecordBatch, positions: Any) -> list[pa.Array]:
        side, plain = self._sides[0], self._settings.dictionaries
        evaluations: list[pa.Array] = []
        if self._settings.evaluations:
            told, refused = self._evaluations(found, cases, positions)
            evaluations, found = [pa.array(told, pa.string())], found.without(refused)
        return [
            found.children,
            pa.array(found.errors, pa.string()),
            findings_column(found, APPLIES, side.rules, plain),
            findings_column(found, UNDETERMINED, side.rules, plain),
            actions_column(found, side.demanded, plain),
            unknown_column(found, side.reading, plain),
            *evaluations,
        ]

    def _evaluations(
        self, found: Found, cases: pa.RecordBatch, positions: Any
    ) -> tuple[list[str | None], dict[int, str]]:
        """The actions and reasons of the rows in which a rule applies, by the path that a single case takes.

        Besides them, for each row that this path refuses, why it does.
        """
        told: list[str | None] = [None] * len(found.errors)
        refused: dict[int, str] = {}
        applying = set(found.rows[found.outcomes == APPLIES].tolist())
        for row, position in enumerate(positions.tolist()):
            if position not in applying:
                continue
            try:
                evaluation = self.rulebook.evaluate(row_to_case(cases, row), as_of=self.as_of)
                told[position] = evaluation.to_json("actions", indent=False)
            except (CaseError, CallError, PluginError) as error:
                refused[position] = why(error)
        return told, refused

    def _changed(self, before: Found, after: Found) -> list[pa.Array]:
        pairs = zip(before.errors, after.errors, strict=True)
        errors = [new if new is not None else old for old, new in pairs]
        rules = (self._sides[0].rules, self._sides[1].rules)
        changed = changed_column(before, after, rules, errors, self._settings.dictionaries)
        return [after.children, pa.array(errors, pa.string()), changed]


@dataclass(frozen=True)
class _Side:
    """One state of the packs on the day, with what is worked out once for all batches."""

    rulebook: Rulebook
    as_of: AsOf

    @cached_property
    def rules(self) -> tuple[str, ...]:
        return rule_names(self.rulebook, self.as_of)

    @cached_property
    def demanded(self) -> Demanded:
        return demanded_by(self.rulebook.program(self.as_of))

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.rulebook.program(self.as_of), self.rulebook.vocabulary)

    @cached_property
    def caseload(self) -> Caseload:
        return Caseload(self.rulebook, self.as_of)

    def found(self, cases: pa.RecordBatch, *, lacking: bool) -> Found:
        reading = self.reading if lacking else None
        if self.rulebook.loaded.plugins.sinks:
            return found_by_rows(self.rulebook, self.as_of, cases, reading)
        return found_by_columns(self.caseload, cases, reading)


def _again(settings: _Settings, stamps: tuple[Stamps, ...]) -> Screening:
    """A screening as it was pickled; its packs are loaded when they are first needed."""
    screening = Screening.__new__(Screening)
    screening.__dict__.update(_settings=settings, _stamps=stamps)
    return screening


def _check_kept(keep: Sequence[pa.Field]) -> None:
    for field in keep:
        if not isinstance(field, pa.Field):
            raise CallError(f"keep: expected fields such as `pa.field(name, pa.int64())`, got {_shown(field)}")
    names = [field.name for field in keep]
    taken = [name for name in names if name in COLUMNS or name in case_schema().names or names.count(name) > 1]
    if taken:
        raise CallError(f"a column to keep cannot be called `{taken[0]}`, for that name is taken")


def _kept(batch: pa.RecordBatch, field: pa.Field) -> pa.Array:
    column = batch.column(field.name)
    wrong = () if is_utf8(column) else sorted(wrong_texts(column, field.name).items())
    if wrong:
        row, why_not = wrong[0]
        raise CallError(f"a column to keep cannot be read, row {row} of the batch: {why_not}")
    try:
        return column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise CallError(f"the column `{field.name}` to keep is not of the type `{field.type}`: {error}") from None


def _shown(given: object) -> str:
    """A value that is of the wrong sort, by its type, and by itself where it is a word."""
    return f"`{given}`" if isinstance(given, str) else f"a `{type(given).__name__}`"


def _help(name: str, known: Sequence[str]) -> str:
    near = suggest(name, known)
    return near or "say that it is to be kept if it is your own"
