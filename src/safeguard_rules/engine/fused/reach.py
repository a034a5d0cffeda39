"""Which nodes some others need, what reads each of them, and what comes before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from safeguard_rules.engine.fused.nodes import (
    FALSE,
    HowMany,
    Instead,
    Joined,
    Known,
    Leaf,
    Node,
    Nodes,
    Opposite,
    Ranging,
    parts_of,
)
from safeguard_rules.engine.fused.values import Frame


@dataclass(slots=True)
class Reach:
    """The nodes of a frame that some nodes need, what they are made of first."""

    frame: Frame
    order: dict[Node, None] = field(default_factory=dict)
    uses: dict[Node, int] = field(default_factory=dict)
    """How many others read a node."""
    needed: set[Node] = field(default_factory=set)
    """Nodes that are read within a list, for each record, or twice by one other."""
    ranks: dict[Node, int] = field(default_factory=dict)
    """How many loops have to come before."""
    roots: set[Node] = field(default_factory=set)
    """Nodes that are wanted for themselves."""
    readers: dict[Node, list[Node]] = field(default_factory=dict)
    """The nodes that read a node."""

    def add(self, roots: Iterable[Node], inside: bool = False) -> None:
        """Adds what these need; `inside` says that they are read for each record of a list."""
        for root in roots:
            self.roots.add(plainly(root))
            self._use(plainly(root), inside)
            for node in self._below(plainly(root)):
                self._rank(node)
                for part in map(plainly, parts_of(node)):
                    self.readers.setdefault(part, []).append(node)
                    twice = isinstance(node, Instead) and part is plainly(node.plain) and not isinstance(part, Leaf)
                    self._use(part, len(node.frame) > len(self.frame) or twice or self._in_loop(node, part))

    def _in_loop(self, node: Node, part: Node) -> bool:
        """Whether a part is the body of a loop, and yet the same for all its records."""
        return isinstance(node, Ranging) and part is plainly(node.body)

    def _use(self, node: Node, inside: bool) -> None:
        if node.frame == self.frame and not isinstance(node, Known):
            self.uses[node] = self.uses.get(node, 0) + 1
            if inside:
                self.needed.add(node)

    def _rank(self, node: Node) -> None:
        below = max((self.ranks.get(plainly(part), 0) for part in parts_of(node)), default=0)
        self.ranks[node] = below + (isinstance(node, Ranging) and node.frame == self.frame)
        self.order[node] = None

    def _below(self, root: Node) -> Iterator[Node]:
        """The nodes below one that were not met yet, those of outer frames left out, the lowest first."""
        waiting = [(root, False)]
        while waiting:
            node, done = waiting.pop()
            if node in self.order or len(node.frame) < len(self.frame) or isinstance(node, Known):
                continue
            if done:
                yield node
            else:
                waiting.append((node, True))
                waiting.extend((plainly(part), False) for part in parts_of(node))


def plainly(node: Node) -> Node:
    """A node, or what it is the opposite of."""
    return node.part if isinstance(node, Opposite) else node


FEW_READERS = 3
"""What more nodes read is taken to matter."""

CHEAP = 3
"""So many tests at most decide without a loop what reads a loop."""


@dataclass(slots=True)
class Idle:
    """When it does not matter what a list comes to, as what reads it is decided without it.

    A rule that is about a baby below six months asks nothing of the injuries of an older child.
    """

    reach: Reach
    is_cheap: Callable[[Leaf], bool]
    nodes: Nodes = field(default_factory=Nodes)

    def when(self, node: Node, depth: int = 0) -> Node:
        """A condition under which all that reads a node is decided otherwise, or is read by nothing that is not."""
        readers = self.reach.readers.get(node, [])
        if node in self.reach.roots or not 0 < len(readers) <= FEW_READERS or depth > FEW_READERS:
            return FALSE
        found = [self.nodes.joined(False, (self._decided(each, node), self.when(each, depth + 1))) for each in readers]
        return self.nodes.joined(True, found)

    def _decided(self, reader: Node, node: Node) -> Node:
        """Whether another part of what reads a node decides it; it is asked only whether this is true."""
        if not isinstance(reader, Joined):
            return FALSE
        others = [part for part in reader.parts if plainly(part) is not node and self._looks(part) <= CHEAP]
        return self.nodes.joined(False, [self.nodes.opposite(part) if reader.least else part for part in others])

    def _looks(self, node: Node) -> int:
        """How many tests it takes to tell a node; more than are cheap if there is a loop among them."""
        node = plainly(node)
        if isinstance(node, Leaf):
            return 1 if len(node.frame) <= len(self.reach.frame) and self.is_cheap(node) else CHEAP + 1
        if isinstance(node, Ranging | HowMany):
            return CHEAP + 1
        return sum(map(self._looks, parts_of(node)))
