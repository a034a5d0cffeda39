"""Running a screening: parts in order, in this process or in several, then one output."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from safeguard_rules.cli.screening_parts import Parts
from safeguard_rules.interop.screening import Screening
from safeguard_rules.interop.screening_summary import Summary
from safeguard_rules.interop.table_files import TableFile, batches, writer

FILE, ROW = "file", "row"
PLACE = [pa.field(FILE, pa.dictionary(pa.int32(), pa.string())), pa.field(ROW, pa.int64())]
"""The columns that say where a row stands in the input: the file, and the row in it counted from 1."""

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Work:
    """One part to do: its number, where its first row stands, and its rows."""

    index: int
    file: str
    first: int
    batch: pa.RecordBatch


@dataclass(frozen=True, slots=True)
class ScreeningRun:
    """A screening of files, with the folder of its parts."""

    screening: Screening
    files: tuple[TableFile, ...]
    parts: Parts

    @property
    def schema(self) -> pa.Schema:
        """The columns of the output."""
        inner = self.screening.schema
        return pa.schema([*PLACE, *inner], metadata=inner.metadata)

    def work(self) -> Iterator[Work]:
        """All parts, in the order of the files and of their rows."""
        index = 0
        for file in self.files:
            first = 1
            for batch in batches(file, self.parts.rows):
                yield Work(index, file.name, first, batch)
                index, first = index + 1, first + batch.num_rows

    def do(self, jobs: int, advance: Advance) -> int:
        """Does every part that is not there yet, and says how many parts there are; `advance` is told of rows done."""
        done = self.parts.done()
        return self._here(done, advance) if jobs == 1 else self._in_processes(done, advance, jobs)

    def _here(self, done: frozenset[int], advance: Advance) -> int:
        count = 0
        for work in self.work():
            if work.index not in done:
                do_part(self.screening, self.parts, work)
            advance(work.batch.num_rows)
            count = work.index + 1
        return count

    def _in_processes(self, done: frozenset[int], advance: Advance, jobs: int) -> int:
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(jobs, spawn, _begin, (self.screening, self.parts)) as pool:
            try:
                return self._fed(pool, done, advance, 2 * jobs)
            except BrokenProcessPool:
                raise OSError(_ENDED) from None
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _fed(self, pool: ProcessPoolExecutor, done: frozenset[int], advance: Advance, most: int) -> int:
        """Hands out parts, never more than so many at once, so that memory stays bounded."""
        waiting: set[Future[int]] = set()
        count = 0
        for work in self.work():
            count = work.index + 1
            if work.index in done:
                advance(work.batch.num_rows)
                continue
            if len(waiting) >= most:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for each in finished:
                    advance(each.result())
            waiting.add(pool.submit(_work, work))
        for each in waiting:
            advance(each.result())
        return count

    def assemble(self, count: int, output: Path) -> Summary:
        """Writes the output from its parts, whole or not at all, removes these, and counts what came out."""
        summary = Summary(compares=self.screening.compares)
        beside = output.with_name(f".{output.name}.new")
        with writer(beside, self.schema, output.suffix) as made:
            for batch in self.parts.read(count):
                made.write(batch)
                summary.add(batch)
        beside.replace(output)
        self.parts.remove()
        return summary


_ENDED = "a process that screened was ended from outside; the same command goes on where it stopped"


def do_part(screening: Screening, parts: Parts, work: Work) -> int:
    """Screens the rows of a part and writes it; says how many rows it has."""
    screened = screening(work.batch)
    rows = pa.array(range(work.first, work.first + screened.num_rows), pa.int64())
    names = pa.DictionaryArray.from_arrays(pa.array([0] * screened.num_rows, pa.int32()), pa.array([work.file]))
    schema = pa.schema([*PLACE, *screened.schema], metadata=screened.schema.metadata)
    parts.write(work.index, pa.RecordBatch.from_arrays([names, rows, *screened.columns], schema=schema))
    return int(screened.num_rows)


# --- in another process

_STATE: list[tuple[Screening, Parts]] = []


def _begin(screening: Screening, parts: Parts) -> None:
    """What a process needs once. It leaves interruptions to the first process, and ends when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _STATE[:] = [(screening, parts)]
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(work: Work) -> int:
    ((screening, parts),) = _STATE
    return do_part(screening, parts, work)
