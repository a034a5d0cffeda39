"""Running a screening: parts in order, in this process or in several, then one output."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from safeguard_rules.interop.screening import Screening
from safeguard_rules.interop.screening_parts import Parts, Work, do_work, give_back, work_on
from safeguard_rules.interop.table_files import TableFile

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ScreeningRun:
    """A screening of files, with the folder of its parts."""

    screening: Screening
    files: tuple[TableFile, ...]
    parts: Parts

    def do(self, jobs: int, advance: Advance) -> int:
        """Does every part that is not there yet, and says how many parts there are; `advance` is told of rows done."""
        done = self.parts.done()
        return self._here(done, advance) if jobs == 1 else self._in_processes(done, advance, jobs)

    def _here(self, done: frozenset[int], advance: Advance) -> int:
        count = 0
        for work in work_on(self.files, self.parts.rows):
            if work.index not in done:
                do_work(self.screening, self.parts, work)
            advance(work.rows)
            count = work.index + 1
        return count

    def _in_processes(self, done: frozenset[int], advance: Advance, jobs: int) -> int:
        spawn = multiprocessing.get_context("spawn")
        with _interrupted_once(), ProcessPoolExecutor(jobs, spawn, _begin, (self.screening, self.parts)) as pool:
            try:
                return self._fed(pool, done, advance, jobs + 1)
            except BrokenProcessPool:
                raise OSError(_ENDED) from None
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _fed(self, pool: ProcessPoolExecutor, done: frozenset[int], advance: Advance, most: int) -> int:
        """Hands out parts, never more than so many at once, so that memory stays bounded."""
        waiting: set[Future[int]] = set()
        count = 0
        for work in work_on(self.files, self.parts.rows):
            count = work.index + 1
            if work.index in done:
                advance(work.rows)
                continue
            if len(waiting) >= most:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for each in finished:
                    advance(each.result())
            waiting.add(pool.submit(_work, work))
            give_back()
        for each in waiting:
            advance(each.result())
        return count


_ENDED = "a process that screened was ended from outside; the same command goes on where it stopped"


@contextmanager
def _interrupted_once() -> Iterator[None]:
    """Lets the first interruption end the work; those after it are ignored until the program has ended.

    One of them would break off the wait for the other processes, and leave a program that waits for ever.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _first)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is _first:
            signal.signal(signal.SIGINT, before)


def _first(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


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
    return do_work(screening, parts, work)
