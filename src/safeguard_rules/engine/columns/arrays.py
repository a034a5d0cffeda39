"""Arrow arrays as numpy arrays, with the bits that say which of their values are there."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as is_type

Array: TypeAlias = npt.NDArray[Any]
Bools: TypeAlias = npt.NDArray[np.bool_]


Offsets: TypeAlias = npt.NDArray[np.int32]


class Listed(NamedTuple):
    """A list column: where each row's values begin (one more than there are rows), the values, which rows are given.

    `counts` says how many values each row has.
    """

    offsets: Offsets
    values: pa.Array
    given: Bools
    counts: Offsets


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


def whole(array: pa.Array, dtype: Any = None) -> Array:
    """The values of a column of whole numbers, days or moments; whatever where none is given."""
    if is_type.is_null(array.type) or not len(array):
        return np.zeros(len(array), dtype or np.int8)
    buffer = array.buffers()[1]
    width = array.type.bit_width // 8
    kind = "u" if is_type.is_unsigned_integer(array.type) else "i"
    found = np.frombuffer(buffer, f"{kind}{width}", len(array), array.offset * width)
    return found if dtype is None else found.astype(dtype, copy=False)


def coded(array: pa.Array) -> Coded:
    """A column of words or texts; what is not dictionary-encoded is encoded here.

    Where nothing is given the words of its dictionary are not read: nobody has looked whether they can be.
    """
    if array.null_count == len(array):
        return Coded(np.zeros(len(array), np.int8), [], np.zeros(len(array), bool))
    encoded = array if is_type.is_dictionary(array.type) else array.dictionary_encode()
    return Coded(whole(encoded.indices), encoded.dictionary.to_pylist(), given(encoded.indices))


def looked_up(column: Coded, table: Array, otherwise: Any) -> Array:
    """What a table, with one entry per different value, says of each row; `otherwise` where none is given."""
    if not len(table):
        return np.full(len(column.places), otherwise, table.dtype)
    return chosen(column.given, table.take(column.places, mode="clip"), otherwise)


def chosen(given: Bools, values: Array, otherwise: Any) -> Array:
    """The values where they are given, else another value; by counting, which is quicker than choosing."""
    if given.all():
        return values
    kind = values.dtype
    if kind.kind not in "iub":
        return np.where(given, values, np.array(otherwise, kind))
    if kind.kind == "b":
        found: Array = (values & given) | ~given if otherwise else values & given
        return found
    kept: Array = values * given
    return kept + ~given * kind.type(otherwise) if otherwise else kept


def listed(array: pa.Array) -> Listed:
    """A list column, of whatever kind of list, null lists without values."""
    there = given(array)
    if is_type.is_null(array.type):
        none = np.zeros(len(array) + 1, np.int32)
        return Listed(none, pa.nulls(0), there, none[1:])
    if not _has_offsets(array.type):
        return _in_order(array, pc.list_value_length(array).fill_null(0).to_numpy(zero_copy_only=False), there)
    offsets = whole_offsets(array)
    counts = offsets[1:] - offsets[:-1]
    if array.null_count and counts[~there].any():  # values may stand where no list is
        return _in_order(array, counts * there, there)
    first = int(offsets[0])
    own = (offsets - first if first else offsets).astype(np.int32, copy=False)
    return Listed(own, array.values.slice(first, int(offsets[-1]) - first), there, counts.astype(np.int32, copy=False))


def _in_order(array: pa.Array, counts: Array, there: Bools) -> Listed:
    """A list column whose values do not lie one after the other."""
    offsets = np.append(0, np.cumsum(counts)).astype(np.int32)
    return Listed(offsets, array.flatten(), there, offsets[1:] - offsets[:-1])


def values_of(array: pa.Array) -> pa.Array:
    """All values of a list column, also those that stand where no list is."""
    if not _has_offsets(array.type):
        return array.flatten()
    offsets = whole_offsets(array)
    first = int(offsets[0])
    return array.values.slice(first, int(offsets[-1]) - first)


def _has_offsets(given: pa.DataType) -> bool:
    return bool(is_type.is_list(given) or is_type.is_large_list(given) or is_type.is_map(given))


def whole_offsets(array: pa.Array) -> Array:
    """Where the values of each list begin, and where the last ends."""
    if not len(array):
        return np.zeros(1, np.int32)
    found: Array = array.offsets.to_numpy()
    return found


def fields(array: pa.Array) -> dict[str, pa.Array | None]:
    """The fields of a struct column, null where the struct is; None for one in which nothing is given."""
    if is_type.is_null(array.type):
        return {}
    parts = array.flatten() if array.null_count else [array.field(place) for place in range(array.type.num_fields)]
    return {declared.name: or_none(part) for declared, part in zip(array.type, parts, strict=True)}


def or_none(array: pa.Array) -> pa.Array | None:
    """A column, or None where nothing is given in it: then it is as one that is not there."""
    return None if array.null_count == len(array) else array


def _bits(buffer: Any, offset: int, length: int) -> Bools:
    if buffer is None:
        return np.ones(length, bool)
    first, last = offset // 8, (offset + length + 7) // 8
    unpacked = np.unpackbits(np.frombuffer(buffer, np.uint8, last - first, first), bitorder="little")
    return unpacked[offset % 8 : offset % 8 + length].view(bool)
