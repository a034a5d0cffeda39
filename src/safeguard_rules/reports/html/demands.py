"""What rules ask for, worded for pages."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.language.english import phrase
from safeguard_rules.packs.content import DemandForm, Within
from safeguard_rules.packs.terms import NEGATIVE, Obligation
from safeguard_rules.reports.html.linking import Links
from safeguard_rules.reports.html.models import DemandShown, Link, Strength
from safeguard_rules.reports.html.places import action_path
from safeguard_rules.reports.words import OBLIGATION_WORDS, listing, lower_first, only_in, told_to, words
from safeguard_rules.values.durations import Duration

STRENGTHS: dict[Obligation, Strength] = {
    "must": "must",
    "must_not": "not",
    "should": "should",
    "should_not": "not",
    "consider": "consider",
}


def demand_shown(demand: DemandForm, links: Links) -> DemandShown:
    """One demand with its obligation, time and force, and with what says so."""
    within = demand.within
    return DemandShown(
        _obligation(demand),
        STRENGTHS[demand.obligation],
        Link(_do(demand, links), action_path(demand.action)),
        tuple(_details(demand, links)),
        links.cited(demand.cites),
        links.cited(within.cites) if within is not None else (),
    )


def demand_in_short(demand: DemandForm, links: Links) -> tuple[Strength, str]:
    """A demand in a few words: `should: report it to children's social care, at once (proposed)`."""
    do = lower_first(_do(demand, links))
    how = f" {demand.how}" if demand.how else ""
    within = demand.within
    time = f", {time_words(within)}{_basis_in_short(demand, within)}" if within is not None else ""
    force = f"{demand.force}{_by_whom(demand, links)}"
    return STRENGTHS[demand.obligation], f"{_obligation(demand)}: {do}{how}{time}; {force}"


def _basis(demand: DemandForm, within: Within) -> str:
    """Whose time it is: that of a source that holds here, of other areas' policies only, or the pack's proposal."""
    if within.basis == "proposed":
        return "proposed by the pack: no source states a time"
    return only_in([each.area for each in within.cites], demand.carried_by) or "a source states this time"


def _basis_in_short(demand: DemandForm, within: Within) -> str:
    if within.basis == "proposed":
        return " (proposed)"
    elsewhere = only_in([each.area for each in within.cites], demand.carried_by)
    return f" ({elsewhere})" if elsewhere else ""


def time_words(within: Within) -> str:
    """How long there is: `at once`, `the same day`, `within 10 days, counted from ...`."""
    if not _is_length(within.text):
        return {"same day": "the same day"}.get(within.text, within.text)
    if within.counted_from is not None:
        return f"within {within.text}, counted from {phrase(within.counted_from)}"
    return f"within {within.text} of learning of it"


def _obligation(demand: DemandForm) -> str:
    """How strongly; that it is about not doing something is said with what not to do."""
    return OBLIGATION_WORDS[demand.obligation].removesuffix(" not")


def _do(demand: DemandForm, links: Links) -> str:
    return told_to(links.documented.actions[demand.action].do, negative=demand.obligation in NEGATIVE)


def _is_length(text: str) -> bool:
    try:
        Duration.parse(text)
    except ValueError:
        return False
    return True


def _details(demand: DemandForm, links: Links) -> Iterator[tuple[str, str]]:
    if demand.how:
        yield "How", demand.how
    if demand.within is not None:
        yield "Time", f"{time_words(demand.within)} ({_basis(demand, demand.within)})"
    if demand.addressed:
        yield "Addressed to", listing(map(words, demand.addressed), "or")
    if demand.about is not None:
        yield "About", phrase(demand.about)
    yield "Force", f"{demand.force}{_by_whom(demand, links)}"
    action = links.documented.actions[demand.action]
    if action.contact is not None:
        yield "Contact", f"the {words(action.contact)} of the area"
    if action.repeats:
        yield "When", "at every contact"


def _by_whom(demand: DemandForm, links: Links) -> str:
    return f", asked for in {links.documented.title(demand.carried_by)}" if demand.carried_by else ""
