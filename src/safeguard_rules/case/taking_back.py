"""What a day of a story takes back: facts, records and lists that were known and no longer are, by their paths."""

from __future__ import annotations

import re
from collections.abc import Callable

from safeguard_rules.case.paths import CasePath, parse_path
from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.reading.nodes import Entry, ListNode, MapNode, Node, Scalar

PATHS = (*SINGULARS, *(f"{part}.{fact}" for part in ("case", "child", "pregnancy") for fact in PARTS[part].facts))
"""The paths that need no id, for somebody who misspelt one."""

_OF_CHILD = re.compile(r"children\[([^\[\]]+)\]\.(.+)")


def take_back(known: MapNode, path: str) -> MapNode | None:
    """What is known without a path, and without the evidence for it; None if nothing was known there.

    In a family `children[baby].child.movements` is what is said of one child, also under `for_children`.
    """
    child, parsed = _parsed(path)
    if parsed is None:
        return None
    return _without(known, parsed) if child is None else _for_child(known, child, parsed)


def is_path(path: str) -> bool:
    """Whether a case, or one child of a family, could have something at a path."""
    return _parsed(path)[1] is not None


def _parsed(path: str) -> tuple[str | None, CasePath | None]:
    """The child of a family that a path leads to first, if it does, and the path in a case."""
    of_child = _OF_CHILD.fullmatch(path)
    return (of_child[1], parse_path(of_child[2])) if of_child else (None, parse_path(path))


def _without(known: MapNode, path: CasePath) -> MapNode | None:
    """A case, a family or one child of it without a path."""
    if path.part in SINGULARS:
        changed = _without_record(known, path)
    elif path.part == "case":
        changed = _without_key(known, path.name or "")
    elif path.part == "extra":
        changed = _inside(known, "extra", _inside_of(path.id or "", path.name or ""))
    else:
        changed = _inside(known, path.part, _dropping(path.name or ""))
    return None if changed is None else _without_evidence(changed, str(path))


def _without_record(known: MapNode, path: CasePath) -> MapNode | None:
    if path.id is None:
        return _without_key(known, path.part)
    records = known.get(path.part)
    if not isinstance(records, ListNode) or path.id not in map(_id, records.items):
        return None
    if path.name is None:
        kept = tuple(item for item in records.items if _id(item) != path.id)
        return _with(known, path.part, ListNode(kept, records.place))
    found = next(item for item in records.items if _id(item) == path.id)
    changed = _without_key(found, path.name) if isinstance(found, MapNode) else None
    if changed is None:
        return None
    items = tuple(changed if item is found else item for item in records.items)
    return _with(known, path.part, ListNode(items, records.place))


def _for_child(known: MapNode, child: str, path: CasePath) -> MapNode | None:
    """A family without what one child's own entry says, or what a shared record says for this child."""
    children = known.get("children")
    if not isinstance(children, ListNode):
        return None
    for place, item in enumerate(children.items):
        if isinstance(item, MapNode) and _child_id(item) == child:
            changed = _without(item, path)
            if changed is not None:
                items = (*children.items[:place], changed, *children.items[place + 1 :])
                return _with(known, "children", ListNode(items, children.place))
    return _in_shared_record(known, child, path)


def _in_shared_record(known: MapNode, child: str, path: CasePath) -> MapNode | None:
    records = known.get(path.part)
    if not isinstance(records, ListNode) or path.name is None:
        return None
    for place, item in enumerate(records.items):
        if isinstance(item, MapNode) and _id(item) == path.id:
            changed = _inside(item, "for_children", _inside_of(child, path.name))
            if changed is not None:
                items = (*records.items[:place], changed, *records.items[place + 1 :])
                return _with(known, path.part, ListNode(items, records.place))
    return None


# --- nodes with something else in them


def _with(node: MapNode, key: str, value: Node) -> MapNode:
    return MapNode({**node.entries, key: Entry(node.entries[key].key, value)}, node.place, node.refused)


def _inside(node: MapNode, key: str, change: Callable[[MapNode], MapNode | None]) -> MapNode | None:
    """The node with one of its mappings changed; None where there is none, or nothing to change."""
    inner = node.get(key)
    changed = change(inner) if isinstance(inner, MapNode) else None
    return None if changed is None else _with(node, key, changed)


def _dropping(name: str) -> Callable[[MapNode], MapNode | None]:
    return lambda node: _without_key(node, name)


def _inside_of(key: str, name: str) -> Callable[[MapNode], MapNode | None]:
    return lambda node: _inside(node, key, _dropping(name))


def _without_key(node: MapNode, name: str) -> MapNode | None:
    """The node without a key, which is then not called incomplete either."""
    if name not in node.entries:
        return None
    entries = {key: entry for key, entry in node.entries.items() if key != name}
    incomplete = node.get("incomplete")
    if isinstance(incomplete, ListNode):
        kept = tuple(item for item in incomplete.items if not (isinstance(item, Scalar) and item.text == name))
        entries["incomplete"] = Entry(node.entries["incomplete"].key, ListNode(kept, incomplete.place))
    return MapNode(entries, node.place, node.refused)


def _without_evidence(node: MapNode, path: str) -> MapNode:
    """The node without the evidence for a path and for what stands under it."""
    evidence = node.get("evidence")
    if not isinstance(evidence, MapNode):
        return node
    below = (f"{path}.", f"{path}[")
    kept = {key: each for key, each in evidence.entries.items() if key != path and not key.startswith(below)}
    return _with(node, "evidence", MapNode(kept, evidence.place, evidence.refused))


def _id(node: Node) -> str | None:
    found = node.get("id") if isinstance(node, MapNode) else None
    return found.text if isinstance(found, Scalar) else None


def _child_id(node: MapNode) -> str | None:
    child = node.get("child")
    return _id(child) if child is not None else None
