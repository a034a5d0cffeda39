"""What a condition may read."""

from safeguard_rules.language.readable import comparable, expected_text, quantity, readable_facts, readable_kinds
from safeguard_rules.values.durations import Duration
from safeguard_rules.vocabulary.facts import Fact, Kind
from tests.language.built import STANDARD


def fact(path: str) -> Fact:
    found = STANDARD.fact(path)
    assert found is not None
    return found


def test_no_rule_reads_what_was_done_or_a_strength() -> None:
    assert not {"done", "protective_factor"} & set(readable_kinds(STANDARD))
    assert not [path for path in readable_facts(STANDARD) if path.startswith(("done", "protective"))]


def test_what_may_stand_against_what() -> None:
    assert comparable(fact("child.born_on"), fact("case.closed_on"))
    assert comparable(fact("incident.by"), fact("person.id"))
    assert comparable(fact("assessment.people"), fact("person.id"))
    assert not comparable(fact("incident.by"), fact("incident.id"))
    assert not comparable(fact("child.born_on"), fact("case.plan"))
    assert not comparable(fact("incident.by"), fact("case.closed_on"))


def test_every_kind_has_plain_words() -> None:
    assert all(expected_text(each) for each in STANDARD.facts.values())
    assert {each.kind for each in STANDARD.facts.values()} >= {kind for kind in Kind if kind is not Kind.TEXT}
    assert expected_text(fact("incident.by")) == "a reference to one person"


def test_what_a_quantity_is_held_against() -> None:
    assert quantity(fact("child.age")) == ((Duration,), "a length of time")
    assert quantity(fact("child.birth_weight")) == ((int,), "a whole number")
