"""A pack's folder or a locality's file, read: nodes with places and typed models, before anything is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import get_origin

from safeguard_rules import messages
from safeguard_rules.packs.models import DeclaringFile, FileModel, LocalityFile, PackFile, RulesFile, SourceFile
from safeguard_rules.packs.terms import Status
from safeguard_rules.packs.whereabouts import inside
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.models import build
from safeguard_rules.reading.nodes import Entry, ListNode, MapNode, Node, Scalar, key_place, kind_of, place_of
from safeguard_rules.source import Issue, Place, Text
from safeguard_rules.values.frozen import FrozenMap

MAIN = "pack.yaml"
RULES = ".rules.yaml"
CASES = ".cases.yaml"


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its tree and what it holds.

    `broken` names, by key, the entries that could not be read: there are issues about them already.
    """

    root: MapNode
    model: DeclaringFile
    broken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def place(self, *path: str | int) -> Place:
        """The place of what stands at a path of keys and positions, as deep as it leads; of a key, not its value."""
        return place_of(self.root, path)

    def value_place(self, *path: str | int) -> Place:
        """The place of the value at a path, else that of its key."""
        node = self.node(*path)
        return node.place if node is not None else self.place(*path)

    def telling_place(self, *path: str | int) -> Place:
        """The place of the value at a path if it is one word, else that of its key."""
        node = self.node(*path[:-1])
        if isinstance(node, MapNode) and path[-1] in node.entries and not isinstance(self.node(*path), Scalar):
            return node.entries[str(path[-1])].key.place
        return self.place(*path)

    def node(self, *path: str | int) -> Node | None:
        """The node at a path, or None."""
        found: Node | None = self.root
        for step in path:
            if isinstance(found, MapNode) and isinstance(step, str):
                found = found.get(step)
            elif isinstance(found, ListNode) and isinstance(step, int) and step < len(found.items):
                found = found.items[step]
            elif step != 0:
                return None
        return found


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One source register: its tree, what it holds, and the statements that could not be read."""

    root: MapNode
    model: SourceFile
    broken: tuple[str, ...] = ()

    def place(self, *path: str | int) -> Place:
        """The place of what stands at a path."""
        return place_of(self.root, path)

    def key_place(self, *path: str) -> Place:
        """The place of the key at the end of a path of keys."""
        node = self.root
        for key in path[:-1]:
            inner = node.get(key)
            if isinstance(inner, MapNode):
                node = inner
        return key_place(node, path[-1])


@dataclass(frozen=True, slots=True)
class PackFiles:
    """Everything that one pack, or one locality, consists of but its cases."""

    id: str
    kind: str
    main: Part
    parts: tuple[Part, ...]
    sources: tuple[SourcePart, ...]
    whole: bool = True
    """Whether every file could be made sense of, at least in part."""
    outdated: bool = False
    """Whether it means something else than what was reviewed; set by `signing`."""

    @property
    def status(self) -> Status:
        """What the header says, but a draft where the meaning has changed since the review."""
        return "draft" if self.outdated else self.header.status

    @property
    def header(self) -> PackFile | LocalityFile:
        """The keys of the pack, or locality, as a whole."""
        model = self.main.model
        assert isinstance(model, PackFile | LocalityFile)
        return model

    @property
    def uses(self) -> tuple[str, ...]:
        """The ids of the packs that it uses."""
        return self.header.uses


def read_pack(folder: Traversable, shown: str, issues: list[Issue]) -> PackFiles | None:
    """The pack in a folder, or None where `pack.yaml` cannot be made sense of (then there are issues).

    `shown` is the folder's name in messages.
    """
    main = _read_rules(folder.joinpath(MAIN), inside(shown, MAIN), PackFile, issues)
    parts = [
        _read_rules(file, inside(shown, file.name), RulesFile, issues)
        for file in _files(folder)
        if file.name.endswith(RULES)
    ]
    sources = [_read_source(file, inside(shown, f"sources/{file.name}"), issues) for file in _sources(folder)]
    issues.extend(_strays(folder, shown))
    if main is None or not isinstance(main.model, PackFile):
        return None
    return PackFiles(
        main.model.pack,
        "pack",
        main,
        (main, *(part for part in parts if part is not None)),
        tuple(source for source in sources if source is not None),
        None not in parts and None not in sources,
    )


def read_locality(file: Traversable, shown: str, issues: list[Issue]) -> PackFiles | None:
    """The locality in a file, or None where it cannot be made sense of (then there are issues)."""
    main = _read_rules(file, shown, LocalityFile, issues)
    if main is None or not isinstance(main.model, LocalityFile):
        return None
    return PackFiles(main.model.locality, "locality", main, (main,), ())


def rules_part(root: MapNode, model: type[DeclaringFile], issues: list[Issue]) -> Part | None:
    """What the tree of one file holds; entries that are wrong are left out, so that the others can be looked at.

    None where not even its head can be made sense of.
    """
    built = build(root, model, issues)
    if built is not None:
        return Part(root, built)
    sound, broken = _sound(root, model)
    built = build(sound, model, [])
    return Part(root, built, broken) if built is not None else None


def source_part(root: MapNode, issues: list[Issue]) -> SourcePart | None:
    """What the tree of a source register holds, without the statements that are wrong; None as in `rules_part`."""
    built = build(root, SourceFile, issues)
    if built is not None:
        return SourcePart(root, built)
    sound, broken = _sound(root, SourceFile)
    built = build(sound, SourceFile, [])
    return SourcePart(root, built, broken.get("statements", ())) if built is not None else None


def _sound(root: MapNode, model: type[FileModel]) -> tuple[MapNode, Mapping[str, tuple[str, ...]]]:
    """The tree without the unknown keys and without the named entries that are wrong, and the names of these."""
    named = {field.alias or name for name, field in model.model_fields.items() if _is_named(field.annotation)}
    known = {field.alias or name for name, field in model.model_fields.items()}
    head = {key: entry for key, entry in root.entries.items() if key in known - named}
    sound, broken = dict(head), {}
    for key, entry in root.entries.items():
        if key not in named or not isinstance(entry.value, MapNode):
            continue
        kept = {
            name: each
            for name, each in entry.value.entries.items()
            if build(_with(root, head, entry, {name: each}), model, []) is not None
        }
        sound[key] = _entry(entry, kept)
        broken[key] = tuple(name for name in (*entry.value.entries, *entry.value.refused) if name not in kept)
    return MapNode(sound, root.place), broken


def _with(root: MapNode, head: Mapping[str, Entry], section: Entry, entries: Mapping[str, Entry]) -> MapNode:
    return MapNode({**head, section.key.text: _entry(section, entries)}, root.place)


def _entry(section: Entry, entries: Mapping[str, Entry]) -> Entry:
    return Entry(section.key, MapNode(entries, section.value.place))


def _is_named(annotation: object) -> bool:
    return isinstance(get_origin(annotation), type) and issubclass(get_origin(annotation) or object, FrozenMap)


def case_files(folder: Traversable) -> Iterator[Traversable]:
    """The files with cases in a pack's folder, sorted by name."""
    return (file for file in _files(folder) if file.name.endswith(CASES))


def _read_rules(file: Traversable, shown: str, model: type[DeclaringFile], issues: list[Issue]) -> Part | None:
    root = _root(file, shown, issues)
    return rules_part(root, model, issues) if root is not None else None


def _read_source(file: Traversable, shown: str, issues: list[Issue]) -> SourcePart | None:
    root = _root(file, shown, issues)
    return source_part(root, issues) if root is not None else None


def _root(file: Traversable, shown: str, issues: list[Issue]) -> MapNode | None:
    text = read_text(file, issues, shown)
    node = read_node(text, issues) if text is not None else None
    if node is None or isinstance(node, MapNode):
        return node
    issues.append(messages.wrong_shape("a mapping", kind_of(node)).at(node.place))
    return None


def _files(folder: Traversable) -> Sequence[Traversable]:
    return sorted((file for file in folder.iterdir() if file.is_file()), key=lambda file: file.name)


def _sources(folder: Traversable) -> Sequence[Traversable]:
    sources = folder.joinpath("sources")
    return [file for file in _files(sources) if file.name.endswith(".yaml")] if sources.is_dir() else []


def _strays(folder: Traversable, shown: str) -> Iterator[Issue]:
    """Files whose name means nothing here, so that a misspelt one is not passed over without a word."""
    for file in _files(folder):
        if (
            file.name.endswith((".yaml", ".yml", ".json"))
            and not file.name.endswith((RULES, CASES))
            and file.name != MAIN
        ):
            yield messages.stray_file(file.name).at(Text(inside(shown, file.name), "").whole())
