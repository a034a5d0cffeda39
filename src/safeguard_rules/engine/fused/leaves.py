"""A test as two expressions of Python: whether it is true, and whether it is false; else it is unknown.

What is spelt out here says what `Operator.apply` says of values as they were entered: sets as tuples of words, dates
before they are cut. What cannot be spelt out is left to `Operator.apply`.
"""

from __future__ import annotations

import ast
from typing import NamedTuple, Protocol

from safeguard_rules.engine.fused.days import Timed, has_window
from safeguard_rules.engine.fused.nodes import Leaf
from safeguard_rules.engine.fused.values import Entered, ReadValue, Since
from safeguard_rules.engine.syntax import (
    AT_LEAST,
    AT_MOST,
    EQUAL,
    IN,
    IS,
    IS_NOT,
    LESS,
    MORE,
    NOT_IN,
    UNEQUAL,
    attribute,
    call,
    choose,
    compare,
    const,
    each_holds,
    is_known,
    name,
    no,
    one_holds,
)
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.special import Special
from safeguard_rules.values.truth import T
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.kinds import Kind

BOUNDS: dict[str, tuple[ast.cmpop, ast.cmpop]] = {
    "at_least": (AT_LEAST, LESS),
    "at_most": (AT_MOST, MORE),
    "more_than": (MORE, AT_MOST),
    "less_than": (LESS, AT_LEAST),
}
FEW = 2
"""So many words are looked for one by one."""


class Told(NamedTuple):
    """When a test is true and when it is false, and how much it takes to tell."""

    true: ast.expr
    false: ast.expr
    cost: int
    decided: ast.expr | None = None
    """Whether it is one of the two, where that is less to ask once the other is ruled out."""

    def turned(self, yes: bool) -> Told:
        """Itself, or its opposite."""
        return self if yes else Told(self.false, self.true, self.cost, self.decided)


class Reading(Protocol):
    """What the tests need of the function that is being written."""

    @property
    def calendar(self) -> WorkingDays | None:
        """What working days are counted by."""

    def local(self, value: ReadValue) -> ast.expr:
        """The name of a value as entered; a date that lies ahead though it cannot is None."""

    def incomplete(self, value: ReadValue) -> ast.expr:
        """The names of the sets that may hold more, of the record that a value is of."""

    def bound(self, timed: Timed, bound: str) -> ast.expr:
        """A bound of a test on time, on the day of the evaluation."""

    def constant(self, value: object) -> ast.expr:
        """A value that stands in the code, or one that the code names."""

    def applied_truth(self, leaf: Leaf) -> ast.expr:
        """The truth of a test, applied when it is first asked for and kept."""


def told(leaf: Leaf, reading: Reading) -> Told | None:
    """A test spelt out; None for one that has to be applied."""
    value, operator, operand = leaf.value, leaf.operator, leaf.operand
    if isinstance(value, Since):
        return _on_time(leaf, reading) if _has_window(leaf, reading) else None
    if not isinstance(value, Entered):
        return None
    fact = value.fact
    if fact.kind is Kind.DATE and isinstance(operand, Entered):
        return _two_dates(leaf, reading) if leaf.operator.name in ("before", "after") else None
    if fact.kind is Kind.LENGTH:
        return _length(leaf, reading)
    if not _is_plain(operand):
        return None
    if fact.kind is Kind.DATE:
        if isinstance(operand, Special):
            return _special(reading.local(value), reading.constant(operand)).turned(not operator.negative)
        return _on_time(leaf, reading) if _has_window(leaf, reading) else None
    if fact.may_be_not_yet:
        return None
    return _of_kind(leaf, fact.kind, reading)


def _of_kind(leaf: Leaf, kind: Kind, reading: Reading) -> Told | None:
    assert isinstance(leaf.value, Entered)
    if kind in (Kind.WORDS, Kind.REFERENCES):
        return _of_set(leaf, reading)
    value, operator, operand = reading.local(leaf.value), leaf.operator, leaf.operand
    if kind is Kind.NUMBER and operator.name in (*BOUNDS, "between"):
        return _number(value, operator.name, operand)
    if operator.name in ("one_of", "none_of"):
        assert isinstance(operand, tuple)
        yes = Told(_in(value, IN, operand), _in(value, NOT_IN, (*operand, None)), 1, is_known(value))
        return yes.turned(not operator.negative)
    if operator.name not in ("is", "is_not") or kind not in (Kind.BOOLEAN, Kind.WORD, Kind.NUMBER, Kind.REFERENCE):
        return None
    return _same(value, operand, reading).turned(not operator.negative)


def _same(value: ast.expr, operand: object, reading: Reading) -> Told:
    if isinstance(operand, bool):
        return Told(compare(value, IS, const(operand)), compare(value, IS, const(not operand)), 1, is_known(value))
    if isinstance(operand, ReadValue):
        other = reading.local(operand)
        both = is_known(value), is_known(other)
        return Told(each_holds(both[0], _eq(value, other)), each_holds(*both, compare(value, UNEQUAL, other)), 2)
    other = const(operand)
    return Told(_eq(value, other), each_holds(is_known(value), compare(value, UNEQUAL, other)), 1, is_known(value))


def _special(value: ast.expr, special: ast.expr) -> Told:
    other = each_holds(is_known(value), compare(value, IS_NOT, special))
    return Told(compare(value, IS, special), other, 1, is_known(value))


def _number(value: ast.expr, operator: str, operand: object) -> Told:
    within, outside = _amount(value, operator, operand)
    known = is_known(value)
    return Told(each_holds(known, within), each_holds(known, outside), 1, known)


def _amount(value: ast.expr, operator: str, operand: object) -> tuple[ast.expr, ast.expr]:
    """Whether a number is on the one side of a bound or between two, and whether it is not."""
    if isinstance(operand, tuple):
        low, high = map(const, operand)
        within = each_holds(compare(value, AT_LEAST, low), compare(value, AT_MOST, high))
        return within, one_holds(compare(value, LESS, low), compare(value, MORE, high))
    yes, other = BOUNDS[operator]
    return compare(value, yes, const(operand)), compare(value, other, const(operand))


# --- time


def _has_window(leaf: Leaf, reading: Reading) -> bool:
    kind = Kind.LENGTH if isinstance(leaf.value, Since) else Kind.DATE
    return _is_plain(leaf.operand) and has_window(leaf.operator, kind, leaf.operand, reading.calendar)


def _on_time(leaf: Leaf, reading: Reading) -> Told:
    value, date = leaf.value, leaf.value
    kind, before = Kind.DATE, 0
    if isinstance(value, Since):
        date, kind, before = value.date, Kind.LENGTH, value.days_before
    assert isinstance(date, Entered)
    timed = Timed(leaf.operator, kind, leaf.operand, before, date.fact.past)
    local = reading.local(date)
    first, last = attribute(local, "first"), attribute(local, "last")
    true, false = [], []
    too_early, too_late = timed.bounded
    if too_early:
        true.append(compare(first, AT_LEAST, reading.bound(timed, "true_from")))
        false.append(compare(last, LESS, reading.bound(timed, "false_before")))
    if too_late:
        true.append(compare(last, AT_MOST, reading.bound(timed, "true_to")))
        false.append(compare(first, MORE, reading.bound(timed, "false_after")))
    if not date.fact.may_be_not_yet:
        return Told(each_holds(is_known(local), *true), each_holds(is_known(local), one_holds(*false)), 2)
    special = _is_special(local)
    return Told(
        each_holds(is_known(local), no(special), *true),
        each_holds(is_known(local), one_holds(special, *false)),
        3,
    )


def _two_dates(leaf: Leaf, reading: Reading) -> Told:
    """Whether one date lies before another: by their instants if both have one, else by their days."""
    first, second = (leaf.value, leaf.operand) if leaf.operator.name == "before" else (leaf.operand, leaf.value)
    assert isinstance(first, Entered)
    assert isinstance(second, Entered)
    a, b = reading.local(first), reading.local(second)
    sure, never = [_less(a, "last", b, "first")], [compare(attribute(a, "first"), AT_LEAST, attribute(b, "last"))]
    # A past date that is not cut yet ends today at the latest.
    if first.fact.past and not second.fact.past:
        sure.append(compare(name("today"), LESS, attribute(b, "first")))
    if second.fact.past:
        never.append(compare(attribute(a, "first"), AT_LEAST, name("today")))
    # An instant lies on its own day, so that it says more only of two on the same day.
    instants = each_holds(is_known(attribute(a, "instant")), is_known(attribute(b, "instant")))
    sooner = each_holds(instants, _less(a, "instant", b, "instant"))
    true, false = one_holds(*sure, sooner), each_holds(one_holds(*never), no(sooner))
    both = is_known(a), is_known(b)
    special = one_holds(*(_is_special(local) for local, each in ((a, first), (b, second)) if each.fact.may_be_not_yet))
    return Told(each_holds(*both, no(special), true), each_holds(*both, one_holds(special, false)), 4)


def _length(leaf: Leaf, reading: Reading) -> Told | None:
    """A length that was entered: its number where it is written in the same unit, which is the usual way."""
    limits = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
    if not (all(isinstance(each, Duration) for each in limits) and leaf.operator.name in (*BOUNDS, "between")):
        return None
    unit, *others = {each.unit for each in limits}
    if others:
        return None
    value, applied = reading.local(leaf.value), reading.applied_truth(leaf)
    same_unit = compare(attribute(value, "unit"), IS, reading.constant(unit))
    amounts = [each.amount for each in limits]
    amount = attribute(value, "amount")
    within, outside = _amount(amount, leaf.operator.name, tuple(amounts) if len(amounts) > 1 else amounts[0])
    true = choose(same_unit, within, compare(applied, EQUAL, const(T)))
    false = choose(same_unit, outside, no(applied))
    return Told(each_holds(is_known(value), true), each_holds(is_known(value), false), 3)


# --- sets


def _of_set(leaf: Leaf, reading: Reading) -> Told | None:
    assert isinstance(leaf.value, Entered)
    operator, operand = leaf.operator, leaf.operand
    given = reading.local(leaf.value)
    there = is_known(given)
    incomplete = reading.incomplete(leaf.value)
    closed = one_holds(no(incomplete), compare(const(leaf.value.fact.name), NOT_IN, incomplete))
    if operator.name == "includes" and isinstance(operand, ReadValue):
        other = reading.local(operand)
        both = there, is_known(other)
        return Told(each_holds(*both, _within(other, given)), each_holds(*both, no(_within(other, given)), closed), 3)
    if operator.name == "several":
        several = compare(call(name("len"), call(name("set"), given)), MORE, const(1))
        return Told(each_holds(there, several), each_holds(there, closed, no(several)), 3)
    words = (operand,) if isinstance(operand, str) else operand
    assert isinstance(words, tuple)
    if operator.name in ("is", "is_not"):
        empty = Told(each_holds(there, no(given), closed), given, 1)
        return empty.turned(not operator.negative)
    if operator.name == "only":
        allowed = call(attribute(const(frozenset(words)), "issuperset"), given)
        return Told(each_holds(there, closed, allowed), each_holds(there, no(allowed)), 3)
    if operator.name == "includes_all":
        all_in = each_holds(*(_within(const(word), given) for word in words))
        decided = each_holds(there, one_holds(closed, all_in))
        return Told(each_holds(there, all_in), each_holds(there, closed, no(all_in)), 2, decided)
    if len(words) <= FEW:
        none_in = no(one_holds(*(_within(const(word), given) for word in words)))
    else:
        none_in = call(attribute(const(frozenset(words)), "isdisjoint"), given)
    decided = each_holds(there, one_holds(closed, no(none_in)))
    any_in = Told(each_holds(there, no(none_in)), each_holds(there, none_in, closed), 2, decided)
    return any_in.turned(operator.name != "none_of")


def _is_plain(operand: object) -> bool:
    """Whether the right-hand side is a constant, or a field that is a word or nothing."""
    if not isinstance(operand, ReadValue):
        return True
    return isinstance(operand, Entered) and operand.fact.kind is Kind.REFERENCE and not operand.fact.may_be_not_yet


def _is_special(value: ast.expr) -> ast.expr:
    return compare(value, IS, name("NOT_YET"))


def _less(left: ast.expr, of_left: str, right: ast.expr, of_right: str) -> ast.expr:
    return compare(attribute(left, of_left), LESS, attribute(right, of_right))


def _eq(left: ast.expr, right: ast.expr) -> ast.expr:
    return compare(left, EQUAL, right)


def _in(value: ast.expr, operator: ast.cmpop, words: tuple[object, ...]) -> ast.expr:
    return compare(value, operator, const(frozenset(words)))


def _within(word: ast.expr, given: ast.expr) -> ast.expr:
    return compare(word, IN, given)
