"""Shrinking: what is left shows the same, has no part that could go, plain values, and ids that are counted."""

from __future__ import annotations

from safeguard_rules import Case
from safeguard_rules.testing.drafts import Facts
from safeguard_rules.testing.shrinking import shrunk
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary

DAY = AsOf.of("2026-03-02")
LARGE: Facts = {
    "child": {"id": "baby", "stage": "born", "born_on": "2025-11-13", "movements": ["rolls", "walks"]},
    "injuries": [
        {"id": "injury-3", "kind": "fracture", "noticed_on": "2026-02-11"},
        {"id": "injury-7", "kind": "bruise", "noticed_on": "2026-01-05"},
    ],
    "people": [{"id": "person-9", "relation": "mother"}],
    "all_regular_people_recorded": True,
    "incidents": [{"id": "incident-4", "against": "person-9"}],
}


def small(shows: object) -> Facts:
    assert callable(shows)
    found = shrunk(LARGE, Vocabulary.standard(), DAY, lambda tree: bool(shows(tree)))
    Case.model_validate(found)  # it is a case still
    assert shows(found)
    return found


def test_everything_goes_that_is_not_needed() -> None:
    assert small(lambda _: True) == {"child": {"id": "baby"}}


def test_a_record_stays_with_the_facts_that_are_needed_and_is_counted_from_one() -> None:
    found = small(lambda tree: any(each.get("kind") == "bruise" for each in tree.get("injuries") or ()))

    assert found == {"child": {"id": "baby"}, "injuries": [{"id": "injury-1", "kind": "bruise"}]}


def test_a_list_that_must_be_complete_stays_and_is_empty() -> None:
    assert small(lambda tree: "injuries" in tree) == {"child": {"id": "baby"}, "injuries": []}


def test_dates_become_days_that_people_can_take_in() -> None:
    found = small(lambda tree: "born_on" in tree["child"])

    assert found == {"child": {"id": "baby", "born_on": "2026-02-23"}}


def test_a_date_that_matters_stays_as_it_is() -> None:
    assert small(lambda tree: tree["child"].get("born_on") == "2025-11-13")["child"]["born_on"] == "2025-11-13"


def test_references_follow_the_new_ids() -> None:
    found = small(lambda tree: any(each.get("against") for each in tree.get("incidents") or ()))

    assert found["incidents"] == [{"id": "incident-1", "against": "person-1"}]
    assert [person["id"] for person in found["people"]] == ["person-1"]


def test_what_was_given_is_not_changed() -> None:
    before = str(LARGE)
    small(lambda tree: "injuries" in tree)

    assert str(LARGE) == before
