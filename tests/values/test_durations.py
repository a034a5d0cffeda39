"""Lengths of time; the readable part of their specification stands in tests/spec/durations.csv."""

import copy
import pickle
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest

from safeguard_rules.values.durations import Duration, Unit, add, day_range, shorter
from safeguard_rules.values.truth import F, T, U

DAY = timedelta(days=1)


def months(amount: int) -> Duration:
    return Duration(amount, Unit.MONTHS)


def whole_days(duration: Duration) -> tuple[int, int]:
    least, most = day_range(duration)
    assert most is not None
    assert least.denominator == most.denominator == 1
    return int(least), int(most)


def days_from(first: date, count: int) -> Iterator[date]:
    return (first + n * DAY for n in range(count))


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("amount", [0, 1, 2, 9, 10, 100])
def test_what_is_written_is_read_back(amount: int, unit: Unit) -> None:
    duration = Duration(amount, unit)
    assert Duration.parse(str(duration)) == duration
    assert Duration.of(str(duration)) == Duration.of(duration) == duration


@pytest.mark.parametrize("value", [None, 6, True, ["6 weeks"], timedelta(days=1)])
def test_only_text_is_read(value: object) -> None:
    wanted = "expected a length of time such as 24 hours, 2 working days, 6 weeks or 1 month, got"
    with pytest.raises(ValueError, match=f"^{wanted} `{re.escape(str(value))}`$"):
        Duration.of(value)


@pytest.mark.parametrize("text", ["", " 6 weeks", "6 weeks ", "6 weeks\n", "6 fortnights", "weeks", "6", "1e1 days"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^`{re.escape(text)}` is not a length of time such as "):
        Duration.parse(text)


def test_a_length_is_not_negative_and_not_over_a_hundred_years() -> None:
    with pytest.raises(ValueError, match=r"^`-1 days` is not between 0 and 36525 days$"):
        Duration(-1, Unit.DAYS)
    with pytest.raises(ValueError, match=r"^`1201 months` is not between 0 and 1200 months$"):
        months(1201)


@pytest.mark.parametrize(
    ("unit", "most"),
    [(Unit.DAYS, 36_525), (Unit.WEEKS, 5_217), (Unit.MONTHS, 1_200), (Unit.YEARS, 100)],
)
def test_the_longest_of_each_unit_can_be_added_to_the_last_day_of_all(unit: Unit, most: int) -> None:
    assert add(date(2199, 12, 31), Duration(most, unit)).year in (2299, 2300)


def test_lengths_are_values() -> None:
    duration = Duration.parse("6 weeks")
    assert {duration, Duration.parse("6 weeks")} == {duration}
    assert pickle.loads(pickle.dumps(duration)) == copy.deepcopy(duration) == duration
    assert Duration.parse("7 days") != Duration.parse("1 week")


def test_decision_13_a_month_keeps_the_day_or_takes_the_last_of_the_month() -> None:
    for day in days_from(date(2023, 1, 1), 3 * 366):
        for amount in range(26):
            end = add(day, months(amount))
            assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == amount
            assert end.day == min(day.day, monthrange(end.year, end.month)[1])


def test_decision_13_a_later_start_never_ends_earlier() -> None:
    for amount in (1, 3, 6, 12, 25):
        ends = [add(day, months(amount)) for day in days_from(date(2023, 1, 1), 3 * 366)]
        assert ends == sorted(ends)


def subtracted(day: date, amount: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - amount, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def test_decision_13_counting_back_disagrees_on_20_of_7686_pairs_near_six_months() -> None:
    pairs = back = average = 0
    first = None
    for born in days_from(date(2023, 1, 1), 1098):
        threshold = add(born, months(6))
        for as_of in days_from(threshold - 3 * DAY, 7):
            pairs += 1
            if (as_of >= threshold) != (subtracted(as_of, 6) >= born):
                back += 1
                first = first or (born, as_of)
            average += (as_of >= threshold) != ((as_of - born).days >= 6 * 30.44)
    assert (pairs, back, average) == (7686, 20, 1095)
    assert first == (date(2023, 3, 31), date(2023, 9, 30))


def test_decision_13_months_are_never_chained() -> None:
    day = date(2026, 1, 31)
    assert add(add(day, months(1)), months(1)) == date(2026, 3, 28)
    assert add(day, months(2)) == date(2026, 3, 31)


@pytest.mark.parametrize("amount", [*range(26), 36])
def test_the_days_of_months_are_those_over_all_days_to_start_on(amount: int) -> None:
    lengths = [(add(day, months(amount)) - day).days for day in days_from(date(2023, 1, 1), 8 * 366)]
    assert whole_days(months(amount)) == (min(lengths), max(lengths))


@pytest.mark.parametrize("amount", [48, 96, 1200])
def test_the_days_of_many_months_know_the_years_that_leap_not(amount: int) -> None:
    starts = [date(year, month, 1) for year in range(2000, 2400) for month in range(1, 13)]
    lengths = [(add(day, months(amount)) - day).days for day in starts]
    assert whole_days(months(amount)) == (min(lengths), max(lengths))


def test_a_year_is_twelve_months() -> None:
    year = Duration.parse("1 year")
    assert whole_days(year) == whole_days(months(12)) == (365, 366)
    assert shorter(year, months(12)) == shorter(months(12), year) == F
    for day in days_from(date(2023, 1, 1), 8 * 366):
        assert add(day, year) == add(day, months(12))


def test_hours_are_parts_of_a_day() -> None:
    assert day_range(Duration.parse("1 hour")) == (Fraction(1, 24), Fraction(1, 24))
    assert whole_days(Duration.parse("48 hours")) == whole_days(Duration.parse("2 days")) == (2, 2)


CALENDAR = [
    *(Duration(amount, Unit.DAYS) for amount in (0, 1, 6, 7, 8, 27, 28, 29, 30, 31, 32, 59, 90, 181, 184, 365, 366)),
    *(Duration(amount, Unit.WEEKS) for amount in (0, 1, 4, 5, 13, 26, 52, 53)),
    *(months(amount) for amount in (0, 1, 2, 3, 6, 11, 12, 13)),
    *(Duration(amount, Unit.YEARS) for amount in (0, 1, 2)),
]


@pytest.mark.parametrize("a", CALENDAR, ids=str)
def test_decision_13_a_comparison_is_definite_if_every_start_agrees(a: Duration) -> None:
    starts = tuple(days_from(date(2023, 1, 1), 4 * 366))
    ends = [add(day, a) for day in starts]
    for b in CALENDAR:
        answers = {end < add(day, b) for day, end in zip(starts, ends, strict=True)}
        assert shorter(a, b) == (U if len(answers) == 2 else T if answers == {True} else F), b


def test_no_length_is_shorter_than_itself_and_no_two_than_each_other() -> None:
    every = [*CALENDAR, *(Duration(n, unit) for n in (0, 1, 24, 48) for unit in (Unit.HOURS, Unit.WORKING_DAYS))]
    for a in every:
        assert shorter(a, a) == F
        for b in every:
            assert (shorter(a, b), shorter(b, a)) in ((T, F), (F, T), (F, F), (U, U), (F, U), (U, F))
