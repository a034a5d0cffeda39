"""The promises as properties of all bundled packs, on cases and days that are drawn: the same ones on every machine.

Promise 12 is about what is installed, and no property of a case.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from safeguard_rules import Case
from safeguard_rules.errors import CaseError
from safeguard_rules.language.roles import ROLES
from safeguard_rules.testing import (
    DAY,
    Reassessment,
    Situation,
    answering_removes_the_question,
    as_yaml,
    cases,
    cases_matching,
    certain_answers_never_flip,
    every_action_is_cited,
    irrelevant_facts_do_not_matter,
    localities_only_tighten,
    no_must_is_lost_by_forgetting,
    no_must_is_lost_by_one_more,
    no_must_is_lost_overnight,
    order_does_not_matter,
    partial_of,
    replay_is_equal,
    situations,
)
from safeguard_rules.testing.comparing_outcomes import must_rules, outcomes
from safeguard_rules.testing.made_cases import Maker
from tests.testing.books import bundled, run

BOOK = bundled("wiltshire")
SITUATIONS = situations(BOOK)
ORDINARY = Case.from_yaml("{child: {id: baby, stage: born, born_on: 2026-01-19}, injuries: [{id: cheek}]}")


# --- 1


def test_promise_01_what_is_certain_stays_when_everything_becomes_known() -> None:
    run(certain_answers_never_flip(BOOK), 120)


def test_promise_01_no_must_is_lost_by_forgetting() -> None:
    run(no_must_is_lost_by_forgetting(BOOK), 150)


TestPromise01Reassessment = Reassessment(BOOK).TestCase
TestPromise01Reassessment.settings = settings(max_examples=25, stateful_step_count=12)


# --- 2


def test_promise_02_every_action_is_cited() -> None:
    run(every_action_is_cited(BOOK), 25)


# --- 3, 4


@settings(max_examples=40)
@given(cases(BOOK), st.data())
def test_promise_03_a_misspelt_key_is_never_passed_over(case: Case, data: st.DataObject) -> None:
    text = as_yaml(case)
    keys = sorted(set(re.findall(r"(?<=[{ \n])[a-z_]+(?=: )", text)))
    assume(keys)
    key = data.draw(st.sampled_from(keys))
    with pytest.raises(CaseError, match=f"{key}x"):
        Case.from_yaml(re.sub(rf"\b{key}: ", f"{key}x: ", text, count=1))


@settings(max_examples=60)
@given(SITUATIONS)
def test_promise_03_each_rule_in_force_speaks_of_each_of_its_subjects(situation: Situation) -> None:
    spoken = {rule for rule, _ in outcomes(BOOK, situation.case, situation.as_of)}
    assert spoken == {active.rule.name for active in BOOK.program(situation.as_of).rules}


@settings(max_examples=60)
@given(SITUATIONS)
def test_promise_04_the_findings_are_bound_by_the_records(situation: Situation) -> None:
    entries = situation.case.model_dump(exclude_none=True)
    for active in BOOK.program(situation.as_of).rules:
        kind = active.form.for_each
        records = len(entries.get(BOOK.vocabulary.kinds[kind].name) or ()) if kind is not None else 0
        found = Maker(BOOK, situation.as_of).outcomes(active.rule.name, situation.case)
        assert 1 <= len(found) <= records + 1


# --- 5


def test_promise_05_order_does_not_matter() -> None:
    run(order_does_not_matter(BOOK), 12)


def test_promise_05_strengths_labels_and_what_no_rule_reads_cancel_nothing() -> None:
    run(irrelevant_facts_do_not_matter(BOOK), 12)


def test_promise_05_one_more_worry_takes_no_must_away() -> None:
    run(no_must_is_lost_by_one_more(BOOK), 150)


# --- 6


def test_promise_06_what_is_answered_is_not_asked_again() -> None:
    run(answering_removes_the_question(BOOK), 15)


@settings(max_examples=20)
@given(SITUATIONS)
def test_promise_06_every_open_finding_names_what_would_settle_it(situation: Situation) -> None:
    for finding in situation.evaluate(BOOK).findings.undetermined:
        assert finding.open, finding.rule


# --- 7, 8


@settings(max_examples=25)
@given(SITUATIONS)
def test_promise_07_nothing_rests_on_a_carer_who_said_nothing(situation: Situation) -> None:
    evaluation = situation.evaluate(BOOK)
    told = any(entry.basis == "told_by_carer" for entries in situation.case.evidence.values() for entry in entries)
    resting = [finding for finding in evaluation.findings if finding.rests_on_carer]
    assert told or not resting
    assert all(finding.carer_paths for finding in resting)


@settings(max_examples=20)
@given(SITUATIONS)
def test_promise_08_every_settled_finding_says_why(situation: Situation) -> None:
    for finding in situation.evaluate(BOOK).findings:
        assert finding.reading
        assert finding.why or finding.outcome == "undetermined" or finding.reading == "always", finding.rule


# --- 9, 10


@settings(max_examples=8)
@given(cases(BOOK).flatmap(lambda case: st.tuples(st.just(case), partial_of(case, as_of=DAY))))
def test_promise_09_every_difference_is_told(pair: tuple[Case, Case]) -> None:
    later, earlier = (BOOK.evaluate(case, as_of=DAY) for case in pair)
    was, now = earlier.outcomes(), later.outcomes()
    different = {rule for rule, subject in was.keys() & now.keys() if was[rule, subject] != now[rule, subject]}
    told = {change.name for change in later.changes_since(earlier) if change.what == "finding"}
    assert different <= told


@settings(max_examples=60)
@given(SITUATIONS)
def test_promise_10_what_changes_by_tomorrow_is_foreseen(situation: Situation) -> None:
    today = outcomes(BOOK, situation.case, situation.as_of)
    tomorrow = situation.as_of.day + timedelta(days=1)
    if outcomes(BOOK, situation.case, DAY.of(tomorrow)) != today:
        assert situation.evaluate(BOOK).next_change().on == tomorrow.isoformat()


MEANT_TO_END: tuple[str, ...] = ()
"""Rules with a `must` that end by themselves on some day, each looked at; so far there is none."""


def test_promise_10_no_must_ends_overnight_but_those_that_are_meant_to() -> None:
    run(no_must_is_lost_overnight(BOOK, MEANT_TO_END), 150)


# --- 11, 13


def test_promise_11_replay_is_equal() -> None:
    run(replay_is_equal(BOOK), 8)


@settings(max_examples=10)
@given(SITUATIONS, st.sampled_from(ROLES))
@example(Situation(ORDINARY, DAY), ROLES[0])
def test_promise_13_a_role_groups_and_changes_nothing(situation: Situation, role: str) -> None:
    one = situation.evaluate(BOOK).actions
    other = BOOK.evaluate(situation.case, as_of=situation.as_of, role=role).actions
    assert {(each.action, each.about, each.obligation) for each in one} == {
        (each.action, each.about, each.obligation) for each in other
    }


@settings(max_examples=25)
@given(st.sampled_from(sorted(must_rules(BOOK))).flatmap(lambda rule: cases_matching(BOOK, rule, "applies")))
def test_promise_13_a_must_shows_a_force_that_can_carry_it(case: Case) -> None:
    for action in BOOK.evaluate(case, as_of=DAY).actions:
        for demand in action.demands:
            if demand.obligation in ("must", "must_not"):
                assert any(each.force != "proposal" and each.known != "unverified" for each in demand.citations)


# --- 14


@pytest.mark.parametrize("locality", ["wiltshire", "stoke-on-trent"])
def test_promise_14_a_bundled_locality_only_tightens(locality: str) -> None:
    run(localities_only_tighten(bundled(), bundled(locality)), 150)
