"""What an evaluation works out for all its findings together: results, who tells of them, what else they could be.

It knows nothing of the evaluation and of the findings, which hold on to it: so nothing goes in a circle, and all of a
case is forgotten as soon as nobody looks at its evaluation or at one of its findings any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from safeguard_rules.case.case import Case
from safeguard_rules.engine.contracts import Book
from safeguard_rules.engine.elsewhere import elsewhere
from safeguard_rules.engine.explaining import Teller
from safeguard_rules.engine.finding import Settled, assumed_of, key_of, parts_of_carer, settled_by
from safeguard_rules.engine.outcomes import Result, Runs
from safeguard_rules.engine.program import Program
from safeguard_rules.engine.running import PLAIN
from safeguard_rules.results import Assumed, Elsewhere, Outcome
from safeguard_rules.vocabulary.view import CaseView
from safeguard_rules.vocabulary.view import view as view_of

Key = tuple[str, str]
"""A rule and its subject's path."""


DECIDED_WHOLE_FIRST = 2
"""So many cases have all their findings decided before functions that give codes are made to leave most of them out."""


class Inquiry:
    """What is worked out of one case on one day; each part when it is first asked for."""

    def __init__(self, view: CaseView, program: Program, rulebook: Book) -> None:
        self._view = view
        self._program = program
        self._rulebook = rulebook
        self._assumed: dict[Key, tuple[Assumed, ...]] = {}
        self._of_carer: dict[Key, tuple[bool, tuple[str, ...]]] = {}

    @cached_property
    def runs(self) -> Runs:
        """The runs of the rules in force."""
        return Runs(self._program, self._view)

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """What every rule in force comes to for each subject."""
        return self.runs.results()

    @cached_property
    def not_ruled_out(self) -> tuple[Result, ...]:
        """Those that apply or are undetermined, which are decided alone where nobody has asked for the others."""
        case, stock = self._view.source, self._program.stock
        stock.evaluated += 1
        by_codes = stock.evaluated > DECIDED_WHOLE_FIRST and not self._view.removed
        if "results" in self.__dict__ or not by_codes or not isinstance(case, Case):
            return tuple([each for each in self.results if each.outcome != "does_not_apply"])
        return self.runs.not_ruled_out(self._rulebook.codes(case, as_of=self._view.as_of))

    @cached_property
    def teller(self) -> Teller:
        """Tells facts of the case."""
        return Teller(self._view, self._program.wording, self._program.forms)

    @cached_property
    def carer_paths(self) -> frozenset[str]:
        """The paths of all that only a carer said."""
        return self._view.carer_only_paths()

    @cached_property
    def without_carer(self) -> Mapping[Key, Result]:
        """The results with what only a carer said made unknown."""
        looked = view_of(self._view.source, self._view.as_of, self._rulebook.vocabulary, self.carer_paths)
        return {key_of(result): result for result in Runs(self._program, looked).results()}

    @cached_property
    def unwaived(self) -> Mapping[Key, Outcome]:
        """The outcomes that the shared forms would have given another way, where waivers are in force."""
        program = self._rulebook.unwaived_program(self._view.as_of)
        if program is None:
            return {}
        shared = {key_of(result): result.outcome for result in Runs(program, self._view).results()}
        now = {key_of(result): result.outcome for result in self.results}
        return {key: outcome for key, outcome in shared.items() if now.get(key) != outcome}

    @cached_property
    def _elsewhere(self) -> Mapping[Key, tuple[Elsewhere, ...]]:
        return elsewhere(self.results, self._program, self._view, self._rulebook.content)

    def assumed(self, result: Result) -> tuple[Assumed, ...]:
        """What a finding assumed, worked out once."""
        if result.level == PLAIN:
            return ()
        key = key_of(result)
        found = self._assumed.get(key)
        if found is None:
            found = self._assumed[key] = assumed_of(result)
        return found

    def settled(self, result: Result) -> Settled:
        """The outcome and certainty of a finding."""
        return settled_by(result, self.assumed(result))

    def of_carer(self, result: Result) -> tuple[bool, tuple[str, ...]]:
        """Whether a finding rests on what a carer said, and on which of that; worked out once."""
        if not self.carer_paths:
            return False, ()
        key = key_of(result)
        found = self._of_carer.get(key)
        if found is None:
            found = self._of_carer[key] = parts_of_carer(result, self, self.settled(result))
        return found

    def waived_from(self, result: Result) -> Outcome | None:
        """The outcome by the shared form, where a waiver changed it."""
        return self.unwaived.get(key_of(result)) if self.unwaived else None

    def elsewhere(self, result: Result) -> tuple[Elsewhere, ...]:
        """The other forms of definitions by which it would have come out another way."""
        return self._elsewhere.get(key_of(result), ()) if self._program.by_area else ()
