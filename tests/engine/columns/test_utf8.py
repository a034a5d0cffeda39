"""A text that is not UTF-8 is an error of its row alone, wherever it stands and in whatever type."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from safeguard_rules import Case
from safeguard_rules.engine.columns.caseload import Caseload, Codes
from safeguard_rules.engine.columns.rows import cases_to_batch, row_to_case, why
from safeguard_rules.engine.columns.utf8 import is_utf8, readable
from safeguard_rules.errors import CaseError
from tests.engine.columns.caseloads import bundled

LATIN = "Zoë".encode("latin-1")


def _listed(kind: Any, counts: list[int], values: pa.Array) -> pa.Array:
    """Values as a column of lists of some kind."""
    ends = [sum(counts[:place]) for place in range(len(counts) + 1)]
    width = pa.int64() if kind.__name__.startswith("Large") else pa.int32()
    if kind in (pa.ListArray, pa.LargeListArray):
        return kind.from_arrays(pa.array(ends, width), values)
    return kind.from_arrays(pa.array(ends[:-1], width), pa.array(counts, width), values)


def texts(values: list[bytes | None], type_: pa.DataType | None = None) -> pa.Array:
    """Bytes that are said to be texts, as programs write them that do not look."""
    plain = pa.array(values, pa.binary())
    return pa.Array.from_buffers(pa.string(), len(values), plain.buffers()).cast(type_ or pa.string())


def codes_of(batch: pa.RecordBatch) -> Codes:
    return Caseload(bundled(), "2026-03-02").codes(batch)


def assert_only(batch: pa.RecordBatch, row: int, path: str) -> None:
    """That one row alone is an error, in the same words on both paths, and that all others say what they say alone."""
    codes = codes_of(batch)
    says = f"`{path}`: expected text in UTF-8, got a byte that is none at position 2"
    assert codes.errors == {row: says}
    with pytest.raises(CaseError) as found:
        row_to_case(batch, row)
    assert why(found.value) == says
    table = codes.to_batch()
    for other in set(range(batch.num_rows)) - {row}:
        assert table.slice(other, 1).to_pylist() == codes_of(batch.slice(other, 1)).to_batch().to_pylist()
    assert set(table.slice(row, 1).to_pylist()[0].values()) == {says, None}


@pytest.mark.parametrize("type_", [pa.string(), pa.large_string(), pa.string_view(), "dictionary"])
def test_words_labels_and_dates(type_: Any) -> None:
    def column(values: list[bytes | None]) -> pa.Array:
        return texts(values).dictionary_encode() if type_ == "dictionary" else texts(values, type_)

    status = column([b"open", LATIN, None])
    assert_only(pa.record_batch({"status": status}), 1, "status")
    assert_only(pa.record_batch({"closed_on": column([LATIN, b"2026-03-02", None])}), 0, "closed_on")
    child = pa.StructArray.from_arrays([column([b"a", b"b", b"c"]), column([None, b"Zoe", LATIN])], ["id", "label"])
    assert_only(pa.record_batch({"child": child}), 2, "child.label")


@pytest.mark.parametrize("kind", [pa.ListArray, pa.LargeListArray, pa.ListViewArray, pa.LargeListViewArray])
@pytest.mark.parametrize("encoded", [False, True])
def test_records_and_sets(kind: Any, encoded: bool) -> None:
    ids, kinds = texts([b"i", b"j", LATIN]), texts([b"bruise", None, b"bruise"])
    records = pa.StructArray.from_arrays([ids, kinds.dictionary_encode() if encoded else kinds], ["id", "kind"])
    assert_only(pa.record_batch({"injuries": _listed(kind, [2, 1, 0], records)}), 1, "injuries[].id")
    sets = _listed(kind, [1, 1, 0], texts([b"neglect", LATIN]))
    assert_only(pa.record_batch({"vulnerabilities": sets}), 1, "vulnerabilities[]")


def test_evidence_as_a_map() -> None:
    known = pa.array([[{"basis": "recorded"}]] * 2)
    evidence = pa.MapArray.from_arrays(pa.array([0, 1, 2], pa.int32()), texts([b"case.status", LATIN]), known)
    batch = pa.record_batch({"status": ["open", "open"], "evidence": evidence})
    assert_only(batch, 1, "evidence[].key")


def test_bytes_under_a_null_are_no_text() -> None:
    child = pa.StructArray.from_arrays(
        [texts([b"a", LATIN]), pa.array(["born", "born"])], ["id", "stage"], mask=pa.array([False, True])
    )
    batch = pa.record_batch({"child": child})
    assert not is_utf8(batch.column("child"))
    assert codes_of(batch).errors == {}


def test_a_word_of_a_dictionary_that_no_row_has_is_no_error() -> None:
    status = pa.DictionaryArray.from_arrays(pa.array([0, 0], pa.int8()), texts([b"open", LATIN]))
    assert codes_of(pa.record_batch({"status": status})).errors == {}


def test_one_wrong_text_among_many() -> None:
    """So many that their bytes are looked at all together."""
    labels: list[bytes | None] = [b"kept", None, "Zoë".encode()] * 30
    ids = texts([b"row-%03d" % row for row in range(len(labels))])
    sound = pa.StructArray.from_arrays([ids, texts(labels)], ["id", "label"])
    assert is_utf8(sound)
    assert is_utf8(sound.slice(7, 70))
    labels[75] = LATIN
    child = pa.StructArray.from_arrays([ids, texts(labels)], ["id", "label"])
    assert is_utf8(child.slice(0, 75))
    assert not is_utf8(child.slice(5, 71))
    assert codes_of(pa.record_batch({"child": child})).errors.keys() == {75}


def test_bytes_of_a_column_in_which_nothing_is_given_are_not_looked_at() -> None:
    values = texts([LATIN, LATIN])
    nothing = pa.Array.from_buffers(pa.string(), 2, [pa.py_buffer(b"\0"), *values.buffers()[1:]])
    assert not is_utf8(values)
    assert is_utf8(nothing)
    assert codes_of(pa.record_batch({"status": nothing})).errors == {}


@pytest.mark.parametrize("places", [[], [None, None]])
def test_a_dictionary_of_which_nothing_is_given_is_not_read(places: list[None]) -> None:
    """A file's whole dictionary stands in each of its batches, also where all sets are empty."""
    words = pa.DictionaryArray.from_arrays(pa.array(places, pa.int8()), texts([b"neglect", LATIN]))
    sets = pa.ListArray.from_arrays(pa.array([0, 0, len(places)], pa.int32()), words)
    codes = codes_of(pa.record_batch({"vulnerabilities": sets}))
    assert set(codes.errors) == ({1} if places else set())


def test_a_batch_of_utf8_is_left_as_it_is() -> None:
    batch = pa.record_batch({"status": ["open", "Zoë", None]})
    assert readable(batch).batch is batch


def test_what_arrow_writes_of_a_record_that_is_null_is_left_as_it_is() -> None:
    """Under the null it writes places in dictionaries that hold nothing."""
    batch = cases_to_batch([Case(), Case(status="closed")])
    assert readable(batch).batch is batch


def test_a_wrong_text_beside_records_that_are_null() -> None:
    batch = cases_to_batch([Case(), Case()])
    place = batch.schema.get_field_index("status")
    assert_only(batch.set_column(place, "status", texts([b"open", LATIN])), 1, "status")
