"""The pages about all of it: the first one, how to read the pages, and the search."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.models import PackFile
from safeguard_rules.packs.names import pack_of
from safeguard_rules.reports.coverage_wording import totals
from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.linking import Links
from safeguard_rules.reports.html.models import Entry, Head, IndexPage, Link, PackListed, ReadingPage, SearchPage
from safeguard_rules.reports.html.places import INDEX, READING, SEARCH, source_path, statement_anchor
from safeguard_rules.reports.html.rule_pages import when_words
from safeguard_rules.reports.words import count, sentence


def index_page(documented: Documented) -> IndexPage:
    """The first page: packs, localities and the sums over their sources."""
    head = Head(INDEX, "What the packs say", "Safeguarding babies: rules, sources and cases", ())
    packs = tuple(_listed(files, documented) for files in documented.packs.values())
    localities = tuple(_listed(files, documented) for files, _, _ in documented.localities.values())
    return IndexPage(head, packs, localities, totals(documented.coverage))


def reading_page(documented: Documented) -> ReadingPage:
    """How to read these pages."""
    return ReadingPage(Links(documented).head(READING, "How to read these pages", "About"))


def search_page(documented: Documented) -> SearchPage:
    """Everything that can be found: rules, actions, definitions, sources and their statements."""
    groups = {
        "Rules": tuple(_rules(documented)),
        "Actions": tuple(_actions(documented)),
        "Definitions": tuple(_definitions(documented)),
        "Sources": tuple(_sources(documented)),
        "Statements": tuple(_statements(documented)),
    }
    return SearchPage(Links(documented).head(SEARCH, "Search", "Search"), groups)


def _listed(files: PackFiles, documented: Documented) -> PackListed:
    header = files.header
    rules = [rule for rule in documented.rules.values() if rule.pack == files.id]
    parts = [count(len(rules), "rule"), count(len(files.sources), "source")]
    about = header.about if isinstance(header, PackFile) and header.about else ""
    return PackListed(Links(documented).pack(files.id), files.status, header.version, about, ", ".join(parts))


def _rules(documented: Documented) -> Iterator[Entry]:
    links = Links(documented)
    for name, rule in documented.rules.items():
        form = documented.main_form(rule.forms)
        when = when_words(form, documented.book_of(rule.pack), documented)
        yield Entry(links.rule(name), f"{documented.title(rule.pack)}. {when}")


def _actions(documented: Documented) -> Iterator[Entry]:
    links = Links(documented)
    for name, action in documented.actions.items():
        yield Entry(links.action(name), " ".join([f"{documented.title(pack_of(name))}.", action.details or ""]).strip())


def _definitions(documented: Documented) -> Iterator[Entry]:
    links = Links(documented)
    for name, definition in documented.definitions.items():
        yield Entry(links.definition(name), sentence(documented.main_form(definition.forms).reads))


def _sources(documented: Documented) -> Iterator[Entry]:
    links = Links(documented)
    for source in documented.coverage.sources:
        link = links.source(source.pack, source.source, source.title)
        yield Entry(link, f"{source.publisher}; {source.force}; {source.known}.")


def _statements(documented: Documented) -> Iterator[Entry]:
    for source in documented.coverage.sources:
        for each in source.statements:
            to = f"{source_path(source.pack, source.source)}#{statement_anchor(each.id)}"
            yield Entry(Link(f"{source.title}, {each.at}", to), sentence(each.says))
