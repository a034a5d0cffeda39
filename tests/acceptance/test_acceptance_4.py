"""Acceptance 4: one baby, two adopted meanings of mobility, and the clause that decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules import Case, Evaluation, Finding, PackError, Rulebook
from safeguard_rules.reports.as_text import evaluation_text

HERE = Path(__file__).parent
CRAWLING, ROLLING = HERE / "crawling-area.yaml", HERE / "rolling-area.yaml"
MEANING = "non-mobile-injury:not_independently_mobile"
ROLLS_AND_DOES_NOT_CRAWL = Case.from_yaml(
    """
    child: {id: baby, stage: born, born_on: 2025-07-20, movements: [rolls_both_ways]}
    injuries: [{id: arm, kind: bruise, noticed_on: 2026-03-02, recorded_as: not_recorded}]
    """
)


def evaluated(locality: Path, as_of: str = "2026-03-02") -> Evaluation:
    return Rulebook.load(["non-mobile-injury"], locality=locality).evaluate(ROLLS_AND_DOES_NOT_CRAWL, as_of=as_of)


def report(evaluation: Evaluation) -> Finding:
    found = evaluation.findings.about("report-injury", "arm")
    assert found is not None
    return found


def test_acceptance_4_the_same_baby_is_non_mobile_under_one_meaning_and_mobile_under_another() -> None:
    assert report(evaluated(CRAWLING)).outcome == "applies"
    assert report(evaluated(ROLLING)).outcome == "does_not_apply"


def test_acceptance_4_a_meaning_that_asks_for_less_is_shown_with_its_waiver() -> None:
    evaluation = evaluated(ROLLING)
    (waiver,) = evaluation.waivers
    text = " ".join(evaluation_text(evaluation.document()).split())

    assert (waiver.waives, waiver.state) == (MEANING, "in_force")
    assert "non-mobile-injury:report-injury (arm): applies" in waiver.changed
    assert report(evaluation).waived_from == "applies"
    assert waiver.instead in text
    assert waiver.because in text


def test_acceptance_4_once_the_waiver_has_ended_the_shared_meaning_holds_again() -> None:
    evaluation = evaluated(ROLLING, "2027-01-01")
    (waiver,) = evaluation.waivers

    assert (waiver.state, waiver.changed) == ("expired", ())
    assert report(evaluation).outcome == "applies"
    assert "waiver-expired" in {problem.code for problem in evaluation.problems}


def test_acceptance_4_a_meaning_that_asks_for_more_needs_no_waiver() -> None:
    assert evaluated(CRAWLING).waivers == ()


def test_acceptance_4_a_meaning_that_asks_for_less_does_not_load_without_a_waiver(tmp_path: Path) -> None:
    weakened = CRAWLING.read_text(encoding="utf-8").replace("bristol_not_crawling", "rolling_counts")
    weakened = weakened.replace("bristol-bruising/definition", "durham-bruising/definition")
    place = tmp_path / "crawling-area.yaml"
    place.write_text(weakened, encoding="utf-8")

    with pytest.raises(PackError, match="so it may ask for less") as caught:
        Rulebook.load(["non-mobile-injury"], locality=place)
    assert [issue.code for issue in caught.value.issues] == ["weakens"]


@pytest.mark.parametrize(
    ("locality", "form", "clause"),
    [
        (
            CRAWLING,
            "bristol_not_crawling",
            "the movements that the child has been seen to make unaided: any of crawls or walks",
        ),
        (
            ROLLING,
            "rolling_counts",
            "the movements that the child has been seen to make unaided: "
            "any of rolls one way, rolls both ways, crawls, cruises or walks",
        ),
    ],
)
def test_acceptance_4_the_output_says_which_clause_of_which_meaning_decided(
    locality: Path, form: str, clause: str
) -> None:
    evaluation = evaluated(locality)
    deciding = [reason for reason in report(evaluation).why if reason.path == "child.movements"]

    assert [(reason.definition, reason.form, reason.clause) for reason in deciding] == [(MEANING, form, clause)]
    assert [meaning.form for meaning in evaluation.meanings if meaning.definition == MEANING] == [form]
