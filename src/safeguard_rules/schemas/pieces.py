"""The pieces that schemas are built of: texts, words, and names that complete one by one with what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

Schema: TypeAlias = dict[str, Any]
"""One schema, or a part of one: plain mappings, lists and scalars, in the order in which they are written."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": ["string", "number"]}
"""Where text is expected a bare number is its text (semantics, decision 55)."""

_SPECIAL = frozenset("\\^$.|?*+()[]{}")


class Offer(NamedTuple):
    """One name that may stand somewhere, and what it means."""

    name: str
    means: str


def described(schema: Mapping[str, Any], text: str) -> Schema:
    """The schema with a description; where that has code in it, once more as the Markdown that it is."""
    if not text:
        return dict(schema)
    found = {**schema, "description": text}
    return {**found, "markdownDescription": text} if "`" in text else found


def ref(name: str) -> Schema:
    """A reference to a definition of the same schema."""
    return {"$ref": f"#/$defs/{name}"}


def any_of(choices: Sequence[Schema]) -> Schema:
    """One of several schemas, or the only one."""
    return choices[0] if len(choices) == 1 else {"anyOf": list(choices)}


def closed(properties: Mapping[str, Schema | bool], required: Sequence[str] = ()) -> Schema:
    """A mapping with these keys and no others."""
    found: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**found, "required": list(required)} if required else found


def one_or_many(schema: Schema) -> Schema:
    """One thing, or a list of such things."""
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


def offered(offers: Iterable[Offer]) -> Schema:
    """Text of any kind, with names that are offered."""
    known = [described({"const": each.name}, each.means) for each in offers]
    return {**TEXT, "anyOf": [*known, {}]} if known else dict(TEXT)


def chosen(offers: Iterable[Offer], also: Iterable[str], what: str) -> Schema:
    """One of the names offered, or one of those that may be written `also` and are not offered.

    Each name has a branch of its own with what it means, which is what an editor shows; the pattern says what is right,
    so that a slip gives one short complaint instead of a list of all names.
    """
    known = list(offers)
    names = sorted({*(each.name for each in known), *also})
    branches = [described({"const": each.name}, each.means) for each in known]
    return {
        "type": "string",
        "pattern": exactly(names),
        "patternErrorMessage": f"there was no {what} of this name when this schema was written",
        "anyOf": [*branches, {}],
    }


def exactly(names: Iterable[str]) -> str:
    """A pattern that is matched by these texts and no others; with no text by nothing."""
    found = [_escaped(name) for name in names]
    return f"^(?:{'|'.join(found)})$" if found else "^(?!)$"


def _escaped(text: str) -> str:
    """A text as a pattern, for Python and for the Unicode patterns of JavaScript, which allow no needless escape."""
    return "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in text)
