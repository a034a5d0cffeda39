"""The account of all statements as a text: a table of sources, and the statements of some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safeguard_rules.packs.coverage import Carrier, CarryingRule, Coverage, SourceAccount, StatementAccount
from safeguard_rules.packs.names import short
from safeguard_rules.reports.coverage_wording import (
    about_source,
    between,
    direct,
    how_known,
    in_localities,
    known_of_source,
    outcomes_of,
    over,
    tested,
    to_judgement,
    used_as,
    what_became,
    where,
)
from safeguard_rules.reports.lines import Line, Span, Style, bullet, heading, line, unbroken
from safeguard_rules.reports.words import count, sentence

_COLUMNS = ("all", "carried", "signpost", "people", "not yet", "ended", "missing", "cases")
"""All statements, then what became of them: carried by rules, signposted, left to people and so on, in short."""
_KNOWN_WIDTH = 12
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
    yield _row("", "known", _COLUMNS, width, "quiet")
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
        yield _row(source.source, known_of_source(source), [str(number or "-") for number in numbers], width, style)


def _row(name: str, known: str, cells: Iterable[str], width: int, style: Style) -> Line:
    text = f"{name.ljust(width)}  {known.ljust(_KNOWN_WIDTH)}"
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
    for area, said in in_localities(statement, coverage):
        yield bullet(f"further in {area}: {said}", indent=4)
    for use in between(statement):
        rules = ", ".join(short(rule) for rule in use.rules)
        yield bullet(f"by way of {used_as(use, coverage)}, {count(len(use.rules), 'rule')}: {rules}", indent=4)
    for judged in to_judgement(statement):
        yield bullet(f"left to whoever does it: {judged}", "quiet", indent=4)


def _carried(carrier: Carrier, coverage: Coverage) -> str:
    rule = coverage.rule(carrier.rule)
    return f"{rule.title} ({rule.rule}); {tested(rule)}"


def _rule(rule: CarryingRule) -> Iterator[Line]:
    yield Line((Span(rule.title, "title"), Span(f" ({rule.rule}); {tested(rule)}", "quiet")), 2, 2)
    for case in rule.cases:
        yield bullet(f"{outcomes_of(case.outcomes)}: {case.title} ({case.pack}, {case.file})", indent=4)
