"""Taking one fact out of a case leaves a valid case in which it is unknown."""

from typing import Any

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.case.paths import iter_paths, value_at
from safeguard_rules.case.without import without
from safeguard_rules.errors import CallError

WHOLE: dict[str, Any] = {
    "child": {"id": "baby", "stage": "born", "movements": ["crawls"], "incomplete": ["movements"]},
    "pregnancy": {"booked_on": "not_yet"},
    "plan": "early_help",
    "all_regular_people_recorded": True,
    "vulnerabilities": ["poverty"],
    "people": [{"id": "mother", "relation": "mother"}, {"id": "partner", "history": ["violence"]}],
    "injuries": [{"id": "cheek", "kind": "bruise"}],
    "sleeps": [],
    "incidents": [{"id": "april", "by": "partner", "against": "mother"}],
    "contacts": [{"id": "visit", "present": ["mother", "partner"]}, {"id": "call", "present": ["partner"]}],
    "done": [{"action": "report", "about": "cheek"}, {"action": "ask", "about": "partner"}, {"action": "see"}],
    "incomplete": ["vulnerabilities"],
    "evidence": {
        "child.movements": {"basis": "observed"},
        "child.disabled": {"why": "not_asked"},
        "people[partner]": {"basis": "told_by_carer"},
        "people[partner].history": {"basis": "recorded"},
        "people[partner].sex": {"why": "not_asked"},
        "incidents[april].by": {"basis": "observed"},
        "injuries": {"basis": "observed"},
    },
    "extra": {"housing": {"damp": True, "rooms": 2}},
}
CASE = Case.model_validate(WHOLE)


@pytest.mark.parametrize("path", list(iter_paths(CASE)))
def test_one_fact_less_and_every_other_fact_as_before(path: str) -> None:
    less = without(CASE, path)
    assert value_at(less, path) is None
    assert Case.model_validate(less.model_dump()) == less
    gone = {other for other in iter_paths(CASE) if value_at(less, other) is None}
    assert all(_goes_with(other, path) for other in gone), gone
    assert set(iter_paths(less)) <= set(iter_paths(CASE))


def _goes_with(path: str, taken: str) -> bool:
    """What an entry takes with it: its fields, its list's completeness, and the references to it."""
    is_entry = taken.endswith("]")
    of_entry = is_entry and (path.startswith(f"{taken}.") or path == taken.partition("[")[0])
    of_partner = taken == "people[partner]" and path in {"incidents[april].by", "contacts[call].present"}
    of_mother = taken == "people[mother]" and path == "incidents[april].against"
    of_people = taken.startswith("people[") and is_entry and path == "case.all_regular_people_recorded"
    return path == taken or of_entry or of_partner or of_mother or of_people


def test_an_entry_goes_with_its_evidence_and_what_refers_to_it() -> None:
    less = without(CASE, "people[partner]")
    assert less.people is not None
    assert [person.id for person in less.people] == ["mother"]
    assert "people" in less.incomplete
    assert less.all_regular_people_recorded is None
    assert less.contacts is not None
    assert less.contacts[0].present == ("mother",)
    assert less.contacts[0].incomplete == ("present",)
    assert less.contacts[1].present is None
    assert less.contacts[1].incomplete == ()
    assert list(less.evidence) == ["child.disabled", "child.movements", "injuries"]
    assert less.done is not None
    assert [done.action for done in less.done] == ["report", "see"]


def test_the_last_entry_leaves_no_list() -> None:
    less = without(CASE, "injuries[cheek]")
    assert less.injuries is None
    assert less.incomplete == ("vulnerabilities",)
    assert "injuries" not in less.evidence


def test_a_complete_list_becomes_an_open_one_and_keeps_its_entries() -> None:
    less = without(CASE, "injuries")
    assert less.injuries == CASE.injuries
    assert less.incomplete == ("vulnerabilities", "injuries")
    assert without(CASE, "sleeps").sleeps is None


def test_a_set_is_no_longer_called_incomplete_when_it_is_gone() -> None:
    less = without(CASE, "child.movements")
    assert less.child is not None
    assert less.child.incomplete == ()
    assert "child.movements" not in less.evidence
    assert without(CASE, "case.vulnerabilities").incomplete == ()


def test_what_is_not_known_cannot_be_taken_out() -> None:
    assert without(CASE, "child.born_on") is CASE
    assert without(CASE, "injuries[arm]") is CASE
    with pytest.raises(CallError):
        without(CASE, "child.age")
