"""Date arithmetic of the oracle's own: nothing here comes from the library."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

NOON = timedelta(hours=12)
TICK = timedelta(microseconds=1)
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    leap = year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
    return 29 if month == 2 and leap else MONTH_LENGTHS[month - 1]


def add(day: date, amount: int, unit: str) -> date:
    """The day that lies a length of time after another (`days`, `weeks`, `months`, `years`)."""
    if unit == "days":
        return day + timedelta(amount)
    if unit == "weeks":
        return day + timedelta(7 * amount)
    months = day.year * 12 + day.month - 1 + amount * (12 if unit == "years" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, month_length(year, month)))


# --- working days

KNOWN = date(2025, 6, 27), date(2026, 3, 27)
"""The first and the last day for which the bank holidays of every book are known."""

HOLIDAYS = tuple(
    map(
        date.fromisoformat,
        ("2025-09-29", "2025-10-24", "2025-12-25", "2025-12-26", "2026-01-01", "2026-02-27", "2026-03-03"),
    )
)
"""Weekdays near the days of evaluation, so that counts meet them."""


def counted(first: date, last: date, others_free: bool) -> int:
    """How many working days there are after a day, up to another, which is included.

    `others_free` says of the weekdays for which the holidays are not known that all, or none, of them are holidays.
    """
    found = 0
    day = first + timedelta(1)
    while day <= last:
        if day.weekday() not in (5, 6):
            known = KNOWN[0] <= day <= KNOWN[1]
            found += (day not in HOLIDAYS) if known else not others_free
        day += timedelta(1)
    return found


def is_over(day: date, amount: int, now: date, others_free: bool) -> bool:
    """Whether a day lies after the one that is so many working days after another."""
    return now > day and counted(day, now - timedelta(1), others_free) >= amount


def read_length(text: str) -> tuple[int, str]:
    """`6 weeks` or `1 month` as an amount and a plural unit."""
    amount, _, unit = text.partition(" ")
    return int(amount), unit if unit.endswith("s") else unit + "s"


def read_days(text: str) -> tuple[date, date]:
    """The UK calendar days that a date may mean, both included."""
    if "T" in text:
        day = uk_day(read_instant(text))
        return day, day
    if len(text) == 4:
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return date(year, month, 1), date(year, month, month_length(year, month))
    day = date.fromisoformat(text)
    return day, day


def read_instant(text: str) -> datetime:
    """A date-time with its offset, in UTC."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first instant of a UK calendar day. The clocks change at 01:00 UTC, so that day still begins as before."""
    summer = _last_sunday(day.year, 3) < day <= _last_sunday(day.year, 10)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=summer)


def end_of(day: date) -> datetime:
    """The last instant of a UK calendar day."""
    return start_of(day + timedelta(1)) - TICK


def uk_day(instant: datetime) -> date:
    """The UK calendar day of an instant."""
    day = instant.date()
    return day if instant <= end_of(day) else day + timedelta(1)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, month_length(year, month))
    return last - timedelta((last.weekday() + 1) % 7)
