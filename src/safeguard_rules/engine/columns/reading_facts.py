"""Facts as arrays, as the rules of some stages see them: what does not exist in a stage is no value of a case."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from safeguard_rules.engine.columns import operations as do
from safeguard_rules.engine.columns.frames import ROWS, Found, Frame, Lifting, Needs, Place
from safeguard_rules.engine.columns.graph import OPEN, Bit, Graph, Node, Truth3
from safeguard_rules.language.tree import FactRef, Scope
from safeguard_rules.values.truth import F, T, Truth
from safeguard_rules.vocabulary.facts import Fact, Vocabulary
from safeguard_rules.vocabulary.kinds import STAGES


class Dated(NamedTuple):
    """A date as arrays: its days, where it is known to be no date (`not_yet`, not applicable), where not applicable.

    Where it is not known, the first day lies before and the last after all days.
    """

    first: Node
    last: Node
    moments: Node
    special: Bit
    barred: Bit
    needs: Needs


TURNED: dict[np.ufunc, np.ufunc] = {np.less: np.greater, np.greater_equal: np.less_equal}
"""What one array is to another where the other is this to it."""


def bits_of(stages: frozenset[str]) -> int:
    """Stages as bits, in the order in which they are declared."""
    return sum(1 << place for place, stage in enumerate(STAGES) if stage in stages)


class Facts(Lifting):
    """The facts of a vocabulary as nodes of a graph."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary, children: frozenset[int]) -> None:
        super().__init__(graph)
        self.vocabulary = vocabulary
        self.children = children
        """The sets of stages that children of the caseload may be in, each as bits: what is not among them never is."""

    # --- stages

    def in_some(self, stages: frozenset[str]) -> Bit:
        """Where the child may be in one of these stages."""
        bits = bits_of(stages)
        if all(each & bits for each in self.children):
            return True
        if not any(each & bits for each in self.children):
            return False
        return self.graph.op(do.some_bit(bits), self.graph.leaf("stages"))

    @property
    def all_settled(self) -> bool:
        """Whether it is known of every child in which stage they are."""
        return all(each & (each - 1) == 0 for each in self.children)

    def only_in(self, stages: frozenset[str]) -> Bit:
        """Where the child is certainly in one of these stages."""
        return self.graph.no(self.in_some(frozenset(STAGES) - stages))

    def exists(self, stages: frozenset[str], frame: Frame) -> tuple[Bit, Bit]:
        """Where a fact of some stages exists for certain, and where it certainly does not, for the rule's stages.

        What a rule would say outside its own stages does not matter, so that they are taken as settled.
        """
        if frame.stages <= stages:
            return True, False
        if not frame.stages & stages:
            return False, True
        certain = self.graph.no(self.in_some(frame.stages - stages))
        # Where all children are in stages of the fact, or none of them is, nothing has to be looked up row by row.
        return certain, self.graph.no(self.in_some(frame.stages & stages))

    def as_staged(self, raw: Found, special: Truth, fact: Fact, frame: Frame) -> Found:
        """Truths about a fact where it exists, what is said of no value where it does not, else open."""
        exists, barred = self.exists(fact.stages, frame)
        if exists is True:
            return raw
        if barred is True:
            return Found(Truth3(special == T, special == F), ROWS)
        graph, needs = self.graph, raw.needs
        exists, barred = (self.lift_bit(each, ROWS, needs, frame) for each in (exists, barred))
        yes, no = (graph.both(each, exists) for each in raw.truth)
        yes = graph.either(yes, barred) if special == T else yes
        no = graph.either(no, barred) if special == F else no
        return Found(Truth3(yes, no), needs)

    def is_open(self, frame: Frame, of: str) -> Bit:
        """For each row whether a list may hold records that nobody has entered."""
        may_hold = self.in_some(self.vocabulary.kinds[of].stages & frame.stages)
        if self.vocabulary.kinds[of].stages >= frame.stages:
            may_hold = True
        return self.graph.both(self.graph.leaf("is_open", of), may_hold)

    # --- facts

    def raw(self, kind: str, ref: FactRef) -> Node:
        """What a chunk brings of a fact."""
        return self.graph.leaf(kind, ref.fact.owner, ref.fact.name)

    def date(self, ref: FactRef, frame: Frame) -> Dated:
        """A date as the rules see it."""
        graph, fact, needs = self.graph, ref.fact, frame.needs(ref.scope)
        if _is_unseen(frame.place(ref.scope)):
            return self._no_date(fact, frame)
        exists, barred = self.exists(fact.stages, frame)
        if exists is False:
            return self._no_date(fact, frame)
        first, last, moments = (self.raw(kind, ref) for kind in ("first", "last", "moments"))
        special: Bit = self.raw("not_yet", ref) if fact.may_be_not_yet else False
        exists, barred = (self.lift_bit(each, ROWS, needs, frame) for each in (exists, barred))
        if not isinstance(exists, bool):
            first, last = graph.op(do.where_known, first, exists), graph.op(do.where_known_last, last, exists)
            moments = graph.op(do.moments_where, moments, exists)
            special = graph.either(graph.both(special, exists), barred)
        return Dated(first, last, moments, special, barred, needs)

    def _no_date(self, fact: Fact, frame: Frame) -> Dated:
        """A date of which nothing is known, but perhaps that it is not applicable."""
        barred = self.exists(fact.stages, frame)[1]
        leaf = self.graph.leaf
        return Dated(leaf("early"), leaf("late"), leaf("no_moments"), barred, barred, ROWS)

    def joined(self, a: Dated, b: Dated, frame: Frame) -> tuple[Dated, Dated]:
        """Two dates about the same things."""
        needs = a.needs | b.needs
        return self.dated(a, needs, frame), self.dated(b, needs, frame)

    def dated(self, date: Dated, needs: Needs, frame: Frame) -> Dated:
        """A date as arrays about what is wanted."""
        have = date.needs
        return Dated(
            self.lift(date.first, have, needs, frame),
            self.lift(date.last, have, needs, frame),
            self.lift(date.moments, have, needs, frame, moments=True),
            self.lift_bit(date.special, have, needs, frame),
            self.lift_bit(date.barred, have, needs, frame),
            needs,
        )

    def before(self, a: Dated, b: Dated, frame: Frame) -> Found:
        """Whether a date lies before another, as `timing.before` has it; open where one of them is none."""
        a, b = self.joined(a, b, frame)
        op = self.graph.op
        yes = op(do.or_moment_before, self._compared(np.less, a.last, b.first), a.moments, b.moments)
        no = op(do.unless_moments, self._compared(np.greater_equal, a.first, b.last), yes, a.moments, b.moments)
        return Found(Truth3(yes, no), a.needs)

    def on_or_after(self, a: Dated, b: Dated, frame: Frame) -> Found:
        """Whether one day is the other, or a later one; open where one of them is no date."""
        a, b = self.joined(a, b, frame)
        yes, no = self._compared(np.greater_equal, a.first, b.last), self._compared(np.less, a.last, b.first)
        return Found(Truth3(yes, no), a.needs)

    def _compared(self, test: np.ufunc, a: Node, b: Node) -> Node:
        """A comparison of days; what is the same for all records of an owner is not spread for it."""
        for one, other, held in ((a, b, TURNED[test]), (b, a, test)):
            function, args = self.graph.made_by(one)
            if function is do.spread:
                layout, owned_by = args
                return self.graph.op(do.against_owner(held), layout, other, owned_by)
        return self.graph.op(test, a, b)

    def has_value(self, date: Dated) -> Bit:
        """Where it is known what a date is, or that it is none."""
        return self.graph.either(self.graph.op(do.known_days, date.first), date.special)

    def key(self, ref: FactRef, frame: Frame) -> tuple[Node, Needs]:
        """A reference, or the id of a record."""
        if _is_unseen(frame.place(ref.scope)):
            return self.graph.leaf("no_key"), ROWS
        return self.raw("key", ref), frame.needs(ref.scope)


def _is_unseen(place: Place | None) -> bool:
    return place is not None and not place.seen


def ref_to(vocabulary: Vocabulary, path: str, scope: Scope) -> FactRef:
    """A fact by its path, as a condition would read it."""
    return FactRef(vocabulary.facts[path], scope, path)


UNKNOWN = Found(OPEN, ROWS)
