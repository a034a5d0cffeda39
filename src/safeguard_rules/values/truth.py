"""Three-valued truth (Kleene): false, unknown and true as the whole numbers 0, 1 and 2."""

from collections.abc import Iterable
from typing import Final, TypeAlias

Truth: TypeAlias = int
"""One of `F`, `U` and `T`; their order is that of the numbers, so `all` is min and `any` is max."""

F: Final[Truth] = 0
U: Final[Truth] = 1
T: Final[Truth] = 2

NAMES: Final = ("false", "unknown", "true")
"""The word for each truth, at the place of its number."""


def negate(value: Truth) -> Truth:
    """Swap true and false; unknown stays unknown."""
    return T - value


def all_of(values: Iterable[Truth]) -> Truth:
    """Return the least of the values, `T` if there are none; every value is read."""
    return min(values, default=T)


def any_of(values: Iterable[Truth]) -> Truth:
    """Return the greatest of the values, `F` if there are none; every value is read."""
    return max(values, default=F)
