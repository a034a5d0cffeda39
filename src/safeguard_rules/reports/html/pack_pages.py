"""The pages of packs and of their actions."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.packs.content import Action
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.models import PackFile
from safeguard_rules.packs.names import pack_of
from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.linking import Links
from safeguard_rules.reports.html.meanings import definition_read, threshold_shown
from safeguard_rules.reports.html.models import (
    ActionShown,
    ActionsPage,
    Cited,
    Link,
    PackPage,
    RuleListed,
    ThresholdShown,
)
from safeguard_rules.reports.html.places import action_anchor, actions_path, pack_path
from safeguard_rules.reports.html.rule_pages import rule_listed
from safeguard_rules.reports.words import count, day, listing, lower_first, words


def pack_page(id_: str, documented: Documented) -> PackPage:
    """The page of a pack: what it is about, how far it was reviewed, and all that it holds."""
    links = Links(documented)
    files = documented.packs[id_]
    header = files.header
    own = [name for name in documented.definitions if pack_of(name) == id_]
    return PackPage(
        head=links.head(pack_path(id_), header.title, "Pack", of=id_),
        about=header.about if isinstance(header, PackFile) else None,
        facts=tuple(_facts(files, documented)),
        rules=rules_of(id_, documented),
        definitions=tuple(definition_read(name, documented.shared, documented) for name in own),
        thresholds=thresholds_of(id_, documented),
        actions=actions_of(id_, documented),
        care=care_of(id_, documented),
        sources=sources_of(files, links),
        left_out=tuple(header.rows_left_out.items()) if isinstance(header, PackFile) else (),
    )


def actions_page(id_: str, documented: Documented) -> ActionsPage | None:
    """The page with the actions of a pack or locality; None if it declares none."""
    own = [action for name, action in documented.actions.items() if pack_of(name) == id_]
    if not own:
        return None
    links = Links(documented)
    title = f"Actions of “{documented.title(id_)}”"
    head = links.head(actions_path(id_), title, "Actions", links.pack(id_), of=id_)
    return ActionsPage(head, tuple(_action(action, documented, links) for action in own))


def review_facts(files: PackFiles, documented: Documented) -> Iterator[tuple[str, str]]:
    """Version, status, who reviewed it and when, and its digests."""
    stamp = documented.stamp(files.id)
    yield "Name", files.id
    yield "Version", stamp.version
    yield "Status", stamp.status
    reviewed = files.header.reviewed
    if reviewed is None:
        yield "Reviewed", "by nobody yet"
    else:
        outdated = "; it has changed since" if files.outdated else ""
        yield "Reviewed", f"by {reviewed.by} on {day(reviewed.on_day.isoformat())}{outdated}"
    yield "Digest", stamp.digest


def rules_of(id_: str, documented: Documented) -> tuple[RuleListed, ...]:
    """The rules of a pack or locality."""
    return tuple(rule_listed(rule, documented) for rule in documented.rules.values() if rule.pack == id_)


def sources_of(files: PackFiles, links: Links) -> tuple[Link, ...]:
    """The sources that a pack holds, as far as they have pages."""
    told = {(source.pack, source.source) for source in links.documented.coverage.sources}
    found = ((part.model.source, part.model.title) for part in files.sources)
    return tuple(links.source(files.id, id_, title) for id_, title in found if (files.id, id_) in told)


def care_of(id_: str, documented: Documented) -> tuple[tuple[str, tuple[Cited, ...]], ...]:
    """What a pack or locality says to mind in asking, with what says so."""
    links = Links(documented)
    found = documented.book_of(id_).content.ask_with_care
    return tuple((each.say, links.cited(each.cites)) for each in found if pack_of(each.name) == id_)


def _facts(files: PackFiles, documented: Documented) -> Iterator[tuple[str, str]]:
    yield from review_facts(files, documented)
    if files.uses:
        yield "Uses", listing(documented.title(each) if each in documented.packs else each for each in files.uses)


def thresholds_of(id_: str, documented: Documented) -> tuple[ThresholdShown, ...]:
    """The thresholds that a pack or locality declares."""
    return tuple(threshold_shown(name, documented) for name in documented.parameters if pack_of(name) == id_)


def actions_of(id_: str, documented: Documented) -> Link | None:
    """The page with the actions of a pack or locality, by how many there are; None if it declares none."""
    own = [name for name in documented.actions if pack_of(name) == id_]
    return Link(count(len(own), "action"), actions_path(id_)) if own else None


def _action(action: Action, documented: Documented, links: Links) -> ActionShown:
    rules = links.rules(documented.users("action", action.name))
    facts = tuple(_action_facts(action, documented))
    return ActionShown(
        action_anchor(action.name),
        documented.told(action.name),
        action.details,
        facts,
        links.cited(action.cites),
        rules,
    )


def _action_facts(action: Action, documented: Documented) -> Iterator[tuple[str, str]]:
    yield "About", "the child" if action.about == "child" else f"one {words(action.about)}"
    yield "Kind", _KINDS[action.kind]
    if action.repeats:
        yield "When", "at every contact"
    if action.contact is not None:
        yield "Contact", f"the {words(action.contact)} of the area"
    if action.after:
        yield "After", listing(lower_first(documented.told(each)) for each in action.after)
    if action.never_with:
        yield "Never with", listing(lower_first(documented.told(each)) for each in action.never_with)


_KINDS = {
    "protect": "to protect",
    "record": "to write down",
    "ask": "to ask",
    "advise": "to advise",
    "signpost": "to point to a service: shown beside what protects, never in its place",
}
