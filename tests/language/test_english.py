"""The plain-English reading of conditions: one table, every operator and every way to combine them."""

import pytest

from safeguard_rules.language.english import Wording, listed, plain, reading
from safeguard_rules.language.operators import OPERATORS
from safeguard_rules.language.tree import Count, Test, walk
from tests.language.built import DEFINITIONS, PARAMETERS, STANDARD, condition

READS = {"young": "the child is very young", "fresh": "was seen lately", "known_man": "is a man who is known"}
WORDING = Wording(
    STANDARD,
    {f"p:{name}": (of, READS[name]) for name, of in DEFINITIONS.items()},
    {f"p:{name}": value for name, value in PARAMETERS.items()},
)


def phrase(path: str) -> str:
    """The noun phrase of a fact, so that the table does not change with the vocabulary."""
    fact = STANDARD.fact(path)
    assert fact is not None
    return fact.phrase


READINGS: list[tuple[str | None, str, str]] = [
    (None, "always", "always"),
    (None, "never", "never"),
    (None, "{child.disabled: true}", "[child.disabled]: yes"),
    (None, "{child.disabled: false}", "[child.disabled]: no"),
    (None, "{child.disabled: {is_not: true}}", "[child.disabled]: no"),
    ("injury", "{injury.kind: burn_or_scald}", "[injury.kind]: burn or scald"),
    ("injury", "{injury.kind: [bruise, bite, fracture]}", "[injury.kind]: bruise, bite or fracture"),
    ("injury", "{injury.kind: {is_not: bruise}}", "[injury.kind]: not bruise"),
    ("injury", "{injury.kind: {none_of: [bruise, bite]}}", "[injury.kind]: none of bruise or bite"),
    (None, "{child.movements: {includes: crawls}}", "[child.movements]: among them crawls"),
    (None, "{child.movements: {includes_any: [crawls, walks]}}", "[child.movements]: any of crawls or walks"),
    (None, "{child.movements: {includes_all: [crawls, walks]}}", "[child.movements]: all of crawls and walks"),
    (None, "{child.movements: {none_of: [crawls, walks]}}", "[child.movements]: none of crawls or walks"),
    (None, "{child.movements: {only: [sits]}}", "[child.movements]: nothing but sits"),
    (None, "{child.movements: {is: []}}", "[child.movements]: none"),
    (None, "{child.movements: {is_not: []}}", "[child.movements]: at least one"),
    (None, "{child.age: {less_than: six_weeks}}", "[child.age]: under 6 weeks"),
    (None, "{child.age: {at_least: six_weeks}}", "[child.age]: 6 weeks or more"),
    (None, "{child.age: {at_most: six_weeks}}", "[child.age]: 6 weeks or less"),
    (None, "{child.birth_weight: {more_than: few}}", "[child.birth_weight]: more than 3"),
    (
        None,
        "{child.age: {between: [six_weeks, five_months]}}",
        "[child.age]: between 6 weeks and 5 months, both included",
    ),
    (None, "{child.born_on: {before: new_law}}", "[child.born_on]: before 2024-01-01"),
    (None, "{child.born_on: {after: {fact: case.closed_on}}}", "[child.born_on]: after [case.closed_on]"),
    ("injury", "{injury.noticed_on: {within_last: six_weeks}}", "[injury.noticed_on]: within the last 6 weeks"),
    ("injury", "{injury.noticed_on: {more_than_ago: six_weeks}}", "[injury.noticed_on]: more than 6 weeks ago"),
    ("contact", "{contact.happens_on: {within_next: six_weeks}}", "[contact.happens_on]: within the next 6 weeks"),
    (None, "{pregnancy.booked_on: not_yet}", "[pregnancy.booked_on]: not yet"),
    (None, "{pregnancy.booked_on: {is_not: not_yet}}", "[pregnancy.booked_on]: it has come"),
    ("incident", "{incident.by: {is: {fact: incident.against}}}", "[incident.by]: [incident.against]"),
    (None, "young", "the child is very young"),
    (None, "{not: young}", "not: the child is very young"),
    ("injury", "fresh", "the injury: was seen lately"),
    (
        None,
        "{all: [young, {any: [young, {child.disabled: true}]}]}",
        "the child is very young, and (either the child is very young, or [child.disabled]: yes)",
    ),
    (None, "{not: {all: [young, young]}}", "not: (the child is very young, and the child is very young)"),
    (None, "{some: {of: injury}}", "there is an injury"),
    (None, "{some: {of: injury, where: fresh}}", "there is an injury where that injury: was seen lately"),
    (
        None,
        "{every: {of: person, where: {person.identified: true}}}",
        "for every person, or there are none: [person.identified]: yes",
    ),
    (
        "person",
        "{some: {of: person, where: {other.sex: male, person.sex: female}}}",
        "there is another person where ([person.sex] (the other person): male, and [person.sex]: female)",
    ),
    (
        "person",
        "{every: {of: person, where: other.known_man}}",
        "for every other person, or there are none: that person: is a man who is known",
    ),
    (None, "{count: {of: injury, is: {at_least: few}}}", "the number of injuries: 3 or more"),
    (
        None,
        "{count: {of: injury, where: fresh, is: few}}",
        "the number of injuries where that injury: was seen lately: 3",
    ),
]


@pytest.mark.parametrize(("each", "text", "expected"), READINGS, ids=[text for _, text, _ in READINGS])
def test_readings(each: str | None, text: str, expected: str) -> None:
    for path in STANDARD.facts:
        expected = expected.replace(f"[{path}]", phrase(path))
    said = reading(condition(text, each), WORDING)
    assert said == expected
    assert not said.endswith(".")


def test_every_operator_is_read_in_the_table() -> None:
    used = {
        node.operator.name
        for each, text, _ in READINGS
        for node in walk(condition(text, each))
        if isinstance(node, Test | Count)
    }
    assert used == set(OPERATORS)


def test_a_definition_is_named_and_never_spelt_out() -> None:
    thirty = condition("{all: [" + ", ".join(["young"] * 30) + "]}")
    assert reading(thirty, WORDING).count(READS["young"]) == 30


def test_words_as_people_write_them() -> None:
    assert plain("burn_or_scald") == "burn or scald"
    assert listed(["bruise"]) == "bruise"
    assert listed(["bruise", "bite", "eye_bleed"]) == "bruise, bite or eye bleed"
    assert listed(["bruise", "bite"], "and") == "bruise and bite"
