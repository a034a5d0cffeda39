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

from safeguard_rules.cli.printing import print_error
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
        with ProcessPoolExecutor(jobs, spawn, _begin, (self.screening, self.parts)) as pool:
            try:
                return self._fed(pool, done, advance, jobs + 1)
            except BaseException as error:
                with _uninterrupted():
                    if isinstance(error, KeyboardInterrupt):
                        print_error("stopping; what the processes have begun is finished first")
                    pool.shutdown(cancel_futures=True)
                if isinstance(error, BrokenProcessPool):
                    raise OSError(_ENDED) from None
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
            with _held_back():
                waiting.add(pool.submit(_work, work))
            give_back()
        for each in waiting:
            advance(each.result())
        return count


_ENDED = "a process that screened was ended from outside; the same command goes on where it stopped"


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ignores interruptions: one that breaks off the wait for the processes leaves a program that waits for ever.

    Only the main thread is ever interrupted, and only it may say so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.SIG_DFL)


@contextmanager
def _held_back() -> Iterator[None]:
    """Lets interruptions wait, here and for good in a process that begins: it would complain while it is loaded."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
