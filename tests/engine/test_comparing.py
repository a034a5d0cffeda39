"""Comparing: only actions, changed paths, and in which way something that is withdrawn went."""

from __future__ import annotations

import pytest

from safeguard_rules import Case, Change, Changes, Evaluation, Rulebook
from safeguard_rules.engine.comparing import changed_paths, compare
from safeguard_rules.packs.names import short

BABY = "child: {id: baby, stage: born, born_on: 2026-01-19, movements: []}\n"
BRUISE = "injuries: [{id: cheek, kind: bruise, noticed_on: 2026-03-02, recorded_as: birth_mark}]\n"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


def on(rulebook: Rulebook, text: str) -> Evaluation:
    return rulebook.evaluate(Case.from_yaml(text), as_of="2026-03-02")


def action(changes: Changes, name: str) -> Change:
    return next(each for each in changes if each.what == "action" and short(each.name) == name)


def test_only_actions_or_only_findings_are_compared_where_that_is_asked_for(rulebook: Rulebook) -> None:
    one, other = on(rulebook, BABY), on(rulebook, BABY + BRUISE)
    both = compare(one, other)
    actions = compare(one, other, "action")
    findings = compare(one, other, "finding")

    assert {each.what for each in both} == {"action", "finding"}
    assert actions.changes + findings.changes == both.changes
    assert compare(one.document(), other, "action").without_causes


def test_changed_paths_are_those_whose_value_or_evidence_differs() -> None:
    before = Case.from_yaml(BABY + "plan: early_help\n")
    after = Case.from_yaml(
        BABY.replace("movements: []", "movements: [sits]")
        + "plan: early_help\nevidence: {case.plan: {basis: recorded}}\n"
    )
    assert changed_paths(before, after) == ("case.plan", "child.movements")
    assert changed_paths(before, before) == ()


def test_decision_30_an_action_is_ruled_out_where_the_rules_that_asked_for_it_are(rulebook: Rulebook) -> None:
    """Also while another rule that could ask for the same action is still open."""
    matches = BRUISE.replace("birth_mark", "birth_mark, matches_record: true")
    changes = on(rulebook, BABY + matches).changes_since(on(rulebook, BABY + BRUISE))
    undecided = {each.rule for each in on(rulebook, BABY + matches).findings.undetermined}

    assert "vulnerability-and-protective-factors:refer-baby-at-risk" in undecided
    assert action(changes, "report-to-social-care").withdrawn_as == "ruled_out"


def test_decision_30_an_action_is_no_longer_known_where_a_rule_that_asked_for_it_is_open(rulebook: Rulebook) -> None:
    changes = on(rulebook, BABY).changes_since(on(rulebook, BABY + BRUISE))
    assert action(changes, "report-to-social-care").withdrawn_as == "no_longer_known"


def test_decision_30_it_is_told_of_the_record_that_asked_and_of_no_other(rulebook: Rulebook) -> None:
    two = "people: [{id: mother, relation: mother, signs_of_abuse: true}, {id: father, relation: father}]\n"
    asked = (
        "enquiries: [{id: alone, of: mother, asked_on: 2026-03-02, alone: true}]\n"
        "contacts: [{id: visit, happens_on: 2026-03-02, present: [mother]}]\n"
    )
    changes = on(rulebook, BABY + two + asked).changes_since(on(rulebook, BABY + two))
    gone = action(changes, "ask-about-abuse")

    assert (gone.subject.id, gone.withdrawn_as) == ("mother", "ruled_out")
