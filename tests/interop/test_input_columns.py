"""The columns to keep over all files: one type that holds them all, or an error that names both files."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safeguard_rules.errors import CallError
from safeguard_rules.interop.input_columns import kept_fields
from safeguard_rules.interop.table_files import TableFile


def files(folder: Path, *types: pa.DataType) -> list[TableFile]:
    """Files with a column `mine` of these types."""
    found = []
    for place, type_ in enumerate(types):
        path = folder / f"{place}.parquet"
        pq.write_table(pa.table({"mine": pa.nulls(1, type_)}), path)
        found.append(TableFile(path, path.name))
    return found


@pytest.mark.parametrize(
    ("types", "kept"),
    [
        ((pa.int32(), pa.int64()), pa.int64()),
        ((pa.int64(), pa.int32()), pa.int64()),
        ((pa.string(), pa.large_string(), pa.string()), pa.large_string()),
        ((pa.dictionary(pa.int8(), pa.string()), pa.string()), pa.string()),
        ((pa.null(), pa.float64()), pa.float64()),
    ],
)
def test_the_narrower_type_is_widened(tmp_path: Path, types: tuple[pa.DataType, ...], kept: pa.DataType) -> None:
    assert kept_fields(files(tmp_path, *types), ["mine", "mine"]) == [pa.field("mine", kept)]


@pytest.mark.parametrize(
    ("one", "other"),
    [(pa.int64(), pa.string()), (pa.int64(), pa.float64()), (pa.string(), pa.binary()), (pa.bool_(), pa.int8())],
)
def test_types_that_do_not_go_together_are_said_with_both_files(
    tmp_path: Path, one: pa.DataType, other: pa.DataType
) -> None:
    with pytest.raises(CallError) as found:
        kept_fields(files(tmp_path, one, other), ["mine"])
    said = f"--keep: the column `mine` is of the type `{one}` in `0.parquet` and of `{other}` in `1.parquet`, and one "
    assert str(found.value).startswith(said)


def test_the_cases_themselves_are_not_handed_through(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text("{}", encoding="utf-8")
    lines = [TableFile(path, path.name)]
    with pytest.raises(CallError, match="--keep: `case_json` holds the cases themselves, which are not handed through"):
        kept_fields(lines, ["case_json"])
    with pytest.raises(CallError, match=r"--keep: `cases\.jsonl` is JSON lines, which have no column `number` beside"):
        kept_fields(lines, ["number"])
