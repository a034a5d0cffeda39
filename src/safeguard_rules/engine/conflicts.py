"""Conflicts: what is both wanted and not wanted, and what must never go together (semantics, decision 24)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safeguard_rules.engine.finding import CHILD, cite
from safeguard_rules.packs.content import Content
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.results import Conflict, Demand, RecommendedAction, Subject
from safeguard_rules.values.dates import AsOf


def conflicts(actions: Sequence[RecommendedAction], content: Content, on: AsOf) -> tuple[Conflict, ...]:
    """Actions both wanted and not wanted on a day, and pairs that must never stand together."""
    found = [each for action in actions if (each := _own_conflict(action)) is not None]
    found.extend(_pairs(actions, content, on))
    return tuple(sorted(found, key=lambda each: (not each.certain, each.negative, each.positive, each.about.id or "")))


def disputed(actions: Sequence[RecommendedAction], found: Iterable[Conflict]) -> frozenset[tuple[str, Subject]]:
    """The findings, by rule and subject, whose not being certain leaves a conflict only possible."""
    return frozenset(
        (demand.rule, demand.subject)
        for conflict in found
        if not conflict.certain
        for action in actions
        if action.action in (conflict.negative, conflict.positive) and _same_whom(action.about, conflict.about)
        for side in (_side(action, True), _side(action, False))
        if not _certain(side)
        for demand in side
    )


def _own_conflict(action: RecommendedAction) -> Conflict | None:
    against, wanted = _side(action, True), _side(action, False)
    if not against or not wanted:
        return None
    certain = _certain(against) and _certain(wanted)
    cited = tuple(dict.fromkeys(c for demand in (*against, *wanted) for c in demand.citations))
    says = f"“{action.do}” is both wanted and not wanted"
    return Conflict(action.about, action.action, action.action, certain, says, cited)


def _pairs(actions: Sequence[RecommendedAction], content: Content, on: AsOf) -> list[Conflict]:
    """One conflict per pair of actions that are both wanted, also where each of them names the other."""
    found: dict[tuple[Subject, frozenset[str]], Conflict] = {}
    for action in actions:
        never_with = content.actions[action.action].never_with
        for other in actions if never_with else ():
            cited = never_with.get(other.action)
            if cited is None:
                continue
            wanted = _side(action, False), _side(other, False)
            if not all(wanted) or not _same_whom(action.about, other.about):
                continue
            whom = action.about if action.about.kind != CHILD else other.about
            says = f"“{action.do}” and “{other.do}” must not both be done"
            conflict = Conflict(
                whom, action.action, other.action, all(_certain(side) for side in wanted), says, cite(cited, on)
            )
            found.setdefault((whom, frozenset((action.action, other.action))), conflict)
    return list(found.values())


def _same_whom(one: Subject, other: Subject) -> bool:
    return one == other or CHILD in (one.kind, other.kind)


def _side(action: RecommendedAction, negative: bool) -> tuple[Demand, ...]:
    return tuple(demand for demand in action.demands if (demand.obligation in NEGATIVE) is negative)


def _certain(side: Iterable[Demand]) -> bool:
    return any(demand.certainty == "certain" for demand in side)
