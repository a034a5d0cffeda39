"""Tables in files: batches of one size whatever the file, and the same bytes however they come."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safeguard_rules.errors import CallError
from safeguard_rules.interop.table_files import (
    TableFile,
    batches,
    check_output,
    count_rows,
    schema_of,
    table_files,
    writer,
)

WORDS = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0, 1, 1, 0, 1], pa.int8()), ["yes", "no"])
NESTED = pa.list_(pa.struct([("w", WORDS.type)]))
LISTS = pa.array([[{"w": "a"}], [], None, [{"w": "b"}], [], [], [{"w": "a"}, {"w": "c"}]], NESTED)
TABLE = pa.table({"n": list(range(7)), "w": WORDS, "l": LISTS})


def written(folder: Path, ending: str, cut: int) -> TableFile:
    """The table in a file that is cut into pieces of some size."""
    path = folder / f"cut-{cut}{ending}"
    if ending == ".parquet":
        pq.write_table(TABLE, path, row_group_size=cut)
    else:
        begin = pa.ipc.new_stream if ending == ".arrows" else pa.ipc.new_file
        with begin(path, TABLE.schema) as made:
            made.write_table(TABLE, max_chunksize=cut)
    return TableFile(path, path.name)


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".arrows"])
@pytest.mark.parametrize("cut", [1, 2, 3, 100])
def test_the_rows_come_in_batches_of_one_size(tmp_path: Path, ending: str, cut: int) -> None:
    file = written(tmp_path, ending, cut)
    found = list(batches(file, 3))
    assert [batch.num_rows for batch in found] == [3, 3, 1]
    assert pa.Table.from_batches(found).to_pylist() == TABLE.to_pylist()
    assert count_rows(file) == 7
    assert schema_of(file).names == ["n", "w", "l"]


def test_lines_are_rows_also_empty_ones(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b'{"a": 1}\r\n\n{"b": "\xc3\xa4"}\n\xff')
    file = TableFile(path, path.name)
    found = [each for batch in batches(file, 3) for each in batch.column(0).to_pylist()]
    assert found == [b'{"a": 1}', b"", b'{"b": "\xc3\xa4"}', b"\xff"]
    assert count_rows(file) == 4
    path.write_bytes(b"{}\n")
    assert count_rows(file) == 1
    path.write_bytes(b"")
    assert count_rows(file) == 0
    assert list(batches(file, 3)) == []


@pytest.mark.parametrize("ending", [".parquet", ".arrow", ".arrows", ".jsonl"])
def test_what_is_written_is_the_same_however_it_is_cut(tmp_path: Path, ending: str) -> None:
    found = []
    for cut in (1, 2, 7):
        path = tmp_path / f"{cut}{ending}"
        with writer(path, TABLE.schema, ending) as made:
            for batch in TABLE.to_batches(max_chunksize=cut):
                made.write(batch)
        found.append(path.read_bytes())
    assert len(set(found)) == 1
    if ending == ".jsonl":
        assert found[0].splitlines()[0] == b'{"n":0,"w":"yes","l":[{"w":"a"}]}'
    else:
        read = pa.Table.from_batches(list(batches(TableFile(tmp_path / f"1{ending}", ""), 9)))
        assert read.to_pylist() == TABLE.to_pylist()


def test_a_folder_gives_its_tables_by_name_without_what_engines_put_beside(tmp_path: Path) -> None:
    for name in ("b.parquet", "a/z.jsonl", "_SUCCESS", ".b.parquet.crc", "_temporary/0.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert [file.name for file in table_files(tmp_path)] == ["a/z.jsonl", "b.parquet"]


def test_what_is_left_out_of_a_folder_need_be_no_table(tmp_path: Path) -> None:
    for name in ("a.parquet", "b.parquet", "b.parquet.parts/screening.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    without = (tmp_path / "b.parquet", tmp_path / "b.parquet.parts")
    assert [file.name for file in table_files(tmp_path, without)] == ["a.parquet"]
    with pytest.raises(CallError, match=r"`b\.parquet\.parts/screening\.json` is no table"):
        table_files(tmp_path, without[:1])


@pytest.mark.parametrize(
    ("files", "given", "complaint"),
    [
        ([], "none.parquet", "there is no file or folder `"),
        (["a.csv"], "a.csv", "`a.csv` is no table that is known by its ending; expected `.parquet`"),
        (["x/a.parquet", "x/read-me.txt"], "x", "`read-me.txt` is no table"),
        (["x/_SUCCESS"], "x", "there is no table in the folder `"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, files: list[str], given: str, complaint: str) -> None:
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(CallError) as found:
        table_files(tmp_path / given)
    assert complaint in str(found.value)


@pytest.mark.parametrize(("ending", "form"), [(".parquet", "Parquet"), (".arrow", "Arrow"), (".arrows", "Arrow")])
def test_a_damaged_file_is_named(tmp_path: Path, ending: str, form: str) -> None:
    path = tmp_path / f"cases{ending}"
    path.write_bytes(b"not a table at all, " * 20)
    with pytest.raises(CallError, match=f"`cases{ending}` cannot be read as {form}: "):
        schema_of(TableFile(path, path.name))


def test_damage_within_a_file_is_named_too(tmp_path: Path) -> None:
    path = tmp_path / "cases.parquet"
    rows = pa.table({"a": [f"row {row}" for row in range(5000)]})
    pq.write_table(rows, path, compression="snappy", use_dictionary=False)
    damaged = bytearray(path.read_bytes())
    damaged[200:3000] = b"\xff" * 2800
    path.write_bytes(damaged)
    with pytest.raises(CallError, match=r"`cases\.parquet` cannot be read as Parquet: "):
        list(batches(TableFile(path, path.name), 100))


def test_what_the_system_says_of_a_file_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        schema_of(TableFile(tmp_path / "gone.parquet", "gone.parquet"))


def test_bytes_are_written_in_base64_into_json_lines(tmp_path: Path) -> None:
    batch = pa.record_batch({"b": pa.array([b"\x01\xff", None]), "d": pa.array([0, 1], pa.date32())})
    with writer(tmp_path / "o.jsonl", batch.schema, ".jsonl") as made:
        made.write(batch)
    lines = (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == ['{"b":"Af8=","d":"1970-01-01"}', '{"b":null,"d":"1970-01-02"}']


def test_what_is_no_number_in_json_is_null_in_json_lines_and_kept_elsewhere(tmp_path: Path) -> None:
    nan, endless = float("nan"), float("inf")
    nested = pa.array([{"list": [nan, 2.5], "word": "NaN"}, {"list": [-endless], "word": None}, None])
    pairs = pa.array([[("a", nan)], [("b", 1.5)], None], pa.map_(pa.string(), pa.float32()))
    batch = pa.record_batch({"weight": [1.5, nan, endless], "nested": nested, "pairs": pairs})
    for ending in (".jsonl", ".parquet", ".arrows"):
        with writer(tmp_path / f"o{ending}", batch.schema, ending) as made:
            made.write(batch)
    lines = (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == [
        '{"weight":1.5,"nested":{"list":[null,2.5],"word":"NaN"},"pairs":[["a",null]]}',
        '{"weight":null,"nested":{"list":[null],"word":null},"pairs":[["b",1.5]]}',
        '{"weight":null,"nested":null,"pairs":null}',
    ]
    for table in (pq.read_table(tmp_path / "o.parquet"), pa.ipc.open_stream(tmp_path / "o.arrows").read_all()):
        weights = table.column("weight").to_pylist()
        assert (weights[0], weights[1] != weights[1], weights[2]) == (1.5, True, endless)


def test_an_output_needs_a_known_ending_and_a_folder(tmp_path: Path) -> None:
    check_output(tmp_path / "out.JSONL")
    with pytest.raises(CallError, match="no table that is known by its ending"):
        check_output(tmp_path / "out.csv")
    with pytest.raises(CallError, match="there is no folder"):
        check_output(tmp_path / "none" / "out.parquet")
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(CallError, match=r"folder\.jsonl` is a folder; the output is one file"):
        check_output(tmp_path / "folder.jsonl")
