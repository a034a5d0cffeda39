"""Tests on time as bounds: between which days a date has to lie for a test on the day of evaluation to be true.

Every test that counts in days, and has nothing but the day of evaluation and thresholds on its right, is true of one
run of days and false outside it. Where the bounds lie is asked of the test itself, day by day in halving steps, so
that the calendar, leap days and bank holidays are known in one place only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from safeguard_rules.language.operators import OPERATORS, Operator
from safeguard_rules.language.tree import FactRef
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration, Unit
from safeguard_rules.values.timing import Elapsed
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.kinds import Kind

EARLIEST, LATEST = date(1899, 1, 1), date(2200, 12, 31)
"""No date of a case lies outside these days, nor does 280 days before one."""

_NONE_BEFORE, _NONE_AFTER = date.min, date.max
EARLY = frozenset({"before", "more_than_ago", "at_least", "more_than"})
"""Tests that are true of early days, and of a length that has run for long."""
LATE = frozenset({"after", "at_most", "less_than"})
"""Tests that are true of late days, and of a length that has not run for long."""


class Window(NamedTuple):
    """The days for which a test holds, for a date that may mean each day from `first` to `last`.

    True if `true_from <= first` and `last <= true_to`; false if `last < false_before` or `first > false_after`; else
    unknown. All four are days, with `date.min` and `date.max` for no bound.
    """

    true_from: date
    true_to: date
    false_before: date
    false_after: date

    def truth(self, first: date, last: date) -> Truth:
        """What the test says of a date that may mean each of these days."""
        if self.true_from <= first and last <= self.true_to:
            return T
        return F if last < self.false_before or first > self.false_after else U


NEVER_KNOWN = Window(date.max, date.min, date.min, date.max)
"""What cannot be said of any date: working days without a calendar."""


def window(operator: Operator, kind: Kind, operand: object, as_of: AsOf, calendar: WorkingDays | None) -> Window | None:
    """The window of a test on a date, or on a length of time that runs from one (`Elapsed`), with its threshold.

    None for a test that needs more than days: one in hours, one against an instant or another fact, one of `not_yet`.
    A length that is no `Elapsed` (`Span`, `Duration`) has no date, and so no window.
    """
    if isinstance(operand, FactRef) or kind not in (Kind.DATE, Kind.LENGTH) or not _in_days(operand):
        return None
    if operator.name.startswith("within_") and calendar is None and _in_working_days(operand):
        return NEVER_KNOWN
    if operator.name == "within_last":
        ended = _early("more_than_ago", kind, operand, as_of, calendar)
        return _both(_opposite(ended), _until(as_of.day))
    if operator.name == "within_next":
        return _both(_opposite(_until(as_of.day - timedelta(days=1))), _ahead(operator, operand, as_of, calendar))
    if operator.name == "between":
        assert isinstance(operand, tuple)
        low, high = operand
        long_enough = _early("at_least", kind, low, as_of, calendar)
        return _both(long_enough, _opposite(_early("more_than", kind, high, as_of, calendar)))
    if operator.name in EARLY:
        return _early(operator.name, kind, operand, as_of, calendar)
    if operator.name in LATE:
        return _late(operator.name, kind, operand, as_of, calendar)
    return None


def _in_days(operand: object) -> bool:
    if isinstance(operand, tuple):
        return bool(operand) and all(map(_in_days, operand))
    if isinstance(operand, When):
        return operand.instant is None
    return isinstance(operand, Duration) and operand.unit is not Unit.HOURS


def _in_working_days(operand: object) -> bool:
    return isinstance(operand, Duration) and operand.unit is Unit.WORKING_DAYS


def _early(name: str, kind: Kind, operand: object, as_of: AsOf, calendar: WorkingDays | None) -> Window:
    """The window of a test that is true up to some day, and false from some day on."""
    says = _on_a_day(OPERATORS[name], kind, operand, as_of, calendar)
    true_to = _last(lambda day: says(day) == T, EARLIEST, LATEST)
    false_after = _last(lambda day: says(day) != F, EARLIEST, LATEST)
    return Window(_NONE_BEFORE, true_to, _NONE_BEFORE, false_after)


def _late(name: str, kind: Kind, operand: object, as_of: AsOf, calendar: WorkingDays | None) -> Window:
    """The window of a test that is false up to some day, and true from some day on."""
    says = _on_a_day(OPERATORS[name], kind, operand, as_of, calendar)
    false_to = _last(lambda day: says(day) == F, EARLIEST, LATEST)
    true_after = _last(lambda day: says(day) != T, EARLIEST, LATEST)
    return Window(_next(true_after), _NONE_AFTER, _next(false_to), _NONE_AFTER)


def _ahead(operator: Operator, operand: object, as_of: AsOf, calendar: WorkingDays | None) -> Window:
    """What `within_next` says of days from the day of evaluation on."""
    says = _on_a_day(operator, Kind.DATE, operand, as_of, calendar)
    true_to = _last(lambda day: says(day) == T, as_of.day, LATEST)
    false_after = _last(lambda day: says(day) != F, as_of.day, LATEST)
    return Window(_NONE_BEFORE, true_to, _NONE_BEFORE, false_after)


def _on_a_day(
    operator: Operator, kind: Kind, operand: object, as_of: AsOf, calendar: WorkingDays | None
) -> Callable[[date], Truth]:
    def says(day: date) -> Truth:
        value = When("", day, day) if kind is Kind.DATE else Elapsed(day, day)
        return operator.apply(value, operand, as_of, calendar)

    return says


def _last(holds: Callable[[date], bool], low: date, high: date) -> date:
    """The last day of which something holds that holds up to some day; the day before all if it never does."""
    if holds(high):
        return _NONE_AFTER
    if not holds(low):
        return _NONE_BEFORE if low == EARLIEST else low - timedelta(days=1)
    while high - low > timedelta(days=1):
        middle = low + (high - low) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _next(day: date) -> date:
    if day == _NONE_AFTER:
        return day
    return _NONE_BEFORE if day == _NONE_BEFORE else day + timedelta(days=1)


def _until(day: date) -> Window:
    """Whether a date lies on this day at the latest."""
    return Window(_NONE_BEFORE, day, _NONE_BEFORE, day)


def _opposite(early: Window) -> Window:
    """The opposite of a test that is true of early days."""
    return Window(_next(early.false_after), _NONE_AFTER, _next(early.true_to), _NONE_AFTER)


def _both(late: Window, early: Window) -> Window:
    """Whether both of two tests hold."""
    return Window(
        max(late.true_from, early.true_from),
        min(late.true_to, early.true_to),
        max(late.false_before, early.false_before),
        min(late.false_after, early.false_after),
    )
