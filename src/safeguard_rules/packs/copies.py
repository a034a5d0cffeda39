"""Copies of folders and files in memory: what was looked at first is what is read later, whatever happens on disk."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import IO, Any

from safeguard_rules.reading.sizes import LARGEST_FILE

FOLDERS = ("sources",)
"""The folders inside a pack that are read."""

READ = (".yaml", ".yml", ".json")
"""How the names of files end that are read, or would be if they were called otherwise."""


class FileCopy(Traversable):
    """One file: its bytes as far as a reader would take them, or what kept them from being read."""

    def __init__(self, name: str, content: bytes | OSError) -> None:
        self._name = name
        self.content = content

    @property
    def name(self) -> str:
        """The file's own name."""
        return self._name

    def open(self, mode: str = "r", *_args: Any, **_kwargs: Any) -> IO[Any]:
        """The bytes, or the text in UTF-8; raises what the file itself raised."""
        return io.BytesIO(self.read_bytes()) if "b" in mode else io.StringIO(self.read_text())

    def read_bytes(self) -> bytes:
        """The bytes; raises what the file itself raised."""
        if isinstance(self.content, OSError):
            raise self.content
        return self.content

    def read_text(self, encoding: str | None = None) -> str:
        """The text; raises what the file itself raised."""
        return self.read_bytes().decode(encoding or "utf-8")

    def is_file(self) -> bool:
        """Whether there was such a file."""
        return not isinstance(self.content, FileNotFoundError)

    def is_dir(self) -> bool:
        """No folder."""
        return False

    def iterdir(self) -> Iterator[Traversable]:
        """Nothing: no folder."""
        return iter(())

    def joinpath(self, *descendants: Any) -> Traversable:
        """Nothing lies below a file."""
        return FileCopy("/".join(map(str, descendants)), FileNotFoundError())


class FolderCopy(Traversable):
    """One folder with its files, and those folders in it that a pack has."""

    def __init__(self, name: str, entries: Mapping[str, FileCopy | FolderCopy]) -> None:
        self._name = name
        self.entries = entries

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self._name

    def open(self, *_args: Any, **_kwargs: Any) -> IO[Any]:
        """Refused: no file."""
        raise IsADirectoryError(self._name)

    def read_bytes(self) -> bytes:
        """Refused: no file."""
        raise IsADirectoryError(self._name)

    def read_text(self, encoding: str | None = None) -> str:  # noqa: ARG002 - as all places to read from have it
        """Refused: no file."""
        raise IsADirectoryError(self._name)

    def is_file(self) -> bool:
        """No file."""
        return False

    def is_dir(self) -> bool:
        """A folder."""
        return True

    def iterdir(self) -> Iterator[Traversable]:
        """What was in it."""
        return iter(self.entries.values())

    def joinpath(self, *descendants: Any) -> Traversable:
        """What was called so in it; a file that cannot be read where nothing was."""
        name, *below = descendants
        found = self.entries.get(name) or FileCopy(name, FileNotFoundError(name))
        return found.joinpath(*below) if below else found


def copied(place: Traversable) -> FileCopy | FolderCopy:
    """A copy of a pack's folder, as far as packs are read, or of a file."""
    if not place.is_dir():
        return _file(place)
    entries: dict[str, FileCopy | FolderCopy] = {}
    for each in sorted(place.iterdir(), key=lambda each: each.name):
        if each.name.endswith(READ) and each.is_file():
            entries[each.name] = _file(each)
        elif each.name in FOLDERS and each.is_dir():
            entries[each.name] = copied(each)
    return FolderCopy(place.name, entries)


def _file(place: Traversable) -> FileCopy:
    try:
        with place.open("rb") as file:
            return FileCopy(place.name, file.read(LARGEST_FILE + 1))
    except OSError as error:
        return FileCopy(place.name, error)


def files_in(copy: FileCopy | FolderCopy) -> Iterator[tuple[str, FileCopy]]:
    """All files of a copy by their path in it, sorted; the path of a single file is its name."""
    if isinstance(copy, FileCopy):
        yield copy.name, copy
        return
    for name, entry in sorted(copy.entries.items()):
        if isinstance(entry, FileCopy):
            yield name, entry
        else:
            yield from ((f"{name}/{path}", file) for path, file in files_in(entry))
