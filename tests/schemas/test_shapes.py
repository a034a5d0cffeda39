"""The schema of a model as the reader takes its files."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from safeguard_rules.schemas.pieces import TEXT
from safeguard_rules.schemas.shapes import NOTHING, definitions_of, tidied
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration


class _Inner(BaseModel):
    kind: Literal["a", "b"]


class _Outer(BaseModel):
    language: Literal["1"]
    title: str = Field(description="A name with `code` in it.")
    note: str | None = None
    inner: _Inner
    since: When | None = None
    day: date | None = None
    length: Duration


def test_models_become_definitions_with_what_the_reader_takes() -> None:
    found = definitions_of(_Outer)
    keys = found["_Outer"]["properties"]
    assert list(found) == ["_Inner", "_Outer"]
    assert keys["language"] == {"anyOf": [{"const": 1}, {"type": "string", "pattern": "^1$"}]}
    assert keys["title"]["type"] == TEXT["type"]
    assert keys["title"]["markdownDescription"] == keys["title"]["description"] == "A name with `code` in it."
    assert keys["note"] == {"anyOf": [TEXT, NOTHING]}
    assert keys["day"]["anyOf"][0] == {"type": "string", "format": "date"}
    assert "title" not in found["_Outer"]


def test_a_year_may_stand_without_quotes_and_a_length_of_time_is_text() -> None:
    assert tidied(When.json_schema)["type"] == ["string", "integer"]
    assert tidied(Duration.json_schema)["type"] == "string"
