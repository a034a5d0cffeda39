"""Taking one thing at a time out of the bundled packs, as they were read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from safeguard_rules.errors import PackError
from safeguard_rules.packs.choosing import Chosen, choose
from safeguard_rules.packs.citing import Register, register
from safeguard_rules.packs.content import Statement
from safeguard_rules.packs.files import PackFiles, Part, SourcePart, rules_part, source_part
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.loading import load_chosen
from safeguard_rules.packs.names import Directory
from safeguard_rules.packs.plugins import activate
from safeguard_rules.reading.nodes import Entry, ListNode, MapNode, Node, Scalar
from safeguard_rules.source import Issue
from safeguard_rules.vocabulary.facts import Vocabulary

Step = str | int
Path = tuple[Step, ...]
Line = tuple[str, int]
"""A file's name and a line in it."""

PLUGINS = activate()
VOCABULARY = Vocabulary.standard()
LOCALITIES = ("stoke-on-trent", "wiltshire")


@cache
def chosen(locality: str | None) -> Chosen:
    """All bundled packs and a locality, read once."""
    return choose(None, locality, PLUGINS)


@cache
def loaded(locality: str | None) -> Loaded:
    """The same, built and checked."""
    return load_chosen(chosen(locality), PLUGINS, VOCABULARY)


@dataclass(frozen=True)
class Cites:
    """One `cites` list: whose it is, where it stands, and what it cites."""

    locality: str | None
    files: PackFiles
    part: Part
    path: Path
    node: ListNode
    owner: MapNode

    @property
    def line(self) -> Line:
        """The line of the mapping that the list stands in."""
        return self.owner.place.text.name, self.owner.place.line


def pack_ids() -> list[str]:
    """The ids of the bundled packs and localities."""
    return [*(files.id for files, _ in chosen(None).packs), *LOCALITIES]


def files_of(id_: str) -> tuple[PackFiles, str | None]:
    """The files of a pack, or of a locality with its id as the locality to load with."""
    if id_ in LOCALITIES:
        local = chosen(id_).local
        assert local is not None
        return local[0], id_
    return next(files for files, _ in chosen(None).packs if files.id == id_), None


def cites_of(id_: str) -> Iterator[Cites]:
    """Every `cites` list of a pack or locality."""
    files, locality = files_of(id_)
    for part in files.parts:
        for path, node, owner in _cites(part.root, ()):
            yield Cites(locality, files, part, path, node, owner)


def _cites(node: Node, path: Path) -> Iterator[tuple[Path, ListNode, MapNode]]:
    if isinstance(node, MapNode):
        for key, entry in node.entries.items():
            if key == "cites" and isinstance(entry.value, ListNode):
                yield (*path, key), entry.value, node
            else:
                yield from _cites(entry.value, (*path, key))
    elif isinstance(node, ListNode):
        for i, item in enumerate(node.items):
            yield from _cites(item, (*path, i))


def cited_lines() -> dict[str, dict[str | None, set[Line]]]:
    """By the full name of each statement: by locality (None: the packs), the lines that cite it."""
    found: dict[str, dict[str | None, set[Line]]] = {}
    for id_ in pack_ids():
        resolve = _resolver(files_of(id_)[1])
        for cites in cites_of(id_):
            for item in cites.node.items:
                assert isinstance(item, Scalar)
                statement = resolve.cite(id_, item.text)
                assert isinstance(statement, Statement)
                lines = found.setdefault(statement.name, {}).setdefault(cites.locality, set())
                lines.add((item.place.text.name, item.place.line))
    return found


@cache
def _resolver(locality: str | None) -> Register:
    directory = Directory()
    everything = [files for files, _ in chosen(locality).packs]
    for files in everything:
        directory.uses[files.id] = files.uses
    local = chosen(locality).local
    if local is not None:
        directory.uses[local[0].id] = local[0].uses
    return register(everything, directory, [])


def without(node: Node, path: Path) -> Node:
    """A tree without what stands at a path."""
    first, rest = path[0], path[1:]
    if isinstance(node, MapNode):
        assert isinstance(first, str)
        entries = dict(node.entries)
        if rest:
            entries[first] = Entry(entries[first].key, without(entries[first].value, rest))
        else:
            del entries[first]
        return MapNode(entries, node.place, node.refused)
    assert isinstance(node, ListNode)
    assert isinstance(first, int)
    items = [without(item, rest) if i == first and rest else item for i, item in enumerate(node.items)]
    return ListNode(tuple(item for i, item in enumerate(items) if rest or i != first), node.place)


def issues_without(id_: str, part: Part | SourcePart, path: Path, locality: str | None) -> tuple[Issue, ...]:
    """The issues of loading everything with one thing taken out of one file."""
    files = files_of(id_)[0]
    issues: list[Issue] = []
    changed = _changed(files, part, path, issues)
    if changed is None:
        return tuple(issues)
    everything = chosen(locality)
    packs = tuple((changed if pack.id == id_ else pack, found) for pack, found in everything.packs)
    local = everything.local
    if local is not None and local[0].id == id_:
        local = (changed, local[1])
    try:
        load_chosen(replace(everything, packs=packs, local=local, issues=tuple(issues)), PLUGINS, VOCABULARY)
    except PackError as error:
        return tuple(issue for issue in error.issues if issue.severity == "error")
    return ()


def _changed(files: PackFiles, part: Part | SourcePart, path: Path, issues: list[Issue]) -> PackFiles | None:
    """The files with one thing taken out; None where the head of a file needs it."""
    root = without(part.root, path)
    assert isinstance(root, MapNode)
    if isinstance(part, SourcePart):
        source = source_part(root, issues)
        assert source is not None
        return replace(files, sources=tuple(source if each is part else each for each in files.sources))
    other = rules_part(root, type(part.model), issues)
    if other is None:
        return None
    parts = tuple(other if each is part else each for each in files.parts)
    return replace(files, parts=parts, main=other if files.main is part else files.main)
