"""Masks: for each field and value the bits that it sets, kept once they were asked for, within bounds.

The tests of a field come to the same for many values. So a mask is kept for what they come to, and a value, or a day,
only points at it. What is kept is forgotten all at once when it grows too large, and nothing but time depends on it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from safeguard_rules.engine.indexing.atoms import FactTest
from safeguard_rules.engine.windows import Window, window
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.members import Members
from safeguard_rules.values.timing import Elapsed
from safeguard_rules.values.truth import F, T, U
from safeguard_rules.values.working_days import WorkingDays

MOST_BYTES = 32 * 1024 * 1024
"""How much an index keeps of masks."""

MOST_VALUES = 1024
"""How many values of a field, or days of a date, are remembered with their masks."""

MOST_DAYS = 4
"""For how many days of evaluation the masks of a date are kept."""

DAYS_BEFORE_BOUNDS = 64
"""Of how many days the tests are asked before the bounds between which they agree are looked for."""

TRUTHS = (F, U, T)


class Kept:
    """How much is kept of masks, and what forgets it."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self.held = 0
        self.forgetting: list[Callable[[], None]] = []

    def hold(self, mask: int) -> None:
        """Counts a mask that is kept from now on."""
        size = mask.bit_length() // 8 + 100
        if self.held + size > self.most:
            self.forget()
        self.held += size

    def forget(self) -> None:
        """Forgets every mask."""
        self.held = 0
        for forget in self.forgetting:
            forget()


class Marks:
    """The bits that each truth of one atom sets."""

    __slots__ = ("by_truth",)

    def __init__(self) -> None:
        self.by_truth: tuple[list[int], list[int], list[int]] = ([], [], [])

    def add(self, truths: int, position: int) -> None:
        """Sets a bit where the atom comes to one of these truths."""
        for truth in TRUTHS:
            if truths >> truth & 1:
                self.by_truth[truth].append(position)

    def masks(self) -> tuple[int, int, int]:
        """The mask of each truth."""
        no, unknown, yes = self.by_truth
        return mask_of([no]), mask_of([unknown]), mask_of([yes])


def mask_of(positions: Iterable[Sequence[int]]) -> int:
    """The number with these bits set."""
    found = list(positions)
    most = max((max(each) for each in found if each), default=-1)
    bits = bytearray((most >> 3) + 1)
    for each in found:
        for position in each:
            bits[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(bits, "little")


class Field(dict[Any, int]):
    """One fact with its tests: `field[value]` is the mask of a value."""

    def __init__(self, name: str, kept: Kept, calendar: WorkingDays | None) -> None:
        super().__init__()
        self.name = name
        self.tests: dict[int, tuple[FactTest, Marks]] = {}
        self.calendar = calendar
        self._kept = kept
        self._by_truths: dict[bytes, int] = {}
        self._days: dict[date, Days] = {}
        self._sets: dict[tuple[tuple[str, ...], bool], int] = {}
        kept.forgetting.append(self.forget)

    def on(self, as_of: AsOf) -> Days:
        """The same for one day of evaluation."""
        found = self._days.get(as_of.day)
        if found is None:
            if len(self._days) >= MOST_DAYS:
                self._days.clear()
            found = self._days[as_of.day] = Days(self, as_of)
        return found

    def mark(self, number: int, asked: FactTest, truths: int, position: int) -> None:
        """Sets a bit where a test comes to one of these truths."""
        if number not in self.tests:
            self.tests[number] = asked, Marks()
        self.tests[number][1].add(truths, position)

    def __missing__(self, value: Any) -> int:
        # No test of a fact that is no date and no length looks at the day.
        found = self.mask(value, _ANY_DAY)
        if len(self) >= MOST_VALUES:
            self.clear()
        self[value] = found
        return found

    def of_set(self, entered: tuple[str, ...], is_open: bool) -> int:
        """The mask of a set of words as it was entered."""
        key = entered, is_open
        found = self._sets.get(key)
        if found is None:
            found = self[Members(frozenset(entered), None if is_open else frozenset())]
            if len(self._sets) >= MOST_VALUES:
                self._sets.clear()
            self._sets[key] = found
        return found

    def mask(self, value: Any, as_of: AsOf) -> int:
        """The mask of a value, made from what each test says of it."""
        tests, calendar = self.tests.values(), self.calendar
        truths = bytes([asked.operator.apply(value, asked.operand, as_of, calendar) for asked, _ in tests])
        found = self._by_truths.get(truths)
        if found is None:
            found = mask_of(marks.by_truth[truth] for (_, marks), truth in zip(tests, truths, strict=True))
            self._by_truths[truths] = found
            self._kept.hold(found)
        return found

    def forget(self) -> None:
        """Forgets its masks."""
        self.clear()
        self._by_truths.clear()
        self._sets.clear()
        for days in tuple(self._days.values()):
            days.forget()


class Days:
    """One date, or length of time, with its tests, for one day of evaluation."""

    def __init__(self, field: Field, as_of: AsOf) -> None:
        self.name = field.name
        self._field = field
        self._as_of = as_of
        self._by_day: dict[date, int] = {}
        self._by_entered: dict[date, int] = {}
        self._others: dict[Any, int] = {}
        self._by_bounds: dict[tuple[int, int], int] = {}
        self._bounds: tuple[list[date], list[date]] | None = None
        self._asked = 0

    def find(self, value: Any) -> int:
        """The mask of a value."""
        kind = value.__class__
        if kind is When or kind is Elapsed:
            first, last = value.first, value.last
            if first == last:
                found = self._by_day.get(first)
                return self._of_day(value, first) if found is None else found
            return self._between(value, first, last)
        found = self._others.get(value)
        return self._of_other(value) if found is None else found

    def of_past(self, entered: Any, as_of: AsOf) -> int:
        """The mask of a date that cannot lie ahead, as it was entered."""
        if entered.__class__ is not When:
            return self.find(entered)
        day = entered.first
        if entered.instant is not None or day != entered.last:
            return self.find(entered.cut(as_of))
        found = self._by_entered.get(day)
        if found is None:
            found = self.find(entered.cut(as_of))
            if len(self._by_entered) >= MOST_VALUES:
                self._by_entered.clear()
            self._by_entered[day] = found
        return found

    def forget(self) -> None:
        """Forgets its masks."""
        self._by_day.clear()
        self._by_entered.clear()
        self._others.clear()
        self._by_bounds.clear()

    def _of_day(self, value: Any, day: date) -> int:
        found = self._between(value, day, day)
        if len(self._by_day) >= MOST_VALUES:
            self._by_day.clear()
        self._by_day[day] = found
        return found

    def _of_other(self, value: Any) -> int:
        found = self._field.mask(value, self._as_of)
        if len(self._others) >= MOST_VALUES:
            self._others.clear()
        self._others[value] = found
        return found

    def _between(self, value: Any, first: date, last: date) -> int:
        """The mask of a date by where its first and its last day lie between the bounds of all tests."""
        bounds = self._bounds
        if bounds is None:
            self._asked += 1
            if self._asked <= DAYS_BEFORE_BOUNDS:
                return self._field.mask(value, self._as_of)
            bounds = self._bounds = self._look_for_bounds()
        key = bisect_right(bounds[0], first), bisect_right(bounds[1], last)
        found = self._by_bounds.get(key)
        if found is None:
            if len(self._by_bounds) >= MOST_VALUES:
                self._by_bounds.clear()
            found = self._by_bounds[key] = self._field.mask(value, self._as_of)
        return found

    def _look_for_bounds(self) -> tuple[list[date], list[date]]:
        found = [self._window(asked) for asked, _ in self._field.tests.values()]
        windows = [each for each in found if each is not None]
        firsts = {each.true_from for each in windows} | {_after(each.false_after) for each in windows}
        lasts = {_after(each.true_to) for each in windows} | {each.false_before for each in windows}
        return sorted(firsts), sorted(lasts)

    def _window(self, asked: FactTest) -> Window | None:
        """None for a test that says the same of every day, as one of `not_yet` does."""
        kind = asked.reading.fact.kind
        return window(asked.operator, kind, asked.operand, self._as_of, self._field.calendar)


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


_ANY_DAY = AsOf.of("2000-01-01")
