"""Operations on arrays as a graph in which nothing is worked out twice, and running it once per chunk.

A node is the number of an operation; in place of a node of truths `True` or `False` may stand, where that is known
before any case is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

Node: TypeAlias = int
Bit: TypeAlias = "Node | bool"
Leaf: TypeAlias = tuple[Hashable, ...]
"""What a chunk has to bring along: its kind, and which."""


class Truth3(NamedTuple):
    """Two arrays of truths: where something is known to be true, and where it is known to be false."""

    yes: Bit
    no: Bit


YES = Truth3(True, False)
NO = Truth3(False, True)
OPEN = Truth3(False, False)


class Graph:
    """The operations of one program; what is asked for twice is one node."""

    def __init__(self) -> None:
        self.leaves: dict[Leaf, Node] = {}
        self._steps: dict[Node, tuple[Callable[..., Any], tuple[Node, ...]]] = {}
        self._known: dict[Hashable, Node] = {}
        self._count = 0

    def leaf(self, *leaf: Hashable) -> Node:
        """What a chunk brings along."""
        if leaf not in self.leaves:
            self.leaves[leaf] = self._next()
        return self.leaves[leaf]

    def op(self, function: Callable[..., Any], *args: Node) -> Node:
        """An operation on nodes; the same function on the same nodes is the same node."""
        key = (function, args)
        if key not in self._known:
            node = self._known[key] = self._next()
            self._steps[node] = (function, args)
        return self._known[key]

    def _next(self) -> Node:
        self._count += 1
        return self._count - 1

    # --- truths

    def both(self, a: Bit, b: Bit) -> Bit:
        """Both."""
        if isinstance(a, bool):
            return b if a else False
        if isinstance(b, bool):
            return a if b else False
        return a if a == b else self.op(np.bitwise_and, *sorted((a, b)))

    def either(self, a: Bit, b: Bit) -> Bit:
        """Either, or both."""
        if isinstance(a, bool):
            return True if a else b
        if isinstance(b, bool):
            return True if b else a
        return a if a == b else self.op(np.bitwise_or, *sorted((a, b)))

    def no(self, a: Bit) -> Bit:
        """The opposite."""
        return not a if isinstance(a, bool) else self.op(np.logical_not, a)

    def every(self, parts: Iterable[Truth3]) -> Truth3:
        """Kleene's and."""
        yes: Bit = True
        no: Bit = False
        for part in parts:
            yes, no = self.both(yes, part.yes), self.either(no, part.no)
        return Truth3(yes, no)

    # --- running

    def tape(self, wanted: Iterable[Bit]) -> Tape:
        """All that is needed for some nodes, in an order in which it can be worked out."""
        needed: set[Node] = set()
        ahead = [node for node in wanted if not isinstance(node, bool)]
        kept = frozenset(ahead)
        while ahead:
            node = ahead.pop()
            if node not in needed:
                needed.add(node)
                ahead.extend(self._steps[node][1] if node in self._steps else ())
        steps = [(node, *self._steps[node]) for node in sorted(needed) if node in self._steps]
        leaves = {leaf: node for leaf, node in self.leaves.items() if node in needed}
        return Tape(leaves, _with_ends(steps, kept | frozenset(leaves.values())), self._count)


def turned(part: Truth3) -> Truth3:
    """Kleene's not."""
    return Truth3(part.no, part.yes)


class Step(NamedTuple):
    """One operation: its node, the function, the nodes that it is given, and those that nobody needs afterwards.

    `one` and `other` are the first two of them, of which there may be no other.
    """

    node: Node
    function: Callable[..., Any]
    one: Node
    other: Node | None
    further: tuple[Node, ...]
    done: tuple[Node, ...]


class Tape(NamedTuple):
    """Operations in their order, after what a chunk brings along."""

    leaves: Mapping[Leaf, Node]
    steps: Sequence[Step]
    size: int

    def run(self, bring: Callable[[Leaf], Any]) -> list[Any]:
        """The arrays of the nodes that were wanted, each at its number."""
        found: list[Any] = [None] * self.size
        for leaf, node in self.leaves.items():
            found[node] = bring(leaf)
        for node, function, one, other, further, done in self.steps:
            if other is None:
                found[node] = function(found[one])
            elif not further:
                found[node] = function(found[one], found[other])
            else:
                found[node] = function(found[one], found[other], *[found[each] for each in further])
            for each in done:
                found[each] = None
        return found


def _with_ends(
    steps: Sequence[tuple[Node, Callable[..., Any], tuple[Node, ...]]], kept: frozenset[Node]
) -> tuple[Step, ...]:
    last: dict[Node, Node] = {}
    for node, _, args in steps:
        last.update(dict.fromkeys(args, node))
    done: dict[Node, list[Node]] = {}
    for each, node in last.items():
        if each not in kept:
            done.setdefault(node, []).append(each)
    return tuple(
        Step(node, function, args[0], args[1] if len(args) > 1 else None, args[2:], tuple(done.get(node, ())))
        for node, function, args in steps
    )
