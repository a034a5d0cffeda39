"""Boards: the bits that a case sets, one look at each fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from safeguard_rules.engine.indexing.atoms import Asked, Meant, Reading
from safeguard_rules.engine.indexing.masks import MOST_DAYS, Days, Field, Kept, Marks
from safeguard_rules.engine.outcomes import StageRun
from safeguard_rules.engine.program import Program
from safeguard_rules.engine.running import Function
from safeguard_rules.language.tree import Scope
from safeguard_rules.values.truth import Truth
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.kinds import Kind
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import CaseView

OF_TIME = frozenset({Kind.DATE, Kind.LENGTH})


Meanings = Mapping[tuple[str, int], Function]
"""The functions of the definitions that stay whole, by name and level of assuming."""


class Look:
    """One view of a case being looked at; what definitions come to is worked out once for it."""

    __slots__ = ("_meanings", "_program", "_run", "view")

    def __init__(self, program: Program, meanings: Meanings, view: CaseView) -> None:
        self.view = view
        self._program = program
        self._meanings = meanings
        self._run: StageRun | None = None

    def meaning(self, atom: Meant, record: Record | None) -> Truth:
        """What a definition of the child, or of a record, comes to."""
        run = self._run
        if run is None:
            run = self._run = StageRun(self._program, self.view)
        return self._meanings[atom.definition, atom.level](run, run.one, record, run.truths(record))

    def one(self, owner: str) -> Record:
        """The child, the case, the pregnancy or an extension."""
        if owner.startswith("extra."):
            return self.view.extra(owner.removeprefix("extra."))
        found: Record = getattr(self.view, owner)
        return found


class Shelf:
    """The fields of one record that are looked up."""

    def __init__(self) -> None:
        self.fields: dict[str, Field] = {}
        self._plain: tuple[tuple[str, Field], ...] | None = None
        self._dated: dict[date, tuple[tuple[str, Days], ...]] = {}

    def read(self, bits: int, record: Record, view: CaseView) -> int:
        """The bits, with those that a record's values set."""
        values, day = record.values, view.as_of.day
        plain, dated = self._plain, self._dated.get(day)
        for name, field in self._settled() if plain is None else plain:
            value = values[name] if name in values else view.value(record, name)
            bits |= field[value]
        for name, days in self._on(view) if dated is None else dated:
            value = values[name] if name in values else view.value(record, name)
            bits |= days.find(value)
        return bits

    def _settled(self) -> tuple[tuple[str, Field], ...]:
        self._plain = tuple((name, field) for name, field in self.fields.items() if not _of_time(field))
        return self._plain

    def _on(self, view: CaseView) -> tuple[tuple[str, Days], ...]:
        found = tuple((name, field.on(view.as_of)) for name, field in self.fields.items() if _of_time(field))
        if len(self._dated) >= MOST_DAYS:
            self._dated.clear()
        self._dated[view.as_of.day] = found
        return found


class Board:
    """What is read of a case, of a subject, or of the record of a list, and the bits that it sets."""

    def __init__(self, kept: Kept, calendar: WorkingDays | None) -> None:
        self.shelves: dict[str, Shelf] = {}
        self._kept = kept
        self._calendar = calendar
        self._alone: dict[int, tuple[Asked | Meant, Marks]] = {}
        self._settled: tuple[tuple[Asked | Meant, tuple[int, int, int]], ...] | None = None

    def __bool__(self) -> bool:
        return bool(self.shelves or self._alone)

    def mark(self, number: int, atom: Asked | Meant, truths: int, position: int) -> None:
        """Sets a bit where an atom comes to one of these truths."""
        if isinstance(atom, Meant) or atom.alone:
            if number not in self._alone:
                self._alone[number] = atom, Marks()
            self._alone[number][1].add(truths, position)
            return
        fact = atom.reading.fact
        shelf = self.shelves.setdefault(fact.owner, Shelf())
        field = shelf.fields.get(fact.name)
        if field is None:
            field = shelf.fields[fact.name] = Field(fact.name, self._kept, self._calendar)
        field.mark(number, atom, truths, position)

    def read_case(self, bits: int, look: Look) -> int:
        """The bits, with those that the child and the case as a whole set."""
        for owner, shelf in self.shelves.items():
            bits = shelf.read(bits, look.one(owner), look.view)
        return self._read_alone(bits, look, None, None)

    def read(self, bits: int, look: Look, subject: Record | None, item: Record | None) -> int:
        """The bits, with those that a record sets: the item, or the subject if there is none."""
        record = subject if item is None else item
        assert record is not None
        for shelf in self.shelves.values():
            bits = shelf.read(bits, record, look.view)
        return self._read_alone(bits, look, subject, item)

    def _read_alone(self, bits: int, look: Look, subject: Record | None, item: Record | None) -> int:
        if self._settled is None:
            self._settled = tuple((atom, marks.masks()) for atom, marks in self._alone.values())
        for atom, masks in self._settled:
            if isinstance(atom, Meant):
                record = None if atom.scope is Scope.ONE else subject if atom.scope is Scope.SUBJECT else item
                bits |= masks[look.meaning(atom, record)]
            else:
                bits |= masks[_truth(atom, look, self._calendar, subject, item)]
        return bits


def _truth(
    asked: Asked, look: Look, calendar: WorkingDays | None, subject: Record | None, item: Record | None
) -> Truth:
    def value(reading: Reading) -> Any:
        record = {Scope.SUBJECT: subject, Scope.ITEM: item}.get(reading.scope)
        return look.view.value(look.one(reading.fact.owner) if record is None else record, reading.fact.name)

    right = value(asked.operand) if isinstance(asked.operand, Reading) else asked.operand
    return asked.operator.apply(value(asked.reading), right, look.view.as_of, calendar)


def _of_time(field: Field) -> bool:
    return any(asked.reading.fact.kind in OF_TIME for asked, _ in field.tests.values())
