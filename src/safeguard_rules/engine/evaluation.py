"""An evaluation: computed when asked for, from the immutable case, the rulebook and the day."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from safeguard_rules.case.case import Case
from safeguard_rules.engine.action_text import ActionsText
from safeguard_rules.engine.comparing import compare
from safeguard_rules.engine.conflicts import conflicts
from safeguard_rules.engine.contracts import Book, Evaluated
from safeguard_rules.engine.counting import counting_problems
from safeguard_rules.engine.demanding import demand_of, wanted_by
from safeguard_rules.engine.finding import cite, key_of, make_finding
from safeguard_rules.engine.finding_text import FindingsText
from safeguard_rules.engine.foreseeing import next_change
from safeguard_rules.engine.inquiring import Inquiry
from safeguard_rules.engine.merging import Merged, may_conflict, merge, recommended
from safeguard_rules.engine.outcomes import Result, outcomes_of
from safeguard_rules.engine.program import Program, readers
from safeguard_rules.engine.questions import questions, stage_question
from safeguard_rules.engine.recording import make_record
from safeguard_rules.engine.resting import resting
from safeguard_rules.engine.standing import done_problems
from safeguard_rules.engine.walking import Trace
from safeguard_rules.engine.writing import Texts, evaluation_json
from safeguard_rules.errors import CallError
from safeguard_rules.messages import nearest
from safeguard_rules.packs.content import Waiver
from safeguard_rules.results import (
    Changes,
    Conflict,
    Detail,
    EvaluationDocument,
    EvaluationRecord,
    Explanation,
    Finding,
    Findings,
    Meaning,
    NextChange,
    NotInForce,
    Outcome,
    Problem,
    Question,
    Reason,
    RecommendedAction,
    Strength,
    WaiverNotice,
)
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.view import NOTHING_REMOVED, CaseView
from safeguard_rules.vocabulary.view import view as view_of


class Evaluation:
    """What the rules say of one child's case on a day.

    Every part is computed on first reading and then kept; nothing here can be changed, and the same inputs give the
    same parts in the same order. `as_of` is the day, `role` who asks, which groups actions and never changes them.
    """

    case: Case
    rulebook: Book
    as_of: AsOf
    role: str | None

    def __init__(self, case: Case, rulebook: Book, as_of: AsOf, role: str | None = None) -> None:
        # Straight into the dictionary, as computed parts are: setting an attribute is refused.
        self.__dict__.update(case=case, rulebook=rulebook, as_of=as_of, role=role)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an evaluation cannot be changed, so `{name}` cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"an evaluation cannot be changed, so `{name}` cannot be deleted")

    def __copy__(self) -> Evaluation:
        return self

    def __deepcopy__(self, memo: object) -> Evaluation:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """What is pickled is the whole document: a rulebook holds compiled conditions, which stay where they are."""
        return _itself, (self.document(),)

    def __repr__(self) -> str:
        return f"Evaluation(as_of={self.as_of}, locality={self.rulebook.locality}, packs={len(self.rulebook.packs)})"

    # --- what comes out

    @cached_property
    def findings(self) -> Findings:
        """One finding per rule in force and subject, sorted by rule and by the records' ids."""
        return Findings(finding for _, finding in self._found)

    @cached_property
    def actions(self) -> tuple[RecommendedAction, ...]:
        """The recommended actions, what matters most first; each keeps all its demands."""
        content = self.rulebook.content
        return tuple(recommended(each, self._inquiry, content, self.role) for each in self._merged)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What is still to be found out, the worst possible outcome first."""
        area_not_known = self.rulebook.locality is None and bool(self.rulebook.content.areas)
        content = self.rulebook.content
        found = questions(self._found, self.actions, self.conflicts, self.view, content, area_not_known)
        return (*stage_question(self.view), *found)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Actions both wanted and not wanted, and pairs that must not stand together."""
        if not may_conflict(self._merged):
            return ()
        return conflicts(self.actions, self.rulebook.content, self.as_of)

    @cached_property
    def strengths(self) -> tuple[Strength, ...]:
        """Protective factors as recorded; they cancel nothing."""
        return tuple(
            Strength(factor.id, factor.what or factor.id, factor.evidence, factor.verified_by)
            for factor in sorted(self.case.protective_factors or (), key=lambda each: each.id)
        )

    @cached_property
    def not_in_force(self) -> tuple[NotInForce, ...]:
        """Rules that do not speak on this day or in this area, sorted by name."""
        return tuple(resting(rule, self.as_of.day, self.rulebook.locality) for rule in self.program.resting)

    @cached_property
    def waivers(self) -> tuple[WaiverNotice, ...]:
        """Every waiver of the locality, with what it changed here."""
        locality = self.rulebook.content.locality
        return tuple(self._waiver(waiver) for waiver in locality.waivers) if locality is not None else ()

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """Which form holds of each definition that areas mean differently, where a finding used it."""
        locality = self.rulebook.content.locality
        adopted = {each.definition: each for each in locality.adoptions} if locality is not None else {}
        found = []
        for name in self.program.by_area:
            form = self.program.forms[name]
            adoption = adopted.get(name)
            cited = (*form.cites, *(adoption.cites if adoption is not None else ()))
            note = adoption.not_known if adoption is not None else None
            areas = tuple(area.title for area in form.used_by)
            found.append(Meaning(name, form.form, form.reads, note, cite(cited, self.as_of), areas))
        return tuple(found)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What a person should know about the quality of the case and the packs."""
        found = [Problem(each.code, each.path, each.message) for each in self.view.problems]
        found.extend(Problem(*told) for told in self._inquiry.teller.disagreements())
        found.extend(done_problems(self.view, self.rulebook.content))
        found.extend(counting_problems(self._inquiry.not_ruled_out))
        if not self.program.rules:
            found.append(
                Problem("no-rule-in-force", None, f"no rule is in force on {self.as_of}, so this says nothing")
            )
        found.extend(self.rulebook.contact_problems(self.as_of))
        found.extend(self.rulebook.pack_problems(self.as_of))
        found.extend(
            Problem(
                "waiver-expired", None, f"the waiver of {each.waives} ended on {each.end}; the shared form holds again"
            )
            for each in self.waivers
            if each.state == "expired"
        )
        return tuple(sorted(found, key=lambda each: (each.code, each.path or "", each.says)))

    @cached_property
    def record(self) -> EvaluationRecord:
        """What is needed to replay this evaluation. It holds a digest of the case, which is personal data."""
        return make_record(self.case, self.rulebook.loaded, self.as_of, self.role)

    # --- asking further

    def explain(self, rule: str, subject: str | None = None) -> tuple[Explanation, ...]:
        """Why a rule came out as it did, for each subject or for one; the rule by its full or short name.

        Raises CallError for a rule or subject that there is not.
        """
        found = [(result, finding) for result, finding in self._found if rule in (finding.rule, _short(finding.rule))]
        if not found:
            raise CallError(self._no_rule(rule))
        if subject is not None:
            ids = [_subject_id(finding) for _, finding in found]
            found = [pair for pair in found if _subject_id(pair[1]) == subject]
            if not found:
                known = ", ".join(f"`{each}`" for each in ids)
                raise CallError(f"`{rule}` has no finding for `{subject}`; it has {known}")
        return tuple(self._explanation(result, finding) for result, finding in found)

    def fact(self, path: str) -> Reason:
        """What is known at a path in plain words, and how it is known; also that it is not known."""
        return self._inquiry.teller.path_reason(path, "", None)

    def changes_since(self, earlier: Evaluated | EvaluationDocument) -> Changes:
        """What is different from an earlier evaluation, and why: time, facts or packs.

        Raises CallError where the two are of different children.
        """
        return compare(earlier, self)

    def next_change(self) -> NextChange:
        """The next day on which the answer changes by itself, and which unknown dates could hide an earlier one."""
        return next_change(self)

    def again(
        self,
        *,
        case: Case | None = None,
        rulebook: Book | None = None,
        as_of: AsOf | None = None,
        removed: frozenset[str] = NOTHING_REMOVED,
    ) -> Evaluation:
        """The same evaluation with something else in its place, or with some paths made unknown; no sink is told.

        Raises CallError or PluginError where the rulebook cannot read the case.
        """
        other = Evaluation(case or self.case, rulebook or self.rulebook, as_of or self.as_of, self.role)
        other.rulebook.check_case(other.case)
        if removed:
            other.__dict__["view"] = view_of(other.case, other.as_of, other.rulebook.vocabulary, removed)
        return other

    def document(self) -> EvaluationDocument:
        """Everything at once, as it is written to JSON."""
        return EvaluationDocument(
            self.record,
            self.actions,
            self.questions,
            self.conflicts,
            self.strengths,
            self.problems,
            self.waivers,
            self.meanings,
            tuple(self.findings),
            self.not_in_force,
        )

    @property
    def lasting_texts(self) -> Texts:
        """Statements as they were written before for the same program."""
        return self.program.stock.statements

    def written_actions(self) -> ActionsText:
        """The actions as they are written."""
        return ActionsText(self._merged, self._inquiry, self.rulebook.content, self.role)

    def written_findings(self, detail: Detail) -> FindingsText:
        """The findings as they are written: all, or those that apply or are undetermined."""
        shown = self._inquiry.not_ruled_out if detail == "actions" else self._results
        return FindingsText(self._inquiry, shown, self.program.stock)

    def to_json(self, detail: Detail = "full", *, indent: bool = True) -> str:
        """The evaluation as JSON, the same bytes for the same inputs.

        `actions` leaves out the record, the questions and what is ruled out, and none of that is worked out for it.
        """
        if detail == "full":
            _ = self._results  # all are wanted, so that none is decided twice
        return evaluation_json(self, detail, indent=indent)

    def outcomes(self) -> Mapping[tuple[str, str], Outcome]:
        """The outcome by rule and subject's path (`child`, `injuries[cheek]`), without the cost of saying why."""
        seen = self.__dict__.get("view")
        if seen is not None and seen.removed:
            return self._inquiry.runs.outcomes()
        codes = self.rulebook.codes(self.case, as_of=self.as_of)
        return outcomes_of(codes, self.program.rules, self.case, self.rulebook.vocabulary)

    def traces(self) -> tuple[Trace, ...]:
        """The plain walk of every finding's condition, nothing assumed: for measuring what cases reach."""
        return tuple(result.plain_trace() for result in self._results if not result.empty)

    # --- within

    @cached_property
    def program(self) -> Program:
        """What is in force on this day."""
        return self.rulebook.program(self.as_of)

    @cached_property
    def view(self) -> CaseView:
        """What the rules see of the case on this day."""
        return view_of(self.case, self.as_of, self.rulebook.vocabulary)

    @cached_property
    def _inquiry(self) -> Inquiry:
        return Inquiry(self.view, self.program, self.rulebook)

    @cached_property
    def _merged(self) -> tuple[Merged, ...]:
        """What is wanted, by action and whom."""
        inquiry, actions = self._inquiry, self.rulebook.content.actions
        wanted = [each for result in inquiry.not_ruled_out for each in wanted_by(result, inquiry, actions)]
        return merge(wanted, inquiry, self.view)

    @property
    def _results(self) -> tuple[Result, ...]:
        return self._inquiry.results

    @cached_property
    def _found(self) -> tuple[tuple[Result, Finding], ...]:
        return tuple((result, self._finding(result)) for result in self._results)

    def _finding(self, result: Result) -> Finding:
        key = key_of(result)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make_finding(result, self._inquiry)
        return found

    @cached_property
    def _made(self) -> dict[tuple[str, str], Finding]:
        return {}

    def _waiver(self, waiver: Waiver) -> WaiverNotice:
        day = self.as_of.day
        state: Literal["in_force", "expired", "not_yet"] = (
            "not_yet" if day < waiver.start else "expired" if day > waiver.end else "in_force"
        )
        unwaived = self._inquiry.unwaived
        changed = [
            f"{finding.rule} ({finding.subject}): {unwaived[key_of(result)]}"
            for result, finding in (self._found if unwaived else ())
            if key_of(result) in unwaived and finding.rule in self._readers(waiver.waives)
        ]
        return WaiverNotice(
            waiver.waives,
            waiver.instead,
            waiver.start.isoformat(),
            waiver.end.isoformat(),
            state,
            waiver.decided_by,
            waiver.because,
            tuple(changed) if state == "in_force" else (),
            cite(waiver.cites),
        )

    def _readers(self, name: str) -> frozenset[str]:
        """The rules that read a waived definition or parameter, in its own form or in the shared one."""
        shared = self.rulebook.unwaived_program(self.as_of)
        return readers(self.program, name) | (readers(shared, name) if shared is not None else frozenset())

    def _explanation(self, result: Result, finding: Finding) -> Explanation:
        if result.empty:
            steps = self._inquiry.teller.empty_part(result)
        else:
            steps = self._inquiry.teller.part(result.trace(), result.run.view)
        wanted = wanted_by(result, self._inquiry, self.rulebook.content.actions)
        demands = tuple(demand_of(each, self._inquiry, self.role) for each in wanted)
        return Explanation(finding, steps, demands)

    def _no_rule(self, rule: str) -> str:
        names = list(self.rulebook.content.rules)
        if any(rule in (each.rule, _short(each.rule)) for each in self.not_in_force):
            resting = next(each for each in self.not_in_force if rule in (each.rule, _short(each.rule)))
            return f"the rule `{rule}` is not in force: {resting.says}"
        near = nearest(rule, [*names, *(_short(name) for name in names)])
        return f"there is no rule `{rule}`" + (f"; did you mean `{near}`?" if near else "")


def _itself(document: EvaluationDocument) -> EvaluationDocument:
    return document


def _short(name: str) -> str:
    return name.rpartition(":")[2]


def _subject_id(finding: Finding) -> str:
    return "child" if finding.subject.kind == "child" else finding.subject.id or "none"
