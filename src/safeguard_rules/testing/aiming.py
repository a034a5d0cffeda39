"""Building a case towards an outcome: the goal is pushed down a condition, and each fact gets a value that meets it.

What cannot be met is taken back and tried another way. What comes out is a good guess: the engine has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from safeguard_rules.engine.program import Program
from safeguard_rules.language.operators import count_test
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    ParameterRef,
    Quantifier,
    Scope,
    Test,
    Use,
)
from safeguard_rules.testing.dice import Dice, shuffled
from safeguard_rules.testing.drafts import CaseDraft, Spot
from safeguard_rules.testing.filling import Filler
from safeguard_rules.testing.searching import Search
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import NOT_APPLICABLE
from safeguard_rules.values.truth import F, T, Truth, U, negate
from safeguard_rules.vocabulary.facts import Fact, Kind

MOST = 4
"""More records of one list than this are made only where a count asks for them."""

Tester = Callable[[Any], Truth]


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose facts a condition reads: the subject's, and the quantifier's record's."""

    subject: Spot | None = None
    item: Spot | None = None


@dataclass(slots=True)
class Aim:
    """Aims one draft.

    `assuming` is how often, in a hundred, a definition is left to what is assumed of it; `plainly` says that nothing is
    to be left unknown of which something is assumed.
    """

    filler: Filler
    program: Program
    assuming: int = 0
    plainly: bool = False
    _wanted: list[tuple[tuple[int, str], Tester, Truth]] = field(default_factory=list)

    @property
    def dice(self) -> Dice:
        """What is picked with."""
        return self.filler.dice

    @property
    def draft(self) -> CaseDraft:
        """The case being made."""
        return self.filler.draft

    @property
    def as_of(self) -> AsOf:
        """The day of the evaluation."""
        return self.filler.as_of

    def towards(self, condition: Condition, goal: Truth, frame: Frame) -> bool:
        """Decides what is not decided yet so that a condition comes to a truth; false, and nothing done, if it cannot.

        True is a good guess and no proof.
        """
        mark = self._mark()
        if self._towards(condition, goal, frame):
            return True
        self._back_to(mark)
        return False

    def _mark(self) -> tuple[int, int]:
        return self.draft.mark(), len(self._wanted)

    def _back_to(self, mark: tuple[int, int]) -> None:
        self.draft.back_to(mark[0])
        del self._wanted[mark[1] :]

    def _towards(self, condition: Condition, goal: Truth, frame: Frame) -> bool:
        match condition:
            case Always(value=value):
                return goal == (T if value else F)
            case All(parts=parts):
                return self._parts(parts, goal, T, frame)
            case AnyOf(parts=parts):
                return self._parts(parts, goal, F, frame)
            case Not(part=part):
                return self.towards(part, negate(goal), frame)
            case Use():
                return self._definition(condition, goal, frame)
            case Quantifier(every=True):
                body = Not(condition.where.id, condition.where.place, condition.where)
                return self._some(condition.of, condition.others, body, negate(goal), frame)
            case Quantifier():
                return self._some(condition.of, condition.others, condition.where, goal, frame)
            case Count():
                return self._count(condition, goal, frame)
            case Test():
                return self._test(condition, goal, frame)
        raise TypeError(f"no way towards {condition!r}")

    # --- parts, definitions

    def _parts(self, parts: Sequence[Condition], goal: Truth, neutral: Truth, frame: Frame) -> bool:
        """`all` (neutral T) or `any` (neutral F): every part neutral, or one that decides and the rest as may be."""
        if goal == neutral:
            # What is decided first narrows what follows, so another order may succeed where one does not.
            return self._each(parts, goal, frame) or self._each(shuffled(self.dice, parts), goal, frame)
        for part in shuffled(self.dice, parts):
            if self.towards(part, goal, frame):
                others = [each for each in parts if each is not part]
                if goal != U or all(self.towards(each, neutral, frame) for each in others):
                    if goal != U and self.dice.chance(50):
                        for each in others:
                            self.towards(each, neutral, frame)
                    return True
        return False

    def _each(self, parts: Sequence[Condition], goal: Truth, frame: Frame) -> bool:
        mark = self._mark()
        if all(self.towards(part, goal, frame) for part in parts):
            return True
        self._back_to(mark)
        return False

    def _definition(self, use: Use, goal: Truth, frame: Frame) -> bool:
        form = self.program.forms.get(use.definition)
        if form is None:
            return False
        spot = {Scope.ONE: None, Scope.SUBJECT: frame.subject, Scope.ITEM: frame.item}[use.scope]
        inner, assumption = Frame(spot), form.assumption
        if assumption is not None:
            assumed = T if assumption.value else F
            if goal == U and self.plainly:
                return False
            if goal == assumed and self.dice.chance(self.assuming):
                if assumption.ask_unless is not None and self.dice.chance(50):
                    self.towards(assumption.ask_unless, T, inner)
                if self.towards(form.when, U, inner):
                    return True
        return self.towards(form.when, goal, inner)

    # --- lists

    def _some(self, of: str, others: bool, where: Condition, goal: Truth, frame: Frame) -> bool:
        if not self.filler.list_exists(of):
            return goal == F
        there = self.there(of, others, frame)
        if goal == F:
            rest = all(self.towards(where, F, Frame(frame.subject, each)) for each in there)
            return rest and self.draft.decide(of, "closed")
        if goal == U and self.dice.chance(40) and self.draft.decide(of, "open"):
            return all(self.towards(where, F, Frame(frame.subject, each)) for each in there)
        for each in shuffled(self.dice, there):
            if self.towards(where, goal, Frame(frame.subject, each)):
                return True
        return len(there) < MOST and self.towards(where, goal, Frame(frame.subject, self.draft.add(of)))

    def _count(self, count: Count, goal: Truth, frame: Frame) -> bool:
        if goal == U:
            return self.draft.decide(count.of, "open")
        operand = self.operand(count.operand)
        most = max(operand) if isinstance(operand, tuple) else operand
        fitting = [n for n in range(most + 3) if count_test(count.operator, n, n, operand) == goal]
        there = self.there(count.of, count.others, frame)
        if not fitting or not self.draft.decide(count.of, "closed"):
            return False
        wanted = self.dice.pick(fitting)
        while len(there) < wanted:
            there.append(self.draft.add(count.of))
        return all(
            self.towards(count.where, T if n < wanted else F, Frame(frame.subject, each))
            for n, each in enumerate(there)
        )

    def there(self, of: str, others: bool, frame: Frame) -> list[Spot]:
        """The records that a quantifier looks at, as far as they are made."""
        found = self.draft.records(of)
        return [each for each in found if not (others and frame.subject and each.facts is frame.subject.facts)]

    # --- tests

    def _test(self, test: Test, goal: Truth, frame: Frame) -> bool:
        spot = self.spot(test.ref, frame)
        fact = test.ref.fact
        if self.draft.stage is not None and self.draft.stage not in fact.stages:
            value = test.operator.apply(NOT_APPLICABLE, self._right(test, frame), self.as_of, self.program.calendar)
            return value == goal
        if fact.name == "id":
            return test.operator.apply(spot.id, self._right(test, frame), self.as_of, self.program.calendar) == goal
        if fact.derived:
            return self._derived(test, fact, spot, goal, frame)
        right = self._right(test, frame)
        return self._entered(
            fact, spot, lambda value: test.operator.apply(value, right, self.as_of, self.program.calendar), goal
        )

    def spot(self, ref: FactRef, frame: Frame) -> Spot:
        """The part of the case whose fact is read."""
        found = {Scope.SUBJECT: frame.subject, Scope.ITEM: frame.item}.get(ref.scope)
        return found if found is not None else self.draft.single(ref.fact.owner)

    def give(self, fact: Fact, spot: Spot, value: Any) -> bool:
        """Gives an entered fact exactly this value, which stays; false where it has another, or is to stay unknown."""
        now, bare = spot.facts.get(fact.name), self.filler.as_bare(fact, value)
        if (now is not None and now != value) or self.draft.is_left_open(spot, fact.name):
            return False
        if not self.filler.exists(fact):
            return False
        self.draft.put(spot.facts, fact.name, value)
        self._wanted.append(((id(spot.facts), fact.name), lambda found: T if found == bare else F, T))
        return True

    def _right(self, test: Test, frame: Frame) -> Any:
        if not isinstance(test.operand, FactRef):
            return self.operand(test.operand)
        spot, fact = self.spot(test.operand, frame), test.operand.fact
        if fact.name == "id":
            return spot.id
        if not fact.derived and spot.facts.get(fact.name) is None and not self.draft.is_left_open(spot, fact.name):
            values = self.filler.values(fact)
            if values:
                self.draft.put(spot.facts, fact.name, self.dice.pick(values))
        return self.filler.bare(fact, spot)

    def operand(self, operand: Any) -> Any:
        """What stands on the right of a test: words as they are, parameters as their values on the day."""
        if isinstance(operand, ParameterRef):
            return self.program.thresholds[operand.name]
        if isinstance(operand, tuple):
            return tuple(self.operand(each) for each in operand)
        return operand

    def _entered(self, fact: Fact, spot: Spot, tester: Tester, goal: Truth) -> bool:
        """Gives an entered fact a value that meets this goal and all those before it."""
        name, key = fact.name, (id(spot.facts), fact.name)
        known = spot.facts.get(name) is not None
        if known and tester(self.filler.bare(fact, spot)) == goal:
            self._wanted.append((key, tester, goal))
            return True
        if self.draft.is_left_open(spot, name):
            return goal == U
        wanted = [*((test, each) for held, test, each in self._wanted if held == key), (tester, goal)]
        if known and len(wanted) == 1:
            return False
        if goal == U:
            return not known and self._leave_open(fact, spot, tester)
        if any(each == U for _, each in wanted):
            return False
        for value in shuffled(self.dice, self.filler.values(fact)):
            bare = self.filler.as_bare(fact, value)
            if all(test(bare) == each for test, each in wanted):
                self.draft.put(spot.facts, name, value)
                self._wanted.append((key, tester, goal))
                return True
        return False

    def _leave_open(self, fact: Fact, spot: Spot, tester: Tester) -> bool:
        """Leaves a fact unknown, or says something of it that is not enough."""
        if fact.kind in (Kind.WORDS, Kind.REFERENCES) and self.dice.chance(30):
            for value in shuffled(self.dice, self.filler.values(fact)):
                if tester(Members(frozenset(value), None)) == U:
                    self.draft.put(spot.facts, fact.name, value)
                    self.draft.put(spot.facts, "incomplete", [*spot.facts.get("incomplete", ()), fact.name])
                    break
        elif fact.kind is Kind.DATE and self.dice.chance(30):
            self._vague_date(fact, spot, tester)
        self.draft.leave_open(spot, fact.name)
        return True

    def _vague_date(self, fact: Fact, spot: Spot, tester: Tester) -> None:
        for value in shuffled(self.dice, self.filler.values(fact))[:6]:
            if value != "not_yet" and value[:10] <= self.as_of.text[:10]:
                short = value[: self.dice.pick((7, 4))]
                if tester(self.filler.as_bare(fact, short)) == U:
                    self.draft.put(spot.facts, fact.name, short)
                    return

    # --- derived facts

    def _derived(self, test: Test, fact: Fact, spot: Spot, goal: Truth, frame: Frame) -> bool:
        right = self._right(test, frame)
        source = self.only_source(fact)
        if source is None:
            return Search(
                self.filler,
                fact,
                spot,
                lambda value: test.operator.apply(value, right, self.as_of, self.program.calendar),
            ).to(goal)
        if not self.filler.exists(source):
            return False

        def through(value: Any) -> Truth:
            found = None if value is None else self.filler.derived_from(fact, source, value)
            return test.operator.apply(found, right, self.as_of, self.program.calendar)

        return self._entered(source, spot, through, goal)

    def only_source(self, fact: Fact) -> Fact | None:
        """The one entered date of the same record that a derived fact is made of, if that is all."""
        source = self.draft.vocabulary.fact(fact.reads[0]) if len(fact.reads) == 1 else None
        return source if source is not None and source.owner == fact.owner and source.kind is Kind.DATE else None
