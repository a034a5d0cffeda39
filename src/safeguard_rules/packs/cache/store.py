"""The folder where entries lie: one file each, with what it was made from and its own digest.

What is believed of an entry is what its digest vouches for, and who could have written it: on systems that say who owns
a file, an entry or a folder that anybody else could have written is passed over. Nothing that goes wrong here is an
error: packs are read anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path

FOLDER = "rulebooks"
"""The folder of our own inside the place that somebody chose."""

LARGEST_ENTRY = 256_000_000
"""Bytes of one entry: some hundred times those of the largest pack that was tried."""

_DIGEST = 64
_WRITTEN_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class Store:
    """Entries in a folder; `place` is what somebody chose, and need not be there yet."""

    def __init__(self, place: Path) -> None:
        self._folder = place / FOLDER

    def read(self, name: str, made_from: Mapping[str, str]) -> bytes | None:
        """What was kept under a name, if it was made from just that; None for everything else."""
        try:
            if not _ours(self._folder.stat()):
                return None
            with (self._folder / f"{name}.json").open("rb") as file:
                if not _ours(os.fstat(file.fileno())):
                    return None
                found = file.read(LARGEST_ENTRY + 1)
        except OSError:
            return None
        head = _head(made_from)
        payload = found[len(head) + _DIGEST + 1 :]
        return payload if len(found) <= LARGEST_ENTRY and found == _sealed(head, payload) else None

    def write(self, name: str, made_from: Mapping[str, str], payload: bytes) -> None:
        """Keeps something under a name, in place of what is there; readers find the old or the new, never a part."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _ours(self._folder.stat()):
                _replace(self._folder / f"{name}.json", _sealed(_head(made_from), payload))


def _replace(path: Path, content: bytes) -> None:
    import tempfile  # only who writes needs it

    handle, temporary = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _head(made_from: Mapping[str, str]) -> bytes:
    return json.dumps({"safeguard-rules": "cache-1", **made_from}, sort_keys=True).encode() + b"\n"


def _sealed(head: bytes, payload: bytes) -> bytes:
    """An entry: what it was made from in one line, the digest of all else in the next, then what is kept."""
    digest = hashlib.sha256(head + payload).hexdigest()
    return b"".join((head, digest.encode(), b"\n", payload))


def _ours(status: os.stat_result) -> bool:
    """Whether nobody but this user, or the one who runs the machine, could have written it."""
    if not hasattr(os, "geteuid"):
        return True  # this system says it in another way, which is not asked
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & _WRITTEN_BY_OTHERS
