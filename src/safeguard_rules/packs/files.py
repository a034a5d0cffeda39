"""A pack's folder or a locality's file, read: nodes with places and typed models, before anything is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from safeguard_rules import messages
from safeguard_rules.packs.models import LocalityFile, PackFile, RulesFile, SourceFile
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.models import build
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, place_of
from safeguard_rules.source import Issue, Place, Text

MAIN = "pack.yaml"
RULES = ".rules.yaml"
CASES = ".cases.yaml"


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its tree and what it holds."""

    root: MapNode
    model: RulesFile

    def place(self, *path: str | int) -> Place:
        """The place of what stands at a path of keys and positions, as deep as it leads."""
        return place_of(self.root, path)

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
    """One source register: its tree and what it holds."""

    root: MapNode
    model: SourceFile

    def place(self, *path: str | int) -> Place:
        """The place of what stands at a path."""
        return place_of(self.root, path)


@dataclass(frozen=True, slots=True)
class PackFiles:
    """Everything that one pack, or one locality, consists of but its cases."""

    id: str
    kind: str
    main: Part
    parts: tuple[Part, ...]
    sources: tuple[SourcePart, ...]

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
    main = _read_rules(folder.joinpath(MAIN), f"{shown}/{MAIN}", PackFile, issues)
    parts = [
        _read_rules(file, f"{shown}/{file.name}", RulesFile, issues)
        for file in _files(folder)
        if file.name.endswith(RULES)
    ]
    sources = [_read_source(file, f"{shown}/sources/{file.name}", issues) for file in _sources(folder)]
    issues.extend(_strays(folder, shown))
    if main is None or not isinstance(main.model, PackFile):
        return None
    return PackFiles(
        main.model.pack,
        "pack",
        main,
        (main, *(part for part in parts if part is not None)),
        tuple(source for source in sources if source is not None),
    )


def read_locality(file: Traversable, shown: str, issues: list[Issue]) -> PackFiles | None:
    """The locality in a file, or None where it cannot be made sense of (then there are issues)."""
    main = _read_rules(file, shown, LocalityFile, issues)
    if main is None or not isinstance(main.model, LocalityFile):
        return None
    return PackFiles(main.model.locality, "locality", main, (main,), ())


def case_files(folder: Traversable) -> Iterator[Traversable]:
    """The files with cases in a pack's folder, sorted by name."""
    return (file for file in _files(folder) if file.name.endswith(CASES))


def _read_rules(file: Traversable, shown: str, model: type[RulesFile], issues: list[Issue]) -> Part | None:
    root = _root(file, shown, issues)
    built = build(root, model, issues) if root is not None else None
    return Part(root, built) if root is not None and built is not None else None


def _read_source(file: Traversable, shown: str, issues: list[Issue]) -> SourcePart | None:
    root = _root(file, shown, issues)
    built = build(root, SourceFile, issues) if root is not None else None
    return SourcePart(root, built) if root is not None and built is not None else None


def _root(file: Traversable, shown: str, issues: list[Issue]) -> MapNode | None:
    text = read_text(file, issues, shown)
    node = read_node(text, issues) if text is not None else None
    if node is None or isinstance(node, MapNode):
        return node
    issues.append(messages.wrong_shape("a mapping", "a list" if isinstance(node, ListNode) else "text").at(node.place))
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
            yield messages.stray_file(file.name).at(Text(f"{shown}/{file.name}", "").whole())
