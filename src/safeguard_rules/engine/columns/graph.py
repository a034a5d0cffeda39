"""Operations on arrays as a graph in which nothing is worked out twice, and running it once per chunk.

A node is the number of an operation; in place of a node of truths `True` or `False` may stand, where that is known
before any case is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from safeguard_rules.engine.syntax import call, function, let, let_all, let_go, name, together

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

    def made_by(self, node: Node) -> tuple[Callable[..., Any] | None, tuple[Node, ...]]:
        """The operation of a node and the nodes that it is given; none for what a chunk brings along."""
        return self._steps.get(node, (None, ()))

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
        steps = [Step(node, *self._steps[node]) for node in sorted(needed) if node in self._steps]
        leaves = {leaf: node for leaf, node in self.leaves.items() if node in needed}
        return Tape(tuple(leaves), tuple(sorted(kept)), _function(tuple(leaves.values()), steps, kept))


def turned(part: Truth3) -> Truth3:
    """Kleene's not."""
    return Truth3(part.no, part.yes)


class Step(NamedTuple):
    """One operation: its node, the function, and the nodes that it is given."""

    node: Node
    function: Callable[..., Any]
    args: tuple[Node, ...]


class Tape(NamedTuple):
    """Operations in their order, after what a chunk brings along: one function of that, which gives what was wanted."""

    leaves: tuple[Leaf, ...]
    wanted: tuple[Node, ...]
    function: Callable[[Sequence[Any]], Sequence[Any]]

    def run(self, bring: Callable[[Leaf], Any]) -> Mapping[Node, Any]:
        """The arrays of the nodes that were wanted."""
        return dict(zip(self.wanted, self.function([bring(leaf) for leaf in self.leaves]), strict=True))


def _function(leaves: Sequence[Node], steps: Sequence[Step], kept: frozenset[Node]) -> Callable[..., Any]:
    """A function in which every node is a variable, made of syntax-tree nodes: to go through a list takes longer.

    What nobody needs afterwards is let go at once, so that its place is free for what comes next.
    """
    last = {node: step.node for step in steps for node in step.args}
    namespace: dict[str, Any] = {f"f{step.node}": step.function for step in steps}
    lines = [let_all([_variable(node) for node in leaves], name("brought"))] if leaves else []
    for step in steps:
        given = [name(_variable(node)) for node in step.args]
        lines.append(let(_variable(step.node), call(name(f"f{step.node}"), *given)))
        done = [node for node in dict.fromkeys(step.args) if last[node] == step.node and node not in kept]
        if done:
            lines.append(let_go([_variable(node) for node in done]))
    found = together([name(_variable(node)) for node in sorted(kept)])
    exec(compile(function("run", ["brought"], lines, found), "<columns>", "exec"), namespace)
    made: Callable[..., Any] = namespace["run"]
    return made


def _variable(node: Node) -> str:
    return f"n{node}"
