"""A lock on a folder, held by one process and gone with it: what is killed leaves nothing locked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from safeguard_rules.errors import CallError


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Holds the lock file at a path, whose folder is made; both are removed at the end, the folder if it is empty.

    Raises CallError if another process holds it.
    """
    number = _taken(path)
    try:
        yield
    finally:
        _given_back(path, number)
        with suppress(OSError):
            path.parent.rmdir()


def _taken(path: Path) -> int:
    """The open lock file, locked."""
    while True:
        path.parent.mkdir(exist_ok=True)
        try:
            number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            continue
        if not _locked(number):
            os.close(number)
            raise CallError(f"`{path.parent.as_posix()}` is in use: another call works on the same output just now")
        # Who held it before may have removed it between: then the lock is on a file that nobody finds any more.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(number), path.stat()):
                return number
        os.close(number)


if sys.platform == "win32":
    import msvcrt

    def _locked(number: int) -> bool:
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _given_back(path: Path, number: int) -> None:
        # An open file cannot be removed there.
        os.close(number)
        with suppress(OSError):
            path.unlink()

else:
    import fcntl

    def _locked(number: int) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # Some file systems know no locks: there nobody is kept out, and nobody is kept from working either.
            return True
        return True

    def _given_back(path: Path, number: int) -> None:
        # First removed, then given back: who comes after must not lose the file that it has just locked.
        with suppress(OSError):
            path.unlink()
        os.close(number)
