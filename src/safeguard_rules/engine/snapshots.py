"""What two evaluations are compared by: one state per recommended action and per finding, and how states differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from safeguard_rules.engine.merging import CERTAIN, RANK
from safeguard_rules.language.times import Time, parse_time, shorter
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.results import Certainty, ChangeKind, Finding, RecommendedAction, Subject

What = Literal["action", "finding"]
Key = tuple[What, str, str, str]
"""What it is, its name, and the kind and id of whom it is about."""

ABSENT = "absent"
OUTCOME_RANK = {"does_not_apply": 0, ABSENT: 0, "undetermined": 1, "applies": 2}


class Told(Protocol):
    """Anything that has actions and findings: an evaluation, or the document of one."""

    @property
    def actions(self) -> tuple[RecommendedAction, ...]:
        """The recommended actions."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings."""
        ...


@dataclass(frozen=True, slots=True)
class State:
    """How strongly something is said: an obligation or an outcome, its certainty, its time as written."""

    said: str
    certainty: Certainty | None
    time: str | None = None
    overdue: bool | None = None

    @property
    def there(self) -> bool:
        """Whether an action is recommended, or a rule applies."""
        return self.said not in (ABSENT, "undetermined", "does_not_apply")


NOTHING = State(ABSENT, None)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The states of all actions and findings, with what they are called."""

    states: Mapping[Key, State]
    titles: Mapping[Key, tuple[str, Subject]]
    behind: Mapping[Key, frozenset[Key]] = field(default_factory=dict)
    """The findings whose rules ask for each action."""

    def state(self, key: Key) -> State:
        """The state of one; `NOTHING` where it is not there."""
        return self.states.get(key, NOTHING)


def snapshot(told: Told) -> Snapshot:
    """The states of an evaluation or document."""
    states: dict[Key, State] = {}
    titles: dict[Key, tuple[str, Subject]] = {}
    behind: dict[Key, frozenset[Key]] = {}
    for action in told.actions:
        key: Key = ("action", action.action, action.about.kind, _whom(action.about))
        within = action.within
        states[key] = State(
            action.obligation,
            action.certainty,
            within.time if within is not None else None,
            within.overdue if within is not None else None,
        )
        titles[key] = (action.do, action.about)
        behind[key] = frozenset(
            ("finding", demand.rule, demand.subject.kind, _whom(demand.subject)) for demand in action.demands
        )
    for finding in told.findings:
        key = finding_key(finding)
        states[key] = State(finding.outcome, finding.certainty if finding.outcome == "applies" else None)
        titles[key] = (finding.title, finding.subject)
    return Snapshot(states, titles, behind)


def finding_key(finding: Finding) -> Key:
    """What a finding is compared under."""
    return ("finding", finding.rule, finding.subject.kind, _whom(finding.subject))


def _whom(subject: Subject) -> str:
    """The id of a subject; there is one child, whose id an earlier case may not have had."""
    return "child" if subject.kind == "child" else subject.id or "none"


def difference(before: State, after: State, what: What) -> ChangeKind | None:
    """How two states differ; None where nobody would call it a difference."""
    if before == after:
        return None
    if not before.there and not after.there:
        if what == "action" or OUTCOME_RANK[before.said] == OUTCOME_RANK[after.said]:
            return None
        return "strengthened" if OUTCOME_RANK[after.said] > OUTCOME_RANK[before.said] else "weakened"
    if not before.there:
        return "added"
    if not after.there:
        return "withdrawn"
    ways = _ways(before, after)
    if not ways:
        return "strengthened" if after.overdue and not before.overdue else "changed"
    if ways == {1}:
        return "strengthened"
    return "weakened" if ways == {-1} else "changed"


def _ways(before: State, after: State) -> set[int]:
    """1 for each part that went up, -1 for each that went down; both where it cannot be said."""
    found: set[int] = set()
    if before.said != after.said and before.said in RANK and after.said in RANK:
        if (before.said in NEGATIVE) != (after.said in NEGATIVE):
            found |= {1, -1}
        else:
            found.add(1 if RANK[after.said] < RANK[before.said] else -1)
    if before.certainty != after.certainty and before.certainty is not None and after.certainty is not None:
        found.add(1 if CERTAIN[after.certainty] < CERTAIN[before.certainty] else -1)
    if before.time != after.time:
        found |= _times(_time(before.time), _time(after.time))
    return found


def _times(before: Time | None, after: Time | None) -> set[int]:
    if shorter(after, before):
        return {1}
    return {-1} if shorter(before, after) else {1, -1}


def _time(text: str | None) -> Time | None:
    return parse_time(text) if text is not None else None
