"""Which packs and which locality: by id from those that plug-ins give, or by folder and file; each is read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

from safeguard_rules import messages
from safeguard_rules.errors import CallError
from safeguard_rules.messages import nearest
from safeguard_rules.packs.files import PackFiles, read_locality, read_pack
from safeguard_rules.packs.plugins import Plugins
from safeguard_rules.source import Issue


@dataclass(frozen=True, slots=True)
class Found:
    """A pack folder or locality file that can be loaded: where it is, and what its name in messages is."""

    place: Traversable
    shown: str
    plugin: str | None = None


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


def locality_ids(plugins: Plugins) -> tuple[str, ...]:
    """The ids of the localities that plug-ins give, as their files are named."""
    return tuple(sorted({_locality_id(file) for _, file in plugins.localities}))


def shown_name(place: Traversable) -> str:
    """How a folder or file is called in messages: relative to where one stands, with forward slashes."""
    if isinstance(place, Path):
        here = Path.cwd()
        full = place.resolve()
        return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()
    return place.name


# --- packs


@dataclass(slots=True)
class Shelf:
    """Packs that were read, by name: those of plug-ins, and of folders that somebody named."""

    plugins: Plugins
    issues: list[Issue] = field(default_factory=list)
    known: dict[str, tuple[PackFiles, Found]] = field(default_factory=dict)
    whole: bool = True

    @classmethod
    def of(cls, plugins: Plugins) -> Shelf:
        """A shelf with all packs that plug-ins give."""
        shelf = cls(plugins)
        for plugin, folder in plugins.packs:
            shelf._add(Found(folder, shown_name(folder), plugin))
        return shelf

    @classmethod
    def beginning_with(cls, folders: Iterable[Path], plugins: Plugins) -> Shelf:
        """A shelf with the packs in some folders, and with those that plug-ins give as far as no folder has them."""
        shelf = cls(plugins)
        for folder in folders:
            shelf.add_folder(folder)
        for plugin, place in plugins.packs:
            shelf._add(Found(place, shown_name(place), plugin), or_leave=True)
        return shelf

    def copy(self) -> Shelf:
        """Another shelf with the same packs, for adding folders to."""
        return Shelf(self.plugins, list(self.issues), dict(self.known), self.whole)

    def named(self, place: Path) -> str | Path:
        """The id of the pack if a plug-in gives this very folder already, else the place itself."""
        own = place.resolve()
        for id_, (_, found) in self.known.items():
            if isinstance(found.place, Path) and found.place.resolve() == own:
                return id_
        return place

    def add_folder(self, folder: Path) -> str | None:
        """Reads a pack's folder; returns its id, or None with an issue."""
        return self._add(Found(folder, shown_name(folder)))

    def _add(self, found: Found, *, or_leave: bool = False) -> str | None:
        issues: list[Issue] = []
        files = read_pack(found.place, found.shown, issues)
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
    named = [str(pack) for pack in packs if not _is_path(pack)]
    for name in named:
        if name not in reader.known:
            raise CallError(_no_such("pack", name, given))
    folders = [Path(pack) for pack in packs if _is_path(pack)]
    for folder in folders:
        if not folder.is_dir():
            raise CallError(f"there is no folder `{folder.as_posix()}` to read a pack from")
    added = [reader.add_folder(folder) for folder in folders]
    return [*named, *(id_ for id_ in added if id_ is not None)]


def _is_path(pack: str | Path) -> bool:
    return isinstance(pack, Path) or "/" in pack or "\\" in pack or pack in (".", "..")


# --- localities


def _locality(locality: str | Path, reader: Shelf) -> tuple[PackFiles, Found] | None:
    found = _locality_file(locality, reader.plugins)
    files = read_locality(found.place, found.shown, reader.issues)
    reader.whole = reader.whole and files is not None
    if files is None:
        return None
    if not _is_path(locality) and files.id != locality and not _is_file_name(locality):
        reader.issues.append(messages.locality_misnamed(files.id, str(locality)).at(files.main.place("locality")))
    return files, found


def _locality_file(locality: str | Path, plugins: Plugins) -> Found:
    if _is_path(locality) or _is_file_name(locality):
        path = Path(locality)
        if not path.is_file():
            raise CallError(f"there is no file `{path.as_posix()}` to read a locality from")
        return Found(path, shown_name(path))
    matching = [(plugin, file) for plugin, file in plugins.localities if _locality_id(file) == locality]
    if not matching:
        raise CallError(_no_such("locality", str(locality), locality_ids(plugins)))
    if len(matching) > 1:
        raise CallError(f"more than one plug-in gives the locality `{locality}`; name its file instead")
    return Found(matching[0][1], shown_name(matching[0][1]), matching[0][0])


def _is_file_name(locality: str | Path) -> bool:
    return str(locality).endswith((".yaml", ".yml"))


def _locality_id(file: Traversable) -> str:
    return file.name.removesuffix(".yaml")


def _no_such(what: str, name: str, known: Sequence[str]) -> str:
    near = nearest(name, known)
    hint = f"did you mean `{near}`?" if near else f"there are {', '.join(f'`{each}`' for each in known)}"
    return f"there is no {what} `{name}`; {hint}"
