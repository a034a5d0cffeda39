"""Promise 1: unknown is never "no"; three lists are always returned, and with nothing known the answer is questions."""

from pathlib import Path

import pytest

from safeguard_rules import Case, Rulebook
from safeguard_rules.case.without import without
from safeguard_rules.packs.loading import load as load_packs
from safeguard_rules.packs.plugins import activate
from tests.examples import EXAMPLES, Example
from tests.packs_in_text import TODAY, evaluate, load, outcome, parameter, rule

LOCALITIES = (None, "wiltshire", "stoke-on-trent")


@pytest.mark.parametrize("locality", LOCALITIES)
def test_promise_01_with_nothing_known_everything_is_undetermined(locality: str | None) -> None:
    found = Rulebook.load(locality=locality).evaluate(Case(), as_of=TODAY)
    assert found.findings
    assert {each.outcome for each in found.findings} == {"undetermined"}
    assert found.actions == ()
    assert found.questions


@pytest.mark.parametrize("locality", LOCALITIES)
def test_promise_01_nothing_known_of_a_born_child_rules_out_only_by_its_stage(locality: str | None) -> None:
    found = Rulebook.load(locality=locality).evaluate(Case.from_yaml("child: {id: baby, stage: born}"), as_of=TODAY)
    for each in found.findings.does_not_apply:
        assert [reason.path for reason in each.why] == ["child.stage"], each.rule


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_01_the_three_lists_are_all_of_the_findings(example: Example) -> None:
    for evaluation in example.evaluations():
        found = evaluation.findings
        assert len(found.applies) + len(found.undetermined) + len(found.does_not_apply) == len(found)
        assert {each.rule for each in found} | {each.rule for each in evaluation.not_in_force} == set(
            example.rulebook().content.rules
        )


TESTS = {
    "a word": "{some: {of: injury, where: {injury.kind: bruise}}}",
    "not a word": "{some: {of: injury, where: {injury.kind: {is_not: bruise}}}}",
    "none of some words": "{some: {of: injury, where: {injury.kind: {none_of: [bruise, bite]}}}}",
    "a set": "{child.movements: {includes: walks}}",
    "not in a set": "{child.movements: {none_of: [walks]}}",
    "an empty set": "{child.movements: {is: []}}",
    "an age": "{child.age: {less_than: n}}",
    "an age, turned round": "{not: {child.age: {less_than: n}}}",
    "a number": "{child.birth_weight: {at_most: light}}",
    "a list": "{some: {of: incident}}",
    "every record": "{every: {of: injury, where: {injury.medical_cause: true}}}",
    "a flag": "{child.disabled: true}",
    "the other value of a flag": "{child.disabled: false}",
}


@pytest.mark.parametrize("named", TESTS)
@pytest.mark.parametrize("turned", [False, True])
def test_promise_01_no_test_takes_unknown_for_an_answer(tmp_path: Path, named: str, turned: bool) -> None:
    when = f"{{not: {TESTS[named]}}}" if turned else TESTS[named]
    book = load(tmp_path, rule("r", when), parameter("n", "6 months"), parameter("light", "2500"))
    given = "injuries: [{id: a}]" if "injury" in when and "every" not in when else ""
    assert outcome(evaluate(book, given)) == "undetermined"


@pytest.mark.parametrize("pack", sorted(Path(__file__).parents[2].glob("rulepacks/*/pack.yaml")), ids=str)
def test_promise_01_each_bundled_pack_by_itself_answers_nothing_with_questions(pack: Path) -> None:
    rulebook = Rulebook(load_packs([pack.parent.name.replace("_", "-")], None, activate()))
    found = rulebook.evaluate(Case(), as_of=TODAY)
    assert found.actions == ()
    assert {each.outcome for each in found.findings} <= {"undetermined"}
    assert bool(found.questions) == bool(found.findings)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_01_taking_a_list_away_never_rules_anything_out(example: Example) -> None:
    """With a complete list opened again, no finding about it is ruled out that was not before."""
    for evaluation in example.evaluations():
        ruled_out = {(each.rule, each.subject.id) for each in evaluation.findings.does_not_apply}
        for name in ("injuries", "incidents", "people", "concerns", "assessments"):
            poorer = example.rulebook().evaluate(without(evaluation.case, name), as_of=evaluation.as_of)
            for each in poorer.findings.does_not_apply:
                assert (each.rule, each.subject.id) in ruled_out or each.subject.id == "?", (each.rule, name)
