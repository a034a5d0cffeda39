"""New information compared, not overwritten: what changed between two evaluations, and why (semantics, 30 to 32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from safeguard_rules.case.case import Case
from safeguard_rules.case.paths import iter_paths, value_at
from safeguard_rules.engine.contracts import Book, Evaluated
from safeguard_rules.engine.snapshots import (
    NOTHING,
    Key,
    Snapshot,
    State,
    What,
    difference,
    snapshot,
)
from safeguard_rules.errors import CallError, PluginError
from safeguard_rules.results import (
    Cause,
    Change,
    ChangeKind,
    Changes,
    EvaluationDocument,
    Problem,
    Step,
)
from safeguard_rules.values.dates import AsOf, When

STEPS: tuple[Step, ...] = ("time", "facts", "packs")
BY = {"time": "the passing of time", "facts": "the new facts", "packs": "the new version of the packs"}


def compare(earlier: Evaluated | EvaluationDocument, later: Evaluated, only: What | None = None) -> Changes:
    """What is different in the later evaluation, with causes where both are at hand; `only` actions, or findings.

    A document, as read back from JSON, holds neither case nor rulebook: then the changes come without causes, and say
    so. Raises CallError where the two are of different children.
    """
    if isinstance(earlier, EvaluationDocument):
        _check_child(_child_in(earlier), _child_of(later))
        why = "the earlier evaluation was read from a file, without its case and rulebook"
        return _without_causes(snapshot(earlier), later, earlier.record.as_of, why, (), only)
    _check_child(_child_of(earlier), _child_of(later))
    problems = tuple(_unstable_ids(earlier.case, later.case))
    path = _Path(earlier, later)
    try:
        path.walk()
    except (CallError, PluginError) as error:
        why = f"the earlier rulebook cannot read the later case, so causes cannot be separated: {error}"
        return _without_causes(snapshot(earlier), later, str(earlier.as_of), why, problems, only)
    keys = [key for key in path.keys() if only in (None, key[0])]  # noqa: SIM118
    changes = [change for key in keys if (change := path.change(key)) is not None]
    return Changes(str(earlier.as_of), str(later.as_of), tuple(changes), problems, None)


def _check_child(before: str | None, after: str | None) -> None:
    if before is not None and after is not None and before != after:
        raise CallError(f"the two cases are of different children, `{before}` and `{after}`")


def _child_of(evaluation: Evaluated) -> str | None:
    return evaluation.case.child.id if evaluation.case.child is not None else None


def _child_in(document: EvaluationDocument) -> str | None:
    """The child of a document: the subject of what is about the child."""
    subjects = (each.subject for each in document.findings)
    return next((subject.id for subject in subjects if subject.kind == "child"), None)


def _unstable_ids(before: Case, after: Case) -> list[Problem]:
    """Lists with records in both cases and not one id in common: nothing is guessed."""
    found = []
    for name in type(after).model_fields:
        one, other = getattr(before, name), getattr(after, name)
        if not (isinstance(one, tuple) and isinstance(other, tuple) and one and other and hasattr(one[0], "id")):
            continue
        if not {each.id for each in one} & {each.id for each in other}:
            found.append(Problem("ids-not-stable", name, f"{name} has no id in common with the earlier case"))
    return found


def _without_causes(
    before: Snapshot, later: Evaluated, since: str, why: str, problems: tuple[Problem, ...], only: What | None
) -> Changes:
    after = snapshot(later)
    found = []
    for key in sorted(key for key in {*before.states, *after.states} if only in (None, key[0])):
        kind = difference(before.state(key), after.state(key), key[0])
        if kind is not None:
            found.append(_change(key, kind, before, after, (), _withdrawn(key, kind, before, after, later)))
    return Changes(since, str(later.as_of), tuple(found), problems, why)


@dataclass(slots=True, eq=False)
class _Stop:
    """One point on the way from the earlier evaluation to the later."""

    evaluation: Evaluated
    taken: Snapshot


class _Path:
    """The way from old to new, one step at a time: time, then facts, then packs."""

    def __init__(self, earlier: Evaluated, later: Evaluated) -> None:
        self.earlier = earlier
        self.later = later
        self.stops: list[_Stop] = []
        self._trials: dict[frozenset[str], Snapshot] = {}

    def walk(self) -> None:
        """Takes the steps; a step at which nothing differs costs nothing."""
        old, new = self.earlier, self.later
        timed = self._evaluation(old, new.as_of, old.case, old.rulebook)
        told = self._evaluation(timed, new.as_of, new.case, old.rulebook)
        self.stops = [_Stop(each, snapshot(each)) for each in (old, timed, told, new)]

    def keys(self) -> list[Key]:
        """All actions and findings anywhere on the way, actions first."""
        return sorted({key for stop in self.stops for key in stop.taken.states})

    def change(self, key: Key) -> Change | None:
        """What changed of one action or finding, also where two changes cancel out."""
        states = [stop.taken.state(key) for stop in self.stops]
        flips = {step: difference(states[i], states[i + 1], key[0]) for i, step in enumerate(STEPS)}
        net = difference(states[0], states[3], key[0])
        if net is None and not any(flips.values()):
            return None
        causes = tuple(self._causes(key, states, flips))
        kind: ChangeKind = net if net is not None else "masked"
        before, after = self.stops[0].taken, self.stops[3].taken
        titled = next(stop.taken for stop in reversed(self.stops) if key in stop.taken.titles)
        withdrawn = _withdrawn(key, kind, before, after, self.later)
        return _change(key, kind, before, after, causes, withdrawn, titled, self.packs_changed_by)

    def _causes(self, key: Key, states: Sequence[State], flips: dict[Step, ChangeKind | None]) -> list[Cause]:
        net = difference(states[0], states[3], key[0])
        found = []
        for step in STEPS:
            needed = self._needed(step, key, states[3]) if net is not None or flips[step] is not None else None
            if flips[step] is None and not needed:
                continue
            facts = self._facts(key, states) if step == "facts" else ()
            packs = self.changed_packs if step == "packs" else ()
            found.append(Cause(step, flips[step], needed, facts, packs))
        return found

    # --- one step left out

    def _needed(self, step: Step, key: Key, end: State) -> bool | None:
        """Whether the end would be another without this step; None where leaving it out makes no sense."""
        without = self._without.get(step)
        return None if without is None else without.state(key) != end

    @cached_property
    def _without(self) -> dict[Step, Snapshot | None]:
        old, new = self.earlier, self.later
        found: dict[Step, Snapshot | None] = {}
        if str(old.as_of) != str(new.as_of) and not self._news_after_old_day:
            found["time"] = snapshot(self._evaluation(new, old.as_of, new.case, new.rulebook))
        if self.changed_paths:
            found["facts"] = self._try(old.case)
        if self.changed_packs:
            found["packs"] = self.stops[2].taken
        return found

    def _try(self, case: Case) -> Snapshot | None:
        try:
            return snapshot(self._evaluation(self.later, self.later.as_of, case, self.later.rulebook))
        except (CallError, PluginError):
            return None

    @cached_property
    def _news_after_old_day(self) -> bool:
        """Whether a changed fact is dated after the earlier day: then time cannot be left out."""
        day = self.earlier.as_of.day
        values = [value_at(self.later.case, path) for path in self.changed_paths]
        return any(isinstance(value, When) and value.last > day for value in values)

    @staticmethod
    def _evaluation(like: Evaluated, as_of: AsOf, case: Case, rulebook: Book) -> Evaluated:
        if like.case is case and like.rulebook is rulebook and like.as_of == as_of:
            return like
        return like.again(case=case, rulebook=rulebook, as_of=as_of)

    # --- which facts and packs

    @cached_property
    def packs_changed_by(self) -> str:
        """What made the packs differ, in words: a new version, another locality, or both."""
        before, after = self.earlier.rulebook.locality, self.later.rulebook.locality
        if before == after:
            return BY["packs"]
        moved = f"the locality, which changed from {before or 'none'} to {after or 'none'}"
        return f"{BY['packs']} and {moved}" if {*self.changed_packs} - {before, after} else moved

    @cached_property
    def changed_paths(self) -> tuple[str, ...]:
        """The paths whose value or evidence differs between the two cases, sorted."""
        return changed_paths(self.earlier.case, self.later.case)

    @cached_property
    def changed_packs(self) -> tuple[str, ...]:
        """The packs and localities whose digest differs, and those that came or went."""
        if self.earlier.rulebook is self.later.rulebook:
            return ()
        before = {stamp.id: stamp.digest for stamp in self.earlier.rulebook.packs}
        after = {stamp.id: stamp.digest for stamp in self.later.rulebook.packs}
        return tuple(sorted(id_ for id_ in {*before, *after} if before.get(id_) != after.get(id_)))

    def _facts(self, key: Key, states: Sequence[State]) -> tuple[str, ...]:
        """The changed facts among what decided, without those that the end does not need."""
        rules = self._rules(key)
        looked = [
            path
            for stop in self.stops
            for finding in stop.evaluation.findings
            if finding.rule in rules
            for path in (*(reason.path for reason in finding.why), *finding.open)
        ]
        decided = {*looked, *(path.rpartition(".")[0] for path in looked)}
        candidates = [path for path in self.changed_paths if path in decided]
        needed = list(candidates)
        for path in candidates:
            trial = frozenset({*(p for p in candidates if p not in needed), path})
            if self._state_without(trial, key) == states[3]:
                needed.remove(path)
        return tuple(needed or candidates)

    def _rules(self, key: Key) -> set[str]:
        if key[0] == "finding":
            return {key[1]}
        return {
            demand.rule
            for stop in self.stops
            for action in stop.evaluation.actions
            if action.action == key[1]
            for demand in action.demands
        }

    def _state_without(self, removed: frozenset[str], key: Key) -> State:
        # Several actions and findings hang on the same facts: each set of them is taken away once.
        if removed not in self._trials:
            self._trials[removed] = snapshot(self.later.again(removed=removed))
        return self._trials[removed].state(key)


def changed_paths(before: Case, after: Case) -> tuple[str, ...]:
    """The paths whose value or evidence differs between two cases of a child, sorted."""
    paths = sorted({*iter_paths(before), *iter_paths(after), *before.evidence, *after.evidence})
    return tuple(path for path in paths if _known(before, path) != _known(after, path))


def _known(case: Case, path: str) -> object:
    try:
        value = value_at(case, path)
    except (KeyError, LookupError, ValueError):
        value = None
    return value, case.evidence.get(path)


def _withdrawn(key: Key, kind: ChangeKind, before: Snapshot, after: Snapshot, later: Evaluated) -> bool | None:
    """Whether something withdrawn is ruled out (True) or no longer known (False); None where nothing is withdrawn.

    An action hangs on the rules that asked for it before; that another might ask for it too is no news.
    """
    if kind != "withdrawn":
        return None
    keys = before.behind.get(key, frozenset()) if key[0] == "action" else frozenset({key})
    now = [after.state(each).said for each in keys if each in after.states]
    if len(now) == len(keys):
        return "undetermined" not in now
    # The record that it was about is gone: what is left of its rules says whether anybody could know.
    rules = {each[1] for each in keys}
    return not any(finding.outcome == "undetermined" for finding in later.findings if finding.rule in rules)


def _change(
    key: Key,
    kind: ChangeKind,
    before: Snapshot,
    after: Snapshot,
    causes: tuple[Cause, ...],
    ruled_out: bool | None,
    titled: Snapshot | None = None,
    packs_changed_by: str = BY["packs"],
) -> Change:
    named = next(each for each in (titled, after, before) if each is not None and key in each.titles)
    title, subject = named.titles[key]
    one, other = before.state(key), after.state(key)
    return Change(
        key[0],
        key[1],
        title,
        subject,
        kind,
        one.said if one is not NOTHING else None,
        other.said if other is not NOTHING else None,
        one.certainty,
        other.certainty,
        None if ruled_out is None else "ruled_out" if ruled_out else "no_longer_known",
        causes,
        causes_text(kind, causes, packs_changed_by),
    )


def causes_text(kind: ChangeKind, causes: Sequence[Cause], packs_changed_by: str = BY["packs"]) -> str:
    """Why something changed, in one phrase; what made the packs differ may be said in other words."""
    by = {**BY, "packs": packs_changed_by}
    flipped = [cause for cause in causes if cause.kind is not None]
    if not flipped:
        return ""
    if kind == "masked":
        return "; ".join(f"{by[cause.step]}: {_would(cause)}" for cause in flipped)
    text = "by " + ", then ".join(by[cause.step] for cause in flipped)
    together = [cause for cause in causes if cause.kind is None and cause.needed]
    if together:
        text += ", together with " + " and ".join(by[cause.step] for cause in together)
    if len(flipped) == 1 and flipped[0].needed is False:
        text += "; something else would have done it too"
    return text


def _would(cause: Cause) -> str:
    return {
        "added": "asks for it",
        "withdrawn": "ends it",
        "strengthened": "strengthens it",
        "weakened": "weakens it",
        "changed": "changes it",
        "masked": "changes it",
    }[cause.kind or "changed"]
