"""What conditions come to, as nodes that are shared: two conditions that say the same of the same record are one node.

A condition says nothing any more of definitions, scopes, stages or levels of assuming: all that is settled before. What
is left are tests of values, their least and greatest, and quantities over lists.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from safeguard_rules.engine.fused.values import TOP, Frame, ReadValue
from safeguard_rules.language.operators import Operator
from safeguard_rules.values.truth import F, T, Truth, U


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A truth; `frame` says of which records, the outer before the inner: none for what is the same for all."""

    frame: Frame


@dataclass(frozen=True, slots=True, eq=False)
class Known(Node):
    """A truth that is known before any case is."""

    value: Truth


@dataclass(frozen=True, slots=True, eq=False)
class Leaf(Node):
    """A test of a value against a constant or another value."""

    value: ReadValue
    operator: Operator
    operand: object
    """A constant, or another `ReadValue`."""


@dataclass(frozen=True, slots=True, eq=False)
class Joined(Node):
    """The least of the parts, or the greatest."""

    least: bool
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Opposite(Node):
    """The part turned round."""

    part: Node


@dataclass(frozen=True, slots=True, eq=False)
class Instead(Node):
    """A definition that may be taken as assumed: what it comes to plainly, and another truth where that is unknown."""

    plain: Node
    other: Node


@dataclass(frozen=True, slots=True, eq=False)
class Ranging(Node):
    """What a list comes to: `body` for each record, `unseen` for those that nobody has entered, if the list is open.

    A `Some` is a truth; a `Tally` the two counts that `HowMany` tests.
    """

    of: str
    body: Node
    unseen: Node


@dataclass(frozen=True, slots=True, eq=False)
class Some(Ranging):
    """Whether the body holds of some record."""


@dataclass(frozen=True, slots=True, eq=False)
class Tally(Ranging):
    """Of how many records the body holds, and of how many it may."""


@dataclass(frozen=True, slots=True, eq=False)
class HowMany(Node):
    """A tally between two whole numbers (None: no bound), less the record itself where `own` is its truth."""

    tally: Tally
    own: Node | None
    low: int
    high: int | None


TRUE, UNKNOWN, FALSE = Known(TOP, T), Known(TOP, U), Known(TOP, F)
_KNOWN = {T: TRUE, U: UNKNOWN, F: FALSE}

X = TypeVar("X", bound=Node)


def known(value: Truth) -> Known:
    """The node of a truth."""
    return _KNOWN[value]


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes that a node is made of, those of records of a list among them."""
    match node:
        case Joined(parts=parts):
            return parts
        case Opposite(part=part):
            return (part,)
        case Instead(plain=plain, other=other):
            return plain, other
        case Ranging(body=body, unseen=unseen):
            return body, unseen
        case HowMany(tally=tally, own=own):
            return (tally,) if own is None else (tally, own)
    return ()


@dataclass(slots=True)
class Nodes:
    """Makes nodes, each once; what can be settled is."""

    made: dict[Hashable, Node] = field(default_factory=dict)
    order: dict[Node, int] = field(default_factory=dict)
    """The nodes in the order in which they were made, so that parts come in the same order every time."""

    def leaf(self, value: ReadValue, operator: Operator, operand: object) -> Node:
        """A test."""
        frames = [each.frame for each in (value, operand) if isinstance(each, ReadValue)]
        key = "leaf", value, operator.name, operand.__class__, operand
        return self._once(key, Leaf(deepest(frames), value, operator, operand))

    def joined(self, least: bool, parts: Iterable[Node]) -> Node:
        """The least or the greatest; what decides nothing is left out."""
        neutral, deciding = (TRUE, FALSE) if least else (FALSE, TRUE)
        kept = dict.fromkeys(part for part in parts if part is not neutral)
        if deciding in kept:
            return deciding
        if len(kept) < 2:
            return next(iter(kept), neutral)
        ordered = tuple(sorted(kept, key=lambda part: self.order.get(part, -1)))
        return self._once(("joined", least, ordered), Joined(deepest(part.frame for part in ordered), least, ordered))

    def opposite(self, part: Node) -> Node:
        """A truth turned round."""
        if isinstance(part, Known):
            return known(T - part.value)
        if isinstance(part, Opposite):
            return part.part
        return self._once(("opposite", part), Opposite(part.frame, part))

    def instead(self, plain: Node, other: Node) -> Node:
        """A truth, or another where it is unknown."""
        if plain is UNKNOWN:
            return other
        if isinstance(plain, Known) or other is plain or other is UNKNOWN:
            return plain
        return self._once(("instead", plain, other), Instead(deepest((plain.frame, other.frame)), plain, other))

    def some(self, frame: Frame, of: str, body: Node, unseen: Node) -> Node:
        """Whether something holds of some record of a list, in a frame."""
        if body is FALSE and unseen is FALSE:
            return FALSE
        return self._once(("some", frame, of, body, unseen), Some(frame, of, body, unseen))

    def tally(self, frame: Frame, of: str, body: Node, unseen: Node) -> Tally:
        """Of how many records something holds."""
        return self._once(("tally", frame, of, body, unseen), Tally(frame, of, body, unseen))

    def how_many(self, tally: Tally, own: Node | None, low: int, high: int | None) -> Node:
        """A tally held against bounds."""
        if high is not None and low > high:
            return FALSE
        frame = tally.frame if own is None else deepest((tally.frame, own.frame))
        return self._once(("how many", tally, own, low, high), HowMany(frame, tally, own, low, high))

    def _once(self, key: Hashable, node: X) -> X:
        found = self.made.setdefault(key, node)
        self.order.setdefault(found, len(self.order))
        return found  # type: ignore[return-value]  # the key says of which class it is


def deepest(frames: Iterable[Frame]) -> Frame:
    """The frame that holds all of these; each lies within the other."""
    return max(frames, key=len, default=TOP)


def below(node: Node) -> Iterator[Node]:
    """The node and all that it is made of, each once, what it is made of first."""
    seen: set[Node] = set()
    waiting = [(node, False)]
    while waiting:
        each, done = waiting.pop()
        if done:
            yield each
        elif each not in seen:
            seen.add(each)
            waiting.append((each, True))
            waiting.extend((part, False) for part in reversed(parts_of(each)))
