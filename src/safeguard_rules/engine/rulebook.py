"""The front door: packs in force, checked and compiled, that evaluate cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeAlias

from safeguard_rules.errors import CallError
from safeguard_rules.packs.content import Content, PackStamp
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.opening import open_packs
from safeguard_rules.source import Issue
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary

if TYPE_CHECKING:  # what evaluates is imported when something is first evaluated: loading does not wait for it
    from safeguard_rules.case.case import Case
    from safeguard_rules.case.family import Family
    from safeguard_rules.engine.evaluation import Evaluation
    from safeguard_rules.engine.families import FamilyEvaluation
    from safeguard_rules.engine.fused.writing import Codes, Deciding
    from safeguard_rules.engine.indexing.choosing import Coder
    from safeguard_rules.engine.program import Program, Programs
    from safeguard_rules.results import Problem

Day: TypeAlias = date | datetime | str | AsOf
"""A day: a date, a date-time with offset, or the text of one."""

DAYS_KEPT = 64
"""For so many days it is kept what is in force on them; a caseload has one, a timeline some dozens."""

STALE_AFTER_DAYS = 365
"""A contact that was checked longer ago than this is a problem in the result; so is one that nobody has checked."""


class Rulebook:
    """The packs in force, and the locality over them, checked and compiled; one serves many threads.

    Nothing in a rulebook changes after loading. Results hold for this rulebook only: its packs' digests are in them.
    """

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self._coders: dict[date, Coder] = {}
        self._days: dict[str | date, Deciding] = {}

    def __reduce__(self) -> NoReturn:
        """A rulebook is not pickled: it holds functions that are made where it is loaded."""
        raise TypeError("a Rulebook cannot be pickled; load it again where it is needed, with `cache` if often")

    def __repr__(self) -> str:
        return f"Rulebook(rules={len(self.content.rules)}, locality={self.locality})"

    @classmethod
    def load(
        cls,
        packs: Sequence[str | Path] | None = None,
        *,
        locality: str | Path | None = None,
        plugins: Sequence[str] = (),
        cache: str | Path | None = None,
    ) -> Self:
        """Loads packs, checks them and compiles them.

        `packs` are ids of bundled or plugged-in packs, or folders, each with all that it uses; None means all bundled
        packs and those of the named plug-ins. `locality` is the id of one, or a file. `plugins` are entry points to
        activate. `cache` is a folder in which checked packs are kept from one run to the next; without one nothing is
        kept. Raises CallError for what is not there, PackError with every issue at its place, PluginError for a
        plug-in that breaks.
        """
        return cls(open_packs(packs, locality, plugins, cache))

    # --- what it holds

    @property
    def content(self) -> Content:
        """Rules, definitions, parameters and actions by full name."""
        return self.loaded.content

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts that rules read, with those of plug-ins."""
        return self.loaded.vocabulary

    @property
    def locality(self) -> str | None:
        """The id of the locality, None where there is none."""
        return self.content.locality.id if self.content.locality is not None else None

    @property
    def packs(self) -> tuple[PackStamp, ...]:
        """Id, version, status and digests of each pack and the locality."""
        return self.loaded.stamps

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """What a careful author would look at again; nothing of it stops a rulebook from loading."""
        return self.loaded.warnings

    def warnings_on(self, as_of: Day) -> tuple[Issue, ...]:
        """The warnings, and what a day adds to them: that the bank holidays end within a year of it, or have ended.

        Raises CallError for a day that is none.
        """
        from safeguard_rules.packs.bank_holidays import ending_soon

        return tuple(sorted({*self.warnings, *ending_soon(self.content, day_of(as_of).day)}))

    # --- evaluating

    def evaluate(self, case: Case, *, as_of: Day, role: str | None = None) -> Evaluation:
        """What the rules say of a case on a day.

        `role` is who asks: it groups the output and changes nothing in it. Raises CallError for a day or role that is
        none, or for an extension of the case that no active plug-in has; PluginError where a plug-in breaks.
        """
        from safeguard_rules.engine.evaluation import Evaluation

        self._check_role(role)
        self.check_case(case)
        evaluation = Evaluation(case, self, day_of(as_of), role)
        if self.loaded.plugins.sinks:
            self.loaded.plugins.evaluated(evaluation)
        return evaluation

    def codes(self, case: Case, *, as_of: Day) -> Codes:
        """What each rule in force comes to, and nothing else: the quickest answer that there is.

        One entry per rule, in the order of `rules_on`: 0 for does not apply, 1 for undetermined, 2 for applies (also
        with `unless` or as a precaution). A rule for the child has a whole number; a rule `for_each` record has a tuple
        of them, one per record in the order of their ids, then one for the records that nobody has entered if the list
        is open, and `()` where the list is known to be empty. Raises as `evaluate` does; calls no plug-in's sink.
        """
        decide = self._days.get(_short_form(as_of)) or self._on(as_of)
        self.check_case(case)
        return decide(case)

    def rules_on(self, as_of: Day) -> tuple[str, ...]:
        """The full names of the rules in force on a day, sorted, as `codes` has them; raises CallError for no day."""
        return tuple(active.rule.name for active in self.program(day_of(as_of)).rules)

    def evaluate_family(self, family: Family, *, as_of: Day, role: str | None = None) -> FamilyEvaluation:
        """One evaluation per child, and one list of actions over all of them. Raises as `evaluate` does."""
        from safeguard_rules.engine.families import FamilyEvaluation

        if not hasattr(family, "cases"):
            raise CallError(f"expected a Family, got {type(family).__name__}; evaluate takes the case of one child")
        cases = family.cases()
        return FamilyEvaluation(tuple(self.evaluate(case, as_of=as_of, role=role) for case in cases))

    def program(self, as_of: AsOf) -> Program:
        """What is in force on a day."""
        return self._programs.on(as_of.day)

    def unwaived_program(self, as_of: AsOf) -> Program | None:
        """What would be in force without the locality's waivers; None where none is in force on this day."""
        locality = self.content.locality
        waivers = locality.waivers if locality is not None else ()
        if not any(waiver.start <= as_of.day <= waiver.end for waiver in waivers):
            return None
        return self._unwaived.on(as_of.day) if self._unwaived is not None else None

    @property
    def boundaries(self) -> tuple[date, ...]:
        """The first days of all stretches over which what is in force stays the same."""
        return self._programs.starts

    @cached_property
    def _programs(self) -> Programs:
        from safeguard_rules.engine.program import Programs

        return Programs(self.content, self.vocabulary)

    @cached_property
    def _unwaived(self) -> Programs | None:
        from safeguard_rules.engine.program import Programs

        unwaived = self.loaded.unwaived
        return Programs(unwaived, self.vocabulary) if unwaived is not None else None

    def contact_problems(self, as_of: AsOf) -> tuple[Problem, ...]:
        """Contacts of the locality that nobody has checked, or not lately."""
        from safeguard_rules.results import Problem

        contacts = self.content.locality.contacts.values() if self.content.locality is not None else ()
        found = []
        for contact in contacts:
            if contact.checked_on is None:
                found.append(
                    Problem("contact-not-checked", contact.key, f"nobody has checked the contact {contact.name}")
                )
            elif (as_of.day - contact.checked_on).days > STALE_AFTER_DAYS:
                says = f"the contact {contact.name} was last checked on {contact.checked_on}"
                found.append(Problem("contact-stale", contact.key, says))
        return tuple(found)

    def pack_problems(self, as_of: AsOf) -> tuple[Problem, ...]:
        """Packs, and the locality, whose review is overdue or that have expired; their rules speak all the same."""
        from safeguard_rules.packs.shelf_life import over
        from safeguard_rules.results import Problem

        told = [message for days in self.loaded.shelf_days for _, message in over(days, as_of.day)]
        return tuple(Problem(message.code, None, message.text) for message in told)

    def _on(self, as_of: Day) -> Deciding:
        day = day_of(as_of)
        if len(self._days) >= DAYS_KEPT:
            self._days = {}
        program = self.program(day)
        chosen = self._coders.get(program.start)
        if chosen is None:
            from safeguard_rules.engine.indexing.choosing import coder

            # Whoever comes first, all threads share what is kept.
            chosen = self._coders.setdefault(program.start, coder(program, self.vocabulary))
        found = self._days[_short_form(as_of)] = chosen.on(day)
        return found

    def _check_role(self, role: str | None) -> None:
        from safeguard_rules.language.roles import ROLES

        if role is not None and role not in ROLES:
            from safeguard_rules.messages import nearest

            near = nearest(role, ROLES)
            hint = f"did you mean `{near}`?" if near else f"expected one of {', '.join(ROLES)}"
            raise CallError(f"there is no role `{role}`; {hint}")

    def check_case(self, case: Case) -> None:
        """Checks what only the rulebook can check of a case: its extensions. Raises CallError, also for no case."""
        extra = getattr(case, "extra", None)
        if extra is None or not hasattr(case, "child"):
            of_family = hasattr(case, "cases")
            help_ = "evaluate_family takes a family" if of_family else "Case.model_validate makes one of a dict"
            raise CallError(f"expected a Case, got {type(case).__name__}; {help_}")
        if not extra:
            return
        from safeguard_rules.vocabulary.extensions import extension_slips

        slips = extension_slips(case, self.vocabulary)
        if slips:
            raise CallError("; ".join(f"{slip.path}: {slip.message}" for slip in slips))


def day_of(as_of: Day) -> AsOf:
    """The day of an evaluation; raises CallError for what is none."""
    try:
        return AsOf.of(as_of)
    except ValueError as error:
        raise CallError(f"as_of: {error}") from None


def _short_form(as_of: Any) -> str | date:
    """A day as it is quickly looked up; raises CallError for what is no day and cannot be."""
    if isinstance(as_of, AsOf):
        return as_of.text
    # Two times of day that differ in nothing but which of two clock hours is meant are equal, and so no keys.
    return as_of if isinstance(as_of, str) or type(as_of) is date else day_of(as_of).text
