"""The models of a case take nothing but what they say, and can never be changed (decision 44)."""

import copy
import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from safeguard_rules.case.case import Case
from safeguard_rules.case.child import Child
from safeguard_rules.values.dates import When
from safeguard_rules.values.special import NOT_YET

WHOLE: dict[str, Any] = {
    "child": {"id": "baby", "stage": "born", "born_on": "2026-01", "movements": ["crawls"]},
    "pregnancy": {"booked_on": "not_yet"},
    "people": [{"id": "mother", "relation": "mother", "history": []}],
    "injuries": [{"id": "cheek", "kind": "bruise", "noticed_on": "2026-03-02"}],
    "incidents": [{"id": "april", "by": "mother", "kinds": ["threats"]}],
    "evidence": {"child.movements": {"basis": "observed"}, "injuries": [{"basis": "recorded"}]},
    "extra": {"housing": {"damp": True, "rooms": [1, 2]}},
}


def test_everything_is_unknown_unless_it_is_given() -> None:
    case = Case()
    assert case.child is None
    assert case.injuries is None
    assert case.incomplete == ()
    assert Case.model_validate({"injuries": []}).injuries == ()


def test_a_case_is_made_from_plain_python() -> None:
    case = Case.model_validate(WHOLE)
    assert case.child is not None
    assert case.child.movements == ("crawls",)
    assert case.child.born_on == When.parse("2026-01")
    assert case.pregnancy is not None
    assert case.pregnancy.booked_on is NOT_YET
    assert case.evidence["child.movements"][0].basis == "observed"
    assert case.extra["housing"]["rooms"] == (1, 2)


def test_a_case_goes_through_json_and_back() -> None:
    case = Case.model_validate(WHOLE)
    assert Case.model_validate_json(case.model_dump_json()) == case
    assert Case.model_validate(case.model_dump()) == case
    assert pickle.loads(pickle.dumps(case)) == case
    assert copy.deepcopy(case) == case
    assert hash(case) == hash(copy.deepcopy(case))


@pytest.mark.parametrize(
    "child",
    [
        {"id": "baby", "disabled": "no"},
        {"id": "baby", "disabled": 0},
        {"id": "baby", "birth_weight": "3000"},
        {"id": "baby", "birth_weight": 3000.0},
        {"id": "baby", "birth_weight": True},
        {"id": "baby", "movements": "crawls"},
        {"id": "baby", "movements": {"crawls"}},
        {"id": "baby", "movements": ["crawl"]},
        {"id": "baby", "stage": "BORN"},
        {"id": "baby", "born_on": "yesterday"},
        {"id": "baby", "born_on": 2026},
        {"id": "baby", "born_on": "not_yet"},
        {"id": "baby", "name": "somebody"},
        {"id": 1},
        {},
    ],
)
def test_nothing_is_coerced_and_nothing_unknown_is_taken(child: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        Case.model_validate({"child": child})
    assert len(caught.value.errors()) == 1


@pytest.mark.parametrize("booked", ["notyet", "not yet", "not_applicable", 3, "2026-02-30"])
def test_a_wrong_date_or_not_yet_is_one_error(booked: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Case.model_validate({"pregnancy": {"booked_on": booked}})
    assert len(caught.value.errors()) == 1


@pytest.mark.parametrize("value", [1.5, {"deep": 1}, [1.5], [{"deep": 1}]])
def test_extensions_hold_no_fractions_and_no_mappings(value: object) -> None:
    with pytest.raises(ValidationError, match="whole number"):
        Case.model_validate({"extra": {"housing": {"damp": value}}})


def test_a_case_cannot_be_changed() -> None:
    case = Case.model_validate(WHOLE)
    assert case.child is not None
    with pytest.raises(ValidationError, match="frozen"):
        case.child.stage = "unborn"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        case.injuries = None  # type: ignore[misc]
    with pytest.raises(TypeError):
        case.evidence["child.stage"] = ()  # type: ignore[index]
    with pytest.raises(TypeError):
        case.extra["housing"]["damp"] = False  # type: ignore[index]


def test_what_was_handed_in_can_be_changed_without_harm() -> None:
    movements = ["crawls"]
    case = Case.model_validate({"child": {"id": "baby", "movements": movements}})
    movements.append("walks")
    assert case.child is not None
    assert case.child.movements == ("crawls",)


def test_a_copy_with_an_update_is_checked() -> None:
    child = Child(id="baby")
    assert child.model_copy(update={"stage": "born"}).stage == "born"
    with pytest.raises(ValidationError):
        child.model_copy(update={"stage": "gone"})
    with pytest.raises(ValidationError):
        child.model_copy(update={"nonsense": 1})
    case = Case.model_validate({"people": [{"id": "mother"}]})
    with pytest.raises(ValidationError, match="everybody is said to be recorded"):
        case.model_copy(update={"people": None, "all_regular_people_recorded": True})
    assert case.model_copy() == case


def test_instances_are_looked_at_again() -> None:
    wrong: dict[str, Any] = {"id": "baby", "stage": "gone"}
    sneaked = Child.model_construct(**wrong)
    with pytest.raises(ValidationError):
        Case(child=sneaked)


def test_the_schema_can_be_published() -> None:
    schema = Case.model_json_schema()
    kind = schema["$defs"]["Injury"]["properties"]["kind"]
    assert kind["fact"]["phrase"] == "the kind of injury"
    assert schema["properties"]["injuries"]["records"]["singular"] == "injury"
    assert "as_of" not in schema["properties"]
    booked = schema["$defs"]["Pregnancy"]["properties"]["booked_on"]["anyOf"]
    assert [form.get("const", form.get("type")) for form in booked] == ["not_yet", "string", "null"]
    assert booked[1]["pattern"]
