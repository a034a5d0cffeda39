"""Building a case in which one part of a rule decides: all beside the way to it is made neutral, then it is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safeguard_rules.engine.program import ActiveRule
from safeguard_rules.language.operators import count_test
from safeguard_rules.language.tree import All, AnyOf, Condition, Count, FactRef, Not, Quantifier, Scope, Test, Use
from safeguard_rules.testing.aiming import Aim, Frame
from safeguard_rules.testing.edges import Apart, Counted, Pin
from safeguard_rules.testing.searching import Search
from safeguard_rules.testing.wanting import Wanted
from safeguard_rules.values.truth import F, T, Truth, U, negate


@dataclass(slots=True)
class Pointer:
    """Aims one draft at one wanted case along one route.

    `others_first` decides what lies beside the way before what lies on it; `turned` takes the other end of a count;
    `at_least` goes on where something beside the way does not become neutral. Another try may succeed.
    """

    aim: Aim
    wanted: Wanted
    route: Sequence[Condition]
    others_first: bool
    turned: bool
    at_least: bool

    def at(self, active: ActiveRule) -> bool:
        """Builds towards the case; true is a good guess and no proof."""
        draft, kind = self.aim.draft, active.form.for_each
        if kind is None:
            return self._on(0, Frame())
        return self.aim.filler.list_exists(kind) and self._on(0, Frame(draft.add(kind)))

    # --- along the way

    def _on(self, step: int, frame: Frame) -> bool:
        node = self.route[step]
        if step == len(self.route) - 1:
            return self._leaf(node, frame)
        match node:
            case All(parts=parts) | AnyOf(parts=parts):
                neutral = T if isinstance(node, All) else F
                beside = [part for part in parts if part is not self.route[step + 1]]
                return self._between(beside, neutral, step, frame)
            case Use():
                spot = {Scope.ONE: None, Scope.SUBJECT: frame.subject, Scope.ITEM: frame.item}[node.scope]
                return self._on(step + 1, Frame(spot))
            case Quantifier() | Count():
                return self._list(node, step, frame)
        return self._on(step + 1, frame)

    def _between(self, beside: Sequence[Condition], neutral: Truth, step: int, frame: Frame) -> bool:
        if not self.others_first and not self._on(step + 1, frame):
            return False
        fit = [self.aim.towards(part, neutral, frame) for part in beside]
        if not (all(fit) or self.at_least):
            return False
        return not self.others_first or self._on(step + 1, frame)

    def _list(self, node: Quantifier | Count, step: int, frame: Frame) -> bool:
        """One record on the way; of the others none counts, or as many as leave the count on its edge."""
        if not self.aim.filler.list_exists(node.of):
            return False
        spot = self.aim.draft.add(node.of)
        if not self._on(step + 1, Frame(frame.subject, spot)):
            return False
        more = self._beside_one(node) if isinstance(node, Count) else 0
        if more is None:
            return False
        neutral = T if isinstance(node, Quantifier) and node.every else F
        others = [each for each in self.aim.there(node.of, node.others, frame) if each.facts is not spot.facts]
        while len(others) < more:
            others.append(self.aim.draft.add(node.of))
        fit = all(
            self.aim.towards(node.where, T if n < more else neutral, Frame(frame.subject, each))
            for n, each in enumerate(others)
        )
        return fit and self.aim.draft.decide(node.of, "closed")

    def _beside_one(self, node: Count) -> int | None:
        """How many other records must count for one more to change the answer."""
        operand = self.aim.operand(node.operand)
        most = max(operand) if isinstance(operand, tuple) else operand
        answers = [count_test(node.operator, n, n, operand) for n in range(most + 3)]
        edges = [n for n in range(most + 2) if answers[n] != answers[n + 1]]
        return edges[-1 if self.turned else 0] if edges else None

    # --- at its end

    def _leaf(self, node: Condition, frame: Frame) -> bool:
        match self.wanted.exactly:
            case Pin() as pin:
                assert isinstance(node, Test)
                return self._pinned(node, pin, frame)
            case Apart(days=days):
                assert isinstance(node, Test)
                return self._apart(node, days, frame)
            case Counted(records=records):
                assert isinstance(node, Count)
                return self._counted(node, records, frame)
        goal = self.wanted.goal
        assert goal is not None
        return self.aim.towards(node, self._value(goal), frame)

    def _value(self, goal: Truth) -> Truth:
        """What the leaf must be for the rule to come to a goal: `not` turns it round, and a count may."""
        if goal == U:
            return U
        turns = sum(isinstance(node, Not) for node in self.route) + self.turned
        return negate(goal) if turns % 2 else goal

    def _pinned(self, test: Test, pin: Pin, frame: Frame) -> bool:
        spot = self.aim.spot(test.ref, frame)
        if pin.written is not None:
            return self.aim.give(pin.fact, spot, pin.written)
        return Search(self.aim.filler, pin.fact, spot, lambda found: T if found == pin.bare else F).to(T)

    def _apart(self, test: Test, days: int, frame: Frame) -> bool:
        """Two dates: the one on the right some time ago, unless it is there already."""
        assert isinstance(test.operand, FactRef)
        left, right = test.ref, test.operand
        if left.fact.derived or right.fact.derived:
            return False
        spot = self.aim.spot(right, frame)
        now = spot.facts.get(right.fact.name)
        start = (self.aim.as_of.day - timedelta(days=10)).isoformat() if now is None else str(now)
        if len(start) < len("2026-03-02") or not self.aim.give(right.fact, spot, start):
            return False
        day = date.fromisoformat(start[: len("2026-03-02")]) + timedelta(days=days)
        return self.aim.give(left.fact, self.aim.spot(left, frame), day.isoformat())

    def _counted(self, count: Count, records: int, frame: Frame) -> bool:
        there = self.aim.there(count.of, count.others, frame)
        while len(there) < records:
            there.append(self.aim.draft.add(count.of))
        return self.aim.draft.decide(count.of, "closed") and all(
            self.aim.towards(count.where, T if n < records else F, Frame(frame.subject, each))
            for n, each in enumerate(there)
        )
