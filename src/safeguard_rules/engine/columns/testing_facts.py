"""Each test as operations on arrays; a test that is not spelt out here is asked of each value by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from math import ceil, floor
from typing import Any

import numpy as np

from safeguard_rules.engine.columns import operations as do
from safeguard_rules.engine.columns.dates import ordinal
from safeguard_rules.engine.columns.frames import ROWS, Found, Frame, Needs
from safeguard_rules.engine.columns.graph import OPEN, Bit, Graph, Node, Truth3, turned
from safeguard_rules.engine.columns.reading_facts import UNKNOWN, Dated, Facts, ref_to
from safeguard_rules.engine.windows import Window, window
from safeguard_rules.language.operators import Operator
from safeguard_rules.language.tree import FactRef, Operand, ParameterRef, ParameterValue, Scope, Test
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.durations import day_range
from safeguard_rules.values.special import NOT_APPLICABLE, NOT_YET
from safeguard_rules.values.truth import F, T, Truth
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary
from safeguard_rules.vocabulary.looking import PREGNANCY_DAYS

RUNNING = {"child.age": ("child.born_on", 0), "person.age": ("person.born_on", 0)}
"""Lengths of time that run from a date, with how many days before it they begin."""
RUNNING["child.gestation"] = ("child.expected_on", PREGNANCY_DAYS)
_HELD: dict[str, tuple[Callable[[int], do.One], Callable[[int], do.One]]] = {
    "includes_all": (do.all_bits, do.some_bit_missing),
    **dict.fromkeys(("includes", "includes_any", "none_of"), (do.some_bit, do.no_bit)),
}
"""What is to be there of words, and what tells that it is not.

The other operators, `only`, `is: []` and `is_not: []`, of which the mask is empty, say that nothing is there besides.
"""
AT_BOOKING = "pregnancy.gestation_at_booking"


class Tests(Facts):
    """Tests of a program on a day."""

    def __init__(
        self,
        graph: Graph,
        vocabulary: Vocabulary,
        as_of: AsOf,
        thresholds: Mapping[str, ParameterValue],
        calendar: WorkingDays | None,
        children: frozenset[int],
    ) -> None:
        super().__init__(graph, vocabulary, children)
        self.as_of = as_of
        self.thresholds = thresholds
        self.calendar = calendar
        self._applied: dict[Any, Callable[..., Truth]] = {}

    def test(self, test: Test, frame: Frame) -> Found:
        """The truth of a test."""
        if isinstance(test.operand, FactRef):
            found = self._of_two(test, test.operand, frame)
            return self._asked_of_two(test, test.operand, frame) if found is None else found
        fact, operand = test.ref.fact, self._operand(test.operand)
        place = frame.place(test.ref.scope)
        special = test.operator.apply(NOT_APPLICABLE, operand, self.as_of, self.calendar)
        if place is not None and not place.seen:
            return self.as_staged(UNKNOWN, special, fact, frame)
        exists = replace(frame, stages=frame.stages & fact.stages or frame.stages)
        raw = self._spelt_out(test.ref, test.operator, operand, exists)
        return self._asked(test, operand, frame) if raw is None else self.as_staged(raw, special, fact, frame)

    def _operand(self, operand: Operand) -> Any:
        if isinstance(operand, ParameterRef):
            return self.thresholds[operand.name]
        if isinstance(operand, tuple):
            return tuple(self._operand(each) if isinstance(each, ParameterRef) else each for each in operand)
        return operand

    # --- what the chunk brings

    def derived_truth(self, fact: Fact, frame: Frame, scope: Scope) -> Found | None:
        """What a derived yes-or-no fact comes to; None for one that has to be asked for."""
        raise NotImplementedError

    def derived_words(self, fact: Fact, frame: Frame) -> tuple[Node, Node] | None:
        """The words of a derived set, and those that it may hold; None for one that has to be asked for."""
        raise NotImplementedError

    def _spelt_out(self, ref: FactRef, operator: Operator, operand: Any, frame: Frame) -> Found | None:
        """The truth of a test where the fact exists; None for one that has to be asked of each value."""
        fact = ref.fact
        if fact.owner.startswith("extra."):
            return None
        match fact.kind:
            case Kind.BOOLEAN:
                held = self._flag(ref, frame)
                return (
                    held if held is None or operand is not operator.negative else Found(turned(held.truth), held.needs)
                )
            case Kind.WORD if not fact.derived:
                return self._word(ref, operator, operand, frame)
            case Kind.WORDS:
                return self._words(ref, operator, operand, frame)
            case Kind.REFERENCES if not fact.derived:
                yes = self.graph.both(self.raw("closed", ref), self.graph.no(self.raw("filled", ref)))
                return _maybe_turned(Truth3(yes, self.raw("filled", ref)), operator, frame.needs(ref.scope))
            case Kind.NUMBER if not fact.derived:
                return Found(self._number(ref, operator.name, operand), frame.needs(ref.scope))
            case Kind.DATE if not fact.derived:
                return self._date(ref, operator, operand, frame)
            case Kind.LENGTH:
                return self._length(ref, operator, operand, frame)
        return None

    def _flag(self, ref: FactRef, frame: Frame) -> Found | None:
        if ref.fact.derived:
            return self.derived_truth(ref.fact, frame, ref.scope)
        return Found(Truth3(self.raw("yes", ref), self.raw("no", ref)), frame.needs(ref.scope))

    def _word(self, ref: FactRef, operator: Operator, operand: Any, frame: Frame) -> Found:
        words = operand if isinstance(operand, tuple) else (operand,)
        mask = _mask(ref.fact, words)
        bits = self.graph.leaf("stage") if ref.fact.path == "child.stage" else self.raw("bits", ref)
        op = self.graph.op
        known, yes = self.raw("known", ref), op(do.some_bit(mask), bits)
        found = Truth3(yes, op(do.known_and_not, known, yes))
        return _maybe_turned(found, operator, frame.needs(ref.scope))

    def _words(self, ref: FactRef, operator: Operator, operand: Any, frame: Frame) -> Found | None:
        fact, graph = ref.fact, self.graph
        mask = _mask(fact, operand if isinstance(operand, tuple) else (operand,))
        held, missing = _HELD.get(operator.name, (do.some_other_bit, do.no_other_bit))
        if not fact.derived:
            yes = graph.op(held(mask), self.raw("certain", ref))
            found = Truth3(yes, graph.op(np.greater, self.raw("closed", ref), yes))  # where it is closed, and not true
        else:
            sets = self.derived_words(fact, frame)
            if sets is None:
                return None
            certain, may = sets
            found = Truth3(graph.op(held(mask), certain), graph.op(missing(mask), may))
        found = found if operator.name in _HELD else turned(found)
        return _maybe_turned(found, operator, frame.needs(ref.scope))

    def _number(self, ref: FactRef, name: str, operand: Any) -> Truth3:
        op = self.graph.op
        match name:
            case "at_least":
                yes = op(do.at_least(operand), self.raw("number", ref))
                return Truth3(yes, op(do.known_and_not, self.raw("numbered", ref), yes))
            case "at_most":
                return turned(self._number(ref, "at_least", operand + 1))
            case "more_than":
                return self._number(ref, "at_least", operand + 1)
            case "less_than":
                return turned(self._number(ref, "at_least", operand))
            case "between":
                return self.graph.every(
                    [self._number(ref, "at_least", operand[0]), self._number(ref, "at_most", operand[1])]
                )
            case "is_not":
                return turned(self._number(ref, "is", operand))
        return self._number(ref, "between", (operand, operand))

    # --- time

    def _date(self, ref: FactRef, operator: Operator, operand: Any, frame: Frame) -> Found | None:
        graph, needs = self.graph, frame.needs(ref.scope)
        not_yet: Bit = self.raw("not_yet", ref) if ref.fact.may_be_not_yet else False
        if operand is NOT_YET:
            found = Truth3(not_yet, self.raw("dated", ref))
            return _maybe_turned(found, operator, needs)
        bounds = window(operator, Kind.DATE, operand, self.as_of, self.calendar)
        if bounds is None:
            return None
        yes, no = self._within(bounds, ref, 0)
        return Found(Truth3(yes, graph.either(no, not_yet)), needs)

    def _length(self, ref: FactRef, operator: Operator, operand: Any, frame: Frame) -> Found | None:
        fact = ref.fact
        if fact.path in RUNNING:
            path, before = RUNNING[fact.path]
            bounds = window(operator, Kind.LENGTH, operand, self.as_of, self.calendar)
            date_ref = ref_to(self.vocabulary, path, ref.scope)
            return None if bounds is None else Found(self._within(bounds, date_ref, before), frame.needs(ref.scope))
        if fact.path == AT_BOOKING:
            return self._at_booking(operator.name, operand, frame)
        if fact.derived:
            return None
        column, test = self.raw("lengths", ref), self._apply(operator, operand)
        said = self.graph.op(do.truths_of_coded(test), column)
        yes, no = (self.graph.op(do.is_truth(truth), said) for truth in (T, F))
        return Found(Truth3(yes, no), frame.needs(ref.scope))

    def _within(self, bounds: Window, ref: FactRef, later: int) -> Truth3:
        """Whether a date lies in a window, each day of which is to be taken so many days later."""
        first, last, op = self.raw("first", ref), self.raw("last", ref), self.graph.op
        if date.max == bounds.true_from or date.min == bounds.true_to:
            yes: Bit = False
        else:
            from_: Bit = bounds.true_from == date.min or op(do.at_least(_bound(bounds.true_from, later)), first)
            both = from_ is True or bounds.true_to != date.max
            yes = self.graph.both(from_, not both or op(do.at_most(_bound(bounds.true_to, later)), last))
        before = None if bounds.false_before == date.min else _bound(bounds.false_before, later) - 1
        behind = None if bounds.false_after == date.max else _bound(bounds.false_after, later) + 1
        if not isinstance(yes, bool) and (bounds.true_from, bounds.true_to) == bounds[2:]:
            return Truth3(yes, op(do.outside(before, behind), self.raw("single", ref), yes, first, last))
        early: Bit = before is not None and op(do.at_most(before), last)
        late: Bit = behind is not None and op(do.at_least(behind), first)
        return Truth3(yes, self.graph.either(early, late))

    def _at_booking(self, name: str, operand: Any, frame: Frame) -> Found:
        """How far on the pregnancy was at booking: 280 days less those from booking to the expected day."""
        booked = self.date(ref_to(self.vocabulary, "pregnancy.booked_on", Scope.ONE), frame)
        expected = self.date(ref_to(self.vocabulary, "child.expected_on", Scope.ONE), frame)
        most = self.graph.op(do.days_between, expected.last, booked.first)
        least = self.graph.op(do.days_between, expected.first, booked.last)
        yes, no = self._span(least, most, name, operand)
        special = self.graph.either(booked.special, expected.special)
        return Found(Truth3(yes, self.graph.either(no, special)), ROWS)

    def _span(self, least: Node, most: Node, name: str, operand: Any) -> Truth3:
        match name:
            case "at_most":
                return turned(self._span(least, most, "more_than", operand))
            case "less_than":
                return turned(self._span(least, most, "at_least", operand))
            case "between":
                low, high = operand
                return self.graph.every(
                    [self._span(least, most, "at_least", low), self._span(least, most, "at_most", high)]
                )
        shortest, longest = day_range(operand)
        more = name == "more_than"
        no = do.at_least(PREGNANCY_DAYS - (floor(shortest) if more else ceil(shortest) - 1))
        if longest is None:
            return Truth3(False, self.graph.op(no, least))
        yes = do.at_most(PREGNANCY_DAYS - (floor(longest) + 1 if more else ceil(longest)))
        return Truth3(self.graph.op(yes, most), self.graph.op(no, least))

    # --- two facts

    def _of_two(self, test: Test, other: FactRef, frame: Frame) -> Found | None:
        kind, name = test.ref.fact.kind, test.operator.name
        if test.ref.fact.derived or other.fact.derived or test.ref.fact.owner.startswith("extra."):
            return None
        if kind is Kind.DATE and name in ("before", "after") and not other.fact.owner.startswith("extra."):
            one, two = self.date(test.ref, frame), self.date(other, frame)
            return self.ordered(one, two, frame) if name == "before" else self.ordered(two, one, frame)
        always = all(self.exists(fact.stages, frame)[0] is True for fact in (test.ref.fact, other.fact))
        if kind is Kind.REFERENCE and name in ("is", "is_not") and always:
            return _opposite_if(self.same(test.ref, other, frame), test.operator.negative)
        if kind is Kind.REFERENCES and name == "includes" and always:
            return self.includes(test.ref, other, frame)
        return None

    def ordered(self, a: Dated, b: Dated, frame: Frame) -> Found:
        """Whether a date lies before another: false of what is known to be no date."""
        a, b = self.joined(a, b, frame)
        found = self.before(a, b, frame)
        graph = self.graph
        one = graph.both(a.special, self.has_value(b)) if a.special is not False else False
        two = graph.both(b.special, self.has_value(a)) if b.special is not False else False
        return Found(Truth3(found.truth.yes, graph.either(found.truth.no, graph.either(one, two))), found.needs)

    def same(self, one: FactRef, other: FactRef, frame: Frame) -> Found:
        """Whether two references, which exist in all stages of the rule, are the same."""
        (a, have_a), (b, have_b) = self.key(one, frame), self.key(other, frame)
        needs = have_a | have_b
        a, b = self.lift(a, have_a, needs, frame), self.lift(b, have_b, needs, frame)
        op = self.graph.op
        return Found(Truth3(op(do.same_key, a, b), op(do.other_key, a, b)), needs)

    def includes(self, one: FactRef, other: FactRef, frame: Frame) -> Found:
        """Whether a set of references, which exists in all stages of the rule, holds another."""
        place = frame.place(one.scope)
        if place is not None and not place.seen:
            return Found(OPEN, ROWS)
        key, have = self.key(other, frame)
        own = frame.needs(one.scope)
        needs = own | have
        keys, closed = self.raw("keys", one), self.raw("closed", one)
        if own != needs:
            keys, closed = self._lift_keys(keys, own, needs, frame), self.lift(closed, own, needs, frame)
        key = self.lift(key, have, needs, frame)
        yes = self.graph.op(do.among, keys, key)
        return Found(Truth3(yes, self.graph.op(do.not_among, closed, yes, key)), needs)

    def _lift_keys(self, keys: Node, have: Needs, want: Needs, frame: Frame) -> Node:
        if have == {Scope.ITEM}:
            return self.lift_with(do.take_keys, keys, want, frame)
        return self.graph.op(do.spread_keys, self.layout(frame, want), keys)

    # --- one by one

    def _asked(self, test: Test, operand: Any, frame: Frame) -> Found:
        """A test that is asked of the value of each record."""
        values, needs = self.asked_values(test.ref, frame), frame.needs(test.ref.scope)
        applied = self._apply(test.operator, operand)
        yes, no = (self.graph.op(do.says(truth, applied), values) for truth in (T, F))
        return Found(Truth3(yes, no), needs)

    def _asked_of_two(self, test: Test, other: FactRef, frame: Frame) -> Found:
        have = [frame.needs(ref.scope) for ref in (test.ref, other)]
        needs = have[0] | have[1]
        a, b = (
            self.lift(self.asked_values(ref, frame), each, needs, frame)
            for ref, each in zip((test.ref, other), have, strict=True)
        )
        applied = self._apply_to_two(test.operator)
        yes, no = (self.graph.op(do.says_of_two(truth, applied), a, b) for truth in (T, F))
        return Found(Truth3(yes, no), needs)

    def asked_values(self, ref: FactRef, frame: Frame) -> Node:
        """The values of a fact, as the view of each case gives them."""
        place = frame.place(ref.scope)
        seen = place is None or place.seen
        stages = tuple(sorted(frame.stages))
        return self.graph.leaf("asked", ref.fact.owner, ref.fact.name, stages, seen)

    def _apply(self, operator: Operator, operand: Any) -> Callable[[Any], Truth]:
        key = operator.name, operand
        if key not in self._applied:
            self._applied[key] = lambda value: operator.apply(value, operand, self.as_of, self.calendar)
            if operator.takes.get(Kind.LENGTH):  # lengths of time are few, and met again in every chunk
                self._applied[key] = cache(self._applied[key])
        return self._applied[key]

    def _apply_to_two(self, operator: Operator) -> Callable[[Any, Any], Truth]:
        if operator.name not in self._applied:
            self._applied[operator.name] = lambda one, two: operator.apply(one, two, self.as_of, self.calendar)
        return self._applied[operator.name]


def _maybe_turned(truth: Truth3, operator: Operator, needs: Needs) -> Found:
    return Found(turned(truth) if operator.negative else truth, needs)


def _opposite_if(found: Found, negative: bool) -> Found:
    return Found(turned(found.truth), found.needs) if negative else found


def _mask(fact: Fact, words: tuple[Any, ...]) -> int:
    return sum({1 << fact.words.index(word) for word in words if word in fact.words})


def _bound(day: date, later: int) -> int:
    """A day as a number; what is no bound is one that every known day keeps."""
    if day == date.min:
        return do.EARLY + 1
    return do.LATE - 1 if day == date.max else ordinal(day) + later
