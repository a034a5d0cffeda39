"""A case that learns and forgets, step by step: a state machine of Hypothesis, started where something must be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from safeguard_rules.case.case import Case
from safeguard_rules.engine.rulebook import Day, Rulebook, day_of
from safeguard_rules.errors import CallError
from safeguard_rules.testing.comparing_outcomes import certain_outcomes, flipped, must_rules, outcomes, silently_lost
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.knowing import Learning, know_less, steps_back
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.reading_of_rules import reads_of
from safeguard_rules.testing.situation import DAY, Situation
from safeguard_rules.testing.strategies import SEEDS, cases_matching


class ReassessmentMachine(RuleBasedStateMachine):
    """What every such machine does; `Reassessment` makes one for a rulebook.

    It holds that forgetting never rules a `must` out silently, and that what was certain stays so when more is learned.
    """

    rulebook: Rulebook
    starts: st.SearchStrategy[Case]
    first_day: Any

    def __init__(self) -> None:
        super().__init__()
        self.situation = Situation(Case(), self.first_day)

    def start_at(self, case: Case) -> None:
        """The case that something must be done about."""
        self.situation = Situation(case, self.first_day)

    def learn(self, seed: int) -> None:
        """One fact, day, word or list becomes known."""
        before = certain_outcomes(self.rulebook, self.situation.case, self.situation.as_of)
        points = Maker(self.rulebook, self.situation.as_of).points
        learning = Learning(
            Seeded(seed), self.situation.case, self.rulebook.vocabulary, points, reads_of(self.rulebook)
        )
        more = learning.one_thing()
        if more is None:
            return
        earlier, self.situation = self.situation, Situation(more, self.situation.as_of)
        after = certain_outcomes(self.rulebook, more, self.situation.as_of)
        for (name, subject), _, _ in flipped(before, after):
            raise AssertionError(f"`{name}` ({subject}) was certain, and flipped\n{earlier}\nwas followed by\n{self}")

    def forget(self, seed: int) -> None:
        """One fact, record or list is not known any more."""
        steps = steps_back(self.situation.case, self.rulebook.vocabulary, self.situation.as_of)
        if not steps:
            return
        step = Seeded(seed).pick(steps)
        before = outcomes(self.rulebook, self.situation.case, self.situation.as_of)
        earlier = self.situation
        self.situation = Situation(know_less(earlier.case, step), earlier.as_of)
        after = outcomes(self.rulebook, self.situation.case, self.situation.as_of)
        for name, subject in silently_lost(before, after, must_rules(self.rulebook)):
            raise AssertionError(f"`{name}` ({subject}) applied, and is ruled out when {step}\n{earlier}")

    def wait(self, days: int) -> None:
        """Time passes."""
        later = self.situation.as_of.day + timedelta(days=days)
        self.situation = Situation(self.situation.case, day_of(later))

    def __str__(self) -> str:
        return repr(self.situation)


def Reassessment(  # noqa: N802 - it gives a class, and stands where one would
    rulebook: Rulebook, start: str = "must", *, as_of: Day = DAY
) -> type[ReassessmentMachine]:
    """A state machine over one case: facts are learned and forgotten, days pass.

    `start` is a rule, by its full or short name, that applies at first; `must` means any rule with a `must`. In
    one line of a test file: `TestReassessment = Reassessment(rulebook).TestCase`. Raises `CallError` for a rule that is
    not in force, and where none with a `must` applies in any case.
    """
    day = day_of(as_of)
    first = _starts(rulebook, start, day)

    class Machine(ReassessmentMachine):
        starts = first

        @initialize(case=first)
        def start_at(self, case: Case) -> None:
            super().start_at(case)

        @rule(seed=SEEDS)
        def learn(self, seed: int) -> None:
            super().learn(seed)

        @rule(seed=SEEDS)
        def forget(self, seed: int) -> None:
            super().forget(seed)

        @rule(days=st.sampled_from((1, 7, 31, 365)))
        def wait(self, days: int) -> None:
            super().wait(days)

    Machine.rulebook, Machine.first_day = rulebook, day
    Machine.__name__ = Machine.__qualname__ = "Reassessment"
    return Machine


def _starts(rulebook: Rulebook, start: str, as_of: Any) -> st.SearchStrategy[Case]:
    if start != "must":
        return cases_matching(rulebook, start, "applies", as_of=as_of)
    found = []
    for name in sorted(must_rules(rulebook)):
        try:
            found.append(cases_matching(rulebook, name, "applies", as_of=as_of))
        except CallError:
            continue  # it speaks on other days, or in another area
    if not found:
        raise CallError(f"no rule applies in any case that was tried on {as_of}, so there is nowhere to start")
    return st.one_of(found)
