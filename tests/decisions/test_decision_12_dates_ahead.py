"""Decision 12: a past date that lies ahead is read as unknown, with a problem and a question."""

from pathlib import Path

from tests.packs_in_text import asked, evaluate, load, outcome, parameter, question, rule


def test_decision_12_a_birth_that_lies_ahead_is_unknown_and_asked_for(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.age: {less_than: half}}"), parameter("half", "6 months"))
    found = evaluate(book, "child: {id: baby, stage: born, born_on: 2026-12-01}")
    assert outcome(found) == "undetermined"
    assert [(problem.code, problem.path) for problem in found.problems] == [("date-ahead", "child.born_on")]
    assert question(found, "child.born_on").why_unknown == "after as_of"


def test_decision_12_one_slip_leaves_the_rest_of_the_case_alone(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("r", "{child.age: {less_than: half}}"),
        rule("s", "{child.disabled: true}"),
        parameter("half", "6 months"),
    )
    found = evaluate(book, "child: {id: baby, stage: born, born_on: 2062-01-01, disabled: true}")
    assert outcome(found, "s") == "applies"


def test_decision_12_a_partial_date_that_may_be_past_is_believed_as_far_as_it_can_be(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.age: {less_than: half}}"), parameter("half", "6 months"))
    found = evaluate(book, "child: {id: baby, stage: born, born_on: 2026-03}")
    assert (outcome(found), found.problems, asked(found)) == ("applies", (), [])


def test_decision_12_dates_that_may_lie_ahead_are_no_problem(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("r", "{some: {of: contact, where: {contact.happens_on: {within_next: half}}}}"),
        parameter("half", "6 months"),
    )
    found = evaluate(book, "contacts: [{id: a, happens_on: 2026-05-01}]")
    assert (outcome(found), found.problems) == ("applies", ())
