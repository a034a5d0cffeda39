"""The next change: the next day on which the answer changes by itself (semantics, decision 33).

Time enters only where a date meets `as_of`: each end of each date, with each length of time that a test holds against
it, gives the days worth trying; so does each boundary of force. They are tried in order, and the first that differs is
the answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from safeguard_rules.engine.comparing import compare
from safeguard_rules.engine.contracts import Evaluated
from safeguard_rules.engine.program import Program
from safeguard_rules.engine.snapshots import State, snapshot
from safeguard_rules.language.tree import ParameterRef, Test, walk
from safeguard_rules.results import NextChange
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration, Unit, add
from safeguard_rules.values.uk_clock import day_bounds
from safeguard_rules.vocabulary.facts import Kind

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def next_change(evaluation: Evaluated) -> NextChange:
    """The next day, or moment, on which the answer changes by itself, and which unknown dates may hide one."""
    cannot_say = tuple(sorted(set(_unknown_dates(evaluation))))
    later = next_answer(evaluation)
    if later is None:
        return NextChange(None, None, cannot_say)
    return NextChange(str(later.as_of), compare(evaluation, later), cannot_say)


def next_answer(evaluation: Evaluated, until: date | None = None) -> Evaluated | None:
    """The first later evaluation of the same case that says something else, if it is known and before a day."""
    now = _said(evaluation)
    for candidate in sorted({*_candidates(evaluation)}, key=lambda each: each.moments[0]):
        if until is not None and candidate.day >= until:
            return None
        later = evaluation.again(as_of=candidate)
        if _said(later) != now:
            return later
    return None


def _said(evaluation: Evaluated) -> Mapping[tuple[str, ...], State]:
    """What would have to differ: actions and findings, what is in force, what is done for this contact."""
    states: dict[tuple[str, ...], State] = {tuple(key): state for key, state in snapshot(evaluation).states.items()}
    for action in evaluation.actions:
        states[("standing", action.action, action.about.id or "")] = State(action.standing, None)
    for rule in evaluation.not_in_force:
        states[("resting", rule.rule)] = State(rule.why, None)
    return states


# --- which days


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The ends of a date that some test, or derived fact, holds against the day."""

    first: date
    last: date
    instant: datetime | None
    lengths: tuple[Duration, ...]


def _candidates(evaluation: Evaluated) -> Iterator[AsOf]:
    today = evaluation.as_of
    for candidate in _all_candidates(evaluation):
        if candidate.moments[0] > today.moments[1] or (candidate.day > today.day):
            yield candidate


def _all_candidates(evaluation: Evaluated) -> Iterator[AsOf]:
    by_instants = evaluation.as_of.instant is not None
    for start in evaluation.rulebook.boundaries:
        if start > date.min:
            yield from _as_of(start, by_instants)
    for anchor in _anchors(evaluation):
        for day in {anchor.first, anchor.last}:
            for found in (*_days(day, anchor.lengths), *_working_days(day, anchor.lengths, evaluation)):
                yield from _as_of(found, by_instants)
        if by_instants:
            for instant in _instants(anchor):
                yield AsOf.of(instant)


def _days(day: date, lengths: Iterable[Duration]) -> Iterator[date]:
    yield day
    yield day + DAY
    for length in lengths:
        if length.unit is Unit.HOURS:
            days = ceil(length.amount / 24)
            yield from (day + timedelta(days=n) for n in range(-days - 2, days + 3))
        elif length.unit is not Unit.WORKING_DAYS:
            end = add(day, length)
            yield end
            yield end + DAY
            yield from _before(day, length)


def _before(day: date, length: Duration) -> Iterator[date]:
    """The first day from which a length of time reaches a day ahead, and the one after."""
    start = day - (add(day, length) - day) - timedelta(days=4)
    while add(start, length) < day:
        start += DAY
    yield start
    yield start + DAY


def _working_days(day: date, lengths: Iterable[Duration], evaluation: Evaluated) -> Iterator[date]:
    """The days on which a count of working days from a day may turn, and those on which one reaches a day ahead."""
    calendar, today = evaluation.program.calendar, evaluation.as_of.day
    if calendar is None:
        return
    for amount in (length.amount for length in lengths if length.unit is Unit.WORKING_DAYS):
        ends = calendar.earliest(day, amount), calendar.latest(day, amount)
        yield from (end + step for end in ends if end is not None for step in (0 * DAY, DAY))
        ahead = range(today.toordinal(), day.toordinal())
        reached = (
            bisect_left(ahead, day, key=lambda n: calendar.earliest(date.fromordinal(n), amount)),
            bisect_left(ahead, day, key=lambda n: calendar.latest(date.fromordinal(n), amount) or date.max),
        )
        yield from (date.fromordinal(ahead[n]) for n in reached if n < len(ahead))


def _instants(anchor: _Anchor) -> Iterator[datetime]:
    """The instants at which a test of hours may turn; a bare day is held against its first and its last instant."""
    bounds = {day_bounds(anchor.first)[0], day_bounds(anchor.last)[1]}
    for end in {anchor.instant} if anchor.instant is not None else bounds:
        yield end
        for length in anchor.lengths:
            if length.unit is Unit.HOURS:
                hours = timedelta(hours=length.amount)
                yield from (end + hours, end + hours + SECOND, end - hours, end - hours + SECOND)


def _as_of(day: date, by_instants: bool) -> Iterator[AsOf]:
    """A day to try; from a moment on, its first instant, for a whole day would know less of the hours."""
    try:
        yield AsOf.of(day_bounds(day)[0] if by_instants else day)
    except ValueError:
        return


def _anchors(evaluation: Evaluated) -> Iterator[_Anchor]:
    looked = evaluation.view
    lengths = _lengths(evaluation.program)
    for dated in looked.dates():
        if dated.when is not None:
            yield _anchor(dated.when, lengths.get(dated.fact.path, ()))
    # What cannot lie ahead is cut at the day of evaluation: what is left of it grows until its own end.
    ends = {dated.path: dated.when.last for dated in looked.dates() if dated.when is not None and dated.fact.past}
    for moment in looked.moments():
        if moment.first is not None and moment.last is not None:
            last = max(moment.last, ends.get(moment.path, moment.last))
            yield _Anchor(moment.first, last, None, lengths.get(moment.fact, ()))


def _anchor(when: When, lengths: tuple[Duration, ...]) -> _Anchor:
    return _Anchor(when.first, when.last, when.instant, lengths)


def _lengths(program: Program) -> Mapping[str, tuple[Duration, ...]]:
    """The lengths of time that each fact is held against, in tests and in times counted from it."""
    found: dict[str, dict[Duration, None]] = {}
    conditions = [active.form.when for active in program.rules]
    for form in program.forms.values():
        conditions.append(form.when)
        if form.assumption is not None and form.assumption.ask_unless is not None:
            conditions.append(form.assumption.ask_unless)
    for condition in conditions:
        for node in walk(condition):
            if isinstance(node, Test) and node.ref.fact.kind in (Kind.DATE, Kind.LENGTH):
                for part in node.operand if isinstance(node.operand, tuple) else (node.operand,):
                    value = program.thresholds[part.name] if isinstance(part, ParameterRef) else None
                    if isinstance(value, Duration):
                        found.setdefault(node.ref.fact.path, {})[value] = None
    for active in program.rules:
        for demand in active.form.demands:
            within = demand.within
            if within is not None and within.counted_from is not None and within.length is not None:
                found.setdefault(within.counted_from.fact.path, {})[within.length] = None
    return {path: tuple(lengths) for path, lengths in found.items()}


def _unknown_dates(evaluation: Evaluated) -> Iterator[str]:
    """Unknown dates that a question still asks for: known, they could bring a change of their own."""
    asked = {question.path for question in evaluation.questions}
    lengths = _lengths(evaluation.program)
    for dated in evaluation.view.dates():
        if dated.when is None and dated.path in asked and (dated.fact.path in lengths or dated.fact.past):
            yield dated.path
    for moment in evaluation.view.moments():
        if moment.first is None and moment.path in asked:
            yield moment.path
