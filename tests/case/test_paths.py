"""Paths: reading them, what stands there, and which are known."""

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.case.paths import CasePath, is_complete, iter_paths, parse_path, value_at
from safeguard_rules.errors import CallError
from safeguard_rules.values.special import NOT_YET

CASE = Case.model_validate(
    {
        "child": {"id": "baby", "stage": "born", "movements": []},
        "pregnancy": {"booked_on": "not_yet"},
        "plan": "no_plan",
        "people": [{"id": "mother", "lives_with_child": False}],
        "injuries": [{"id": "cheek", "kind": "bruise"}, {"id": "arm"}],
        "moves": [],
        "concerns": [{"id": "one"}],
        "incomplete": ["concerns"],
        "extra": {"housing": {"damp": True, "rooms": None}},
    }
)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("child.movements", CasePath("child", None, "movements")),
        ("case.plan", CasePath("case", None, "plan")),
        ("pregnancy.booked_on", CasePath("pregnancy", None, "booked_on")),
        ("injuries", CasePath("injuries")),
        ("injuries[cheek]", CasePath("injuries", "cheek")),
        ("injuries[cheek.2].kind", CasePath("injuries", "cheek.2", "kind")),
        ("extra.housing.damp", CasePath("extra", "housing", "damp")),
    ],
)
def test_a_path_is_read_and_written(text: str, path: CasePath) -> None:
    assert parse_path(text) == path
    assert str(path) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "child",
        "child.age",
        "child.id",
        "plan",
        "injury.kind",
        "injuries[].kind",
        "injuries[a].size",
        "done",
        "injuries.kind",
        "bruises[a].kind",
        "child[a].stage",
        "extra.housing",
        "case.injuries",
        "injuries[a].kind ",
    ],
)
def test_what_no_case_can_have_is_no_path(text: str) -> None:
    assert parse_path(text) is None
    with pytest.raises(CallError, match="is not the path of a fact"):
        value_at(CASE, text)


def test_values_are_found_at_their_paths() -> None:
    assert value_at(CASE, "child.stage") == "born"
    assert value_at(CASE, "child.movements") == ()
    assert value_at(CASE, "child.born_on") is None
    assert value_at(CASE, "pregnancy.booked_on") is NOT_YET
    assert value_at(CASE, "people[mother].lives_with_child") is False
    assert value_at(CASE, "people[uncle].lives_with_child") is None
    assert value_at(CASE, "injuries[cheek]").kind == "bruise"
    assert value_at(CASE, "moves") == ()
    assert value_at(CASE, "concerns") is None
    assert value_at(CASE, "sleeps") is None
    assert value_at(CASE, "extra.housing.damp") is True
    assert value_at(Case(), "child.stage") is None


def test_all_that_is_known_has_a_path() -> None:
    assert list(iter_paths(CASE)) == [
        "case.plan",
        "child.stage",
        "child.movements",
        "pregnancy.booked_on",
        "people[mother]",
        "people[mother].lives_with_child",
        "injuries",
        "injuries[cheek]",
        "injuries[cheek].kind",
        "injuries[arm]",
        "moves",
        "concerns[one]",
        "extra.housing.damp",
    ]
    assert list(iter_paths(Case())) == []


def test_people_are_complete_only_if_somebody_asked() -> None:
    people = [{"id": "mother"}]
    assert not is_complete(Case.model_validate({"people": people}), "people")
    recorded = {"people": people, "all_regular_people_recorded": True}
    assert is_complete(Case.model_validate(recorded), "people")
    assert not is_complete(Case.model_validate({**recorded, "all_regular_people_recorded": False}), "people")
