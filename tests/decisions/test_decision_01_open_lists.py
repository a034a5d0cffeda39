"""Decision 1: an open list has one more, unseen record, all of whose fields are unknown."""

from pathlib import Path

import pytest

from tests.packs_in_text import asked, evaluate, load, outcome, parameter, rule

BODIES = {
    "b_false": "never",
    "b_unknown": "{injury.kind: bruise}",
    "b_true": "always",
}
LISTS = {
    "closed": "injuries: []",
    "absent": "",
    "one_certain": "injuries: [{id: a, kind: bruise}]\nincomplete: [injuries]",
    "one_other": "injuries: [{id: a, kind: bite}]\nincomplete: [injuries]",
}
TABLE = [
    # operator, body, list, outcome
    ("some", "b_false", "closed", "does_not_apply"),
    ("some", "b_unknown", "closed", "does_not_apply"),
    ("some", "b_true", "closed", "does_not_apply"),
    ("some", "b_false", "absent", "does_not_apply"),
    ("some", "b_unknown", "absent", "undetermined"),
    ("some", "b_true", "absent", "undetermined"),
    ("some", "b_unknown", "one_certain", "applies"),
    ("some", "b_unknown", "one_other", "undetermined"),
    ("some", "b_false", "one_certain", "does_not_apply"),
    ("every", "b_false", "closed", "applies"),
    ("every", "b_unknown", "closed", "applies"),
    ("every", "b_false", "absent", "undetermined"),
    ("every", "b_unknown", "absent", "undetermined"),
    ("every", "b_true", "absent", "applies"),
    ("every", "b_unknown", "one_certain", "undetermined"),
    ("every", "b_unknown", "one_other", "does_not_apply"),
    ("every", "b_true", "one_other", "applies"),
]


@pytest.mark.parametrize(("operator", "body", "given", "expected"), TABLE)
def test_decision_01_quantifiers_over_open_lists(
    tmp_path: Path, operator: str, body: str, given: str, expected: str
) -> None:
    book = load(tmp_path, rule("r", f"{{{operator}: {{of: injury, where: {BODIES[body]}}}}}"))
    assert outcome(evaluate(book, LISTS[given])) == expected


def test_decision_01_a_case_fact_decides_inside_an_open_list(tmp_path: Path) -> None:
    where = "{all: [{injury.kind: bruise}, {child.disabled: true}]}"
    book = load(tmp_path, rule("r", f"{{some: {{of: injury, where: {where}}}}}"))
    assert outcome(evaluate(book, "child: {id: baby, stage: born, disabled: false}")) == "does_not_apply"
    assert outcome(evaluate(book, "child: {id: baby, stage: born, disabled: true}")) == "undetermined"


def test_decision_01_people_are_open_unless_all_are_said_to_be_recorded(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{some: {of: person, where: {person.identified: false}}}"))
    known = "people: [{id: mother, identified: true}]\n"
    assert outcome(evaluate(book, known)) == "undetermined"
    assert outcome(evaluate(book, known + "all_regular_people_recorded: false")) == "undetermined"
    assert outcome(evaluate(book, known + "all_regular_people_recorded: true")) == "does_not_apply"


def test_decision_01_the_unseen_record_is_asked_for_as_a_list(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{some: {of: injury, where: {injury.kind: bruise}}}"), parameter("n", "1"))
    assert asked(evaluate(book)) == ["injuries"]
    assert asked(evaluate(book, "injuries: [{id: a, kind: bite}]\nincomplete: [injuries]")) == ["injuries"]
    assert asked(evaluate(book, "injuries: [{id: a}]")) == ["injuries[a].kind"]
