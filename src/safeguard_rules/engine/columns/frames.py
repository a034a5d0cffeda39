"""What a condition is read of, and how arrays about one thing become arrays about another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from safeguard_rules.engine.columns import operations as do
from safeguard_rules.engine.columns.graph import NO, Bit, Graph, Node, Truth3, turned
from safeguard_rules.engine.running import PLAIN
from safeguard_rules.language.tree import Scope


class Place(NamedTuple):
    """A record of a list: each that is entered (`seen`), or the one that stands for those which nobody has entered."""

    kind: str
    seen: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What a condition is read of: the stages of its rule, the subject, the quantifier's record, the level of assuming.

    `apart` says that the quantifier leaves the subject out.
    """

    stages: frozenset[str]
    subject: Place | None = None
    item: Place | None = None
    level: int = PLAIN
    apart: bool = False

    def place(self, scope: Scope) -> Place | None:
        """The record of a scope."""
        return {Scope.ONE: None, Scope.SUBJECT: self.subject, Scope.ITEM: self.item}[scope]

    def over(self, of: str, *, seen: bool, others: bool = False) -> Frame:
        """The same for the records of a list; nothing is assumed of those that nobody has entered."""
        itself = others and seen and self.subject == Place(of, True)
        return replace(self, item=Place(of, seen), level=self.level if seen else PLAIN, apart=itself)

    def needs(self, scope: Scope) -> Needs:
        """That an array has an entry for each record of a scope; nothing where there is one for each row."""
        place = self.place(scope)
        return frozenset({scope}) if place is not None and place.seen else ROWS


Needs: TypeAlias = frozenset[Scope]
"""What an array has an entry for: each row, each subject, each record of the quantifier, each pair of these."""

ROWS: Needs = frozenset()


class Found(NamedTuple):
    """Truths, and what they have an entry for."""

    truth: Truth3
    needs: Needs


class Lifting:
    """Brings arrays to a frame, and joins truths about different things."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def layout(self, frame: Frame, needs: Needs) -> Node:
        """The layout of the records of a frame, or of its pairs."""
        return self.graph.leaf("layout", *_of(frame, needs))

    def lift(self, node: Node, have: Needs, want: Needs, frame: Frame, *, moments: bool = False) -> Node:
        """An array about rows, subjects or records, as one about what is wanted."""
        if have == want:
            return node
        spread, take = (do.spread_moments, do.take_moments) if moments else (do.spread, do.take)
        if len(want) == 2 and have == {Scope.ITEM}:
            return self.graph.op(take, node, self.graph.leaf("places", *_of(frame, want)))
        if len(want) == 2:
            node = self.lift(node, have, frozenset({Scope.SUBJECT}), frame, moments=moments)
        return self.graph.op(spread, self.layout(frame, want), node)

    def lift_with(self, function: Callable[..., Any], node: Node, want: Needs, frame: Frame) -> Node:
        """What is known of the quantifier's records, which is no array, at the pairs."""
        return self.graph.op(function, node, self.graph.leaf("places", *_of(frame, want)))

    def lift_bit(self, bit: Bit, have: Needs, want: Needs, frame: Frame) -> Bit:
        """As `lift`."""
        return bit if isinstance(bit, bool) else self.lift(bit, have, want, frame)

    def lifted(self, found: Found, want: Needs, frame: Frame) -> Truth3:
        """As `lift`, for truths."""
        yes, no = found.truth
        have = found.needs
        return Truth3(self.lift_bit(yes, have, want, frame), self.lift_bit(no, have, want, frame))

    def every(self, parts: Iterable[Found], frame: Frame) -> Found:
        """Kleene's and; parts about the same things are joined first."""
        together: dict[Needs, list[Truth3]] = {}
        for part in parts:
            together.setdefault(part.needs, []).append(part.truth)
        joined = [Found(self.graph.every(truths), needs) for needs, truths in together.items()]
        needs: Needs = frozenset().union(*(part.needs for part in joined if not _is_constant(part.truth)))
        return Found(self.graph.every(self.lifted(part, needs, frame) for part in joined), needs)

    def some(self, parts: Iterable[Found], frame: Frame) -> Found:
        """Kleene's or."""
        found = self.every((Found(turned(part.truth), part.needs) for part in parts), frame)
        return Found(turned(found.truth), found.needs)

    def combined(self, yes: Found, no: Found, frame: Frame) -> Found:
        """What is true where one is true, and false where the other is."""
        needs = yes.needs | no.needs
        a, b = (self.lift_bit(each.truth.yes, each.needs, needs, frame) for each in (yes, no))
        return Found(Truth3(a, b), needs)

    # --- lists

    def some_of(
        self,
        frame: Frame,
        of: str,
        body: Callable[[Frame], Found],
        *,
        others: bool = False,
        unseen: bool = True,
        read: bool = False,
    ) -> Found:
        """Whether it holds of some record of a list; with `unseen` those that nobody has entered may add to it.

        `read` says that it holds, or does not, only for what is read of a record: of no record neither is true.
        """
        inner = frame.over(of, seen=True, others=others)
        found, layout, want = self._of_records(inner, body)
        graph = self.graph
        yes, no = found
        if yes is True:
            yes = graph.op(do.not_empty, layout)
        elif yes is not False:
            plainly = read and Scope.SUBJECT not in want and not inner.apart
            yes = graph.op(do.some_place if plainly else do.some_record, layout, yes)
        if no is False:
            no = graph.no(graph.op(do.not_empty, layout))
        elif no is not True:
            no = graph.op(do.every_record, layout, no)
        seen = Found(Truth3(yes, no), want)
        return self.some([seen, self._unseen(frame, of, body)], frame) if unseen else seen

    def every_of(
        self,
        frame: Frame,
        of: str,
        body: Callable[[Frame], Found],
        *,
        others: bool = False,
        unseen: bool = True,
        read: bool = False,
    ) -> Found:
        """Whether it holds of every record of a list."""
        found = self.some_of(frame, of, lambda inner: _opposite(body(inner)), others=others, unseen=unseen, read=read)
        return _opposite(found)

    def counted(
        self, frame: Frame, of: str, body: Callable[[Frame], Found], *, others: bool
    ) -> tuple[Node, Node, Bit, Needs]:
        """At least and at most how many records it holds of, and where no record that nobody has entered may add."""
        inner = frame.over(of, seen=True, others=others)
        found, layout, want = self._of_records(inner, body)
        low = self._number_of(layout, found.yes, do.how_many)
        high = self._number_of(layout, found.no, do.the_others)
        unseen = self._unseen(frame, of, body)
        needs = want | unseen.needs
        low, high = (self.lift(each, want, needs, frame) for each in (low, high))
        closed = self.lift_bit(unseen.truth.no, unseen.needs, needs, frame)
        return low, high, closed, needs

    def is_open(self, frame: Frame, of: str) -> Bit:
        """For each row whether a list may hold records that nobody has entered."""
        raise NotImplementedError

    def complete(self, frame: Frame, *lists: str) -> Found:
        """Whether lists hold all that there is: true, or open."""
        graph = self.graph
        return Found(graph.every(Truth3(graph.no(self.is_open(frame, of)), False) for of in lists), ROWS)

    def _unseen(self, frame: Frame, of: str, body: Callable[[Frame], Found]) -> Found:
        """What the records that nobody has entered add: nothing where the list is complete, else they leave it open."""
        found = body(frame.over(of, seen=False))
        open_ = self.is_open(frame, of)
        needs = found.needs
        closed = self.lift_bit(self.graph.no(open_), ROWS, needs, frame)
        return Found(Truth3(False, self.graph.either(closed, found.truth.no)), needs)

    def _of_records(self, inner: Frame, body: Callable[[Frame], Found]) -> tuple[Truth3, Node, Needs]:
        """What holds of the records, their layout, and what is said of them together is about."""
        found = body(inner)
        pair = inner.apart or Scope.SUBJECT in found.needs
        want = frozenset({Scope.SUBJECT, Scope.ITEM}) if pair else frozenset({Scope.ITEM})
        return self.lifted(found, want, inner), self.layout(inner, want), want - {Scope.ITEM}

    def _number_of(self, layout: Node, bit: Bit, counted: Callable[..., Any]) -> Node:
        if isinstance(bit, bool):
            return self.graph.op(do.length if bit is (counted is do.how_many) else _none, layout)
        return self.graph.op(counted, layout, bit)


NO_BOUND = 2**14
"""More than any list holds."""


def _none(layout: Any) -> Any:
    return np.zeros(layout.owners, np.uint8)


def _of(frame: Frame, needs: Needs) -> tuple[str, ...]:
    kinds = tuple(
        place.kind for scope in (Scope.SUBJECT, Scope.ITEM) if scope in needs and (place := frame.place(scope))
    )
    return (*kinds, "apart") if frame.apart and len(kinds) == 2 else kinds


def _is_constant(truth: Truth3) -> bool:
    return isinstance(truth.yes, bool) and isinstance(truth.no, bool)


def _opposite(found: Found) -> Found:
    return Found(turned(found.truth), found.needs)


NOTHING = Found(NO, ROWS)
