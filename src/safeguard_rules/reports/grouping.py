"""Which recommended actions stand on one line of a text: one action about several subjects, or several short ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from safeguard_rules.results import Conflict, Obligation, RecommendedAction, Subject


@dataclass(frozen=True, slots=True)
class Group:
    """The same action, asked for in the same way, about one subject or several."""

    actions: tuple[RecommendedAction, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def first(self) -> RecommendedAction:
        """The one that stands for all."""
        return self.actions[0]

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Whom it is about, in order."""
        return tuple(dict.fromkeys(action.about for action in self.actions))


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says: one group in full, or several in short."""

    groups: tuple[Group, ...]

    @property
    def obligation(self) -> Obligation:
        """The obligation that all of it has."""
        return self.groups[0].first.obligation


def grouped(actions: Iterable[RecommendedAction], conflicts: Sequence[Conflict] = ()) -> tuple[Group, ...]:
    """Actions that differ only in whom they are about, together, at the place of the first of them."""
    found: dict[object, list[RecommendedAction]] = {}
    for action in actions:
        time = action.within and (action.within.time, action.within.due, action.within.overdue)
        key = (action.action, action.obligation, action.certainty, action.standing, action.done_on, time)
        key_with_roles = (*key, action.for_you, tuple(demand.rule for demand in action.demands))
        found.setdefault(key_with_roles, []).append(action)
    return tuple(Group(tuple(each), _conflicts(each, conflicts)) for each in found.values())


def _conflicts(actions: Sequence[RecommendedAction], conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """The conflicts whose warning has to stand beside this instruction."""
    about = {action.about for action in actions}
    return tuple(each for each in conflicts if each.positive == actions[0].action and each.about in about)


def folded(entries: Sequence[Entry], may_fold: Callable[[Group], bool]) -> tuple[Entry, ...]:
    """The entries with those that may be folded joined, one line for each obligation, at the place of the last.

    One is left where it is if something between it and that place comes after it.
    """
    joined = list(entries)
    for obligation in dict.fromkeys(entry.obligation for entry in entries):
        members = [
            entry
            for entry in joined
            if entry.obligation == obligation and all(may_fold(group) and not group.conflicts for group in entry.groups)
        ]
        members = _movable(members, joined)
        if len(members) > 1:
            place = joined.index(members[-1])
            joined[place] = Entry(tuple(group for entry in members for group in entry.groups))
            joined = [entry for entry in joined if entry not in members]
    return tuple(joined)


def _movable(members: Sequence[Entry], entries: Sequence[Entry]) -> list[Entry]:
    """Those that can stand at the place of the last without passing something that comes after them."""
    if not members:
        return []
    last = entries.index(members[-1])
    kept = []
    for member in members:
        between = [entry for entry in entries[entries.index(member) + 1 : last] if entry not in members]
        waiting = {name for entry in between for group in entry.groups for name in group.first.after}
        if not waiting & {group.first.action for group in member.groups}:
            kept.append(member)
    return kept
