"""Decision 35: evidence is on a field, a record's existence or a list's completeness; without any it is not said."""

from pathlib import Path

import pytest

from tests.packs_in_text import evaluate, finding, load, parameter, rule

TOLD = "{basis: told_by_carer}"
BRUISE = "{injury.kind: bruise}"
SOME = f"{{some: {{of: injury, where: {BRUISE}}}}}"
EVERY = f"{{every: {{of: injury, where: {BRUISE}}}}}"
COUNT = f"{{count: {{of: injury, where: {BRUISE}, is: {{at_least: one}}}}}}"


def rests(tmp_path: Path, when: str, given: str) -> tuple[str, bool, tuple[str, ...]]:
    book = load(tmp_path, rule("r", when), parameter("one", "1"))
    only = finding(evaluate(book, given))
    return only.outcome, only.rests_on_carer, only.carer_paths


ONE = "injuries: [{id: a, kind: bruise}]\n"
BITE = "injuries: [{id: a, kind: bite}]\n"
ON_RECORD = f'evidence: {{"injuries[a]": {TOLD}}}'
ON_LIST = f"evidence: {{injuries: {TOLD}}}"


@pytest.mark.parametrize(
    ("when", "given", "expected"),
    [
        # a record whose existence is removed may be there: min(U, body) for some and count, max(U, not) for every
        (SOME, ONE + ON_RECORD, ("applies", True, ("injuries[a]",))),
        (SOME, BITE + ON_RECORD, ("does_not_apply", False, ())),
        (EVERY, ONE + ON_RECORD, ("applies", False, ())),
        (EVERY, BITE + ON_RECORD, ("does_not_apply", True, ("injuries[a]",))),
        (COUNT, ONE + ON_RECORD, ("applies", True, ("injuries[a]",))),
        # a list whose completeness is removed is open
        (SOME, BITE + ON_LIST, ("does_not_apply", True, ("injuries",))),
        (SOME, ONE + ON_LIST, ("applies", False, ())),
        (EVERY, ONE + ON_LIST, ("applies", True, ("injuries",))),
        (COUNT, BITE + ON_LIST, ("does_not_apply", True, ("injuries",))),
        (COUNT, ONE + ON_LIST, ("applies", False, ())),
    ],
)
def test_decision_35_existence_and_completeness(
    tmp_path: Path, when: str, given: str, expected: tuple[str, bool, tuple[str, ...]]
) -> None:
    assert rests(tmp_path, when, given) == expected


def test_decision_35_a_subject_whose_existence_rests_on_the_carer(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", BRUISE, more="for_each: injury"))
    only = finding(evaluate(book, ONE + ON_RECORD))
    assert (only.outcome, only.rests_on_carer, only.carer_paths) == ("applies", True, ("injuries[a]",))


def test_decision_35_people_are_complete_by_the_fact_that_says_so(tmp_path: Path) -> None:
    given = "people: [{id: aunt, identified: true}]\nall_regular_people_recorded: true\n"
    told = given + f"evidence: {{case.all_regular_people_recorded: {TOLD}}}"
    when = "{some: {of: person, where: {person.identified: false}}}"
    assert rests(tmp_path / "1", when, told)[:2] == ("does_not_apply", True)
    assert rests(tmp_path / "2", when, given)[:2] == ("does_not_apply", False)


def test_decision_35_no_evidence_is_not_said(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.disabled: true}"))
    only = finding(evaluate(book, "child: {id: baby, stage: born, disabled: true}"))
    assert (only.rests_on_carer, only.why[0].known_by) == (False, None)
    told = finding(
        evaluate(
            book,
            "child: {id: baby, stage: born, disabled: true}\n"
            "evidence: {child.disabled: {basis: observed, by: midwife, known_on: 2026-02-01}}",
        )
    )
    assert told.why[0].known_by == "seen by a practitioner (midwife, 2026-02-01)"
