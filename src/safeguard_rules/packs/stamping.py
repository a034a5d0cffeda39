"""The stamps of packs: digests over all that they say, with their cases, which nothing else needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable

from safeguard_rules.packs.content import PackStamp, Stamped
from safeguard_rules.packs.digests import pack_digest
from safeguard_rules.packs.files import PackFiles, case_files
from safeguard_rules.packs.shelf_life import shelf_days
from safeguard_rules.packs.signing import meaning_of
from safeguard_rules.packs.whereabouts import Found
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.nodes import Node


def stamped_of(read: Sequence[tuple[PackFiles, Found]], known: Mapping[str, PackFiles]) -> Stamped:
    """What can be told of packs and a locality without their text; `known` are all packs there are, by id."""
    stamps = [_stamp(files, where.read_from, known) for files, where in read]
    days = tuple(shelf_days(files) for files, _ in read)
    return Stamped(tuple(sorted(stamps, key=lambda stamp: (stamp.kind, stamp.id))), days)


def _stamp(files: PackFiles, place: Traversable, known: Mapping[str, PackFiles]) -> PackStamp:
    digest = pack_digest(files, _cases(place) if files.kind == "pack" else [])
    return PackStamp(files.id, files.header.version, files.status, digest, meaning_of(files, known), files.kind)


def _cases(folder: Traversable) -> list[Node]:
    nodes: list[Node] = []
    for file in case_files(folder):
        text = read_text(file, [], file.name)
        node = read_node(text, []) if text is not None else None
        if node is not None:
            nodes.append(node)
    return nodes
