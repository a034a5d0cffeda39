"""The oracle can fail: faults in what the compiler and the walk share, which both would repeat, are caught by it."""

# ruff: noqa: E501 - each fault stays on one line

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from safeguard_rules.engine import compiled_tests, composing, walking
from safeguard_rules.engine.syntax import EQUAL, choose, compare, const
from safeguard_rules.language.operators import Operator
from safeguard_rules.values import dates, members, timing
from safeguard_rules.values.counts import Range
from safeguard_rules.values.durations import Unit, add
from safeguard_rules.values.special import NOT_APPLICABLE
from safeguard_rules.values.truth import F, T, Truth, U, negate
from safeguard_rules.values.working_days import WorkingDays, is_weekend
from safeguard_rules.vocabulary import view
from safeguard_rules.vocabulary.view import CaseView
from tests.engine.agreement import Tally, against_oracle, situations
from tests.engine.figures import show
from tests.oracle.shapes import corpus

MOST = 1500
FIRST = 500_000
Patch = Callable[[pytest.MonkeyPatch], None]


def months_of_thirty_days(day: date, n: Any) -> date:
    return day + timedelta(30 * n.amount) if n.unit is Unit.MONTHS else add(day, n)


def months_that_run_over(day: date, n: Any) -> date:
    """The last day of a month plus a month as the first of the next one."""
    end = add(day, n)
    return end + timedelta(1) if n.unit in (Unit.MONTHS, Unit.YEARS) and end.day < day.day else end


def special_is_no(operator: Operator, value: Any, operand: Any, *rest: Any) -> Truth:
    return F if value is NOT_APPLICABLE else APPLY(operator, value, operand, *rest)


def unknown_is_no(operator: Operator, value: Any, operand: Any, *rest: Any) -> Truth:
    return F if value is None else APPLY(operator, value, operand, *rest)


def as_if_there(seen: CaseView, singular: str) -> Any:
    return tuple(replace(record, existence=T) for record in RECORDS(seen, singular))


def given_stage(case: Any, _as_of: Any, _removed: Any) -> Any:
    given = case.child.stage if case.child is not None else None
    return frozenset({given}) if given else view.ALL_STAGES


def before_or_on(a: Any, b: Any) -> Truth:
    return U if a is None or b is None else T if a.last <= b.first else F if a.first > b.last else U


def everybody(seen: CaseView, singular: str) -> bool:
    return singular != "person" and OPEN(seen, singular)


def no_part_left(seen: CaseView, singular: str) -> bool:
    return not seen.list_given(singular)


APPLY = Operator.apply
OPPOSITE = compiled_tests.opposite
RECORDS = CaseView._make_records
OPEN = CaseView._find_open


def patches(target: Any, name: str, value: Any) -> Patch:
    return lambda monkeypatch: monkeypatch.setattr(target, name, value)


def negation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have their own way to turn a truth round; the fault is put into each."""
    monkeypatch.setattr(walking, "negate", lambda value: T if value == U else negate(value))
    is_open = partial(compare, operator=EQUAL, right=const(U))
    monkeypatch.setattr(composing, "opposite", lambda value: choose(is_open(value), const(T), OPPOSITE(value)))


def no_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Operator, "apply", unknown_is_no)
    monkeypatch.setattr(compiled_tests, "UNKNOWN", const(F))


def from_the_day_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("earliest", "latest"):
        end = getattr(WorkingDays, name)
        monkeypatch.setattr(WorkingDays, name, lambda each, day, n, end=end: end(each, day - timedelta(1), n))


FAULTS: dict[str, Patch] = {
    "what is unknown is no": no_unknown,
    "not unknown is true": negation,
    "an open list is closed": patches(CaseView, "_find_open", lambda _seen, _singular: False),
    "an incomplete list is closed": patches(CaseView, "_find_open", no_part_left),
    "the list of people is closed as any other": patches(CaseView, "_find_open", everybody),
    "an open set is closed": patches(members.Members, "includes", lambda each, word: T if word in each.certain else F),
    "a record that may not be there is there": patches(CaseView, "_make_records", as_if_there),
    "a date that lies ahead is believed": patches(dates.When, "cut", lambda each, _as_of: each),
    "more than is at least": patches(Range, "more_than", lambda each, number: each.at_least(number)),
    "at most is under": patches(Range, "at_most", lambda each, number: negate(each.at_least(number))),
    "a count is what is certain": patches(Range, "__post_init__", lambda each: object.__setattr__(each, "high", each.low)),
    "a month is thirty days": patches(timing, "add", months_of_thirty_days),
    "months run over their end": patches(timing, "add", months_that_run_over),
    "the day of the clock is that of UTC": patches(dates, "uk_day", lambda instant: instant.date()),
    "a bank holiday is a working day": patches(WorkingDays, "is_working_day", lambda each, day: F if is_weekend(day) else T if each.first <= day <= each.last else U),
    "there are no weekends": patches(WorkingDays, "is_working_day", lambda each, day: U if not each.first <= day <= each.last else F if day in each.holidays else T),
    "no day after the last is a holiday": patches(WorkingDays, "latest", WorkingDays.earliest),
    "working days count from the day itself": from_the_day_itself,
    "before is not after": patches(timing, "before", before_or_on),
    "not applicable is unlike no value": patches(Operator, "apply", special_is_no),
    "a stage is believed against a date of birth": patches(view, "stages_left", given_stage),
    "a fact exists in stages in which it does not": patches(CaseView, "_barred", lambda _seen, _plan: None),
    "a stage that is possible is the stage": patches(CaseView, "stage_truth", lambda seen, stages: T if seen.possible_stages & stages else F),
    "the view of a rule is that of every stage": patches(CaseView, "for_stages", lambda seen, _stages: seen),
    "a partial date is its first day": patches(dates, "_days_of", lambda year, month, _text: (date(year, month or 1, 1),) * 2),
}  # fmt: skip


def caught_after() -> int | None:
    """How many pairs of book and case the oracle needs to see that something is wrong."""
    n = 0
    for example in corpus(MOST, first=FIRST):
        for situation in situations(example):
            n += 1
            tally = Tally()
            against_oracle(situation, tally, limit=150)
            if tally.wrong:
                return n
    return None


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_both_evaluators_share_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    after = caught_after()
    show(f"{fault}: caught after {after} pairs")
    assert after is not None
