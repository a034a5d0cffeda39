"""The vocabulary as derived from the case models."""

import pickle
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict

from safeguard_rules.case.fields import fact
from safeguard_rules.errors import PluginError
from safeguard_rules.values.dates import When
from safeguard_rules.vocabulary.derived import PluginDerivation
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary
from safeguard_rules.vocabulary.kinds import STAGES, TOPICS
from tests.vocabulary.looked_at import STANDARD

DERIVED = {
    "child.age",
    "child.gestation",
    "child.seen_awake_since_last_concern",
    "case.new_since_assessment",
    "case.new_since_closing",
    "pregnancy.gestation_at_booking",
    "person.age",
    "person.joined_after_latest_assessment",
    "person.assessed",
    "person.named_in_abuse",
    "person.asked_alone_since_last_contact",
    "incident.both_sixteen_or_over",
    "incident.child_related_to_either",
    "contact.others_with_person_to_ask",
    "assessment.is_latest",
}


def known(path: str) -> Fact:
    found = STANDARD.fact(path)
    assert found is not None, path
    return found


def test_the_derived_facts_are_those_of_the_vocabulary_page() -> None:
    assert {fact.path for fact in STANDARD.facts.values() if fact.derived} == DERIVED
    assert {each.path for each in STANDARD.derivations} == DERIVED


def test_the_lists_are_those_that_rules_may_read() -> None:
    assert set(STANDARD.kinds) == {
        "person",
        "injury",
        "incident",
        "enquiry",
        "contact",
        "assessment",
        "change",
        "move",
        "concern",
        "sharing",
        "referral",
        "sleep",
        "offer",
    }
    injuries = STANDARD.kind_named("injuries")
    assert injuries is STANDARD.kinds["injury"]
    assert injuries.stages == {"born"}
    assert STANDARD.kind_named("done") is None


KINDS = [
    ("child.stage", Kind.WORD),
    ("child.born_on", Kind.DATE),
    ("child.birth_weight", Kind.NUMBER),
    ("child.movements", Kind.WORDS),
    ("child.disabled", Kind.BOOLEAN),
    ("child.gestation_at_birth", Kind.LENGTH),
    ("pregnancy.booked_on", Kind.DATE),
    ("incident.by", Kind.REFERENCE),
    ("contact.present", Kind.REFERENCES),
    ("injury.id", Kind.REFERENCE),
    ("case.plan", Kind.WORD),
    ("concern.referral_decision", Kind.WORD),
]


@pytest.mark.parametrize(("path", "kind"), KINDS)
def test_kinds(path: str, kind: Kind) -> None:
    assert known(path).kind is kind


def test_a_fact_carries_what_its_field_says() -> None:
    movements = known("child.movements")
    assert movements.owner == "child"
    assert movements.words[0] == "rolls_one_way"
    assert movements.stages == {"born"}
    assert movements.question.endswith("?")
    assert known("incident.by").refers_to == "person"
    assert known("pregnancy.booked_on").may_be_not_yet
    assert known("injury.noticed_on").past
    assert not known("contact.happens_on").past
    assert STANDARD.fact("injury.colour") is None


@pytest.mark.parametrize("path", sorted(STANDARD.facts))
def test_each_fact_says_all_that_a_reader_needs(path: str) -> None:
    fact = known(path)
    assert fact.path == f"{fact.owner}.{fact.name}"
    assert fact.topic in TOPICS
    assert fact.stages
    assert fact.stages <= set(STAGES)
    assert fact.description
    assert fact.phrase
    assert not fact.phrase.endswith(".")
    assert bool(fact.question) is not fact.derived
    assert bool(fact.words) == (fact.kind in (Kind.WORD, Kind.WORDS))
    assert bool(fact.refers_to) == (fact.kind in (Kind.REFERENCE, Kind.REFERENCES))
    assert fact.kind is not Kind.BOOLEAN or fact.phrase.startswith("whether ")


@pytest.mark.parametrize("path", sorted(DERIVED))
def test_what_a_derived_fact_reads_is_entered(path: str) -> None:
    reads = known(path).reads
    assert reads
    for each in reads:
        assert STANDARD.kind_named(each) or not known(each).derived, each


def test_facts_come_in_the_order_of_the_models() -> None:
    assert [fact.name for fact in STANDARD.facts_of("enquiry")] == ["id", "of", "asked_on", "alone"]
    assert STANDARD.facts_of("nobody") == ()


def test_a_vocabulary_can_be_pickled() -> None:
    again = pickle.loads(pickle.dumps(STANDARD))
    assert dict(again.facts) == dict(STANDARD.facts)
    assert dict(again.kinds) == dict(STANDARD.kinds)


class Parking(BaseModel):
    """An extension for tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    spaces: int | None = None
    surface: Literal["gravel", "grass"] | None = None
    opened_on: When | None = fact(
        "When it was opened.",
        phrase="the date on which it was opened",
        question="When was it opened?",
        topic="support",
        time="past",
    )


def test_an_extension_adds_its_facts() -> None:
    extended = Vocabulary.extended({"parking": Parking})
    assert [fact.path for fact in extended.facts_of("extra.parking")] == [
        "extra.parking.spaces",
        "extra.parking.surface",
        "extra.parking.opened_on",
    ]
    assert extended.facts["extra.parking.surface"].words == ("gravel", "grass")
    assert extended.facts["extra.parking.opened_on"].past
    assert STANDARD.fact("extra.parking.spaces") is None


class Nested(BaseModel):
    """An extension with a field that cannot be a fact."""

    other: Parking | None = None


def test_a_field_that_cannot_be_a_fact_is_refused() -> None:
    with pytest.raises(PluginError, match=r"the field `extra.nested.other` cannot be a fact"):
        Vocabulary.extended({"nested": Nested})


def plugin(**changes: Any) -> PluginDerivation:
    given: dict[str, Any] = {
        "path": "person.repeat",
        "kind": Kind.BOOLEAN,
        "phrase": "whether it was not the first time",
        "description": "It was not the first time.",
        "reads": ("incident.by",),
        "cites": ("a-source/a-statement",),
        "function": lambda _inputs: None,
    }
    return PluginDerivation(**(given | changes))


def test_a_plugin_adds_a_derived_fact() -> None:
    extended = Vocabulary.extended({}, [plugin()])
    assert extended.facts["person.repeat"].derived
    assert extended.facts["person.repeat"].reads == ("incident.by",)


WRONG = [
    ({"path": "person.age"}, "the derived fact `person.age` is there already"),
    ({"path": "person.sex"}, "the derived fact `person.sex` is there already"),
    ({"path": "pram.age"}, "the derived fact `pram.age` belongs to nothing"),
    ({"reads": ("incident.bye",)}, "reads `incident.bye`, which is no entered fact or list"),
    ({"reads": ("person.age",)}, "reads `person.age`, which is no entered fact or list"),
    ({"cites": ()}, "cites no statement"),
]


@pytest.mark.parametrize(("changes", "message"), WRONG)
def test_a_derived_fact_that_does_not_fit_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(PluginError, match=message):
        Vocabulary.extended({}, [plugin(**changes)])


def test_two_plugins_cannot_add_the_same_fact() -> None:
    with pytest.raises(PluginError, match="is there already"):
        Vocabulary.extended({}, [plugin(), plugin()])
