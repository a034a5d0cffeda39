"""One writer of JSON of our own, so that the same tree gives the same bytes on every system (semantics, decision 43).

Objects have the fields of a class in its order, mappings keep their own; what is None is kept; tuples are lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache

Named = Callable[[object], object | None]
"""What to write for a dataclass instead of its fields; None for the fields."""

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
    pieces: list[str] = []
    _write(value, "\n" if indent else None, pieces.append, named)
    return "".join(pieces) + ("\n" if indent else "")


def _write(value: object, newline: str | None, put: Callable[[str], None], named: Named | None) -> None:
    """Puts the pieces of a value; `newline` is a line end with the indent here, None for the compact form."""
    match value:
        case str():
            put(_text(value))
        case None:
            put("null")
        case bool():
            put("true" if value else "false")
        case int():
            put(str(int(value)))
        case tuple() | list():
            _bracketed("[", ((None, item) for item in value), "]", newline, put, named)
        case _ if is_dataclass(value) and not isinstance(value, type):
            other = None if named is None else named(value)
            if other is not None:
                _write(other, newline, put, None)
                return
            members = ((key, getattr(value, name)) for name, key in _fields(type(value)))
            _bracketed("{", members, "}", newline, put, named)
        case Mapping():
            _bracketed("{", ((_key(key), item) for key, item in value.items()), "}", newline, put, named)
        case _:
            raise TypeError(f"no JSON for {value!r}")


def _bracketed(
    opening: str,
    members: Iterable[tuple[str | None, object]],
    closing: str,
    newline: str | None,
    put: Callable[[str], None],
    named: Named | None,
) -> None:
    inner = None if newline is None else newline + _INDENT
    colon = ":" if newline is None else ": "
    before = inner or ""
    put(opening)
    for key, item in members:
        put(before if key is None else f"{before}{key}{colon}")
        _write(item, inner, put, named)
        before = f",{inner or ''}"
    put(closing if newline is None or before == inner else newline + closing)


@cache
def _fields(kind: type) -> tuple[tuple[str, str], ...]:
    """The names of a class's fields, each with how it is written."""
    return tuple((field.name, _text(field.name)) for field in fields(kind))


def _key(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"no JSON key for {name!r}")
    return _text(name)


def _text(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'  # nothing that is printable has an escape but these two, and looking is quick
    return f'"{text.translate(_ESCAPES)}"'
