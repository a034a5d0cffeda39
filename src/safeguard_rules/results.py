"""What comes back from an evaluation: frozen, slotted, in a fixed order, made only when asked for.

Paths are as in a case (`injuries[cheek].kind`). Dates and times are texts as written, days as `2026-03-02`. Everything
here is plain enough to be written as JSON: `to_json()` of an evaluation does, `evaluation_schema()` has the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self, overload

from safeguard_rules.packs.terms import NEGATIVE

Obligation = Literal["must", "should", "consider", "must_not", "should_not"]
Certainty = Literal["certain", "unless", "as_precaution"]
"""`unless`: it holds unless an exception turns out to apply; `as_precaution`: something unknown was assumed."""

Outcome = Literal["applies", "undetermined", "does_not_apply"]
Standing = Literal["to_do", "done", "done_before_newest_reason"]
Settles = Literal["applies", "does_not_apply"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A statement of a source: where it stands, how binding the source is, and how well it is known."""

    statement: str
    source: str
    publisher: str
    at: str
    says: str
    url: str | None
    force: str
    known: str
    area: str | None

    def __str__(self) -> str:
        return f"{self.source}, {self.at} ({self.force}; {self.known})"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a finding or an action is about.

    `kind` is `child` or the singular of a list; `id` is `?` for the unseen record of an open list, None where a closed
    list is empty. For an unknown reference `id` is the path that would name it, and `known` is false.
    """

    kind: str
    id: str | None
    label: str | None = None
    known: bool = True

    def __str__(self) -> str:
        if self.kind == "child":
            return "the child"
        if self.id is None:
            return f"no {self.kind.replace('_', ' ')}"
        if not self.known:
            return self.label or f"whoever {self.id} is"
        if self.id == "?":
            return f"any other {self.kind.replace('_', ' ')}"
        return self.label or self.id


@dataclass(frozen=True, slots=True)
class Assumed:
    """Something unknown that was taken as true or false, and on whose word.

    `taken_for_granted` is true where nobody would ask (a newborn is taken as not moving about): then it makes no
    precaution. `name` is a definition's full name, or `child.stage`; `of` is what the definition is about, `child`
    or the singular of a list, None where `reads` names it.
    """

    name: str
    reads: str
    value: bool
    exception: bool
    taken_for_granted: bool
    citations: tuple[Citation, ...]
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """How long there is, as written; whether a source states it; and when it ends, where it is counted from a date.

    `overdue` is None where no due date can be told.
    """

    time: str
    basis: Literal["sourced", "proposed"]
    counted_from: str | None
    due: str | None
    overdue: bool | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """One rule's obligation for an action, with its own time, force and citations, never mixed with another's."""

    action: str
    obligation: Obligation
    rule: str
    title: str
    subject: Subject
    certainty: Certainty
    assumed: tuple[Assumed, ...]
    within: Within | None
    how: str | None
    force: str
    addressed: tuple[str, ...]
    for_you: bool
    because: str
    citations: tuple[Citation, ...]
    carried_by: str | None
    rests_on_carer: bool


@dataclass(frozen=True, slots=True)
class ContactMoment:
    """What a contact's hours say of the moment of the evaluation, in UK time: which number is to be used then.

    `phone` is the number of the hours where it is `open`, and where it is `closed` the one out of hours; None where the
    locality gives no such number, or where it is `not_known` which of the two. `clock` is the moment by weekday and
    time, `Sunday 02:00`; `opens_next` when a closed one next opens by its hours. `bank_holiday` None means that nobody
    knows whether the day is one: then the hours of its weekday count.
    """

    state: Literal["open", "closed", "not_known"]
    phone: str | None
    clock: str
    opens_next: str | None
    bank_holiday: bool | None


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """Whom to contact, as the locality gives it; `checked_on` None means that nobody has checked it.

    `moment` is None where the evaluation is for a day without a time, or nobody has given hours: then every number
    counts.
    """

    key: str
    name: str
    phone: str | None
    hours: str | None
    out_of_hours: str | None
    url: str | None
    checked_on: str | None
    moment: ContactMoment | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RecommendedAction:
    """Something that a person is recommended to do, or not to do, about somebody, with every demand for it.

    `obligation`, `certainty` and `within` are those of the headline, the first demand; `demands` has them all.
    `after` names recommended actions that come first.
    """

    action: str
    do: str
    details: str | None
    kind: str
    about: Subject
    obligation: Obligation
    certainty: Certainty
    within: Within | None
    demands: tuple[Demand, ...]
    contact: ContactDetails | None
    contact_key: str | None
    after: tuple[str, ...]
    repeats: bool
    standing: Standing
    done_on: str | None
    for_you: bool
    draft: bool
    rests_on_carer: bool
    citations: tuple[Citation, ...]
    """Those of the action itself, then those of its demands, each once."""

    @property
    def negative(self) -> bool:
        """Whether the headline says not to do it."""
        return self.obligation in NEGATIVE


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact that decided a finding, in the case's own words.

    `says` is the fact and its value in plain English; `clause` the part of the condition that it decided; `definition`
    and `form` name the definition that the clause stands in and which meaning of it holds here.
    """

    path: str
    says: str
    known_by: str | None
    clause: str
    definition: str | None
    form: str | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a definition's form that decided, or left open, what the definition came to.

    `says` is a single test of the form in plain English, without any `not` around it; `value` is what that test came
    to: “the child's age: less than 6 months” was `true`.
    """

    definition: str
    form: str
    says: str
    value: Literal["true", "unknown", "false"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A form of a definition that does not hold here, and by which a finding would have come out another way.

    `areas` names those whose policy has the form, for people; there is none for the `national` form. It is the answer
    to that one question, with everything else as it is here, and takes nothing from what holds here.
    """

    definition: str
    form: str
    areas: tuple[str, ...]
    reads: str
    outcome: Outcome
    certainty: Certainty
    clauses: tuple[Clause, ...]
    citations: tuple[Citation, ...]


class Later:
    """A result some of whose fields are worked out when they are first read, and then kept.

    Nothing of that shows: it is compared, copied, pickled and written as if all had been there from the start.
    """

    __slots__ = ("_later",)

    _later: Callable[[str], object]

    @classmethod
    def with_later(cls, later: Callable[[str], object], given: Mapping[str, object]) -> Self:
        """One with these fields; `later` gives each of the others by its name."""
        made = cls.__new__(cls)
        for name, value in given.items():
            object.__setattr__(made, name, value)
        object.__setattr__(made, "_later", later)
        return made

    if not TYPE_CHECKING:  # a type checker shall still know which names there are

        def __getattr__(self, name: str) -> Any:
            """The value of a field that was not worked out yet: Python asks for it where a slot is empty."""
            if name == "_later" or name not in getattr(type(self), "__dataclass_fields__", ()):
                raise AttributeError(f"`{type(self).__name__}` has no `{name}`")
            found = self._later(name)
            object.__setattr__(self, name, found)
            return found


@dataclass(frozen=True, slots=True)
class Finding(Later):
    """One rule's outcome for one subject.

    `why` has the facts that decided it; for an undetermined one `open` names the paths that would settle it. `reading`
    is the condition in plain English.
    """

    rule: str
    title: str
    subject: Subject
    outcome: Outcome
    certainty: Certainty
    assumed: tuple[Assumed, ...]
    why: tuple[Reason, ...]
    open: tuple[str, ...]
    reading: str
    because: str
    rests_on_carer: bool
    carer_paths: tuple[str, ...]
    citations: tuple[Citation, ...]
    waived_from: Outcome | None = None
    """The outcome that the shared form would have had, where a waiver changed it."""
    wants: tuple[str, ...] = ()
    """What the rule asks for where it applies, the strongest first: `must: Report it to children's social care`."""
    clauses: tuple[Clause, ...] = ()
    """Which clauses decided, of each definition that areas mean differently, in the form that holds here."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """The other forms of such definitions by which it would have come out another way."""


class Findings(tuple[Finding, ...]):
    """All findings, sorted by rule and subject."""

    __slots__ = ()

    @property
    def applies(self) -> tuple[Finding, ...]:
        """Those that apply, certainly or not."""
        return self._of("applies")

    @property
    def undetermined(self) -> tuple[Finding, ...]:
        """Those for which something is missing."""
        return self._of("undetermined")

    @property
    def does_not_apply(self) -> tuple[Finding, ...]:
        """Those that what is known rules out."""
        return self._of("does_not_apply")

    def _of(self, outcome: Outcome) -> tuple[Finding, ...]:
        return tuple(finding for finding in self if finding.outcome == outcome)

    @overload
    def about(self, rule: str) -> tuple[Finding, ...]: ...
    @overload
    def about(self, rule: str, subject: str) -> Finding | None: ...
    def about(self, rule: str, subject: str | None = None) -> tuple[Finding, ...] | Finding | None:
        """The findings of a rule, by its full or short name; with a subject's id, that one."""
        found = tuple(each for each in self if rule in (each.rule, each.rule.rpartition(":")[2]))
        if subject is None:
            return found
        wanted = {"none": None}.get(subject, subject)
        return next(
            (each for each in found if (each.subject.id if each.subject.kind != "child" else "child") == wanted), None
        )


@dataclass(frozen=True, slots=True)
class NotInForce:
    """A rule that does not speak here: another time, or another area."""

    rule: str
    title: str
    why: Literal["not_yet", "no_longer", "other_area", "area_not_known"]
    says: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something unknown that an undetermined or precautionary finding still needs, worst possible outcome first.

    `settles` says what this answer alone could do; `demand` is the strongest that is open behind it, and `demanded_by`
    names those of the `rules` that have it.
    """

    path: str
    question: str
    topic: str
    demand: Obligation
    actions: tuple[str, ...]
    rules: tuple[str, ...]
    settles: tuple[Settles, ...]
    already_a_precaution: bool
    only_adds_reasons: bool
    is_list: bool
    why_unknown: str | None
    accounts: tuple[str, ...]
    care: tuple[str, ...]
    citations: tuple[Citation, ...]
    demanded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """An action both wanted and not wanted, or two that must never stand together; both sides are always shown."""

    about: Subject
    negative: str
    positive: str
    certain: bool
    says: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Strength:
    """A protective factor, with its evidence and who verified it; it cancels nothing."""

    id: str
    what: str
    evidence: str | None
    verified_by: str | None


@dataclass(frozen=True, slots=True)
class WaiverNotice:
    """A waiver of the locality, and what it did here. It is shown also when it changed nothing."""

    waives: str
    instead: str
    start: str
    end: str
    state: Literal["in_force", "expired", "not_yet"]
    decided_by: str
    because: str
    changed: tuple[str, ...]
    """The findings that the shared form would have given another outcome, as `rule (subject): outcome`."""
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Which form of a definition holds, where an area could have another: the shared one, a variant, a local change.

    `areas` names those whose policy has the form, for people.
    """

    definition: str
    form: str
    reads: str
    note: str | None
    citations: tuple[Citation, ...]
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the quality of the case or the packs that a person should know."""

    code: str
    path: str | None
    says: str


@dataclass(frozen=True, slots=True)
class PackRecord:
    """A pack or locality that took part."""

    id: str
    kind: str
    version: str
    status: str
    digest: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PluginRecord:
    """A plug-in that took part, with the digest of its files."""

    name: str
    distribution: str
    version: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class EvaluationRecord:
    """What is needed to replay an evaluation. The case's digest is personal data."""

    engine: str
    form: str
    as_of: str
    locality: str | None
    role: str | None
    packs: tuple[PackRecord, ...]
    plugins: tuple[PluginRecord, ...]
    case: str
    replayable: bool
    why_not_replayable: str | None


@dataclass(frozen=True, slots=True)
class EvaluationDocument:
    """Everything that an evaluation says, as one tree: what is written as JSON."""

    record: EvaluationRecord
    actions: tuple[RecommendedAction, ...]
    questions: tuple[Question, ...]
    conflicts: tuple[Conflict, ...]
    strengths: tuple[Strength, ...]
    problems: tuple[Problem, ...]
    waivers: tuple[WaiverNotice, ...]
    meanings: tuple[Meaning, ...]
    findings: tuple[Finding, ...]
    not_in_force: tuple[NotInForce, ...]

    @property
    def lasting_texts(self) -> dict[tuple[str, str | None], str]:
        """None: a document has no rulebook that could keep them."""
        return {}

    def written_actions(self) -> tuple[RecommendedAction, ...]:
        """The actions as they are written."""
        return self.actions

    def written_findings(self, detail: Detail) -> tuple[Finding, ...]:
        """The findings that are written: all, or those that apply or are undetermined."""
        if detail == "full":
            return self.findings
        return tuple(finding for finding in self.findings if finding.outcome != "does_not_apply")


Detail = Literal["full", "actions"]
"""How much of an evaluation is written: `actions` leaves out record, questions and what is ruled out."""


# --- change


ChangeKind = Literal["added", "strengthened", "weakened", "changed", "withdrawn", "masked"]
Step = Literal["time", "facts", "packs"]


@dataclass(frozen=True, slots=True)
class Cause:
    """One step on the way from the earlier evaluation to the later: time, then facts, then packs.

    `kind` is what changed at this step, None where nothing did by itself. `needed` says whether the end would be
    different without this step; None where that could not be tried.
    """

    step: Step
    kind: ChangeKind | None
    needed: bool | None
    facts: tuple[str, ...]
    packs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What is different about one action or one finding, and why.

    `before` and `after` are the obligation of an action, or the outcome of a finding; None where there is none.
    `withdrawn_as` says whether it is ruled out or no longer known.
    """

    what: Literal["action", "finding"]
    name: str
    title: str
    subject: Subject
    kind: ChangeKind
    before: str | None
    after: str | None
    certainty_before: Certainty | None
    certainty_after: Certainty | None
    withdrawn_as: Literal["ruled_out", "no_longer_known"] | None
    causes: tuple[Cause, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences between two evaluations, actions first, then findings."""

    before: str
    after: str
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    without_causes: str | None
    """Why no causes could be given, if none could."""

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)


@dataclass(frozen=True, slots=True)
class NextChange:
    """The next date on which the answer changes by itself, and what prevents a full answer.

    `on` is None where no known date leads to a change; `cannot_say` names unknown dates that could.
    """

    on: str | None
    changes: Changes | None
    cannot_say: tuple[str, ...]
    until: str | None = None


# --- a timeline


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that is known otherwise than on the day before, or no longer known, in the case's own words."""

    path: str
    says: str
    known_by: str | None


@dataclass(frozen=True, slots=True)
class UnchangedAction:
    """An action that stands as it did on the day before."""

    action: str
    do: str
    about: Subject
    obligation: Obligation
    standing: Standing


@dataclass(frozen=True, slots=True)
class ChildOnDay:
    """One child on one day of a timeline.

    `changes` is None on the child's first day; `actions` are those that changed, in full, on the first day all.
    `gone_on_carers_word` names those no longer recommended only because of what a parent or carer said; `done` and
    `asked_again` name actions that were done since the day before, and those done before a newer reason. `opened` and
    `settled` are the paths of questions that came, and of those that are answered or no longer needed.
    """

    child: str
    label: str
    learned: tuple[KnownFact, ...]
    changes: Changes | None
    actions: tuple[RecommendedAction, ...]
    unchanged: tuple[UnchangedAction, ...]
    gone_on_carers_word: tuple[str, ...]
    done: tuple[str, ...]
    asked_again: tuple[str, ...]
    opened: tuple[str, ...]
    settled: tuple[str, ...]
    open_questions: int


@dataclass(frozen=True, slots=True)
class DayOfTimeline:
    """One day of a timeline; `by_itself` is a day on which only time had passed."""

    as_of: str
    locality: str | None
    role: str | None
    news: str | None
    by_itself: bool
    children: tuple[ChildOnDay, ...]


@dataclass(frozen=True, slots=True)
class TimelineDocument:
    """What the rules say from day to day, as one tree: what is written as JSON.

    `next_change` has for each child the next day on which the answer changes by itself, None where none is known.
    """

    title: str | None
    days: tuple[DayOfTimeline, ...]
    next_change: Mapping[str, str | None]


# --- explanation


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a condition with its value, as the explainer saw it."""

    id: str
    reads: str
    value: Literal["true", "unknown", "false"]
    decided: bool
    definition: str | None
    form: str | None
    facts: tuple[Reason, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one rule came out as it did for one subject: the whole condition, part by part."""

    finding: Finding
    steps: Part
    demands: tuple[Demand, ...]
