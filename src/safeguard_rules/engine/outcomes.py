"""Outcomes: what each rule in force comes to for each subject, with what had to be assumed (semantics, 3, 6, 8, 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.engine.grounds import Body, Ground, Grounds, OfUse
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.engine.running import LEVELS, PLAIN, PRECAUTION, Holds, Listed, Seen, Truths
from safeguard_rules.engine.tracing import Tracing
from safeguard_rules.engine.walking import Trace, Walker, deciding
from safeguard_rules.language.tree import Use
from safeguard_rules.results import Certainty, Outcome
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.records import UNSEEN_ID, Record, record_path
from safeguard_rules.vocabulary.view import CaseView

Key = tuple[str, str]

BORN = frozenset({"born"})
CHILD, NOBODY = "child", "none"
STAGE = "child.stage"
OUTCOMES: dict[Truth, Outcome] = {F: "does_not_apply", U: "undetermined", T: "applies"}


@dataclass(slots=True)
class StageRun:
    """One program over one view: compiled conditions share the truths of definitions, the walker explains."""

    program: Program
    view: CaseView
    one: Truths = field(init=False)
    """What the definitions of the child come to."""
    alone: Seen = field(init=False)
    """The child as the only subject of a rule."""
    walker: Walker = field(init=False)
    """The walk that functions are held against."""
    tracing: Tracing = field(init=False)
    """The same walk, for telling why."""
    lists: dict[str, Listed] = field(default_factory=dict)
    """The lists that were asked for so far."""
    bodies: dict[tuple[str, Record | None, int], Body] = field(default_factory=dict)
    """What definitions came to, with what decided it, as far as it was asked for."""
    grounds: dict[tuple[int, Record | None, int], Grounds | None] = field(default_factory=dict)
    """What decided the conditions of rules."""
    left: dict[tuple[object, ...], frozenset[str]] = field(default_factory=dict)
    """The paths that tests and definitions leave open, as far as they were looked for."""

    def __post_init__(self) -> None:
        self.one = self._unasked()
        self.alone = ((None, self.one),)
        self.walker = Walker(self.program, self.view)
        self.tracing = Tracing(self.program, self.view)

    @property
    def as_of(self) -> AsOf:
        """The day of the evaluation."""
        return self.view.as_of

    def granted(self, name: str, record: Record | None) -> bool:
        """Whether nobody would be asked for a definition of a record."""
        return self.walker.granted(name, record)

    def decided(self, holds: Holds, subject: Record | None, level: int) -> Grounds | None:
        """What decided a rule's condition, worked out once; None where it has to be walked."""
        key = id(holds), subject, level
        if key not in self.grounds:
            decides = holds.deciding(level)
            found = decides(self, self.one, subject, self.truths(subject)) if decides is not None else None
            self.grounds[key] = found
        return self.grounds[key]

    def listed(self, of: str) -> Listed:
        """A list with what the definitions of its records come to."""
        found = self.lists.get(of)
        if found is None:
            seen = tuple([(record, self._unasked()) for record in self.view.records(of)])
            unseen = ((self.view.unseen(of), self._unasked()),) if self.view.is_open(of) else ()
            found = self.lists[of] = Listed(seen, unseen, seen + unseen)
        return found

    def truths(self, record: Record | None) -> Truths:
        """What the definitions of a record of this view come to."""
        if record is None:
            return self.one
        listed = self.listed(record.kind)
        return (listed.unseen[0] if record.unseen else listed.seen[record.index])[1]

    def _unasked(self) -> Truths:
        return [None] * (LEVELS * len(self.program.forms))


class Result(NamedTuple):
    """What one rule came to for one subject.

    `subject` is the record of a `for_each`, None for the child and for an empty list (`empty`). `truth` is the plain
    outcome, `level` that of the assuming at which it applies.
    """

    active: ActiveRule
    subject: Record | None
    empty: bool
    truth: Truth
    level: int
    gate: Truth
    run: StageRun
    """The run in which it was decided: that of the rule's stages, or of `born` where the stage was assumed."""
    plain: StageRun

    @property
    def applies(self) -> bool:
        """Whether the rule applies, certainly or not."""
        return self.truth == T or self.level > PLAIN

    @property
    def outcome(self) -> Outcome:
        """The outcome as the result shows it."""
        return "applies" if self.applies else OUTCOMES[self.truth]

    @property
    def stage_assumed(self) -> bool:
        """Whether the stage was taken as born."""
        return self.level == PRECAUTION and self.gate == U

    def trace(self) -> Trace:
        """The walk at the level at which it was decided; for an empty list there is none."""
        return self.run.tracing.whole(self.active.form.when, self._in(self.run), self.level)

    def plain_trace(self) -> Trace:
        """The walk without any assumption: where questions come from."""
        return self.plain.tracing.whole(self.active.form.when, self._in(self.plain), PLAIN)

    def grounds(self) -> Grounds | None:
        """What decided it at the level at which it was decided; None where it has to be walked."""
        return self.run.decided(self.active.holds, self._in(self.run), self.level)

    def plain_grounds(self) -> Grounds | None:
        """The same without any assumption."""
        return self.plain.decided(self.active.holds, self._in(self.plain), PLAIN)

    def _in(self, run: StageRun) -> Record | None:
        return same_record(self.subject, run.view)


def same_record(record: Record | None, view: CaseView) -> Record | None:
    """The same record in another view of the same case."""
    if record is None or record.unseen:
        return record if record is None else view.unseen(record.kind)
    return view.records(record.kind)[record.index]


Gate = tuple[Truth, StageRun]
Decided = tuple[ActiveRule, Record | None, bool, Truth, int, Truth, StageRun, StageRun]
"""What a `Result` is made of, in its order."""


def key(active: ActiveRule, subject: Record | None) -> Key:
    """What a finding is known by: its rule and its subject's path, `none` for an empty list."""
    if active.form.for_each is None:
        return active.rule.name, CHILD
    return active.rule.name, subject.base if subject is not None else NOBODY


def outcomes_of(
    codes: Sequence[Truth | tuple[Truth, ...]], rules: Sequence[ActiveRule], case: CaseContents, vocabulary: Vocabulary
) -> dict[Key, Outcome]:
    """The outcomes by rule and subject's path, of the codes of the same rules for a case."""
    found: dict[Key, Outcome] = {}
    subjects: dict[str, list[str]] = {}
    for active, code in zip(rules, codes, strict=True):
        name, of = active.rule.name, active.form.for_each
        if of is None:
            found[name, CHILD] = OUTCOMES[code]  # type: ignore[index]  # a rule for the child has one truth
            continue
        paths = subjects.get(of)
        if paths is None:
            paths = subjects[of] = _paths(case, vocabulary.kinds[of].name)
        for path, each in zip(paths, code, strict=False):  # type: ignore[arg-type]  # the others have one for each
            found[name, path] = OUTCOMES[each]
        if not code:
            found[name, NOBODY] = OUTCOMES[F]
    return found


def _paths(case: CaseContents, listed: str) -> list[str]:
    """The paths of the records of a list in the order of their ids, and that of the unseen one."""
    ids = sorted([entry.id for entry in getattr(case, listed) or ()])
    return [record_path(listed, each) for each in (*ids, UNSEEN_ID)]


@dataclass(slots=True)
class Runs:
    """The runs of one evaluation, one per view that the rules' stages need."""

    program: Program
    view: CaseView
    runs: dict[int, StageRun] = field(default_factory=dict)
    _gates: dict[frozenset[str], Gate] = field(default_factory=dict)

    def for_stages(self, stages: frozenset[str]) -> StageRun:
        """The run for a rule of these stages."""
        view = self.view.for_stages(stages)
        if id(view) not in self.runs:
            self.runs[id(view)] = StageRun(self.program, view)
        return self.runs[id(view)]

    def results(self) -> tuple[Result, ...]:
        """What every rule in force comes to, in the order of the rules' names and of the records."""
        return tuple(map(Result._make, self._decided()))

    def not_ruled_out(self, codes: Iterable[Truth | tuple[Truth, ...]]) -> tuple[Result, ...]:
        """The same, but for what does not apply: what that is is known by the codes of the same rules."""
        return tuple(map(Result._make, self._by_codes(codes)))

    def outcomes(self) -> dict[Key, Outcome]:
        """The outcomes of the same, by rule and subject's path, with nothing to explain them by."""
        return {
            key(active, subject): "applies" if level else OUTCOMES[truth]
            for active, subject, _, truth, level, _, _, _ in self._decided()
        }

    def _decided(self) -> Iterator[Decided]:
        for active in self.program.rules:
            form, holds = active.form, active.holds.plain
            gate, run = self._gates.get(form.stages) or self._gate(form.stages)
            subjects = run.alone if form.for_each is None else run.listed(form.for_each).both
            for subject, own in subjects:
                truth = holds(run, run.one, subject, own) if gate else F
                yield self._with(active, subject, own, truth, gate, run)
            if not subjects:
                yield active, None, True, F, PLAIN, gate, run, run

    def _by_codes(self, codes: Iterable[Truth | tuple[Truth, ...]]) -> Iterator[Decided]:
        """What is decided of what the codes do not rule out."""
        for active, code in zip(self.program.rules, codes, strict=True):
            of = active.form.for_each
            given: tuple[Truth, ...] = (code,) if of is None else code  # type: ignore[assignment]  # one for the child
            if any(given):
                gate, run = self._gate(active.form.stages)
                subjects = run.alone if of is None else run.listed(of).both
                for (subject, own), each in zip(subjects, given, strict=True):
                    if each:
                        grounds = run.decided(active.holds, subject, PLAIN)  # will be asked for anyway
                        truth = active.holds.plain(run, run.one, subject, own) if grounds is None else grounds[0]
                        yield self._with(active, subject, own, truth, gate, run)

    def _with(
        self, active: ActiveRule, subject: Record | None, own: Truths, truth: Truth, gate: Truth, run: StageRun
    ) -> Decided:
        if truth == U or truth > gate or (subject is not None and subject.existence != T):
            return self._open(active, subject, own, min(truth, gate), gate, run)
        return active, subject, False, truth, PLAIN, gate, run, run

    def _gate(self, stages: frozenset[str]) -> Gate:
        """Whether the child is in one of these stages, and the run for them."""
        found = self._gates.get(stages)
        if found is None:
            found = self._gates[stages] = self.view.stage_truth(stages), self.for_stages(stages)
        return found

    def _open(
        self, active: ActiveRule, subject: Record | None, own: Truths, truth: Truth, gate: Truth, run: StageRun
    ) -> Decided:
        """What becomes of a rule that may not be settled without assuming anything."""
        if subject is not None and subject.existence != T:
            # A record that may not be there never applies, whatever is assumed.
            return active, subject, False, min(U, truth), PLAIN, gate, run, run
        level, decided = self._assuming(active, subject, own, gate, run) if truth == U else (PLAIN, run)
        return active, subject, False, truth, level, gate, decided, run

    def _assuming(
        self, active: ActiveRule, subject: Record | None, own: Truths, gate: Truth, run: StageRun
    ) -> tuple[int, StageRun]:
        """The level at which an undetermined rule applies after all, or the plain one."""
        if gate == T:
            for level, holds in active.holds.assuming:
                if holds(run, run.one, subject, own) == T:
                    return level, run
        elif self._may_assume_born(active):
            born = self.for_stages(BORN)
            same = same_record(subject, born.view)
            if active.holds.at(PRECAUTION)(born, born.one, same, born.truths(same)) == T:
                return PRECAUTION, born
        return PLAIN, run

    def _may_assume_born(self, active: ActiveRule) -> bool:
        form = active.form
        return "born" in form.stages and "born" in self.view.possible_stages and not form.never_assume


def bare_trace(ground: Ground) -> Trace:
    """The trace of a test that is a ground, but for what it counts."""
    sort, _, subject, item, truth = ground
    return Trace(sort.node, truth, (), subject, item, sort.within)


def test_trace(ground: Ground, run: StageRun) -> Trace:
    """The trace of a test that is a ground."""
    made = bare_trace(ground)
    made.uncounted = made.value == U and run.walker.is_uncounted(ground[0].node, made.subject, made.item)
    return made


def always_trace(ground: Ground) -> Trace:
    """The trace of an `always` or `never` that is a ground."""
    sort, subject, item = ground
    return Trace(sort.node, T if sort.node.value else F, (), subject, item, sort.within)


class Replaced(NamedTuple):
    """A definition that was replaced by what is assumed, and whether nobody would be asked for it."""

    definition: str
    granted: bool


def assumed_uses(result: Result) -> tuple[Replaced, ...]:
    """The definitions that were replaced and are among what decided, each once per name and record."""
    if result.level == PLAIN or result.empty:
        return ()
    found: dict[tuple[str, str], Replaced] = {}
    grounds = result.grounds()
    if grounds is not None:
        _add_replaced(found, grounds[1], result.run)
    else:
        for leaf in deciding(result.trace()):
            if leaf.replaced and isinstance(leaf.node, Use):
                _add_use(found, leaf.node.definition, used_record(leaf), leaf.granted)
    return tuple(found[key] for key in sorted(found))


def _add_replaced(found: dict[tuple[str, str], Replaced], grounds: Iterable[Ground], run: StageRun) -> None:
    for ground in grounds:
        sort = ground[0]
        if isinstance(sort, OfUse):
            body = sort.meanings.body(sort, run, ground[1])
            if body.replaced:
                _add_use(found, sort.definition, ground[1], body.granted)
            else:
                _add_replaced(found, body.grounds, run)


def _add_use(found: dict[tuple[str, str], Replaced], name: str, record: Record | None, granted: bool) -> None:
    found.setdefault((name, record.base if record is not None else "child"), Replaced(name, granted))


def used_record(leaf: Trace) -> Record | None:
    """The record that a definition was used of."""
    node = leaf.node
    assert isinstance(node, Use)
    return {"one": None, "subject": leaf.subject, "item": leaf.item}[node.scope.value]


def certainty(result: Result, granted: bool, only_exceptions: bool) -> Certainty:
    """How certain a finding is: taken for granted is no precaution, exceptions only give `unless`."""
    if result.level == PLAIN or granted:
        return "certain"
    return "unless" if only_exceptions and not result.stage_assumed else "as_precaution"
