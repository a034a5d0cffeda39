"""Actions: demands merged by action and whom, ordered, matched with what was done, and held against each other.

Rules only add: a demand is never dropped, and no sentence joins one demand's obligation with another's time.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeVar

from safeguard_rules.engine.contacting import IsBankHoliday, contact_details, no_calendar
from safeguard_rules.engine.demanding import Wanted, demand_of
from safeguard_rules.engine.finding import SharedWork
from safeguard_rules.engine.standing import standing_of
from safeguard_rules.language.roles import addresses
from safeguard_rules.language.times import AT_ONCE, EVENTS, SAME_DAY
from safeguard_rules.packs.content import FORCES, Action, Content
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.results import (
    Certainty,
    ContactDetails,
    Obligation,
    RecommendedAction,
    Standing,
    Subject,
    Within,
)
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.durations import Duration, day_range
from safeguard_rules.vocabulary.view import CaseView

RANK = {"must": 0, "must_not": 0, "should": 1, "should_not": 1, "consider": 2}
CERTAIN = {"certain": 0, "unless": 1, "as_precaution": 2}
LONG = 10**6


class Ordered(Protocol):
    """What of a demand says where it stands."""

    @property
    def obligation(self) -> Obligation:
        """How strongly it is wanted."""

    @property
    def certainty(self) -> Certainty:
        """How certain its finding is."""

    @property
    def within(self) -> Within | None:
        """How long there is."""

    @property
    def force(self) -> str:
        """The force of its source."""

    @property
    def rule(self) -> str:
        """The rule that wants it."""

    @property
    def subject(self) -> Subject:
        """What its finding is about."""

    @property
    def carried_by(self) -> str | None:
        """The locality that carries the rule further with it, if it is one."""


class Placed(Protocol):
    """What of an action says where it stands."""

    @property
    def action(self) -> str:
        """Its name."""

    @property
    def about(self) -> Subject:
        """Whom it is about."""

    @property
    def demands(self) -> Sequence[Ordered]:
        """All that is wanted of it, the headline first."""

    @property
    def after(self) -> tuple[str, ...]:
        """What comes first."""

    @property
    def repeats(self) -> bool:
        """Whether it is standing advice."""

    @property
    def negative(self) -> bool:
        """Whether the headline says not to do it."""


AnyPlaced = TypeVar("AnyPlaced", bound=Placed)


class Merged(NamedTuple):
    """All that is wanted of one action about one subject, the headline first; `RecommendedAction` is what is shown."""

    what: Action
    about: Subject
    demands: tuple[Wanted, ...]
    contested: bool
    """Whether it is both wanted and not wanted."""
    standing: Standing
    done_on: str | None
    after: tuple[str, ...] = ()

    @property
    def action(self) -> str:
        """The name of the action."""
        return self.what.name

    @property
    def repeats(self) -> bool:
        """Whether it is standing advice."""
        return self.what.repeats

    @property
    def negative(self) -> bool:
        """Whether the headline says not to do it."""
        return self.demands[0].obligation in NEGATIVE

    @property
    def is_draft(self) -> bool:
        """Whether the action, or a rule that wants it, is a draft."""
        return any(each.is_draft for each in self.demands)

    @property
    def rests_on_carer(self) -> bool:
        """Whether all of it rests on what a carer said."""
        return all(each.rests_on_carer for each in self.demands)

    def for_you(self, role: str | None) -> bool:
        """Whether any of it is addressed to a role."""
        return any(addresses(each.form.addressed, role) for each in self.demands)


# --- merging


def merge(wanted: Iterable[Wanted], inquiry: SharedWork, view: CaseView) -> tuple[Merged, ...]:
    """What is wanted, by action and whom, in the order in which it is shown."""
    groups: dict[tuple[str, Subject], list[Wanted]] = {}
    for each in wanted:
        groups.setdefault((each.what.name, each.whom), []).append(each)
    return _in_order([_merged(found, inquiry, view) for _, found in sorted(groups.items(), key=_group_order)])


def _bank_holidays(content: Content) -> IsBankHoliday:
    return content.bank_holidays.working_days.is_bank_holiday if content.bank_holidays is not None else no_calendar


def _group_order(group: tuple[tuple[str, Subject], list[Wanted]]) -> tuple[str, str, str]:
    (action, whom), _ = group
    return action, whom.kind, whom.id or ""


def _merged(found: Sequence[Wanted], inquiry: SharedWork, view: CaseView) -> Merged:
    action, whom = found[0].what, found[0].whom
    negative = [each.obligation in NEGATIVE for each in found]
    contested = any(negative) and not all(negative)
    ordered = sorted(found, key=lambda each: demand_order(each, contested)) if len(found) > 1 else found
    reasons = (told[0] for each in found for told, _, _ in inquiry.teller.causes(each.result))
    return Merged(action, whom, tuple(ordered), contested, *standing_of(action, whom, reasons, view))


def recommended(merged: Merged, inquiry: SharedWork, content: Content, role: str | None) -> RecommendedAction:
    """A recommended action as the result shows it."""
    action, head, as_of = merged.what, merged.demands[0], merged.demands[0].result.run.as_of
    demands = tuple(demand_of(each, inquiry, role) for each in merged.demands)
    own = head.result.run.program.stock.cite(action.cites, as_of)
    cited = {each.statement: each for cites in (own, *(demand.citations for demand in demands)) for each in cites}
    return RecommendedAction(
        action.name,
        action.do,
        action.details,
        action.kind,
        merged.about,
        head.obligation,
        head.certainty,
        head.within,
        demands,
        contact_of(action, content, as_of),
        action.contact,
        merged.after,
        action.repeats,
        merged.standing,
        merged.done_on,
        merged.for_you(role),
        merged.is_draft,
        merged.rests_on_carer,
        tuple(cited.values()),
    )


def contact_of(action: Action, content: Content, as_of: AsOf) -> ContactDetails | None:
    """Whom to contact for an action, as the locality gives it."""
    contacts = content.locality.contacts if content.locality is not None else {}
    contact = contacts.get(action.contact) if action.contact is not None else None
    return contact_details(contact, as_of, _bank_holidays(content)) if contact is not None else None


def demand_order(demand: Ordered, contested: bool) -> tuple[object, ...]:
    """What demands for one action are sorted by: the first is the headline (semantics, decision 22)."""
    negative = demand.obligation in NEGATIVE
    return (
        RANK[demand.obligation],
        negative is not contested,
        CERTAIN[demand.certainty],
        time_order(demand.within),
        FORCES.index(demand.force),
        demand.rule,
        demand.subject.id or "",
        demand.carried_by or "",
    )


def time_order(within: Within | None) -> tuple[int, float, str]:
    """A total order for showing times; which of two is certainly shorter is said by `language.times.shorter`."""
    if within is None:
        return LONG, 0.0, ""
    if within.time == AT_ONCE:
        return 0, 0.0, ""
    if within.time == SAME_DAY:
        return 1, 1.0, ""
    if within.time in EVENTS:
        return 3, float(EVENTS.index(within.time)), within.time
    return 2, _middle(within.time), within.time


@lru_cache(maxsize=256)  # a pure function of a text, and packs have few lengths of time
def _middle(time: str) -> float:
    low, high = day_range(Duration.parse(time))
    return float(low if high is None else (low + high) / 2)


def _in_order(merged: Sequence[Merged]) -> tuple[Merged, ...]:
    """By headline, with what each comes after, which is lifted above it."""
    wanted = {each.action for each in merged if not each.negative}
    return lifted(sorted([_with_after(each, wanted) for each in merged], key=action_order))


def _with_after(merged: Merged, wanted: Container[str]) -> Merged:
    after = () if merged.negative else _after(merged.what.after, wanted)
    return merged._replace(after=after) if after else merged


def _after(names: Sequence[str], wanted: Container[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name in wanted))


def lifted(ordered: Sequence[AnyPlaced]) -> tuple[AnyPlaced, ...]:
    """The same actions, each after those that it comes after: these are lifted, so that nothing urgent sinks."""
    if not any(each.after for each in ordered):
        return tuple(ordered)
    placed: dict[tuple[str, Subject], AnyPlaced] = {}

    def place(action: AnyPlaced) -> None:
        if (action.action, action.about) in placed:
            return
        for other in ordered:
            if other.action in action.after and not other.negative:
                place(other)
        placed[(action.action, action.about)] = action

    for action in ordered:
        place(action)
    return tuple(placed.values())


def action_order(action: Placed) -> tuple[object, ...]:
    """What recommended actions are sorted by; standing advice comes last."""
    head = action.demands[0]
    return (
        action.repeats,
        RANK[head.obligation],
        head.obligation in NEGATIVE,
        CERTAIN[head.certainty],
        time_order(head.within),
        FORCES.index(head.force),
        head.rule,
        action.action,
        action.about.kind,
        action.about.id or "",
    )


def may_conflict(merged: Sequence[Merged]) -> bool:
    """Whether conflicts have to be looked for: what is contested, and what must not go with something else."""
    return any(each.contested or each.what.never_with for each in merged)


# --- certain


def certain_demands(actions: Iterable[RecommendedAction]) -> Mapping[tuple[str, Subject, bool], int]:
    """The strongest rank that is demanded certainly, by action, whom, and whether it is not to be done."""
    found: dict[tuple[str, Subject, bool], int] = {}
    for action in actions:
        for demand in action.demands:
            if demand.certainty == "certain":
                key = (action.action, action.about, demand.obligation in NEGATIVE)
                found[key] = min(RANK[demand.obligation], found.get(key, LONG))
    return found
