"""Arrow arrays as numpy arrays, with the bits that say which of their values are there."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.types as is_type

Array: TypeAlias = npt.NDArray[Any]
Bools: TypeAlias = npt.NDArray[np.bool_]


class Listed(NamedTuple):
    """A list column: where each row's values begin (one more than there are rows), the values, which rows are given."""

    offsets: npt.NDArray[np.int64]
    values: pa.Array
    given: Bools


class Coded(NamedTuple):
    """A column of few different values: the place of each among the values, and which rows are given."""

    places: Array
    values: list[Any]
    given: Bools


def given(array: pa.Array) -> Bools:
    """Which values are there."""
    if is_type.is_null(array.type):
        return np.zeros(len(array), bool)
    if not array.null_count:
        return np.ones(len(array), bool)
    return _bits(array.buffers()[0], array.offset, len(array))


def flags(array: pa.Array) -> Bools:
    """The values of a boolean column, whatever where none is given."""
    if is_type.is_null(array.type) or not len(array):
        return np.zeros(len(array), bool)
    return _bits(array.buffers()[1], array.offset, len(array))


def whole(array: pa.Array, dtype: Any) -> Array:
    """The values of a column of whole numbers, days or moments; whatever where none is given."""
    if is_type.is_null(array.type) or not len(array):
        return np.zeros(len(array), dtype)
    buffer = array.buffers()[1]
    width = array.type.bit_width // 8
    kind = "u" if is_type.is_unsigned_integer(array.type) else "i"
    found = np.frombuffer(buffer, f"{kind}{width}", len(array), array.offset * width)
    return found.astype(dtype, copy=False)


def coded(array: pa.Array) -> Coded:
    """A column of words or texts; what is not dictionary-encoded is encoded here."""
    if is_type.is_null(array.type):
        return Coded(np.zeros(len(array), np.int8), [], np.zeros(len(array), bool))
    encoded = array if is_type.is_dictionary(array.type) else array.dictionary_encode()
    return Coded(whole(encoded.indices, np.intp), encoded.dictionary.to_pylist(), given(encoded.indices))


def looked_up(column: Coded, table: Array, otherwise: Any) -> Array:
    """What a table, with one entry per different value, says of each row; `otherwise` where none is given."""
    if not len(table):
        return np.full(len(column.places), otherwise, table.dtype)
    found = table.take(column.places, mode="clip")
    if not column.given.all():
        found[~column.given] = otherwise
    return found


def listed(array: pa.Array) -> Listed:
    """A list column, of whatever kind of list, null lists without values."""
    there = given(array)
    if is_type.is_null(array.type):
        return Listed(np.zeros(len(array) + 1, np.int64), pa.nulls(0), there)
    if not (is_type.is_list(array.type) or is_type.is_large_list(array.type) or is_type.is_map(array.type)):
        array = array.cast(pa.large_list(array.type.value_type))
    if not there.all():
        offsets = whole_offsets(array)
        if (np.diff(offsets)[~there] > 0).any():  # values may stand where no list is
            array = array.take(pa.array(np.arange(len(array))))
    offsets = whole_offsets(array)
    first = int(offsets[0])
    return Listed(offsets - first, array.values.slice(first, int(offsets[-1]) - first), there)


def whole_offsets(array: pa.Array) -> npt.NDArray[np.int64]:
    """Where the values of each list begin, and where the last ends."""
    if not len(array):
        return np.zeros(1, np.int64)
    found: npt.NDArray[np.int64] = array.offsets.to_numpy().astype(np.int64)
    return found


def field(array: pa.Array, name: str) -> pa.Array | None:
    """A field of a struct column, null where the struct is; None if there is no such field."""
    if is_type.is_null(array.type) or array.type.get_field_index(name) < 0:
        return None
    index = array.type.get_field_index(name)
    return array.flatten()[index] if array.null_count else array.field(index)


def _bits(buffer: Any, offset: int, length: int) -> Bools:
    if buffer is None:
        return np.ones(length, bool)
    first, last = offset // 8, (offset + length + 7) // 8
    unpacked = np.unpackbits(np.frombuffer(buffer, np.uint8, last - first, first), bitorder="little")
    return unpacked[offset % 8 : offset % 8 + length].view(bool)
