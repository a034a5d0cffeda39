"""The schema of a pydantic model, as the strict reader takes its files: what each key takes, and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from safeguard_rules.schemas.pieces import TEXT, Schema, described
from safeguard_rules.schemas.texts import TEXTS

NOTHING = described({"const": None}, "Nothing, or not known: the same as leaving it out.")
_LEFT_OUT = ("title", "default", "examples", "fact", "records")
_BY_NAME = ("properties", "patternProperties", "$defs")
_LISTED = ("anyOf", "allOf", "oneOf")
_ONE = ("items", "additionalProperties", "propertyNames")
_A_YEAR = "2026"


def definitions_of(model: type[BaseModel]) -> dict[str, Schema]:
    """The model and all models within it, by their names."""
    made = model.model_json_schema()
    inner = made.pop("$defs", {})
    found = {name: tidied(each) for name, each in {**inner, model.__name__: made}.items()}
    for name, definition in found.items():
        _explain(definition.get("properties", {}), TEXTS.get(name, {}))
    return found


def _explain(properties: dict[str, Schema], texts: Mapping[str, str]) -> None:
    """Gives a text to each key of which the model says nothing."""
    for key, schema in properties.items():
        if "description" not in schema:
            properties[key] = described(schema, texts.get(key, ""))


def tidied(schema: Any) -> Any:
    """A schema as pydantic makes it, with what only pydantic means left out and what the reader means put in."""
    if not isinstance(schema, Mapping):
        return schema
    found = {key: _part(key, value) for key, value in schema.items() if key not in _LEFT_OUT}
    if found.get("type") == "null":
        return dict(NOTHING)
    if found.get("type") == "string":
        _as_read(found)
    text = "\n\n".join([*([found["description"]] if "description" in found else []), *_question(schema)])
    return described(found, text)


def _part(key: str, value: Any) -> Any:
    if key in _BY_NAME:
        return {name: tidied(each) for name, each in value.items()}
    if key in _LISTED:
        return [tidied(each) for each in value]
    return tidied(value) if key in _ONE else value


def _as_read(schema: Schema) -> None:
    """A word, a date or text as a file writes it: bare `2026` and bare `1` are numbers to everybody but our reader."""
    if {"enum", "format"} & schema.keys():
        return
    if "const" in schema:
        if str(schema["const"]).isdigit():
            word = schema.pop("const")
            schema.pop("type")
            schema["anyOf"] = [{"const": int(word)}, {"type": "string", "pattern": f"^{word}$"}]
        return
    if "pattern" not in schema:
        schema.update(TEXT)
        return
    if "description" in schema:  # of the form, which would hide what the key means
        schema["patternErrorMessage"] = f"expected {schema.pop('description')}"
    if re.search(schema["pattern"], _A_YEAR):
        schema.update(type=["string", "integer"], minimum=1900, maximum=2199)


def _question(schema: Mapping[str, Any]) -> list[str]:
    """How a fact, or a list, is asked for."""
    note = schema.get("fact") or schema.get("records")
    return [f"Asked as: {note['question']}"] if isinstance(note, Mapping) and note["question"] else []
