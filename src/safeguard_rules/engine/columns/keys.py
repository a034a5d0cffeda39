"""Ids and references as whole numbers: two are equal if and only if their texts are; 0 is none.

Short texts are their own numbers; where any is longer than eight bytes, all of a chunk are numbered together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.types as is_type

from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.engine.columns.arrays import Array, given

SHORT = 8


class Parts(Protocol):
    """What is needed of a chunk: its parts, and its sets as lists."""

    def part(self, owner: str) -> Any:
        """A part of the cases."""

    def bring(self, leaf: Any) -> Any:
        """A set of a part, as a list column."""


class Keys:
    """The ids and references of a chunk, by the owner and the name of the fact; those of sets one after the other."""

    def __init__(self, chunk: Parts) -> None:
        self._texts = dict(_columns(chunk))
        self._found: dict[tuple[str, str], Array] = {}
        self._short = all(_longest(text) <= SHORT for text in self._texts.values())
        if not self._short:
            self._number()

    def of(self, owner: str, name: str) -> Array:
        """The numbers of a column."""
        key = owner, name
        if key not in self._found:
            self._found[key] = _packed(self._texts[key])
        return self._found[key]

    def texts(self, owner: str, name: str) -> pa.Array:
        """The texts themselves."""
        return self._texts[owner, name]

    def _number(self) -> None:
        numbered = pa.concat_arrays(list(self._texts.values())).dictionary_encode()
        numbers = numbered.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
        behind = 0
        for key, text in self._texts.items():
            self._found[key] = numbers[behind : behind + len(text)]
            behind += len(text)


def _columns(chunk: Parts) -> Iterator[tuple[tuple[str, str], pa.Array]]:
    for name, singular in SINGULARS.items():
        part = chunk.part(singular)
        yield (singular, "id"), _text(part.fields("id"), part.length)
        for fact in PARTS[name].references:
            if fact in PARTS[name].sets:
                yield (singular, fact), _text(chunk.bring(("set", singular, fact)).values, None)
            else:
                yield (singular, fact), _text(part.fields(fact), part.length)


def _text(array: pa.Array | None, length: int | None) -> pa.Array:
    if array is None or is_type.is_null(array.type):
        return pa.nulls(len(array) if array is not None else length, pa.large_string())
    return array.cast(pa.large_string())


def bounds(array: pa.Array) -> Array:
    """Where the text of each entry begins, and where the last ends."""
    if not len(array):
        return np.zeros(1, np.int64)
    found: Array = np.frombuffer(array.buffers()[1], np.int64, len(array) + 1, array.offset * 8)
    return found


def _longest(array: pa.Array) -> int:
    lengths = np.diff(bounds(array)) * given(array)
    return int(lengths.max(initial=0))


def _packed(array: pa.Array) -> Array:
    """Texts of at most eight bytes as the number that these bytes are."""
    ends, there = bounds(array), given(array)
    if not there.any():
        return np.zeros(len(array), np.int64)
    starts, lengths = ends[:-1], np.where(there, np.diff(ends), 0)
    text = np.frombuffer(array.buffers()[2], np.uint8)
    held = np.zeros(len(text) + SHORT, np.uint8)
    held[: len(text)] = text
    windows = np.ndarray(len(text) + 1, "<u8", held, strides=(1,))
    masks = np.array([(1 << 8 * size) - 1 for size in range(SHORT + 1)], np.uint64)
    return (windows.take(starts) & masks.take(lengths)).view(np.int64)
