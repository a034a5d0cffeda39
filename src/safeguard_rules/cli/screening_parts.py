"""The parts of a screening beside its output: each written whole or not at all, so that a killed call goes on."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from safeguard_rules.cli.writing import replace_text
from safeguard_rules.errors import CallError
from safeguard_rules.interop.table_files import TableFile
from safeguard_rules.values.json_text import as_json

ROWS = 8192
"""Rows in one part: what is worked on at once, and what a kill can lose at most of one process."""

_MANIFEST = "screening.json"
_TELLS = {
    "engine_version": "the version of the library was {0} and is {1}",
    "as_of": "the day was {0} and is {1}: give --as-of {0} to go on",
    "packs": "the packs were others",
    "since": "the packs to compare with were others",
    "input": "the input was another",
    "columns": "the columns were others",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of parts beside an output, and how many rows are in a part."""

    folder: Path
    rows: int

    @classmethod
    def of(cls, output: Path) -> Parts:
        """The folder that belongs to an output."""
        return cls(output.with_name(f"{output.name}.parts"), ROWS)

    def begin(self, manifest: dict[str, object]) -> None:
        """Makes the folder, or goes on with the one that is there; raises CallError if that is of something else."""
        at = self.folder / _MANIFEST
        if not at.is_file():
            self.folder.mkdir(exist_ok=True)
            replace_text(at, as_json(manifest))
            return
        there = json.loads(at.read_text(encoding="utf-8"))
        now = json.loads(as_json(manifest))
        if there != now:
            told = [
                _TELLS[key].format(there.get(key), now.get(key)) for key in _TELLS if there.get(key) != now.get(key)
            ]
            raise CallError(
                f"`{self.folder.as_posix()}` holds parts of another screening, which was not finished: "
                f"{'; '.join(told) or 'it is of another form'}. Call it as before to go on, or delete the folder"
            )

    def path(self, index: int) -> Path:
        """The file of a part."""
        return self.folder / f"part-{index:07}.arrow"

    def done(self) -> frozenset[int]:
        """The parts that are there."""
        return frozenset(int(each.stem.removeprefix("part-")) for each in self.folder.glob("part-*.arrow"))

    def write(self, index: int, batch: pa.RecordBatch) -> None:
        """Writes a part beside its place first: a part that is there is whole, also after the power went off."""
        beside = self.folder / f".part-{index:07}.{os.getpid()}.new"
        with beside.open("wb") as file:
            with pa.ipc.new_file(file, batch.schema) as made:
                made.write_batch(batch)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path(index))

    def read(self, count: int) -> Iterator[pa.RecordBatch]:
        """The batches of the parts, in their order."""
        for index in range(count):
            with pa.OSFile(str(self.path(index))) as source:
                yield from (batch for batch in _batches(pa.ipc.open_file(source)))

    def remove(self) -> None:
        """Removes the folder with all that is in it."""
        shutil.rmtree(self.folder)


def _batches(reader: pa.RecordBatchFileReader) -> Iterator[pa.RecordBatch]:
    return (reader.get_batch(place) for place in range(reader.num_record_batches))


def described(files: Sequence[TableFile]) -> list[dict[str, object]]:
    """Name, size and digest of each file: by these an input is known again."""
    return [{"name": file.name, "bytes": file.path.stat().st_size, "sha256": _digest(file.path)} for file in files]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
