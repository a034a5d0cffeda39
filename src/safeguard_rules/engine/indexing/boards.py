"""Boards: the bits that a case sets, one look at each fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from safeguard_rules.engine.indexing.atoms import FactTest, Meant, Reading
from safeguard_rules.engine.indexing.masks import MOST_DAYS, Days, Field, Kept, Marks
from safeguard_rules.engine.outcomes import StageRun
from safeguard_rules.engine.program import Program
from safeguard_rules.engine.running import Function
from safeguard_rules.language.tree import Scope
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import Truth
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.facts import Fact
from safeguard_rules.vocabulary.kinds import Kind
from safeguard_rules.vocabulary.records import Record, Value
from safeguard_rules.vocabulary.view import CaseView, entered_value

OF_TIME = frozenset({Kind.DATE, Kind.LENGTH})
SETS = frozenset({Kind.WORDS, Kind.REFERENCES})


Meanings = Mapping[tuple[str, int], Function]
"""The functions of the definitions that stay whole, by name and level of assuming."""


class Look:
    """One view of a case being looked at; what definitions come to is worked out once for it."""

    __slots__ = ("_meanings", "_program", "_run", "_values", "view")

    def __init__(self, program: Program, meanings: Meanings, view: CaseView) -> None:
        self.view = view
        self._program = program
        self._meanings = meanings
        self._run: StageRun | None = None
        self._values: dict[str, Value] = {}

    def meaning(self, atom: Meant, record: Record | None) -> Truth:
        """What a definition of the child, or of a record, comes to."""
        run = self._run
        if run is None:
            run = self._run = StageRun(self._program, self.view)
        return self._meanings[atom.definition, atom.level](run, run.one, record, run.truths(record))

    def value(self, reading: Reading, subject: Record | None, item: Record | None) -> Value:
        """The value of a fact."""
        fact = reading.fact
        record = item if reading.scope is Scope.ITEM else subject if reading.scope is Scope.SUBJECT else None
        return self.view.value(self.one(fact.owner) if record is None else record, fact.name)

    def of_entry(self, reading: Reading, entry: Any) -> Value:
        """The value of a fact of an entry, or of the child or the case, which is the same for each entry."""
        if reading.scope is Scope.ITEM:
            return entered_value(entry, reading.fact, self.view.as_of)
        path = reading.fact.path
        if path not in self._values:
            self._values[path] = self.value(reading, None, None)
        return self._values[path]

    def one(self, owner: str) -> Record:
        """The child, the case, the pregnancy or an extension."""
        if owner.startswith("extra."):
            return self.view.extra(owner.removeprefix("extra."))
        found: Record = getattr(self.view, owner)
        return found


class Plan(NamedTuple):
    """How the fields of a record are looked up on a day: sets and past dates apart, as they are entered otherwise."""

    plain: tuple[tuple[str, Field], ...]
    sets: tuple[tuple[str, Field], ...]
    ahead: tuple[tuple[str, Days], ...]
    past: tuple[tuple[str, Days], ...]


class Shelf:
    """The fields of one record that are looked up."""

    def __init__(self) -> None:
        self.fields: dict[str, Field] = {}
        self.facts: dict[str, Fact] = {}
        self._plans: dict[date, Plan] = {}

    def read(self, bits: int, record: Record, view: CaseView) -> int:
        """The bits, with those that a record's values set."""
        values, plan = record.values, self._plan(view.as_of)
        for fields in (plan.plain, plan.sets):
            for name, field in fields:
                bits |= field[values[name] if name in values else view.value(record, name)]
        for dates in (plan.ahead, plan.past):
            for name, days in dates:
                bits |= days.find(values[name] if name in values else view.value(record, name))
        return bits

    def read_entry(self, bits: int, entry: Any, as_of: AsOf) -> int:
        """The same from the fields of an entry; every fact is entered, exists, and is not removed."""
        values, plan = vars(entry), self._plan(as_of)
        for name, field in plan.plain:
            bits |= field[values[name]]
        for name, field in plan.sets:
            words = values[name]
            bits |= field[words] if words is None else field.of_set(words, name in entry.incomplete)
        for name, days in plan.ahead:
            bits |= days.find(values[name])
        for name, days in plan.past:
            bits |= days.of_past(values[name], as_of)
        return bits

    def _plan(self, as_of: AsOf) -> Plan:
        found = self._plans.get(as_of.day)
        if found is None:
            if len(self._plans) >= MOST_DAYS:
                self._plans.clear()
            found = self._plans[as_of.day] = self._make_plan(as_of)
        return found

    def _make_plan(self, as_of: AsOf) -> Plan:
        facts = self.facts
        fields = [(name, field) for name, field in self.fields.items() if facts[name].kind not in OF_TIME]
        dates = [(name, field.on(as_of)) for name, field in self.fields.items() if facts[name].kind in OF_TIME]
        return Plan(
            tuple(each for each in fields if facts[each[0]].kind not in SETS),
            tuple(each for each in fields if facts[each[0]].kind in SETS),
            tuple(each for each in dates if not facts[each[0]].past),
            tuple(each for each in dates if facts[each[0]].past),
        )


class Board:
    """What is read of a case, of a subject, or of the record of a list, and the bits that it sets."""

    def __init__(self, kept: Kept, calendar: WorkingDays | None) -> None:
        self.shelves: dict[str, Shelf] = {}
        self._kept = kept
        self._calendar = calendar
        self._alone: dict[int, tuple[FactTest | Meant, Marks]] = {}
        self._settled: tuple[tuple[FactTest | Meant, tuple[int, int, int]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.shelves or self._alone)

    def mark(self, number: int, atom: FactTest | Meant, truths: int, position: int) -> None:
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
            shelf.facts[fact.name] = fact
        field.mark(number, atom, truths, position)

    def settle(self) -> None:
        """Puts together what is worked out each time, once every mark is there."""
        self._settled = tuple((atom, marks.masks()) for atom, marks in self._alone.values())

    def facts(self) -> tuple[Fact, ...] | None:
        """The facts of the record that are read; None where a definition is."""
        asked = [atom for atom, _ in self._alone.values() if isinstance(atom, FactTest)]
        if len(asked) < len(self._alone):
            return None
        readings = [each for atom in asked for each in (atom.reading, atom.operand) if isinstance(each, Reading)]
        alone = [each.fact for each in readings if each.scope is Scope.ITEM]
        return (*(fact for shelf in self.shelves.values() for fact in shelf.facts.values()), *alone)

    def read_case(self, bits: int, look: Look) -> int:
        """The bits, with those that the child and the case as a whole set."""
        for owner, shelf in self.shelves.items():
            bits = shelf.read(bits, look.one(owner), look.view)
        return self._read_alone(bits, look, None, None) if self._settled else bits

    def read(self, bits: int, look: Look, subject: Record | None, item: Record | None) -> int:
        """The bits, with those that a record sets: the item, or the subject if there is none."""
        record = subject if item is None else item
        assert record is not None
        for shelf in self.shelves.values():
            bits = shelf.read(bits, record, look.view)
        return self._read_alone(bits, look, subject, item) if self._settled else bits

    def read_entry(self, bits: int, look: Look, entry: Any) -> int:
        """The same for an entry of a list, whose facts are all as they were entered."""
        as_of = look.view.as_of
        for shelf in self.shelves.values():
            bits = shelf.read_entry(bits, entry, as_of)
        for atom, masks in self._settled:
            assert isinstance(atom, FactTest)
            left = look.of_entry(atom.reading, entry)
            right = look.of_entry(atom.operand, entry) if isinstance(atom.operand, Reading) else atom.operand
            bits |= masks[atom.operator.apply(left, right, as_of, self._calendar)]
        return bits

    def _read_alone(self, bits: int, look: Look, subject: Record | None, item: Record | None) -> int:
        def value(reading: Reading) -> Value:
            return look.value(reading, subject, item)

        for atom, masks in self._settled:
            if isinstance(atom, Meant):
                record = None if atom.scope is Scope.ONE else subject if atom.scope is Scope.SUBJECT else item
                bits |= masks[look.meaning(atom, record)]
            else:
                bits |= masks[_truth(atom, value, look.view.as_of, self._calendar)]
        return bits


def _truth(asked: FactTest, value: Callable[[Reading], Value], as_of: AsOf, calendar: WorkingDays | None) -> Truth:
    right = value(asked.operand) if isinstance(asked.operand, Reading) else asked.operand
    return asked.operator.apply(value(asked.reading), right, as_of, calendar)
