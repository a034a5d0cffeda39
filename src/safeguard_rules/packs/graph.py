"""The graph of definitions: what each reaches, cycles, and what may not be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from safeguard_rules.language.tree import Condition, FactRef, definitions_in, facts_in, has_quantifier, parameters_in


def cycles(edges: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """The cycles of a graph, each from its first name in the order of the alphabet back to it, each once."""
    found: dict[tuple[str, ...], None] = {}
    finished: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            cycle = path[path.index(name) :]
            first = cycle.index(min(cycle))
            found[(*cycle[first:], *cycle[:first], cycle[first])] = None
            return
        if name in finished:
            return
        for other in edges.get(name, ()):
            visit(other, (*path, name))
        finished.add(name)

    for name in sorted(edges):
        visit(name, ())
    return tuple(found)


class Reach:
    """What conditions reach through definitions; the graph must have no cycle.

    `meanings` gives every condition that a definition has: its forms over time, variants and local forms.
    """

    def __init__(self, meanings: Callable[[str], Iterable[Condition]]) -> None:
        self._meanings = meanings
        self._below = cache(self._find_below)

    def definitions(self, condition: Condition) -> tuple[str, ...]:
        """All definitions that a condition reaches, each once."""
        found: dict[str, None] = {}
        for name in definitions_in(condition):
            found[name] = None
            found.update(dict.fromkeys(self._below(name)))
        return tuple(found)

    def conditions(self, condition: Condition) -> tuple[Condition, ...]:
        """The condition and all that the definitions it reaches mean."""
        return (condition, *(each for name in self.definitions(condition) for each in self._meanings(name)))

    def quantifies(self, condition: Condition) -> bool:
        """Whether the condition, or a definition that it reaches, ranges over a list."""
        return any(has_quantifier(each) for each in self.conditions(condition))

    def facts(self, condition: Condition) -> tuple[FactRef, ...]:
        """All facts that a condition reads, itself or through definitions."""
        return tuple({ref.fact.path: ref for each in self.conditions(condition) for ref in facts_in(each)}.values())

    def parameters(self, condition: Condition) -> tuple[str, ...]:
        """All parameters that a condition reads, itself or through definitions."""
        return tuple(dict.fromkeys(name for each in self.conditions(condition) for name in parameters_in(each)))

    def _find_below(self, name: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for condition in self._meanings(name):
            for other in definitions_in(condition):
                found[other] = None
                found.update(dict.fromkeys(self._below(other)))
        return tuple(found)
