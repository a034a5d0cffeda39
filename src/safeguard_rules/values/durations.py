"""Lengths of time as people write them, adding them to a day, and comparing them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any, ClassVar, Final, Self, cast

from pydantic.json_schema import JsonSchemaValue

from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.values.written import Written


class Unit(StrEnum):
    """What a duration is counted in, as written after any number but 1."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


# No rule looks further than a hundred years, and no sum of a date and a duration leaves the calendar.
_MOST: Final = {
    Unit.HOURS: 876_600,
    Unit.DAYS: 36_525,
    Unit.WORKING_DAYS: 36_525,
    Unit.WEEKS: 5_217,
    Unit.MONTHS: 1_200,
    Unit.YEARS: 100,
}
_UNITS: Final = "hour|day|working day|week|month|year"
_WRITTEN: Final = re.compile(rf"(0|[1-9][0-9]{{0,8}}) ({_UNITS})s?")
_SUCH_AS: Final = "a length of time such as 24 hours, 2 working days, 6 weeks or 1 month"
_CYCLE: Final = range(2000, 2400)  # the calendar repeats itself after 400 years


@dataclass(frozen=True, slots=True)
class Duration(Written):
    """A length of time: a whole number, not negative, of one unit.

    More than a hundred years raise `ValueError`. Two are equal if they are written the same: 7 days are not
    equal to 1 week.
    """

    amount: int
    unit: Unit

    json_schema: ClassVar[JsonSchemaValue] = {
        "type": "string",
        "description": "a length of time, as people write it",
        "pattern": rf"^(?:1 (?:{_UNITS})|(?:0|[2-9]|[1-9][0-9]+) (?:{_UNITS})s)$",
        "examples": ["24 hours", "2 working days", "6 weeks", "1 month"],
    }

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= _MOST[self.unit]:
            raise ValueError(f"`{self}` is not between 0 and {_MOST[self.unit]} {self.unit}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `6 weeks`, `1 month`, `24 hours` or `2 working days`; another text raises `ValueError`."""
        return cast("Self", _read(text)) if cls is Duration else cls._parse(text)

    @classmethod
    def _parse(cls, text: str) -> Self:
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"`{text}` is not {_SUCH_AS}")
        duration = cls(int(match[1]), Unit(match[2] + "s"))
        if str(duration) != text:
            raise ValueError(f"`{text}` is written `{duration}`")
        return duration

    @classmethod
    def of(cls, value: Any) -> Self:
        """Return it for a `Duration` or a text; else raise `ValueError`."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        raise ValueError(f"expected {_SUCH_AS}, got `{value}`")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit[:-1] if self.amount == 1 else self.unit}"


@lru_cache(maxsize=1024)  # a pure function of a text; a caseload has few lengths, and many times the same
def _read(text: str) -> Duration:
    return Duration._parse(text)


def add(day: date, duration: Duration) -> date:
    """Return the day that lies a duration after another.

    Months and years keep the number of the day, or take the last day of a month that has no such day. Hours
    need an instant and working days a calendar: both raise `ValueError`.
    """
    if duration.unit is Unit.DAYS:
        return day + timedelta(days=duration.amount)
    if duration.unit is Unit.WEEKS:
        return day + timedelta(weeks=duration.amount)
    months = _months(duration)
    if months is None:
        raise ValueError(f"`{duration}` cannot be added to a day")
    return _add_months(day, months)


def shorter(a: Duration, b: Duration) -> Truth:
    """Return whether `a` is shorter than `b`: definite only if it is so from whatever day both start."""
    a_months, b_months = _months(a), _months(b)
    if a_months is not None and b_months is not None:
        return T if a_months < b_months else F
    if a.unit is b.unit:
        return T if a.amount < b.amount else F
    (a_least, a_most), (b_least, b_most) = day_range(a), day_range(b)
    if a_most is not None and a_most < b_least:
        return T
    return F if b_most is not None and a_least >= b_most else U


def day_range(duration: Duration) -> tuple[Fraction, Fraction | None]:
    """Return the least and the greatest number of days that a duration lasts, over all days it can start on.

    An hour is the 24th part of a day. Working days last at least as long as from a Sunday without a holiday, and
    `None` says that there is no bound above, for that would need all holidays.
    """
    if duration.unit is Unit.HOURS:
        hours = Fraction(duration.amount, 24)
        return hours, hours
    if duration.unit is Unit.WORKING_DAYS and duration.amount:
        return Fraction(duration.amount + 2 * ((duration.amount - 1) // 5)), None
    months = _months(duration)
    least, most = (0, 0) if months is None else _days_of_months(months)
    days = duration.amount * {Unit.DAYS: 1, Unit.WEEKS: 7}.get(duration.unit, 0)
    return Fraction(least + days), Fraction(most + days)


def _months(duration: Duration) -> int | None:
    if duration.unit is Unit.MONTHS:
        return duration.amount
    return duration.amount * 12 if duration.unit is Unit.YEARS else None


def _add_months(day: date, months: int) -> date:
    year, month = _month_after(day.year, day.month, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _month_after(year: int, month: int, months: int) -> tuple[int, int]:
    years, index = divmod(month - 1 + months, 12)
    return year + years, index + 1


@lru_cache(maxsize=128)  # a pure function of one number; the scan over all months takes milliseconds
def _days_of_months(months: int) -> tuple[int, int]:
    least, most = [], []
    for year, month in product(_CYCLE, range(1, 13)):
        # A month that is cut short by its end makes the shortest stretch, and never the longest.
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        least.append((_add_months(last, months) - last).days)
        most.append((_add_months(first, months) - first).days)
    return min(least), max(most)
