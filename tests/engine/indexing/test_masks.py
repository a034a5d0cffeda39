"""Masks of dates: by the day, and by where the day lies between the bounds of all tests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from safeguard_rules.engine.indexing.atoms import Atoms, FactTest, Reading
from safeguard_rules.engine.indexing.masks import DAYS_BEFORE_BOUNDS, MOST_DAYS, MOST_VALUES, Field, Kept
from safeguard_rules.language.operators import OPERATORS
from safeguard_rules.language.tree import Scope
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.special import NOT_YET
from safeguard_rules.values.timing import Elapsed
from tests.oracle.engines import BANK_HOLIDAYS, STANDARD

LENGTHS = ("0 days", "1 day", "6 weeks", "1 month", "6 months", "1 year", "3 working days", "10 working days")
TESTS = [
    *((name, Duration.parse(length)) for name in ("within_last", "more_than_ago", "within_next") for length in LENGTHS),
    *((name, When.parse(day)) for name in ("before", "after") for day in ("2026-01-31", "2024-02-29", "2026-03-02")),
    *((name, NOT_YET) for name in ("is", "is_not")),
]
AGES = [
    *(
        (name, Duration.parse(length))
        for name in ("at_least", "at_most", "more_than", "less_than")
        for length in LENGTHS
    ),
    ("between", (Duration.parse("1 month"), Duration.parse("6 months"))),
]
DAYS = ("2026-03-02", "2026-03-31", "2024-02-29", "2025-06-30")


def field_of(path: str, tests: list[tuple[str, object]], kept: Kept | None = None) -> Field:
    fact, atoms = STANDARD.facts[path], Atoms()
    field = Field(fact.name, kept or Kept(), BANK_HOLIDAYS.working_days)
    for name, operand in tests:
        number = atoms.asked(Reading(Scope.ONE, fact), OPERATORS[name], operand)
        asked = atoms[number]
        assert isinstance(asked, FactTest)
        for truth in range(3):
            field.mark(number, asked, 1 << truth, 3 * number + truth)
    return field


def said(tests: list[tuple[str, object]], value: object, as_of: AsOf) -> int:
    """The mask as the tests themselves say it, one bit for each test and truth."""
    truths = [OPERATORS[name].apply(value, operand, as_of, BANK_HOLIDAYS.working_days) for name, operand in tests]
    return sum(1 << 3 * number + truth for number, truth in enumerate(truths))


@pytest.mark.parametrize("day", DAYS)
def test_days_between_the_same_bounds_have_the_mask_that_the_tests_say(day: str) -> None:
    as_of = AsOf.of(day)
    found, lengths = field_of("case.closed_on", TESTS).on(as_of), field_of("child.age", AGES).on(as_of)
    tried = 0
    for back in range(-400, 800):
        first = as_of.day - timedelta(days=back)
        for width in (0, 1, 30, 365):
            last = first + timedelta(days=width)
            tried += 1
            assert found.find(When("", first, last)) == said(TESTS, When("", first, last), as_of), (first, last)
            assert lengths.find(Elapsed(first, last)) == said(AGES, Elapsed(first, last), as_of), (first, last)
    assert tried > 4 * DAYS_BEFORE_BOUNDS
    for value in (None, NOT_YET):
        assert found.find(value) == said(TESTS, value, as_of)


@pytest.mark.parametrize("text", ["2026-03-02", "2026-03-02T14:00Z"])
def test_a_past_date_as_it_was_entered_has_the_mask_of_what_is_left_of_it(text: str) -> None:
    as_of = AsOf.of(text)
    found = field_of("case.closed_on", TESTS).on(as_of)
    entered = [(as_of.day - timedelta(days=back)).isoformat() for back in range(-5, 100)]
    for each in (*entered, "2026", "2026-03", "2026-02", "2027", "2026-03-02T13:00Z", "2026-03-02T15:00Z"):
        when = When.parse(each)
        for _ in range(2):
            assert found.of_past(when, as_of) == said(TESTS, when.cut(as_of), as_of), each
    assert found.of_past(None, as_of) == said(TESTS, None, as_of)


def test_what_is_kept_of_values_and_days_stays_small() -> None:
    kept = Kept(most=10_000)
    field = field_of("case.closed_on", TESTS, kept)
    start = date(2000, 1, 1)
    for n in range(MOST_VALUES + 50):
        day = start + timedelta(days=n)
        found = field.on(AsOf.of("2026-03-02"))
        found.of_past(When("", day, day), AsOf.of("2026-03-02"))
        assert kept.held <= kept.most
    for n in range(3 * MOST_DAYS):
        field.on(AsOf.of(start + timedelta(days=n)))
    assert len(field._days) <= MOST_DAYS
    assert max(len(found._by_day), len(found._by_entered), len(found._by_bounds)) <= MOST_VALUES
