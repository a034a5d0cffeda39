"""The UK clock against a written table of the days on which it changes."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from safeguard_rules.values.uk_clock import day_bounds, uk_day, uk_time

# The Sundays on which summer time begins and ends, at 01:00 UTC.
CHANGES = {
    2020: ("03-29", "10-25"),
    2021: ("03-28", "10-31"),
    2022: ("03-27", "10-30"),
    2023: ("03-26", "10-29"),
    2024: ("03-31", "10-27"),
    2025: ("03-30", "10-26"),
    2026: ("03-29", "10-25"),
    2027: ("03-28", "10-31"),
    2028: ("03-26", "10-29"),
    2029: ("03-25", "10-28"),
    2030: ("03-31", "10-27"),
    2031: ("03-30", "10-26"),
    2032: ("03-28", "10-31"),
    2033: ("03-27", "10-30"),
    2034: ("03-26", "10-29"),
    2035: ("03-25", "10-28"),
}
YEARS = [(date.fromisoformat(f"{y}-{b}"), date.fromisoformat(f"{y}-{e}")) for y, (b, e) in CHANGES.items()]
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(("begins", "ends"), YEARS)
def test_the_clocks_change_at_one_in_the_morning_utc(begins: date, ends: date) -> None:
    second = timedelta(seconds=1)
    assert uk_time(at(begins, 1) - second).utcoffset() == timedelta(0)
    assert uk_time(at(begins, 1)).utcoffset() == HOUR
    assert uk_time(at(ends, 1) - second).utcoffset() == HOUR
    assert uk_time(at(ends, 1)).utcoffset() == timedelta(0)


@pytest.mark.parametrize(("begins", "ends"), YEARS)
def test_the_day_of_a_change_is_an_hour_shorter_or_longer(begins: date, ends: date) -> None:
    assert day_bounds(begins) == (at(begins, 0), at(begins, 23))
    assert day_bounds(ends) == (at(ends - DAY, 23), at(ends + DAY, 0))


@pytest.mark.parametrize(("begins", "ends"), YEARS)
def test_every_day_of_a_year_is_a_day_and_follows_the_one_before(begins: date, ends: date) -> None:
    day = date(begins.year, 1, 1)
    while day.year == begins.year:
        start, end = day_bounds(day)
        hours = {begins: 23, ends: 25}.get(day, 24)
        assert end - start == hours * HOUR
        assert start.hour == (23 if begins < day <= ends else 0)
        assert end == day_bounds(day + DAY)[0]
        assert uk_day(start) == uk_day(end - timedelta(microseconds=1)) == day
        day += DAY


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-07-01T22:59:59+00:00", "2026-07-01"),
        ("2026-07-01T23:00:00+00:00", "2026-07-02"),
        ("2026-01-01T23:59:59+00:00", "2026-01-01"),
        ("2026-03-28T23:59:59+00:00", "2026-03-28"),
        ("2026-10-24T22:59:59+00:00", "2026-10-24"),
        ("2026-10-24T23:00:00+00:00", "2026-10-25"),
        ("2026-10-25T23:59:59+00:00", "2026-10-25"),
        ("2025-12-31T23:30:00-05:00", "2026-01-01"),
        ("2026-01-01T00:30:00+02:00", "2025-12-31"),
    ],
)
def test_the_uk_day_of_an_instant(instant: str, day: str) -> None:
    assert uk_day(datetime.fromisoformat(instant)) == date.fromisoformat(day)


def test_the_offset_it_was_written_with_does_not_matter() -> None:
    instant = at(date(2026, 10, 25), 1, 30)
    for hours in range(-12, 15):
        assert uk_time(instant.astimezone(timezone(hours * HOUR))) == instant
        assert uk_day(instant.astimezone(timezone(hours * HOUR))) == date(2026, 10, 25)


def test_a_time_without_offset_is_refused() -> None:
    naive = at(date(2026, 3, 2), 15).replace(tzinfo=None)
    with pytest.raises(ValueError, match=r"^a date-time needs an offset such as Z or \+01:00$"):
        uk_day(naive)
