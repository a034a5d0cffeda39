"""The tests on time, three-valued: dates against dates, against the day of evaluation, and lengths of time.

A partial date, a bare day in a test of hours and a bare day of evaluation stand for every day or instant that
they may mean: a test is definite if all of them agree. An unknown date or length (`None`) gives `U`. Days are
UK calendar days, hours are counted between instants. Working days are counted by a `calendar`; without one a
test with working days gives `U`, and with one it is definite if all bank holidays that are not known agree too.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeAlias

from safeguard_rules.values.dates import AsOf, When, moments_of, write_instant
from safeguard_rules.values.durations import Duration, Unit, add, day_range, shorter
from safeguard_rules.values.truth import F, T, Truth, U, all_of, negate
from safeguard_rules.values.uk_clock import uk_day, uk_time
from safeguard_rules.values.working_days import WorkingDays


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


def within_last(when: When | None, n: Duration, as_of: AsOf, calendar: WorkingDays | None = None) -> Truth:
    """Return whether `when <= as_of <= when + n`."""
    if when is None:
        return U
    if n.unit is Unit.HOURS:
        first, last = when.moments
        earliest, latest = as_of.moments
        begun = when.past or last <= earliest
        return _truth(begun and latest <= _later(first, n), latest < first or earliest > _later(last, n))
    ends, day = _ends(when.first, when.last, n, calendar), as_of.day
    if ends is None:
        return U
    return _truth(when.last <= day <= ends.first, day < when.first or _after(day, ends.last))


def more_than_ago(when: When | None, n: Duration, as_of: AsOf, calendar: WorkingDays | None = None) -> Truth:
    """Return whether `as_of > when + n`; for a date that is not ahead, the opposite of `within_last`."""
    return U if when is None else _more_than_since(when, n, as_of, calendar)


def within_next(when: When | None, n: Duration, as_of: AsOf, calendar: WorkingDays | None = None) -> Truth:
    """Return whether `as_of <= when <= as_of + n`."""
    if when is None:
        return U
    if n.unit is Unit.HOURS:
        first, last = when.moments
        earliest, latest = as_of.moments
        ahead, near = latest <= first, last <= _later(earliest, n)
        return _truth(ahead and near, last < earliest or first > _later(latest, n))
    ends, day = _ends(as_of.day, as_of.day, n, calendar), as_of.day
    if ends is None:
        return U
    return _truth(day <= when.first and when.last <= ends.first, when.last < day or _after(when.first, ends.last))


def deadline(when: When | None, n: Duration, calendar: WorkingDays | None = None) -> Due | None:
    """Return when something is due that is wanted within `n` of a date.

    `None` if the date is unknown, or the bank holidays that it takes. Hours after a bare day fall due somewhere
    between so many after its first and so many after its last instant.
    """
    if when is None:
        return None
    if n.unit is not Unit.HOURS:
        ends = _ends(when.first, when.last, n, calendar)
        return Due(ends.first, ends.last) if ends is not None and ends.last is not None else None
    earliest, latest = (_later(moment, n) for moment in when.moments)
    return Due(uk_day(earliest), uk_day(latest), earliest, latest)


def overdue(when: When | None, n: Duration, as_of: AsOf, calendar: WorkingDays | None = None) -> Truth:
    """Return whether what is wanted within `n` of a date was due before `as_of`; its due day is not late."""
    return more_than_ago(when, n, as_of, calendar)


def countable(first: date, last: date, n: Duration, calendar: WorkingDays | None) -> bool:
    """Return whether it is known which day lies `n` after each day from `first` to `last`."""
    if n.unit is not Unit.WORKING_DAYS:
        return True
    return calendar is not None and calendar.knows(first, n.amount) and calendar.knows(last, n.amount)


def at_least(length: Length | None, n: Duration, as_of: AsOf, calendar: WorkingDays | None = None) -> Truth:
    """Return whether a length of time is `n` or more; `n` is added forward to the day it runs from."""
    if length is None:
        return U
    if isinstance(length, Duration):
        return negate(shorter(length, n))
    if isinstance(length, Span):
        least, most = day_range(n)
        return _truth(most is not None and length.low >= most, length.high < least)
    if n.unit is Unit.HOURS:
        first, last = length.moments
        earliest, latest = as_of.moments
        return _truth(earliest >= _later(last, n), latest < _later(first, n))
    ends = _ends(length.first, length.last, n, calendar)
    if ends is None:
        return U
    return _truth(ends.last is not None and as_of.day >= ends.last, as_of.day < ends.first)


def more_than(length: Length | None, n: Duration, as_of: AsOf, calendar: WorkingDays | None = None) -> Truth:
    """Return whether a length of time is longer than `n`: by a day at least, where days are counted."""
    if length is None:
        return U
    if isinstance(length, Duration):
        return shorter(n, length)
    if isinstance(length, Span):
        least, most = day_range(n)
        return _truth(most is not None and length.low > most, length.high <= least)
    return _more_than_since(length, n, as_of, calendar)


def at_most(length: Length | None, n: Duration, as_of: AsOf, calendar: WorkingDays | None = None) -> Truth:
    """Return whether a length of time is `n` or less."""
    return negate(more_than(length, n, as_of, calendar))


def less_than(length: Length | None, n: Duration, as_of: AsOf, calendar: WorkingDays | None = None) -> Truth:
    """Return whether a length of time is shorter than `n`."""
    return negate(at_least(length, n, as_of, calendar))


def between(
    length: Length | None, low: Duration, high: Duration, as_of: AsOf, calendar: WorkingDays | None = None
) -> Truth:
    """Return whether a length of time lies from `low` to `high`, both included; `low` is not the longer."""
    return all_of((at_least(length, low, as_of, calendar), at_most(length, high, as_of, calendar)))


def _more_than_since(start: When | Elapsed, n: Duration, as_of: AsOf, calendar: WorkingDays | None) -> Truth:
    if n.unit is Unit.HOURS:
        first, last = start.moments
        earliest, latest = as_of.moments
        return _truth(earliest > _later(last, n), latest <= _later(first, n))
    ends = _ends(start.first, start.last, n, calendar)
    return U if ends is None else _truth(_after(as_of.day, ends.last), as_of.day <= ends.first)


class _Ends(NamedTuple):
    """The earliest and the latest day that may lie a length of time after another; a `None` is no bound."""

    first: date
    last: date | None


def _ends(first: date, last: date, n: Duration, calendar: WorkingDays | None) -> _Ends | None:
    """Where `n` may end that begins on a day from `first` to `last`; `None` for working days without a calendar."""
    if n.unit is not Unit.WORKING_DAYS:
        return _Ends(add(first, n), add(last, n))
    if calendar is None:
        return None
    # A later day never has an earlier end, so that those in between add nothing.
    return _Ends(calendar.earliest(first, n.amount), calendar.latest(last, n.amount))


def _after(day: date, end: date | None) -> bool:
    return end is not None and day > end


def _truth(always: bool, never: bool) -> Truth:
    return T if always else F if never else U


def _later(moment: datetime, n: Duration) -> datetime:
    return moment + timedelta(hours=n.amount)
