"""The base of all models of a case: strict, and immutable all the way down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class CaseModel(BaseModel):
    """A part of a case: nothing is coerced, nothing unknown is taken, nothing can be changed afterwards."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        revalidate_instances="always",
        use_attribute_docstrings=False,
    )

    @model_validator(mode="before")
    @classmethod
    def _lists_become_tuples(cls, given: Any) -> Any:
        """Take Python and JSON lists where tuples are kept; sets are refused, for they have no order."""
        if not isinstance(given, Mapping):
            return given
        return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}

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
