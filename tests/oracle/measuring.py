"""Tests of whole numbers, dates and lengths of time in a completed case: each is plainly true or false."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.days import add, counted, is_over, read_days, read_instant, read_length
from tests.oracle.worlds import Moment, Since, World

STARTS = (
    *(date(year, month, day) for year in (2023, 2024, 2025) for month in range(1, 13) for day in (1, 15, 28)),
    *(date(2024, month, 30) for month in range(3, 13)),
    *(date(year, month, 31) for year in (2023, 2024) for month in (1, 3, 5, 7, 8, 10, 12)),
    date(2024, 2, 29),
)
"""Days from which two lengths of different units are laid off."""


def measured(world: World, name: str, value: Any, thresholds: Sequence[Any]) -> bool:
    """One test of a whole number, a date or a length of time against its thresholds."""
    if isinstance(value, int):
        return compare_numbers(name, value, thresholds)
    if isinstance(value, Moment):
        return _dated(world, name, value, thresholds[0])
    if name == "between":
        low, high = thresholds
        return _long(world, value, low) >= 0 and _long(world, value, high) <= 0
    return compare_numbers(name, _long(world, value, thresholds[0]), [0])


def _dated(world: World, name: str, value: Moment, threshold: Any) -> bool:
    if name in ("before", "after"):
        other = threshold if isinstance(threshold, Moment) else _exactly(threshold)
        one, two = (value, other) if name == "before" else (other, value)
        if one.instant is not None and two.instant is not None:
            return one.instant < two.instant
        return one.day < two.day
    if name in ("is", "is_not"):
        return name == "is_not"  # a date is not `not_yet`
    amount, unit = read_length(threshold)
    if unit == "hours":
        now, at, length = world.now, world.instant(value), timedelta(hours=amount)
        return {"within_last": at <= now <= at + length, "within_next": now <= at <= now + length}.get(
            name, now > at + length
        )
    today, day = world.puzzle.today, value.day
    if unit == "working days":
        free = _others_free(world)
        over, beyond = is_over(day, amount, today, free), is_over(today, amount, day, free)
        return {"within_last": day <= today and not over, "within_next": today <= day and not beyond}.get(name, over)
    end, ahead = add(day, amount, unit), add(today, amount, unit)
    return {"within_last": day <= today <= end, "within_next": today <= day <= ahead}.get(name, today > end)


def _long(world: World, value: Any, threshold: str) -> int:
    """Whether a length of time is shorter than (-1), as long as (0) or longer (1) than a threshold."""
    amount, unit = read_length(threshold)
    if isinstance(value, Since):
        if unit == "hours":
            now, end = world.now, world.instant(value.anchor) + timedelta(hours=amount)
            return (now > end) - (now < end)
        if unit == "working days":
            start, free = value.anchor.day, _others_free(world)
            reached = world.puzzle.today >= start and counted(start, world.puzzle.today, free) >= amount
            return is_over(start, amount, world.puzzle.today, free) - (not reached)
        today, day = world.puzzle.today, add(value.anchor.day, amount, unit)
        return (today > day) - (today < day)
    start = world.choose(("start",), STARTS) if _sort(value[1]) != _sort(unit) else STARTS[0]
    one, two = _lasts(start, *value), _lasts(start, amount, unit)
    return (one > two) - (one < two)


def _others_free(world: World) -> bool:
    """Whether the weekdays for which no bank holidays are known are all free; between all and none lies the rest."""
    return bool(world.choose(("holidays",), (False, True)))


def compare_numbers(name: str, value: int, thresholds: Sequence[Any]) -> bool:
    """A whole number against one or two others."""
    low = int(thresholds[0])
    high = int(thresholds[-1])
    return {
        "is": value == low,
        "is_not": value != low,
        "at_least": value >= low,
        "at_most": value <= low,
        "more_than": value > low,
        "less_than": value < low,
        "between": low <= value <= high,
    }[name]


def _sort(unit: str) -> str:
    return "months" if unit in ("months", "years") else "days"


def _lasts(start: date, amount: int, unit: str) -> Fraction:
    """How many days a length of time lasts from a start day."""
    if unit == "hours":
        return Fraction(amount, 24)
    return Fraction((add(start, amount, unit) - start).days)


def _exactly(threshold: str) -> Moment:
    """A threshold that is a date."""
    return Moment(("threshold",), read_days(threshold)[0], read_instant(threshold) if "T" in threshold else None)
