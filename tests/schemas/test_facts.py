"""The tests of facts in a schema are exactly those of the table of operators."""

from typing import Any

import pytest

from safeguard_rules.language.operators import OPERATORS, WRITTEN, Takes, operators_for
from safeguard_rules.schemas.facts import definition_name, fact_text, facts_of_conditions
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary
from tests.schemas.holding import schema

VOCABULARY = Vocabulary.standard()
FACTS = facts_of_conditions(VOCABULARY)


def schema_of(fact: Fact) -> Any:
    return schema("rules")["$defs"][definition_name(fact)]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.path)
def test_a_fact_takes_the_operators_of_its_kind_and_no_others(fact: Fact) -> None:
    expected = [
        name
        for name in operators_for(fact.kind)
        if OPERATORS[name].takes[fact.kind] is not Takes.NOT_YET or fact.may_be_not_yet
    ]
    assert list(schema_of(fact)["properties"]) == expected
    assert schema_of(fact)["additionalProperties"] is False


def test_every_operator_is_offered_for_some_fact_with_its_english() -> None:
    found = {name: each for fact in FACTS for name, each in schema_of(fact)["properties"].items()}
    assert sorted(found) == sorted(WRITTEN)
    age = schema_of(VOCABULARY.facts["child.age"])["properties"]["less_than"]
    assert age["description"] == "The child's age: under …."


def test_the_words_of_a_fact_are_offered_alone_and_in_lists() -> None:
    kind = schema_of(VOCABULARY.facts["injury.kind"])
    words = list(VOCABULARY.facts["injury.kind"].words)
    assert kind["anyOf"][0]["enum"] == kind["items"]["enum"] == words
    assert kind["properties"]["none_of"]["items"]["enum"] == words


def test_a_fact_says_what_it_means_how_it_is_asked_for_and_when_it_exists() -> None:
    fact = VOCABULARY.facts["injury.noticed_on"]
    text = fact_text(fact)
    assert text.startswith(fact.description)
    assert f"Asked as: {fact.question}" in text
    assert text.endswith("Only for: `born`.")
    assert "Worked out from `child.born_on`" in fact_text(VOCABULARY.facts["child.age"])


def test_text_is_not_offered_for_it_is_never_tested() -> None:
    assert Kind.TEXT not in {fact.kind for fact in FACTS}
