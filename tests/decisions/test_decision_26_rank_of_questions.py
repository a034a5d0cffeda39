"""Decision 26: a question says what its answer alone can settle, and questions are ranked."""

from pathlib import Path

import pytest

from tests.packs_in_text import (
    Piece,
    action,
    asked,
    assumed,
    definition,
    evaluate,
    load,
    parameter,
    question,
    rule,
)

SICK, DISABLED = "{child.seriously_ill_or_hurt: true}", "{child.disabled: true}"
NOT_SICK = "{child.seriously_ill_or_hurt: false}"
LIGHT = "{child.birth_weight: {less_than: light}}"
BRUISES = "{count: {of: injury, where: {injury.kind: bruise}, is: {is: one}}}"
LIMITS = [parameter("light", "2500"), parameter("one", "1")]
BOTH, YES, NO = ("applies", "does_not_apply"), ("applies",), ("does_not_apply",)
SICK_PATH = "child.seriously_ill_or_hurt"


@pytest.mark.parametrize(
    ("when", "given", "path", "expected"),
    [
        (SICK, "", SICK_PATH, BOTH),
        (f"{{all: [{SICK}, {DISABLED}]}}", "", SICK_PATH, NO),
        (f"{{any: [{SICK}, {DISABLED}]}}", "", SICK_PATH, YES),
        (f"{{not: {{any: [{SICK}, {DISABLED}]}}}}", "", SICK_PATH, NO),
        (f"{{any: [{{all: [{SICK}, {DISABLED}]}}, {LIGHT}]}}", "", SICK_PATH, ()),
        # every open leaf of the path is set at once, to what its polarity makes helpful: this may over-state
        (f"{{any: [{SICK}, {NOT_SICK}]}}", "", SICK_PATH, BOTH),
        (f"{{all: [{SICK}, {{not: {NOT_SICK}}}]}}", "", SICK_PATH, BOTH),
        (BRUISES, "injuries: [{id: a}]", "injuries[a].kind", BOTH),
        (BRUISES, "", "injuries", BOTH),
        ("{some: {of: injury, where: {injury.kind: bruise}}}", "", "injuries", BOTH),
        ("{some: {of: injury, where: {injury.kind: bruise}}}", "injuries: [{id: a}, {id: b}]", "injuries[a].kind", YES),
        ("{every: {of: injury, where: {injury.kind: bruise}}}", "injuries: [{id: a}, {id: b}]", "injuries[a].kind", NO),
    ],
)
def test_decision_26_what_an_answer_alone_can_settle(
    tmp_path: Path, when: str, given: str, path: str, expected: tuple[str, ...]
) -> None:
    assert question(evaluate(load(tmp_path, rule("r", when), *LIMITS), given), path).settles == expected


def test_decision_26_settling_is_said_over_all_rules_behind_a_path(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", f"{{all: [{SICK}, {DISABLED}]}}"), rule("s", f"{{any: [{SICK}, {DISABLED}]}}"))
    assert question(evaluate(book), SICK_PATH).settles == BOTH


CAREFUL = definition("careful", DISABLED, more=assumed("true"))


def time(text: str) -> str:
    return f"within: {{time: {text}, basis: proposed, cites: [ours/choice]}}"


# Each time the rule behind `child.disabled` would lose by its path only, were it not for what is named.
FIRST: dict[str, list[Piece]] = {
    "the strongest open demand": [rule("r", SICK, "{must: act}"), rule("s", DISABLED)],
    "no precaution yet": [rule("r", SICK), CAREFUL, rule("s", "careful", "{should: b}"), action("b")],
    "what it settles": [rule("r", SICK), rule("s", f"{{all: [{DISABLED}, {LIGHT}]}}")],
    "the shorter time": [rule("r", SICK, f"{{should: act, {time('at once')}}}"), rule("s", DISABLED)],
    "the number of rules": [rule("r", SICK), rule("q", SICK), rule("s", DISABLED)],
}


@pytest.mark.parametrize("named", FIRST)
def test_decision_26_the_rank_of_questions(tmp_path: Path, named: str) -> None:
    found = asked(evaluate(load(tmp_path, *FIRST[named], *LIMITS)))
    assert found[0] == SICK_PATH
    assert "child.disabled" in found


def test_decision_26_a_must_not_ranks_like_a_must(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", SICK, "{must_not: act}"), rule("s", DISABLED), action("b"))
    assert asked(evaluate(book)) == [SICK_PATH, "child.disabled"]


def test_decision_26_the_path_comes_last(tmp_path: Path) -> None:
    assert asked(evaluate(load(tmp_path, rule("r", SICK), rule("s", DISABLED)))) == ["child.disabled", SICK_PATH]


def test_decision_26_one_question_for_each_path_with_all_its_rules(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, rule("r", SICK, "{must: act}"), rule("s", SICK), rule("t", f"{{not: {SICK}}}")))
    assert asked(found) == [SICK_PATH]
    assert found.questions[0].rules == ("tiny:r", "tiny:s", "tiny:t")
    assert found.questions[0].demand == "must"


def test_decision_26_an_open_list_comes_before_any_field_of_its_records(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("r", "{injury.kind: bruise}", "{must: act}", "for_each: injury"),
        rule("s", "{some: {of: injury, where: {injury.medical_cause: true}}}", "{consider: act}"),
    )
    found = asked(evaluate(book, "injuries: [{id: a}]\nincomplete: [injuries]"))
    assert found == ["injuries", "injuries[a].kind", "injuries[a].medical_cause"]


def test_decision_26_a_derived_fact_is_asked_for_by_what_it_reads(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{person.assessed: false}", more="for_each: person"))
    given = "people: [{id: aunt}]\nall_regular_people_recorded: true\n"
    assert asked(evaluate(book, given)) == ["assessments"]
    assert asked(evaluate(book, given + "assessments: [{id: a, people: [aunt]}]")) == ["assessments[a].finished_on"]
    assert asked(evaluate(book, given + "assessments: [{id: a, finished_on: 2026-01-01}]")) == ["assessments[a].people"]
