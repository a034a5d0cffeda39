"""Texts that are not UTF-8, as other programs leave them in tables: their rows are told apart, and no batch dies.

Arrow looks at the bytes of a text only when it is asked to, and Python cannot hold what is no UTF-8. So columns are
looked over before anything is read from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.types as is_type

from safeguard_rules.engine.columns.arrays import fields, given, listed, values_of, whole
from safeguard_rules.engine.columns.keys import bounds
from safeguard_rules.engine.columns.schema import is_list, is_text

FEW = 64
"""So few texts are looked at one by one."""


class Readable(NamedTuple):
    """A batch in which every text can be read. Nothing is given in a row of `errors`, which say why it was not."""

    batch: pa.RecordBatch
    errors: dict[int, str]


def readable(batch: pa.RecordBatch) -> Readable:
    """A batch without the rows that hold a text which is not UTF-8; the rows that are left stand where they stood."""
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    if all(map(is_utf8, columns.values())):
        return Readable(batch, {})
    errors: dict[int, str] = {}
    for name, column in columns.items():
        errors = wrong_texts(column, name) | errors
    left = pa.array([None if row in errors else row for row in range(batch.num_rows)], pa.int64())
    taken = {name: _plain(column).take(left) for name, column in columns.items()}
    return Readable(pa.RecordBatch.from_pydict(taken), errors)


def is_utf8(array: pa.Array) -> bool:
    """Whether all texts in a column can be read, also those of its dictionaries and those that stand under a null.

    Texts are looked at and nothing around them: what Arrow itself writes of a struct that is null it calls not valid.
    Where nothing is given there is nothing to look at.
    """
    look = _LOOKS.get(array.type.id)
    return look is None or array.null_count == len(array) or look(array)


def wrong_texts(array: pa.Array, path: str) -> dict[int, str]:
    """For each row of a column that holds a text which is not UTF-8 what is wrong with it."""
    if is_type.is_dictionary(array.type):
        wrong, places, there = wrong_texts(array.dictionary, path), whole(array.indices), given(array.indices)
        return {int(row): wrong[int(places[row])] for row in np.flatnonzero(there) if int(places[row]) in wrong}
    if is_text(array.type):
        return {} if _is_readable(array) else dict(_wrong_in(array, path))
    found: dict[int, str] = {}
    if _is_list(array.type):
        rows = listed(array)
        owners = np.repeat(np.arange(len(array)), rows.counts)
        for place, says in wrong_texts(rows.values, f"{path}[]").items():
            found.setdefault(int(owners[place]), says)
    elif is_type.is_struct(array.type):
        for name, part in fields(array).items():
            found = (wrong_texts(part, f"{path}.{name}") if part is not None else {}) | found
    return found


def _is_list(type_: pa.DataType) -> bool:
    return is_list(type_) or bool(is_type.is_map(type_))


def _is_readable(texts: pa.Array) -> bool:
    return _is_ascii(texts) or _is_valid(texts)


def _is_ascii(texts: pa.Array) -> bool:
    """Whether all bytes of all texts together are ASCII, which is much quicker to see than what each text is."""
    if len(texts) < FEW or is_type.is_string_view(texts.type):
        return False
    ends = bounds(texts)
    begin, end = int(ends[0]), int(ends[-1])
    return begin == end or bool(np.frombuffer(texts.buffers()[2], np.int8, end - begin, begin).min() >= 0)


def _is_valid(texts: pa.Array) -> bool:
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _are_fields_utf8(structs: pa.Array) -> bool:
    return all(is_utf8(structs.field(place)) for place in range(structs.type.num_fields))


_TEXTS = (pa.string(), pa.large_string(), pa.string_view())
_LISTS = (
    *(kind(pa.string()) for kind in (pa.list_, pa.large_list, pa.list_view, pa.large_list_view)),
    pa.list_(pa.string(), 1),
    pa.map_(pa.string(), pa.string()),
)

_LOOKS: dict[int, Callable[[pa.Array], bool]] = {
    **{kind.id: _is_readable for kind in _TEXTS},
    **{kind.id: lambda lists: is_utf8(values_of(lists)) for kind in _LISTS},
    pa.struct([]).id: _are_fields_utf8,
    pa.dictionary(pa.int8(), pa.string()).id: lambda words: is_utf8(words.dictionary),
}
"""What looks over a column of each kind of type; in one of another kind there is no text."""


def _wrong_in(texts: pa.Array, path: str) -> Iterator[tuple[int, str]]:
    for place, written in enumerate(_as_bytes(texts).to_pylist()):
        try:
            (written or b"").decode("utf-8")
        except UnicodeDecodeError as error:
            yield place, f"`{path}`: expected text in UTF-8, got a byte that is none at position {error.start}"


def _as_bytes(texts: pa.Array) -> pa.Array:
    return texts.cast(pa.binary() if is_type.is_string(texts.type) else pa.large_binary())


def _plain(array: pa.Array) -> pa.Array:
    """A column with dictionaries as what they hold, and without views: of these Arrow can take rows, and no others."""
    if is_type.is_dictionary(array.type):
        return _plain(array.dictionary).take(array.indices)
    if is_text(array.type):
        return array if is_type.is_string(array.type) else array.cast(pa.large_string())
    nothing = pa.array(~given(array))
    if is_type.is_struct(array.type) and array.type.num_fields:
        parts = [_plain(part) for part in array.flatten()]
        return pa.StructArray.from_arrays(parts, [each.name for each in array.type], mask=nothing)
    if not _is_list(array.type):
        return array
    rows = listed(array)
    values, offsets = _plain(rows.values), pa.array(rows.offsets)
    if is_type.is_map(array.type):
        return pa.MapArray.from_arrays(offsets, values.field(0), values.field(1), mask=nothing)
    return pa.ListArray.from_arrays(offsets, values, mask=nothing)
