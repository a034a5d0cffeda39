"""Cases to columns and back: nothing is lost, and what is no case says why in the words of a case file."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safeguard_rules import Case
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.engine.columns.rows import cases_to_batch, row_to_case, why
from safeguard_rules.engine.columns.schema import case_schema, check_schema
from safeguard_rules.errors import CallError, CaseError
from tests.engine.columns.caseloads import drawn_cases, example_cases, oracle_cases


def batch_of(**columns: Any) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def column_of(name: str, values: list[Any], type_: pa.DataType) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array(values, type=type_)], names=[name])


def assert_same(cases: tuple[Case, ...], batch: pa.RecordBatch) -> None:
    assert batch.num_rows == len(cases)
    for row, case in enumerate(cases):
        back = row_to_case(batch, row)
        assert back == case
        assert back.digest() == case.digest()


# --- round trips


def test_there_is_a_column_for_every_field_of_a_case() -> None:
    assert case_schema().names == list(CaseContents.model_fields)


def test_the_examples_come_back_as_they_were() -> None:
    cases = example_cases()
    assert len(cases) > 10
    assert_same(cases, cases_to_batch(cases))


def test_drawn_cases_come_back_as_they_were() -> None:
    cases = tuple(drawn_cases(150, "2026-03-31"))
    assert_same(cases, cases_to_batch(cases))


def test_the_cases_of_the_oracle_come_back_as_they_were() -> None:
    cases = tuple(oracle_cases(60))
    assert_same(cases, cases_to_batch(cases))


def test_cases_come_back_from_parquet_with_their_words_still_dictionary_encoded() -> None:
    cases = example_cases()
    file = io.BytesIO()
    pq.write_table(pa.Table.from_batches([cases_to_batch(cases)]), file)
    file.seek(0)
    table = pq.read_table(file)
    assert table.schema.field("injuries").type.value_type.field("kind").type == pa.dictionary(pa.int8(), pa.string())
    (batch,) = table.to_batches()
    assert_same(cases, batch)


@pytest.mark.parametrize(
    "when",
    ["2026", "2026-02", "2024-02-29", "2026-03-02T15:00Z", "2026-03-02T15:00:30Z", "2026-06-30T23:30:00.125+01:00"],
)
def test_a_date_comes_back_in_its_own_words(when: str) -> None:
    case = Case.model_validate({"child": {"id": "baby", "born_on": when}})
    batch = cases_to_batch([case])
    assert row_to_case(batch, 0) == case
    written = batch.column("child").to_pylist()[0]["born_on"]["written"]
    assert (written is None) == (when[-1] == "Z" or "T" not in when)


def test_no_rows_and_no_columns() -> None:
    assert cases_to_batch([]).schema == case_schema()
    no_columns = pa.RecordBatch.from_struct_array(pa.array([{}, {}], type=pa.struct([])))
    assert row_to_case(no_columns, 1) == Case()


# --- what is taken besides


def test_dates_may_be_text_days_or_moments() -> None:
    texts = column_of("closed_on", ["2026-03", None], pa.string())
    assert row_to_case(texts, 0) == Case.model_validate({"closed_on": "2026-03"})
    assert row_to_case(texts, 1) == Case()
    days = column_of("closed_on", [date(2026, 3, 2)], pa.date32())
    assert row_to_case(days, 0) == Case.model_validate({"closed_on": "2026-03-02"})
    moments = column_of("closed_on", [datetime(2026, 3, 2, 15, tzinfo=UTC)], pa.timestamp("ms", "UTC"))
    assert row_to_case(moments, 0) == Case.model_validate({"closed_on": "2026-03-02T15:00Z"})


def test_words_may_be_plain_text_and_extensions_a_struct() -> None:
    batch = batch_of(status=["open"], vulnerabilities=[["neglect", "poverty"]], extra=[{"parking": {"spaces": 2}}])
    expected = {"status": "open", "vulnerabilities": ["neglect", "poverty"], "extra": {"parking": {"spaces": 2}}}
    assert row_to_case(batch, 0) == Case.model_validate(expected)


def test_a_field_that_a_struct_has_not_is_unknown() -> None:
    batch = batch_of(injuries=[[{"id": "cheek"}]], child=[{"id": "baby"}])
    assert row_to_case(batch, 0) == Case.model_validate({"child": {"id": "baby"}, "injuries": [{"id": "cheek"}]})


def test_evidence_may_be_a_map() -> None:
    known = pa.list_(pa.struct([("basis", pa.string())]))
    batch = pa.RecordBatch.from_arrays(
        [
            pa.array(["open"]),
            pa.array([[("case.status", [{"basis": "recorded"}])]], type=pa.map_(pa.string(), known)),
        ],
        names=["status", "evidence"],
    )
    expected = {"status": "open", "evidence": {"case.status": [{"basis": "recorded"}]}}
    assert row_to_case(batch, 0) == Case.model_validate(expected)


# --- what is no case


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"status": ["opne"]}, "`opne` is not"),
        ({"closed_on": ["March"]}, "`March` is not a date"),
        ({"closed_on": pa.array([1_772_409_600], type=pa.timestamp("s"))}, "needs an offset"),
        ({"closed_on": [{"first": date(2026, 3, 2), "last": date(2026, 3, 5)}]}, "2026-03-02 to 2026-03-05"),
        ({"closed_on": [{"first": date(2026, 3, 2)}]}, "2026-03-02 to None"),
        ({"pregnancy": [{"booked_on": {"not_yet": True, "first": date(2026, 3, 2)}}]}, "not_yet"),
        ({"injuries": [[{"id": "cheek"}, {"id": "cheek"}]]}, "`cheek`"),
        ({"injuries": [[{"kind": "bruise"}]]}, "id"),
        ({"incomplete": [["injuries"]]}, "injuries"),
        ({"evidence": [[{"path": "child.age", "known": [{"basis": "recorded"}]}]]}, "child.age"),
    ],
)
def test_a_row_that_is_no_case_says_why(columns: dict[str, Any], says: str) -> None:
    with pytest.raises(CaseError) as raised:
        row_to_case(batch_of(**columns), 0)
    assert says in why(raised.value)
    assert "\n" not in why(raised.value)


def test_the_reason_is_that_of_a_case_file() -> None:
    tree = {"status": "opne", "injuries": [{"id": "cheek", "kind": "bruize"}]}
    with pytest.raises(CaseError) as in_file:
        Case.from_json(json.dumps(tree))
    with pytest.raises(CaseError) as in_row:
        row_to_case(pa.RecordBatch.from_pylist([tree]), 0)
    assert [each.message for each in in_row.value.issues] == [each.message for each in in_file.value.issues]


@pytest.mark.parametrize(
    "extra",
    ['{"parking": {"spaces": 1, "spaces": 2}}', '{"parking": {}, "parking": {}}', '{"parking": {"spaces": NaN}}', "{"],
)
def test_what_extensions_add_is_read_as_strictly_as_a_case_file(extra: str) -> None:
    with pytest.raises(CaseError) as in_file:
        Case.from_json(f'{{"extra": {extra}' + "}" * (extra != "{"))
    with pytest.raises(CaseError) as in_row:
        row_to_case(batch_of(extra=[extra]), 0)
    assert [each.code for each in in_row.value.issues] == [each.code for each in in_file.value.issues]


def test_a_row_that_there_is_not() -> None:
    with pytest.raises(IndexError, match="no row 1 in 1 rows"):
        row_to_case(batch_of(status=["open"]), 1)


@pytest.mark.parametrize(
    ("batch", "says"),
    [
        (batch_of(stats=["open"]), "a case has no `stats` (did you mean `status`?)"),
        (batch_of(injuries=[[{"id": "a", "colour": "blue"}]]), "a case has no `injuries[].colour`"),
        (batch_of(status=[1]), "`status` holds a word, and the column is of the type `int64`"),
        (batch_of(injuries=["cheek"]), "`injuries` holds a list, and the column is of the type `string`"),
        (batch_of(child=[{"birth_weight": 2.5}]), "`child.birth_weight` holds a whole number, and"),
    ],
)
def test_columns_that_are_none_of_a_case(batch: pa.RecordBatch, says: str) -> None:
    with pytest.raises(CallError) as raised:
        check_schema(batch.schema)
    assert says in str(raised.value)
