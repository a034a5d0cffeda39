"""Results as JSON, from one writer of our own, so that the same result gives the same bytes (semantics, 43).

Objects have the fields of a class in its order, mappings keep their own; what is None is kept; tuples are lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Protocol

from pydantic import TypeAdapter

from safeguard_rules.results import (
    Changes,
    EvaluationDocument,
    Explanation,
    NextChange,
    RecommendedAction,
)
from safeguard_rules.source import Issue

Detail = Literal["full", "actions"]

_INDENT = "  "
_CONTROLS = [*range(0x20), 0x7F, *range(0xD800, 0xE000)]
_ESCAPES = {
    **{code: f"\\u{code:04x}" for code in _CONTROLS},
    **{ord(sign): f"\\{letter}" for sign, letter in zip('"\\\n\r\t\b\f', '"\\nrtbf', strict=True)},
}


class ChildrensAction(Protocol):
    """One action over a family: what it is, and for which children it came out."""

    @property
    def action(self) -> RecommendedAction:
        """The action, as the child with the strongest demand has it."""

    @property
    def children(self) -> tuple[str, ...]:
        """The children's ids."""


# --- the writer


def as_json(value: object, *, indent: bool = True) -> str:
    """A tree of frozen dataclasses, mappings, tuples, lists, texts, whole numbers, booleans and None as JSON.

    With `indent` by two spaces and with a line end, else on one line without spaces. Only what JSON makes one escape
    is escaped. Raises TypeError for anything else: a set has no order, a float no one spelling.
    """
    pieces: list[str] = []
    _write(value, "\n" if indent else None, pieces.append)
    return "".join(pieces) + ("\n" if indent else "")


def _write(value: object, newline: str | None, put: Callable[[str], None]) -> None:
    """Puts the pieces of a value; `newline` is a line end with the indent here, None for the compact form."""
    match value:
        case None:
            put("null")
        case bool():
            put("true" if value else "false")
        case int():
            put(str(int(value)))
        case str():
            put(_text(value))
        case tuple() | list():
            _bracketed("[", ((None, item) for item in value), "]", newline, put)
        case Mapping():
            _bracketed("{", ((_key(key), item) for key, item in value.items()), "}", newline, put)
        case _ if is_dataclass(value) and not isinstance(value, type):
            members = ((key, getattr(value, name)) for name, key in _fields(type(value)))
            _bracketed("{", members, "}", newline, put)
        case _:
            raise TypeError(f"no JSON for {value!r}")


def _bracketed(
    opening: str,
    members: Iterable[tuple[str | None, object]],
    closing: str,
    newline: str | None,
    put: Callable[[str], None],
) -> None:
    inner = None if newline is None else newline + _INDENT
    colon = ":" if newline is None else ": "
    before = inner or ""
    put(opening)
    for key, item in members:
        put(before if key is None else f"{before}{key}{colon}")
        _write(item, inner, put)
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
    return f'"{text.translate(_ESCAPES)}"'


# --- what is written


def evaluation_json(document: EvaluationDocument, detail: Detail = "full", *, indent: bool = True) -> str:
    """An evaluation; `actions` leaves out the record, the questions and the findings that are ruled out."""
    return as_json(evaluation_tree(document, detail), indent=indent)


def evaluation_tree(document: EvaluationDocument, detail: Detail = "full") -> object:
    """What is written of an evaluation, as one value for `as_json`."""
    if detail == "full":
        return document
    left_out = ("record", "questions")
    tree: dict[str, Any] = {f.name: getattr(document, f.name) for f in fields(document) if f.name not in left_out}
    tree["findings"] = tuple(each for each in document.findings if each.outcome != "does_not_apply")
    return tree


def family_json(
    children: Mapping[str, EvaluationDocument],
    actions: Iterable[ChildrensAction],
    detail: Detail = "full",
    *,
    indent: bool = True,
) -> str:
    """A family: the actions over all children, each with their ids, and each child's evaluation by its id."""
    tree = {
        "actions": tuple({"children": each.children, "action": each.action} for each in actions),
        "children": {child: evaluation_tree(document, detail) for child, document in children.items()},
    }
    return as_json(tree, indent=indent)


def changes_json(changes: Changes | NextChange, *, indent: bool = True) -> str:
    """The differences between two evaluations, or the next that time alone brings."""
    return as_json(changes, indent=indent)


def explanations_json(explanations: tuple[Explanation, ...], *, indent: bool = True) -> str:
    """The explanations of one rule, one for each subject."""
    return as_json(explanations, indent=indent)


def issues_json(issues: Iterable[Issue], *, indent: bool = True) -> str:
    """Issues sorted by place, each with its file, line and column (from 1; 0 is the file as a whole)."""
    tree = tuple(
        {
            "file": issue.place.text.name,
            "line": issue.place.line,
            "column": issue.place.column,
            "width": issue.place.width,
            "severity": issue.severity,
            "code": issue.code,
            "message": issue.message,
            "help": issue.help,
        }
        for issue in sorted(set(issues))
    )
    return as_json(tree, indent=indent)


# --- schemas


def evaluation_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an evaluation in full."""
    return _schema(EvaluationDocument, "An evaluation by Safeguard Rules")


def changes_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the differences between two evaluations."""
    return _schema(Changes, "Differences between two evaluations by Safeguard Rules")


def explanations_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the explanations of one rule."""
    return _schema(tuple[Explanation, ...], "Explanations of one rule by Safeguard Rules")


def _schema(kind: Any, title: str) -> dict[str, Any]:
    made = TypeAdapter(kind).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": title}
