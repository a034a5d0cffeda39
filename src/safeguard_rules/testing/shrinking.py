"""Making a case smaller while it still shows what it was made for: fewer lists, records, facts; then plainer values."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from safeguard_rules.testing.drafts import EVERYBODY, Facts
from safeguard_rules.testing.written_cases import NO_FACTS, is_list, owned, parts_in, thinned
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary

BORN = "born"
"""The stage that most cases are about."""

DAYS_AGO = (7, 28, 90, 0)
"""Days that people can take in: a week, four weeks, a quarter of a year ago, today."""

Shows = Callable[[Facts], bool]


def shrunk(tree: Facts, vocabulary: Vocabulary, as_of: AsOf, shows: Shows) -> Facts:
    """The smallest case that is found by leaving out one part after the other, with plain values and ids in order."""
    smaller = _fewest(tree, vocabulary, shows)
    plainer, before = smaller, None
    while plainer != before:  # a date may become plainer once another has
        plainer, before = _plainest(plainer, vocabulary, as_of, shows), plainer
    named = numbered(plainer, vocabulary)
    return named if named != plainer and shows(named) else plainer


def _fewest(tree: Facts, vocabulary: Vocabulary, shows: Shows) -> Facts:
    again = True
    while again:
        again, position = False, 0
        while position < parts_in(tree, vocabulary):
            less = _without(tree, vocabulary, position)
            if less != tree and shows(less):
                tree, again = less, True
            else:
                position += 1
    return tree


def _without(tree: Facts, vocabulary: Vocabulary, position: int) -> Facts:
    asked = iter(range(parts_in(tree, vocabulary) + 1))
    return thinned(tree, vocabulary, lambda: next(asked) == position)


# --- plainer values


def _plainest(tree: Facts, vocabulary: Vocabulary, as_of: AsOf, shows: Shows) -> Facts:
    for place, fact in list(_facts(tree, vocabulary)):
        for value in _plain_values(fact, as_of):
            holder = list(owned(tree, vocabulary))[place][1]
            if value == holder[fact.name]:
                break  # the others are less plain
            other = copy.deepcopy(tree)
            list(owned(other, vocabulary))[place][1][fact.name] = value
            if shows(other):
                tree = other
                break
    return tree


def _plain_values(fact: Fact, as_of: AsOf) -> Iterator[Any]:
    match fact.kind:
        case Kind.DATE:
            yield from (str(as_of.day - timedelta(days=days)) for days in DAYS_AGO)
        case Kind.WORDS:
            yield []
            yield from ([word] for word in fact.words)
        case Kind.WORD:
            yield from sorted(fact.words, key=lambda word: word != BORN)


def _facts(tree: Facts, vocabulary: Vocabulary) -> Iterator[tuple[int, Fact]]:
    for place, (owner, facts) in enumerate(owned(tree, vocabulary)):
        for name in facts:
            fact = vocabulary.fact(f"{owner}.{name}")
            if name not in (*NO_FACTS, EVERYBODY) and fact is not None and not is_list(name, facts, vocabulary):
                yield place, fact


# --- ids


def numbered(tree: Facts, vocabulary: Vocabulary) -> Facts:
    """The same case with its records numbered from 1 in each list."""
    other = copy.deepcopy(tree)
    for kind in vocabulary.kinds.values():
        stem = kind.singular.replace("_", "-")
        new = {facts["id"]: f"{stem}-{n}" for n, facts in enumerate(other.get(kind.name) or (), 1)}
        for facts in other.get(kind.name) or ():
            facts["id"] = new[facts["id"]]
        for owner, facts in owned(other, vocabulary):
            for fact in vocabulary.facts_of(owner):
                if fact.refers_to == kind.singular and fact.name != "id" and facts.get(fact.name) is not None:
                    facts[fact.name] = _replaced(facts[fact.name], new)
    return other


def _replaced(value: Any, new: dict[str, str]) -> Any:
    return [new.get(each, each) for each in value] if isinstance(value, list) else new.get(value, value)
