"""The tests on time, compared with trying every day or instant; the tables stand in tests/spec."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from safeguard_rules.values import timing
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration, Unit, add
from safeguard_rules.values.timing import Due, Elapsed, Span
from safeguard_rules.values.truth import F, T, Truth, U, negate

DAY = timedelta(days=1)
STEP = timedelta(minutes=30)
LENGTHS = [Duration.parse(text) for text in ("0 days", "1 day", "2 weeks", "1 month", "6 months", "1 year")]
DATES = [
    *("2025", "2025-08", "2025-09", "2026", "2026-01", "2026-02", "2026-03", "2025-08-31", "2026-01-28"),
    *("2026-01-31", "2026-02-28", "2026-03-01", "2026-03-29", "2028-02", "2028-02-29", "2026-03-29T00:30Z"),
]


def verdict(answers: Iterable[bool]) -> Truth:
    found = set(answers)
    assert found
    return U if len(found) == 2 else T if found == {True} else F


def days(when: When | Elapsed) -> list[date]:
    return [when.first + n * DAY for n in range((when.last - when.first).days + 1)]


def evaluation_days(n: Duration, when: When) -> Iterator[AsOf]:
    """The days around each end of a date and of what lies a length of time after it."""
    around = {when.first, when.last, add(when.first, n), add(when.last, n), when.first - n.amount * DAY}
    for day in sorted(around):
        yield from (AsOf.of(day + shift * DAY) for shift in range(-2, 3))


DAY_TESTS: dict[str, Callable[[date, Duration, date], bool]] = {
    "within_last": lambda day, n, as_of: day <= as_of <= add(day, n),
    "more_than_ago": lambda day, n, as_of: as_of > add(day, n),
    "within_next": lambda day, n, as_of: as_of <= day <= add(as_of, n),
    "overdue": lambda day, n, as_of: as_of > add(day, n),
}


@pytest.mark.parametrize("name", DAY_TESTS)
@pytest.mark.parametrize("text", DATES)
def test_decision_11_a_test_in_days_is_definite_if_all_days_agree(name: str, text: str) -> None:
    test, holds, when = getattr(timing, name), DAY_TESTS[name], When.parse(text)
    for n in LENGTHS:
        for as_of in evaluation_days(n, when):
            wanted = verdict(holds(day, n, as_of.day) for day in days(when))
            assert test(when, n, as_of) == wanted, f"{text} {name} {n} at {as_of}"


@pytest.mark.parametrize("text", DATES)
def test_decision_11_a_comparison_of_two_dates_is_definite_if_all_days_agree(text: str) -> None:
    a = When.parse(text)
    for other in DATES:
        b = When.parse(other)
        if a.instant and b.instant:
            continue
        last_days = [b.first, b.last]
        assert timing.before(a, b) == verdict(x < y for x in days(a) for y in last_days), other
        assert timing.after(b, a) == timing.before(a, b)


AGE_TESTS: dict[str, Callable[[date, Duration, date], bool]] = {
    "at_least": lambda day, n, as_of: as_of >= add(day, n),
    "more_than": lambda day, n, as_of: as_of > add(day, n),
    "at_most": lambda day, n, as_of: as_of <= add(day, n),
    "less_than": lambda day, n, as_of: as_of < add(day, n),
}


@pytest.mark.parametrize("name", AGE_TESTS)
@pytest.mark.parametrize("text", DATES)
def test_decision_13_an_age_is_definite_if_all_days_of_birth_agree(name: str, text: str) -> None:
    test, holds, when = getattr(timing, name), AGE_TESTS[name], When.parse(text)
    age = Elapsed(when.first, when.last)
    for n in LENGTHS:
        for as_of in evaluation_days(n, when):
            assert test(age, n, as_of) == verdict(holds(day, n, as_of.day) for day in days(age)), f"{n} {as_of}"


@pytest.mark.parametrize("text", DATES)
def test_decision_14_between_two_lengths_includes_both(text: str) -> None:
    when = When.parse(text)
    age = Elapsed(when.first, when.last)
    low, high = Duration.parse("2 weeks"), Duration.parse("1 month")
    for n in (low, high):
        for as_of in evaluation_days(n, when):
            wanted = verdict(add(day, low) <= as_of.day <= add(day, high) for day in days(age))
            assert timing.between(age, low, high, as_of) == wanted, as_of


@pytest.mark.parametrize("text", DATES)
def test_decision_14_what_was_is_either_in_the_last_or_longer_ago(text: str) -> None:
    when = When.parse(text)
    for n in (*LENGTHS, *HOURS):
        for as_of in evaluation_days(LENGTHS[1], when):
            if cut := when.cut(as_of):
                assert timing.within_last(cut, n, as_of) == negate(timing.more_than_ago(cut, n, as_of))


# --- hours

HOURS = [Duration(amount, Unit.HOURS) for amount in (0, 1, 4, 23, 24, 25, 47, 48, 49)]
CHANGES = ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26"]
INSTANTS = ["2026-03-28T23:30Z", "2026-03-29T12:00+01:00", "2026-10-25T00:30Z", "2026-10-25T23:00Z"]


def instants(moments: tuple[datetime, datetime]) -> list[datetime]:
    first, last = moments
    count = (last - first) // STEP
    return sorted({*(first + n * STEP for n in range(count + 1)), last})


def hour_tests(n: Duration) -> dict[str, Callable[[datetime, datetime], bool]]:
    length = timedelta(hours=n.amount)
    return {
        "within_last": lambda moment, as_of: moment <= as_of <= moment + length,
        "more_than_ago": lambda moment, as_of: as_of > moment + length,
        "within_next": lambda moment, as_of: as_of <= moment <= as_of + length,
    }


@pytest.mark.parametrize("name", hour_tests(HOURS[0]))
@pytest.mark.parametrize("text", [*CHANGES, *INSTANTS])
def test_decision_15_a_test_in_hours_is_definite_if_all_instants_agree(name: str, text: str) -> None:
    test, when = getattr(timing, name), When.parse(text)
    possible = instants(when.moments)
    for at in (*CHANGES, *INSTANTS):
        as_of = AsOf.of(at)
        now = instants(as_of.moments)
        if abs(as_of.day - when.first) > 4 * DAY:
            continue
        for n in HOURS:
            holds = hour_tests(n)[name]
            assert test(when, n, as_of) == verdict(holds(a, b) for a in possible for b in now), f"{n} {at}"


@pytest.mark.parametrize("name", ["within_last", "more_than_ago"])
@pytest.mark.parametrize("text", [*CHANGES, *INSTANTS])
def test_decision_11_what_cannot_lie_ahead_is_cut_at_the_instant(name: str, text: str) -> None:
    test, when = getattr(timing, name), When.parse(text)
    for at in (*CHANGES, *INSTANTS):
        as_of = AsOf.of(at)
        cut = when.cut(as_of)
        pairs = [(a, b) for a in instants(when.moments) for b in instants(as_of.moments) if a <= b]
        assert bool(pairs) == bool(cut)
        if not cut or as_of.day - when.first > 4 * DAY:
            continue
        for n in HOURS:
            holds = hour_tests(n)[name]
            assert test(cut, n, as_of) == verdict(holds(a, b) for a, b in pairs), f"{n} {at}"


@pytest.mark.parametrize("name", AGE_TESTS)
@pytest.mark.parametrize("text", CHANGES)
def test_decision_15_an_age_in_hours_counts_from_the_whole_day_of_birth(name: str, text: str) -> None:
    test, when = getattr(timing, name), When.parse(text)
    holds: dict[str, Callable[[timedelta, timedelta], bool]] = {
        "at_least": lambda age, n: age >= n,
        "more_than": lambda age, n: age > n,
        "at_most": lambda age, n: age <= n,
        "less_than": lambda age, n: age < n,
    }
    for at in (*CHANGES, *INSTANTS):
        as_of = AsOf.of(at)
        if abs(as_of.day - when.first) > 4 * DAY:
            continue
        ages = [now - born for born in instants(when.moments) for now in instants(as_of.moments)]
        for n in HOURS:
            wanted = verdict(holds[name](age, timedelta(hours=n.amount)) for age in ages)
            assert test(Elapsed(when.first, when.last), n, as_of) == wanted, f"{n} {at}"


# --- lengths of days, and what is due


@pytest.mark.parametrize("name", AGE_TESTS)
def test_a_span_of_days_is_definite_if_each_length_and_start_agrees(name: str) -> None:
    test, holds = getattr(timing, name), AGE_TESTS[name]
    starts = [date(2023, 1, 1) + n * DAY for n in range(4 * 366)]
    for n in (Duration.parse("10 weeks"), Duration.parse("2 months"), Duration.parse("72 days")):
        for low, high in ((57, 57), (59, 59), (60, 60), (62, 62), (58, 59), (62, 63), (70, 70), (69, 71), (72, 73)):
            lengths = range(low, high + 1)
            wanted = verdict(holds(day, n, day + length * DAY) for day in starts for length in lengths)
            assert test(Span(low, high), n, AsOf.of("2026-03-02")) == wanted, f"{low}..{high} {n}"


@pytest.mark.parametrize("name", ["at_least", "more_than", "at_most", "less_than"])
def test_an_unknown_length_is_unknown_to_every_test(name: str) -> None:
    assert getattr(timing, name)(None, LENGTHS[1], AsOf.of("2026-03-02")) == U


def test_decision_23_overdue_is_after_the_last_day_that_it_may_be_due() -> None:
    for text in DATES:
        when = When.parse(text)
        for n in LENGTHS:
            due = timing.deadline(when, n)
            assert due == Due(add(when.first, n), add(when.last, n))
            assert timing.overdue(when, n, AsOf.of(due.last + DAY)) == T
            assert timing.overdue(when, n, AsOf.of(due.first)) == F
            assert timing.overdue(when, n, AsOf.of(due.last)) == (U if due.first < due.last else F)


def test_decision_23_hours_after_a_bare_day_are_unknown_inside_its_last_day() -> None:
    when, n = When.parse("2026-03-02"), Duration.parse("4 hours")
    due = timing.deadline(when, n)
    assert due == Due(
        date(2026, 3, 2),
        date(2026, 3, 3),
        datetime(2026, 3, 2, 4, tzinfo=UTC),
        datetime(2026, 3, 3, 3, 59, 59, 999999, tzinfo=UTC),
    )
    assert str(due) == "2026-03-02 to 2026-03-03"
    found = [timing.overdue(when, n, AsOf.of(f"2026-03-{at}")) for at in ("02T03:59Z", "02", "03T03:59Z", "03T04:00Z")]
    assert found == [F, U, U, T]
