"""Where packs and localities are: by id from those that plug-ins give, or by folder and file. Nothing is read here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from safeguard_rules.errors import CallError
from safeguard_rules.packs.copies import copied

if TYPE_CHECKING:  # only their answers are looked at
    from safeguard_rules.packs.plugins import Plugins


@dataclass(frozen=True, slots=True)
class Found:
    """A pack folder or locality file that can be loaded: where it is, and what its name in messages is."""

    place: Traversable
    shown: str
    plugin: str | None = None
    copy: Traversable | None = field(default=None, compare=False, repr=False)
    """Its text as it was read at first, where that was kept."""

    @property
    def read_from(self) -> Traversable:
        """Where its text comes from: what was kept of it, else the place itself."""
        return self.place if self.copy is None else self.copy


class Finder:
    """Says where something is, and how it is called in messages."""

    def found(self, place: Traversable, plugin: str | None = None) -> Found:
        """A folder or file; `plugin` is the one that gives it."""
        return Found(place, shown_name(place), plugin)

    def is_folder(self, place: Path) -> bool:
        """Whether there is such a folder."""
        return place.is_dir()

    def is_file(self, place: Path) -> bool:
        """Whether there is such a file."""
        return place.is_file()


class CopyingFinder(Finder):
    """Keeps the text of all that it was asked for, so that what is looked at later is what was looked at first."""

    def __init__(self) -> None:
        self.kept: list[Found] = []

    def found(self, place: Traversable, plugin: str | None = None) -> Found:
        """A folder or file with its text as it was when it was first asked for."""
        for found in self.kept:
            if found.place == place and found.plugin == plugin:
                return found
        self.kept.append(Found(place, shown_name(place), plugin, copied(place)))
        return self.kept[-1]

    def is_folder(self, place: Path) -> bool:
        """Whether there is such a folder, or was."""
        return self._has(place) or place.is_dir()

    def is_file(self, place: Path) -> bool:
        """Whether there is such a file, or was."""
        return self._has(place) or place.is_file()

    def _has(self, place: Path) -> bool:
        return any(found.place == place for found in self.kept)


def shown_name(place: Traversable) -> str:
    """How a folder or file is called in messages: relative to where one stands, with forward slashes."""
    if isinstance(place, Path):
        here = Path.cwd()
        full = place.resolve()
        return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()
    return place.name


def inside(shown: str, name: str) -> str:
    """How a file in a folder is called in messages."""
    return name if shown == "." else f"{shown}/{name}"


def is_path(pack: str | Path) -> bool:
    """Whether what names a pack or a locality is a place, and no id."""
    return isinstance(pack, Path) or "/" in pack or "\\" in pack or pack in (".", "..")


def is_file_name(locality: str | Path) -> bool:
    """Whether what names a locality is a file's name."""
    return str(locality).endswith((".yaml", ".yml"))


def pack_folder(pack: str | Path, finder: Finder) -> Path:
    """The folder that somebody named; raises CallError where there is none."""
    folder = Path(pack)
    if not finder.is_folder(folder):
        raise CallError(f"there is no folder `{folder.as_posix()}` to read a pack from")
    return folder


def locality_ids(plugins: Plugins) -> tuple[str, ...]:
    """The ids of the localities that plug-ins give, as their files are named."""
    return tuple(sorted({_locality_id(file) for _, file in plugins.localities}))


def locality_file(locality: str | Path, plugins: Plugins, finder: Finder) -> Found:
    """The file of a locality, by its id or its path; raises CallError where there is none, or more than one."""
    if is_path(locality) or is_file_name(locality):
        path = Path(locality)
        if not finder.is_file(path):
            raise CallError(f"there is no file `{path.as_posix()}` to read a locality from")
        return finder.found(path)
    matching = [(plugin, file) for plugin, file in plugins.localities if _locality_id(file) == locality]
    if not matching:
        raise CallError(no_such("locality", str(locality), locality_ids(plugins)))
    if len(matching) > 1:
        raise CallError(f"more than one plug-in gives the locality `{locality}`; name its file instead")
    return finder.found(matching[0][1], matching[0][0])


def no_such(what: str, name: str, known: Sequence[str]) -> str:
    """What to say of a pack or locality that nobody gives."""
    from safeguard_rules.messages import nearest  # all wordings, of which a rulebook that loads needs none

    near = nearest(name, known)
    hint = f"did you mean `{near}`?" if near else f"there are {', '.join(f'`{each}`' for each in known)}"
    return f"there is no {what} `{name}`; {hint}"


def _locality_id(file: Traversable) -> str:
    return file.name.removesuffix(".yaml")
