"""What the parts of the engine may ask of a rulebook and of an evaluation, so that imports run one way."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from safeguard_rules.case.case import Case
from safeguard_rules.engine.fused.writing import Codes
from safeguard_rules.engine.program import Program
from safeguard_rules.packs.content import Content, PackStamp
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.results import Finding, NotInForce, Problem, Question, RecommendedAction
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.view import NOTHING_REMOVED, CaseView


class Book(Protocol):
    """A rulebook, to an evaluation."""

    @property
    def loaded(self) -> Loaded:
        """What it was loaded from."""

    @property
    def content(self) -> Content:
        """Rules, definitions, parameters and actions."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts that rules read."""

    @property
    def locality(self) -> str | None:
        """The id of the locality."""

    @property
    def packs(self) -> tuple[PackStamp, ...]:
        """Id, version, status and digests of each pack."""

    @property
    def boundaries(self) -> tuple[date, ...]:
        """The first days of all stretches over which what is in force stays the same."""

    def program(self, as_of: AsOf) -> Program:
        """What is in force on a day."""

    def unwaived_program(self, as_of: AsOf) -> Program | None:
        """What would be in force without waivers."""

    def contact_problems(self, as_of: AsOf) -> tuple[Problem, ...]:
        """Contacts that nobody has checked lately."""

    def pack_problems(self, as_of: AsOf) -> tuple[Problem, ...]:
        """Packs whose review is overdue, or that have expired."""

    def codes(self, case: Case, *, as_of: AsOf) -> Codes:
        """What each rule in force comes to."""

    def check_case(self, case: Case) -> None:
        """Raises CallError for a case that the rulebook cannot read."""


class Evaluated(Protocol):
    """An evaluation, to what compares it with another and looks ahead from it."""

    @property
    def case(self) -> Case:
        """The case."""

    @property
    def rulebook(self) -> Book:
        """The rulebook."""

    @property
    def as_of(self) -> AsOf:
        """The day."""

    @property
    def actions(self) -> tuple[RecommendedAction, ...]:
        """The recommended actions."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions."""

    @property
    def not_in_force(self) -> tuple[NotInForce, ...]:
        """The rules that do not speak."""

    @property
    def program(self) -> Program:
        """What is in force."""

    @property
    def view(self) -> CaseView:
        """What the rules see of the case."""

    def again(
        self,
        *,
        case: Case | None = None,
        rulebook: Book | None = None,
        as_of: AsOf | None = None,
        removed: frozenset[str] = NOTHING_REMOVED,
    ) -> Evaluated:
        """The same with something else in its place."""
