"""Fields of models that take one thing or a list of such things."""

from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

X = TypeVar("X")


@dataclass(frozen=True, slots=True)
class SingleWithoutList:
    """Marks a field that takes one thing, or a list of such things."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        several = handler(schema)
        return {"anyOf": [several["items"], several]} if "items" in several else several


OneOrMany = Annotated[tuple[X, ...], SingleWithoutList()]
"""A tuple that a file may also write as its one item, without a list around it."""
