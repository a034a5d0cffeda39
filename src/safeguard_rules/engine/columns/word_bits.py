"""Words as bits: one for each word of a fact, and one besides; those of a set together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from safeguard_rules.engine.columns.arrays import Array, Listed, chosen

FEW = 6
"""Sets of so many words are joined word by word."""


def end_of(held: Array) -> Any:
    """The last bit, which is that of no word: it says that a set holds no others."""
    return held.dtype.type(1 << held.dtype.itemsize * 8 - 1)


def bits_for(words: Sequence[str]) -> np.dtype[Any]:
    """The smallest type with a bit for each word, and one besides."""
    return next(np.dtype(f"u{size}") for size in (1, 2, 4, 8) if len(words) < size * 8)


def bit_table(values: Sequence[Any], words: Sequence[str]) -> Array:
    """For each value its bit among the words; none for what is no word."""
    place = {word: index for index, word in enumerate(words)}
    bits = [1 << place[value] if value in place else 0 for value in values]
    return np.array(bits, bits_for(words))


def joined_bits(sets: Listed, bits: Array) -> Array:
    """The bits of each set's words together."""
    found = np.zeros(len(sets.given), bits.dtype)
    counts = sets.counts
    longest = int(counts.max(initial=0))
    if not longest:
        return found
    if longest > FEW:
        filled = counts > 0
        found[filled] = np.bitwise_or.reduceat(bits, sets.offsets[:-1][filled])
        return found
    # A word that is read twice changes nothing: the last is read again in the place of those that are not there.
    at = sets.offsets[:-1].astype(np.intp)
    found = bits.take(at, mode="clip")
    for place in range(1, longest):
        at += counts > place
        found |= bits.take(at, mode="clip")
    return chosen(counts > 0, found, 0)
