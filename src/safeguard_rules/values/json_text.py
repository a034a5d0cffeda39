"""One writer of JSON of our own, so that the same tree gives the same bytes on every system (semantics, decision 43).

Objects have the fields of a class in its order, mappings keep their own; what is None is kept; tuples are lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeAlias

Named = Callable[[object], object | None]
"""What to write for a dataclass instead of its fields; None for the fields."""

Line: TypeAlias = str | None
"""A line end with the indent after it; None for the compact form, which has none."""

_INDENT = "  "
_CONTROLS = [*range(0x20), 0x7F, *range(0xD800, 0xE000)]
_ESCAPES = {
    **{code: f"\\u{code:04x}" for code in _CONTROLS},
    **{ord(sign): f"\\{letter}" for sign, letter in zip('"\\\n\r\t\b\f', '"\\nrtbf', strict=True)},
}


def as_json(value: object, *, indent: bool = True, named: Named | None = None) -> str:
    """A tree of frozen dataclasses, mappings, tuples, lists, texts, whole numbers, booleans and None as JSON.

    With `indent` by two spaces and with a line end, else on one line without spaces. Only what JSON makes one escape
    is escaped. `named` may give something else to write for a dataclass, such as the name under which it is written
    once elsewhere. Raises TypeError for anything else: a set has no order, a float no one spelling.
    """
    return JsonWriter(named).value(value, START if indent else None) + ("\n" if indent else "")


START: Line = "\n"
"""The line end before the outermost members of the indented form."""


class JsonWriter:
    """Writes values of one tree; what stands in it twice, the same object at the same depth, is written once.

    A `Line` is a line end with the indent of where a value stands, None for the compact form.
    """

    def __init__(self, named: Named | None = None) -> None:
        self._named = named
        self._known: dict[tuple[int, Line], tuple[object, str]] = {}

    def value(self, value: object, line: Line) -> str:
        """The text of a value that stands at a line end."""
        kind = value.__class__
        if kind is str:
            return text_json(value)  # type: ignore[arg-type]
        if value is None:
            return "null"
        if kind is bool:
            return "true" if value else "false"
        if kind is tuple:
            return self.sequence(value, line) if value else "[]"  # type: ignore[arg-type]
        if is_dataclass(kind):
            return self._once(value, line)
        return self._other(value, line)

    def sequence(self, values: Sequence[object], line: Line) -> str:
        """The text of a list."""
        inner = deeper(line)
        value = self.value
        return bracketed("[", [value(each, inner) for each in values], "]", line)

    def fields_of(self, value: object, line: Line) -> str:
        """The text of a dataclass by its fields."""
        inner = deeper(line)
        of = self.value
        members = []
        for name, key in keyed(type(value), line).items():
            item = getattr(value, name)
            members.append(key + (text_json(item) if item.__class__ is str else of(item, inner)))
        return bracketed("{", members, "}", line)

    def members(self, items: Iterable[tuple[str, object]], line: Line) -> str:
        """The text of an object with these keys."""
        inner = deeper(line)
        colon = ":" if line is None else ": "
        return bracketed("{", [f"{_key(key)}{colon}{self.value(item, inner)}" for key, item in items], "}", line)

    def _once(self, value: object, line: Line) -> str:
        key = id(value), line
        found = self._known.get(key)
        if found is None:
            other = None if self._named is None else self._named(value)
            text = self.fields_of(value, line) if other is None else JsonWriter().value(other, line)
            found = self._known[key] = value, text
        return found[1]

    def _other(self, value: object, line: Line) -> str:
        match value:
            case Writes():
                return value.write(self, line)
            case str():
                return text_json(value)
            case int():
                return str(int(value))
            case tuple() | list():
                return self.sequence(value, line)
            case _ if is_dataclass(value) and not isinstance(value, type):
                return self._once(value, line)
            case Mapping():
                return self.members(value.items(), line)
            case _:
                raise TypeError(f"no JSON for {value!r}")


class Writes:
    """What knows how to write itself where it stands in a tree."""

    __slots__ = ()

    def write(self, writer: JsonWriter, line: Line) -> str:
        """Its text where it stands at a line end."""
        raise NotImplementedError


class Ready(Writes):
    """What was written before, and stands in the tree as it is."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def write(self, writer: JsonWriter, line: Line) -> str:  # noqa: ARG002 - it was made for this place
        """Its text."""
        return self._text


def deeper(line: Line) -> Line:
    """Where the members of what stands at a line end stand."""
    return None if line is None else line + _INDENT


def bracketed(opening: str, members: Sequence[str], closing: str, line: Line) -> str:
    """Members between brackets, each on its line in the indented form; without any both stand on one line."""
    if not members:
        return opening + closing
    if line is None:
        return f"{opening}{','.join(members)}{closing}"
    inner = line + _INDENT
    return f"{opening}{inner}{f',{inner}'.join(members)}{line}{closing}"


def between(line: Line) -> str:
    """What stands between two members of what stands at a line end."""
    return "," if line is None else f",{line}{_INDENT}"


def keyed(kind: Any, line: Line) -> Mapping[str, str]:
    """The names of a class's fields, each with how it is written before its value."""
    return _keyed(kind, line is None)


@cache
def _keyed(kind: Any, compact: bool) -> Mapping[str, str]:
    colon = ":" if compact else ": "
    return {field.name: f"{text_json(field.name)}{colon}" for field in fields(kind)}


def _key(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"no JSON key for {name!r}")
    return text_json(name)


def text_json(text: str) -> str:
    """A text as JSON."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'  # nothing that is printable has an escape but these two, and looking is quick
    return f'"{text.translate(_ESCAPES)}"'
