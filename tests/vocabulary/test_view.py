"""What the rules see of a case."""

from typing import Any

import pytest

from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import NOT_APPLICABLE, NOT_YET
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.view import CaseView
from tests.vocabulary.looked_at import MOTHER, closed, look

CHEEK = {"id": "cheek", "label": "left cheek", "kind": "bruise", "noticed_on": "2026-03-02"}
BOTH = frozenset({"unborn", "born"})
BORN = frozenset({"born"})


def value(seen: CaseView, path: str) -> object:
    located = seen.locate(path)
    assert located is not None, path
    return seen.value(*located)


VALUES = [
    ({"child": {"disabled": True}}, "child.disabled", True),
    ({"plan": "looked_after"}, "case.plan", "looked_after"),
    ({"child": {"birth_weight": 2100}}, "child.birth_weight", 2100),
    ({"child": {"gestation_at_birth": "36 weeks"}}, "child.gestation_at_birth", Duration.parse("36 weeks")),
    ({"child": {"movements": []}}, "child.movements", closed()),
    ({"child": {"movements": ["crawls"]}}, "child.movements", closed("crawls")),
    (
        {"child": {"movements": ["crawls"], "incomplete": ["movements"]}},
        "child.movements",
        Members(frozenset({"crawls"}), None),
    ),
    ({"vulnerabilities": [], "incomplete": ["vulnerabilities"]}, "case.vulnerabilities", Members(frozenset(), None)),
    ({}, "child.movements", None),
    ({}, "case.plan", None),
    ({}, "pregnancy.concealed", None),
    ({"pregnancy": {"booked_on": "not_yet"}}, "pregnancy.booked_on", NOT_YET),
    ({"injuries": [CHEEK]}, "injuries[cheek].kind", "bruise"),
    ({"injuries": [CHEEK]}, "injuries[cheek].id", "cheek"),
    ({"injuries": [CHEEK]}, "injuries[cheek].recorded_as", None),
    ({"people": [MOTHER], "incidents": [{"id": "row", "by": "mother"}]}, "incidents[row].by", "mother"),
    ({"people": [MOTHER], "contacts": [{"id": "c", "present": ["mother"]}]}, "contacts[c].present", closed("mother")),
    ({"contacts": [{"id": "c", "happens_on": "2027-01-01"}]}, "contacts[c].happens_on", When.parse("2027-01-01")),
]


@pytest.mark.parametrize(("given", "path", "expected"), VALUES)
def test_values(given: dict[str, Any], path: str, expected: object) -> None:
    assert value(look(given), path) == expected


def test_a_past_date_is_cut_at_the_day_of_the_evaluation() -> None:
    seen = look({"injuries": [CHEEK | {"noticed_on": "2026"}]})
    cut = value(seen, "injuries[cheek].noticed_on")
    assert isinstance(cut, When)
    assert (str(cut.first), str(cut.last)) == ("2026-01-01", "2026-03-10")


def test_a_past_date_ahead_is_unknown_and_a_problem() -> None:
    seen = look({"injuries": [CHEEK | {"noticed_on": "2026-04-02"}]})
    assert value(seen, "injuries[cheek].noticed_on") is None
    assert seen.unknown_reason("injuries[cheek].noticed_on") == "after as_of"
    assert [(each.code, each.path) for each in seen.problems] == [("date-ahead", "injuries[cheek].noticed_on")]


STAGES = [
    ({"stage": "unborn"}, {"unborn"}, T),
    ({"stage": "unborn"}, {"born"}, F),
    ({"stage": "born"}, {"born", "has_died"}, T),
    ({"stage": None}, {"born"}, U),
    ({"stage": None}, {"born", "unborn", "has_died"}, T),
    ({"stage": None, "born_on": "2026-03-01"}, {"unborn"}, F),
    ({"stage": None, "born_on": "2026-03-01"}, {"born"}, U),
    ({"stage": None, "born_on": "2026-03-01"}, {"born", "has_died"}, T),
    ({"stage": None, "born_on": "2026-03-10"}, {"unborn"}, F),
    ({"stage": None, "born_on": "2026-03"}, {"unborn"}, U),
    ({"stage": None, "born_on": "2026-05-01"}, {"unborn"}, U),
    ({"stage": "unborn", "born_on": "2026-03-01"}, {"unborn"}, F),
    ({"stage": "unborn", "born_on": "2026-03-01"}, {"born"}, U),
    ({"stage": None, "expected_on": "2026-01-01"}, {"unborn"}, U),
]


@pytest.mark.parametrize(("child", "stages", "truth"), STAGES)
def test_decision_17_stage(child: dict[str, Any], stages: set[str], truth: Truth) -> None:
    assert look({"child": child}).stage_truth(frozenset(stages)) == truth


def test_decision_17_a_birth_contradicts_unborn() -> None:
    seen = look({"child": {"stage": "unborn", "born_on": "2026-03-01"}})
    assert seen.stage is None
    assert value(seen, "child.stage") is None
    assert seen.unknown_reason("child.stage") == "conflicting"
    assert [each.code for each in seen.problems] == ["stage-contradicts-birth"]


NOT_THERE = [
    ({"stage": "unborn"}, "child.movements"),
    ({"stage": "has_died", "movements": ["crawls"]}, "child.movements"),
    ({"stage": "born", "expected_on": "2026-03-01"}, "child.expected_on"),
    ({"stage": None, "born_on": "2026-03-01", "expected_on": "2026-03-01"}, "child.expected_on"),
]


@pytest.mark.parametrize(("child", "path"), NOT_THERE)
def test_a_fact_outside_its_stage_is_not_applicable_and_not_missing(child: dict[str, Any], path: str) -> None:
    seen = look({"child": child})
    assert value(seen, path) is NOT_APPLICABLE
    located = seen.locate(path)
    assert located is not None
    assert seen.derive(*located).missing == ()


def test_for_stages_is_strict_only_where_the_stage_matters() -> None:
    seen = look({"child": {"stage": None, "movements": []}})
    assert value(seen, "child.movements") == closed()
    assert value(seen.for_stages(BORN), "child.movements") == closed()
    narrowed = seen.for_stages(BOTH)
    assert value(narrowed, "child.movements") is None
    assert narrowed.derive(narrowed.child, "movements").missing == ("child.stage",)
    assert seen.for_stages(BOTH) is narrowed
    known = look({"child": {"stage": "born", "movements": []}})
    assert known.for_stages(BOTH) is known


OPEN = [
    ({}, "injury", True),
    ({"injuries": []}, "injury", False),
    ({"injuries": [], "incomplete": ["injuries"]}, "injury", True),
    ({"people": []}, "person", True),
    ({"people": [], "all_regular_people_recorded": False}, "person", True),
    ({"people": [], "all_regular_people_recorded": True}, "person", False),
    ({"child": {"stage": "unborn"}}, "injury", False),
    ({"child": {"stage": None}}, "injury", True),
]


@pytest.mark.parametrize(("given", "singular", "is_open"), OPEN)
def test_open_lists(given: dict[str, Any], singular: str, is_open: bool) -> None:
    assert look(given).is_open(singular) is is_open


def test_a_list_is_given_or_not() -> None:
    seen = look({"injuries": []})
    assert seen.list_given("injury")
    assert not seen.list_given("incident")


def test_records_come_by_id_with_their_paths() -> None:
    seen = look({"injuries": [CHEEK | {"id": "z"}, CHEEK | {"id": "a"}]})
    first, second = seen.records("injury")
    assert (first.id, first.index, first.label, first.existence) == ("a", 0, "left cheek", T)
    assert (second.base, seen.path_of(second, "kind")) == ("injuries[z]", "injuries[z].kind")
    assert seen.records("incident") == ()
    assert seen.records("injury") is seen.records("injury")


def test_the_unseen_record_knows_nothing_and_asks_for_its_list() -> None:
    seen = look({})
    unseen = seen.unseen("person")
    assert unseen.unseen
    assert unseen.existence == U
    names = [fact.name for fact in seen.vocabulary.facts_of("person")]
    assert {seen.value(unseen, name) for name in names} == {None}
    assert {seen.derive(unseen, name).missing for name in names} == {("people",)}
    assert seen.path_of(unseen, "sex") == "people[?].sex"


def test_decision_35_paths_can_be_made_unknown() -> None:
    given = {"child": {"movements": ["crawls"]}, "injuries": [CHEEK], "plan": "no_plan"}
    seen = look(given, removed=("child.movements", "injuries[cheek]", "injuries", "case.plan"))
    assert value(seen, "child.movements") is None
    assert value(seen, "case.plan") is None
    assert seen.is_open("injury")
    assert seen.records("injury")[0].existence == U
    assert value(seen, "injuries[cheek].kind") == "bruise"


def test_without_the_stage_it_is_unknown() -> None:
    seen = look({"child": {"born_on": "2026-03-01"}}, removed=("child.stage",))
    assert seen.stage is None
    assert seen.stage_truth(frozenset({"unborn"})) == F
    seen = look({"child": {"born_on": "2026-03-01"}}, removed=("child.stage", "child.born_on"))
    assert seen.stage_truth(frozenset({"unborn"})) == U


TOLD = {"basis": "told_by_carer", "by": "mother"}
SEEN = {"basis": "observed", "by": "health visitor"}


def test_what_only_a_carer_said() -> None:
    given = {
        "child": {"disabled": False, "seriously_ill_or_hurt": False},
        "injuries": [CHEEK],
        "evidence": {
            "child.disabled": [TOLD],
            "child.seriously_ill_or_hurt": [TOLD, SEEN],
            "injuries": [TOLD],
            "injuries[cheek]": [TOLD, TOLD],
            "injuries[cheek].kind": [SEEN],
        },
    }
    seen = look(given)
    assert seen.carer_only_paths() == {"child.disabled", "injuries", "injuries[cheek]"}
    assert [each.by for each in seen.evidence("child.disabled")] == ["mother"]
    assert seen.evidence("child.movements") == ()


def test_why_something_is_unknown() -> None:
    accounts = [{"value": "a fall"}, {"value": "none"}]
    given = {
        "child": {"born_on": "2026-01"},
        "injuries": [CHEEK],
        "evidence": {
            "child.movements": [{"why": "declined"}],
            "child.disabled": [{"why": "not_asked"}],
            "injuries[cheek].explanation": [{"why": "conflicting", "accounts": accounts}],
        },
    }
    seen = look(given)
    assert seen.unknown_reason("child.movements") == "declined"
    assert seen.unknown_reason("child.disabled") == "not_asked"
    assert seen.unknown_reason("injuries[cheek].explanation") == "conflicting"
    assert value(seen, "injuries[cheek].explanation") is None
    assert seen.unknown_reason("child.born_on") == "partial"
    assert seen.unknown_reason("injuries[cheek].noticed_on") is None
    assert seen.unknown_reason("child.birth_weight") is None
    assert seen.unknown_reason("incidents") is None


def test_locating_paths() -> None:
    seen = look({"injuries": [CHEEK]})
    located = seen.locate("injuries[cheek].kind")
    assert located is not None
    assert (located[0].id, located[1]) == ("cheek", "kind")
    for path in ("injuries[hand].kind", "injuries[cheek].colour", "prams[cheek].kind", "injuries", "child"):
        assert seen.locate(path) is None


def test_dates_and_moments_for_the_next_change() -> None:
    given = {
        "child": {"born_on": "2026-01"},
        "people": [MOTHER],
        "contacts": [{"id": "c", "happens_on": "2026-05-01"}],
    }
    seen = look(given)
    moments = [
        (each.fact, each.path, each.first and str(each.first), each.last and str(each.last)) for each in seen.moments()
    ]
    assert moments == [
        ("child.age", "child.born_on", "2026-01-01", "2026-01-31"),
        ("person.age", "people[mother].born_on", None, None),
        ("person.asked_alone_since_last_contact", "contacts[c].happens_on", "2026-05-01", "2026-05-01"),
    ]
    dates = {each.path: each.when and each.when.text for each in seen.dates()}
    assert dates["child.born_on"] == "2026-01"
    assert dates["contacts[c].happens_on"] == "2026-05-01"
    assert dates["people[mother].born_on"] is None


def test_a_gestation_counts_from_forty_weeks_before_the_expected_date() -> None:
    seen = look({"child": {"stage": "unborn", "expected_on": "2026-10-08"}})
    assert [(each.fact, str(each.first)) for each in seen.moments()] == [("child.gestation", "2026-01-01")]


def test_a_value_is_computed_once() -> None:
    seen = look({"injuries": [CHEEK]})
    cheek = seen.records("injury")[0]
    assert "noticed_on" not in cheek.values
    assert seen.value(cheek, "noticed_on") is seen.value(cheek, "noticed_on")
    assert "noticed_on" in cheek.values
    assert seen.derive(seen.case, "new_since_closing") is seen.derive(seen.case, "new_since_closing")
