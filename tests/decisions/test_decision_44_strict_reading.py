"""Decision 44: reading is strict, and what was read cannot be changed."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from safeguard_rules import Case
from safeguard_rules.errors import CaseError
from tests.packs.refused import case_codes, codes
from tests.packs_in_text import case, definition, load, rule

COERCIONS = [
    ("child: {id: baby, disabled: no}", "not-a-boolean"),
    ("child: {id: baby, disabled: 'true'}", "quoted"),
    ("child: {id: baby, disabled: 1}", "not-a-boolean"),
    ("child: {id: baby, birth_weight: '2500'}", "quoted"),
    ("child: {id: baby, birth_weight: 2500.0}", "not-a-whole-number"),
    ("child: {id: baby, birth_weight: 0x9C4}", "not-a-whole-number"),
    ("child: {id: baby, stage: Born}", "unknown-word"),
    ("child: {id: baby, movements: crawls}", "wrong-shape"),
]


@pytest.mark.parametrize(("told", "code"), COERCIONS)
def test_decision_44_nothing_is_turned_into_something_else(told: str, code: str) -> None:
    assert case_codes(told) == [code]


@pytest.mark.parametrize("text", ["status: open\nstatus: closed\nchild: {id: a}", "child: {id: a, id: b}"])
def test_decision_44_no_double_keys_in_yaml(text: str) -> None:
    assert case_codes(text) == ["double-key"]


def test_decision_44_no_double_keys_in_json() -> None:
    with pytest.raises(CaseError) as raised:
        Case.from_json('{"child": {"id": "a", "stage": "born", "stage": null}}')
    assert [issue.code for issue in raised.value.issues] == ["double-key"]


def test_decision_44_ids_are_unique_and_references_resolve() -> None:
    assert case_codes("people: [{id: a}, {id: a}]") == ["double-id"]
    assert case_codes("people: [{id: a}]\nincidents: [{id: i, by: b}]") == ["unknown-id"]


def test_decision_44_a_case_cannot_be_changed() -> None:
    read = case("people: [{id: a, history: [violence]}]\nevidence: {'people[a].history': {basis: recorded}}")
    assert read.people is not None
    with pytest.raises(ValidationError):
        read.people[0].sex = "male"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        read.people.append(read.people[0])  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        read.evidence["child.stage"] = ()  # type: ignore[index]
    assert isinstance(read.people[0].history, tuple)


@pytest.mark.parametrize("value", ["yes", "on", "True", "'true'", "1"])
def test_decision_44_packs_are_read_as_strictly(value: str, tmp_path: Path) -> None:
    assert codes(tmp_path, rule("r", f"{{child.disabled: {value}}}")) == ["wrong-test"]
    unknown = f"while_unknown: {{value: {value}, cites: [ours/choice]}}"
    assert len(codes(tmp_path / "d", definition("d", "always", more=unknown))) == 1


def test_decision_44_content_is_frozen(tmp_path: Path) -> None:
    content = load(tmp_path, rule("r", "always")).content
    with pytest.raises(AttributeError):
        content.rules["tiny:r"].forms[0].title = "Another"  # type: ignore[misc]
