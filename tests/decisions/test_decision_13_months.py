"""Decision 13: months keep the day number or take the last day, are added forward, and never chained."""

from pathlib import Path

import pytest

from tests.packs_in_text import evaluate, load, outcome, parameter, rule


@pytest.mark.parametrize(
    ("born", "months", "as_of", "expected"),
    [
        ("2025-08-31", "6 months", "2026-02-27", "does_not_apply"),
        ("2025-08-31", "6 months", "2026-02-28", "applies"),
        ("2025-03-31", "6 months", "2025-09-29", "does_not_apply"),
        ("2025-03-31", "6 months", "2025-09-30", "applies"),  # subtracting from the day would give 30 March
        ("2026-01-31", "1 month", "2026-02-28", "applies"),
        ("2026-01-31", "2 months", "2026-03-30", "does_not_apply"),  # chained, it would be 28 March
        ("2026-01-31", "2 months", "2026-03-31", "applies"),
        ("2024-02-29", "12 months", "2025-02-28", "applies"),
        ("2024-02-29", "12 months", "2025-02-27", "does_not_apply"),
    ],
)
def test_decision_13_ages_in_months(tmp_path: Path, born: str, months: str, as_of: str, expected: str) -> None:
    book = load(tmp_path, rule("r", "{child.age: {at_least: n}}"), parameter("n", months))
    assert outcome(evaluate(book, f"child: {{id: baby, stage: born, born_on: {born}}}", as_of)) == expected


@pytest.mark.parametrize(
    ("at_birth", "limit", "expected"),
    [
        ("37 weeks", "37 weeks", "does_not_apply"),
        ("36 weeks", "37 weeks", "applies"),
        ("37 weeks", "9 months", "applies"),  # 259 days, and 273 at the least
        ("26 weeks", "6 months", "undetermined"),  # 182 days, and 181 to 184
        ("27 weeks", "6 months", "does_not_apply"),
    ],
)
def test_decision_13_different_units_compare_only_if_every_start_day_agrees(
    tmp_path: Path, at_birth: str, limit: str, expected: str
) -> None:
    book = load(tmp_path, rule("r", "{child.gestation_at_birth: {less_than: n}}"), parameter("n", limit))
    given = f"child: {{id: baby, stage: born, gestation_at_birth: {at_birth}}}"
    assert outcome(evaluate(book, given)) == expected
