"""The values of a fact on both sides of a threshold, and the words that a test names: where a slip in a pack shows.

Nothing is worked out here: values are held against the test by the engine's own operators, and two neighbours that
come out differently are an edge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.language.english import plain
from safeguard_rules.language.operators import count_test
from safeguard_rules.language.tree import Count, FactRef, ParameterRef, Test
from safeguard_rules.testing.aiming import Aim
from safeguard_rules.testing.cut_points import cut_points
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.drafts import CaseDraft
from safeguard_rules.testing.filling import Filler
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration, Unit
from safeguard_rules.values.members import Members
from safeguard_rules.values.truth import Truth, U
from safeguard_rules.vocabulary.facts import Fact, Kind

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SHORT_MONTHS = tuple(AsOf.of(day) for day in ("2026-02-28", "2028-02-29", "2026-04-30", "2025-02-28"))
"""Ends of short months: a length in months or years that starts on a later day of a month ends on them too."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A fact that must have exactly one value in a case.

    `written` is the value as it stands in a case, None for a fact that is derived; `bare` what the rules see.
    """

    fact: Fact
    written: Any
    bare: Any


@dataclass(frozen=True, slots=True)
class Apart:
    """Two dates that must lie so many days apart: that on the left of a test after that on its right."""

    days: int


@dataclass(frozen=True, slots=True)
class Counted:
    """So many records that must count, in a closed list."""

    records: int


@dataclass(frozen=True, slots=True)
class Edge:
    """One value to try, the day to try it on, and what it is in words."""

    exactly: Pin | Apart | Counted
    as_of: AsOf
    says: str
    is_of_threshold: bool = True
    """Whether it lies beside a threshold; else it is a word that a test names."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Finds the edges of the tests of one rulebook on one day."""

    rulebook: Rulebook
    as_of: AsOf
    aim: Aim = field(init=False)

    def __post_init__(self) -> None:
        filler = Filler(Seeded(0), CaseDraft(self.rulebook.vocabulary), cut_points(self.rulebook, self.as_of))
        object.__setattr__(self, "aim", Aim(filler, self.rulebook.program(self.as_of)))

    def of(self, node: Test | Count) -> Iterator[Edge]:
        """The edges of a test or a count, each once, in a fixed order."""
        if isinstance(node, Count):
            yield from self._counts(node)
        elif isinstance(node.operand, FactRef):
            if node.ref.fact.kind is Kind.DATE:
                yield from (Edge(Apart(days), self.as_of, _apart(node, days), False) for days in (-1, 0, 1))
        elif _has_parameter(node):
            yield from self._thresholds(node)
        else:
            yield from self._words(node)

    # --- counts and numbers

    def _counts(self, node: Count) -> Iterator[Edge]:
        operand = self.aim.operand(node.operand)
        most = max(operand) if isinstance(operand, tuple) else operand
        for n in _flips(range(most + 3), lambda n: count_test(node.operator, n, n, operand)):
            yield Edge(Counted(n), self.as_of, f"with {n}")

    def _thresholds(self, test: Test) -> Iterator[Edge]:
        fact = test.ref.fact
        source = self.aim.only_source(fact) if fact.derived else fact
        if source is None:
            yield from self._derived_numbers(test) if fact.kind is Kind.NUMBER else ()
        elif source.kind is Kind.DATE:
            yield from self._moments(test, source) if self.as_of.instant else self._days(test, source)
        else:
            values = self.aim.filler.points.values(source)
            truth = self._truth(test, source)
            yield from (self._edge(test, source, each) for each in _flips(values, truth))

    def _derived_numbers(self, test: Test) -> Iterator[Edge]:
        operand = self.aim.operand(test.operand)
        most = max(operand) if isinstance(operand, tuple) else operand
        program = self.aim.program
        for n in _flips(range(most + 3), lambda n: test.operator.apply(n, operand, self.as_of, program.calendar)):
            yield Edge(Pin(test.ref.fact, None, n), self.as_of, f"with {n}")

    # --- days and moments

    def _days(self, test: Test, source: Fact) -> Iterator[Edge]:
        truth, found = self._truth(test, source), dict[str, None]()
        values = [each for each in self.aim.filler.points.values(source) if len(each) == len("2026-03-02")]
        for day in sorted({date.fromisoformat(each) + step for each in values for step in (-DAY, 0 * DAY)}):
            pair = (day, day + DAY)
            if not (source.past and pair[1] > self.as_of.day) and _differ(*(truth(str(each)) for each in pair)):
                found.update(dict.fromkeys(map(str, pair)))
        yield from (self._edge(test, source, each) for each in found)

    def _moments(self, test: Test, source: Fact) -> Iterator[Edge]:
        truth, found = self._truth(test, source), dict[str, None]()
        values = sorted(each for each in self.aim.filler.points.values(source) if "T" in each)
        for one, next_ in pairwise(values):
            near = datetime.fromisoformat(next_) - datetime.fromisoformat(one) == MINUTE
            if near and _differ(truth(one), truth(next_)):
                found.update(dict.fromkeys((one, next_)))
        yield from (self._edge(test, source, each) for each in found)

    # --- words

    def _words(self, test: Test) -> Iterator[Edge]:
        fact, words = test.ref.fact, test.operand
        if not isinstance(words, tuple) or len(words) < 2:
            return
        for word in words:
            if fact.kind is Kind.WORD:
                yield Edge(Pin(fact, None if fact.derived else word, word), self.as_of, _with(fact, str(word)), False)
            elif fact.kind is Kind.WORDS:
                only = Members(frozenset([str(word)]))
                yield Edge(Pin(fact, None if fact.derived else [word], only), self.as_of, _with(fact, str(word)), False)

    # --- within

    def _truth(self, test: Test, source: Fact) -> Callable[[Any], Truth]:
        """What a test comes to for a value of the entered fact that it is made of."""
        filler, right = self.aim.filler, self.aim.operand(test.operand)

        def truth(value: Any) -> Truth:
            fact = test.ref.fact
            found = filler.derived_from(fact, source, value) if fact.derived else filler.as_bare(fact, value)
            return test.operator.apply(found, right, self.as_of, self.aim.program.calendar)

        return truth

    def _edge(self, test: Test, source: Fact, value: Any) -> Edge:
        bare = self.aim.filler.as_bare(source, value)
        what = f"{source.phrase}: " if source is not test.ref.fact else ""
        return Edge(Pin(source, value, bare), self.as_of, f"with {what}{value}")


def edges(rulebook: Rulebook, as_of: AsOf, node: Test | Count) -> Iterator[Edge]:
    """The edges of a test or count on a day, and for a length in months or years those at the end of a short month."""
    yield from Edges(rulebook, as_of).of(node)
    if isinstance(node, Test) and isinstance(node.operand, ParameterRef) and _is_in_months(rulebook, as_of, node):
        for day in SHORT_MONTHS:
            if rulebook.program(day) is rulebook.program(as_of):
                found = list(Edges(rulebook, day).of(node))
                if any(_is_clipped(each) for each in found):
                    yield from found
                    return


def needs_a_moment(rulebook: Rulebook, as_of: AsOf, node: Test | Count) -> bool:
    """Whether a test counts hours, which a bare day leaves open near their end."""
    values = (rulebook.program(as_of).thresholds[each.name] for each in _parameters(node))
    return any(isinstance(each, Duration) and each.unit is Unit.HOURS for each in values)


def _is_in_months(rulebook: Rulebook, as_of: AsOf, node: Test) -> bool:
    values = (rulebook.program(as_of).thresholds[each.name] for each in _parameters(node))
    return any(isinstance(each, Duration) and each.unit in (Unit.MONTHS, Unit.YEARS) for each in values)


def _is_clipped(edge: Edge) -> bool:
    """Whether an edge lies on a day of the month that the month of the evaluation has not got."""
    value = edge.exactly.bare if isinstance(edge.exactly, Pin) else None
    return isinstance(value, When) and value.first.day > edge.as_of.day.day


def _parameters(node: Test | Count) -> tuple[ParameterRef, ...]:
    parts = node.operand if isinstance(node.operand, tuple) else (node.operand,)
    return tuple(each for each in parts if isinstance(each, ParameterRef))


def _has_parameter(node: Test) -> bool:
    return bool(_parameters(node))


def _differ(one: Truth, other: Truth) -> bool:
    return one != other and U not in (one, other)


def _flips(values: Any, truth: Callable[[Any], Truth]) -> list[Any]:
    """The values at which a test comes out another way than at a neighbour, in their order."""
    held = [(value, truth(value)) for value in values]
    pairs = [(one[0], other[0]) for one, other in pairwise(held) if _differ(one[1], other[1])]
    return list(dict.fromkeys(value for pair in pairs for value in pair))


def _with(fact: Fact, word: str) -> str:
    return f"with {fact.phrase}: {plain(word)}"


def _apart(test: Test, days: int) -> str:
    right = test.operand
    assert isinstance(right, FactRef)
    how = {-1: "the day before", 0: "the same day as", 1: "the day after"}[days]
    return f"with {test.ref.fact.phrase}: {how} {right.fact.phrase}"
