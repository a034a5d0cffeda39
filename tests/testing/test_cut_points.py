"""Values at the thresholds of a rulebook: the day itself, and the days beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from safeguard_rules.testing.cut_points import cut_points, day_before
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.durations import Duration, add
from tests.packs_in_text import load, parameter, rule


@pytest.mark.parametrize("written", ["6 weeks", "1 month", "6 months", "18 years", "0 days"])
@pytest.mark.parametrize("today", ["2026-03-31", "2026-03-01", "2024-02-29", "2026-02-28"])
def test_the_day_before_is_the_latest_from_which_so_long_has_passed(written: str, today: str) -> None:
    length, day = Duration.parse(written), date.fromisoformat(today)
    found = day_before(day, length)
    assert add(found, length) <= day < add(date.fromordinal(found.toordinal() + 1), length)


def test_hours_and_working_days_are_taken_as_days() -> None:
    assert day_before(date(2026, 3, 2), Duration.parse("72 hours")) == date(2026, 2, 27)
    assert day_before(date(2026, 3, 2), Duration.parse("2 working days")) == date(2026, 2, 28)


def test_each_kind_of_fact_has_the_values_that_rules_tell_apart(tmp_path: Path) -> None:
    when = (
        "{all: [{child.age: {less_than: p}}, {child.movements: {includes_any: [walks, sits]}},"
        " {child.birth_weight: {at_most: n}}, {case.plan: looked_after},"
        " {some: {of: injury, where: {injury.noticed_on: {within_last: h}}}}]}"
    )
    numbers = (parameter("p", "6 weeks"), parameter("n", "2500"), parameter("h", "24 hours"))
    book = load(tmp_path, rule("r", when), *numbers)
    points, facts = cut_points(book, AsOf.of("2026-03-02T14:00Z")), book.vocabulary.facts
    assert {"2026-01-18", "2026-01-19", "2026-01-20"} <= set(points.values(facts["child.born_on"]))
    assert max(points.values(facts["child.born_on"])) == "2026-03-02"
    assert points.values(facts["child.birth_weight"]) == (0, 1, 2499, 2500, 2501)
    assert ["walks", "sits"] in points.values(facts["child.movements"])
    assert points.values(facts["case.plan"])[0] == "looked_after"
    instants = {"2026-03-01T13:59Z", "2026-03-01T14:00Z", "2026-03-01T14:01Z"}
    assert instants <= set(points.values(facts["injury.noticed_on"]))
    assert points.values(facts["child.disabled"]) == (False, True)
    assert points.unlikely(facts["child.born_on"]) == ("2026-03-03", "2026-03-22")
    assert points.unlikely(facts["child.expected_on"]) == ()
