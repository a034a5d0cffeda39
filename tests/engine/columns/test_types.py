"""The same cases in other types of Arrow say the same: every kind of list, text and whole number that is taken."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from safeguard_rules.engine.columns.caseload import Caseload
from safeguard_rules.engine.columns.rows import row_to_case, why
from safeguard_rules.errors import CaseError
from tests.engine.columns.agreement import differences
from tests.engine.columns.caseloads import bundled

AS_OF = "2026-03-31"
WORDS = [["neglect", "poverty"], ["poverty", "no_support"], None]
INJURIES = [[{"id": "a", "kind": "bruise"}], [{"id": "b", "kind": "burn_or_scald"}], None]
CHILDREN: list[dict[str, Any] | None] = [
    {"id": "x", "stage": "born", "birth_weight": 2400},
    {"id": "y", "stage": "born"},
    None,
]


def assert_same(columns: dict[str, pa.Array]) -> None:
    batch = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    for part in (batch, batch.slice(1), batch.slice(1, 1)):
        cases = [row_to_case(part, row) for row in range(part.num_rows)]
        assert differences(bundled(), cases, AS_OF, part) == []


@pytest.mark.parametrize(
    "of",
    [
        pa.list_,
        pa.large_list,
        pa.list_view,
        pa.large_list_view,
        lambda type_: pa.list_(type_, 1 if pa.types.is_struct(type_) else 2),
    ],
)
@pytest.mark.parametrize("text", [pa.string(), pa.large_string(), pa.string_view()])
def test_lists_and_texts(of: Any, text: pa.DataType) -> None:
    injury = pa.struct([("id", text), ("kind", text)])
    assert_same(
        {
            "vulnerabilities": pa.array(WORDS, type=of(text)),
            "injuries": pa.array(INJURIES, type=of(injury)),
            "child": pa.array(CHILDREN),
        }
    )


@pytest.mark.parametrize(
    "text", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_what_something_done_is_about(text: pa.DataType) -> None:
    """Of some types of text Arrow itself cannot take rows."""
    done = pa.struct([("action", pa.string()), ("about", text)])
    about = [[{"action": "tiny:act", "about": each}] for each in ("baby", "mark", None)]
    child = pa.array([{"id": "baby", "stage": "born"}] * 3, pa.struct([("id", text), ("stage", pa.string())]))
    injuries = pa.array([[{"id": "mark"}]] * 3)
    assert_same({"done": pa.array(about, pa.list_(done)), "child": child, "injuries": injuries})


@pytest.mark.parametrize("number", [pa.uint8(), pa.int16(), pa.uint32(), pa.int64()])
def test_whole_numbers(number: pa.DataType) -> None:
    child = pa.struct([("id", pa.string()), ("stage", pa.string()), ("birth_weight", number)])
    grams = [{**each, "birth_weight": 240} if each and "birth_weight" in each else each for each in CHILDREN]
    assert_same({"child": pa.array(grams, type=child)})


@pytest.mark.parametrize("indices", [pa.int8(), pa.uint16(), pa.int32()])
def test_dictionaries(indices: pa.DataType) -> None:
    status = pa.array(["open", None, "closed"]).dictionary_encode().cast(pa.dictionary(indices, pa.string()))
    closed = pa.array(["2026-03", "2026-03-02T10:00+01:00", None]).dictionary_encode()
    assert_same({"status": status, "closed_on": closed})


def test_values_under_a_null_are_no_values() -> None:
    values = pa.array([{"id": "a"}, {"id": "b"}, {"id": "c"}])
    lists = pa.ListArray.from_arrays(pa.array([0, 1, 2, 3], pa.int32()), values, mask=pa.array([False, True, False]))
    assert lists.to_pylist() == [[{"id": "a"}], None, [{"id": "c"}]]
    assert_same({"injuries": lists})
    struct = pa.StructArray.from_arrays(
        [pa.array(["x", "y"]), pa.array(["born", "born"])], names=["id", "stage"], mask=pa.array([False, True])
    )
    assert_same({"child": struct})


def test_views_that_overlap_and_go_backwards() -> None:
    injuries = pa.array([{"id": "a", "kind": "bruise"}, {"id": "b"}, {"id": "c", "kind": "burn_or_scald"}])
    views = pa.ListViewArray.from_arrays(pa.array([1, 0, 1]), pa.array([2, 3, 1]), injuries)
    assert_same({"injuries": views, "child": pa.array(CHILDREN)})


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_moments_in_every_unit(unit: str) -> None:
    seconds = [1_772_409_600, 1_774_747_800, 1_774_747_799, -2_208_988_800, None]
    scale = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    values = pa.array([None if each is None else each * scale for each in seconds], pa.timestamp(unit, "UTC"))
    assert_same({"closed_on": values})
    days = pa.array([20_514, None, -25_567, 0, 83_000])
    assert_same({"closed_on": days.cast(pa.int32()).cast(pa.date32()).cast(pa.date64())})


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (pa.timestamp("ns", "UTC"), 1_772_409_600_000_000_001),
        (pa.timestamp("ns", "UTC"), 2**62),
        (pa.timestamp("us", "UTC"), -(2**62)),
        (pa.timestamp("ms", "UTC"), 2**62),
        (pa.timestamp("s", "UTC"), 2**62),
        (pa.timestamp("s", "UTC"), 2**58 + 1_772_409_600),  # as microseconds it would be the second of March
        (pa.date64(), 2**62),
        (pa.date64(), -(2**62)),
    ],
)
def test_what_is_no_date_of_a_case_is_an_error_of_its_row(type_: pa.DataType, value: int) -> None:
    column = pa.array([None, value, 0], pa.int64()).view(type_)
    structs = pa.StructArray.from_arrays([pa.array(["a", "b", "c"]), column], ["id", "born_on"])
    days = pa.array([None, 20_514, 0], pa.int32()).cast(pa.date32())
    name = "instant" if pa.types.is_timestamp(type_) else "last"
    parts = {"first": days, "last": days} | {name: column}
    batches = [
        pa.record_batch({"closed_on": column}),
        pa.record_batch({"child": structs}),
        pa.record_batch({"closed_on": pa.StructArray.from_arrays(list(parts.values()), list(parts))}),
    ]
    done = pa.StructArray.from_arrays([pa.array(["a"]), column.slice(1, 1)], ["action", "done_on"])
    batches.append(pa.record_batch({"done": pa.ListArray.from_arrays(pa.array([0, 0, 1, 1], pa.int32()), done)}))
    for batch in batches:
        codes = Caseload(bundled(), AS_OF).codes(batch)
        assert list(codes.errors) == [1]
        with pytest.raises(CaseError) as found:
            row_to_case(batch, 1)
        assert codes.errors[1] == why(found.value)
