"""What YAML and JSON are read into: scalars, lists and mappings that know their places."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from safeguard_rules.messages import quote
from safeguard_rules.source import Place


class _Raw:
    """Lets a pydantic model keep a node as it is."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {}


@dataclass(frozen=True, slots=True)
class Scalar(_Raw):
    """One value as text; `plain` if it stood there without quotes, so that it may be a number or a word."""

    text: str
    plain: bool
    place: Place


@dataclass(frozen=True, slots=True)
class ListNode(_Raw):
    """A list; its place is its first item or its bracket."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping with its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class MapNode(_Raw):
    """A mapping in the order of the author; its place is its first key or its brace.

    `refused` names the keys whose value the reader refused with an issue: they are not in `entries`, and
    nobody should call them missing.
    """

    entries: Mapping[str, Entry]
    place: Place
    refused: frozenset[str] = field(default=frozenset())

    def get(self, key: str) -> "Node | None":
        """The value of a key, or None if the key is not there."""
        entry = self.entries.get(key)
        return None if entry is None else entry.value


Node = Scalar | ListNode | MapNode


def kind_of(node: Node) -> str:
    """What a person calls the node: `a list`, `a mapping`, `null`, or the text in backticks."""
    match node:
        case ListNode():
            return "a list"
        case MapNode():
            return "a mapping"
        case Scalar(text="null", plain=True):
            return "`null`"
        case _:
            return "text"


def at(node: Node, *path: str | int) -> Node:
    """The node at a path of keys and list positions; a text step into a list picks the item with that `id`.

    Raises LookupError if there is no such node.
    """
    for step in path:
        found = _step(node, step)
        if found is None:
            raise LookupError(step)
        node = found
    return node


def key_place(node: MapNode, key: str) -> Place:
    """The place of a key in a mapping, or of the mapping if the key is not there."""
    entry = node.entries.get(key)
    return node.place if entry is None else entry.key.place


def place_of(root: Node, path: Sequence[str | int]) -> Place:
    """The place of the node at a path, as deep as the path leads; steps that lead nowhere are passed over.

    Where the path stops short the place is that of the last key found, else of the node.
    """
    node, place, reached = root, root.place, True
    for step in path:
        found = _step(node, step)
        reached = found is not None
        if found is not None:
            place = _step_place(node, step, found)
            node = found
    return node.place if reached else place


class Paths:
    """The paths of all that stands in a document, by its places; steps are kept, and joined when they are asked for."""

    def __init__(self, root: Node) -> None:
        self._places: list[Place] = []
        self._steps: list[tuple[int, str]] = []
        self._add(root, -1, "")
        self._begins = [(place.line, place.column) for place in self._places]

    def at(self, place: Place) -> str:
        """What begins at a place, or is the text around it, as a path such as `people[father].identified`.

        Empty for the document itself, and for what was refused as it was read, such as a key that comes twice. An
        entry of a list is named by its `id`, else by its number, the first being `#1`.
        """
        number = bisect_right(self._begins, (place.line, place.column)) - 1
        if number < 0 or not _within(place, self._places[number]):
            return ""
        steps: list[str] = []
        while number > 0:
            number, step = self._steps[number]
            steps.append(step)
        return "".join(reversed(steps)).removeprefix(".")

    def _add(self, node: Node, above: int, step: str) -> None:
        here = self._put(node.place, above, step)
        match node:
            case MapNode():
                for key, entry in node.entries.items():
                    named = f".{_in_short(key)}"
                    self._put(entry.key.place, here, named)
                    self._add(entry.value, here, named)
            case ListNode():
                for number, item in enumerate(node.items, 1):
                    self._add(item, here, f"[{_in_short(_id_of(item) or f'#{number}')}]")

    def _put(self, place: Place, above: int, step: str) -> int:
        self._places.append(place)
        self._steps.append((above, step))
        return len(self._steps) - 1


def _within(place: Place, token: Place) -> bool:
    return place.line == token.line and place.column < token.column + token.width


def _in_short(step: str) -> str:
    """A key or an id on one line, without backticks, cut if it is long."""
    return quote(step.replace("`", "'")).strip("`")


def _step_place(node: Node, step: str | int, found: Node) -> Place:
    if isinstance(node, MapNode) and isinstance(step, str):
        return key_place(node, step)
    return found.place


def _step(node: Node, step: str | int) -> Node | None:
    match node, step:
        case MapNode(), str():
            return node.get(step)
        case ListNode(), int():
            return node.items[step] if 0 <= step < len(node.items) else None
        case ListNode(), str():
            return next((item for item in node.items if _has_id(item, step)), None)
        case ((MapNode() | Scalar()), 0):
            return node  # a single thing where a list of them may stand
        case _:
            return None


def _has_id(node: Node, wanted: str) -> bool:
    return _id_of(node) == wanted


def _id_of(node: Node) -> str | None:
    found = node.get("id") if isinstance(node, MapNode) else None
    return found.text if isinstance(found, Scalar) else None
