"""What extensions add to a case: kept as it is given, and checked by the rulebook that knows the extension."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from safeguard_rules.values.frozen import FrozenMap


class _ExtraValue:
    """Takes what JSON can write but fractions and mappings; lists become tuples."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(extra_value)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": ["boolean", "integer", "string", "array", "null"]}


def extra_value(value: object) -> Any:
    """The value of a field of an extension, immutable; raises `ValueError` for a fraction or a mapping."""
    match value:
        case None | bool() | int() | str():
            return value
        case list() | tuple():
            return tuple(extra_value(item) for item in value)
        case _:
            from safeguard_rules import messages  # all wordings, of which a model that is only looked at needs none

            raise ValueError(messages.wrong_extra_value().text)


ExtraValue = Annotated[Any, _ExtraValue()]
ExtraValues = FrozenMap[str, FrozenMap[str, ExtraValue]]
"""By the name of the extension, then by the name of the field."""
