"""How the records of many lists lie in one array, so that "some" and "every" are a few operations on whole arrays.

The first records of all rows lie side by side, then all the second ones, and so on, with room also where a row has
none: nearly all lists are short. What longer lists hold besides lies behind, first the longest lists, so that nothing
is wasted on them and each further record of theirs is a shorter stretch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from safeguard_rules.engine.columns.arrays import Array, Bools

Places = npt.NDArray[np.intp]

WORTH = 6
"""Records lie side by side up to the place that at least one list in so many reaches."""


MOST = 255
"""So many records can be counted in a byte."""


@dataclass(eq=False)
class Layout:
    """The records of a list, as seen from its owners: rows, or the records of another list.

    `counts` and `starts` say for each owner how many records it has and where among all records, which number `total`,
    its own begin. `left_out` may name for each owner one record, by its place among all, that is not to be seen.
    """

    counts: Array
    starts: Array
    total: int
    left_out: Places | None = None

    def __post_init__(self) -> None:
        self.owners = len(self.counts)
        self.counts = self.counts.astype(np.int32, copy=False)
        self.starts = self.starts.astype(np.int32, copy=False)
        longest = int(self.counts.max(initial=0))
        reached = np.cumsum(np.bincount(self.counts, minlength=longest + 1)[::-1])[::-1]  # owners with so many or more
        side_by_side = [k for k in range(1, longest + 1) if reached[k] * WORTH >= self.owners]
        self.width = max(side_by_side, default=1)
        self.padded = self.width * self.owners
        further = np.flatnonzero(self.counts > self.width)
        self.tail = further[np.argsort(-self.counts[further], kind="stable")].astype(np.intp)
        """The owners of the long lists, the longest first."""
        ends = [int(reached[k]) for k in range(self.width + 1, longest + 1)]
        self.stretches = ends
        self.owner_of_tail = np.concatenate([self.tail[:end] for end in ends]) if ends else np.zeros(0, np.intp)
        self.size = self.padded + len(self.owner_of_tail)
        self.source = self._source()
        """For each place the record that lies there, by its place among all; `total` where there is none."""

    def _source(self) -> Places:
        source = np.empty(self.size, np.intp)
        side = source[: self.padded].reshape(self.width, self.owners)
        for k in range(self.width):
            places = self.starts + np.int32(k - self.total)
            places *= self._room[k]
            places += np.int32(self.total)
            side[k] = places
        at = self.padded
        for k, end in enumerate(self.stretches, start=self.width):
            source[at : at + end] = self.starts[self.tail[:end]] + k
            at += end
        if self.left_out is not None:
            source[source == self.spread(self.left_out)] = self.total
        return source

    @cached_property
    def _room(self) -> Bools:
        """Which of the places side by side are taken: for each of them, whether each owner has so many records."""
        found = np.empty((self.width, self.owners), bool)
        for k in range(self.width):
            np.greater(self.counts, k, out=found[k])
        return found

    @cached_property
    def absent(self) -> Bools:
        """Where there is no record."""
        found: Bools
        if self.left_out is not None:
            found = self.source == self.total
            return found
        found = np.zeros(self.size, bool)
        np.logical_not(self._room, out=found[: self.padded].reshape(self.width, self.owners))
        return found

    @cached_property
    def present(self) -> Bools:
        """Where there is a record."""
        return ~self.absent

    @cached_property
    def owner(self) -> Places:
        """The owner of each place."""
        return self.spread(np.arange(self.owners, dtype=np.intp))

    @cached_property
    def place(self) -> Places:
        """Where each record lies; the last entry, for no record, is a place of no meaning."""
        found = np.zeros(self.total + 1, np.intp)
        found[self.source[self.present]] = np.flatnonzero(self.present)
        return found

    # --- to the records and back

    def lay(self, values: Array) -> Array:
        """The values of all records, and one more for where there is none, as they lie here."""
        return values.take(self.source, mode="wrap")  # which never wraps anything, and is the quickest

    def spread(self, values: Array) -> Array:
        """What is known of each owner, at each of its records."""
        found = np.empty(self.size, values.dtype)
        found[: self.padded].reshape(self.width, self.owners)[:] = values
        found[self.padded :] = values.take(self.owner_of_tail)
        return found

    def against(self, test: np.ufunc, values: Array, owned_by: Array) -> Bools:
        """A test of what is known of each record against what is known of its owner, which is not spread for it."""
        found = np.empty(self.size, bool)
        side_by_side = self.width, self.owners
        test(values[: self.padded].reshape(side_by_side), owned_by, out=found[: self.padded].reshape(side_by_side))
        if len(self.tail):
            test(values[self.padded :], owned_by.take(self.owner_of_tail), out=found[self.padded :])
        return found

    def any(self, truths: Bools) -> Bools:
        """Whether it is true of some place of each owner, also of those without a record."""
        return self._joined(truths, np.bitwise_or)

    def some(self, truths: Bools) -> Bools:
        """Whether it is true of some record of each owner."""
        return self._joined(truths & self.present, np.bitwise_or)

    def every(self, truths: Bools) -> Bools:
        """Whether it is true of every record of each owner."""
        return self._joined(truths | self.absent, np.bitwise_and)

    @cached_property
    def _sides(self) -> tuple[slice, ...]:
        """Where the first records of all owners lie, where the second, and so on."""
        return tuple(slice(k * self.owners, (k + 1) * self.owners) for k in range(self.width))

    def _joined(self, truths: Bools, joined: np.ufunc) -> Bools:
        """What the places of each owner come to together."""
        first, *others = (truths[side] for side in self._sides)
        found: Bools = joined(first, others[0]) if others else first.copy()
        for side in others[1:]:
            joined(found, side, out=found)
        if len(self.tail):
            found[self.tail] = joined(found[self.tail], self._over_tail(truths, joined))
        return found

    def count(self, truths: Bools) -> Array:
        """Of how many records of each owner it is true: in bytes, or in more where a list may be too long for them."""
        held = (truths & self.present).view(np.uint8)
        first, *others = (held[side] for side in self._sides)
        found = first + others[0] if others else first.copy()
        for side in others[1 : MOST - 1]:
            found += side
        if self.width <= MOST and not len(self.tail):
            return found
        counted = found.astype(np.int16)
        for side in others[MOST - 1 :]:
            counted += side
        if len(self.tail):
            tail = self.owner_of_tail[self.present[self.padded :] & truths[self.padded :]]
            counted += np.bincount(tail, minlength=self.owners).astype(np.int16)
        return counted

    @cached_property
    def lengths(self) -> Array:
        """How many records each owner has."""
        return self.count(self.present)

    def flat(self, values: Array) -> Array:
        """What lies here, in the order in which the records stand in their lists."""
        return values.take(self.place[:-1])

    def _over_tail(self, truths: Bools, joined: np.ufunc) -> Bools:
        at, first = self.padded, self.stretches[0]
        found = truths[at : at + first].copy()
        at += first
        for end in self.stretches[1:]:
            joined(found[:end], truths[at : at + end], out=found[:end])
            at += end
        return found


def of_rows(offsets: Array) -> Layout:
    """The records of each row's list."""
    return Layout(offsets[1:] - offsets[:-1], offsets[:-1], int(offsets[-1]))


def pairs(outer: Layout, inner: Layout, *, apart: bool = False) -> Layout:
    """For each record of one list those of another list of the same row; `apart` from itself, in the same list."""
    rows = outer.owner
    counts = np.where(outer.absent, 0, inner.counts[rows])
    return Layout(counts, inner.starts[rows], inner.total, outer.source if apart else None)


def places_in(pair: Layout, inner: Layout) -> Places:
    """Where each record of a pair lies in the list that it is of; a place of no meaning where there is no pair."""
    return inner.place.take(pair.source)
