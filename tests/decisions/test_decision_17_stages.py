"""Decision 17: rules declare their stages; a fact that does not exist in a stage is never asked for."""

from pathlib import Path

import pytest

from safeguard_rules import PackError
from tests.packs_in_text import (
    asked,
    assumed,
    definition,
    evaluate,
    finding,
    load,
    names,
    outcome,
    parameter,
    question,
    rule,
)

UNBORN = "child: {id: baby, stage: unborn}"
BORN = "child: {id: baby, stage: born}"
DIED = "child: {id: baby, stage: has_died}"
NOT_SAID = "child: {id: baby}"


def test_decision_17_born_is_the_default_and_tested_first(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.disabled: true}"))
    told = {given: (outcome(found := evaluate(book, given)), asked(found)) for given in (UNBORN, BORN, DIED)}
    assert told == {
        UNBORN: ("does_not_apply", []),
        BORN: ("undetermined", ["child.disabled"]),
        DIED: ("does_not_apply", []),
    }
    assert [reason.path for reason in finding(evaluate(book, UNBORN)).why] == ["child.stage"]


def test_decision_17_a_rule_speaks_in_the_stages_it_declares(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("one", "always", more="stage: unborn"),
        rule("two", "always", more="stage: [unborn, born]"),
        rule("last", "always", more="stage: has_died"),
    )
    told = {
        given: tuple(outcome(evaluate(book, given), name) == "applies" for name in ("one", "two", "last"))
        for given in (UNBORN, BORN, DIED)
    }
    assert told == {UNBORN: (True, True, False), BORN: (False, True, False), DIED: (False, False, True)}


def test_decision_17_a_fact_that_exists_in_none_of_the_stages_is_a_load_error(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"child\.movements"):
        load(tmp_path, rule("r", "{child.movements: {includes: walks}}", more="stage: unborn"))


def test_decision_17_nobody_is_asked_for_a_fact_in_a_stage_without_it(tmp_path: Path) -> None:
    when = "{any: [{child.movements: {includes: walks}}, {child.gestation: {at_least: n}}]}"
    book = load(tmp_path, rule("r", when, more="stage: [unborn, born]"), parameter("n", "20 weeks"))
    assert asked(evaluate(book, UNBORN)) == ["child.expected_on"]
    assert asked(evaluate(book, BORN)) == ["child.movements"]


def test_decision_17_a_birth_that_is_past_rules_out_unborn(tmp_path: Path) -> None:
    book = load(tmp_path, rule("before", "always", more="stage: unborn"), rule("r", "always"))
    found = evaluate(book, "child: {id: baby, born_on: 2026-01-01}")
    assert outcome(found, "before") == "does_not_apply"
    assert finding(found).certainty == "as_precaution"
    ahead = evaluate(book, "child: {id: baby, born_on: 2026-01-01}", as_of="2025-12-31")
    assert outcome(ahead, "before") == "undetermined"


def test_decision_17_a_contradicting_stage_is_a_problem_and_counts_as_unknown(tmp_path: Path) -> None:
    book = load(tmp_path, rule("before", "always", more="stage: unborn"), rule("r", "always"))
    found = evaluate(book, "child: {id: baby, stage: unborn, born_on: 2026-01-01}")
    assert [(problem.code, problem.path) for problem in found.problems] == [("stage-contradicts-birth", "child.stage")]
    assert outcome(found, "before") == "does_not_apply"
    assert outcome(found) == "applies"
    assert "child.stage" in asked(found)


def test_decision_17_with_the_stage_unknown_a_rule_for_the_born_goes_on_and_asks(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.disabled: true}"))
    found = evaluate(book, "child: {id: baby, disabled: true}")
    only = finding(found)
    assert (only.outcome, only.certainty) == ("applies", "as_precaution")
    assert [(each.name, each.value) for each in only.assumed] == [("child.stage", True)]
    assert only.assumed[0].citations
    assert asked(found) == ["child.stage"]
    assert question(found, "child.stage").already_a_precaution
    assert names(found) == ["act"]


def test_decision_17_the_stage_is_assumed_together_with_what_else_is_unknown(tmp_path: Path) -> None:
    sick = definition("sick", "{child.seriously_ill_or_hurt: true}", more=assumed("true"))
    only = finding(evaluate(load(tmp_path, rule("r", "sick"), sick), NOT_SAID))
    assert [each.name for each in only.assumed] == ["tiny:sick", "child.stage"]


def test_decision_17_the_stage_is_never_assumed_where_the_rule_says_so(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "always", more="never_assume: [child.stage]"))
    found = evaluate(book, NOT_SAID)
    assert outcome(found) == "undetermined"
    assert asked(found) == ["child.stage"]
    assert found.actions == ()


def test_decision_17_the_unborn_and_the_dead_are_never_assumed(tmp_path: Path) -> None:
    book = load(
        tmp_path, rule("before", "always", more="stage: unborn"), rule("after", "always", more="stage: has_died")
    )
    found = evaluate(book, NOT_SAID)
    assert (outcome(found, "before"), outcome(found, "after")) == ("undetermined", "undetermined")


def test_decision_17_an_expected_date_that_is_past_settles_nothing(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "always"), rule("before", "always", more="stage: unborn"))
    found = evaluate(book, "child: {id: baby, expected_on: 2026-02-01}")
    assert outcome(found, "before") == "undetermined"
    assert [problem.code for problem in found.problems] == ["expected-date-past"]


def test_decision_17_an_injury_on_a_record_still_marked_unborn_is_asked_about_first(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{injury.kind: bruise}", more="for_each: injury"))
    given = "child: {id: baby, stage: unborn, expected_on: 2026-02-19}\ninjuries: [{id: cheek, kind: bruise}]"
    found = evaluate(book, given)
    assert "stage-contradicts-records" in [problem.code for problem in found.problems]
    assert found.questions[0].path == "child.stage"
    assert "born" in found.questions[0].question
    assert evaluate(book, UNBORN).questions == ()
