"""What cases are made with: something that picks one of several values. Seeded chance is fast and always the same."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

X = TypeVar("X")


class Dice(Protocol):
    """Picks one of several values; the first is the simplest."""

    def pick(self, values: Sequence[X]) -> X:
        """One of several values."""
        ...

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        ...


class Seeded:
    """Dice that fall the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def pick(self, values: Sequence[X]) -> X:
        """One of several values."""
        return values[self._random.randrange(len(values))]

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return self._random.randrange(100) < percent


def shuffled(dice: Dice, values: Sequence[X]) -> list[X]:
    """The same values in another order."""
    left, found = list(values), []
    while left:
        found.append(left.pop(dice.pick(range(len(left)))))
    return found
