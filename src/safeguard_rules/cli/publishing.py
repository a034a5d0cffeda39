"""Writing a folder of pages whole or not at all, and never over a folder that somebody else made."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from safeguard_rules.errors import CallError

LIST = ".safeguard-rules-pages"
"""The file in a folder of pages that lists what was written there, one path on each line."""


def publish(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes files by their paths into a folder, in the place of what an earlier call wrote there.

    They are written into a folder beside it, which then takes its place; if something fails, what was there stays.
    Raises `CallError` for a folder that holds anything else than what an earlier call wrote.
    """
    check_folder(folder)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fresh = beside / "new"
        _write(files, fresh)
        _replace(folder, fresh, beside / "old")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def check_folder(folder: Path) -> None:
    """Raises `CallError` where pages cannot be written: no folder to put it in, or not ours."""
    shown = folder.as_posix()
    if not folder.name:
        raise CallError(f"-o: expected the name of a folder, got `{shown}`")
    if not folder.parent.is_dir():
        raise CallError(f"-o: there is no folder `{folder.parent.as_posix()}` to put `{folder.name}` into")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CallError(f"-o: `{shown}` is no folder")
    if not folder.exists():
        return
    stranger = _stranger(folder)
    if stranger is not None:
        raise CallError(
            f"-o: `{shown}` has `{stranger}`, which these pages did not bring; name another folder, or an empty one"
        )


def _stranger(folder: Path) -> str | None:
    """The first file, by its path, that was not written by an earlier call; None if there is none."""
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not _is_folder(path))
    listed = folder / LIST
    ours = {LIST, *listed.read_text(encoding="utf-8").splitlines()} if listed.is_file() else set()
    return next((name for name in found if name not in ours), None)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / LIST).write_bytes("".join(f"{name}\n" for name in files).encode())


def _replace(folder: Path, fresh: Path, old: Path) -> None:
    """Puts the fresh folder in its place; if that fails, the old one is put back."""
    there = folder.exists()
    if there:
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if there:
            old.rename(folder)
        raise
