"""Promise 8: every finding has the facts that decided it, in the case's own words, and its condition in English."""

import re

import pytest

from safeguard_rules import Part
from tests.examples import EXAMPLES, Example

IDENTIFIER = re.compile(r"\b[a-z]+_[a-z_]+\b|\w+\.\w+\[")


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_08_every_settled_finding_has_its_reasons(example: Example) -> None:
    for evaluation in example.evaluations():
        for each in evaluation.findings:
            assert each.why, (each.rule, str(each.subject))
            assert all(reason.says for reason in each.why)
            assert each.because


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_08_the_reading_is_english(example: Example) -> None:
    for evaluation in example.evaluations():
        for each in evaluation.findings:
            assert each.reading
            assert not IDENTIFIER.search(each.reading), each.reading
            for reason in each.why:
                assert not IDENTIFIER.search(reason.says), reason.says


def test_promise_08_the_reasons_are_in_the_cases_own_words() -> None:
    example = next(each for each in EXAMPLES if str(each) == "cheek")
    (evaluation,) = example.evaluations()
    report = evaluation.findings.about("report-injury", "cheek")
    assert report is not None
    assert any("small bruise on the left cheek" in reason.says for reason in report.why)


def decided(part: Part) -> list[str]:
    """The facts of the parts that decided."""
    own = [fact.path for fact in part.facts] if part.decided else []
    return own + [path for inner in part.parts for path in decided(inner)]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_08_why_and_why_not_come_from_the_same_condition(example: Example) -> None:
    """The explanation of each finding, part by part, has the outcome and only reasons that the finding has."""
    values = {"applies": "true", "does_not_apply": "false", "undetermined": "unknown"}
    for evaluation in example.evaluations():
        for rule in sorted({each.rule for each in evaluation.findings}):
            for explanation in evaluation.explain(rule):
                finding = explanation.finding
                by_stage = any(reason.path == "child.stage" for reason in finding.why)
                if finding.subject.id != "?" and not by_stage:
                    assert explanation.steps.value == values[finding.outcome], rule
                assert set(decided(explanation.steps)) <= {reason.path for reason in finding.why} or by_stage
