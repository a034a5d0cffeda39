"""The same cases in other types of Arrow say the same: every kind of list, text and whole number that is taken."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from safeguard_rules.engine.columns.rows import row_to_case
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
