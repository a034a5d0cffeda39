"""The tests on time, three-valued: dates against dates, against the day of evaluation, and lengths of time.

A partial date, a bare day in a test of hours and a bare day of evaluation stand for every day or instant that
they may mean: a test is definite if all of them agree. An unknown date or length (`None`) gives `U`. Days are
UK calendar days, hours are counted between instants. Nothing here knows the bank holidays, so a test on a
date or an elapsed time with working days gives `U`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from safeguard_rules.values.dates import AsOf, When, moments_of, write_instant
from safeguard_rules.values.durations import Duration, Unit, add, day_range, shorter
from safeguard_rules.values.truth import F, T, Truth, U, all_of, negate
from safeguard_rules.values.uk_clock import uk_day, uk_time


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A length of time from an anchor day, one of `first` to `last` (both included), to the day of evaluation.

    An age runs from the day of birth; a gestation from 280 days before the expected one.
    """

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The earliest and the latest instant (both included, UTC) of the days it may run from."""
        return moments_of(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in whole days, known to lie between `low` and `high` (both included)."""

    low: int
    high: int


Length: TypeAlias = Elapsed | Span | Duration


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due: on one of the UK calendar days `first` to `last` (both included).

    `earliest` and `latest` are the instants (UTC) that it falls due between, if the time was given in hours.
    """

    first: date
    last: date
    earliest: datetime | None = None
    latest: datetime | None = None

    @property
    def text(self) -> str:
        """Its day or its instant on the UK's clocks, else `2026-03-02 to 2026-03-05`."""
        if self.earliest and self.earliest == self.latest:
            return write_instant(uk_time(self.earliest))
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first} to {last}"

    def __str__(self) -> str:
        return self.text


def before(a: When | None, b: When | None) -> Truth:
    """Return whether `a` lies before `b`, strictly: by days, or by instants if both are instants."""
    if a is None or b is None:
        return U
    if a.instant and b.instant:
        return T if a.instant < b.instant else F
    return _truth(a.last < b.first, a.first >= b.last)


def after(a: When | None, b: When | None) -> Truth:
    """Return whether `a` lies after `b`, strictly."""
    return before(b, a)


def within_last(when: When | None, n: Duration, as_of: AsOf) -> Truth:
    """Return whether `when <= as_of <= when + n`."""
    if when is None or n.unit is Unit.WORKING_DAYS:
        return U
    if n.unit is Unit.HOURS:
        first, last = when.moments
        earliest, latest = as_of.moments
        begun = when.past or last <= earliest
        return _truth(begun and latest <= _later(first, n), latest < first or earliest > _later(last, n))
    day = as_of.day
    return _truth(when.last <= day <= add(when.first, n), day < when.first or day > add(when.last, n))


def more_than_ago(when: When | None, n: Duration, as_of: AsOf) -> Truth:
    """Return whether `as_of > when + n`; for a date that is not ahead, the opposite of `within_last`."""
    return U if when is None else _more_than_since(when, n, as_of)


def within_next(when: When | None, n: Duration, as_of: AsOf) -> Truth:
    """Return whether `as_of <= when <= as_of + n`."""
    if when is None or n.unit is Unit.WORKING_DAYS:
        return U
    if n.unit is Unit.HOURS:
        first, last = when.moments
        earliest, latest = as_of.moments
        ahead, near = latest <= first, last <= _later(earliest, n)
        return _truth(ahead and near, last < earliest or first > _later(latest, n))
    day, end = as_of.day, add(as_of.day, n)
    return _truth(day <= when.first and when.last <= end, when.last < day or when.first > end)


def deadline(when: When | None, n: Duration) -> Due | None:
    """Return when something is due that is wanted within `n` of a date.

    `None` if the date is unknown, or `n` in working days. Hours after a bare day fall due somewhere between so
    many after its first and so many after its last instant.
    """
    if when is None or n.unit is Unit.WORKING_DAYS:
        return None
    if n.unit is not Unit.HOURS:
        return Due(add(when.first, n), add(when.last, n))
    earliest, latest = (_later(moment, n) for moment in when.moments)
    return Due(uk_day(earliest), uk_day(latest), earliest, latest)


def overdue(when: When | None, n: Duration, as_of: AsOf) -> Truth:
    """Return whether what is wanted within `n` of a date was due before `as_of`; its due day is not late."""
    return more_than_ago(when, n, as_of)


def at_least(length: Length | None, n: Duration, as_of: AsOf) -> Truth:
    """Return whether a length of time is `n` or more; `n` is added forward to the day it runs from."""
    if length is None:
        return U
    if isinstance(length, Duration):
        return negate(shorter(length, n))
    if isinstance(length, Span):
        least, most = day_range(n)
        return _truth(most is not None and length.low >= most, length.high < least)
    if n.unit is Unit.WORKING_DAYS:
        return U
    if n.unit is Unit.HOURS:
        first, last = length.moments
        earliest, latest = as_of.moments
        return _truth(earliest >= _later(last, n), latest < _later(first, n))
    return _truth(as_of.day >= add(length.last, n), as_of.day < add(length.first, n))


def more_than(length: Length | None, n: Duration, as_of: AsOf) -> Truth:
    """Return whether a length of time is longer than `n`: by a day at least, where days are counted."""
    if length is None:
        return U
    if isinstance(length, Duration):
        return shorter(n, length)
    if isinstance(length, Span):
        least, most = day_range(n)
        return _truth(most is not None and length.low > most, length.high <= least)
    return _more_than_since(length, n, as_of)


def at_most(length: Length | None, n: Duration, as_of: AsOf) -> Truth:
    """Return whether a length of time is `n` or less."""
    return negate(more_than(length, n, as_of))


def less_than(length: Length | None, n: Duration, as_of: AsOf) -> Truth:
    """Return whether a length of time is shorter than `n`."""
    return negate(at_least(length, n, as_of))


def between(length: Length | None, low: Duration, high: Duration, as_of: AsOf) -> Truth:
    """Return whether a length of time lies from `low` to `high`, both included; `low` is not the longer."""
    return all_of((at_least(length, low, as_of), at_most(length, high, as_of)))


def _more_than_since(start: When | Elapsed, n: Duration, as_of: AsOf) -> Truth:
    if n.unit is Unit.WORKING_DAYS:
        return U
    if n.unit is Unit.HOURS:
        first, last = start.moments
        earliest, latest = as_of.moments
        return _truth(earliest > _later(last, n), latest <= _later(first, n))
    return _truth(as_of.day > add(start.last, n), as_of.day <= add(start.first, n))


def _truth(always: bool, never: bool) -> Truth:
    return T if always else F if never else U


def _later(moment: datetime, n: Duration) -> datetime:
    return moment + timedelta(hours=n.amount)
