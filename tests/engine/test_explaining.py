"""Why a test is unknown though nothing that it read is missing: a day without its time against hours."""

from pathlib import Path

import pytest

from tests.packs_in_text import asked, evaluate, finding, load, parameter, rule

WITHIN_A_DAY = "{case.closed_on: {within_last: day}}"


@pytest.mark.parametrize(
    ("given", "as_of", "paths"),
    [
        ("closed_on: 2026-03-01", "2026-03-02", ["case.closed_on"]),
        ("closed_on: 2026-03-01", "2026-03-02T14:00Z", ["case.closed_on"]),
        ("closed_on: 2026-03", "2026-03-02T14:00Z", ["case.closed_on"]),
        # The time of the evaluation is all that is missing, and that is no fact of the case.
        ("closed_on: 2026-03-01T15:00Z", "2026-03-02", []),
    ],
)
def test_decision_25_a_day_without_its_time_is_asked_for(
    tmp_path: Path, given: str, as_of: str, paths: list[str]
) -> None:
    evaluation = evaluate(load(tmp_path, rule("r", WITHIN_A_DAY), parameter("day", "24 hours")), given, as_of)
    found = finding(evaluation)
    assert found.outcome == "undetermined"
    assert asked(evaluation) == list(found.open) == paths
    assert [reason.path for reason in found.why] == ["case.closed_on"], "what it read says why"


def test_decision_25_a_length_in_units_that_do_not_compare_is_asked_for(tmp_path: Path) -> None:
    term = rule("r", "{child.gestation_at_birth: {less_than: term}}")
    book = load(tmp_path, term, parameter("term", "37 weeks"))
    evaluation = evaluate(book, "child: {id: baby, stage: born, gestation_at_birth: 259 days}")
    assert finding(evaluation).outcome == "does_not_apply"
    months = load(tmp_path / "more", term, parameter("term", "8 months"))
    evaluation = evaluate(months, "child: {id: baby, stage: born, gestation_at_birth: 244 days}")
    assert finding(evaluation).outcome == "undetermined"
    assert asked(evaluation) == ["child.gestation_at_birth"]
