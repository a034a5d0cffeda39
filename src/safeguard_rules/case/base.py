"""The base of all models of a case: strict, and immutable all the way down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


def _take_lists(schema: Any, from_python_only: bool) -> None:
    """Take Python lists where the fields of a model keep tuples; sets are refused, for they have no order.

    JSON needs no such step, and a step before the model would make its arrays Python lists, which strict models refuse.
    """
    while schema["type"] != "model-fields":
        schema = schema["schema"]
    for field in schema["fields"].values():
        holder = field
        while holder["schema"]["type"] in ("default", "nullable", "function-before"):
            holder = holder["schema"]
        if holder["schema"]["type"] == "tuple":
            kept = holder["schema"]
            taken = core_schema.no_info_before_validator_function(_as_tuple, kept)
            both = core_schema.json_or_python_schema(json_schema=kept, python_schema=taken)
            holder["schema"] = taken if from_python_only else both


def _as_tuple(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


class CaseModel(BaseModel):
    """A part of a case: nothing is coerced, nothing unknown is taken, nothing can be changed afterwards."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        revalidate_instances="always",
        use_attribute_docstrings=False,
    )

    from_python_only: ClassVar[bool] = False
    """Whether a step in Python comes before it, so that it is made from Python's lists even where JSON is read."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        _take_lists(handler.resolve_ref_schema(schema), cls.from_python_only)
        return schema

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Give a copy, with `update` a checked one; raises `ValidationError` where pydantic would not look."""
        if not update:
            return super().model_copy(deep=deep)
        return type(self).model_validate({**dict(self), **update})


class Part(CaseModel):
    """A part that holds facts, and says which of its sets (or lists) are known not to be complete."""

    incomplete: tuple[str, ...] = Field(
        default=(),
        description="The names of those sets here that hold some of the words that belong there, but perhaps not all.",
    )


class Record(Part):
    """One entry of a list: a person, an injury, something that happened."""

    id: str = Field(description="A short name for this entry, unique in its list; never the name of a person.")
    label: str | None = Field(default=None, description="A few words that show which entry this is, such as `mother`.")
