"""Decision 11: a partial date is an interval of days; a past one is cut at the day of the evaluation."""

from pathlib import Path

import pytest

from tests.packs_in_text import asked, evaluate, load, outcome, parameter, rule

WEEKS = parameter("weeks", "6 weeks"), parameter("quarter", "90 days"), parameter("month", "1 month")


@pytest.mark.parametrize(
    ("noticed", "test", "expected"),
    [
        ("2026", "{within_last: quarter}", "applies"),  # 1 January to today: cut at 2 March
        ("2026", "{within_last: weeks}", "undetermined"),
        ("2025", "{within_last: weeks}", "does_not_apply"),
        ("2025-12", "{within_last: quarter}", "undetermined"),
        ("2026-02", "{within_last: weeks}", "applies"),
        ("2026-01", "{within_last: weeks}", "undetermined"),
        ("2026-03", "{more_than_ago: weeks}", "does_not_apply"),
        ("2025-11", "{more_than_ago: weeks}", "applies"),
        ("2026-02", "{before: {fact: child.born_on}}", "undetermined"),
        ("2026-03", "{before: {fact: child.born_on}}", "does_not_apply"),
        ("2025", "{before: {fact: child.born_on}}", "applies"),
    ],
)
def test_decision_11_a_past_partial_date(tmp_path: Path, noticed: str, test: str, expected: str) -> None:
    book = load(tmp_path, rule("r", f"{{some: {{of: injury, where: {{injury.noticed_on: {test}}}}}}}"), *WEEKS)
    given = f"child: {{id: baby, stage: born, born_on: 2026-02-10}}\ninjuries: [{{id: a, noticed_on: {noticed}}}]"
    found = evaluate(book, given)
    assert outcome(found) == expected
    assert asked(found) == (["injuries[a].noticed_on"] if expected == "undetermined" else [])


@pytest.mark.parametrize(
    ("happens", "test", "expected"),
    [
        ("2026-03", "{within_next: month}", "undetermined"),  # may be the first of March: not cut
        ("2026-03", "{within_next: quarter}", "undetermined"),
        ("2026-04", "{within_next: quarter}", "applies"),
        ("2026-06", "{within_next: month}", "does_not_apply"),
    ],
)
def test_decision_11_a_date_that_may_lie_ahead_is_not_cut(
    tmp_path: Path, happens: str, test: str, expected: str
) -> None:
    book = load(tmp_path, rule("r", f"{{some: {{of: contact, where: {{contact.happens_on: {test}}}}}}}"), *WEEKS)
    assert outcome(evaluate(book, f"contacts: [{{id: a, happens_on: {happens}}}]")) == expected


def test_decision_11_ages_agree_on_every_day_or_stay_open(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.age: {less_than: half}}"), parameter("half", "6 months"))
    given = "child: {id: baby, stage: born, born_on: 2026-01}"
    results = [outcome(evaluate(book, given, day)) for day in ("2026-06-30", "2026-07-01", "2026-07-30", "2026-07-31")]
    assert results == ["applies", "undetermined", "undetermined", "does_not_apply"]
