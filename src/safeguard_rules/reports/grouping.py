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


def grouped(
    actions: Iterable[RecommendedAction], conflicts: Sequence[Conflict] = (), *, by_headline: bool = False
) -> tuple[Group, ...]:
    """Actions that differ only in whom they are about, together, at the place of the first of them.

    With `by_headline` only their headlines have to be the same, else all their demands. One in a conflict stands alone.
    """
    found: dict[object, list[RecommendedAction]] = {}
    for action in actions:
        time = action.within and (action.within.time, action.within.due, action.within.overdue)
        rules = () if by_headline else tuple(demand.rule for demand in action.demands)
        assumed = tuple(each.name for each in action.demands[0].assumed)
        carer = action.demands[0].rests_on_carer
        asked = (action.obligation, action.certainty, assumed, time, action.for_you, carer, rules)
        alone = action.about if _conflicts([action], conflicts) else None
        found.setdefault((action.action, action.standing, action.done_on, asked, alone), []).append(action)
    return tuple(Group(tuple(each), _conflicts(each, conflicts)) for each in found.values())


def _conflicts(actions: Sequence[RecommendedAction], conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """The conflicts that one of these is a side of."""
    about = {action.about for action in actions}
    name = actions[0].action
    return tuple(each for each in conflicts if name in (each.positive, each.negative) and each.about in about)


def folded(
    entries: Sequence[Entry],
    room: int,
    may_fold: Callable[[Group], bool],
    fits: Callable[[Entry], bool],
) -> tuple[Entry, ...]:
    """The entries in at most `room` lines if that can be done by joining some that may be folded, the last first.

    Two are joined only if they are neighbours, so that nothing is told out of its order, if they have one obligation,
    and if the result fits on a line.
    """
    joined = list(entries)
    while len(joined) > room:
        later = _later_of_pair(joined, may_fold, fits)
        if later is None:
            break
        joined[later - 1 : later + 1] = [Entry((*joined[later - 1].groups, *joined[later].groups))]
    return tuple(joined)


def _later_of_pair(
    entries: Sequence[Entry], may_fold: Callable[[Group], bool], fits: Callable[[Entry], bool]
) -> int | None:
    for later in reversed(range(1, len(entries))):
        one, other = entries[later - 1], entries[later]
        groups = (*one.groups, *other.groups)
        if one.obligation == other.obligation and all(map(may_fold, groups)) and fits(Entry(groups)):
            return later
    return None
