"""Acceptance 5: what must never be cancelled, blocked, mislabelled or gated, and what must not come out."""

from __future__ import annotations

from functools import cache

import pytest

from safeguard_rules import Case, Evaluation, RecommendedAction, Rulebook
from safeguard_rules.packs.names import short
from safeguard_rules.reports.as_text import evaluation_text


@cache
def rulebook(locality: str | None = None) -> Rulebook:
    return Rulebook.load(locality=locality)


def evaluate(text: str, locality: str | None = None) -> Evaluation:
    return rulebook(locality).evaluate(Case.from_yaml(text), as_of="2026-03-02")


def recommended(evaluation: Evaluation, name: str) -> RecommendedAction | None:
    return next((each for each in evaluation.actions if short(each.action) == name), None)


def told(evaluation: Evaluation) -> str:
    return " ".join(evaluation_text(evaluation.document()).split()).casefold()


BRUISE = """
child: {id: baby, stage: born, born_on: 2026-01-19, movements: []}
injuries:
  - {id: cheek, kind: bruise, noticed_on: 2026-03-02, explanation: given, explanation_problems: [], RECORDED}
contacts:
  - {id: visit, happens_on: 2026-03-02, seen: awake, observation_recorded: true, cues: [content, warm_with_carer]}
protective_factors: [{id: gran, what: grandmother helps every day, verified_by: health visitor}]
"""


def test_acceptance_5_a_good_explanation_and_a_warm_observation_still_give_the_wiltshire_phone_report() -> None:
    evaluation = evaluate(BRUISE.replace("RECORDED", "recorded_as: not_recorded"), "wiltshire")
    report = recommended(evaluation, "report-to-social-care")

    assert report is not None
    assert (report.obligation, report.certainty, report.demands[0].how) == ("must", "certain", "by phone")
    assert report.demands[0].force == "local policy"
    assert report.contact is not None
    assert report.contact.phone == "0300 456 0108"
    assert [strength.id for strength in evaluation.strengths] == ["gran"]


def test_acceptance_5_a_mark_that_matches_the_birth_record_is_not_reported() -> None:
    matching = BRUISE.replace("RECORDED", "recorded_as: birth_mark, matches_record: true")
    evaluation = evaluate(matching, "wiltshire")

    assert recommended(evaluation, "report-to-social-care") is None
    assert recommended(evaluation, "document-mark") is not None


@pytest.mark.parametrize("recorded", ["recorded_as: birth_mark, matches_record: false", "recorded_as: birth_mark"])
def test_acceptance_5_a_mark_that_does_not_match_or_may_not_match_is_reported(recorded: str) -> None:
    report = recommended(evaluate(BRUISE.replace("RECORDED", recorded), "wiltshire"), "report-to-social-care")

    assert report is not None
    assert report.obligation == "must"


CONSENT = """
child: {id: baby, stage: born, born_on: 2026-01-19, movements: []}
concerns: [{id: worry, raised_on: 2026-03-01}]
sharings: [{id: report, purpose: protect_child, decision: unsure, agreement: AGREEMENT, telling_family_would: []}]
offers: [{id: steps, service: baby_steps, agreement: AGREEMENT}]
"""


@pytest.mark.parametrize("agreement", ["refused", "not_asked"])
def test_acceptance_5_refused_consent_blocks_the_service_and_never_the_sharing(agreement: str) -> None:
    evaluation = evaluate(CONSENT.replace("AGREEMENT", agreement), "wiltshire")
    sharing, passing = recommended(evaluation, "share-to-protect"), recommended(evaluation, "pass-details")

    assert sharing is not None
    assert (sharing.negative, sharing.certainty) == (False, "certain")
    assert passing is not None
    assert passing.obligation == "should_not"
    assert all(demand.obligation == "should_not" for demand in passing.demands)
    assert evaluation.conflicts == ()


def test_acceptance_5_with_agreement_nobody_is_told_to_hold_the_service_back() -> None:
    evaluation = evaluate(CONSENT.replace("AGREEMENT", "agreed"), "wiltshire")
    assert recommended(evaluation, "pass-details") is None


UNBORN = """
child: {id: baby, stage: unborn, expected_on: 2026-07-20}
people: [{id: mother, relation: mother, born_on: 1998}, {id: father, relation: father, born_on: 1996}]
incidents:
  - {id: evening, happened_on: 2026-02-27, kinds: [physical], by: father, against: mother, personally_connected: true}
"""


@pytest.mark.parametrize("locality", [None, "wiltshire", "stoke-on-trent"])
def test_acceptance_5_an_unborn_baby_is_never_called_a_victim_in_law(locality: str | None) -> None:
    evaluation = evaluate(UNBORN, locality)

    assert {each.outcome for each in evaluation.findings.about("child-is-victim")} == {"does_not_apply"}
    assert recommended(evaluation, "record-child-as-victim") is None
    assert "record the child as a victim" not in told(evaluation)


def test_acceptance_5_an_unborn_baby_is_not_ignored() -> None:
    evaluation = evaluate(UNBORN)
    wanted = {short(action.action) for action in evaluation.actions if not action.negative}

    assert {"assess-risk-to-unborn", "decide-on-child-referral", "share-to-protect"} <= wanted
    assert recommended(evaluate(UNBORN.replace("unborn", "born")), "record-child-as-victim") is not None


SCORED = """
child: {id: baby, stage: born, born_on: 2026-01-19}
people: [{id: mother, relation: mother, born_on: 1998}, {id: father, relation: father, born_on: 1996}]
incidents:
  - id: evening
    happened_on: 2026-02-27
    by: father
    against: mother
    personally_connected: true
    effect_on_child: [heard]
    high_risk_in_judgement: false
    escalating: false
    SCORE
concerns: []
"""
SCORES = ("", *(f"dash_yes_answers: {score}" for score in (0, 1, 13, 14, 24)))
FOR_THE_CHILD = ("child-is-victim", "decide-for-child", "share-when-at-risk")


def test_acceptance_5_an_adults_score_never_gates_what_is_recommended_for_the_child() -> None:
    evaluations = [evaluate(SCORED.replace("SCORE", score)) for score in SCORES]
    for rule in FOR_THE_CHILD:
        outcomes = {tuple((each.outcome, each.certainty) for each in e.findings.about(rule)) for e in evaluations}
        assert outcomes == {(("applies", "certain"),)}, rule
    for evaluation in evaluations:
        decision = recommended(evaluation, "decide-on-child-referral")
        assert decision is not None
        assert (decision.obligation, decision.certainty) == ("should", "certain")


def test_acceptance_5_the_score_does_gate_what_is_recommended_for_the_adult() -> None:
    referred = [recommended(evaluate(SCORED.replace("SCORE", score)), "refer-adult-to-marac") for score in SCORES]
    assert [each is not None for each in referred] == [False, False, False, False, True, True]
