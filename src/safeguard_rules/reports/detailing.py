"""Each action to do with all that is asked of it: obligation, time, force, whom to contact, and whose word it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safeguard_rules.reports.acting import force_of
from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.grouping import Group, grouped
from safeguard_rules.reports.lines import Line, Span, bullet, heading, line, unbroken
from safeguard_rules.reports.notes import source_line
from safeguard_rules.reports.words import (
    OBLIGATION_STYLES,
    OBLIGATION_WORDS,
    day,
    instruction,
    listing,
    time_with_basis,
    whom,
    words,
)
from safeguard_rules.results import Citation, ContactDetails, Demand, RecommendedAction


def each_action(telling: Telling) -> Iterator[Line]:
    """What is to do, action by action, for you and then for others."""
    to_do = [action for action in telling.document.actions if action.standing != "done"]
    groups = grouped(to_do, telling.document.conflicts)
    role = telling.document.record.role
    yours = [group for group in groups if group.first.for_you or role is None]
    others = [group for group in groups if group not in yours]
    shown: set[ContactDetails] = set()
    if yours:
        yield from heading("Each action, and who says so")
        for group in yours:
            yield from _action(group, telling, shown)
    if others:
        yield from heading("Each action for others, and who says so")
        for group in others:
            yield from _action(group, telling, shown)


def already_done(telling: Telling) -> Iterator[Line]:
    """What was done already, with its day."""
    done = grouped(action for action in telling.document.actions if action.standing == "done")
    if done:
        yield from heading("Already done")
    for group in done:
        action = group.first
        on = f", {day(action.done_on)}" if action.done_on else ""
        contact = " for this contact" if action.repeats else ""
        yield bullet(f"{instruction(action)}{whom(group.subjects)}{on}{contact}")


def _action(group: Group, telling: Telling, shown: set[ContactDetails]) -> Iterator[Line]:
    action = group.first
    draft = Span(" (draft)", "quiet") if action.draft else Span("")
    done = action.standing == "done_before_newest_reason"
    again = Span(
        f" (done{f' on {day(action.done_on)}' if action.done_on else ''}, before the newest reason)", "warning"
    )
    spans = (Span(f"{instruction(action)}{whom(group.subjects)}"), draft, *((again,) if done else ()))
    yield Line(spans, 2, 2, Span("-"))
    for conflict in group.conflicts:
        yield line(f"conflict, {_certain(conflict.certain)}: {conflict.says}", "warning", indent=6, hang=2)
    for demands in _alike(demand for each in group.actions for demand in each.demands):
        yield _demand(demands, telling)
    if action.after:
        yield line(f"only after: {listing(_titles(action.after, telling))}", indent=6, hang=2)
    yield from _contact(action, shown)
    if action.rests_on_carer:
        yield line("this rests only on what a parent or carer said", "warning", indent=6, hang=2)
    yield source_line(_cited(group.actions), telling.notes, 6)


def _certain(certain: bool) -> str:
    return "both sides hold" if certain else "possible: one side is not certain"


def _titles(names: Sequence[str], telling: Telling) -> list[str]:
    titles = {action.action: action.do for action in telling.document.actions}
    return [titles.get(name, words(name)) for name in names]


def _cited(actions: Iterable[RecommendedAction]) -> list[Citation]:
    return list(dict.fromkeys(citation for action in actions for citation in action.citations))


def _alike(demands: Iterable[Demand]) -> list[list[Demand]]:
    """Demands that read the same but for their subjects, together."""
    found: dict[object, list[Demand]] = {}
    for demand in demands:
        key = (
            demand.obligation,
            demand.certainty,
            demand.within,
            demand.how,
            demand.force,
            demand.addressed,
            demand.rule,
        )
        found.setdefault(key, []).append(demand)
    return list(found.values())


def _demand(demands: Sequence[Demand], telling: Telling) -> Line:
    demand = demands[0]
    parts = [demand.how] if demand.how else []
    if demand.within is not None:
        parts.append(f"{time_with_basis(demand.within)}{_counted_from(demand)}")
    if demand.certainty != "certain":
        parts.append("as a precaution" if demand.certainty == "as_precaution" else "unless an exception applies")
    parts.append(force_of(demand, telling))
    if demand.addressed:
        parts.append(f"for {listing(map(words, demand.addressed), 'or')}")
    cited = dict.fromkeys((*demand.citations, *(demand.within.citations if demand.within else ())))
    word = Span(OBLIGATION_WORDS[demand.obligation], OBLIGATION_STYLES[demand.obligation])
    subjects = whom(list(dict.fromkeys(each.subject for each in demands)))
    carried = f" ({words(demand.carried_by)} asks for it)" if demand.carried_by else ""
    said = f": {'; '.join(parts)}. {demand.title}{subjects}{carried}"
    return Line((word, Span(said), Span(telling.notes.marks(cited), "quiet")), 6, 2)


def _counted_from(demand: Demand) -> str:
    within = demand.within
    if within is None or within.counted_from is None:
        return ""
    late = ", no due date can be told yet" if within.due is None else ""
    return f" (counted from {within.counted_from}{late})"


def _contact(action: RecommendedAction, shown: set[ContactDetails]) -> Iterator[Line]:
    contact = action.contact
    if contact is None:
        if action.contact_key:
            text = f"contact your local {words(action.contact_key)}; no area was given, so there is no number here"
            yield line(text, indent=6, hang=2)
        return
    if contact in shown:
        yield line(f"contact {contact.name}, as above", indent=6, hang=2)
        return
    shown.add(contact)
    phone = f": {unbroken(contact.phone)}" if contact.phone else ""
    parts = [f"contact {contact.name}{phone}"]
    if contact.hours:
        parts.append(contact.hours)
    if contact.out_of_hours:
        parts.append(f"out of hours {unbroken(contact.out_of_hours)}")
    if contact.url:
        parts.append(contact.url)
    checked = f"checked on {day(contact.checked_on)}" if contact.checked_on else "nobody has checked these details"
    yield Line((Span("; ".join(parts)), Span(f"; {checked}", "plain" if contact.checked_on else "warning")), 6, 2)
