"""Decision 10: a quantifier's body reads its own record, the case and the subject; `other.` means the other records."""

from pathlib import Path

import pytest

from tests.packs.refused import codes
from tests.packs_in_text import Piece, definition, evaluate, load, outcomes, parameter, rule

STRANGER = definition("stranger_about", "{some: {of: person, where: {person.identified: false}}}")
FRESH = definition("fresh", "{injury.kind: bruise}", of="injury")
REFUSED: list[tuple[str, str, str, tuple[Piece, ...]]] = [
    ("another list", "incident", "{some: {of: injury, where: {person.identified: false}}}", ()),
    ("nested", "", "{some: {of: injury, where: {every: {of: person, where: {person.identified: true}}}}}", ()),
    ("nested count", "", "{some: {of: injury, where: {count: {of: person, is: {at_least: p}}}}}", ()),
    ("another record's definition", "", "{some: {of: person, where: fresh}}", (FRESH,)),
    ("no record at all", "", "{injury.kind: bruise}", ()),
    ("other outside", "person", "{other.identified: true}", ()),
]


@pytest.mark.parametrize(("name", "each", "when", "pieces"), REFUSED, ids=lambda value: value if value else "-")
def test_decision_10_no_second_record(
    name: str, each: str, when: str, pieces: tuple[Piece, ...], tmp_path: Path
) -> None:
    more = f"for_each: {each}" if each else ""
    found = codes(tmp_path, *pieces, parameter("p", "3"), rule("r", when, more=more))
    assert found == ["nested-quantifier" if name.startswith("nested") else "no-record-here"]


def test_decision_10_a_definition_of_the_child_may_quantify_inside(tmp_path: Path) -> None:
    load(tmp_path, STRANGER, rule("r", "{some: {of: injury, where: stranger_about}}"))


def test_decision_10_a_definition_of_a_record_that_quantifies_may_not(tmp_path: Path) -> None:
    seen = definition("seen", "{some: {of: person, where: {person.identified: true}}}", of="injury")
    assert codes(tmp_path, seen, rule("r", "{some: {of: injury, where: seen}}")) == ["nested-quantifier"]


def test_decision_10_over_the_own_list_it_means_the_others(tmp_path: Path) -> None:
    when = "{some: {of: person, where: {other.sex: male, person.sex: female}}}"
    rulebook = load(tmp_path, rule("r", when, more="for_each: person"))
    people = "people: [{id: a, sex: female}, {id: b, sex: male}]\nall_regular_people_recorded: true"
    assert outcomes(evaluate(rulebook, people)) == {"a": "applies", "b": "does_not_apply"}
    alone = "people: [{id: b, sex: male}]\nall_regular_people_recorded: true"
    own = load(tmp_path / "alone", rule("r", "{some: {of: person, where: {other.sex: male}}}", more="for_each: person"))
    assert outcomes(evaluate(own, alone)) == {"b": "does_not_apply"}
