"""Actions: demands merged by action and whom, ordered, matched with what was done, and held against each other.

Rules only add: a demand is never dropped, and no sentence joins one demand's obligation with another's time.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from safeguard_rules.engine.contacting import IsBankHoliday, contact_details, no_calendar
from safeguard_rules.engine.finding import CHILD, child_id
from safeguard_rules.engine.outcomes import Result, same_record
from safeguard_rules.engine.standing import standing_of
from safeguard_rules.engine.walking import record_of
from safeguard_rules.language.roles import addresses
from safeguard_rules.language.times import AT_ONCE, EVENTS, SAME_DAY
from safeguard_rules.language.tree import FactRef
from safeguard_rules.packs.content import FORCES, Action, Content, DemandForm
from safeguard_rules.packs.content import Within as WithinForm
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.results import (
    Demand,
    Finding,
    RecommendedAction,
    Subject,
    Within,
)
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration, day_range
from safeguard_rules.values.timing import deadline, overdue
from safeguard_rules.values.truth import F, T
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import CaseView

RANK = {"must": 0, "must_not": 0, "should": 1, "should_not": 1, "consider": 2}
CERTAIN = {"certain": 0, "unless": 1, "as_precaution": 2}
LONG = 10**6


@dataclass(frozen=True, slots=True)
class Made:
    """A demand with the key under which it merges and the finding that it comes from."""

    action: Action
    whom: Subject
    demand: Demand
    finding: Finding
    result: Result


def demands_of(result: Result, finding: Finding, content: Content, role: str | None) -> Iterator[Made]:
    """The demands that an applying finding makes."""
    if not result.applies:
        return
    for form in result.active.form.demands:
        action = content.actions[form.action]
        whom = whom_of(result, action, form)
        yield Made(action, whom, _demand(form, result, finding, role), finding, result)


def whom_of(result: Result, action: Action, form: DemandForm) -> Subject:
    """Whom an action is about: the child, the finding's record, or whom a reference of the record names."""
    view = result.run.view
    if form.about is not None:
        return _referred(form.about, result, view)
    if action.about == CHILD or result.subject is None:
        return Subject(CHILD, child_id(view.child), view.child.label)
    return Subject(result.subject.kind, result.subject.id, result.subject.label)


def _referred(ref: FactRef, result: Result, view: CaseView) -> Subject:
    record = same_record(result.subject, view) or view.child
    value = view.value(record, ref.fact.name)
    kind = ref.fact.refers_to or CHILD
    if isinstance(value, str):
        named = next((each for each in view.records(kind) if each.id == value), None)
        return Subject(kind, value, named.label if named is not None else None)
    path = record.path(ref.fact.name)
    return Subject(kind, path, f"{ref.fact.phrase} ({record.label or record.id}), who is not known yet", known=False)


def _demand(form: DemandForm, result: Result, finding: Finding, role: str | None) -> Demand:
    return Demand(
        form.action,
        form.obligation,
        result.active.rule.name,
        result.active.form.title,
        finding.subject,
        finding.certainty,
        finding.assumed,
        within_of(form.within, result) if form.within is not None else None,
        form.how,
        form.force,
        form.addressed,
        addresses(form.addressed, role),
        finding.because,
        result.run.program.stock.cite(form.cites),
        form.carried_by,
        finding.rests_on_carer,
    )


def within_of(form: WithinForm, result: Result) -> Within:
    """A time with its due date, where it is counted from a date that is known."""
    path, due, late = None, None, None
    if form.counted_from is not None:
        record = counted_record(form.counted_from, result)
        path = record.path(form.counted_from.fact.name)
        value = result.run.view.value(record, form.counted_from.fact.name)
        if isinstance(value, When) and form.length is not None:
            calendar = result.run.program.calendar
            found = deadline(value, form.length, calendar)
            due = found.text if found is not None else None
            truth = overdue(value, form.length, result.run.as_of, calendar)
            late = {T: True, F: False}.get(truth)
    return Within(form.text, form.basis, path, due, late, result.run.program.stock.cite(form.cites))


def counted_record(ref: FactRef, result: Result) -> Record:
    """The record from whose date a time is counted."""
    view = result.run.view
    return record_of(ref, view, same_record(result.subject, view), None)


def unknown_in_demand(form: DemandForm, result: Result) -> Iterator[str]:
    """The unknown facts that a demand needs to say whom it is about, and from when its time is counted."""
    view = result.run.view
    if form.about is not None:
        record = same_record(result.subject, view) or view.child
        if view.value(record, form.about.fact.name) is None:
            yield from view.derive(record, form.about.fact.name).missing
    within = form.within
    if within is not None and within.counted_from is not None and within.length is not None:
        record = counted_record(within.counted_from, result)
        if view.value(record, within.counted_from.fact.name) is None:
            yield from view.derive(record, within.counted_from.fact.name).missing


# --- merging


def merge(made: Iterable[Made], view: CaseView, content: Content) -> tuple[RecommendedAction, ...]:
    """One recommended action per action and whom, in the order in which they are shown."""
    groups: dict[tuple[str, Subject], list[Made]] = {}
    for each in made:
        groups.setdefault((each.action.name, each.whom), []).append(each)
    merged = [_merged(found, view, content) for _, found in sorted(groups.items(), key=_group_order)]
    return _in_order(merged, content)


def _bank_holidays(content: Content) -> IsBankHoliday:
    return content.bank_holidays.working_days.is_bank_holiday if content.bank_holidays is not None else no_calendar


def _group_order(group: tuple[tuple[str, Subject], list[Made]]) -> tuple[str, str, str]:
    (action, whom), _ = group
    return action, whom.kind, whom.id or ""


def _merged(found: Sequence[Made], view: CaseView, content: Content) -> RecommendedAction:
    action = found[0].action
    demands = [each.demand for each in found]
    contested = any(d.obligation in NEGATIVE for d in demands) and any(d.obligation not in NEGATIVE for d in demands)
    ordered = sorted(demands, key=lambda demand: demand_order(demand, contested))
    head = ordered[0]
    standing, done_on = standing_of(action, found[0].whom, (each.finding for each in found), view)
    contacts = content.locality.contacts if content.locality is not None else {}
    contact = contacts.get(action.contact) if action.contact is not None else None
    own = found[0].result.run.program.stock.cite(action.cites, view.as_of)
    cited = {each.statement: each for cites in (own, *(demand.citations for demand in ordered)) for each in cites}
    return RecommendedAction(
        action.name,
        action.do,
        action.details,
        action.kind,
        found[0].whom,
        head.obligation,
        head.certainty,
        head.within,
        tuple(ordered),
        contact_details(contact, view.as_of, _bank_holidays(content)) if contact is not None else None,
        action.contact,
        (),
        action.repeats,
        standing,
        done_on,
        any(demand.for_you for demand in ordered),
        action.status == "draft" or any(each.result.active.rule.status == "draft" for each in found),
        all(demand.rests_on_carer for demand in ordered),
        tuple(cited.values()),
    )


def demand_order(demand: Demand, contested: bool) -> tuple[object, ...]:
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


def _in_order(actions: Sequence[RecommendedAction], content: Content) -> tuple[RecommendedAction, ...]:
    """By headline, with what each comes after, which is lifted above it."""
    wanted = {action.action for action in actions if not action.negative}
    with_after = [_with_after(action, content.actions[action.action].after, wanted) for action in actions]
    return lifted(sorted(with_after, key=action_order))


def _with_after(action: RecommendedAction, names: Sequence[str], wanted: Container[str]) -> RecommendedAction:
    after = () if action.negative or not names else _after(names, wanted)
    return replace(action, after=after) if after else action


def _after(names: Sequence[str], wanted: Container[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name in wanted))


def lifted(ordered: Sequence[RecommendedAction]) -> tuple[RecommendedAction, ...]:
    """The same actions, each after those that it comes after: these are lifted, so that nothing urgent sinks."""
    placed: dict[tuple[str, Subject], RecommendedAction] = {}

    def place(action: RecommendedAction) -> None:
        if (action.action, action.about) in placed:
            return
        for other in ordered:
            if other.action in action.after and not other.negative:
                place(other)
        placed[(action.action, action.about)] = action

    for action in ordered:
        place(action)
    return tuple(placed.values())


def action_order(action: RecommendedAction) -> tuple[object, ...]:
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
