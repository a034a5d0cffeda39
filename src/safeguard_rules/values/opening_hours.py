"""When an office is open: days of the week with their times, as clocks in the UK show them.

A minute at which it opens counts as open, and the one at which it closes as closed: with `08:45 to 17:00` the office
is open at 08:45:00 and closed at 17:00:00. Nothing here knows the bank holidays.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Self

from safeguard_rules.values.uk_clock import uk_time

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The days of a week, which starts on Monday."""

_WHOLE_DAY: Final = 24 * 60
_TIMES: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]) to (?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)")
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, order=True)
class Weekdays:
    """Days of the week in a row, the first and the last both included, counted from Monday as 0."""

    first: int
    last: int

    def __contains__(self, weekday: int) -> bool:
        return self.first <= weekday <= self.last

    def __str__(self) -> str:
        first, last = WEEKDAYS[self.first], WEEKDAYS[self.last]
        return first if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True, order=True)
class Times:
    """A stretch of a day in minutes since midnight: `start` belongs to it, `end` does not."""

    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `08:45 to 17:00`, the end up to `24:00` and in any order with the start; None for another form."""
        found = _TIMES.fullmatch(text)
        if found is None:
            return None
        end = int(found[3]) * 60 + int(found[4]) if found[3] else _WHOLE_DAY
        return cls(int(found[1]) * 60 + int(found[2]), end)

    def overlaps(self, other: "Times") -> bool:
        """Whether some minute belongs to both."""
        return self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        return f"{_clock(self.start)} to {_clock(self.end)}"


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """Days of the week on which an office keeps the same times."""

    days: Weekdays
    times: tuple[Times, ...]

    def __str__(self) -> str:
        return f"{self.days} {' and '.join(map(str, self.times))}"


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of a week, sorted; no day stands in two openings, and no two times of a day overlap."""

    openings: tuple[Opening, ...]

    @classmethod
    def of(cls, openings: Iterable[Opening]) -> Self:
        """The hours in the order of the week, however they were written."""
        return cls(tuple(sorted(Opening(each.days, tuple(sorted(each.times))) for each in openings)))

    def is_open(self, instant: datetime) -> bool:
        """Whether the office is open at an instant; one without offset raises `ValueError`."""
        shown = uk_time(instant)
        minute = shown.hour * 60 + shown.minute
        return any(times.start <= minute < times.end for times in self._on(shown.weekday()))

    def opens_after(self, instant: datetime) -> datetime | None:
        """The first later instant at which it is open, in UK time, from one at which it is closed; None if it never is.

        Raises `ValueError` for an instant without offset.
        """
        later = (each for each in self._candidates(instant) if each > instant and self.is_open(each))
        first = min(later, default=None)
        return uk_time(first) if first is not None else None

    def _candidates(self, instant: datetime) -> Iterator[datetime]:
        """Where a stretch starts by winter or by summer time, in two weeks: in March a start may be left out.

        One that starts in the hour left out opens with the change of the clocks, at 01:00 UTC.
        """
        today = uk_time(instant).date()
        for day in (today + timedelta(days=n) for n in range(15)):
            midnight = datetime.combine(day, time(0), UTC)
            yield midnight + _HOUR
            for times in self._on(day.weekday()):
                start = midnight + timedelta(minutes=times.start)
                yield from (start, start - _HOUR)

    def _on(self, weekday: int) -> Iterator[Times]:
        return (times for each in self.openings if weekday in each.days for times in each.times)

    def __str__(self) -> str:
        return ", ".join(map(str, self.openings))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
