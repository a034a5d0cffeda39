"""The days that dates are held against: bounds of tests on time, worked out once for each day of evaluation."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from safeguard_rules.engine.windows import EARLY, LATE, Window, window
from safeguard_rules.language.operators import Operator
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.kinds import Kind

SOME_DAY = AsOf.of("2000-01-01")
"""Whether a test has a window at all does not depend on the day."""


class Timed(NamedTuple):
    """A test on time, of a date or of the length of time from so many days before one; `past` if it is cut."""

    operator: Operator
    kind: Kind
    operand: object
    days_before: int
    past: bool

    def window(self, as_of: AsOf, calendar: WorkingDays | None) -> Window:
        """Its window for dates as they were entered, of which only those that lie ahead are left out.

        A date that is past ends on the day of the evaluation at the latest, whatever its last day is.
        """
        found = window(self.operator, self.kind, self.operand, as_of, calendar)
        assert found is not None
        moved = Window(*(_later(day, self.days_before) for day in found))
        if not self.past:
            return moved
        true_to = date.max if as_of.day <= moved.true_to else moved.true_to
        false_before = date.max if as_of.day < moved.false_before else moved.false_before
        return moved._replace(true_to=true_to, false_before=false_before)

    @property
    def bounded(self) -> tuple[bool, bool]:
        """Whether it is false of what is too early, and of what is too late; a date that is past is never too late."""
        early, late = self.operator.name in EARLY, self.operator.name in LATE
        return not early, not (late or (self.past and self.operator.name == "within_last"))


def has_window(operator: Operator, kind: Kind, operand: object, calendar: WorkingDays | None) -> bool:
    """Whether a test is one of days, and so has a window."""
    return window(operator, kind, operand, SOME_DAY, calendar) is not None


@dataclass(slots=True)
class Days:
    """The bounds that a function uses, in the order in which it was given them."""

    calendar: WorkingDays | None
    timed: dict[Hashable, Timed] = field(default_factory=dict)
    places: dict[tuple[Hashable, str], int] = field(default_factory=dict)

    def place(self, timed: Timed, bound: str) -> int:
        """Where among the bounds of a day that of a test is: `true_from`, `true_to`, `false_before`, `false_after`."""
        key = timed.operator.name, *timed[1:]
        self.timed.setdefault(key, timed)
        return self.places.setdefault((key, bound), len(self.places))

    def on(self, as_of: AsOf) -> tuple[date, ...]:
        """The bounds of a day."""
        windows = {key: timed.window(as_of, self.calendar) for key, timed in self.timed.items()}
        return tuple(getattr(windows[key], bound) for key, bound in self.places)


def _later(day: date, days: int) -> date:
    """A bound so many days later; what is no bound stays none."""
    return day if day in (date.min, date.max) else day + timedelta(days=days)
