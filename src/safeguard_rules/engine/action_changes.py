"""Which actions of a case two rulebooks tell differently, and the same change seen in many cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from safeguard_rules.case.case import Case
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.engine.snapshots import NOTHING, State, difference, snapshot
from safeguard_rules.results import ChangeKind, Finding, RecommendedAction
from safeguard_rules.values.dates import AsOf

Origin: TypeAlias = Literal["beside the packs", "given", "made", "aimed"]
"""Where a tried case comes from: the cases beside the packs, files that somebody named, one of these with a part less,
or one that was made towards outcomes of the rules."""

ORIGINS: tuple[Origin, ...] = ("beside the packs", "given", "made", "aimed")
LOST: tuple[ChangeKind, ...] = ("withdrawn", "weakened")
"""The kinds of change after which less is asked for in a case."""

_MUSTS = ("must", "must_not")
_ORDER: tuple[ChangeKind, ...] = ("withdrawn", "weakened", "changed", "strengthened", "added", "masked")


@dataclass(frozen=True, slots=True)
class TriedCase:
    """A case to try on both sides: its day, its area, who asks, and what it is called."""

    case: Case
    as_of: AsOf
    area: str | None
    role: str | None
    origin: Origin
    title: str


@dataclass(frozen=True, slots=True)
class ActionChange:
    """How one action changes in a case, without what would set apart cases that change alike.

    Whom it is about is left out, and where the obligation changes also how certain it is and its time.
    """

    kind: ChangeKind
    action: str
    do: str
    before: State
    after: State

    @property
    def loses_must(self) -> bool:
        """Whether a `must` or `must_not` is no longer said."""
        return self.before.said in _MUSTS and self.after.said != self.before.said

    @property
    def order(self) -> tuple[object, ...]:
        """What changes are sorted by: a lost `must` first, then what is lost, then what comes."""
        states = (self.before.said, self.after.said, str(self.before.certainty), str(self.after.certainty))
        return (not self.loses_must, _ORDER.index(self.kind), self.action, *states, str(self.before), str(self.after))


@dataclass(slots=True)
class ChangedCases:
    """One change, and the cases in which it is seen, in the order tried."""

    change: ActionChange
    cases: list[TriedCase] = field(default_factory=list)

    def count(self, origin: Origin) -> int:
        """How many of the cases come from one place."""
        return sum(1 for case in self.cases if case.origin == origin)


@dataclass(frozen=True, slots=True)
class CaseChanges:
    """What came of trying cases on both sides: how many were tried and differ, and each change once.

    `not_tried` is how many are of an area that one of the sides does not have.
    """

    tried: Mapping[Origin, int]
    differing: Mapping[Origin, int]
    not_tried: int
    changes: tuple[ChangedCases, ...]

    @property
    def loses(self) -> bool:
        """Whether less is asked for in some case: an action is gone, or weaker."""
        return any(each.change.kind in LOST or each.change.loses_must for each in self.changes)


Books: TypeAlias = Mapping[str | None, tuple[Rulebook, Rulebook]]
"""The rulebooks of both sides for each area; None is none."""


@dataclass(frozen=True, slots=True)
class _Actions:
    """The actions of an evaluation without its findings, whose reasons would take longest to work out."""

    actions: tuple[RecommendedAction, ...]
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, book: Rulebook, tried: TriedCase) -> _Actions:
        return cls(book.evaluate(tried.case, as_of=tried.as_of, role=tried.role).actions)


def action_changes(before: Rulebook, after: Rulebook, tried: TriedCase) -> tuple[ActionChange, ...]:
    """The actions that two rulebooks tell differently for a case. Raises as `Rulebook.evaluate` does."""
    one, other = (snapshot(_Actions.of(book, tried)) for book in (before, after))
    found: dict[ActionChange, None] = {}
    for key in sorted({*one.states, *other.states}):
        kind = difference(one.state(key), other.state(key), key[0])
        if kind is not None:
            title = next(side.titles[key][0] for side in (other, one) if key in side.titles)
            found[ActionChange(kind, key[1], title, *_told(one.state(key), other.state(key)))] = None
    return tuple(sorted(found, key=lambda change: change.order))


def _told(before: State, after: State) -> tuple[State, State]:
    """Two states as they are told: what differs, and no more."""
    if before.said != after.said:
        return State(before.said, None), State(after.said, None)
    return before, after


def try_cases(books: Books, cases: Iterable[TriedCase]) -> CaseChanges:
    """Tries cases on both sides, and puts those with the same change together."""
    tried, differing = dict.fromkeys(ORIGINS, 0), dict.fromkeys(ORIGINS, 0)
    found: dict[ActionChange, ChangedCases] = {}
    not_tried = 0
    for case in cases:
        if case.area not in books:
            not_tried += 1
            continue
        changes = action_changes(*books[case.area], case)
        tried[case.origin] += 1
        differing[case.origin] += bool(changes)
        for change in changes:
            found.setdefault(change, ChangedCases(change)).cases.append(case)
    return CaseChanges(tried, differing, not_tried, tuple(sorted(found.values(), key=lambda each: each.change.order)))


def state_text(state: State) -> str:
    """How strongly something is said, in words: `must, as a precaution, at once`."""
    if state.said == NOTHING.said:
        return "not there"
    sure = {"unless": "unless an exception holds", "as_precaution": "as a precaution"}.get(state.certainty or "")
    parts = (state.said.replace("_", " "), sure, state.time, "overdue" if state.overdue else None)
    return ", ".join(part for part in parts if part)
