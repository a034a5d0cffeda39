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
    yield line(f"{_number(summary.rows, 'row')} for {day(as_of)}, {area}: {_evaluated(summary)}", "title")
    yield line(f"What came of each is in {output}.")
    if summary.errors:
        yield from _refused(summary)
    if not summary.evaluated:
        yield from heading("No case was evaluated")
        yield line("So what the rules say of the children in the input is not known.")
    elif summary.compares:
        yield from _changes(summary)
    else:
        yield from _asked_for(summary, asks)
    yield from heading("How to read this")
    yield from map(line, _READ_CHANGES if summary.compares else _READ)
    if summary.errors:
        yield line("A row that was not screened says nothing of its child: mend the row, and screen it again.")


_READ = (
    "It counts what the guidance recommends, not children at risk.",
    "A case in which no rule applies is no assurance: look at what is not known of it.",
)
_READ_CHANGES = (
    "It compares two states of the packs, and does not say what is recommended for a child.",
    "A case in which nothing changes is no assurance: what applies to it, and what is not known, is not said here.",
)


def _evaluated(summary: Summary) -> str:
    """How many rows were evaluated, and how many were not."""
    told = f"{summary.evaluated:,} evaluated" if summary.evaluated else "none evaluated"
    if summary.compares and summary.evaluated:
        told += " with both states of the packs"
    return f"{told}, {summary.errors:,} not screened" if summary.errors else told


def _refused(summary: Summary) -> Iterator[Line]:
    yield from heading(f"{_number(summary.errors, 'row')} not screened, by the reason")
    told = [(each.example if each.alike else f"such as: {each.example}", each.rows) for _, each in summary.by_reason()]
    yield from _counted(told)


def _asked_for(summary: Summary, asks: Asks) -> Iterator[Line]:
    yield from heading("What rules ask for, by the number of cases")
    told = [(f"{rule}{_asked(asks, rule)}", number) for rule, number in most(summary.applies)]
    yield from _counted(told) if told else [bullet(f"no rule applies for certain or as a precaution {_TO_THOSE}")]
    yield from heading("What is not known and left a rule undecided, by the number of cases")
    if summary.unknown:
        yield from _counted(most(summary.unknown))
    elif summary.undetermined:
        yield bullet("rules are undetermined for other reasons than a fact that is not given; see each row")
    else:
        yield bullet(f"no rule is undetermined {_TO_THOSE}")


_TO_THOSE = "for the cases that were evaluated"


def _changes(summary: Summary) -> Iterator[Line]:
    compared = _number(summary.evaluated, "compared case")
    yield from heading(f"{summary.changed:,} of {compared} in which some rule says something else")
    told = [
        (f"{rule}: {_said(before)}, now {_said(after)}", number)
        for (rule, before, after), number in most(summary.changes)
    ]
    same = "the two states of the packs say the same of every case that both could evaluate"
    yield from _counted(told) if told else [bullet(same)]


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
