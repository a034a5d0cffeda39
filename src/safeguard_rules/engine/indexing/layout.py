"""Where the bits of shapes lie: in the cells of their rules, or so many steps away from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from safeguard_rules.engine.indexing.cells import Cells
from safeguard_rules.engine.indexing.formulas import ANY_TRUTH, Shape
from safeguard_rules.engine.indexing.masks import mask_of

MOST_STEPS = 6
"""So many ways from home to a bit in the cell of another rule are used at most: each takes time with every case."""

MOST_CELLS = 64
"""So many cells to each side are looked at for a free bit."""

_TO_CELLS = tuple(sign * cell for cell in range(2, 2 * MOST_CELLS, 2) for sign in (1, -1))


class Layout:
    """Which bit is whose: each rule has a cell, and what finds no room in it lies some steps away from there.

    Many bits lie the same number of steps away, so that they are brought home together. Where few rules have bits, the
    cells of the others are room enough; else they lie beyond all cells.
    """

    def __init__(self, width: int) -> None:
        self.cells = Cells(width)
        self._taken: set[int] = set()
        self._near: list[int] = []
        self._turned: list[int] = []
        self._longer: dict[int, list[int]] = {}
        self._turns = 0
        self._alternatives: tuple[tuple[int, int], ...] = ()

    def take(self, place: int) -> None:
        """Says that a bit is taken."""
        self._taken.add(place)

    def spare(self, home: int) -> int:
        """A bit that is free, as many steps from its home as others are; it is taken from now on."""
        found = next(place for place in self._places(home) if place not in self._taken)
        step = found - home
        if abs(step) < self.cells.bits and step not in self._near:
            self._near.append(step)
        self._taken.add(found)
        return found

    def _places(self, home: int) -> Iterator[int]:
        bits = self.cells.bits
        for steps in (self._near, _TO_CELLS if self._roomy() else ()):
            yield from (home + step for step in steps if 0 <= home + step < bits)
        yield from count(home + bits, bits)

    def _roomy(self) -> bool:
        """Whether another free cell may be looked for."""
        return len(self._near) < MOST_STEPS and 2 * len(self._taken) < self.cells.bits

    def lay(self, shapes: Iterable[tuple[int, Shape]]) -> Iterator[tuple[int, int, int]]:
        """Gives shapes with their homes the bits that they need: each with the atom and the truths that set it."""
        for home, shape in shapes:
            if shape.turned:
                self._turned.append(home)
            for atom, truths in shape.single:
                yield home, atom, truths
            for term in shape.longer:
                place = self.spare(home)
                self._longer.setdefault(place - home, []).append(home)
                for atom, truths in term:
                    yield place, atom, ANY_TRUTH ^ truths

    def settle(self) -> None:
        """Puts together what is the same for each case, once every shape is there."""
        self._turns = mask_of([self._turned])
        self._alternatives = tuple((step, mask_of([homes])) for step, homes in sorted(self._longer.items()))

    def decided(self, bits: int) -> int:
        """The shapes that hold, each at its home, from the bits of a board; bits that are no home say nothing."""
        found = bits
        for step, homes in self._alternatives:
            found |= (moved(bits, -step) & homes) ^ homes
        return found ^ self._turns


def moved(bits: int, steps: int) -> int:
    """The bits so many steps further."""
    return bits << steps if steps > 0 else bits >> -steps
