"""Tables in files: Parquet, Arrow and JSON lines, read in batches of one size and written row by row."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import pyarrow as pa
import pyarrow.parquet as pq

from safeguard_rules.errors import CallError
from safeguard_rules.interop.case_texts import CASE_JSON
from safeguard_rules.messages import quote

PARQUET = (".parquet", ".pq")
ARROW = (".arrow", ".ipc", ".feather")
ARROW_STREAM = (".arrows",)
LINES = (".jsonl", ".ndjson")
ENDINGS = (*PARQUET, *ARROW, *ARROW_STREAM, *LINES)
"""The endings by which a table's form is known."""
_ALL = f"{', '.join(map(quote, ENDINGS[:-1]))} or {quote(ENDINGS[-1])}"

_NO_TABLE = ("_", ".")
"""How files begin that engines write beside their tables."""

_BLOCK = 1 << 20
_ROW_GROUP = 1 << 15
"""Rows in a row group of what is written; whatever the batches were, the groups are the same."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file of a table, and its name as it is shown: relative to the folder that was given."""

    path: Path
    name: str

    @property
    def ending(self) -> str:
        """The ending in lower case."""
        return self.path.suffix.lower()


def table_files(path: Path, left_out: Sequence[Path] = ()) -> tuple[TableFile, ...]:
    """The file, or all files of a table below a folder, sorted by name; raises CallError for what is none.

    Files whose names begin with `_` or `.` are no part of a table: engines write such beside theirs. Of a folder,
    files and folders that are `left_out` are no part either.
    """
    if not path.exists():
        raise CallError(f"there is no file or folder `{path.as_posix()}`")
    if not path.is_dir():
        return (_checked(TableFile(path, path.name)),)
    without = {each.resolve() for each in left_out}
    files = (each for each in path.rglob("*") if each.is_file())
    inside = [each for each in files if without.isdisjoint((each.resolve(), *each.resolve().parents))]
    named = [TableFile(each, each.relative_to(path).as_posix()) for each in inside]
    found = [each for each in named if not any(part.startswith(_NO_TABLE) for part in each.name.split("/"))]
    if not found:
        raise CallError(f"there is no table in the folder `{path.as_posix()}`")
    return tuple(map(_checked, sorted(found, key=lambda each: each.name)))


def check_output(path: Path) -> None:
    """Raises CallError for a file to write whose ending tells no form, that is a folder, or that has none around it."""
    _checked(TableFile(path, path.as_posix()))
    if path.is_dir():
        raise CallError(f"`{path.as_posix()}` is a folder; the output is one file")
    if not path.parent.is_dir():
        raise CallError(f"there is no folder `{path.parent.as_posix()}`")


def _checked(file: TableFile) -> TableFile:
    if file.ending not in ENDINGS:
        raise CallError(f"`{file.name}` is no table that is known by its ending; expected {_ALL}")
    return file


# --- reading


def schema_of(file: TableFile) -> pa.Schema:
    """The columns of a file; JSON lines have one, the text of each line. Raises CallError for another kind of file."""
    if file.ending in LINES:
        return pa.schema([pa.field(CASE_JSON, pa.binary())])
    with _telling(file):
        if file.ending in PARQUET:
            with pq.ParquetFile(file.path) as parquet:
                return parquet.schema_arrow
        with pa.OSFile(str(file.path)) as source:
            return _opened(file)(source).schema


def count_rows(file: TableFile) -> int:
    """How many rows a file has; only JSON lines and streams are read for it."""
    if file.ending in LINES:
        return _count_lines(file.path)
    with _telling(file):
        if file.ending in PARQUET:
            return int(pq.read_metadata(file.path).num_rows)
        with pa.memory_map(str(file.path)) as source:
            return sum(batch.num_rows for batch in _of_arrow(_opened(file)(source)))


def batches(file: TableFile, rows: int) -> Iterator[pa.RecordBatch]:
    """The rows of a file in its order, so many in each batch and the rest in the last, however it is cut itself."""
    yield from _of_size(_read(file, rows), rows)


def _read(file: TableFile, rows: int) -> Iterator[pa.RecordBatch]:
    if file.ending in LINES:
        yield from _of_lines(file.path, rows)
        return
    with _telling(file):
        if file.ending in PARQUET:
            with pq.ParquetFile(file.path) as parquet:
                # One row group after the other: nested words of several groups cannot be read as one batch.
                for group in range(parquet.num_row_groups):
                    yield from parquet.iter_batches(batch_size=rows, row_groups=[group])
            return
        with pa.memory_map(str(file.path)) as source:
            yield from _of_arrow(_opened(file)(source))


def _opened(file: TableFile) -> Callable[[Any], Any]:
    opened: Callable[[Any], Any] = pa.ipc.open_stream if file.ending in ARROW_STREAM else pa.ipc.open_file
    return opened


def _of_arrow(reader: Any) -> Iterator[pa.RecordBatch]:
    if hasattr(reader, "num_record_batches"):
        yield from (reader.get_batch(place) for place in range(reader.num_record_batches))
    else:
        yield from reader


def _of_size(found: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of one size."""
    waiting: list[pa.RecordBatch] = []
    there = 0
    for batch in found:
        while batch.num_rows:
            taken = batch.slice(0, rows - there)
            waiting.append(taken)
            there += taken.num_rows
            batch = batch.slice(taken.num_rows)
            if there == rows:
                yield _together(waiting)
                waiting, there = [], 0
    if waiting:
        yield _together(waiting)


def _together(parts: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(parts) == 1:
        return parts[0]
    (batch,) = pa.Table.from_batches(parts).unify_dictionaries().combine_chunks().to_batches()
    return batch


def _of_lines(path: Path, rows: int) -> Iterator[pa.RecordBatch]:
    """Every line of a file as bytes, without its end; an empty line is a row too, so that rows count as lines do."""
    waiting: list[bytes] = []
    with path.open("rb") as file:
        for line in file:
            waiting.append(line.rstrip(b"\r\n"))
            if len(waiting) == rows:
                yield _lines(waiting)
                waiting = []
    if waiting:
        yield _lines(waiting)


def _lines(found: list[bytes]) -> pa.RecordBatch:
    return pa.record_batch([pa.array(found, pa.binary())], names=[CASE_JSON])


def _count_lines(path: Path) -> int:
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            count += block.count(b"\n")
            last = block[-1:]
    return count + (last != b"\n")


@contextmanager
def _telling(file: TableFile) -> Iterator[None]:
    """Turns what the reader says of a damaged file into an error that names the file."""
    try:
        yield
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            # The system's own word, which names the file; pyarrow says the same of damage, without a number.
            raise
        first = next(iter(str(error).splitlines()), "no reason is given")
        raise CallError(f"`{file.name}` cannot be read as {_FORMS[file.ending]}: {first}") from None


_FORMS = {**dict.fromkeys(PARQUET, "Parquet"), **dict.fromkeys((*ARROW, *ARROW_STREAM), "Arrow")}


# --- writing


class Writer(Protocol):
    """What writes batches of one schema into a file."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Writes the rows of a batch after those before."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


def writer(path: Path, schema: pa.Schema, ending: str) -> Writer:
    """A writer of the form that an ending tells; the same rows give the same bytes however they are cut."""
    ending = ending.lower()
    if ending in LINES:
        return _Lines(path)
    if ending in PARQUET:
        made = pq.ParquetWriter(path, schema, compression="zstd")
    elif ending in ARROW_STREAM:
        made = pa.ipc.new_stream(path, schema)
    else:
        made = pa.ipc.new_file(path, schema)
    return _Tables(made)


class _Tables:
    """Batches of one size to a writer of pyarrow's."""

    def __init__(self, made: Any) -> None:
        self.made = made
        self.waiting: list[pa.RecordBatch] = []
        self.there = 0

    def write(self, batch: pa.RecordBatch) -> None:
        while batch.num_rows:
            taken = batch.slice(0, _ROW_GROUP - self.there)
            self.waiting.append(taken)
            self.there += taken.num_rows
            batch = batch.slice(taken.num_rows)
            if self.there == _ROW_GROUP:
                self._flush()

    def _flush(self) -> None:
        if self.waiting:
            # In one piece, for the writer of Parquet begins a row group with each batch.
            self.made.write_table(pa.Table.from_batches(self.waiting).combine_chunks())
            self.waiting, self.there = [], 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._flush()
        self.made.close()


class _Lines:
    """One JSON object for each row, on one line."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("w", encoding="utf-8", newline="")

    def write(self, batch: pa.RecordBatch) -> None:
        for row in batch.to_pylist():
            try:
                told = _JSON.encode(row)
            except ValueError:
                told = _JSON.encode(_sayable(row))
            self.file.write(told + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()


def _in_json(value: object) -> str:
    """What JSON has no form for: bytes in base64, days and the like as they are written."""
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else str(value)


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_in_json)


def _sayable(value: Any) -> Any:
    """The same with null for what JSON has no number for, as other writers of JSON do: NaN and the infinities."""
    if isinstance(value, dict):
        return {name: _sayable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_sayable(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
