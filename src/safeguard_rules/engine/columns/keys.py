"""Ids and references as whole numbers, of which two are equal where their texts are; 0 is none.

Numbers of long texts could be equal by chance. A row in which a reference would lead to a record by such a chance is
doubted, and so is one in which two ids of a list have the same number, so that no rule ever sees it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as is_type

from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.engine.columns.arrays import Array, given

LIST_NAMES = {singular: name for name, singular in SINGULARS.items()}
"""The name of each list by the singular of its entries."""

WORD = 8
_SPREAD = 0x9E3779B97F4A7C15
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(WORD + 1)], np.uint64)


class Parts(Protocol):
    """What is needed of a chunk: its parts, and its sets as lists."""

    def part(self, owner: str) -> Any:
        """A part of the cases."""

    def bring(self, leaf: Any) -> Any:
        """A set of a part, as a list column."""


class Keys:
    """The ids and references of a chunk, by the owner and the name of the fact; those of sets one after the other."""

    def __init__(self, chunk: Parts) -> None:
        self._chunk = chunk
        self._texts: dict[tuple[str, str], pa.Array] = {}
        self._found: dict[tuple[str, str], Array] = {}

    def of(self, owner: str, name: str) -> Array:
        """The numbers of a column."""
        key = owner, name
        if key not in self._found:
            self._found[key] = numbers(self.texts(owner, name))
        return self._found[key]

    def texts(self, owner: str, name: str) -> pa.Array:
        """The texts themselves."""
        key = owner, name
        if key not in self._texts:
            part, of_list = self._chunk.part(owner), PARTS[LIST_NAMES[owner]]
            column = part.listed(name).values if name in of_list.sets else part.fields(name)
            self._texts[key] = pa.nulls(part.length, pa.string()) if column is None else as_text(column)
        return self._texts[key]


def as_text(array: pa.Array) -> pa.Array:
    """A column of texts with offsets and bytes, whatever it was."""
    plain = is_type.is_string(array.type) or is_type.is_large_string(array.type)
    return array if plain else array.cast(pa.large_string())


def bounds(array: pa.Array) -> Array:
    """Where the text of each entry begins, and where the last ends."""
    dtype = np.dtype(np.int32 if is_type.is_string(array.type) else np.int64)
    if not len(array):
        return np.zeros(1, dtype)
    found: Array = np.frombuffer(array.buffers()[1], dtype, len(array) + 1, array.offset * dtype.itemsize)
    return found


def numbers(array: pa.Array) -> Array:
    """A number for each text: the same for the same, 0 for none, and hardly ever the same for two.

    Texts of up to eight bytes are their own numbers.
    """
    ends, there = bounds(array), given(array)
    lengths = (ends[1:] - ends[:-1]) * there
    longest = int(lengths.max(initial=0))
    found, weight = np.zeros(len(array), np.uint64), 1
    for word in words(array, ends, lengths, longest):
        found += word * np.uint64(weight)
        weight = weight * _SPREAD % 2**64
    return (found * there).view(np.int64)


def endings(array: pa.Array) -> Array:
    """A number for how each text ends: another one only where two texts are not the same."""
    ends, there = bounds(array), given(array)
    lengths = (ends[1:] - ends[:-1]) * there
    shortest, longest = int(lengths.min()) if len(array) else 0, int(lengths.max(initial=0))
    if shortest == longest >= WORD:  # one text after the other
        last = int(ends[1]) - WORD
        return np.ndarray(len(array), "<u8", array.buffers()[2], last, strides=(longest,)).copy()
    held, begin = _bytes(array, ends, WORD)
    windows = _windows(held)
    if shortest >= WORD:
        found: Array = windows[ends[1:].astype(np.intp) - begin]
        return found
    short = np.clip(lengths, 0, WORD).astype(np.uint64)
    found = windows[(ends[:-1] + lengths).astype(np.intp) - begin]
    shifted: Array = (found >> ((np.uint64(WORD) - short) * np.uint64(8) % np.uint64(64))) * (short > 0)
    return shifted


def _bytes(array: pa.Array, ends: Array, before: int) -> tuple[Array, int]:
    """The bytes of the texts, with some nothings before and behind them; and where the texts begin."""
    begin, end = int(ends[0]), int(ends[-1])
    held = np.zeros(before + end - begin + 2 * WORD, np.uint8)
    if end > begin:
        held[before : before + end - begin] = np.frombuffer(array.buffers()[2], np.uint8, end - begin, begin)
    return held, begin


def _windows(held: Array) -> Array:
    """Eight bytes from each byte on, as a number."""
    return np.ndarray(len(held) - WORD, "<u8", held, strides=(1,))


def words(array: pa.Array, ends: Array, lengths: Array, longest: int) -> Iterator[Array]:
    """The texts in pieces of eight bytes, each a number; texts that are shorter go on with nothing."""
    held, begin = _bytes(array, ends, 0)
    windows = _windows(held)
    starts = ends[:-1].astype(np.intp) - begin
    for at in range(0, longest, WORD):
        left = lengths - at
        starts = np.minimum(starts, len(windows) - 1 - at)  # where nothing is left, whatever stands there
        if len(left) and int(left.min()) >= WORD:
            yield windows[starts + at]
        else:
            yield windows[starts + at] & _MASKS.take(np.clip(left, 0, WORD))


def differs(array: pa.Array, places: Array, other: pa.Array, others: Array) -> Array:
    """Where a text at a place is not that of another column at another place."""
    one, two = array.take(pa.array(places)), other.take(pa.array(others))
    if one.type != two.type:
        one, two = one.cast(pa.large_string()), two.cast(pa.large_string())
    found: Array = pc.not_equal(one, two).fill_null(False).to_numpy(zero_copy_only=False)
    return found
