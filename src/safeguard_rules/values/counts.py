"""Counts that are known to lie in a range, and their comparisons."""

from dataclasses import dataclass

from safeguard_rules.values.truth import F, T, Truth, U, all_of, negate


@dataclass(frozen=True, slots=True)
class Range:
    """A whole number between `low` and `high` (both included); `None` means that there is no bound above.

    A comparison is definite only if the whole range agrees. A range that holds no number raises `ValueError`.
    """

    low: int
    high: int | None

    def __post_init__(self) -> None:
        if self.high is not None and self.high < self.low:
            raise ValueError(f"a range from {self.low} to {self.high} holds no number")

    def at_least(self, number: int) -> Truth:
        """Return whether the count is `number` or more."""
        if self.low >= number:
            return T
        return F if self.high is not None and self.high < number else U

    def more_than(self, number: int) -> Truth:
        """Return whether the count is greater than `number`."""
        return self.at_least(number + 1)

    def at_most(self, number: int) -> Truth:
        """Return whether the count is `number` or less."""
        return negate(self.more_than(number))

    def less_than(self, number: int) -> Truth:
        """Return whether the count is smaller than `number`."""
        return negate(self.at_least(number))

    def is_(self, number: int) -> Truth:
        """Return whether the count is exactly `number`."""
        return self.between(number, number)

    def is_not(self, number: int) -> Truth:
        """Return whether the count is any other than `number`."""
        return negate(self.is_(number))

    def between(self, low: int, high: int) -> Truth:
        """Return whether the count lies between `low` and `high`, both included."""
        return F if low > high else all_of((self.at_least(low), self.at_most(high)))
