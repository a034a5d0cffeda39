"""Working days: Monday to Friday without the bank holidays, which are known from a first day to a last.

A day at the weekend is no working day, whatever the year. Any other day before the first or after the last known day
may be a bank holiday or not, so a count that needs such a day has an earliest and a latest end.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from safeguard_rules.values.truth import F, T, Truth, U

_DAY = timedelta(days=1)
_FRIDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar that working days are counted by.

    `holidays` are the bank holidays on weekdays from `first` to `last`, both included: all of them, and no others.
    """

    first: date
    last: date
    holidays: frozenset[date]

    def is_working_day(self, day: date) -> Truth:
        """Return whether a day is a working day; `U` for a weekday on which the bank holidays are not known."""
        if is_weekend(day):
            return F
        if not self.first <= day <= self.last:
            return U
        return F if day in self.holidays else T

    def is_bank_holiday(self, day: date) -> bool | None:
        """Return whether a day is a bank holiday; `None` for a weekday on which they are not known."""
        return None if self.is_working_day(day) == U else not is_weekend(day) and day in self.holidays

    def earliest(self, day: date, amount: int) -> date:
        """Return the earliest day that can be so many working days after another, counted from the day after.

        Every weekday on which the bank holidays are not known counts. No working days after a day is that day.
        """
        while amount:
            day += _DAY
            amount -= self.is_working_day(day) != F
        return day

    def latest(self, day: date, amount: int) -> date | None:
        """Return the latest such day: no weekday on which the bank holidays are not known counts.

        `None` says that there is no bound, as the known days are not enough.
        """
        if amount and day < self.first:
            day = self.first - _DAY
        while amount:
            day += _DAY
            if day > self.last:
                return None
            amount -= self.is_working_day(day) == T
        return day

    def knows(self, day: date, amount: int) -> bool:
        """Return whether the day that lies so many working days after another is known."""
        return self.earliest(day, amount) == self.latest(day, amount)


def is_weekend(day: date) -> bool:
    """Return whether a day is a Saturday or a Sunday."""
    return day.isoweekday() > _FRIDAY
