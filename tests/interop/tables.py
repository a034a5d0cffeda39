"""Tables of cases for the tests of screening: those of the columns' tests, and rows that are no valid case."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from safeguard_rules import Case
from safeguard_rules.case.canonical import canonical_bytes
from safeguard_rules.engine.columns.rows import cases_to_batch
from safeguard_rules.interop.screening import Screening
from tests.engine.columns.caseloads import drawn_cases, example_cases

DAY = "2026-03-02"
BROKEN = '{"child": {"id": "b", "stage": "bron"}}'


@cache
def some_cases() -> tuple[Case, ...]:
    """The examples and drawn cases."""
    return (*example_cases(), *drawn_cases(40, DAY))


@cache
def case_columns() -> pa.RecordBatch:
    """The cases as columns, with a number of the caller's own, and one row whose stage is none."""
    good = cases_to_batch(some_cases())
    stages = good.column("child").field("stage").cast(pa.string()).to_pylist()
    stages[3] = "bron"
    child = good.column("child")
    fields = [pa.array(stages) if each.name == "stage" else child.field(each.name) for each in child.type]
    struct = pa.StructArray.from_arrays(fields, [each.name for each in child.type], mask=child.is_null())
    place = good.schema.get_field_index("child")
    columns = [*good.columns[:place], struct, *good.columns[place + 1 :], pa.array(range(good.num_rows))]
    return pa.RecordBatch.from_arrays(columns, [*good.schema.names, "number"])


@cache
def case_texts() -> pa.RecordBatch:
    """The same cases as JSON, in the same rows."""
    texts = [canonical_bytes(case).decode() for case in some_cases()]
    texts[3] = BROKEN
    return pa.record_batch({"case_json": texts, "number": list(range(len(texts)))})


NUMBER = pa.field("number", pa.int64())


@cache
def screening() -> Screening:
    """All bundled packs in Wiltshire, with the caller's number kept."""
    return Screening(DAY, locality="wiltshire", keep=[NUMBER])


def together(batches: list[pa.RecordBatch]) -> pa.Table:
    """Batches in one piece."""
    return pa.Table.from_batches(batches).combine_chunks()


def as_bytes(table: pa.Table) -> bytes:
    """A table as the bytes of an Arrow stream, in one batch."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as made:
        made.write_table(table.unify_dictionaries().combine_chunks())
    return bytes(sink.getvalue())
