"""What rules come to for a case on a day, by functions that are made when they are first needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.engine.fused.asking import LazyView
from safeguard_rules.engine.fused.lowering import Lowering
from safeguard_rules.engine.fused.values import Values
from safeguard_rules.engine.fused.writing import Codes, Deciding, Made, Written, write
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.view import stages_left

TOGETHER = 250
"""So many rules at most are in one function."""

DAYS_KEPT = 64
"""For so many days the bounds are kept; a caseload has one, a timeline some dozens."""


class OnDay(NamedTuple):
    """A function with its bounds on a day, and whether it asks a view."""

    run: Written
    bounds: tuple[Any, ...]
    asks: bool


@dataclass(slots=True)
class Verdicts:
    """What some rules of a program come to. One serves many threads: what it keeps is the same whoever makes it."""

    program: Program
    vocabulary: Vocabulary
    rules: Sequence[ActiveRule]
    made: dict[tuple[frozenset[str], bool], tuple[Made, ...]] = field(default_factory=dict)
    on_day: dict[tuple[date, frozenset[str], bool], OnDay] = field(default_factory=dict)

    def codes(self, case: CaseContents, as_of: AsOf) -> Codes:
        """What each rule comes to, in their order: a truth, or one for each record by id and then for the unseen."""
        return self.on(as_of)(case)

    def on(self, as_of: AsOf) -> Deciding:
        """What gives the codes of cases on a day; it knows which function is meant for which stages."""
        known: dict[frozenset[str], OnDay] = {}

        def decide(case: CaseContents) -> Codes:
            left = stages_left(case, as_of)
            run, bounds, asks = known.get(left) or known.setdefault(left, self._on_day(left, as_of))
            return run(case, bounds, as_of, LazyView(case, as_of, self.vocabulary) if asks else None)

        return decide

    def _on_day(self, left: frozenset[str], as_of: AsOf) -> OnDay:
        key = as_of.day, left, as_of.instant is not None
        found = self.on_day.get(key)
        if found is None:
            if len(self.on_day) >= DAYS_KEPT:
                self.on_day = {}
            found = self.on_day[key] = _at_once(self._made(*key[1:]), as_of)
        return found

    def _made(self, left: frozenset[str], timed: bool) -> tuple[Made, ...]:
        made = self.made.get((left, timed))
        if made is None:
            made = self.made[left, timed] = self._make(left, timed)
        return made

    def _make(self, left: frozenset[str], timed: bool) -> tuple[Made, ...]:
        lowering = Lowering(self.program.forms, self.program.thresholds, Values(self.vocabulary), left)
        spoken = [lowering.rule(active.form) for active in self.rules]
        parts = [spoken[first : first + TOGETHER] for first in range(0, len(spoken), TOGETHER)] or [[]]
        return tuple(write(part, self.vocabulary, self.program.calendar, timed) for part in parts)


def _at_once(made: Sequence[Made], as_of: AsOf) -> OnDay:
    """Several functions as one."""
    bounds = tuple(each.days.on(as_of) for each in made)
    if len(made) == 1:
        return OnDay(made[0].run, bounds[0], made[0].asks)
    runs = [each.run for each in made]

    def run(case: CaseContents, bounds: tuple[Any, ...], as_of: AsOf, asked: LazyView | None) -> Codes:
        given = zip(runs, bounds, strict=True)
        return tuple(chain.from_iterable(each(case, its_bounds, as_of, asked) for each, its_bounds in given))

    return OnDay(run, bounds, any(each.asks for each in made))
