"""What was known is taken back by its path, with the evidence for it and for what stands under it."""

import pytest

from safeguard_rules.case.taking_back import is_path, take_back
from tests.case.test_learning import node, plain

KNOWN = """\
plan: early_help
child: {id: baby, stage: born, movements: [sits], incomplete: [movements]}
people: [{id: mother}, {id: father, history: [violence], incomplete: [history]}]
injuries: [{id: cheek, kind: bruise}]
incomplete: [people]
extra: {parking: {spaces: 1}}
evidence:
  case.plan: {by: a}
  child.movements: {by: b}
  'people[father]': {by: c}
  'people[father].history': {by: d}
  injuries: {by: e}
  'injuries[cheek].kind': {by: f}
"""
FAMILY = """\
children:
  - {child: {id: ada, stage: born}, injuries: [{id: cheek}], evidence: {'injuries[cheek]': {by: a}}}
  - {child: {id: ben}}
people: [{id: man, for_children: {ada: {relation: father, sees_child: never}, ben: {relation: other}}}]
plan: no_plan
"""


def without(path: str, known: str = KNOWN) -> dict[str, object]:
    found = take_back(node(known), path)
    assert found is not None
    told = plain(found)
    assert isinstance(told, dict)
    return told


def test_a_fact_goes_with_its_evidence_and_is_no_longer_called_incomplete() -> None:
    found = without("people[father].history")
    assert found["people"] == [{"id": "mother"}, {"id": "father", "incomplete": []}]
    assert "people[father].history" not in str(found["evidence"])
    assert "people[father]" in str(found["evidence"])


def test_a_fact_of_the_child_and_of_the_case() -> None:
    assert without("child.movements")["child"] == {"id": "baby", "stage": "born", "incomplete": []}
    assert "plan" not in without("case.plan")
    assert "case.plan" not in str(without("case.plan")["evidence"])


def test_a_record_goes_with_all_that_is_under_it() -> None:
    found = without("people[father]")
    assert found["people"] == [{"id": "mother"}]
    assert "father" not in str(found["evidence"])


def test_a_list_becomes_unknown() -> None:
    found = without("injuries")
    assert "injuries" not in found
    assert "injuries" not in str(found["evidence"])
    assert without("people")["incomplete"] == []


def test_a_fact_of_an_extension() -> None:
    assert without("extra.parking.spaces")["extra"] == {"parking": {}}


def test_what_one_child_of_a_family_has() -> None:
    assert without("children[ada].child.stage", FAMILY)["children"][0]["child"] == {"id": "ada"}  # type: ignore[index]
    assert "cheek" not in str(without("children[ada].injuries[cheek]", FAMILY)["children"])
    assert "plan" not in without("case.plan", FAMILY)


def test_what_a_shared_record_says_for_one_child() -> None:
    people = without("children[ada].people[man].sees_child", FAMILY)["people"]
    assert people == [{"id": "man", "for_children": {"ada": {"relation": "father"}, "ben": {"relation": "other"}}}]


@pytest.mark.parametrize(
    "path", ["child.born_on", "people[uncle]", "people[mother].history", "moves", "extra.parking.x", "extra.x.y"]
)
def test_what_was_not_known_cannot_be_taken_back(path: str) -> None:
    assert take_back(node(KNOWN), path) is None
    assert is_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "children[eve].case.plan",
        "children[ben].child.stage",
        "children[ada].people[man].history",
        "children[ada].moves",
    ],
)
def test_nor_what_was_not_known_of_one_child(path: str) -> None:
    assert take_back(node(FAMILY), path) is None


@pytest.mark.parametrize("path", ["child.sage", "plan", "injuries[cheek].size", "children[ada].plan", ""])
def test_what_no_case_can_have_is_no_path(path: str) -> None:
    assert take_back(node(KNOWN), path) is None
    assert not is_path(path)
