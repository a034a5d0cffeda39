"""The account of all statements as Markdown: sources in full, or one line for each statement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from safeguard_rules.packs.coverage import CarryingRule, Coverage, SourceAccount, StatementAccount
from safeguard_rules.reports.coverage_wording import (
    about_source,
    between,
    direct,
    in_localities,
    known_of_source,
    outcomes_of,
    tested,
    to_judgement,
    totals,
    used_as,
    what_became,
    where,
)
from safeguard_rules.reports.words import count, listing, sentence

_SIGNS = re.compile(r"([\\|<>*_\[\]`#])")
_COLUMNS = (
    "source",
    "known",
    "statements",
    "carried",
    "signposted",
    "left to people",
    "not yet",
    "withdrawn",
    "unaccounted",
    "cases",
)


def coverage_markdown(coverage: Coverage, *, detailed: bool) -> str:
    """The account as a Markdown page; `detailed` gives each statement in full, else each has one line of a table."""
    parts = (detailed_sections if detailed else compact_sections)(coverage)
    return "\n".join(["# What became of every statement", "", *listed_totals(coverage), "", *parts]) + "\n"


def listed_totals(coverage: Coverage) -> tuple[str, ...]:
    """The sums over all sources, as a list."""
    return tuple(f"- {each}" for each in totals(coverage))


# --- in full


def detailed_sections(coverage: Coverage) -> tuple[str, ...]:
    """Every source with each of its statements, then the rules that carry them, with their cases."""
    lines = [line for source in coverage.sources for line in _in_full(source, coverage)]
    if coverage.rules:
        lines += ["## The rules that carry them, and the cases that test these", ""]
    return (*lines, *(line for rule in coverage.rules for line in _rule(rule)))


def _in_full(source: SourceAccount, coverage: Coverage) -> Iterator[str]:
    yield from (f"## {_plain(source.title)}", "")
    yield from _head(source)
    yield from (f"{sentence(what_became(source.counts))}", "")
    for statement in source.statements:
        yield from _statement(source, statement, coverage)


def _head(source: SourceAccount) -> Iterator[str]:
    link = f" [The source]({source.url})." if source.url is not None else ""
    yield f"`{source.source}`: {_plain(sentence(about_source(source)))}{link}"
    if source.note is not None:
        yield _plain(sentence(source.note))
    if not source.whole:
        yield "Only what these packs cite of it."
    yield ""


def _statement(source: SourceAccount, statement: StatementAccount, coverage: Coverage) -> Iterator[str]:
    yield from (f"### `{statement.id}`: {statement.carriage}", "")
    yield from (f"{_plain(sentence(statement.says))}", "")
    yield f"- Where: {_plain(where(source, statement))}"
    if statement.why is not None:
        yield f"- Why: {_plain(statement.why)}"
    for carrier in direct(statement):
        yield f"- {_carrying(coverage.rule(carrier.rule))}"
    for area, said in in_localities(statement, coverage):
        yield f"- Further in {_plain(area)}: {_plain(said)}"
    for use in between(statement):
        rules = ", ".join(f"`{rule}`" for rule in use.rules)
        yield f"- By way of {_plain(used_as(use, coverage))}, {count(len(use.rules), 'rule')}: {rules}"
    for judged in to_judgement(statement):
        yield f"- Left to whoever does it: {_plain(judged)}"
    yield ""


def _carrying(rule: CarryingRule) -> str:
    return f"{_plain(rule.title)}: `{rule.rule}`; {tested(rule)}"


def _rule(rule: CarryingRule) -> Iterator[str]:
    yield from (f"### `{rule.rule}`", "", f"{_plain(sentence(rule.title))}", "")
    for case in rule.cases:
        yield f"- {outcomes_of(case.outcomes)}: {_plain(case.title)} ({case.pack}, `{case.file}`)"
    if not rule.cases:
        yield "- no case"
    yield ""


# --- one line each


def compact_sections(coverage: Coverage) -> tuple[str, ...]:
    """A table of all sources, then for each source a table with one line for each statement."""
    lines = ["## Sources", "", f"| {' | '.join(_COLUMNS)} |", "| --- | --- |" + " ---: |" * (len(_COLUMNS) - 2)]
    lines += [_counted(source) for source in coverage.sources]
    for source in coverage.sources:
        lines += ["", f"## {_plain(source.title)}", "", *_head(source)]
        lines += ["| statement | where | what it says | what became of it |", "| --- | --- | --- | --- |"]
        lines += [_row(source, statement, coverage) for statement in source.statements]
    return tuple(lines)


def _counted(source: SourceAccount) -> str:
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
    return f"| {' | '.join((f'`{source.source}`', known_of_source(source), *map(str, numbers)))} |"


def _row(source: SourceAccount, statement: StatementAccount, coverage: Coverage) -> str:
    cells = (
        f"`{statement.id}`",
        _plain(where(source, statement)),
        _plain(sentence(statement.says)),
        _became(statement, coverage),
    )
    return f"| {' | '.join(cells)} |"


def _became(statement: StatementAccount, coverage: Coverage) -> str:
    if statement.why is not None:
        return f"{statement.carriage}: {_plain(statement.why)}"
    names = [f"`{carrier.rule}`" for carrier in direct(statement)]
    names += [f"by way of {_plain(used_as(use, coverage))} ({_reach(use.rules)})" for use in between(statement)]
    areas = dict.fromkeys(area for area, _ in in_localities(statement, coverage))
    names += [f"further in {listing(areas)}"] if areas else []
    rules = [coverage.rule(carrier.rule) for carrier in statement.carriers]
    cases = {(case.pack, case.file, case.title) for rule in rules for case in rule.cases}
    return f"{statement.carriage}: {', '.join(names)}; {count(len(cases), 'case')}"


def _reach(rules: Sequence[str]) -> str:
    return f"`{rules[0]}`" if len(rules) == 1 else count(len(rules), "rule")


def _plain(text: str) -> str:
    """A text in which no sign means anything to Markdown, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
