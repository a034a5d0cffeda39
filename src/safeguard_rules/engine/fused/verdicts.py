"""What rules come to for a case on a day, by functions that are made when they are first needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.engine.fused.asking import Asked
from safeguard_rules.engine.fused.lowering import Lowering
from safeguard_rules.engine.fused.values import Values
from safeguard_rules.engine.fused.writing import Codes, Made, write
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.view import stages_left

TOGETHER = 250
"""So many rules at most are in one function."""

DAYS_KEPT = 64
"""For so many days the bounds are kept; a caseload has one, a timeline some dozens."""


class OnDay(NamedTuple):
    """A function with its bounds on a day."""

    made: Made
    bounds: tuple[date, ...]


@dataclass(slots=True)
class Verdicts:
    """What some rules of a program come to. One serves many threads: what it keeps is the same whoever makes it."""

    program: Program
    vocabulary: Vocabulary
    rules: Sequence[ActiveRule]
    made: dict[tuple[frozenset[str], bool], tuple[Made, ...]] = field(default_factory=dict)
    on_day: dict[tuple[date, frozenset[str], bool], tuple[OnDay, ...]] = field(default_factory=dict)

    def codes(self, case: CaseContents, as_of: AsOf) -> Codes:
        """What each rule comes to, in their order: a truth, or one for each record by id and then for the unseen."""
        left = stages_left(case, as_of)
        key = as_of.day, left, as_of.instant is not None
        found = self.on_day.get(key) or self._on_day(key, as_of)
        if len(found) == 1:
            ((made, bounds),) = found
            return made.run(case, bounds, as_of, Asked(case, as_of, self.vocabulary) if made.asks else None)
        asked = Asked(case, as_of, self.vocabulary)
        return tuple(chain.from_iterable(made.run(case, bounds, as_of, asked) for made, bounds in found))

    def _on_day(self, key: tuple[date, frozenset[str], bool], as_of: AsOf) -> tuple[OnDay, ...]:
        _, left, timed = key
        made = self.made.get((left, timed))
        if made is None:
            made = self.made[left, timed] = self._make(left, timed)
        if len(self.on_day) >= DAYS_KEPT:
            self.on_day = {}
        found = self.on_day[key] = tuple(OnDay(each, each.days.on(as_of)) for each in made)
        return found

    def _make(self, left: frozenset[str], timed: bool) -> tuple[Made, ...]:
        lowering = Lowering(self.program.forms, self.program.thresholds, Values(self.vocabulary), left)
        spoken = [lowering.rule(active.form) for active in self.rules]
        parts = [spoken[first : first + TOGETHER] for first in range(0, len(spoken), TOGETHER)] or [[]]
        return tuple(write(part, self.vocabulary, self.program.calendar, timed) for part in parts)
