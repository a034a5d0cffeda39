"""Whether a part of a rule decides: what the rule would come to if that part were true, and if it were false.

A part decides where these two differ (masking MC/DC). The rest of the case stays as it is, and so does what is said of
records that nobody has seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from safeguard_rules.case.case import Case
from safeguard_rules.engine.outcomes import Result, Runs
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.engine.running import PLAIN
from safeguard_rules.engine.walking import Trace, Walker
from safeguard_rules.language.tree import Condition, Scope, Test
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, T, Truth
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import view


@dataclass(slots=True)
class Forcing(Walker):
    """Walks conditions with one node forced to a truth, but for records that nobody has seen."""

    node: Condition = field(kw_only=True)
    truth: Truth = field(kw_only=True)

    def walk(
        self, node: Condition, subject: Record | None, item: Record | None, level: int, within: str | None = None
    ) -> Trace:
        """The trace of a condition; that of the forced node has its truth."""
        trace = Walker.walk(self, node, subject, item, level, within)
        if node.id != self.node.id:
            return trace
        scope = node.ref.scope if isinstance(node, Test) else Scope.ONE
        of = {Scope.SUBJECT: subject, Scope.ITEM: item}.get(scope)
        return trace if of is not None and of.unseen else replace(trace, value=self.truth)


@dataclass(slots=True)
class Bench:
    """Runs one rule by itself, as it is and with parts forced."""

    rulebook: Rulebook
    program: Program
    active: ActiveRule
    _alone: Program = field(init=False)

    def __post_init__(self) -> None:
        self._alone = replace(self.program, rules=(self.active,))

    def results(self, case: Case, as_of: AsOf) -> tuple[Result, ...]:
        """What the rule comes to for each of its subjects; the engine says so."""
        return Runs(self._alone, view(case, as_of, self.rulebook.vocabulary)).results()

    def swing(self, result: Result, node: Condition) -> tuple[Truth, Truth]:
        """What a finding would plainly be with a node false, and with it true."""
        run, least = result.plain, result.gate
        if result.subject is not None:
            least = min(least, result.subject.existence)
        walkers = (Forcing(self._alone, run.view, node=node, truth=truth) for truth in (F, T))
        first, last = (
            min(least, walker.walk(self.active.form.when, result.subject, None, PLAIN).value) for walker in walkers
        )
        return first, last


def traces_of(result: Result, node: Condition) -> Iterator[Trace]:
    """Each place where a node was looked at on the way to a finding, with its record and its value."""
    if result.empty:
        return
    waiting, seen = [result.plain_trace()], set[int]()
    while waiting:
        top = waiting.pop()
        if id(top) not in seen:
            seen.add(id(top))
            if top.node.id == node.id:
                yield top
            waiting.extend(top.parts)
