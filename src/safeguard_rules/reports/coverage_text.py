"""The account of all statements as a text: a table of sources, and the statements of some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safeguard_rules.packs.coverage import Carrier, CarryingRule, Coverage, SourceAccount, StatementAccount
from safeguard_rules.reports.coverage_wording import (
    MANY_RULES,
    about_source,
    between,
    direct,
    how_known,
    in_localities,
    indirect,
    outcomes_of,
    over,
    tested,
    told,
    used_as,
    what_became,
    where,
)
from safeguard_rules.reports.lines import Line, Span, Style, bullet, heading, line, unbroken
from safeguard_rules.reports.words import count, sentence

_COLUMNS = ("statements", "carried", "signposted", "to people", "not yet", "withdrawn", "unaccounted", "cases")
_STYLES: dict[str, Style] = {"not accounted for": "warning", "not yet": "warning", "left to people": "quiet"}


def coverage_lines(coverage: Coverage, *, detailed: bool) -> tuple[Line, ...]:
    """The account as a text; `detailed` adds each statement, the rules that carry it, and their cases."""
    return tuple(_lines(coverage, detailed))


def _lines(coverage: Coverage, detailed: bool) -> Iterator[Line]:
    yield line(sentence(what_became(coverage.counts)), "title")
    yield line(sentence(how_known(coverage.known)))
    yield line(f"{count(coverage.counts.cases, 'case')} beside the packs test the rules that carry them.")
    yield line(over(coverage), "quiet")
    yield from heading("Sources")
    yield from _table(coverage.sources)
    if detailed:
        for source in coverage.sources:
            yield from _source(source, coverage)
        if coverage.rules:
            yield from heading("Rules that carry these statements, and the cases that test them")
        for rule in coverage.rules:
            yield from _rule(rule)
    elif coverage.unaccounted:
        yield from heading("Not accounted for")
        for source, statement in coverage.unaccounted:
            yield bullet(f"{source.source}/{statement.id}: {statement.why}", "warning")


def _table(sources: Sequence[SourceAccount]) -> Iterator[Line]:
    width = max((len(source.source) for source in sources), default=0)
    yield _row("", _COLUMNS, width, "quiet")
    for source in sources:
        counts = source.counts
        numbers = (
            counts.statements,
            counts.carried,
            counts.signposted,
            counts.left_to_people,
            counts.not_yet,
            counts.withdrawn,
            counts.not_accounted_for,
            counts.cases,
        )
        style: Style = "warning" if counts.not_accounted_for else "plain"
        yield _row(source.source, [str(number or "-") for number in numbers], width, style)


def _row(name: str, cells: Iterable[str], width: int, style: Style) -> Line:
    text = name.ljust(width)
    for cell, column in zip(cells, _COLUMNS, strict=True):
        text += cell.rjust(len(column) + 2)
    return Line((Span(unbroken(text), style),), 2, whole=True)


def _source(source: SourceAccount, coverage: Coverage) -> Iterator[Line]:
    yield from heading(f"{source.title} ({source.source})")
    yield line(about_source(source), indent=2, hang=2)
    if source.url is not None:
        yield line(source.url, "quiet", indent=2, hang=2)
    if source.note is not None:
        yield line(source.note, indent=2, hang=2)
    if not source.whole:
        yield line("Only what these packs cite of it.", "quiet", indent=2)
    for statement in source.statements:
        yield from _statement(source, statement, coverage)


def _statement(source: SourceAccount, statement: StatementAccount, coverage: Coverage) -> Iterator[Line]:
    style = _STYLES.get(statement.carriage, "plain")
    yield Line((Span(statement.id, "title"), Span(": "), Span(statement.carriage, style)), 2, 2)
    yield line(where(source, statement), "quiet", indent=4, hang=2)
    yield line(statement.says, indent=4, hang=2)
    if statement.why is not None:
        yield bullet(statement.why, style, indent=4)
    for carrier in direct(statement):
        yield bullet(_carried(carrier, coverage), indent=4)
    for said in in_localities(statement, coverage):
        yield bullet(said, indent=4)
    for use in between(statement):
        yield bullet(f"{used_as(use, coverage)}: {_through(use.rules)}", indent=4)
    if 0 < len(indirect(statement)) <= MANY_RULES:
        for carrier in indirect(statement):
            yield bullet(f"through it: {_carried(carrier, coverage)}", indent=6)
    for use in told(statement):
        yield bullet(f"what {use.name} tells whoever takes it: {use.details}", "quiet", indent=4)


def _through(rules: Sequence[str]) -> str:
    return f"{count(len(rules), 'rule')} by way of it"


def _carried(carrier: Carrier, coverage: Coverage) -> str:
    rule = coverage.rule(carrier.rule)
    return f"{rule.title} ({rule.rule}); {tested(rule)}"


def _rule(rule: CarryingRule) -> Iterator[Line]:
    yield Line((Span(rule.title, "title"), Span(f" ({rule.rule}); {tested(rule)}", "quiet")), 2, 2)
    for case in rule.cases:
        yield bullet(f"{outcomes_of(case.outcomes)}: {case.title} ({case.pack}, {case.file})", indent=4)
