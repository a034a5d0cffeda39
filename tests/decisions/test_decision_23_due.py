"""Decision 23: a time counted from a fact has a due date, and may be overdue; one without has none."""

from pathlib import Path

import pytest

from safeguard_rules import Rulebook, Within
from tests.packs_in_text import asked, evaluate, load, recommended, rule


def book_with(tmp_path: Path, time: str, start: str | None = "injury.noticed_on") -> Rulebook:
    counted = f", from: {start}" if start else ""
    within = f"within: {{time: {time}, basis: proposed{counted}, cites: [ours/choice]}}"
    return load(tmp_path, rule("r", "always", f"{{should: act, {within}}}", "for_each: injury"))


def due(book: Rulebook, noticed: str, as_of: str) -> tuple[str | None, bool | None]:
    given = f"injuries: [{{id: a, noticed_on: {noticed}}}]" if noticed else "injuries: [{id: a}]"
    within = recommended(evaluate(book, given, as_of)).within
    assert isinstance(within, Within)
    return within.due, within.overdue


@pytest.mark.parametrize(
    ("time", "noticed", "as_of", "expected"),
    [
        ("3 days", "2026-03-02", "2026-03-05", ("2026-03-05", False)),
        ("3 days", "2026-03-02", "2026-03-06", ("2026-03-05", True)),
        ("1 month", "2026-01-31", "2026-02-28", ("2026-02-28", False)),
        ("3 days", "2026-02", "2026-03-10", ("2026-02-04 to 2026-03-03", True)),
        ("3 days", "2026-02", "2026-03-02", ("2026-02-04 to 2026-03-03", None)),
        ("4 hours", "2026-03-02T10:00Z", "2026-03-02T14:00Z", ("2026-03-02T14:00Z", False)),
        ("4 hours", "2026-03-02T10:00Z", "2026-03-02T14:01Z", ("2026-03-02T14:00Z", True)),
    ],
)
def test_decision_23_due_dates_and_overdue(
    tmp_path: Path, time: str, noticed: str, as_of: str, expected: tuple[str, bool | None]
) -> None:
    assert due(book_with(tmp_path, time), noticed, as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "overdue"),
    [
        ("2026-03-02T12:00Z", False),  # 24 hours after a bare 2 March end on 3 March, or at its end
        ("2026-03-03T12:00Z", None),
        ("2026-03-04T00:00Z", True),
        ("2026-03-03", None),
        ("2026-03-04", True),
    ],
)
def test_decision_23_hours_against_a_bare_date_are_unknown_inside_its_last_day(
    tmp_path: Path, as_of: str, overdue: bool | None
) -> None:
    assert due(book_with(tmp_path, "24 hours"), "2026-03-02", as_of)[1] is overdue


def test_decision_23_without_a_fact_to_count_from_no_due_date_is_given(tmp_path: Path) -> None:
    assert due(book_with(tmp_path, "4 hours", None), "2026-03-02", "2026-03-09") == (None, None)
    assert due(book_with(tmp_path / "2", "3 days", None), "2026-02-01", "2026-03-09") == (None, None)


def test_decision_23_a_time_counted_from_an_unknown_date_asks_for_it(tmp_path: Path) -> None:
    book = book_with(tmp_path, "3 days")
    assert due(book, "", "2026-03-09") == (None, None)
    assert asked(evaluate(book, "injuries: [{id: a}]", "2026-03-09")) == ["injuries[a].noticed_on"]


def test_decision_23_the_time_may_be_counted_from_a_fact_of_the_child(tmp_path: Path) -> None:
    within = "within: {time: 14 days, basis: proposed, from: child.born_on, cites: [ours/choice]}"
    book = load(tmp_path, rule("r", "always", f"{{should: act, {within}}}"))
    found = recommended(evaluate(book, "child: {id: baby, stage: born, born_on: 2026-01-19}")).within
    assert found is not None
    assert (found.counted_from, found.due, found.overdue) == ("child.born_on", "2026-02-02", True)
