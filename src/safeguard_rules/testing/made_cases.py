"""Whole cases for a rulebook on a day: aimed at outcomes of rules, and filled with what else may be known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from safeguard_rules.case.case import Case
from safeguard_rules.engine.outcomes import Runs
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError
from safeguard_rules.language.tree import Condition
from safeguard_rules.messages import nearest
from safeguard_rules.results import Outcome
from safeguard_rules.testing.aiming import Aim, Frame
from safeguard_rules.testing.cut_points import CutPoints, cut_points
from safeguard_rules.testing.dice import Dice, shuffled
from safeguard_rules.testing.drafts import CaseDraft, Facts, Spot
from safeguard_rules.testing.filling import Filler
from safeguard_rules.testing.reading_of_rules import Reads, reads_of
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.facts import Fact, Kind
from safeguard_rules.vocabulary.kinds import STAGES
from safeguard_rules.vocabulary.view import view

GOALS: dict[Outcome, Truth] = {"applies": T, "undetermined": U, "does_not_apply": F}


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes cases for one rulebook on one day."""

    rulebook: Rulebook
    as_of: AsOf

    @property
    def program(self) -> Program:
        """What is in force on the day."""
        return self.rulebook.program(self.as_of)

    @property
    def points(self) -> CutPoints:
        """The values that matter on the day."""
        return cut_points(self.rulebook, self.as_of)

    # --- towards an outcome of one rule

    def towards(self, dice: Dice, rule: str, outcome: Outcome) -> Facts:
        """A case, as plain values, that is built so that a rule in force comes to an outcome for some subject."""
        active = self.active(rule)
        filler = self._filler(dice)
        self._stage(dice, filler.draft, active)
        self._aim(dice, filler, active, GOALS[outcome])
        if dice.chance(40):
            self._noise(filler, reads_of(self.rulebook, active.rule.name), dice.pick((5, 20, 50)))
        return filler.draft.written()

    def towards_all(self, dice: Dice, rules: Sequence[str]) -> Facts:
        """A case, as plain values, that is built so that two of these rules apply together."""
        filler = self._filler(dice)
        first, second = (self.active(dice.pick(rules)) for _ in range(2))
        self._stage(dice, filler.draft, first)
        for active in (first, second):
            self._aim(dice, filler, active, T)
        return filler.draft.written()

    def meeting(self, dice: Dice, condition: Condition, rules: Sequence[str] = (), goal: Outcome = "applies") -> Facts:
        """A case, as plain values, built so that a condition about the child is true; mostly of a born child.

        One of some rules, if any are named, is aimed at as well, as far as the condition leaves room.
        """
        filler = self._filler(dice)
        stages = ["born", "unborn", "has_died"]
        for stage in stages if dice.chance(80) else shuffled(dice, stages):
            filler.draft.put(filler.draft.tree["child"], "stage", stage)
            if Aim(filler, self.program).towards(condition, T, Frame()):
                break
        if rules and dice.chance(70):
            self._aim(dice, filler, self.active(dice.pick(rules)), GOALS[goal])
        if dice.chance(60):
            self._noise(filler, reads_of(self.rulebook), dice.pick((2, 10, 30)))
        return filler.draft.written()

    def active(self, rule: str) -> ActiveRule:
        """A rule in force, by its full or short name; raises `CallError` where there is none."""
        found = [each for each in self.program.rules if rule in (each.rule.name, each.rule.name.rpartition(":")[2])]
        if len(found) == 1:
            return found[0]
        names = [each.rule.name for each in found or self.program.rules]
        if found:
            raise CallError(f"`{rule}` is the name of more than one rule: {', '.join(names)}")
        near = nearest(rule, [*names, *(name.rpartition(":")[2] for name in names)])
        hint = f"; did you mean `{near}`?" if near else ""
        raise CallError(f"there is no rule `{rule}` in force on {self.as_of}{hint}")

    def outcomes(self, rule: str, case: Case) -> tuple[Outcome, ...]:
        """What one rule comes to in a case, for each of its subjects; the engine says so."""
        alone = replace(self.program, rules=(self.active(rule),))
        results = Runs(alone, view(case, self.as_of, self.rulebook.vocabulary)).results()
        return tuple(result.outcome for result in results)

    def _stage(self, dice: Dice, draft: CaseDraft, active: ActiveRule) -> None:
        draft.put(draft.tree["child"], "stage", dice.pick([each for each in STAGES if each in active.form.stages]))

    def _aim(self, dice: Dice, filler: Filler, active: ActiveRule, goal: Truth) -> None:
        """Aims at a rule; what its condition does not allow is reached through the list or the stage."""
        aim = Aim(filler, self.program, dice.pick((0, 0, 70)) if goal == T else 0, goal == U and dice.chance(90))
        kind, draft, whole = active.form.for_each, filler.draft, dice.chance(8)
        if kind is None:
            if whole or not aim.towards(active.form.when, goal, Frame()):
                self._other_stage(dice, draft, active, goal)
            return
        if filler.list_exists(kind):
            mark = draft.mark()
            if not whole and aim.towards(active.form.when, goal, Frame(draft.add(kind))):
                return
            draft.back_to(mark)
        if goal == U or dice.chance(50):
            draft.decide(kind, "open" if goal == U else "closed")
        else:
            self._other_stage(dice, draft, active, goal)

    def _other_stage(self, dice: Dice, draft: CaseDraft, active: ActiveRule, goal: Truth) -> None:
        others = [stage for stage in STAGES if stage not in active.form.stages]
        if goal == U:
            draft.put(draft.tree["child"], "stage", None)
        elif goal == F and others:
            draft.put(draft.tree["child"], "stage", dice.pick(others))

    # --- any case

    def any_case(self, dice: Dice, only: str | None = None) -> Facts:
        """A case, as plain values: towards some outcomes of some rules at once, and whatever else may be known.

        With `only` a rule, nothing is said of facts that this rule does not read.
        """
        filler = self._filler(dice)
        rules = [self.active(only)] if only is not None else list(self.program.rules)
        stage = dice.pick(("born", "born", "born", "unborn", "has_died", None))
        if stage is not None:
            filler.draft.put(filler.draft.tree["child"], "stage", stage)
        for _ in range(dice.pick((0, 1, 2, 3)) if rules else 0):
            self._aim(dice, filler, dice.pick(rules), dice.pick((T, T, U, F)))
        self._noise(filler, reads_of(self.rulebook, rules[0].rule.name if only else None), dice.pick((0, 2, 8, 25)))
        return filler.draft.written()

    def _filler(self, dice: Dice) -> Filler:
        return Filler(dice, CaseDraft(self.rulebook.vocabulary), self.points)

    def _noise(self, filler: Filler, reads: Reads, known: int) -> None:
        """Says something of what is not decided: so many in a hundred of the facts, and some records."""
        dice, draft = filler.dice, filler.draft
        for kind in reads.kinds:
            if draft.state(kind) is None and filler.list_exists(kind) and dice.chance(known):
                draft.decide(kind, dice.pick(("closed", "closed", "open")))
                for _ in range(dice.pick((0, 1, 1, 2))):
                    draft.add(kind)
        for path in reads.facts:
            fact = self.rulebook.vocabulary.facts[path]
            for spot in self._spots(draft, fact):
                if dice.chance(known):
                    self._say(filler, fact, spot)

    def _spots(self, draft: CaseDraft, fact: Fact) -> Sequence[Spot]:
        return draft.records(fact.owner) if fact.owner in draft.vocabulary.kinds else [draft.single(fact.owner)]

    def _say(self, filler: Filler, fact: Fact, spot: Spot) -> None:
        """A value of a fact, now and then one that should not be there, or that says something and not all."""
        dice, draft, odd = filler.dice, filler.draft, self.points.unlikely(fact)
        before = spot.facts.get(fact.name)
        filler.fill(fact, spot, odd if odd and dice.chance(6) else None)
        value: Any = spot.facts.get(fact.name)
        if before is not None or value is None or not dice.chance(12):
            return
        if fact.kind is Kind.DATE and value != "not_yet" and value[:10] <= self.as_of.text[:10]:
            draft.put(spot.facts, fact.name, value[: dice.pick((7, 4))])
        elif fact.kind in (Kind.WORDS, Kind.REFERENCES):
            draft.put(spot.facts, "incomplete", [*spot.facts.get("incomplete", ()), fact.name])
