"""The summary of a screening as a text for people: counts of what rules ask for, and of what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from safeguard_rules.interop.screening_summary import Asks, Summary, most
from safeguard_rules.reports.lines import Line, bullet, heading, line
from safeguard_rules.reports.words import OBLIGATION_WORDS, count, day
from safeguard_rules.results import Obligation

_MANY = 10
_SAID = {"does_not_apply": "does not apply", None: "not there"}


def summary_lines(summary: Summary, asks: Asks, as_of: str, where: str | None, output: str) -> tuple[Line, ...]:
    """The lines of a summary; `where` is the area's name."""
    return tuple(_summary(summary, asks, as_of, where, output))


def _summary(summary: Summary, asks: Asks, as_of: str, where: str | None, output: str) -> Iterator[Line]:
    area = f"in {where}" if where else "no area given"
    yield line(f"{_number(summary.cases, 'case')} screened for {day(as_of)}, {area}", "title")
    yield line(f"What came of each is in {output}.")
    if summary.errors:
        yield from heading(f"{_number(summary.errors, 'row')} that could not be read as a case")
        yield from _counted(most(summary.reasons))
    if summary.compares:
        yield from _changes(summary)
        return
    yield from heading("What rules ask for, by the number of cases")
    told = [(f"{rule}{_asked(asks, rule)}", number) for rule, number in most(summary.applies)]
    yield from _counted(told) if told else [bullet("no rule applies for certain or as a precaution")]
    yield from heading("What is not known and left a rule undecided, by the number of cases")
    yield from _counted(most(summary.unknown)) if summary.unknown else [bullet("nothing that rules read")]
    yield from heading("How to read this")
    yield line("It counts what the guidance recommends, not children at risk.")
    yield line("A case in which no rule applies is no assurance: look at what is not known of it.")


def _changes(summary: Summary) -> Iterator[Line]:
    yield from heading(f"{_number(summary.changed, 'case')} in which some rule says something else")
    told = [
        (f"{rule}: {_said(before)}, now {_said(after)}", number)
        for (rule, before, after), number in most(summary.changes)
    ]
    yield from _counted(told) if told else [bullet("the two states of the packs say the same of every case")]


def _said(outcome: str | None) -> str:
    return _SAID.get(outcome, cast(str, outcome))


def _asked(asks: Asks, rule: str) -> str:
    wanted = [f"{OBLIGATION_WORDS[cast(Obligation, each)]} {action}" for each, action in asks.get(rule, ())]
    return f": {', '.join(wanted)}" if wanted else ""


def _counted(found: Sequence[tuple[Any, int]]) -> Iterator[Line]:
    for name, number in found[:_MANY]:
        yield bullet(f"{number:,} {name}")
    if len(found) > _MANY:
        yield bullet(f"{len(found) - _MANY} more; --format json tells all", "quiet")


def _number(number: int, what: str) -> str:
    return count(number, what).replace(str(number), f"{number:,}", 1)
