"""What shapes are drawn with: Hypothesis, which shrinks what fails, or plain seeded chance, which is fast and even."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

X = TypeVar("X")
Draw = Callable[[st.SearchStrategy[Any]], Any]

PERCENT = st.integers(0, 99)


class Dice(Protocol):
    """Picks one of several values; the first is the simplest."""

    def pick(self, values: Sequence[X]) -> X:
        """One of several values."""
        ...

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        ...


class Drawn:
    """Dice of a Hypothesis test."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw

    def pick(self, values: Sequence[X]) -> X:
        """One of several values."""
        found: X = values[self._draw(st.integers(0, len(values) - 1))] if len(values) > 1 else values[0]
        return found

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return bool(self._draw(PERCENT) >= 100 - percent)


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
