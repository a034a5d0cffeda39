"""Counting working days, compared with counting them one by one over every list of holidays that there may be."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain, combinations

import pytest

from safeguard_rules.values import timing
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration, Unit, shorter
from safeguard_rules.values.timing import Elapsed
from safeguard_rules.values.truth import F, T, Truth, U, negate
from safeguard_rules.values.working_days import WorkingDays, is_weekend

DAY = timedelta(days=1)
EASTER = frozenset({date(2026, 4, 3), date(2026, 4, 6)})
CALENDAR = WorkingDays(date(2026, 2, 26), date(2026, 4, 8), EASTER)
"""Three weekdays before its first day, and six after its last, are looked at below."""
FROM, TO = date(2026, 2, 23), date(2026, 4, 16)
LENGTHS = [Duration(amount, Unit.WORKING_DAYS) for amount in (0, 1, 2, 3, 5)]
DATES = [
    *("2026-02-23", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28", "2026-03", "2026-03-04", "2026-04-01"),
    *("2026-04-02", "2026-04-03", "2026-04-04", "2026-04-06", "2026-04-07", "2026-04-08", "2026-04-09", "2026-04-10"),
    *("2026-04-11", "2026-04-14", "2026-04-02T22:59Z", "2026-04-02T23:00Z"),
]
AS_OF = [
    *(date(2026, 2, 23) + n * DAY for n in range(12)),
    *(date(2026, 3, 30) + n * DAY for n in range(18)),
]

Holidays = frozenset[date]


def days(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


@cache
def worlds(first: date, last: date) -> tuple[Holidays, ...]:
    """The holidays that there may be on the days from one to another: those known, and any of the weekdays unknown."""
    unknown = [day for day in days(first, last) if not is_weekend(day) and not CALENDAR.first <= day <= CALENDAR.last]
    chosen = chain.from_iterable(combinations(unknown, n) for n in range(len(unknown) + 1))
    return tuple(EASTER | frozenset(each) for each in chosen)


def between(first: date, last: date, holidays: Holidays) -> int:
    """How many working days there are after a day, up to another that is included."""
    return sum(not is_weekend(day) and day not in holidays for day in days(first + DAY, last))


def over(day: date, n: int, as_of: date, holidays: Holidays) -> bool:
    """Whether a day lies after the one that is so many working days after another."""
    return as_of > day and between(day, as_of - DAY, holidays) >= n


def holds(name: str, day: date, n: int, as_of: date, holidays: Holidays) -> bool:
    match name:
        case "within_last":
            return day <= as_of and not over(day, n, as_of, holidays)
        case "within_next":
            return as_of <= day and not over(as_of, n, day, holidays)
        case "at_least" | "less_than":
            reached = as_of >= day and between(day, as_of, holidays) >= n
            return reached is (name == "at_least")
        case "at_most":
            return not over(day, n, as_of, holidays)
    return over(day, n, as_of, holidays)


def verdict(name: str, when: When | Elapsed, n: Duration, as_of: date) -> Truth:
    possible = days(when.first, when.last)
    near = worlds(min(when.first, as_of), max(when.last, as_of))
    found = {holds(name, day, n.amount, as_of, holidays) for day in possible for holidays in near}
    return U if len(found) == 2 else T if found == {True} else F


@pytest.mark.parametrize("name", ["within_last", "more_than_ago", "within_next", "overdue"])
@pytest.mark.parametrize("text", DATES)
def test_decision_16_a_test_is_definite_if_all_days_and_all_unknown_holidays_agree(name: str, text: str) -> None:
    test, when = getattr(timing, name), When.parse(text)
    for as_of in AS_OF:
        for n in LENGTHS:
            assert test(when, n, AsOf.of(as_of), CALENDAR) == verdict(name, when, n, as_of), f"{n} at {as_of}"


@pytest.mark.parametrize("name", ["at_least", "more_than", "at_most", "less_than"])
@pytest.mark.parametrize("text", ["2026-02-24", "2026-02-27", "2026-03", "2026-04-02", "2026-04-08", "2026-04-10"])
def test_decision_16_an_age_in_working_days_is_definite_likewise(name: str, text: str) -> None:
    test, when = getattr(timing, name), When.parse(text)
    age = Elapsed(when.first, when.last)
    for as_of in (day for day in AS_OF if day >= when.last):
        for n in LENGTHS:
            assert test(age, n, AsOf.of(as_of), CALENDAR) == verdict(name, age, n, as_of), f"{n} at {as_of}"


def test_decision_16_what_is_definite_stays_so_when_more_holidays_become_known() -> None:
    longer = WorkingDays(FROM, TO, EASTER | {date(2026, 2, 24), date(2026, 4, 10)})
    for as_of in AS_OF:
        for text in DATES:
            for n in LENGTHS:
                before, later = (
                    timing.more_than_ago(When.parse(text), n, AsOf.of(as_of), each) for each in (CALENDAR, longer)
                )
                assert before in (U, later), f"{text} {n} at {as_of}"


def test_decision_14_what_was_is_either_in_the_last_or_longer_ago() -> None:
    for as_of in map(AsOf.of, AS_OF):
        for cut in filter(None, (When.parse(text).cut(as_of) for text in DATES)):
            for n in LENGTHS:
                now = timing.within_last(cut, n, as_of, CALENDAR)
                assert now == negate(timing.more_than_ago(cut, n, as_of, CALENDAR))


def test_decision_16_a_due_day_is_that_on_which_so_many_were_counted() -> None:
    for day in days(CALENDAR.first, date(2026, 3, 27)):
        for n in LENGTHS:
            due = timing.deadline(When.of(day), n, CALENDAR)
            assert due is not None
            assert due.first == due.last
            assert between(day, due.first, EASTER) == n.amount
            assert n.amount == 0 or not (is_weekend(due.first) or due.first in EASTER)


# --- the calendar


def test_a_day_is_a_working_day_is_none_or_is_not_known() -> None:
    assert CALENDAR.is_working_day(date(2026, 4, 2)) == T
    assert CALENDAR.is_working_day(date(2026, 4, 3)) == F
    assert [CALENDAR.is_working_day(date(2026, 4, day)) for day in (8, 9, 11, 12, 13)] == [T, U, F, F, U]
    assert [CALENDAR.is_working_day(date(2026, 2, day)) for day in (22, 25, 26)] == [F, U, T]


def test_the_latest_day_has_no_bound_beyond_the_last_that_is_known() -> None:
    assert CALENDAR.latest(date(2026, 4, 7), 1) == date(2026, 4, 8)
    assert CALENDAR.latest(date(2026, 4, 8), 1) is None
    assert CALENDAR.earliest(date(2026, 4, 8), 1) == date(2026, 4, 9)
    assert CALENDAR.latest(date(2031, 1, 1), 0) == date(2031, 1, 1)
    assert CALENDAR.latest(date(2031, 1, 1), 1) is None
    assert CALENDAR.latest(date(1999, 1, 1), 1) == CALENDAR.first
    assert CALENDAR.knows(date(2026, 4, 7), 1)
    assert not CALENDAR.knows(date(2026, 4, 8), 1)


def test_the_longest_count_ends() -> None:
    most = Duration.parse("36525 working days").amount
    assert CALENDAR.earliest(date(2199, 12, 31), most) == date(2199, 12, 31) + most // 5 * timedelta(weeks=1)
    assert CALENDAR.latest(date(2026, 3, 1), most) is None


# --- against other lengths


def starts() -> Iterator[date]:
    yield from days(date(2023, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize("amount", range(1, 24))
def test_decision_13_working_days_are_compared_only_where_every_start_day_agrees(amount: int) -> None:
    """Without a holiday they are shortest; with enough of them they are longer than anything."""
    n = Duration(amount, Unit.WORKING_DAYS)
    free = WorkingDays(date(2022, 1, 1), date(2026, 1, 1), frozenset())
    least = min((free.earliest(day, amount) - day).days for day in starts())
    for whole in range(40):
        other = Duration(whole, Unit.DAYS)
        assert shorter(n, other) == (F if least >= whole else U), other
        assert shorter(other, n) == (T if whole < least else U), other


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2026-04-06", True),
        ("2026-04-07", False),
        ("2026-04-05", False),
        ("2026-04-09", None),
        ("2026-02-25", None),
        ("2026-04-11", False),
    ],
)
def test_whether_a_day_is_a_bank_holiday_is_known_within_the_list_and_at_weekends(day: str, known: bool | None) -> None:
    assert CALENDAR.is_bank_holiday(date.fromisoformat(day)) is known
