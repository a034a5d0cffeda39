"""The operations of a graph: functions on whole arrays, each made once for what it is made with."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from safeguard_rules.engine.columns.arrays import Array, Bools
from safeguard_rules.engine.columns.layouts import Layout
from safeguard_rules.values.truth import Truth

EARLY, LATE = -(2**30), 2**30
"""The first and the last day of a date that is not known; every day that can be written lies in between."""

KEPT = 4_096
"""So many operations of one sort are kept; thresholds are few, days of evaluation may be many."""

One = Callable[[Any], Any]

# --- lists


def spread(layout: Layout, values: Array) -> Array:
    """What is known of the owners, at their records."""
    return layout.spread(values)


@lru_cache(KEPT)
def against_owner(test: np.ufunc) -> Callable[..., Any]:
    """A test of what is known of records against what is known of their owners."""
    return lambda layout, values, owned_by: layout.against(test, values, owned_by)


def some_place(layout: Layout, truths: Bools) -> Bools:
    """Whether it is true of some record of a list, where nothing is true of no record."""
    return layout.any(truths)


def some_record(layout: Layout, truths: Bools) -> Bools:
    """Whether it is true of some record of a list."""
    return layout.some(truths)


def every_record(layout: Layout, truths: Bools) -> Bools:
    """Whether it is true of every record of a list."""
    return layout.every(truths)


def how_many(layout: Layout, truths: Bools) -> Array:
    """Of how many records of a list it is true."""
    return layout.count(truths)


def length(layout: Layout) -> Array:
    """How many records a list has."""
    return layout.lengths


def the_others(layout: Layout, truths: Bools) -> Array:
    """Of how many records of a list it is not true."""
    others: Array = layout.lengths - layout.count(truths)
    return others


def not_empty(layout: Layout) -> Bools:
    """Whether a list has any record."""
    return layout.any(layout.present)


# --- numbers, days and words


@lru_cache(KEPT)
def at_least(number: float) -> One:
    """Whether it is this or more."""
    return lambda values: values >= number


@lru_cache(KEPT)
def at_most(number: float) -> One:
    """Whether it is this or less."""
    return lambda values: values <= number


@lru_cache(KEPT)
def some_bit(mask: int) -> One:
    """Whether any of the words is there."""
    return lambda bits: (bits & bits.dtype.type(mask)) != 0


@lru_cache(KEPT)
def no_bit(mask: int) -> One:
    """Whether none of the words is there."""
    return lambda bits: (bits & bits.dtype.type(mask)) == 0


@lru_cache(KEPT)
def some_other_bit(mask: int) -> One:
    """Whether any bit is there besides the words."""
    return lambda bits: (bits & ~bits.dtype.type(mask)) != 0


@lru_cache(KEPT)
def no_other_bit(mask: int) -> One:
    """Whether no bit is there besides the words."""
    return lambda bits: (bits & ~bits.dtype.type(mask)) == 0


def known_and_not(known: Bools, yes: Bools) -> Bools:
    """Where something is known, and not true; what is true is known."""
    found: Bools = known ^ yes
    return found


@lru_cache(KEPT)
def all_bits(mask: int) -> One:
    """Whether all of the words are there."""
    return lambda bits: (bits & bits.dtype.type(mask)) == bits.dtype.type(mask)


@lru_cache(KEPT)
def some_bit_missing(mask: int) -> One:
    """Whether any of the words is not there."""
    return lambda bits: (bits & bits.dtype.type(mask)) != bits.dtype.type(mask)


@lru_cache(KEPT)
def bits_together(bits: tuple[int, ...]) -> Callable[..., Any]:
    """A bit for each of several truths."""

    def found(*truths: Bools) -> Array:
        joined = np.zeros(len(truths[0]), np.uint16)
        for bit, truth in zip(bits, truths, strict=True):
            joined |= truth.astype(np.uint16) << np.uint16(bit)
        return joined

    return found


def no_bits_where(bits: Array, truths: Bools) -> Array:
    """No words where it is true."""
    return np.where(truths, bits.dtype.type(0), bits)


@lru_cache(KEPT)
def no_later_than(day: int) -> One:
    """The last days, or this day where they are known and later."""
    return lambda days: np.where(days < LATE, np.minimum(days, np.int32(day)), days)


@lru_cache(KEPT)
def outside(before: int | None, behind: int | None) -> Callable[..., Any]:
    """Whether a date certainly lies outside of a window: its last day before it, or its first day behind it.

    Where each date that is known is a single day, which ones are known is enough: those that do not lie inside.
    """

    def found(single: Bools | None, inside: Bools, first: Array, last: Array) -> Bools:
        if single is not None:
            return known_and_not(single, inside)
        early = last <= before if before is not None else np.zeros(len(last), bool)
        return early if behind is None else early | (first >= behind)

    return found


@lru_cache(KEPT)
def ahead_of(day: int, moment: Any) -> Callable[[Any, Any], Any]:
    """Whether a date that is known lies ahead of a day, or of a moment where both are moments."""

    def found(first: Array, moments: Array | None) -> Bools:
        ahead: Bools = (first > day) & (first < LATE)
        return ahead if moments is None or moment is None else ahead | (moments > moment)

    return found


def days_between(later: Array, earlier: Array) -> Array:
    """How many days lie between; of no meaning where one of the days is not known."""
    return later.astype(np.int64) - earlier


def years_later(years: int) -> One:
    """The day so many years after another, as `durations.add` gives it."""
    return _YEARS.setdefault(years, lambda days: _years_later(days, years))


_YEARS: dict[int, One] = {}


def _years_later(days: Array, years: int) -> Array:
    known = (days > EARLY) & (days < LATE)
    day = np.where(known, days, 0).astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    then = month + np.timedelta64(12 * years, "M")
    last = (then + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    found = np.minimum(then.astype("datetime64[D]") + (day - month.astype("datetime64[D]")), last)
    return np.where(known, found.astype(np.int64).astype(np.int32), days)


def known_days(days: Array) -> Bools:
    """Where the first day of a date is known."""
    return days > EARLY


def where_known(days: Array, known: Bools) -> Array:
    """The first days where they may be known."""
    return np.where(known, days, np.int32(EARLY))


def where_known_last(days: Array, known: Bools) -> Array:
    """The last days where they may be known."""
    return np.where(known, days, np.int32(LATE))


# --- moments, of which a chunk may have none


def or_moment_before(truths: Bools, a: Array | None, b: Array | None) -> Bools:
    """Truths about days, or that one moment lies before another where both are known."""
    return truths if a is None or b is None else truths | (a < b)


def unless_moments(truths: Bools, before: Bools, a: Array | None, b: Array | None) -> Bools:
    """Truths about days, but where moments say otherwise."""
    return truths if a is None or b is None else truths & ~before


def spread_moments(layout: Layout, values: Array | None) -> Array | None:
    """As `spread`."""
    return None if values is None else layout.spread(values)


def take_moments(values: Array | None, places: Array) -> Array | None:
    """As `take`."""
    return None if values is None else values.take(places)


def take(values: Array, places: Array) -> Array:
    """The values at some places."""
    return values.take(places)


def moments_where(values: Array | None, known: Bools) -> Array | None:
    """The moments where they may be known."""
    return None if values is None else np.where(known, values, np.datetime64("NaT", "us"))


# --- references


def take_keys(columns: tuple[Array, ...], places: Array) -> tuple[Array, ...]:
    """The values of several columns at some places."""
    return tuple(column.take(places) for column in columns)


def spread_keys(layout: Layout, columns: tuple[Array, ...]) -> tuple[Array, ...]:
    """The values of several columns of the owners, at their records."""
    return tuple(map(layout.spread, columns))


def same_key(a: Array, b: Array) -> Bools:
    """Whether two references are the same, and known."""
    same: Bools = (a == b) & (a != 0)
    return same


def other_key(a: Array, b: Array) -> Bools:
    """Whether two references are known and not the same."""
    differ: Bools = (a != b) & (a != 0) & (b != 0)
    return differ


def among(columns: tuple[Array, ...], key: Array) -> Bools:
    """Whether a known reference is among several."""
    found = np.zeros(len(key), bool)
    for column in columns:
        found |= column == key
    found &= key != 0
    return found


def not_among(closed: Bools, among_them: Bools, key: Array) -> Bools:
    """Whether a known reference is not in a set that holds no more."""
    missing: Bools = closed & ~among_them & (key != 0)
    return missing


def several(columns: tuple[Array, ...]) -> Bools:
    """Whether there are two different ones among several references."""
    found = np.zeros(len(columns[0]), bool)
    for column in columns[1:]:
        found |= (column != columns[0]) & (column != 0)
    return found


# --- values that are asked for one by one


@lru_cache(KEPT)
def says(truth: Truth, test: Callable[[Any], Truth]) -> One:
    """Where a test of single values says this."""

    def found(values: Array) -> Bools:
        return np.fromiter((test(value) == truth for value in values), bool, len(values))

    return found


@lru_cache(KEPT)
def says_of_two(truth: Truth, test: Callable[[Any, Any], Truth]) -> Callable[[Any, Any], Any]:
    """Where a test of two values says this."""

    def found(values: Array, others: Array) -> Bools:
        pairs = zip(values, others, strict=True)
        return np.fromiter((test(value, other) == truth for value, other in pairs), bool, len(values))

    return found


@lru_cache(KEPT)
def truths_of_coded(test: Callable[[Any], Truth]) -> One:
    """What a test says of values of which there are few, each given by its place among them."""

    def found(column: tuple[Array, list[Any]]) -> Array:
        places, values = column
        return np.array([test(value) for value in values], np.int8).take(places)

    return found


@lru_cache(KEPT)
def is_truth(truth: Truth) -> One:
    """Where a test says this."""
    return lambda truths: truths == truth


def code(yes: Bools, no: Bools) -> Array:
    """0, 1 and 2 for what is false, open and true."""
    found: Array = (~no).view(np.int8)
    found += yes.view(np.int8)
    return found


def code_of_no(no: Bools) -> Array:
    """0 and 1 for what is false and open, where nothing is true."""
    return (~no).view(np.int8)


def code_of_yes(yes: Bools) -> Array:
    """1 and 2 for what is open and true, where nothing is false."""
    return yes.view(np.int8) + np.int8(1)
