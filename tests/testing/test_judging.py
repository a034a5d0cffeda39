"""What is expected held against what comes out: each kind of expectation can fail, and says what came out."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules.testing.judging import Miss
from tests.packs_in_text import rule
from tests.testing.packs import local_case, one_case, run

ILL = "concerns: [{id: a}], injuries: [{id: arm, kind: bruise}, {id: toe}]"


def misses(folder: Path, expect: str, given: str = ILL) -> tuple[Miss, ...]:
    (result,) = run(folder, one_case(expect, given)).results
    assert result.passed == (not result.misses)
    return result.misses


@pytest.mark.parametrize(
    ("expect", "where", "expected", "got"),
    [
        ("findings: {each: applies}", "findings.each", "applies for everybody", "undetermined for toe"),
        ("findings: {each: {applies: [arm, toe]}}", "findings.each.applies", "`arm`, `toe`", "`arm`"),
        ("findings: {each: {does_not_apply: [toe]}}", "findings.each.does_not_apply", "`toe`", "nothing"),
        ("findings: {each: {undetermined: []}, r: {applies: [child], as_precaution: [cold]}}",
         "findings.each.undetermined", "nothing", "`toe`"),
        ("findings: {r: not_in_force}", "findings.r", "that the rule is not in force", "it is"),
        ("findings: {r: applies}", "findings.r", "as_precaution nothing", "as_precaution `tiny:cold`"),
        ("findings: {r: {applies: [child]}}", "findings.r", "as_precaution nothing", "as_precaution `tiny:cold`"),
        ("findings: {many: {does_not_apply: [child], rests_on_carer: true}}", "findings.many.rests_on_carer",
         "that it rests on a carer's word", "that it does not rest on a carer's word alone"),
        ("actions: {must: [look]}", "actions.must", "must `look`", "should (each, certain)"),
        ("actions: {should: [look], consider: [look]}", "actions.consider", "consider `look`",
         "should (each, certain)"),
        ("no_actions: [look]", "no_actions", "nothing about `look`", "should (each, certain)"),
        ("conflicts: [look]", "conflicts", "`tiny:look`", "nothing"),
        ("questions: [people]", "questions", "a question for `people`",
         "questions for `child.seriously_ill_or_hurt`, `injuries[toe].kind`"),
        ('no_questions: ["injuries[toe].kind"]', "no_questions", "no question for `injuries[toe].kind`",
         "one, for `tiny:each`"),
        ("problems: [date-ahead]", "problems", "the problem `date-ahead`", "nothing"),
        ("says: [no such words]", "says", "`no such words`", "a text without it"),
    ],
)  # fmt: skip
def test_an_expectation_that_is_not_met(tmp_path: Path, expect: str, where: str, expected: str, got: str) -> None:
    (miss,) = misses(tmp_path, expect)

    assert (miss.expectation, miss.expected, miss.got) == (where, expected, got)
    assert (miss.place.text.name.rpartition("/")[2], miss.place.line) == ("tiny.cases.yaml", 6)


def test_words_that_must_never_be_said_are_shown_where_they_stand(tmp_path: Path) -> None:
    (miss,) = misses(tmp_path, "never_says: [Do  LOOK]")

    assert miss.expected == "never `Do LOOK`"
    assert "do look" in miss.got


def test_the_facts_that_decided_come_with_a_miss(tmp_path: Path) -> None:
    (miss,) = misses(tmp_path, "findings: {each: {does_not_apply: [arm]}}")

    assert miss.because == ("arm: the kind of injury (arm): bruise",)
    assert str(miss).splitlines()[0].endswith("tiny.cases.yaml:6: findings.each.does_not_apply")
    assert str(miss).splitlines()[1:] == [
        "  expected `arm`",
        "  got nothing",
        "  where the condition is: the kind of injury: bruise",
        "  because arm: the kind of injury (arm): bruise",
    ]


def test_outcomes_that_are_not_named_are_not_looked_at(tmp_path: Path) -> None:
    assert misses(tmp_path, "findings: {each: {applies: [arm]}}") == ()


def test_an_expectation_of_a_rule_that_is_not_in_force_fails(tmp_path: Path) -> None:
    later = rule("later", "always", more="from: 2030-01-01")
    (result,) = run(tmp_path, one_case("findings: {later: applies}"), later).results
    (miss,) = result.misses

    assert miss.expected == "this rule to be evaluated"
    assert miss.got == "that it never was: it is not in force: from 2030-01-01"
    assert result.reached == ()


OPEN, CLOSED = "2026-03-02T10:00Z", "2026-03-01T02:00Z"


@pytest.mark.parametrize(
    ("as_of", "expect"),
    [
        (OPEN, "{door: {state: open}}"),
        (OPEN, '{door: {state: open, phone: "01632 960001"}}'),
        (CLOSED, '{door: {state: closed, phone: "01632 960002"}}'),
    ],
)
def test_the_number_for_the_hour_is_as_expected(tmp_path: Path, as_of: str, expect: str) -> None:
    (result,) = local_case(tmp_path, f"contacts: {expect}", as_of).run().results
    assert result.passed, result.misses


@pytest.mark.parametrize(
    ("as_of", "expect", "where", "expected", "got"),
    [
        (OPEN, "{door: {state: closed}}", "contacts.door.state", "closed", "open (Monday 10:00)"),
        (CLOSED, "{door: {state: not_known}}", "contacts.door.state", "not_known", "closed (Sunday 02:00)"),
        (OPEN, '{door: {state: open, phone: "01632 960002"}}', "contacts.door.phone", "`01632 960002`",
         "`01632 960001`"),
        (CLOSED, "{door: {state: closed, phone: null}}", "contacts.door.phone", "no number", "`01632 960002`"),
        (OPEN, "{gate: {state: open}}", "contacts.gate", "open", "a contact whose hours nobody has given"),
        (OPEN, "{desk: {state: open}}", "contacts.desk", "open", "no action with this contact"),
    ],
)  # fmt: skip
def test_a_number_for_the_hour_that_is_another(
    tmp_path: Path, as_of: str, expect: str, where: str, expected: str, got: str
) -> None:
    (result,) = local_case(tmp_path, f"contacts: {expect}", as_of).run().results
    (miss,) = result.misses
    assert (miss.expectation, miss.expected, miss.got) == (where, expected, got)
