"""Decision 5: sets can be incomplete like lists; a bare list on a set and empty conditions are load errors."""

from pathlib import Path

import pytest

from tests.packs.refused import case_codes, codes
from tests.packs_in_text import evaluate, load, outcome, rule

SETS = [
    ("movements: [sits]", "does_not_apply"),
    ("movements: [sits], incomplete: [movements]", "undetermined"),
    ("movements: [sits, crawls], incomplete: [movements]", "applies"),
    ("movements: []", "does_not_apply"),
    ("disabled: false", "undetermined"),
]


@pytest.mark.parametrize(("told", "expected"), SETS)
def test_decision_05_an_incomplete_set_rules_nothing_out(told: str, expected: str, tmp_path: Path) -> None:
    rulebook = load(tmp_path, rule("r", "{child.movements: {includes: crawls}}"))
    assert outcome(evaluate(rulebook, f"child: {{id: baby, stage: born, {told}}}")) == expected


def test_decision_05_a_set_of_the_case_is_incomplete_by_its_own_list(tmp_path: Path) -> None:
    rulebook = load(tmp_path, rule("r", "{case.vulnerabilities: {includes: poverty}}"))
    assert outcome(evaluate(rulebook, "vulnerabilities: [neglect]")) == "does_not_apply"
    assert outcome(evaluate(rulebook, "vulnerabilities: [neglect]\nincomplete: [vulnerabilities]")) == "undetermined"


REFUSED = [
    ("{child.movements: [crawls]}", "bare-list-on-set"),
    ("{all: []}", "empty-condition"),
    ("{any: []}", "empty-condition"),
    ("{}", "empty-condition"),
    ("{child.movements: {}}", "empty-condition"),
    ("{child.movements: {includes_any: []}}", "empty-condition"),
    ("{case.plan: []}", "empty-condition"),
]


@pytest.mark.parametrize(("when", "code"), REFUSED)
def test_decision_05_what_says_nothing_does_not_load(when: str, code: str, tmp_path: Path) -> None:
    assert codes(tmp_path, rule("r", when)) == [code]


WRONG = [
    "child: {id: baby, incomplete: [movements]}",
    "child: {id: baby, movements: [sits], incomplete: [injuries]}",
    "incomplete: [injuries]",
    "injuries: [{id: cheek, kind: bruise, incomplete: [kind]}]",
]


@pytest.mark.parametrize("told", WRONG)
def test_decision_05_only_what_is_given_there_can_be_incomplete(told: str) -> None:
    assert case_codes(told) == ["wrong-incomplete"]
