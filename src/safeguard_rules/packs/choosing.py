"""Which packs and which locality: by id from those that plug-ins give, or by folder and file; each is read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from safeguard_rules import messages
from safeguard_rules.errors import CallError
from safeguard_rules.packs.files import PackFiles, read_locality, read_pack
from safeguard_rules.packs.plugins import Plugins
from safeguard_rules.packs.whereabouts import (
    Finder,
    Found,
    is_file_name,
    is_path,
    locality_file,
    locality_ids,
    no_such,
    pack_folder,
)
from safeguard_rules.source import Issue


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was read for one rulebook, before anything is looked up.

    `background` are packs that the locality uses and that are not in the rulebook; `readable` are all
    packs there are, by id; `whole` says that every file could be made sense of, at least in part.
    """

    packs: tuple[tuple[PackFiles, Found], ...]
    background: tuple[PackFiles, ...]
    local: tuple[PackFiles, Found] | None
    readable: Mapping[str, PackFiles]
    areas: tuple[str, ...]
    issues: tuple[Issue, ...]
    whole: bool


def choose(packs: Sequence[str | Path] | None, locality: str | Path | None, plugins: Plugins | Shelf) -> Chosen:
    """Reads the packs named, all that they use, and the locality.

    `packs` are ids of packs that plug-ins give, or folders; None means all that plug-ins give. Whoever chooses often
    keeps a shelf, so that the plug-ins' packs are read once. Raises CallError for a pack or locality that is not there.
    """
    reader = plugins.copy() if isinstance(plugins, Shelf) else Shelf.of(plugins)
    plugins = reader.plugins
    active = closure(_wanted(packs, reader), {id_: files for id_, (files, _) in reader.known.items()})
    local = _locality(locality, reader) if locality is not None else None
    uses = local[0].uses if local is not None else ()
    return Chosen(
        packs=tuple(reader.known[id_] for id_ in active),
        background=tuple(reader.known[id_][0] for id_ in uses if id_ in reader.known and id_ not in active),
        local=local,
        readable={id_: reader.known[id_][0] for id_ in sorted(reader.known)},
        areas=tuple(sorted({*locality_ids(plugins), *([local[0].id] if local is not None else [])})),
        issues=tuple(reader.issues),
        whole=reader.whole,
    )


def closure(wanted: Iterable[str], known: Mapping[str, PackFiles]) -> tuple[str, ...]:
    """The packs wanted and all that they use, directly or not, sorted; unknown ones are left out."""
    found: dict[str, None] = {}
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name in found or name not in known:
            continue
        found[name] = None
        waiting.extend(known[name].uses)
    return tuple(sorted(found))


# --- packs


@dataclass(slots=True)
class Shelf:
    """Packs that were read, by name: those of plug-ins, and of folders that somebody named."""

    plugins: Plugins
    issues: list[Issue] = field(default_factory=list)
    known: dict[str, tuple[PackFiles, Found]] = field(default_factory=dict)
    whole: bool = True
    finder: Finder = field(default_factory=Finder)

    @classmethod
    def of(cls, plugins: Plugins, finder: Finder | None = None) -> Shelf:
        """A shelf with all packs that plug-ins give."""
        shelf = cls(plugins, finder=finder or Finder())
        for plugin, folder in plugins.packs:
            shelf._add(shelf.finder.found(folder, plugin))
        return shelf

    @classmethod
    def beginning_with(cls, folders: Iterable[Path], plugins: Plugins) -> Shelf:
        """A shelf with the packs in some folders, and with those that plug-ins give as far as no folder has them."""
        shelf = cls(plugins)
        for folder in folders:
            shelf.add_folder(folder)
        for plugin, place in plugins.packs:
            shelf._add(shelf.finder.found(place, plugin), or_leave=True)
        return shelf

    def copy(self) -> Shelf:
        """Another shelf with the same packs, for adding folders to."""
        return Shelf(self.plugins, list(self.issues), dict(self.known), self.whole, self.finder)

    def named(self, place: Path) -> str | Path:
        """The id of the pack if a plug-in gives this very folder already, else the place itself."""
        own = place.resolve()
        for id_, (_, found) in self.known.items():
            if isinstance(found.place, Path) and found.place.resolve() == own:
                return id_
        return place

    def add_folder(self, folder: Path) -> str | None:
        """Reads a pack's folder; returns its id, or None with an issue."""
        return self._add(self.finder.found(folder))

    def _add(self, found: Found, *, or_leave: bool = False) -> str | None:
        issues: list[Issue] = []
        files = read_pack(found.read_from, found.shown, issues)
        other = self.known.get(files.id) if files is not None else None
        if other is not None and or_leave:
            return None
        self.issues.extend(issues)
        self.whole = self.whole and files is not None and files.whole
        if files is None:
            return None
        if other is not None:
            message = messages.pack_twice(files.id, other[1].shown)
            self.issues.append(message.at(files.main.place("pack")))
            return None
        self.known[files.id] = (files, found)
        return files.id


def _wanted(packs: Sequence[str | Path] | None, reader: Shelf) -> list[str]:
    given = tuple(sorted(reader.known))
    if packs is None:
        return list(given)
    named = [str(pack) for pack in packs if not is_path(pack)]
    for name in named:
        if name not in reader.known:
            raise CallError(no_such("pack", name, given))
    folders = [pack_folder(pack, reader.finder) for pack in packs if is_path(pack)]
    added = [reader.add_folder(folder) for folder in folders]
    return [*named, *(id_ for id_ in added if id_ is not None)]


# --- localities


def _locality(locality: str | Path, reader: Shelf) -> tuple[PackFiles, Found] | None:
    found = locality_file(locality, reader.plugins, reader.finder)
    files = read_locality(found.read_from, found.shown, reader.issues)
    reader.whole = reader.whole and files is not None
    if files is None:
        return None
    if not is_path(locality) and files.id != locality and not is_file_name(locality):
        reader.issues.append(messages.locality_misnamed(files.id, str(locality)).at(files.main.place("locality")))
    return files, found
