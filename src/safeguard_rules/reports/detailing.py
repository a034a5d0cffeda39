"""Each action to do with all that is asked of it: obligation, time, force, whom to contact, and whose word it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safeguard_rules.reports.acting import force_of
from safeguard_rules.reports.contacting import contact_in_full
from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.grouping import Group, grouped
from safeguard_rules.reports.hedging import certainty_words
from safeguard_rules.reports.lines import Line, Span, bullet, heading, line
from safeguard_rules.reports.notes import source_titles
from safeguard_rules.reports.words import (
    OBLIGATION_STYLES,
    OBLIGATION_WORDS,
    day,
    instruction,
    listing,
    place_name,
    sentence,
    time_with_basis,
    whom,
    words,
)
from safeguard_rules.results import Citation, ContactDetails, Demand, RecommendedAction

_INNER = 6


def each_action(telling: Telling) -> Iterator[Line]:
    """What is to do, action by action, for you and then for others."""
    to_do = [action for action in telling.document.actions if action.standing != "done"]
    groups = grouped(to_do, telling.document.conflicts)
    role = telling.document.record.role
    yours = [group for group in groups if group.first.for_you or role is None]
    others = [group for group in groups if group not in yours]
    shown: set[ContactDetails] = set()
    for title, given in (("Each action", yours), ("Each action for others", others)):
        if given:
            yield from heading(f"{title}, and who says so")
        for group in given:
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
    spans = [Span(f"{instruction(action)}{whom(group.subjects)}", "title")]
    if action.repeats:
        spans.append(Span(" (at every contact)", "quiet"))
    if action.draft:
        spans.append(Span(" (draft)", "quiet"))
    if action.standing == "done_before_newest_reason":
        on = f" on {day(action.done_on)}" if action.done_on else ""
        spans.append(Span(f" (done{on}, before the newest reason for it)", "warning"))
    yield Line(tuple(spans), 2, 2, Span("-"))
    if action.details:
        yield line(sentence(action.details), indent=_INNER)
    for conflict in group.conflicts:
        state = "both sides hold" if conflict.certain else "possible, as one side is not certain"
        yield line(f"conflict ({state}): {conflict.says}", "warning", indent=_INNER, hang=2)
    alike = _alike(demand for each in group.actions for demand in each.demands)
    for demands in alike:
        yield _demand(demands, telling, with_marks=len(alike) > 1)
    if action.after:
        yield line(f"only after: {listing(_titles(action.after, telling))}", indent=_INNER, hang=2)
    yield from _contact(action, shown)
    if action.rests_on_carer:
        yield line("rests only on what a parent or carer said", "warning", indent=_INNER, hang=2)
    cited = dict.fromkeys(citation for each in group.actions for citation in _cited(each))
    yield line(f"from {source_titles(cited, telling.notes)}", "quiet", indent=_INNER, hang=2)


def _titles(names: Sequence[str], telling: Telling) -> list[str]:
    titles = {action.action: action.do for action in telling.document.actions}
    return [f"“{titles.get(name, words(name))}”" for name in names]


def _cited(action: RecommendedAction) -> Iterator[Citation]:
    """What an action rests on: its demands' statements, those of their times, then its own."""
    for demand in action.demands:
        yield from demand.citations
        if demand.within is not None:
            yield from demand.within.citations
    yield from action.citations


def _alike(demands: Iterable[Demand]) -> list[list[Demand]]:
    """Demands that read the same but for their subjects, together."""
    found: dict[object, list[Demand]] = {}
    for demand in demands:
        asked = (demand.obligation, demand.certainty, demand.within, demand.how, demand.force, demand.addressed)
        found.setdefault((asked, demand.rule), []).append(demand)
    return list(found.values())


def _demand(demands: Sequence[Demand], telling: Telling, *, with_marks: bool) -> Line:
    demand = demands[0]
    parts = [demand.how] if demand.how else []
    if demand.within is not None:
        parts.append(f"{time_with_basis(demand.within, telling.notes.locality)}{_counted_from(demand)}")
    parts += certainty_words(demand)
    parts.append(force_of(demand, telling))
    if demand.addressed:
        parts.append(f"for {listing(map(words, demand.addressed), 'or')}")
    if demand.carried_by:
        parts.append(f"asked for by {place_name(demand.carried_by)}")
    subjects = whom(list(dict.fromkeys(each.subject for each in demands)))
    said = f": {'; '.join(parts)} – “{demand.title}”{subjects}"
    word = Span(OBLIGATION_WORDS[demand.obligation], OBLIGATION_STYLES[demand.obligation])
    cited = dict.fromkeys((*demand.citations, *(demand.within.citations if demand.within else ())))
    marks = (Span(telling.notes.marks(cited), "quiet"),) if with_marks else ()
    return Line((word, Span(said), *marks), _INNER, 2)


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
            text = f"contact: your local {words(action.contact_key)}; no area was given, so there is no number here"
            yield line(text, indent=_INNER, hang=2)
        return
    if contact in shown:
        yield line(f"contact: {contact.name}, as above", indent=_INNER, hang=2)
        return
    shown.add(contact)
    checked = f"checked on {day(contact.checked_on)}" if contact.checked_on else "nobody has checked these details"
    known = Span(f"; {checked}", "plain" if contact.checked_on else "warning")
    url = Span(f" {contact.url}" if contact.url else "", "quiet")
    yield Line((Span(f"contact: {contact_in_full(contact)}"), known, url), _INNER, 2)
