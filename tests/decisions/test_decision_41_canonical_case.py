"""Decision 41: what counts in the canonical form of a case, and what does not."""

from pathlib import Path

import pytest

from safeguard_rules import Case
from tests.packs_in_text import evaluate, load, rule

BASE = """child: {id: baby, stage: born, movements: [sits, crawls]}
injuries: [{id: b, kind: bite}, {id: a, kind: bruise}]
"""

SAME = {
    "records by id": BASE.replace(
        "{id: b, kind: bite}, {id: a, kind: bruise}", "{id: a, kind: bruise}, {id: b, kind: bite}"
    ),
    "sets sorted": BASE.replace("[sits, crawls]", "[crawls, sits]"),
    "null left out": BASE.replace("stage: born,", "stage: born, born_on: null,"),
    "the order of keys": BASE.replace("id: baby, stage: born", "stage: born, id: baby"),
    "comments and layout": "# a comment\n" + BASE.replace("kind: bite", '"kind": "bite"'),
    "line ends": BASE.replace("\n", "\r\n"),
    "as_of, locality and role": "as_of: 2026-03-02\nlocality: wiltshire\nrole: midwife\n" + BASE,
}
OTHER = {
    "an empty list is kept": BASE + "incidents: []\n",
    "a value": BASE.replace("bite", "bruise"),
    "incomplete": BASE + "incomplete: [injuries]\n",
    "a label": BASE.replace("id: b,", "id: b, label: on the arm,"),
    "evidence": BASE + 'evidence: {"injuries[a].kind": {basis: observed}}\n',
    "a date as it is given": BASE.replace("id: b,", "id: b, noticed_on: 2026-02,"),
}


def digest(text: str) -> str:
    return Case.from_yaml(text).digest()


@pytest.mark.parametrize("named", SAME)
def test_decision_41_what_does_not_count(named: str) -> None:
    assert digest(SAME[named]) == digest(BASE)


@pytest.mark.parametrize("named", OTHER)
def test_decision_41_what_counts(named: str) -> None:
    assert digest(OTHER[named]) != digest(BASE)


def test_decision_41_yaml_and_json_of_one_case_are_one_case() -> None:
    json = (
        '{"child": {"id": "baby", "stage": "born", "movements": ["sits", "crawls"]},'
        ' "injuries": [{"id": "b", "kind": "bite"}, {"id": "a", "kind": "bruise"}]}'
    )
    assert Case.from_json(json).digest() == digest(BASE)


def test_decision_41_the_digest_names_the_form_and_is_in_the_record(tmp_path: Path) -> None:
    found = evaluate(load(tmp_path, rule("r", "always")), BASE)
    assert found.record.case == digest(BASE)
    assert found.record.case.startswith("sha256:canonical-1:")
    assert (found.record.as_of, found.record.locality, found.record.role) == ("2026-03-02", None, None)


def test_decision_41_results_do_not_depend_on_what_does_not_count(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("r", "{injury.kind: bruise}", more="for_each: injury"),
        rule("s", "{child.movements: {includes: crawls}}"),
    )
    expected = evaluate(book, BASE)
    for name in ("sets sorted", "null left out", "the order of keys", "line ends"):
        assert evaluate(book, SAME[name]).to_json() == expected.to_json()
