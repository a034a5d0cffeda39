"""A timeline: the evaluations of one child or family day after day, each held against the one before it.

Between two days the answer may change by itself; every day on which that changes an action is a day of the timeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from safeguard_rules.case.base import Record
from safeguard_rules.case.case import Case
from safeguard_rules.case.family import Family
from safeguard_rules.case.paths import parse_path, part_at
from safeguard_rules.case.stories import Story
from safeguard_rules.engine.comparing import changed_paths, compare
from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.families import FamilyEvaluation
from safeguard_rules.engine.foreseeing import next_answer
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError
from safeguard_rules.results import (
    Change,
    Changes,
    ChildOnDay,
    DayOfTimeline,
    KnownFact,
    NextChange,
    RecommendedAction,
    TimelineDocument,
    UnchangedAction,
)
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.json_text import as_json

ONE_CHILD = "child"
"""The name of a child of whom the case gives no id."""

GONE = "no longer recorded: "
"""What stands before the name of a record that was taken back."""


@dataclass(frozen=True, slots=True, eq=False)
class ChildsDay:
    """One child on one day: the evaluation, and the one before it, None where there is none."""

    child: str
    evaluation: Evaluation
    before: Evaluation | None
    changes: Changes | None
    """What is different in the actions, and why; None without a day before."""

    @property
    def name(self) -> str:
        """How the child is called."""
        child = self.evaluation.case.child
        return (child.label or child.id) if child is not None else self.child

    def learned(self) -> tuple[str, ...]:
        """The paths of facts that are known otherwise than before, or known in another way."""
        if self.before is None:
            return ()
        changed = changed_paths(self.before.case, self.evaluation.case)
        return tuple(path for path in changed if self._is_told(path, changed))

    def is_new(self, record: str) -> bool:
        """Whether an entry of a list was not there on the day before."""
        return self.before is not None and _record(self.before, record) is None

    def _is_told(self, path: str, changed: Sequence[str]) -> bool:
        """Whether a path is told itself: not for what changed inside it, nor for what went with its record."""
        if "[" in path and not path.endswith("]"):
            return _record(self.evaluation, f"{path.partition(']')[0]}]") is not None
        if path.endswith("]") and (self.is_new(path) or _record(self.evaluation, path) is None):
            return True
        below = (f"{path}.", f"{path}[")
        return not any(each.startswith(below) for each in changed)

    def told(self, path: str) -> tuple[str, str | None]:
        """What is known at a path now, in plain words, and how; of what is gone, what was known before."""
        if path.endswith("]"):
            now = _record(self.evaluation, path)
            before = _record(self.before, path) if self.before is not None else None
            return f"there is {now}" if now else f"{GONE}{before or path}", None
        reason = self.evaluation.fact(path)
        return reason.says, reason.known_by

    def action(self, change: Change) -> RecommendedAction | None:
        """The action that changed, as it is now, or as it was last if it is withdrawn."""
        return _find(self.evaluation, change) or (_find(self.before, change) if self.before is not None else None)

    def earlier(self, action: RecommendedAction) -> RecommendedAction | None:
        """The same action about the same subject on the day before."""
        before = self.before.actions if self.before is not None else ()
        return next((each for each in before if _key(each) == _key(action)), None)

    def done(self) -> tuple[RecommendedAction, ...]:
        """The actions that have been done since the day before."""
        return tuple(each for each in self.evaluation.actions if self._turned(each, "done"))

    def again(self) -> tuple[RecommendedAction, ...]:
        """The actions that were done, and for which there is a newer reason since the day before."""
        return tuple(each for each in self.evaluation.actions if self._turned(each, "done_before_newest_reason"))

    def on_carers_word(self, change: Change) -> bool:
        """Whether something is no longer recommended only because of what a parent or carer said."""
        earlier = _find(self.before, change) if self.before is not None else None
        if change.after is not None or earlier is None:
            return False
        behind = {(demand.rule, demand.subject) for demand in earlier.demands}
        return any(each.rests_on_carer for each in self.evaluation.findings if (each.rule, each.subject) in behind)

    def unchanged(self) -> tuple[RecommendedAction, ...]:
        """The actions that stand as they did."""
        if self.changes is None:
            return ()
        changed = {(change.name, change.subject.kind, change.subject.id) for change in self.changes}
        return tuple(each for each in self.evaluation.actions if _key(each) not in changed)

    def opened(self) -> tuple[str, ...]:
        """The paths that are asked for and were not."""
        return tuple(path for path in _asked(self.evaluation) if path not in _asked(self.before))

    def settled(self) -> tuple[str, ...]:
        """The paths that were asked for and no longer are: answered, or no longer needed."""
        return tuple(path for path in _asked(self.before) if path not in _asked(self.evaluation))

    def _turned(self, action: RecommendedAction, standing: str) -> bool:
        earlier = self.earlier(action)
        return action.standing == standing and (earlier is None or earlier.standing != standing)


@dataclass(frozen=True, slots=True, eq=False)
class TimelineDay:
    """One day: what became known, or that only time has passed, and the children whom it touches."""

    as_of: AsOf
    news: str | None
    by_itself: bool
    """Nothing became known; the answer changed by the passing of time alone."""
    children: tuple[ChildsDay, ...]


class Timeline:
    """What the rules say of a child or a family from day to day; computed on first reading.

    `days` are evaluations of one child, or of one family, the earliest first, each with its own case, day and
    rulebook; `news` has one sentence for each of them, or None. Raises `CallError` where days do not go forward, and
    where a case is followed by one of another child.
    """

    def __init__(
        self,
        days: Sequence[Evaluation | FamilyEvaluation],
        news: Sequence[str | None] | None = None,
        title: str | None = None,
    ) -> None:
        self.title = title
        self.given = tuple(map(_children, days))
        self.news = tuple(news) if news is not None else (None,) * len(days)
        if len(self.news) != len(self.given):
            raise CallError(f"there are {len(self.given)} days and {len(self.news)} pieces of news")
        if not self.given:
            raise CallError("a timeline needs at least one day")
        for one, other in pairwise(map(_day, self.given)):
            if not one.moments[0] < other.moments[0]:
                raise CallError(f"the days of a timeline go forward, and {other} comes after {one}")
        for one_day, other_day in pairwise(self.given):
            if not set(one_day) & set(other_day):
                raise CallError(f"no child of {_day(one_day)} is there on {_day(other_day)}; children have their ids")

    @classmethod
    def of_story(cls, story: Story, rulebooks: Mapping[str | None, Rulebook] | None = None) -> Timeline:
        """The timeline of a story; `rulebooks` by locality, without them the bundled packs are loaded."""
        areas = dict.fromkeys(day.locality for day in story.days)
        books = rulebooks or {area: Rulebook.load(locality=area) for area in areas}
        days = [evaluated(day.case, books[day.locality], day.as_of, day.role) for day in story.days]
        return cls(days, [day.news for day in story.days], story.title)

    @cached_property
    def days(self) -> tuple[TimelineDay, ...]:
        """Every day given, and between them those on which an action changed by itself."""
        return tuple(self._days())

    @cached_property
    def coming(self) -> Mapping[str, NextChange]:
        """When the answer for each child changes by itself after the last day."""
        return {child: each.next_change() for child, each in self.given[-1].items()}

    def document(self) -> TimelineDocument:
        """All of it as one tree: what is written as JSON."""
        days = tuple(_day_document(day) for day in self.days)
        return TimelineDocument(self.title, days, {child: each.on for child, each in self.coming.items()})

    def to_json(self, *, indent: bool = True) -> str:
        """The timeline as JSON, the same bytes for the same inputs."""
        return as_json(self.document(), indent=indent)

    def _days(self) -> Iterator[TimelineDay]:
        latest: dict[str, Evaluation] = {}
        for children, news in zip(self.given, self.news, strict=True):
            for day in _by_itself(latest, _day(children)):
                latest.update({each.child: each.evaluation for each in day.children})
                yield day
            found = tuple(_childs_day(child, each, latest.get(child)) for child, each in children.items())
            latest.update(children)
            yield TimelineDay(_day(children), news, False, found)


def evaluated(case: Case | Family, rulebook: Rulebook, as_of: AsOf, role: str | None) -> Evaluation | FamilyEvaluation:
    """A case or a family for a day; raises `CallError` as a rulebook does."""
    if isinstance(case, Family):
        return rulebook.evaluate_family(case, as_of=as_of, role=role)
    return rulebook.evaluate(case, as_of=as_of, role=role)


def _children(day: Evaluation | FamilyEvaluation) -> Mapping[str, Evaluation]:
    if isinstance(day, FamilyEvaluation):
        return day.evaluations
    child = day.case.child
    return {child.id if child is not None else ONE_CHILD: day}


def _day(children: Mapping[str, Evaluation]) -> AsOf:
    return next(iter(children.values())).as_of


def _childs_day(child: str, evaluation: Evaluation, before: Evaluation | None) -> ChildsDay:
    changes = compare(before, evaluation, "action") if before is not None else None
    return ChildsDay(child, evaluation, before, changes)


def _by_itself(latest: Mapping[str, Evaluation], until: AsOf) -> Iterator[TimelineDay]:
    """The days before another day on which an action of some child changes by the passing of time alone."""
    found: dict[str, list[ChildsDay]] = {}
    for child, evaluation in latest.items():
        for each in _changes_by_itself(child, evaluation, until):
            found.setdefault(str(each.evaluation.as_of), []).append(each)
    days = [TimelineDay(children[0].evaluation.as_of, None, True, tuple(children)) for children in found.values()]
    yield from sorted(days, key=lambda day: day.as_of.moments[0])


def _changes_by_itself(child: str, evaluation: Evaluation, until: AsOf) -> Iterator[ChildsDay]:
    shown = now = evaluation
    while (later := next_answer(now, until.day)) is not None:
        now = now.again(as_of=later.as_of)
        day = _childs_day(child, now, shown)
        if day.changes:
            shown = now
            yield day


def _find(evaluation: Evaluation, change: Change) -> RecommendedAction | None:
    wanted = (change.name, change.subject.kind, change.subject.id)
    return next((each for each in evaluation.actions if _key(each) == wanted), None)


def _record(evaluation: Evaluation, path: str) -> str | None:
    """How an entry of a list is called, None if it is not there."""
    parsed = parse_path(path)
    found = part_at(evaluation.case, parsed) if parsed is not None else None
    return (found.label or found.id) if isinstance(found, Record) else None


def _key(action: RecommendedAction) -> tuple[str, str, str | None]:
    return action.action, action.about.kind, action.about.id


def _asked(evaluation: Evaluation | None) -> dict[str, None]:
    return dict.fromkeys(question.path for question in evaluation.questions) if evaluation is not None else {}


# --- as a tree


def _day_document(day: TimelineDay) -> DayOfTimeline:
    first = day.children[0].evaluation
    children = tuple(map(_child_document, day.children))
    return DayOfTimeline(str(day.as_of), first.rulebook.locality, first.role, day.news, day.by_itself, children)


def _child_document(day: ChildsDay) -> ChildOnDay:
    unchanged = day.unchanged()
    return ChildOnDay(
        day.child,
        day.name,
        tuple(_known_facts(day)),
        day.changes,
        tuple(each for each in day.evaluation.actions if each not in unchanged),
        tuple(UnchangedAction(each.action, each.do, each.about, each.obligation, each.standing) for each in unchanged),
        tuple(dict.fromkeys(change.name for change in day.changes or () if day.on_carers_word(change))),
        _names(day.done()),
        _names(day.again()),
        day.opened(),
        day.settled(),
        len(day.evaluation.questions),
    )


def _known_facts(day: ChildsDay) -> Iterator[KnownFact]:
    for path in day.learned():
        says, known_by = day.told(path)
        yield KnownFact(path, says, known_by)


def _names(actions: Iterable[RecommendedAction]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.action for each in actions))
