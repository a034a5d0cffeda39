"""The complete case and the complete family under `examples/` use everything that a case and a family can hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from safeguard_rules.case.case import Case
from safeguard_rules.case.document import CaseDocument
from safeguard_rules.case.evidence import Basis, Evidence, WhyUnknown
from safeguard_rules.case.family import Family
from safeguard_rules.case.family_contents import FamilyContents, FamilyDocument
from safeguard_rules.case.reading import read_case_file
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.nodes import Node
from safeguard_rules.results import Problem
from safeguard_rules.source import Issue
from safeguard_rules.values.dates import When
from safeguard_rules.values.special import NOT_YET
from tests.language_keys import Key, fields, keys_in, models_in

EXAMPLES = Path(__file__).parents[1] / "examples"
CASE = EXAMPLES / "complete-case.yaml"
FAMILY = EXAMPLES / "complete-family.yaml"
CASES = sorted([*EXAMPLES.glob("*.yaml"), *(EXAMPLES / "stories").glob("*.yaml")])

ONLY_WITH_AN_EXTENSION = {("Lists", "extra")}

# What the data of an example may be told: a number that nobody has rung, and an assessment finished before the birth.
TOLD = {"contact-not-checked", "before-birth", "accounts-conflict", "disputed"}


def tree(path: Path) -> Node:
    issues: list[Issue] = []
    text = read_text(path, issues)
    node = read_node(text, issues) if text is not None else None
    assert node is not None
    return node


def keys_of(root: type[BaseModel]) -> set[Key]:
    """Every key of a file, and of every mapping in it."""
    found: set[type[BaseModel]] = set()
    waiting = [root]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting.extend(each for _, annotation in fields(model).values() for each in models_in(annotation))
    return {key for model in found for key, _ in fields(model).values()}


def values(part: object) -> Iterator[object]:
    """Every value in a model, also inside lists and mappings."""
    if isinstance(part, BaseModel):
        for _, value in part:
            yield from values(value)
    elif isinstance(part, tuple):
        for item in part:
            yield from values(item)
    elif part is not None:
        yield part


@pytest.fixture(scope="module")
def case() -> Case:
    return Case.read(CASE)


@pytest.fixture(scope="module")
def evidence(case: Case) -> list[Evidence]:
    return [each for entries in case.evidence.values() for each in entries]


def test_every_key_of_a_case_is_used() -> None:
    assert keys_of(CaseDocument) - set(keys_in(tree(CASE), CaseDocument)) == ONLY_WITH_AN_EXTENSION


def test_every_key_that_only_a_family_has_is_used() -> None:
    own = keys_of(FamilyDocument) - keys_of(CaseDocument)
    used = set(keys_in(tree(FAMILY), FamilyDocument))
    assert own
    assert sorted(own - used) == []


def test_every_way_of_knowing_and_not_knowing_is_used(evidence: list[Evidence]) -> None:
    assert {each.basis for each in evidence if each.basis} == set(get_args(Basis))
    assert {each.why for each in evidence if each.why} == set(get_args(WhyUnknown))
    assert any(each.accounts for each in evidence)
    assert any(each.disputed for each in evidence)


def test_evidence_is_on_a_fact_a_record_and_each_part_of_the_case(case: Case) -> None:
    assert {"child.movements", "case.plan", "injuries[cheek].explanation", "people[visitor]"} <= case.evidence.keys()
    assert any(len(entries) > 1 for entries in case.evidence.values())


def test_dates_of_every_sort_are_used(case: Case) -> None:
    found = list(values(case))
    dates = [value for value in found if isinstance(value, When)]
    assert {len(when.text) for when in dates} >= {4, 7, 10}
    assert any(when.instant is not None for when in dates)
    assert NOT_YET in found


def test_the_family_gives_a_case_for_each_child() -> None:
    family = Family.read(FAMILY)
    baby, brother = family.cases()
    assert [person.relation for person in baby.people or ()] == ["mother", "father"]
    assert [person.relation for person in brother.people or ()] == ["mother", "parents_partner"]
    assert [contact.id for contact in brother.contacts or ()] == ["visit", "nursery"]
    assert FamilyContents.model_fields["children"].is_required()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_example_says_for_which_day_and_its_evaluation_shows_no_slip_in_it(path: Path) -> None:
    file = read_case_file(path)
    assert file.header.as_of is not None
    rulebook = Rulebook.load(locality=file.header.locality)
    cases = [file.case] if isinstance(file.case, Case) else file.case.cases()
    problems: list[Problem] = []
    for each in cases:
        problems.extend(rulebook.evaluate(each, as_of=file.header.as_of, role=file.header.role).problems)
    assert {problem.code for problem in problems} <= TOLD
