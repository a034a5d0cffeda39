"""The five stories from published reviews: what comes out, and what does not."""

from __future__ import annotations

import re

import pytest

from safeguard_rules import Evaluation, Finding, RecommendedAction
from safeguard_rules.packs.names import short
from safeguard_rules.reports.as_text import evaluation_text
from tests.examples import EXAMPLES, Example

STORIES = {example.path.stem: example for example in EXAMPLES if "stories" in example.path.parts}


def evaluated(story: str, child: int = 0) -> Evaluation:
    return STORIES[story].evaluations()[child]


def names(evaluation: Evaluation) -> set[str]:
    return {short(action.action) for action in evaluation.actions}


def action(evaluation: Evaluation, name: str, about: str | None = None) -> RecommendedAction:
    (found,) = [
        each for each in evaluation.actions if short(each.action) == name and (about is None or each.about.id == about)
    ]
    return found


def finding(evaluation: Evaluation, rule: str, subject: str = "child") -> Finding:
    found = evaluation.findings.about(rule, subject)
    assert found is not None
    return found


def asked(evaluation: Evaluation) -> set[str]:
    return {question.path for question in evaluation.questions}


def test_all_stories_are_there() -> None:
    assert sorted(STORIES) == [
        "birmingham-1-witnessed",
        "birmingham-2-stepped-down",
        "brighton-nothing-to-see",
        "bury-two-bruises",
        "norfolk-notification",
        "norfolk-party",
    ]


@pytest.mark.parametrize("example", STORIES.values(), ids=str)
def test_each_story_says_what_is_made_up_what_is_unknown_and_what_must_come_out(example: Example) -> None:
    text = " ".join(example.path.read_text(encoding="utf-8").replace("#", " ").split())
    for words in ("Made up:", "left unknown", "What must come out:"):
        assert words in text


# --- 1. Bury: two bruises


def test_bury_the_left_hand_is_reported_at_once() -> None:
    report = action(evaluated("bury-two-bruises"), "report-to-social-care")

    assert (report.obligation, report.negative) == ("should", False)
    assert report.within is not None
    assert report.within.time == "at once"
    assert {demand.subject.id for demand in report.demands} == {"left-hand"}


def test_bury_a_health_review_is_for_the_same_day() -> None:
    review = action(evaluated("bury-two-bruises"), "health-review")

    assert review.within is not None
    assert review.within.time == "same day"
    assert {demand.subject.id for demand in review.demands} == {"left-hand"}


def test_bury_the_right_hand_is_documented_and_does_not_explain_the_left() -> None:
    evaluation = evaluated("bury-two-bruises")

    assert {demand.subject.id for demand in action(evaluation, "document-mark").demands} == {"right-hand"}
    assert finding(evaluation, "report-injury", "right-hand").outcome == "does_not_apply"
    assert finding(evaluation, "report-injury", "left-hand").outcome == "applies"


def test_bury_a_request_to_gather_more_first_is_a_disagreement_to_escalate() -> None:
    escalated = action(evaluated("bury-two-bruises"), "escalate", "referral")

    assert escalated.obligation == "should"
    assert escalated.within is not None
    assert escalated.within.time == "same day"
    assert {short(demand.rule) for demand in escalated.demands} == {"told-to-find-out-more"}


def test_bury_the_stages_of_no_area_are_made_up() -> None:
    text = evaluation_text(evaluated("bury-two-bruises").document())
    assert not re.search(r"\bstage [0-9one]", text, re.IGNORECASE)


def test_bury_nothing_is_said_about_abuse_of_which_nobody_told() -> None:
    evaluation = evaluated("bury-two-bruises")

    assert not names(evaluation) & {"record-child-as-victim", "refer-adult-to-marac", "describe-abuse"}
    assert "incidents" in asked(evaluation)


# --- 2. Birmingham: what staff saw

BIRMINGHAM = ("birmingham-1-witnessed", "birmingham-2-stepped-down")


@pytest.mark.parametrize("story", BIRMINGHAM)
def test_birmingham_the_baby_is_a_victim_in_their_own_right(story: str) -> None:
    victim = action(evaluated(story), "record-child-as-victim")
    assert (victim.obligation, victim.certainty) == ("must", "as_precaution")


@pytest.mark.parametrize("story", BIRMINGHAM)
def test_birmingham_the_abuse_is_described_and_not_only_named(story: str) -> None:
    assert action(evaluated(story), "describe-abuse", "ward").certainty == "certain"


@pytest.mark.parametrize("story", BIRMINGHAM)
def test_birmingham_the_father_is_assessed(story: str) -> None:
    assert action(evaluated(story), "assess-person", "father").obligation == "should"


def test_birmingham_a_denial_cancels_nothing_that_was_witnessed() -> None:
    before, after = (evaluated(story) for story in BIRMINGHAM)
    first, second = (finding(each, "child-is-victim", "ward") for each in (before, after))

    assert (first.outcome, first.certainty) == (second.outcome, second.certainty)
    assert not second.rests_on_carer
    assert names(before) <= names(after)


def test_birmingham_a_history_that_was_supplied_and_is_not_told_is_asked_for() -> None:
    evaluation = evaluated("birmingham-2-stepped-down")

    assert finding(evaluation, "weigh-the-past", "father").outcome == "undetermined"
    assert "people[father].history" in asked(evaluation)


def test_birmingham_an_answer_that_is_not_accepted_is_escalated() -> None:
    before, after = (evaluated(story) for story in BIRMINGHAM)

    assert "escalate" not in names(before)
    assert action(after, "escalate", "hospital").obligation == "should"


@pytest.mark.parametrize("story", BIRMINGHAM)
def test_birmingham_a_decision_that_was_made_is_not_asked_for_again(story: str) -> None:
    assert finding(evaluated(story), "decide-for-child", "ward").outcome == "does_not_apply"


@pytest.mark.parametrize("story", BIRMINGHAM)
def test_birmingham_nothing_is_made_of_injuries_of_which_nobody_told(story: str) -> None:
    evaluation = evaluated(story)

    assert not names(evaluation) & {"report-to-social-care", "health-review", "record-explanation"}
    assert "injuries" in asked(evaluation)


# --- 3. Norfolk: the party


def test_the_party_no_bed_is_shared_after_drink_or_drugs() -> None:
    bed = action(evaluated("norfolk-party"), "share-risky-bed", "party-night")

    assert (bed.negative, bed.certainty) == (True, "certain")


def test_the_party_there_is_a_plan_for_that_night_before_it_with_both_parents() -> None:
    plan = action(evaluated("norfolk-party"), "plan-this-sleep", "party-night")

    assert (plan.obligation, plan.negative) == ("should", False)
    assert plan.within is not None
    assert plan.within.time == "at this contact"
    assert "every carer" in plan.do


def test_the_party_the_danger_is_weighed_in_the_assessment_and_not_left_to_a_leaflet() -> None:
    evaluation = evaluated("norfolk-party")

    assert action(evaluation, "weigh-sleep-risk").obligation == "should"
    assert finding(evaluation, "sleep-danger-in-assessment").certainty == "certain"


def test_the_party_makes_no_referral_out_of_drink_alone() -> None:
    assert not names(evaluated("norfolk-party")) & {"report-to-social-care", "record-child-as-victim"}


# --- 4. Norfolk: the notification that stopped


@pytest.mark.parametrize("child", [0, 1], ids=["baby", "brother"])
def test_norfolk_the_notification_is_shared_with_those_who_see_the_baby(child: int) -> None:
    shared = action(evaluated("norfolk-notification", child), "share-abuse-notification")

    assert shared.about.id == "allegation"
    assert shared.within is not None
    assert shared.within.time == "same day"


@pytest.mark.parametrize("child", [0, 1], ids=["baby", "brother"])
def test_norfolk_the_news_reopens_the_risk_assessment(child: int) -> None:
    review = action(evaluated("norfolk-notification", child), "review-risk-assessment")

    assert review.obligation == "should"
    assert review.within is not None
    assert review.within.time == "same day"


def test_norfolk_a_reconciliation_needs_evidence_over_time() -> None:
    evaluation = evaluated("norfolk-notification")

    assert action(evaluation, "look-for-evidence", "before-birth").obligation == "should"
    assert action(evaluation, "lower-risk-or-close", "before-birth").negative


def test_norfolk_the_family_sees_it_once() -> None:
    family = STORIES["norfolk-notification"].result()
    assert not isinstance(family, Evaluation)
    shared = [each for each in family.actions if short(each.action.action) == "share-abuse-notification"]

    assert [each.children for each in shared] == [("baby", "brother")]


def test_norfolk_the_man_is_assessed_and_his_history_asked_for() -> None:
    evaluation = evaluated("norfolk-notification")

    assert action(evaluation, "assess-person", "man").obligation == "should"
    assert "people[man].history" in asked(evaluation)


def test_norfolk_an_assertion_of_reconciliation_takes_nothing_away() -> None:
    evaluation = evaluated("norfolk-notification")
    assert {"share-to-protect", "decide-on-child-referral", "describe-abuse"} <= names(evaluation)


# --- 5. Brighton: nothing to see


UNIVERSAL = {
    "suggest-childrens-centre",
    "give-safer-sleep-advice",
    "advise-absent-carer",
    "give-crying-advice",
    "ask-who-sees-child",
    "observe-baby",
    "point-to-lullaby-trust",
}


def test_brighton_a_quiet_family_gets_advice_support_and_a_question_and_nothing_else() -> None:
    evaluation = evaluated("brighton-nothing-to-see")

    assert names(evaluation) == UNIVERSAL
    assert {each.obligation for each in evaluation.actions} <= {"should", "consider"}
    assert {short(each.action) for each in evaluation.actions if not each.repeats} == {"suggest-childrens-centre"}


def test_brighton_the_father_hears_the_advice_too() -> None:
    absent = action(evaluated("brighton-nothing-to-see"), "advise-absent-carer", "father")

    assert {short(demand.rule) for demand in absent.demands} == {
        "sleep-advice-for-absent-carer",
        "crying-advice-for-absent-carer",
    }


def test_brighton_a_mother_on_her_own_with_it_hears_of_company_near_home() -> None:
    assert action(evaluated("brighton-nothing-to-see"), "suggest-childrens-centre").obligation == "consider"


def test_brighton_no_referral_no_abuse_no_injury() -> None:
    evaluation = evaluated("brighton-nothing-to-see")

    for rule in ("report-injury", "health-review", "multi-agency-discussion", "suspect-bruise", "child-is-victim"):
        assert {each.outcome for each in evaluation.findings.about(rule)} == {"does_not_apply"}, rule
    for rule in ("decide-for-child", "share-when-at-risk", "doctor-tells-promptly", "adult-at-high-risk"):
        assert {each.outcome for each in evaluation.findings.about(rule)} == {"does_not_apply"}, rule


def test_brighton_nobody_is_assessed_without_a_reason() -> None:
    evaluation = evaluated("brighton-nothing-to-see")
    for rule in ("assess-carer", "assess-father-or-man-who-cares"):
        assert "applies" not in {each.outcome for each in evaluation.findings.about(rule)}, rule


def test_brighton_nobody_is_asked_what_any_mother_would_find_foolish() -> None:
    assert not asked(evaluated("brighton-nothing-to-see")) & {
        "people[mother].sex",
        "people[mother].sees_child",
        "people[mother].lives_with_child",
        "child.movements",
    }


def test_brighton_is_never_told_that_all_is_well() -> None:
    evaluation = evaluated("brighton-nothing-to-see")

    assert len(evaluation.questions) > 3
    assert evaluation.findings.undetermined


# --- alert fatigue


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_no_example_asks_for_the_same_thing_twice(example: Example) -> None:
    for evaluation in example.evaluations():
        seen = [(each.action, each.about) for each in evaluation.actions]
        assert len(seen) == len(set(seen))
