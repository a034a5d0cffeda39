"""The pages of sources: every statement, what became of it, what carries it, and how well it is known."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.packs.coverage import SourceAccount, StatementAccount
from safeguard_rules.reports.coverage_wording import (
    between,
    direct,
    in_localities,
    known_of_source,
    tested,
    to_judgement,
    totals,
    used_as,
    what_became,
    where,
)
from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.linking import Links
from safeguard_rules.reports.html.models import SourceListed, SourcePage, SourcesPage, StatementShown
from safeguard_rules.reports.html.places import SOURCES, source_path, statement_anchor
from safeguard_rules.reports.words import place_name, sentence


def sources_page(documented: Documented) -> SourcesPage:
    """All sources, with what became of their statements."""
    links, coverage = Links(documented), documented.coverage
    listed = tuple(
        SourceListed(
            links.source(each.pack, each.source, each.title),
            each.publisher,
            each.force,
            known_of_source(each),
            each.counts,
        )
        for each in sorted(coverage.sources, key=lambda each: (each.title.casefold(), each.pack, each.source))
    )
    return SourcesPage(
        links.head(SOURCES, "Sources and their coverage", "Sources"), totals(documented.coverage), listed
    )


def source_page(source: SourceAccount, documented: Documented) -> SourcePage:
    """The page of one source."""
    links = Links(documented)
    path = source_path(source.pack, source.source)
    return SourcePage(
        head=links.head(path, source.title, "Source", links.pack(source.pack)),
        facts=tuple(_facts(source, documented)),
        url=source.url,
        note=sentence(source.note) if source.note is not None else None,
        counts=sentence(what_became(source.counts)),
        partial=not source.whole,
        statements=tuple(_statement(source, each, documented, links) for each in source.statements),
    )


def _facts(source: SourceAccount, documented: Documented) -> Iterator[tuple[str, str]]:
    yield "Publisher", source.publisher
    yield "Force", source.force
    yield "How well it is known", source.known
    if source.area is not None:
        yield "For", place_name(source.area)
    if source.published is not None:
        yield "Published", source.published
    if source.withdrawn is not None:
        yield "Withdrawn", source.withdrawn
    yield "Held by the pack", documented.title(source.pack)
    yield "Name", source.source


def _statement(
    source: SourceAccount, statement: StatementAccount, documented: Documented, links: Links
) -> StatementShown:
    coverage = documented.coverage
    carrying = [coverage.rule(carrier.rule) for carrier in direct(statement)]
    return StatementShown(
        anchor=statement_anchor(statement.id),
        id=statement.id,
        says=sentence(statement.says),
        where=where(source, statement),
        became=statement.carriage,
        why=sentence(statement.why) if statement.why is not None else None,
        carried_by=tuple((links.rule(rule.rule), tested(rule)) for rule in carrying),
        through=tuple((used_as(use, coverage), links.rules(use.rules)) for use in between(statement)),
        local=in_localities(statement, coverage),
        judged=tuple(to_judgement(statement)),
    )
