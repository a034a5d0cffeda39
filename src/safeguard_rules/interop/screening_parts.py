"""The parts of a screening beside its output: each written whole or not at all, so that a killed call goes on."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from safeguard_rules.errors import CallError
from safeguard_rules.interop.screening import Screening
from safeguard_rules.interop.screening_summary import Summary
from safeguard_rules.interop.table_files import TableFile, batches, writer
from safeguard_rules.values.json_text import as_json

ROWS = 8192
"""Rows in one part: what is worked on at once, and what a kill can lose at most of one process."""

_MANIFEST = "screening.json"
_LOCK = ".lock"
_OWN = re.compile(r"part-[0-9]{7,}\.arrow|\.part-[0-9]{7,}\.[0-9]+\.new|\.output\..+|\.screening\.json\.new")
"""The names of what is removed at the end; the manifest goes last, and the lock with who holds it."""
_BEFORE = (_LOCK, f".{_MANIFEST}.new")
"""What a kill may leave before there is a manifest."""
_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")
_TELLS = {
    "engine_version": "the version of the library was {0} and is {1}",
    "as_of": "the day was {0} and is {1}: give --as-of {0} to go on",
    "area": "the area was {0} and is {1}",
    "area_file": "the file of the area was another",
    "packs": "the packs were others",
    "since": "the packs to compare with were others, or none",
    "input": "the input was another",
    "keep": "--keep was {0} and is {1}",
    "actions": "--actions was {0} and is {1}",
    "columns": "the columns were others",
}
_FOLLOWS = {"area_file": {"area"}, "columns": {"since", "keep", "actions"}}
"""What need not be told where one of those is, for it follows from it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of parts beside an output, and how many rows are in a part."""

    folder: Path
    rows: int

    @classmethod
    def of(cls, output: Path) -> Parts:
        """The folder that belongs to an output."""
        return cls(output.with_name(f"{output.name}.parts"), ROWS)

    @property
    def lock(self) -> Path:
        """The file to lock while somebody works on these parts."""
        return self.folder / _LOCK

    def check(self) -> None:
        """Raises CallError if what stands there is not of a screening: nothing of it may be used or removed."""
        if self.folder.exists() and not self.folder.is_dir():
            raise CallError(f"`{self.folder.as_posix()}` is no folder, and the parts of the screening go there")
        if not self.folder.is_dir() or (self.folder / _MANIFEST).is_file():
            return
        strange = sorted(each.name for each in self.folder.iterdir() if each.name not in _BEFORE)
        if strange:
            raise CallError(
                f"`{self.folder.as_posix()}` is not of a screening, for it holds `{strange[0]}`, and the parts of the "
                "screening go there; move the folder away, or give another output"
            )

    def begin(self, manifest: dict[str, object]) -> None:
        """Makes the folder, or goes on with the one that is there; raises CallError if that is of another screening.

        Call `check` before, and hold the lock.
        """
        at = self.folder / _MANIFEST
        if not at.is_file():
            self.folder.mkdir(exist_ok=True)
            beside = at.with_name(f".{at.name}.new")
            beside.write_text(as_json(manifest), encoding="utf-8", newline="")
            beside.replace(at)
            return
        there, now = _read(at), json.loads(as_json(manifest))
        if not there:
            raise CallError(f"`{at.as_posix()}` cannot be read: delete the folder, and all is screened anew")
        if there != now:
            raise CallError(
                f"`{self.folder.as_posix()}` holds parts of another screening, which was not finished: "
                f"{'; '.join(_differences(there, now)) or 'they are of another form'}. "
                "Call it as before to go on, or delete the folder"
            )

    def path(self, index: int) -> Path:
        """The file of a part."""
        return self.folder / f"part-{index:07}.arrow"

    def done(self) -> frozenset[int]:
        """The parts that are there."""
        return frozenset(
            int(each.stem.removeprefix("part-"))
            for each in self.folder.glob("part-*.arrow")
            if _OWN.fullmatch(each.name)
        )

    def write(self, index: int, batch: pa.RecordBatch) -> None:
        """Writes a part beside its place first: a part that is there is whole, also after the power went off."""
        beside = self.folder / f".part-{index:07}.{os.getpid()}.new"
        with beside.open("wb") as file:
            with pa.ipc.new_file(file, batch.schema, options=_PACKED) as made:
                made.write_batch(batch)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path(index))

    def read(self, count: int) -> Iterator[pa.RecordBatch]:
        """The batches of the parts, in their order; raises CallError for a part that somebody else changed."""
        for index in range(count):
            with pa.OSFile(str(self.path(index))) as source:
                try:
                    reader = pa.ipc.open_file(source)
                    found = [reader.get_batch(place) for place in range(reader.num_record_batches)]
                    for batch in found:
                        batch.validate(full=True)
                except _DAMAGED:
                    where = self.path(index).as_posix()
                    raise CallError(f"`{where}` is damaged; delete it and call again: that part is done anew") from None
                yield from found

    def assemble(self, count: int, screening: Screening, output: Path) -> Summary:
        """Writes the output from its parts, whole or not at all, removes these, and counts what came out."""
        summary = Summary(compares=screening.compares)
        beside = self.folder / f".output{output.suffix}"
        with writer(beside, output_schema(screening), output.suffix) as made:
            for batch in self.read(count):
                made.write(batch)
                summary.add(batch)
        beside.replace(output)
        self.remove()
        return summary

    def remove(self) -> None:
        """Removes what is of the screening, and nothing else; the folder goes with its lock, if it is empty."""
        for each in sorted(self.folder.iterdir()):
            if _OWN.fullmatch(each.name):
                each.unlink()
        (self.folder / _MANIFEST).unlink(missing_ok=True)


_DAMAGED = (pa.ArrowException, OSError, MemoryError, LookupError, ValueError)
"""What Arrow raises for a file of which bits are others than it wrote."""

FILE, ROW = "file", "row"
_PLACE = (pa.field(FILE, pa.dictionary(pa.int32(), pa.string())), pa.field(ROW, pa.int64()))
"""The columns that say where a row stands in the input: the file, and the row in it counted from 1."""


def output_schema(screening: Screening) -> pa.Schema:
    """The columns of an output: where a row stands, then those of the screening."""
    return pa.schema([*_PLACE, *screening.schema], metadata=screening.schema.metadata)


@dataclass(frozen=True, slots=True)
class Work:
    """One part to do: its number, the file, where its first row stands, and its rows.

    It can be pickled for another process, and then holds its own rows only: pyarrow by itself pickles all rows of
    the batch that they were cut from.
    """

    index: int
    file: str
    first: int
    batch: pa.RecordBatch

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return int(self.batch.num_rows)

    def __reduce__(self) -> tuple[object, ...]:
        return _sent, (self.index, self.file, self.first, _bytes_of(self.batch))


def _bytes_of(batch: pa.RecordBatch) -> bytes:
    """A batch as a stream, in which a cut of longer columns has no more than its rows."""
    # A stream has dictionaries whole: one that is longer than the rows costs more than it saves.
    columns = [
        each.dictionary_decode() if isinstance(each, pa.DictionaryArray) and len(each.dictionary) > len(each) else each
        for each in batch.columns
    ]
    fields = [field.with_type(each.type) for field, each in zip(batch.schema, columns, strict=True)]
    plain = pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields, batch.schema.metadata))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, plain.schema) as made:
        made.write_batch(plain)
    return bytes(sink.getvalue())


def _sent(index: int, file: str, first: int, batch: bytes) -> Work:
    (found,) = pa.ipc.open_stream(batch)
    return Work(index, file, first, found)


def work_on(files: Sequence[TableFile], rows: int) -> Iterator[Work]:
    """All parts, in the order of the files and of their rows; a part is of one file."""
    index = 0
    for file in files:
        first = 1
        for batch in batches(file, rows):
            yield Work(index, file.name, first, batch)
            index, first = index + 1, first + batch.num_rows


def do_work(screening: Screening, parts: Parts, work: Work) -> int:
    """Screens the rows of a part and writes it; says how many rows it has."""
    try:
        screened = screening(work.batch)
    except CallError as error:
        last = work.first + work.rows - 1
        raise CallError(f"`{work.file}`, rows {work.first} to {last}: {error}") from None
    numbers = pa.array(range(work.first, work.first + work.rows), pa.int64())
    names = pa.DictionaryArray.from_arrays(pa.array([0] * work.rows, pa.int32()), pa.array([work.file], pa.string()))
    columns = [names, numbers, *screened.columns]
    parts.write(work.index, pa.RecordBatch.from_arrays(columns, schema=output_schema(screening)))
    del screened, columns
    give_back()
    return work.rows


def give_back() -> None:
    """Gives freed memory back to the system, for what allocators keep of one part adds up over processes."""
    pa.default_memory_pool().release_unused()
    pa.system_memory_pool().release_unused()  # that of numpy and Python too, where there is a way to say so


def described(files: Sequence[TableFile]) -> list[dict[str, object]]:
    """Name, size and digest of each file: by these an input is known again."""
    return [{"name": file.name, "bytes": file.path.stat().st_size, "sha256": _digest(file.path)} for file in files]


def _differences(there: dict[str, object], now: dict[str, object]) -> list[str]:
    """What is another in two manifests, in words."""
    differs = [key for key in _TELLS if there.get(key) != now.get(key)]
    told = [key for key in differs if _FOLLOWS.get(key, set()).isdisjoint(differs)]
    return [_TELLS[key].format(there.get(key), now.get(key)) for key in told]


def _read(manifest: Path) -> dict[str, object] | None:
    """What a manifest says; None where it is none."""
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
