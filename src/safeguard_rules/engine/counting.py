"""What is said where working days cannot be counted, for want of bank holidays (semantics, decision 16).

Only where it matters: where a finding is left open by it, or a demand has no due date for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeguard_rules.engine.demanding import counted_record
from safeguard_rules.engine.explaining import facts_of
from safeguard_rules.engine.outcomes import Result
from safeguard_rules.engine.program import parameters_read
from safeguard_rules.engine.walking import Trace, deciding_parts
from safeguard_rules.language.tree import Test, Use
from safeguard_rules.results import Problem
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration, Unit
from safeguard_rules.values.timing import countable
from safeguard_rules.values.truth import F, U
from safeguard_rules.values.working_days import WorkingDays


def counting_problems(results: Iterable[Result]) -> tuple[Problem, ...]:
    """One problem for each date from, or to, which working days would have to be counted and cannot be."""
    found: dict[str, WorkingDays | None] = {}
    for result in results:
        if (result.truth == F and not result.applies) or not _counts(result):
            continue
        for path in (*_open_paths(result), *_due_paths(result)):
            found.setdefault(path, result.run.program.calendar)
    return tuple(_problem(path, calendar) for path, calendar in found.items())


def _counts(result: Result) -> bool:
    """Whether a rule counts working days at all, in its condition or in its demands; looked up once for a program."""
    program, form = result.run.program, result.active.form
    found = program.stock.counting.get(id(form))
    if found is None:
        lengths = [program.thresholds[name] for name in parameters_read(program, form.when)]
        lengths += [each.within.length for each in form.demands if each.within is not None and each.within.length]
        counts = any(isinstance(each, Duration) and each.unit is Unit.WORKING_DAYS for each in lengths)
        found = program.stock.counting[id(form)] = form, counts
    return found[1]


def _problem(path: str, calendar: WorkingDays | None) -> Problem:
    if calendar is None:
        says = "working days cannot be counted, for no pack in force names the bank holidays"
        return Problem("no-bank-holidays", path, says)
    says = f"working days cannot be counted, for bank holidays are known from {calendar.first} to {calendar.last} only"
    return Problem("bank-holidays-not-known", path, says)


def _open_paths(result: Result) -> Iterator[str]:
    """The dates of the tests that leave a finding open for want of bank holidays."""
    if result.truth != U or result.empty:
        return
    for leaf in _left_open(result.plain_trace(), set()):
        yield from facts_of(leaf, result.plain.view)


def _left_open(trace: Trace, seen: set[int]) -> Iterator[Trace]:
    if trace.value != U or id(trace) in seen or (isinstance(trace.node, Use) and trace.granted):
        return
    seen.add(id(trace))
    if isinstance(trace.node, Test):
        if trace.uncounted:
            yield trace
        return
    for part in deciding_parts(trace):
        yield from _left_open(part, seen)


def _due_paths(result: Result) -> Iterator[str]:
    """The dates from which a demand's time is counted, where it is not known when that is over."""
    for form in result.active.form.demands if result.applies else ():
        within = form.within
        if within is None or within.counted_from is None or within.length is None:
            continue
        record = counted_record(within.counted_from, result)
        value = result.run.view.value(record, within.counted_from.fact.name)
        calendar = result.run.program.calendar
        if isinstance(value, When) and not countable(value.first, value.last, within.length, calendar):
            yield record.path(within.counted_from.fact.name)
