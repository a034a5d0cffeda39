"""The derived facts of people, incidents, contacts and assessments, by table."""

from datetime import date
from typing import Any

import pytest

from safeguard_rules.values.timing import Elapsed
from tests.vocabulary.looked_at import FATHER, MOTHER, derive


def people(**facts: Any) -> dict[str, Any]:
    return {"people": [MOTHER | facts, FATHER]}


def assessments(*finished: str | None, **facts: Any) -> dict[str, Any]:
    records = [{"id": f"a{number}", "finished_on": day, **facts} for number, day in enumerate(finished, 1)]
    return {"assessments": records}


def test_age_of_a_person() -> None:
    assert derive(people(born_on="1998-05-02"), "people[mother].age") == (
        Elapsed(date(1998, 5, 2), date(1998, 5, 2)),
        ("people[mother].born_on",),
        (),
    )
    assert derive(people(), "people[mother].age") == (
        None,
        ("people[mother].born_on",),
        ("people[mother].born_on",),
    )


JOINED = [
    ("2026-03-05", assessments("2026-03-01"), True, ()),
    ("2026-03-01", assessments("2026-03-01"), False, ()),
    ("2026-03-05", assessments("2026-03-01", "2026-03-06"), False, ()),
    ("2026-03-05", assessments("2026-03-01", "not_yet"), True, ()),
    ("2026-03-05", assessments("not_yet"), False, ()),
    ("2026-03-05", {"assessments": []}, False, ()),
    (None, {"assessments": []}, False, ()),
    (None, assessments("2026-03-01"), None, ("people[mother].joined_on",)),
    ("2026-03", assessments("2026-03-01"), None, ("people[mother].joined_on",)),
    ("2026-03", assessments("2026-02"), True, ()),
    ("2026-03-05", assessments("2026-03"), None, ("assessments[a1].finished_on",)),
    ("2026-03-05", assessments(None), None, ("assessments[a1].finished_on",)),
    ("2026-03-05", {}, None, ("assessments",)),
    ("2026-03-05", assessments("2026-03-01") | {"incomplete": ["assessments"]}, None, ("assessments",)),
    ("2026-02-05", assessments("2026-03-01") | {"incomplete": ["assessments"]}, False, ()),
    ("2026-03-05", assessments("2026-04-01"), None, ("assessments[a1].finished_on",)),
]


@pytest.mark.parametrize(("joined", "given", "value", "missing"), JOINED)
def test_joined_after_latest_assessment(
    joined: str | None, given: dict[str, Any], value: object, missing: tuple[str, ...]
) -> None:
    derived = derive(people(joined_on=joined) | given, "people[mother].joined_after_latest_assessment")
    assert derived.value is value
    assert derived.missing == missing


ASSESSED = [
    (assessments("2026-03-01", people=["mother"]), True, ()),
    (assessments("2026-03", people=["mother"]), True, ()),
    (assessments("2026-03-01", people=["father"]), False, ()),
    (assessments("not_yet", people=["mother"]), False, ()),
    ({"assessments": []}, False, ()),
    ({}, None, ("assessments",)),
    (assessments("2026-03-01"), None, ("assessments[a1].people",)),
    (assessments(None, people=["mother"]), None, ("assessments[a1].finished_on",)),
    (assessments("2026-04-01", people=["mother"]), None, ("assessments[a1].finished_on",)),
    (assessments("2026-03-01", people=[], incomplete=["people"]), None, ("assessments[a1].people",)),
    (assessments("2026-03-01", people=["father"]) | {"incomplete": ["assessments"]}, None, ("assessments",)),
    (assessments("2026-03-01", people=["mother"]) | {"incomplete": ["assessments"]}, True, ()),
]


@pytest.mark.parametrize(("given", "value", "missing"), ASSESSED)
def test_assessed(given: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive(people() | given, "people[mother].assessed")
    assert derived.value is value
    assert derived.missing == missing


def incident(**facts: Any) -> dict[str, Any]:
    return {"incidents": [{"id": "row", **facts}]}


NAMED = [
    (incident(by="father"), True, ()),
    (incident(by="mother"), False, ()),
    (incident(), None, ("incidents[row].by",)),
    ({"incidents": []}, False, ()),
    ({}, None, ("incidents",)),
    (incident(by="mother") | {"incomplete": ["incidents"]}, None, ("incidents",)),
    (incident(by="father") | {"incomplete": ["incidents"]}, True, ()),
]


@pytest.mark.parametrize(("given", "value", "missing"), NAMED)
def test_named_in_abuse(given: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive(people() | given, "people[father].named_in_abuse")
    assert derived.value is value
    assert derived.missing == missing


def test_only_the_incidents_that_name_somebody_are_the_reason() -> None:
    given = {"incidents": [{"id": "one", "by": "mother"}, {"id": "two", "by": "father"}]}
    derived = derive(people() | given, "people[father].named_in_abuse")
    assert derived.read == ("incidents[two].by",)


def asked(day: str | None, contacts: object = (), **facts: Any) -> dict[str, Any]:
    enquiry = {"id": "talk", "of": "mother", "alone": True, "asked_on": day} | facts
    return {"enquiries": [enquiry], "contacts": contacts}


def contact(day: str | None) -> dict[str, Any]:
    return {"id": "visit", "happens_on": day}


ASKED = [
    (asked("2026-03-05", [contact("2026-03-05")]), True, ()),
    (asked("2026-03-05", [contact("2026-03-06")]), False, ()),
    (asked("2026-03-05", [contact("2026-03-20")]), True, ()),
    (asked("2026-03-05", [contact("2026-03-10")]), False, ()),
    (asked("2026-03-05", []), True, ()),
    (asked(None, []), True, ()),
    (asked("2026-03-05", [contact("2026-03")]), None, ("contacts[visit].happens_on",)),
    (asked("2026-03-10", [contact("2026-03")]), True, ()),
    (asked("2026-02-05", [contact("2026-03")]), None, ("contacts[visit].happens_on",)),
    (asked("2026-02-05", [contact("2026-02")]), None, ("contacts[visit].happens_on",)),
    (asked("2026-03-05", [contact(None)]), None, ("contacts[visit].happens_on",)),
    (asked(None, [contact("2026-03-05")]), None, ("enquiries[talk].asked_on",)),
    (asked("2026-03-05", None), None, ("contacts",)),
    (asked("2026-03-05", [contact("2026-03-06")]) | {"incomplete": ["contacts"]}, False, ()),
    (asked("2026-03-05", [], alone=False), False, ()),
    (asked("2026-03-05", [], alone=None), None, ("enquiries[talk].alone",)),
    (asked("2026-03-05", [], of="father"), False, ()),
    (asked("2026-03-05", [], of=None), None, ("enquiries[talk].of",)),
    ({"enquiries": []}, False, ()),
    ({}, None, ("enquiries",)),
    (asked("2026-03-05", [contact("2026-03-06")]) | {"incomplete": ["enquiries"]}, None, ("enquiries",)),
]


@pytest.mark.parametrize(("given", "value", "missing"), ASKED)
def test_asked_alone_since_last_contact(given: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive(people() | given, "people[mother].asked_alone_since_last_contact")
    assert derived.value is value
    assert derived.missing == missing


def test_a_planned_contact_counts_once_it_is_past() -> None:
    given = people() | asked("2026-03-05", [contact("2026-03-20")])
    path = "people[mother].asked_alone_since_last_contact"
    assert derive(given, path, "2026-03-19").value is True
    assert derive(given, path, "2026-03-20").value is False


def couple(mother: str | None, father: str | None, **facts: Any) -> dict[str, Any]:
    listed = [MOTHER | {"born_on": mother}, FATHER | {"born_on": father}]
    return {"people": listed} | incident(**({"by": "father", "against": "mother"} | facts))


SIXTEEN = [
    (couple("2000", "1999-05-01", happened_on="2026-03-01"), True, ()),
    (couple("2010-03-01", "1999", happened_on="2026-03-01"), True, ()),
    (couple("2010-03-02", "1999", happened_on="2026-03-01"), False, ()),
    (couple("2010-03", "1999", happened_on="2026-03-01"), None, ("people[mother].born_on",)),
    (couple("2010-03-05", "1999", happened_on="2026-03"), None, ("incidents[row].happened_on",)),
    (couple("2010-02-28", "1999", happened_on="2026-03"), True, ()),
    (couple(None, "1999", happened_on="2026-03-01"), None, ("people[mother].born_on",)),
    (couple(None, "2015", happened_on="2026-03-01"), False, ()),
    (couple("2000-01-01", "1999-01-01"), None, ("incidents[row].happened_on",)),
    (couple("2000", "1999", happened_on="2026-03-01", by=None), None, ("incidents[row].by",)),
    (couple("2015", "1999", happened_on="2026-03-01", by=None), False, ()),
    (couple("2000", "1999", happened_on="2026-03-01", against=None), None, ("incidents[row].against",)),
]


@pytest.mark.parametrize(("given", "value", "missing"), SIXTEEN)
def test_both_sixteen_or_over(given: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive(given, "incidents[row].both_sixteen_or_over")
    assert derived.value is value
    assert derived.missing == missing


def pair(by: str | None, against: str | None) -> dict[str, Any]:
    listed = [{"id": "one", "relation": by}, {"id": "two", "relation": against}]
    return {"people": listed} | incident(by="one", against="two")


RELATED = [
    (pair("father", "mother"), True, ()),
    (pair("friend", "grandparent"), True, ()),
    (pair("other_relative", None), True, ()),
    (pair("friend", "lodger"), False, ()),
    (pair("other", "other"), False, ()),
    (pair("parents_partner", "friend"), None, ()),
    (pair("parents_partner", None), None, ("people[two].relation",)),
    (pair("friend", None), None, ("people[two].relation",)),
    (pair("friend", "friend") | incident(by="one"), None, ("incidents[row].against",)),
    (pair("mother", "friend") | incident(by="one"), True, ()),
    (incident(), None, ("incidents[row].by", "incidents[row].against")),
]


@pytest.mark.parametrize(("given", "value", "missing"), RELATED)
def test_child_related_to_either(given: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive(given, "incidents[row].child_related_to_either")
    assert derived.value is value
    assert derived.missing == missing


OTHERS = [
    ({"present": ["mother", "father"]}, True, ()),
    ({"present": ["mother"]}, False, ()),
    ({"present": []}, False, ()),
    ({}, None, ("contacts[visit].present",)),
    ({"present": ["mother"], "incomplete": ["present"]}, None, ("contacts[visit].present",)),
    ({"present": ["mother", "father"], "incomplete": ["present"]}, True, ()),
]


@pytest.mark.parametrize(("facts", "value", "missing"), OTHERS)
def test_others_with_person_to_ask(facts: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    given = people() | {"contacts": [{"id": "visit", **facts}]}
    derived = derive(given, "contacts[visit].others_with_person_to_ask")
    assert derived.value is value
    assert derived.missing == missing


LATEST = [
    (assessments("2026-03-01"), True, ()),
    (assessments("2026-03-01", "2026-02-01"), True, ()),
    (assessments("2026-03-01", "2026-03-01"), True, ()),
    (assessments("2026-03-01", "2026-03-02"), False, ()),
    (assessments("2026-03-01", "not_yet"), True, ()),
    (assessments("not_yet"), False, ()),
    (assessments("not_yet", "2026-03-01"), False, ()),
    (assessments(None), None, ("assessments[a1].finished_on",)),
    (assessments("2026-03-01", None), None, ("assessments[a2].finished_on",)),
    (assessments("2026-03-01", "2026"), None, ("assessments[a2].finished_on",)),
    (assessments("2026-03-01") | {"incomplete": ["assessments"]}, None, ("assessments",)),
    (assessments("2026-03-01", "2026-03-02") | {"incomplete": ["assessments"]}, False, ()),
]


@pytest.mark.parametrize(("given", "value", "missing"), LATEST)
def test_is_latest(given: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive(given, "assessments[a1].is_latest")
    assert derived.value is value
    assert derived.missing == missing


REMOVED = [
    (people() | incident(by="father"), "people[father].named_in_abuse", "incidents[row]", None),
    (people() | incident(by="mother"), "people[father].named_in_abuse", "incidents[row]", False),
    (people() | incident(by="mother"), "people[father].named_in_abuse", "incidents", None),
    (people() | assessments("2026-03-01", people=["mother"]), "people[mother].assessed", "assessments[a1]", None),
    (assessments("2026-03-01", "2026-03-02"), "assessments[a1].is_latest", "assessments[a2]", None),
    (assessments("2026-03-01", "2026-03-02"), "assessments[a2].is_latest", "assessments[a1]", True),
    (
        people() | asked("2026-03-05", [contact("2026-03-06")]),
        "people[mother].asked_alone_since_last_contact",
        "contacts[visit]",
        None,
    ),
    (
        couple("2000", "1999", happened_on="2026-03-01"),
        "incidents[row].both_sixteen_or_over",
        "people[mother].born_on",
        None,
    ),
]


@pytest.mark.parametrize(("given", "path", "removed", "value"), REMOVED)
def test_when_a_path_is_made_unknown(given: dict[str, Any], path: str, removed: str, value: object) -> None:
    assert derive(given, path, removed=(removed,)).value is value
