"""Whether a part of a rule decides: what the rule would come to if that part were true, and if it were false.

A part decides where these two differ (masking MC/DC). The rest of the case stays as it is, and so does what is said of
records that nobody has seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from safeguard_rules.case.case import Case
from safeguard_rules.engine.compiling import PLAIN, Compiled, Compiler, Running
from safeguard_rules.engine.outcomes import Result, Runs, StageRun
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.engine.walking import Trace
from safeguard_rules.language.tree import Condition, Scope, Test
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, T, Truth
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import view


class Forcing(Compiler):
    """Compiles conditions with one node forced to a truth."""

    def __init__(self, program: Program, node: Condition, truth: Truth) -> None:
        super().__init__(program.forms, program.thresholds, program.calendar)
        self._node, self._truth = node, truth

    def compile(self, condition: Condition) -> Compiled:
        """The closure of a condition; that of the forced node says its truth, but of unseen records what it is."""
        plain = super().compile(condition)
        if condition.id != self._node.id:
            return plain
        truth, scope = self._truth, condition.ref.scope if isinstance(condition, Test) else Scope.ONE

        def forced(run: Running, subject: Record | None, item: Record | None, level: int) -> Truth:
            of = {Scope.SUBJECT: subject, Scope.ITEM: item}.get(scope)
            return plain(run, subject, item, level) if of is not None and of.unseen else truth

        return forced


@dataclass(slots=True)
class Bench:
    """Runs one rule by itself, as it is and with parts forced."""

    rulebook: Rulebook
    program: Program
    active: ActiveRule
    _forced: dict[str, tuple[Compiled, Compiled]] = field(default_factory=dict)
    _alone: Program = field(init=False)

    def __post_init__(self) -> None:
        self._alone = replace(self.program, rules=(self.active,))

    def results(self, case: Case, as_of: AsOf) -> tuple[Result, ...]:
        """What the rule comes to for each of its subjects; the engine says so."""
        return Runs(self._alone, view(case, as_of, self.rulebook.vocabulary)).results()

    def swing(self, result: Result, node: Condition) -> tuple[Truth, Truth]:
        """What a finding would plainly be with a node false, and with it true."""
        if node.id not in self._forced:
            when = self.active.form.when
            first, last = (Forcing(self.program, node, truth).compile(when) for truth in (F, T))
            self._forced[node.id] = (first, last)
        run, least = result.plain, result.gate
        if result.subject is not None:
            least = min(least, result.subject.existence)
        found = [
            min(least, holds(StageRun(self._alone, run.view), result.subject, None, PLAIN))
            for holds in self._forced[node.id]
        ]
        return found[0], found[1]


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
