"""Values that matter: for each fact those at, below and above every threshold that a book holds it against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Protocol

from tests.oracle.books import Book, read_with, record_of, thresholds_for
from tests.oracle.days import add, counted, is_over, read_days, read_length
from tests.oracle.facts import FIELDS, LISTS

PREGNANCY = timedelta(280)


class Asked(Protocol):
    """What is needed to know which days matter."""

    @property
    def book(self) -> Book: ...
    @property
    def case(self) -> Any: ...
    @property
    def today(self) -> date: ...


def some_numbers(book: Book, path: str) -> tuple[int, ...]:
    """Whole numbers at and around the thresholds of a fact."""
    near = {int(value) + step for value in thresholds_for(book, path) for step in (-1, 0, 1)}
    return tuple(sorted(number for number in near if number >= 0)) or (0,)


def some_lengths(book: Book, path: str) -> tuple[str, ...]:
    """Lengths of time at and around the thresholds of a fact, as written."""
    found: dict[str, None] = {}
    for value in thresholds_for(book, path):
        amount, unit = read_length(str(value))
        for near in (amount - 1, amount, amount + 1):
            if near >= 0:
                found[written_length(near, unit)] = None
    return tuple(found) or ("40 weeks",)


def written_length(amount: int, unit: str) -> str:
    """A length of time as it is written."""
    return f"{amount} {unit.removesuffix('s') if amount == 1 else unit}"


def some_days(asked: Asked, path: str, between: tuple[date, date] | None) -> tuple[date, ...]:
    """Days that a date may mean: one for each way in which its tests can turn out, as far as that can be told.

    `between` are the first and the last day that are possible; None where nothing is known.
    """
    today = asked.today
    first, last = between or (today - timedelta(9000), today if FIELDS[path].past else today + timedelta(9000))
    points = sorted(
        {day for day in turning_points(asked.book, path, today, known_days(asked, path)) if first <= day <= last}
    )
    found = dict.fromkeys(day for day in (first, *points, last))
    if len(found) < 8:
        return tuple(found)
    kept: dict[Any, date] = {}
    for day in found:
        kept.setdefault(_how_it_turns_out(asked, path, day), day)
    return tuple(kept.values())


def turning_points(book: Book, path: str, today: date, others: tuple[date, ...] = ()) -> Iterator[date]:
    """The days around which some test of a date changes, each with its neighbours."""
    shift = PREGNANCY if path == "child.expected_on" else timedelta(0)
    yield from _around(today, 1)
    for value in thresholds_for(book, path):
        if not isinstance(value, str):
            continue
        if value[:4].isdigit() and "-" in value:
            yield from _around(read_days(value)[0], 1)
            continue
        amount, unit = read_length(value)
        if unit == "working days":
            yield from _around(today, 2 * amount + 6)
            continue
        if unit == "hours":
            amount, unit = amount // 24, "days"
        wide = 1 if unit in ("days", "weeks") else 3
        back = today - (add(today, amount, unit) - today)
        for centre in (back, back + shift, add(today, amount, unit)):
            yield from _around(centre, wide)
    for day in others:
        yield from _around(day, 1)


def known_days(asked: Asked, path: str) -> tuple[date, ...]:
    """The days that the case has for the facts that a date is held against."""
    found: list[date] = []
    for other in read_with(asked.book, path):
        owner, _, name = other.partition(".")
        kind = record_of(other)
        entries = [asked.case.get(owner) or {}] if kind is None else asked.case.get(LISTS[kind]) or []
        for entry in [asked.case] if owner == "case" else entries:
            given = entry.get(name)
            if isinstance(given, str) and given[:2] in ("19", "20"):
                found += read_days(given)
    return tuple(found)


def _around(day: date, wide: int) -> Iterator[date]:
    for step in range(-wide, wide + 1):
        yield day + timedelta(step)


def _how_it_turns_out(asked: Asked, path: str, day: date) -> tuple[object, ...]:
    """Two days with the same answer here cannot be told apart by the tests of a date, but for other unknown dates."""
    today = asked.today
    shift = PREGNANCY if path == "child.expected_on" else timedelta(0)
    # The last days of a month are not all alike once months are added.
    found: list[object] = [(day > today) - (day < today), max(day.day, 28)]
    for value in thresholds_for(asked.book, path):
        if not isinstance(value, str):
            continue
        if value[:4].isdigit() and "-" in value:
            at = read_days(value)[0]
            found.append((day > at) - (day < at))
            continue
        amount, unit = read_length(value)
        if unit == "hours":
            found.append((today - day).days if abs((today - day).days) < amount // 24 + 3 else day > today)
            continue
        if unit == "working days":
            for free in (False, True):
                found.append((is_over(day, amount, today, free), is_over(today, amount, day, free)))
                found.append(day <= today and counted(day, today, free) >= amount)
            continue
        for start in dict.fromkeys((day, day - shift)):
            end = add(start, amount, unit)
            found.append((end > today) - (end < today))
        ahead = add(today, amount, unit)
        found.append((day > ahead) - (day < ahead))
    for other in known_days(asked, path):
        found.append((day > other) - (day < other))
    return tuple(found)
