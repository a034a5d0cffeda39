"""Dates as they are known: a year, a month, a day or an instant; and the day or instant of an evaluation."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar, Final, Self, cast

from pydantic.json_schema import JsonSchemaValue

from safeguard_rules.values.uk_clock import day_bounds, uk_day
from safeguard_rules.values.written import Written

_DAY: Final = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME: Final = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
_OFFSET: Final = r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"

_PARTIAL: Final = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")
_WHOLE_DAY: Final = re.compile(_DAY)
_INSTANT: Final = re.compile(_DAY + _TIME + _OFFSET)
_WITHOUT_OFFSET: Final = re.compile(_DAY + _TIME)

_DAY_LENGTH: Final = len("2026-03-02")
_YEARS: Final = range(1900, 2200)
_STEP: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class When(Written):
    """A date as somebody gave it: its text, and the UK calendar days (both included) that it may mean.

    An instant has `first` and `last` on its own UK day, and is kept in UTC. `past` says that the date is known
    not to lie after the `as_of` at which it was cut, which matters to tests in hours where both share a day.
    """

    text: str
    first: date
    last: date
    instant: datetime | None = None
    past: bool = False

    json_schema: ClassVar[JsonSchemaValue] = {
        "type": "string",
        "description": "a year, a month, a day, or a day with a time and its offset",
        "pattern": rf"^(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|{_DAY}(?:{_TIME}{_OFFSET})?)$",
        "examples": ["2026", "2026-03", "2026-03-02", "2026-03-02T15:00Z"],
    }

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026`, `2026-03`, `2026-03-02` or `2026-03-02T15:00Z` (any offset, seconds if wanted).

        Years run from 1900 to 2199. A text of another shape, a day that is not in the calendar and a time
        without offset raise `ValueError` with a sentence for people.
        """
        if len(text) == _DAY_LENGTH and cls is When:
            return cast("Self", _read_day(text))
        return cls._parse(text)

    @classmethod
    def _parse(cls, text: str) -> Self:
        if partial := _PARTIAL.fullmatch(text):
            first, last = _days_of(int(partial[1]), int(partial[2]) if partial[2] else None, text)
            return cls(text, first, last)
        if _WHOLE_DAY.fullmatch(text):
            day = _calendar_day(text, text)
            return cls(text, day, day)
        if _INSTANT.fullmatch(text):
            instant = _instant(text)
            day = uk_day(instant)
            _check_year(day.year, text)
            return cls(text, day, day, instant)
        if _WITHOUT_OFFSET.fullmatch(text):
            raise ValueError(f"`{text}` needs an offset such as Z or +01:00")
        raise ValueError(f"`{text}` is not a date such as 2026, 2026-03, 2026-03-02 or 2026-03-02T15:00Z")

    @classmethod
    def of(cls, value: Any) -> Self:
        """Return it for a `When`, a text, a `date` or a `datetime` with offset; else raise `ValueError`."""
        return value if isinstance(value, cls) else cls.parse(_text_of(value, "a date"))

    @property
    def exact(self) -> bool:
        """Whether it means one day only."""
        return self.first == self.last

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The earliest and the latest instant (both included, UTC) that it may mean; a day counts whole."""
        return (self.instant, self.instant) if self.instant else moments_of(self.first, self.last)

    def cut(self, as_of: "AsOf") -> "When | None":
        """Return what is left of a date that cannot lie after `as_of`, or `None` if all of it does."""
        if self.first > as_of.day:
            return None
        if self.instant and as_of.instant and self.instant > as_of.instant:
            return None
        if self.last < as_of.day:
            return self
        return replace(self, last=as_of.day, past=True)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class AsOf(Written):
    """The UK calendar day, and the instant (UTC) if one was given, for which a case is evaluated."""

    text: str
    day: date
    instant: datetime | None = None

    json_schema: ClassVar[JsonSchemaValue] = {
        "type": "string",
        "description": "a day, or a day with a time and its offset",
        "pattern": rf"^{_DAY}(?:{_TIME}{_OFFSET})?$",
        "examples": ["2026-03-02", "2026-03-02T15:00Z"],
    }

    @classmethod
    def of(cls, value: Any) -> Self:
        """Return it for an `AsOf`, a `date`, a `datetime` with offset or a text; else raise `ValueError`."""
        if isinstance(value, cls):
            return value
        text = _text_of(value, "the day of an evaluation")
        when = When.parse(text)
        if not when.exact:
            raise ValueError(f"`{text}` is not a whole day such as 2026-03-02")
        return cls(text, when.first, when.instant)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The earliest and the latest instant (both included, UTC) that it may mean; a day counts whole."""
        return (self.instant, self.instant) if self.instant else moments_of(self.day, self.day)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=2048)  # a pure function of a text; the days of a caseload are few, and most facts are days
def _read_day(text: str) -> When:
    return When._parse(text)


def moments_of(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the earliest and the latest instant (both included, UTC) of a run of UK calendar days."""
    return day_bounds(first)[0], day_bounds(last)[1] - _STEP


def write_instant(instant: datetime) -> str:
    """Return the text of an instant with its offset, as `When` reads it; without one raise `ValueError`."""
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError(f"`{instant.isoformat()}` needs an offset such as Z or +01:00")
    if offset % timedelta(minutes=1):
        instant = instant.astimezone(UTC)
    whole_minute = not instant.second and not instant.microsecond
    return instant.isoformat(timespec="minutes" if whole_minute else "auto").replace("+00:00", "Z")


def _days_of(year: int, month: int | None, text: str) -> tuple[date, date]:
    _check_year(year, text)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _calendar_day(day: str, text: str) -> date:
    _check_year(int(day[:4]), text)
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"`{text}` is not a day of the calendar") from None


def _instant(text: str) -> datetime:
    _calendar_day(text[:10], text)
    return datetime.fromisoformat(text).astimezone(UTC)


def _check_year(year: int, text: str) -> None:
    if year not in _YEARS:
        raise ValueError(f"the year of `{text}` is not between {_YEARS[0]} and {_YEARS[-1]}")


def _text_of(value: object, wanted: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    raise ValueError(f"expected {wanted}, got `{value}`")
