"""The derived facts of the child and the pregnancy, by table."""

from datetime import date
from typing import Any

import pytest

from safeguard_rules.values.special import NOT_APPLICABLE
from safeguard_rules.values.timing import Elapsed, Span
from tests.vocabulary.looked_at import derive, look

AGES = [
    ({"born_on": "2026-01-19"}, Elapsed(date(2026, 1, 19), date(2026, 1, 19)), ()),
    ({"born_on": "2026-01"}, Elapsed(date(2026, 1, 1), date(2026, 1, 31)), ("child.born_on",)),
    ({"born_on": "2026"}, Elapsed(date(2026, 1, 1), date(2026, 3, 10)), ("child.born_on",)),
    ({}, None, ("child.born_on",)),
    ({"born_on": "2026-04-01"}, None, ("child.born_on",)),
    ({"stage": "unborn"}, NOT_APPLICABLE, ()),
    ({"stage": "has_died", "born_on": "2026-01-19"}, NOT_APPLICABLE, ()),
    ({"stage": None, "born_on": "2026-01-19"}, Elapsed(date(2026, 1, 19), date(2026, 1, 19)), ()),
]


@pytest.mark.parametrize(("child", "value", "missing"), AGES)
def test_age_of_the_child(child: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive({"child": child}, "child.age")
    assert derived.value == value
    assert derived.missing == missing


def test_age_is_unknown_to_a_rule_of_several_stages_while_the_stage_is() -> None:
    seen = look({"child": {"stage": None, "born_on": "2026-01-19"}})
    narrowed = seen.for_stages(frozenset({"born", "has_died"}))
    assert narrowed.derive(narrowed.child, "age") == (None, (), ("child.stage",))
    for_born = seen.for_stages(frozenset({"born"}))
    assert for_born.value(for_born.child, "age") == Elapsed(date(2026, 1, 19), date(2026, 1, 19))


GESTATIONS = [
    ({"expected_on": "2026-10-08"}, Elapsed(date(2026, 1, 1), date(2026, 1, 1)), ()),
    ({"expected_on": "2026-10"}, Elapsed(date(2025, 12, 25), date(2026, 1, 24)), ("child.expected_on",)),
    ({}, None, ("child.expected_on",)),
    ({"stage": "born", "expected_on": "2026-10-08"}, NOT_APPLICABLE, ()),
    ({"stage": None, "born_on": "2026-03-01", "expected_on": "2026-03-08"}, NOT_APPLICABLE, ()),
]


@pytest.mark.parametrize(("child", "value", "missing"), GESTATIONS)
def test_gestation(child: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive({"child": {"stage": "unborn", **child}}, "child.gestation")
    assert derived.value == value
    assert derived.missing == missing


BOOKINGS = [
    ("2026-10-08", "2026-03-05", Span(63, 63), ()),
    ("2026-10-08", "2026-03", Span(59, 68), ("pregnancy.booked_on",)),
    ("2026-10", "2026-03-05", Span(40, 70), ("child.expected_on",)),
    ("2026-10-08", None, None, ("pregnancy.booked_on",)),
    (None, "2026-03-05", None, ("child.expected_on",)),
    (None, None, None, ("pregnancy.booked_on", "child.expected_on")),
    ("2026-10-08", "not_yet", NOT_APPLICABLE, ()),
    (None, "not_yet", NOT_APPLICABLE, ()),
    ("2026-10-08", "2026-04-01", None, ("pregnancy.booked_on",)),
]


@pytest.mark.parametrize(("expected", "booked", "value", "missing"), BOOKINGS)
def test_gestation_at_booking(
    expected: str | None, booked: str | None, value: object, missing: tuple[str, ...]
) -> None:
    given = {"child": {"stage": "unborn", "expected_on": expected}, "pregnancy": {"booked_on": booked}}
    derived = derive(given, "pregnancy.gestation_at_booking")
    assert derived.value == value
    assert derived.missing == missing


def test_gestation_at_booking_without_a_pregnancy_in_the_case() -> None:
    derived = derive({"child": {"stage": "unborn"}}, "pregnancy.gestation_at_booking")
    assert derived.missing == ("pregnancy.booked_on", "child.expected_on")


def worry(day: str | None) -> dict[str, Any]:
    return {
        "concerns": [{"id": "worry", "raised_on": day}],
        "injuries": [],
        "incidents": [],
    }


def visit(day: str | None, seen: str | None = "awake") -> dict[str, Any]:
    return {"contacts": [{"id": "visit", "happens_on": day, "seen": seen}]}


SEEN_AWAKE = [
    (worry("2026-03-02") | visit("2026-03-03"), True, ()),
    (worry("2026-03-02") | visit("2026-03-02"), True, ()),
    (worry("2026-03-02") | visit("2026-03-01"), False, ()),
    (worry("2026-03-02") | visit("2026-03-03", "asleep"), False, ()),
    (worry("2026-03-02") | visit(None, "not_seen"), False, ()),
    (worry("2026-03-02") | {"contacts": []}, False, ()),
    (worry("2026-03-02") | visit("2026-03-03", None), None, ("contacts[visit].seen",)),
    (worry("2026-03-02") | visit(None), None, ("contacts[visit].happens_on",)),
    (worry("2026-03-02") | visit("2026-03"), None, ("contacts[visit].happens_on",)),
    (worry("2026-03") | visit("2026-03-10"), True, ()),
    (worry("2026-03") | visit("2026-03-05"), None, ("concerns[worry].raised_on",)),
    (worry("2026-03") | visit("2026-02"), False, ()),
    (worry(None) | visit("2026-03-03"), None, ("concerns[worry].raised_on",)),
    (worry(None) | {"contacts": []}, None, ("concerns[worry].raised_on",)),
    (worry("2026-03-02"), None, ("contacts",)),
    (worry("2026-03-02") | visit("2026-03-01") | {"incomplete": ["contacts"]}, None, ("contacts",)),
    (worry("2026-03-02") | visit("2026-03-03") | {"incomplete": ["contacts"]}, True, ()),
    (worry("2026-03-02") | visit("2026-03-03") | {"injuries": None}, None, ("injuries",)),
    (worry("2026-03-02") | {"contacts": [], "incidents": None}, None, ("incidents",)),
    (worry("2026-03-02") | visit("2026-03-03") | {"incomplete": ["concerns"]}, None, ("concerns",)),
    ({"concerns": [], "injuries": [], "incidents": []}, True, ()),
    ({"concerns": [], "injuries": []}, None, ("incidents", "contacts")),
    ({}, None, ("concerns", "injuries", "incidents", "contacts")),
    (
        worry("2026-03-02") | {"injuries": [{"id": "cheek", "noticed_on": "2026-03-05"}]} | visit("2026-03-04"),
        False,
        (),
    ),
    (
        worry("2026-03-02") | {"incidents": [{"id": "row", "happened_on": "2026-03-05"}]} | visit("2026-03-06"),
        True,
        (),
    ),
    (worry("2026-04-02") | visit("2026-03-06"), None, ("concerns[worry].raised_on",)),
]


@pytest.mark.parametrize(("given", "value", "missing"), SEEN_AWAKE)
def test_seen_awake_since_last_concern(given: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive(given, "child.seen_awake_since_last_concern")
    assert derived.value is value
    assert derived.missing == missing


def test_the_contact_and_the_worry_that_decided_it_are_named() -> None:
    derived = derive(worry("2026-03-02") | visit("2026-03-03"), "child.seen_awake_since_last_concern")
    assert derived.read == (
        "contacts[visit].seen",
        "concerns",
        "injuries",
        "incidents",
        "contacts[visit].happens_on",
        "concerns[worry].raised_on",
    )


REMOVED = [
    (worry("2026-03-02") | visit("2026-03-03"), "contacts[visit]", None),
    (worry("2026-03-02") | visit("2026-03-03"), "contacts[visit].seen", None),
    (worry("2026-03-02") | visit("2026-03-03"), "contacts", True),
    (worry("2026-03-02") | visit("2026-03-03"), "concerns", None),
    (worry("2026-03-02") | visit("2026-03-03"), "concerns[worry]", True),
    (worry("2026-03-02") | visit("2026-03-01"), "concerns[worry]", None),
    (worry("2026-03-02") | visit("2026-03-01"), "contacts[visit]", False),
    (worry("2026-03-02") | visit("2026-03-01"), "contacts", None),
]


@pytest.mark.parametrize(("given", "removed", "value"), REMOVED)
def test_seen_awake_when_a_path_is_made_unknown(given: dict[str, Any], removed: str, value: object) -> None:
    assert derive(given, "child.seen_awake_since_last_concern", removed=(removed,)).value is value
