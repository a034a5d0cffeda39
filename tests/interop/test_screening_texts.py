"""Texts that are not UTF-8 in a screening: an error of their row, and no batch dies; a kept column is one error."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pyarrow as pa
import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.engine.columns.rows import MOST_TOLD, row_to_case
from safeguard_rules.errors import CallError, CaseError
from safeguard_rules.interop import screening as module
from safeguard_rules.interop.choice import PackChoice
from safeguard_rules.interop.screening import Screening
from safeguard_rules.source import Issue, Text
from tests.interop.tables import DAY

NO_UTF8 = "expected text in UTF-8, got a byte that is none at position"
INJURIES: list[list[dict[str, Any]]] = [[{"id": "cheek", "kind": "bruise"}], [], [{"id": "arm", "kind": "bruise"}]]


def texts(*values: str, type_: pa.DataType | None = None) -> pa.Array:
    """Texts as a program writes them that says nothing of its encoding, which is Latin-1."""
    plain = pa.array([value.encode("latin-1") for value in values], pa.binary())
    return pa.Array.from_buffers(pa.string(), len(values), plain.buffers()).cast(type_ or pa.string())


def children() -> pa.Array:
    moved = pa.array([[]] * 3, pa.list_(pa.string()))
    return pa.StructArray.from_arrays(
        [pa.array(["a", "b", "c"]), texts("born", "born", "born"), texts("Zoe", "Zoë", "Joe"), moved],
        ["id", "stage", "label", "movements"],
    )


@pytest.mark.parametrize("since", [None, PackChoice(None, "wiltshire")])
def test_a_label_in_another_encoding_is_an_error_of_its_row(since: PackChoice | None) -> None:
    screening = Screening(DAY, since=since, evaluations=since is None)
    batch = pa.record_batch({"child": children(), "injuries": pa.array(INJURIES)})
    rows = screening(batch).to_pylist()
    assert [row["error"] for row in rows] == [None, f"`child.label`: {NO_UTF8} 2", None]
    assert [row["child_id"] for row in rows] == ["a", None, "c"]
    for place in (0, 2):
        assert rows[place] == screening(batch.slice(place, 1)).to_pylist()[0]


@pytest.mark.parametrize("type_", [pa.string(), pa.large_string(), pa.string_view(), None])
def test_a_case_as_json_in_another_encoding_is_an_error_of_its_row(type_: pa.DataType | None) -> None:
    column = texts('{"child": {"id": "a"}}', '{"child": {"id": "b", "label": "Zoë"}}', "", type_=type_)
    batch = pa.record_batch({"case_json": column if type_ is not None else column.dictionary_encode()})
    rows = Screening(DAY)(batch).to_pylist()
    assert rows[0]["child_id"] == "a"
    assert [row["error"] for row in rows] == [None, f"{NO_UTF8} 34", "expected a case as JSON, got nothing"]


def test_a_column_to_keep_in_another_encoding_is_one_error_with_its_name() -> None:
    screening = Screening(DAY, keep=[pa.field("town", pa.string())])
    batch = pa.record_batch({"status": ["open", "open"], "town": texts("Bath", "Köln")})
    with pytest.raises(CallError) as found:
        screening(batch)
    assert str(found.value) == f"a column to keep cannot be read, row 1 of the batch: `town`: {NO_UTF8} 1"


def test_a_column_to_keep_that_is_not_of_its_type_is_one_error_with_its_name() -> None:
    screening = Screening(DAY, keep=[pa.field("number", pa.int32())])
    with pytest.raises(CallError, match="the column `number` to keep is not of the type `int32`"):
        screening(pa.record_batch({"status": ["open"], "number": [2**40]}))


def test_what_only_the_path_of_one_case_refuses_is_an_error_of_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    made = row_to_case

    def refusing(batch: pa.RecordBatch, row: int) -> Case:
        case = made(batch, row)
        if case.child is not None and case.child.id == "c":
            raise CaseError([Issue(Text("row", "").whole(), "row-not-readable", "no case at all")])
        return case

    batch = pa.record_batch({"child": children(), "injuries": pa.array(INJURIES)}).take([0, 2])
    screening = Screening(DAY, evaluations=True)
    expected = screening(batch).to_pylist()[0]
    monkeypatch.setattr(module, "row_to_case", refusing)
    rows = screening(batch).to_pylist()
    assert rows[0] == expected
    assert rows[1] == {**dict.fromkeys(expected), "error": "no case at all"}


HALF = "half of a character pair stands alone (write the character itself)"


@pytest.mark.parametrize(
    ("case", "starts"),
    [
        (r'{"child": {"id": "\ud800"}}', f"`child.id`: {HALF}; `child.id`: `\\ud800` cannot be an id"),
        (r'{"child": {"id": "a", "stage": "\ud800"}}', f"`child.stage`: {HALF}; `child.stage`: `\\ud800` is not"),
        (r'{"child": {"id": "a", "born_on": "\udfff"}}', f"`child.born_on`: {HALF}; `child.born_on`: `\\udfff` is"),
        (r'{"\ud800": 1}', f"`\\ud800`: {HALF}; `\\ud800`: unknown key"),
    ],
)
@pytest.mark.parametrize("since", [None, PackChoice(None, "wiltshire")])
def test_half_of_a_character_pair_is_an_error_of_its_row(case: str, starts: str, since: PackChoice | None) -> None:
    rows = Screening(DAY, since=since)(pa.record_batch({"case_json": [case, '{"child": {"id": "b"}}']})).to_pylist()
    assert rows[0]["error"].startswith(starts)
    assert [row["child_id"] for row in rows] == [None, "b"]


def test_each_complaint_about_a_row_says_where_it_stands() -> None:
    people = '[{"id": "ann", "identified": "yes"}, {"identified": "yes"}]'
    case = '{"child": {"id": "a", "disabled": "no"}, "people": ' + people + "}"
    (row,) = Screening(DAY)(pa.record_batch({"case_json": [case]})).to_pylist()
    yes = "expected `true` or `false`, got `yes` (write true or false)"
    assert row["error"].split("; ") == [
        "`child.disabled`: expected `true` or `false`, got `no` (write true or false)",
        f"`people[ann].identified`: {yes}",
        "`people[#2]`: the key `id` is missing here",
        f"`people[#2].identified`: {yes}",
    ]


def test_many_complaints_about_one_row_are_counted() -> None:
    people = ", ".join(f'{{"id": "p{n}", "identified": "yes"}}' for n in range(MOST_TOLD + 7))
    (row,) = Screening(DAY)(pa.record_batch({"case_json": [f'{{"people": [{people}]}}']})).to_pylist()
    told = row["error"].split("; ")
    assert told[0].startswith("`people[p0].identified`")
    assert (len(told), told[-1]) == (MOST_TOLD + 1, "and 7 more")


def test_a_case_that_is_too_large_is_an_error_of_its_row() -> None:
    case = '{"child": {"id": "a", "label": "' + "x" * 1_000_000 + '"}}'
    (row,) = Screening(DAY)(pa.record_batch({"case_json": [case]})).to_pylist()
    assert row["error"] == "the case is larger than 1,000,000 bytes"


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ('{"people": [{"id": "x", "sex": "female"}], "child": {"id": "a"}, "child": {"id": "b"}}', "the key `child`"),
        ('{"child": {"id": "a", "birth_weight": NaN}}', "`NaN`"),
        ('{"child": {"id": "a", "\\nx`y": 1}}', "`child. x'y`: unknown key"),
    ],
)
def test_what_has_no_path_is_told_without_one_and_a_path_is_on_one_line(case: str, says: str) -> None:
    (row,) = Screening(DAY)(pa.record_batch({"case_json": [case]})).to_pylist()
    assert row["error"].startswith(says), row["error"]
    assert "\n" not in row["error"]


def test_the_paths_of_a_row_with_long_names_take_little_memory() -> None:
    keys = ", ".join(f'"k{n}": 1' for n in range(3_000))
    case = '{"people": [{"id": "' + "x" * 50_000 + '", ' + keys + "}]}"
    tracemalloc.start()
    try:
        (row,) = Screening(DAY)(pa.record_batch({"case_json": [case]})).to_pylist()
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
    assert len(row["error"]) < 10_000
