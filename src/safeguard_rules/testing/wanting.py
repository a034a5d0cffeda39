"""The cases that are wanted of a rule: for each part of its condition one in which it decides, in each way.

What is wanted is said before anybody knows whether there is such a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeguard_rules.case.case import Case
from safeguard_rules.engine.outcomes import Result
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.engine.walking import Trace, record_of
from safeguard_rules.language.english import reading
from safeguard_rules.language.tree import Condition, Count, FactRef, Quantifier, Test
from safeguard_rules.packs.content import RuleForm
from safeguard_rules.results import Outcome
from safeguard_rules.testing.edges import Apart, Counted, Pin, edges, needs_a_moment
from safeguard_rules.testing.forcing import Bench, traces_of
from safeguard_rules.testing.leaves import Route, leaves
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.kinds import STAGES
from safeguard_rules.vocabulary.view import CaseView


@dataclass(frozen=True, slots=True)
class Wanted:
    """A case that is wanted of a rule.

    `says` is what it is about: for a part alone the part in plain English, else also how it decides. `goal` is what the
    rule should plainly come to, None where either definite outcome will do; `exactly` a value on which it should
    depend. Without a `node` it is about the rule's own list, empty or open, or about the child's stage (`only`).
    """

    rule: str
    as_of: AsOf
    node: Test | Quantifier | Count | None
    routes: tuple[Route, ...]
    goal: Truth | None
    says: str
    exactly: Pin | Apart | Counted | None = None
    only: str | None = None

    @property
    def is_strict(self) -> bool:
        """Whether the rule must be open for this part alone, so that with it known nothing is left open."""
        return self.goal == U

    def shown_by(self, bench: Bench, case: Case, as_of: AsOf, *, strictly: bool = True) -> Shown | None:
        """How a case is one that is wanted, None where it is not; the engine says so."""
        if self.exactly is not None and as_of != self.as_of:
            return None
        found = (self._shown(bench, result, strictly=strictly) for result in bench.results(case, as_of))
        return next((each for each in found if each is not None), None)

    def _shown(self, bench: Bench, result: Result, *, strictly: bool) -> Shown | None:
        if self.goal is not None and result.truth != self.goal:
            return None
        if self.node is None:
            return Shown(self, result.outcome, result.truth) if self._is_only(result) else None
        if result.empty or (result.truth == U and self.goal is None):
            return None
        without, with_ = bench.swing(result, self.node)
        if without == with_ or (strictly and self.is_strict and U in (without, with_)):
            return None
        values = [
            trace.value
            for trace in traces_of(result, self.node)
            if (trace.value == U) == (self.goal == U) and self._fits(trace, result.plain.view)
        ]
        return Shown(self, result.outcome, values[0]) if values else None

    def _is_only(self, result: Result) -> bool:
        if self.only == "stage":
            return result.gate == U and not result.empty and _held(result) == T
        if self.only == "none":
            return result.empty
        return result.subject is not None and result.subject.unseen

    def _fits(self, trace: Trace, view: CaseView) -> bool:
        """Whether a part was looked at with the value that is wanted."""
        match self.exactly:
            case None:
                return True
            case Counted(records=records):
                return not trace.is_open and sum(part.value == T for part in trace.parts) == records
            case Apart(days=days):
                assert isinstance(trace.node, Test)
                return _days_apart(trace.node, trace, view) == days
            case Pin(fact=fact, bare=bare):
                assert isinstance(trace.node, Test)
                record = record_of(trace.node.ref, view, trace.subject, trace.item)
                return bool(view.value(record, fact.name) == bare)


def _held(result: Result) -> Truth:
    """What the condition of a rule comes to, whatever the stage."""
    run = result.plain
    return result.active.holds.plain(run, run.one, result.subject, run.truths(result.subject))


def _days_apart(test: Test, trace: Trace, view: CaseView) -> int | None:
    assert isinstance(test.operand, FactRef)
    left, right = (
        view.value(record_of(ref, view, trace.subject, trace.item), ref.fact.name) for ref in (test.ref, test.operand)
    )
    if not isinstance(left, When) or not isinstance(right, When) or not (left.exact and right.exact):
        return None
    return (left.first - right.first).days


@dataclass(frozen=True, slots=True)
class Shown:
    """Something wanted that a case shows: the outcome of the rule, and what the part comes to that decides it."""

    wanted: Wanted
    outcome: Outcome
    value: Truth


# --- all of a rule


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted of the rules of one rulebook."""

    rulebook: Rulebook
    boundaries: bool

    def of(self, bench: Bench, as_of: AsOf) -> Iterator[Wanted]:
        """The cases that are wanted of a rule in force on a day, in a fixed order."""
        name, form = bench.active.rule.name, bench.active.form
        yield from self._around(name, form, as_of)
        found = leaves(form.when, bench.program.forms)
        for leaf in found:
            day = self._day(as_of, leaf.node)
            for goal in (T, F, U):
                yield Wanted(name, day, leaf.node, leaf.routes, goal, self._reads(bench, leaf.node))
        for leaf in found if self.boundaries else ():
            if isinstance(leaf.node, Quantifier):
                continue
            for edge in edges(self.rulebook, self._day(as_of, leaf.node), leaf.node):
                at = f"at the edge of: {self._reads(bench, leaf.node)}, " if edge.is_of_threshold else ""
                yield Wanted(name, edge.as_of, leaf.node, leaf.routes, None, f"{at}{edge.says}", edge.exactly)

    def _around(self, name: str, form: RuleForm, as_of: AsOf) -> Iterator[Wanted]:
        """The cases in which the rule's list is empty or open, and in which the child's stage is not known."""
        if form.for_each is not None:
            kind = self.rulebook.vocabulary.kinds[form.for_each]
            none = f"when there are no {kind.plural_phrase}"
            yield Wanted(name, as_of, None, (), F, none, only="none")
            unseen = f"while nobody has said whether there is {kind.phrase}"
            yield Wanted(name, as_of, None, (), U, unseen, only="unseen")
        if not form.stages.issuperset(STAGES):
            yield Wanted(name, as_of, None, (), U, "while the child's stage is not known", only="stage")

    def _day(self, as_of: AsOf, node: Condition) -> AsOf:
        if isinstance(node, Test | Count) and needs_a_moment(self.rulebook, as_of, node) and not as_of.instant:
            return AsOf.of(f"{as_of.day}T12:00Z")
        return as_of

    def _reads(self, bench: Bench, node: Condition) -> str:
        return reading(node, bench.program.wording)
