"""From names and paths to checked content: the packs in force, the locality over them, every issue at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from safeguard_rules import messages
from safeguard_rules.errors import CallError, PackError
from safeguard_rules.messages import nearest
from safeguard_rules.packs.building import build_pack
from safeguard_rules.packs.checking import check
from safeguard_rules.packs.citing import register
from safeguard_rules.packs.content import Content, LocalityContent, PackStamp, Statement
from safeguard_rules.packs.digests import meaning_digest, pack_digest
from safeguard_rules.packs.draft import Draft, declare
from safeguard_rules.packs.files import PackFiles, case_files, read_locality, read_pack
from safeguard_rules.packs.graph import cycles
from safeguard_rules.packs.local_draft import LocalDraft
from safeguard_rules.packs.localities import apply
from safeguard_rules.packs.names import Directory
from safeguard_rules.packs.parameters import build_parameters
from safeguard_rules.packs.plugins import Plugins
from safeguard_rules.packs.rules import build_rules
from safeguard_rules.packs.waivers import with_waivers
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.nodes import Node
from safeguard_rules.source import Issue
from safeguard_rules.vocabulary.facts import Vocabulary


@dataclass(frozen=True, slots=True)
class Found:
    """A pack folder or locality file that can be loaded: where it is, and what its name in messages is."""

    place: Traversable
    shown: str
    plugin: str | None = None


@dataclass(frozen=True)
class Loaded:
    """Checked content with what it was read from; digests are computed when asked for."""

    content: Content
    unwaived: Content | None
    """The content without the locality's waivers, where there are any."""
    vocabulary: Vocabulary
    plugins: Plugins
    files: tuple[tuple[PackFiles, Found], ...]
    warnings: tuple[Issue, ...] = ()

    @cached_property
    def stamps(self) -> tuple[PackStamp, ...]:
        """Id, version, status and digests of each pack and of the locality, sorted by id."""
        by_id = {files.id: files for files, _ in self.files}
        found = []
        for files, where in self.files:
            used = {name: by_id[name] for name in _closure(files.uses, by_id)}
            digest = pack_digest(files, _cases(files, where))
            meaning = meaning_digest(files, used)
            header = files.header
            found.append(PackStamp(files.id, header.version, header.status, digest, meaning, files.kind))
        return tuple(sorted(found, key=lambda stamp: (stamp.kind, stamp.id)))

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """Every statement that can be cited, by its full name."""
        return self.content.statements


@dataclass(slots=True)
class _Reader:
    """Reads packs by name or path and keeps what was read."""

    plugins: Plugins
    issues: list[Issue] = field(default_factory=list)
    known: dict[str, tuple[PackFiles, Found]] = field(default_factory=dict)
    """Packs of the plug-ins and of named folders, by id."""
    given: tuple[str, ...] = ()
    """The ids of packs that plug-ins give, sorted."""

    def discover(self) -> None:
        for plugin, folder in self.plugins.packs:
            self._add(Found(folder, shown_name(folder), plugin))
        self.given = tuple(sorted(self.known))

    def add_folder(self, folder: Path) -> str | None:
        return self._add(Found(folder, shown_name(folder)))

    def _add(self, found: Found) -> str | None:
        files = read_pack(found.place, found.shown, self.issues)
        if files is None:
            return None
        other = self.known.get(files.id)
        if other is not None:
            message = messages.pack_twice(files.id, other[1].shown)
            self.issues.append(message.at(files.main.place("pack")))
            return None
        self.known[files.id] = (files, found)
        return files.id


def load(packs: Sequence[str | Path] | None, locality: str | Path | None, plugins: Plugins) -> Loaded:
    """Reads, builds and checks packs and a locality.

    `packs` are ids of packs that plug-ins give, or folders; None means all that plug-ins give. Raises CallError for a
    pack or locality that is not there, PackError with all issues of all files.
    """
    reader = _Reader(plugins)
    wanted = _wanted(packs, reader)
    issues = reader.issues
    active = _with_used(wanted, reader)
    files = [reader.known[id_][0] for id_ in sorted(active)]
    local = _locality(locality, plugins, issues)
    _stop_on(issues)
    background = [
        reader.known[id_][0] for id_ in (local[0].uses if local else ()) if id_ in reader.known and id_ not in active
    ]
    vocabulary = Vocabulary.extended(plugins.extensions, plugins.derived)
    return _build(files, background, local, active, reader, vocabulary, plugins)


def _build(
    files: Sequence[PackFiles],
    background: Sequence[PackFiles],
    local: tuple[PackFiles, Found] | None,
    active: Iterable[str],
    reader: _Reader,
    vocabulary: Vocabulary,
    plugins: Plugins,
) -> Loaded:
    issues = reader.issues
    everything = [*files, *([local[0]] if local else [])]
    directory = Directory()
    areas = locality_ids(plugins) if local is None else tuple(sorted({*locality_ids(plugins), local[0].id}))
    draft = Draft(vocabulary, directory, register([*files, *background], directory, issues), issues, areas)
    declare(everything, directory, draft.places, issues)
    _check_uses(everything, reader, issues)
    for step in (build_parameters, build_pack, build_rules):
        for pack in everything:
            step(pack, draft)
    content_of_locality = None
    if local is not None:
        unloaded = Directory()
        declare(background, unloaded, {}, [])
        unloaded.uses[local[0].id] = tuple(pack.id for pack in background)
        content_of_locality = apply(LocalDraft(local[0], draft, unloaded))
    check(everything, draft)
    _stop_on(issues)
    content, unwaived = _content(draft, content_of_locality)
    found = [reader.known[id_] for id_ in sorted(active)]
    return Loaded(
        content,
        unwaived,
        vocabulary,
        plugins,
        (*found, *([local] if local else [])),
        tuple(sorted(set(issues))),
    )


def _content(draft: Draft, locality: LocalityContent | None) -> tuple[Content, Content | None]:
    content = Content(
        dict(sorted(draft.rules.items())),
        dict(sorted(draft.definitions.items())),
        dict(sorted(draft.parameters.items())),
        dict(sorted(draft.actions.items())),
        tuple(sorted(draft.ask_with_care, key=lambda each: each.name)),
        dict(sorted(draft.register.statements.items())),
        locality,
        tuple(sorted({area for rule in draft.rules.values() for form in rule.forms for area in form.areas})),
    )
    if locality is None or not locality.waivers:
        return content, None
    definitions, parameters = with_waivers(content.definitions, content.parameters, locality.waivers)
    return replace(content, definitions=definitions, parameters=parameters), content


# --- which packs


def _wanted(packs: Sequence[str | Path] | None, reader: _Reader) -> list[str]:
    folders = [Path(pack) for pack in packs or () if _is_path(pack)]
    reader.discover()
    named = [str(pack) for pack in packs or () if not _is_path(pack)]
    for name in named:
        if name not in reader.known:
            raise CallError(_no_such("pack", name, reader.given))
    if packs is None:
        return list(reader.given)
    for folder in folders:
        if not folder.is_dir():
            raise CallError(f"there is no folder `{folder.as_posix()}` to read a pack from")
    added = [reader.add_folder(folder) for folder in folders]
    return [*named, *(id_ for id_ in added if id_ is not None)]


def _is_path(pack: str | Path) -> bool:
    return isinstance(pack, Path) or "/" in pack or "\\" in pack or pack in (".", "..")


def _with_used(wanted: Sequence[str], reader: _Reader) -> tuple[str, ...]:
    """The packs wanted and all that they use, directly or not."""
    return tuple(sorted({*wanted, *_closure(wanted, {id_: files for id_, (files, _) in reader.known.items()})}))


def _closure(wanted: Iterable[str], known: Mapping[str, PackFiles]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name in found or name not in known:
            continue
        found[name] = None
        waiting.extend(known[name].uses)
    return tuple(sorted(found))


def _check_uses(packs: Sequence[PackFiles], reader: _Reader, issues: list[Issue]) -> None:
    for pack in packs:
        for i, used in enumerate(pack.uses):
            if used not in reader.known:
                issues.append(messages.unknown_pack(used, sorted(reader.known)).at(pack.main.place("uses", i)))
            elif used == pack.id:
                issues.append(messages.cycle("packs use each other", (used, used)).at(pack.main.place("uses", i)))
    by_id = {pack.id: pack for pack in packs}
    for circle in cycles({pack.id: [used for used in pack.uses if used != pack.id] for pack in packs}):
        issues.append(messages.cycle("packs use each other", circle).at(by_id[circle[0]].main.place("uses")))
    for pack in packs:
        if pack.header.status == "withdrawn":
            issues.append(messages.pack_withdrawn(pack.id).at(pack.main.place("status")))


# --- localities


def locality_ids(plugins: Plugins) -> tuple[str, ...]:
    """The ids of the localities that plug-ins give, as their files are named."""
    return tuple(sorted({_locality_id(file) for _, file in plugins.localities}))


def _locality(locality: str | Path | None, plugins: Plugins, issues: list[Issue]) -> tuple[PackFiles, Found] | None:
    if locality is None:
        return None
    found = _locality_file(locality, plugins)
    files = read_locality(found.place, found.shown, issues)
    if files is None:
        return None
    if not isinstance(locality, Path) and not _is_path(locality) and files.id != locality:
        issues.append(messages.locality_misnamed(files.id, locality).at(files.main.place("locality")))
    return files, found


def _locality_file(locality: str | Path, plugins: Plugins) -> Found:
    if isinstance(locality, Path) or _is_path(locality) or str(locality).endswith((".yaml", ".yml")):
        path = Path(locality)
        if not path.is_file():
            raise CallError(f"there is no file `{path.as_posix()}` to read a locality from")
        return Found(path, shown_name(path))
    matching = [(plugin, file) for plugin, file in plugins.localities if _locality_id(file) == locality]
    if not matching:
        raise CallError(_no_such("locality", locality, locality_ids(plugins)))
    if len(matching) > 1:
        raise CallError(f"more than one plug-in gives the locality `{locality}`; name its file instead")
    return Found(matching[0][1], shown_name(matching[0][1]), matching[0][0])


def _locality_id(file: Traversable) -> str:
    return file.name.removesuffix(".yaml")


# --- small things


def shown_name(place: Traversable) -> str:
    """How a folder or file is called in messages: relative to where one stands, with forward slashes."""
    if isinstance(place, Path):
        here = Path.cwd()
        full = place.resolve()
        return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()
    return place.name


def _cases(files: PackFiles, where: Found) -> list[Node]:
    if files.kind != "pack":
        return []
    nodes: list[Node] = []
    for file in case_files(where.place):
        text = read_text(file, [], file.name)
        node = read_node(text, []) if text is not None else None
        if node is not None:
            nodes.append(node)
    return nodes


def _no_such(what: str, name: str, known: Sequence[str]) -> str:
    near = nearest(name, known)
    hint = f"did you mean `{near}`?" if near else f"there are {', '.join(f'`{each}`' for each in known)}"
    return f"there is no {what} `{name}`; {hint}"


def _stop_on(issues: Sequence[Issue]) -> None:
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors:
        raise PackError(issues)
