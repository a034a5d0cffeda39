"""Windows against the tests that they stand for, on dates drawn around the bounds."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguard_rules.engine.windows import window
from safeguard_rules.language.operators import OPERATORS
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.timing import Elapsed
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.kinds import Kind

CALENDAR = WorkingDays(date(2025, 12, 1), date(2026, 6, 30), frozenset({date(2025, 12, 25), date(2026, 4, 3)}))
LENGTHS = ["0 days", "1 day", "2 weeks", "1 month", "6 months", "1 year", "16 years", "100 years"]
WORKING = ["0 working days", "1 working day", "5 working days", "45 working days"]
DAYS_OF_EVALUATION = ["2026-03-02", "2026-02-28", "2028-02-29", "2026-03-31", "2026-01-01T00:30Z"]
OF_DATES = {"within_last": 1, "more_than_ago": 1, "within_next": 1, "before": 0, "after": 0}
OF_LENGTHS = {"at_least": 1, "at_most": 1, "more_than": 1, "less_than": 1, "between": 2}
CALENDARS = st.sampled_from([None, CALENDAR])


def durations() -> st.SearchStrategy[Duration]:
    return st.sampled_from([*LENGTHS, *WORKING]).map(Duration.parse)


def ranges() -> st.SearchStrategy[tuple[date, date]]:
    near = st.dates(date(2025, 11, 1), date(2028, 4, 1))
    first = st.one_of(near, near, st.dates(date(1899, 4, 1), date(2199, 12, 31)))
    return st.builds(lambda day, more: (day, day + timedelta(days=more)), first, st.sampled_from([0, 0, 1, 27, 364]))


@given(st.data(), ranges(), st.sampled_from(DAYS_OF_EVALUATION).map(AsOf.of), CALENDARS)
def test_a_window_says_of_a_date_what_its_test_says(
    data: st.DataObject, days: tuple[date, date], as_of: AsOf, calendar: WorkingDays | None
) -> None:
    name = data.draw(st.sampled_from(sorted(OF_DATES)))
    whens = st.sampled_from(["2026", "2026-02", "2026-02-28", "1900", "2199-12-31"]).map(When.parse)
    operand = data.draw(durations() if OF_DATES[name] else whens)
    found = window(OPERATORS[name], Kind.DATE, operand, as_of, calendar)
    assert found is not None
    first, last = days
    wanted = OPERATORS[name].apply(When("", first, last), operand, as_of, calendar)
    assert found.truth(first, last) == wanted, (name, operand, days, found)


@given(st.data(), ranges(), st.sampled_from(DAYS_OF_EVALUATION).map(AsOf.of), CALENDARS)
def test_a_window_says_of_a_length_what_its_test_says(
    data: st.DataObject, days: tuple[date, date], as_of: AsOf, calendar: WorkingDays | None
) -> None:
    name = data.draw(st.sampled_from(sorted(OF_LENGTHS)))
    drawn = tuple(data.draw(durations()) for _ in range(OF_LENGTHS[name]))
    operand = drawn if len(drawn) == 2 else drawn[0]
    found = window(OPERATORS[name], Kind.LENGTH, operand, as_of, calendar)
    assert found is not None
    wanted = OPERATORS[name].apply(Elapsed(*days), operand, as_of, calendar)
    assert found.truth(*days) == wanted, (name, operand, days, found)


def around(bounds: tuple[date, ...]) -> Iterator[date]:
    for bound in bounds:
        if date(1900, 1, 1) < bound < date(2199, 1, 1):
            yield from (bound + timedelta(days=shift) for shift in (-1, 0, 1))


@pytest.mark.parametrize("name", sorted(OF_DATES | OF_LENGTHS))
@pytest.mark.parametrize("text", [*LENGTHS, *WORKING])
@pytest.mark.parametrize("day", DAYS_OF_EVALUATION)
def test_a_window_is_right_on_both_sides_of_each_of_its_bounds(name: str, text: str, day: str) -> None:
    length, as_of = Duration.parse(text), AsOf.of(day)
    kind = Kind.DATE if name in OF_DATES else Kind.LENGTH
    operand: object = {"between": (Duration.parse("3 days"), length)}.get(name, length)
    if name in ("before", "after"):
        operand = When.parse("2026-02")
    found = window(OPERATORS[name], kind, operand, as_of, CALENDAR)
    assert found is not None
    for first in around(found):
        for last in (first, *around(found)):
            if first <= last:
                value = When("", first, last) if kind is Kind.DATE else Elapsed(first, last)
                assert found.truth(first, last) == OPERATORS[name].apply(value, operand, as_of, CALENDAR), (first, last)


@pytest.mark.parametrize(
    ("name", "operand"),
    [
        ("within_last", Duration.parse("48 hours")),
        ("before", When.parse("2026-03-02T10:00Z")),
        ("between", (Duration.parse("1 day"), Duration.parse("48 hours"))),
        ("is", When.parse("2026")),
    ],
)
def test_what_needs_more_than_days_has_no_window(name: str, operand: object) -> None:
    kind = Kind.LENGTH if name == "between" else Kind.DATE
    assert window(OPERATORS[name], kind, operand, AsOf.of("2026-03-02"), CALENDAR) is None
