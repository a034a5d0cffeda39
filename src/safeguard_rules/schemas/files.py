"""From models to the schema of a file: what a key takes is put into the model's own schema, wherever text stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from safeguard_rules.packs.draft import NAME
from safeguard_rules.schemas.known import Named, offers
from safeguard_rules.schemas.pieces import DRAFT, TEXT, Schema, described, exactly

Definitions = dict[str, Schema]


def put(definitions: Definitions, model: str, key: str, schema: Schema) -> None:
    """Puts a schema where a key of a model takes any text or any tree; the key keeps its description.

    A model that is not among the definitions, or a key that it does not have, is an error: the table of places is old.
    """
    properties = definitions[model]["properties"]
    properties[key] = _instead(properties[key], schema)


def put_everywhere(definitions: Definitions, key: str, schema: Schema) -> None:
    """The same for a key that means the same in every model that has it."""
    for model, definition in definitions.items():
        if key in definition.get("properties", {}):
            put(definitions, model, key, schema)


def taken_out(definitions: Definitions, model: str, key: str) -> str:
    """Lets a key of a model take anything, for branches that know better; gives its description for their use.

    Left where it was, the description would stand before those of the names in a condition.
    """
    properties = definitions[model]["properties"]
    text: str = properties[key].get("description", "")
    properties[key] = True
    return text


def _instead(found: Schema, schema: Schema) -> Schema:
    """A schema with another one in the place of the text, or the tree, that it takes."""
    words = {key: value for key, value in found.items() if key in ("description", "markdownDescription")}
    bare = {key: value for key, value in found.items() if key not in words}
    if bare in (TEXT, {}):
        return {**schema, **words}
    if "items" in bare:
        return {**found, "items": _instead(bare["items"], schema)}
    if isinstance(bare.get("additionalProperties"), Mapping):
        return {**found, "additionalProperties": _instead(dict(bare["additionalProperties"]), schema)}
    if "anyOf" in bare:
        return {**found, "anyOf": [_instead(each, schema) for each in bare["anyOf"]]}
    return found


def by_name(named: Iterable[Named], value: Callable[[Named], Schema], what: str) -> Schema:
    """A mapping whose keys are names: short ones are offered with what they mean, full ones are right as well."""
    kept = tuple(named)
    shown = zip(kept, offers(kept), strict=True)
    return {
        "type": "object",
        "properties": {offer.name: described(value(each), offer.means) for each, offer in shown},
        "patternProperties": {exactly([each.full]): value(each) for each in kept},
        "additionalProperties": False,
        "errorMessage": f"there was no {what} of this name when this schema was written",
    }


def name_like(pattern: re.Pattern[str]) -> Schema:
    """A name that the file itself gives: any that is well formed."""
    message = "use small letters and digits, with `-` or `_` between them"
    return {"pattern": f"^(?:{pattern.pattern})$", "patternErrorMessage": message}


def named_here(schema: Schema, refused: Sequence[str] = ()) -> Schema:
    """A mapping whose keys are names that the file itself gives, but for words that have a meaning of their own."""
    names = name_like(NAME)
    return {**schema, "propertyNames": {**names, "not": {"enum": list(refused)}} if refused else names}


def file_schema(definitions: Definitions, root: str) -> Schema:
    """The schema of a file whose top is one of the definitions, with those that it needs and no others."""
    # No title: yaml-language-server would print it over every hover.
    top = definitions[root]
    needed = _reached(definitions, root)
    inner = {name: definitions[name] for name in sorted(definitions) if name in needed}
    return {"$schema": DRAFT, **top, **({"$defs": inner} if inner else {})}


def _reached(definitions: Mapping[str, Schema], root: str) -> frozenset[str]:
    """The definitions that one refers to, directly or not."""
    found: dict[str, None] = {}
    waiting = list(_references(definitions[root]))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting.extend(_references(definitions[name]))
    return frozenset(found)


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, Mapping):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].removeprefix("#/$defs/")
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)
