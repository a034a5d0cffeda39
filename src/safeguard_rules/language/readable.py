"""What a condition may read of the vocabulary, and what its facts hold in plain words."""

from __future__ import annotations

from safeguard_rules.values.durations import Duration
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary

NEVER_READ = ("done", "protective_factor", "protective_factors")
"""What is shown and no rule reads: what was done (decision 24b) and strengths (promise 5)."""


def readable_kinds(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The singulars of the lists that a condition may range over."""
    return tuple(kind for kind in vocabulary.kinds if kind not in NEVER_READ)


def readable(fact: Fact, vocabulary: Vocabulary) -> bool:
    """Whether a rule may read a fact: what was done, and strengths, are shown and never tested."""
    return fact.owner not in vocabulary.kinds or fact.owner not in NEVER_READ


def readable_facts(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The paths of all facts that a condition may read."""
    return tuple(path for path, fact in vocabulary.facts.items() if readable(fact, vocabulary))


def comparable(left: Fact, right: Fact) -> bool:
    """Whether one fact may stand against another: dates with dates, references with references to the same list."""
    if left.kind is Kind.DATE:
        return right.kind is Kind.DATE
    return right.kind is Kind.REFERENCE and left.refers_to == right.refers_to


def expected_text(fact: Fact) -> str:
    """What kind of value a fact holds, in plain words."""
    return {
        Kind.BOOLEAN: "true or false",
        Kind.WORD: "one word",
        Kind.WORDS: "a set of words",
        Kind.NUMBER: "a whole number",
        Kind.DATE: "a date",
        Kind.LENGTH: "a length of time",
        Kind.TEXT: "text",
        Kind.REFERENCE: f"a reference to one {fact.refers_to}",
        Kind.REFERENCES: f"a set of references to {fact.refers_to}",
    }[fact.kind]


def quantity(fact: Fact) -> tuple[tuple[type, ...], str]:
    """The type of parameter that a number or length is held against, and its name in plain words."""
    return ((int,), "a whole number") if fact.kind is Kind.NUMBER else ((Duration,), "a length of time")
