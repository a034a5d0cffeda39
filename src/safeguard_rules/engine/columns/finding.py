"""Finding the record of a row's list that an id names, over whole columns."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safeguard_rules.case.shape import SINGULARS
from safeguard_rules.engine.columns.arrays import Array, Bools, Listed
from safeguard_rules.engine.columns.chunks import Chunk
from safeguard_rules.engine.columns.keys import as_text, differs, numbers


def by_owner(rows: Listed, records: Bools) -> Bools:
    """The owners of which any record is meant."""
    found = np.zeros(len(rows.given), bool)
    if records.any():
        found[np.searchsorted(rows.offsets, np.flatnonzero(records), side="right") - 1] = True
    return found


def named_in_row(chunk: Chunk, row: Array, texts: pa.Array) -> Bools:
    """Which ids are for certain that of the child of their row, or of a record of any of its lists."""
    found, keys = np.zeros(len(texts), bool), numbers(texts)
    children = chunk.part("child").fields("id")
    if children is not None:
        same = pc.equal(as_text(children).take(pa.array(row)).cast(texts.type), texts)
        found |= same.fill_null(False).to_numpy(zero_copy_only=False)
    for singular in SINGULARS.values():
        if chunk.part(singular).length and not found.all():
            record, certain = led_to(chunk, singular, row, texts, keys)
            found |= (record >= 0) & certain
    return found


def led_to(chunk: Chunk, singular: str, row: Array, texts: pa.Array, keys: Array | None = None) -> tuple[Array, Bools]:
    """For each id, the record of its row's list that has it, -1 for none; and where that is no chance likeness."""
    keys = numbers(texts) if keys is None else keys
    ids, rows = chunk.keys.of(singular, "id"), chunk.part(singular).rows
    assert rows is not None
    starts, counts = rows.offsets[:-1].take(row).astype(np.intp), rows.counts.take(row)
    led = np.full(len(keys), -1, np.intp)
    left = np.flatnonzero((keys != 0) & (counts > 0))
    place = 0
    while len(left):
        at = starts.take(left) + place
        same = ids.take(at) == keys.take(left)
        led[left[same]] = at[same]
        left = left[~same]
        place += 1
        left = left[counts.take(left) > place]
    certain = np.ones(len(keys), bool)
    found = np.flatnonzero(led >= 0)
    certain[found[differs(texts, found, chunk.keys.texts(singular, "id"), led[found])]] = False
    return led, certain
