"""Decision 18: from and to include their days; what a rule reads covers every day of the rule, once."""

from pathlib import Path

import pytest

from tests.packs.refused import codes, issues
from tests.packs_in_text import definition, evaluate, load, rule, section

YEAR = "from: 2026-01-01\nto: 2026-12-31"


@pytest.mark.parametrize(
    ("day", "in_force"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_decision_18_both_days_are_included(day: str, in_force: bool, tmp_path: Path) -> None:
    rulebook = load(tmp_path, rule("r", "always", more=YEAR), rule("other", "always"))
    evaluation = evaluate(rulebook, as_of=day)
    assert [each.rule for each in evaluation.not_in_force] == ([] if in_force else ["tiny:r"])
    assert bool(evaluation.findings.about("r")) is in_force


COVERED = [
    ("", "", True),
    (YEAR, YEAR, True),
    (YEAR, "from: 2026-02-01\nto: 2026-11-30", True),
    ("from: 2026-01-01", "from: 2026-01-01", True),
    (YEAR, "", False),
    (YEAR, "from: 2025-12-31\nto: 2026-12-31", False),
    (YEAR, "from: 2026-01-01\nto: 2027-01-01", False),
    ("from: 2026-01-01", "from: 2025-12-31", False),
    ("to: 2026-12-31", "", False),
]


@pytest.mark.parametrize(("read", "reading", "loads"), COVERED)
def test_decision_18_a_definition_covers_every_day_of_its_rules(
    read: str, reading: str, loads: bool, tmp_path: Path
) -> None:
    pieces = (definition("d", "{child.disabled: true}", more=read), rule("r", "{not: d}", more=reading))
    if loads:
        load(tmp_path, *pieces)
    else:
        assert codes(tmp_path, *pieces) == ["dates-of-force"]


def test_decision_18_a_gap_is_found_through_definitions_of_definitions(tmp_path: Path) -> None:
    limit = """
        p:
          - {value: 3, cites: [law/duty], to: 2024-12-31}
          - {value: 4, cites: [law/duty], from: 2025-01-02}
        """
    pieces = (
        section("parameters", limit),
        definition("few", "{count: {of: injury, is: {at_least: p}}}"),
        definition("many", "{not: few}"),
        rule("r", "many"),
    )
    (issue,) = issues(tmp_path, *pieces)
    assert "has no form on 2025-01-01" in issue.message


@pytest.mark.parametrize("second", ["2024-12-31", "2024-06-01"])
def test_decision_18_no_day_has_two_forms(second: str, tmp_path: Path) -> None:
    limit = f"""
        p:
          - {{value: 3, cites: [law/duty], to: 2024-12-31}}
          - {{value: 4, cites: [law/duty], from: {second}}}
        """
    (issue,) = issues(tmp_path, section("parameters", limit))
    assert f"in force on {second}" in issue.message
