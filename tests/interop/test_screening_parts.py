"""The parts of a screening: what is sent to another process, and what is said of a part that cannot be screened."""

import pickle

import pyarrow as pa
import pytest

from safeguard_rules.errors import CallError
from safeguard_rules.interop.screening_parts import Parts, Work, do_work, work_on
from safeguard_rules.interop.table_files import TableFile
from tests.interop.tables import case_columns, screening


@pytest.mark.parametrize("dictionary", [False, True])
def test_a_part_is_sent_without_the_rows_around_it(tmp_path_factory: pytest.TempPathFactory, dictionary: bool) -> None:
    numbers = pa.array([f"number {row:020}" for row in range(20_000)])
    table = pa.table({"number": numbers.dictionary_encode() if dictionary else numbers, "n": pa.array(range(20_000))})
    path = tmp_path_factory.mktemp("big") / "big.arrow"
    with pa.ipc.new_file(path, table.schema) as made:
        made.write_table(table)
    sent = [pickle.dumps(work) for work in work_on([TableFile(path, "big.arrow")], 500)]
    assert len(sent) == 40
    assert sum(map(len, sent)) < 2 * path.stat().st_size
    came = [pickle.loads(each) for each in sent]
    assert [(work.index, work.file, work.first) for work in came] == [
        (place, "big.arrow", 1 + 500 * place) for place in range(40)
    ]
    assert [row for work in came for row in work.batch.to_pylist()] == table.to_pylist()


def test_a_part_that_cannot_be_screened_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    parts = Parts(tmp_path_factory.mktemp("parts"), 10)
    strange = case_columns().slice(0, 2).drop_columns("number").append_column("number", pa.array(["a", "b"]))
    with pytest.raises(CallError) as found:
        do_work(screening(), parts, Work(7, "cases.parquet", 41, strange))
    said = "`cases.parquet`, rows 41 to 42: the column `number` to keep is not of the type `int64`: "
    assert str(found.value).startswith(said)
    assert parts.done() == frozenset()
