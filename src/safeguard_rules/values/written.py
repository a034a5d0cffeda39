"""What pydantic needs to know of a value that is written as one piece of text."""

from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class Written:
    """A value that `of` builds, raising `ValueError`, and that `str` writes back.

    As a field it is read the same by strict and lax models, from Python and from JSON; it is dumped as text.
    """

    __slots__ = ()

    json_schema: ClassVar[JsonSchemaValue]
    """How its text is described to editors; the description of a field goes before the one given here."""

    @classmethod
    def of(cls, value: Any) -> Self:
        """Return the value for itself, for its text or for what else stands for it; else raise `ValueError`."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.of, serialization=core_schema.to_string_ser_schema(when_used="unless-none")
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(cls.json_schema)
