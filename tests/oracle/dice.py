"""Dice of a Hypothesis test: what fails shrinks. Plain seeded chance is in the testing kit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

X = TypeVar("X")
Draw = Callable[[st.SearchStrategy[Any]], Any]

PERCENT = st.integers(0, 99)


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
