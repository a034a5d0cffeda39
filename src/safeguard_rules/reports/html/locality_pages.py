"""The page of a locality: whom to contact, what it asks for further, what it means, and what it waives."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.packs.content import Contact, LocalityContent
from safeguard_rules.packs.names import pack_of
from safeguard_rules.reports.html.demands import demand_shown
from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.linking import Links
from safeguard_rules.reports.html.meanings import definition_read, threshold_read
from safeguard_rules.reports.html.models import ContactShown, DemandShown, Link, LocalityPage, ReadShown, WaiverShown
from safeguard_rules.reports.html.pack_pages import actions_of, care_of, review_facts, rules_of, thresholds_of
from safeguard_rules.reports.html.places import locality_path
from safeguard_rules.reports.words import day, sentence, words


def locality_page(id_: str, documented: Documented) -> LocalityPage:
    """The page of a locality."""
    links = Links(documented)
    files, book, content = documented.localities[id_]
    about = [source for source in documented.coverage.sources if source.area == id_]
    return LocalityPage(
        head=links.head(locality_path(id_), files.header.title, "Locality", of=id_),
        facts=tuple(review_facts(files, documented)),
        contacts=tuple(_contact(each, links) for each in content.contacts.values()),
        carried=tuple(_carried(id_, book, documented)),
        meanings=tuple(_meanings(id_, book, documented)),
        waivers=tuple(_waivers(content, links)),
        rules=rules_of(id_, documented),
        thresholds=thresholds_of(id_, documented),
        actions=actions_of(id_, documented),
        care=care_of(id_, documented),
        sources=tuple(links.source(each.pack, each.source, each.title) for each in about),
        left_aside=content.inactive,
    )


def _contact(contact: Contact, links: Links) -> ContactShown:
    return ContactShown(contact.name, tuple(_contact_facts(contact)), links.cited(contact.cites))


def _contact_facts(contact: Contact) -> Iterator[tuple[str, str]]:
    yield "For", words(contact.key)
    if contact.phone:
        yield "Telephone", contact.phone
    if contact.hours is not None:
        yield "Hours", str(contact.hours)
    if contact.out_of_hours:
        yield "Out of hours", contact.out_of_hours
    if contact.url:
        yield "Page", contact.url
    checked = contact.checked_on
    yield "Checked", f"on {day(checked.isoformat())}" if checked else "by nobody: look it up before you rely on it"


def _carried(id_: str, book: Rulebook, documented: Documented) -> Iterator[tuple[Link, tuple[DemandShown, ...]]]:
    """The shared rules that it carries further, with what it asks for."""
    links = Links(documented)
    for name, rule in book.content.rules.items():
        form = documented.main_form(rule.forms)
        added = tuple(demand_shown(each, links) for each in form.demands if each.carried_by == id_)
        if added and rule.pack != id_:
            yield links.rule(name), added


def _meanings(id_: str, book: Rulebook, documented: Documented) -> Iterator[ReadShown]:
    """The definitions and thresholds that it changes, adopts or adds."""
    for name in book.content.definitions:
        if pack_of(name) == id_:
            yield definition_read(name, book, documented)
            continue
        shown = definition_read(name, documented.shared, documented) if name in documented.definitions else None
        here = [text for area, text in shown.local if area.to == locality_path(id_)] if shown is not None else []
        if shown is not None and here:
            yield ReadShown(shown.name, here[0])
    for name, parameter in book.content.parameters.items():
        if pack_of(name) != id_ and parameter.forms != documented.shared.content.parameters[name].forms:
            told = threshold_read(name, book, documented)
            yield ReadShown(told.name, told.says)


def _waivers(content: LocalityContent, links: Links) -> Iterator[WaiverShown]:
    for each in content.waivers:
        dates = f"from {day(each.start.isoformat())} to {day(each.end.isoformat())}"
        says = f"{words(each.waives)}: {each.instead}"
        yield WaiverShown(sentence(says), dates, sentence(each.because), each.decided_by, links.cited(each.cites))
