"""Finding entered facts with which a derived fact comes to a goal: by trying, for a derived fact is a function.

So a new derived fact, also one of a plug-in, is aimed at without a word about it here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from safeguard_rules.testing.cut_points import NEAR
from safeguard_rules.testing.drafts import Spot
from safeguard_rules.testing.filling import Filler
from safeguard_rules.values.truth import Truth
from safeguard_rules.vocabulary.facts import Fact, Kind

TRIES = 40


@dataclass(frozen=True, slots=True)
class Search:
    """Looks for values of what a derived fact of one record is made of."""

    filler: Filler
    fact: Fact
    spot: Spot
    tester: Callable[[Any], Truth]

    def to(self, goal: Truth) -> bool:
        """Fills what is not decided until the test of the derived fact comes to the goal; false if it never did."""
        if self._comes_to() == goal:
            return True
        for attempt in range(TRIES):
            mark = self.filler.draft.mark()
            self._fill(spare=attempt % 4)
            if self._comes_to() == goal:
                return True
            self.filler.draft.back_to(mark)
        return False

    def _comes_to(self) -> Truth:
        return self.tester(self.filler.derived(self.fact, self.spot))

    def _fill(self, spare: int) -> None:
        """Gives lists records and an end, and facts values; now and then one is spared, the more the later."""
        filler, vocabulary = self.filler, self.filler.draft.vocabulary
        for path in self.fact.reads:
            kind = vocabulary.kind_named(path)
            if kind is not None:
                if filler.list_exists(kind.singular):
                    self._list(kind.singular)
                continue
            fact = vocabulary.facts[path]
            spots = filler.draft.records(fact.owner) if fact.owner in vocabulary.kinds else [self._single(fact.owner)]
            for spot in spots:
                if not filler.dice.chance(8 * spare):
                    filler.fill(fact, spot, self._values(fact))

    def _list(self, kind: str) -> None:
        dice, draft = self.filler.dice, self.filler.draft
        if draft.state(kind) is None and dice.chance(85):
            draft.decide(kind, "closed")
        while len(draft.records(kind)) < dice.pick((0, 1, 1, 2)):
            draft.add(kind)

    def _single(self, owner: str) -> Spot:
        return self.spot if self.spot.kind == owner else self.filler.draft.single(owner)

    def _values(self, fact: Fact) -> list[Any] | None:
        """Days near one another, for it is their order that counts; and the record itself where one is referred to."""
        dice = self.filler.dice
        if fact.kind is Kind.DATE and dice.chance(20 if self.filler.points.has_thresholds(fact) else 60):
            today = self.filler.as_of.day
            days = [(today - timedelta(days=step)).isoformat() for step in NEAR]
            return [*days, *((today + timedelta(days=3)).isoformat() for _ in range(0 if fact.past else 2))]
        if fact.refers_to == self.spot.kind and dice.chance(60):
            return [self.spot.id] if fact.kind is Kind.REFERENCE else [[self.spot.id]]
        return None
