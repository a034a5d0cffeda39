"""Caseloads for the tests of columns: the examples, drawn cases of the bundled packs, and those of the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from safeguard_rules import Case, Family, Rulebook
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.evidencing import with_evidence
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.values.dates import AsOf
from tests.examples import EXAMPLES
from tests.oracle.engines import case_of
from tests.oracle.shapes import corpus


@cache
def bundled(locality: str | None = None) -> Rulebook:
    """The bundled packs, with a locality if wanted."""
    return Rulebook.load(locality=locality)


@cache
def example_cases() -> tuple[Case, ...]:
    """Every case of the examples, those of a family one by one."""
    found: list[Case] = []
    for example in EXAMPLES:
        read = example.file().case
        found += read.cases() if isinstance(read, Family) else [read]
    return tuple(found)


def drawn_cases(count: int, as_of: str, *, first: int = 0, locality: str | None = None) -> Iterator[Case]:
    """So many cases aimed at the rules of the bundled packs on a day, always the same; half of them have evidence."""
    rulebook = bundled(locality)
    maker = Maker(rulebook, AsOf.of(as_of))
    for seed in range(first, first + count):
        case = Case.model_validate(maker.any_case(Seeded(seed)))
        yield with_evidence(Seeded(seed), case, rulebook.vocabulary) if seed % 2 else case


def oracle_cases(count: int, first: int = 0) -> Iterator[Case]:
    """The cases of so many of the oracle's examples."""
    for example in corpus(count, first=first):
        yield from (case_of(given.case) for given in example.cases)
