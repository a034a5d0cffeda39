"""The leaves of a rule's condition, also those in the definitions that it reads, and the ways that lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from safeguard_rules.language.tree import Always, Condition, Count, Quantifier, Test, Use, children
from safeguard_rules.packs.content import DefinitionForm

Route: TypeAlias = tuple[Condition, ...]
"""The nodes from the whole condition down to a leaf, both included; after a definition's name comes its meaning."""

MOST_TIMES = 3
"""A definition that a rule reads in many places is entered so often and no more."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A test, or a list that is looked through, with the ways that lead to it."""

    node: Test | Quantifier | Count
    routes: tuple[Route, ...]


def leaves(when: Condition, forms: Mapping[str, DefinitionForm]) -> tuple[Leaf, ...]:
    """The leaves of a condition, each once, in the order in which they are met; lists stand before what is in them."""
    found: dict[str, list[Route]] = {}
    entered: dict[str, int] = {}
    for route in _routes((when,), forms, entered):
        found.setdefault(route[-1].id, []).append(route)
    return tuple(_leaf(routes) for routes in found.values())


def _leaf(routes: list[Route]) -> Leaf:
    node = routes[0][-1]
    assert isinstance(node, Test | Quantifier | Count)
    return Leaf(node, tuple(routes))


def _routes(route: Route, forms: Mapping[str, DefinitionForm], entered: dict[str, int]) -> Iterator[Route]:
    node = route[-1]
    if isinstance(node, Test | Quantifier | Count):
        yield route
    if isinstance(node, Use):
        if node.definition not in forms or entered.get(node.definition, 0) >= MOST_TIMES:
            return
        entered[node.definition] = entered.get(node.definition, 0) + 1
        yield from _routes((*route, forms[node.definition].when), forms, entered)
    for part in children(node):
        if not isinstance(part, Always):
            yield from _routes((*route, part), forms, entered)
