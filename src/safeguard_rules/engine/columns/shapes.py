"""What a case looks like to Arrow: a tree of shapes, read off the case models, so that no case loses anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.extra import ExtraValues
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.frozen import FrozenMap
from safeguard_rules.values.special import Special

ENTRY = ("path", "known")
"""The fields of an entry of a mapping, which is a list to Arrow: the path of the evidence, and the evidence."""


class Form(StrEnum):
    """What a column, or a field of a struct, holds."""

    WORD = "a word"
    TEXT = "text"
    FLAG = "true or false"
    NUMBER = "a whole number"
    DATE = "a date"
    LENGTH = "a length of time"
    LIST = "a list"
    RECORD = "a struct"
    MAPPING = "a list of paths, each with what stands under it"
    JSON = "JSON"


@dataclass(frozen=True, slots=True)
class Shape:
    """One node of the tree.

    `words` are those of a word; `not_yet` says whether a date may be `not_yet`; `item` is what a list or a mapping
    holds; `fields` are those of a record.
    """

    form: Form
    words: tuple[str, ...] = ()
    not_yet: bool = False
    item: Shape | None = None
    fields: Mapping[str, Shape] = field(default_factory=lambda: MappingProxyType({}))


@cache
def case_shape() -> Shape:
    """The shape of a whole case: a record whose fields are the columns."""
    return _record(CaseContents)


def inner(shape: Shape) -> Shape:
    """What a list or a mapping holds."""
    assert shape.item is not None
    return shape.item


_SIMPLE = {bool: Form.FLAG, int: Form.NUMBER, str: Form.TEXT, Duration: Form.LENGTH}


def _record(model: type[BaseModel]) -> Shape:
    fields = {name: _shape(declared.annotation) for name, declared in model.model_fields.items()}
    return Shape(Form.RECORD, fields=MappingProxyType(fields))


def _shape(annotation: Any) -> Shape:
    if annotation == ExtraValues:
        return Shape(Form.JSON)
    choices = _choices(annotation)
    if When in choices:
        return Shape(Form.DATE, not_yet=Special in choices)
    (choice,) = choices
    origin = get_origin(choice)
    if choice in _SIMPLE:
        return Shape(_SIMPLE[choice])
    if origin is Literal:
        return Shape(Form.WORD, words=get_args(choice))
    if origin is tuple:
        return Shape(Form.LIST, item=_shape(get_args(choice)[0]))
    if origin is FrozenMap:
        return Shape(Form.MAPPING, item=_shape(get_args(choice)[1]))
    if isinstance(choice, type) and issubclass(choice, BaseModel):
        return _record(choice)
    raise TypeError(f"no column for {choice!r}")


def _choices(annotation: Any) -> tuple[Any, ...]:
    """The alternatives of an annotation, without `None` and without what is noted beside a type."""
    if get_origin(annotation) is Annotated:
        return _choices(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(each for choice in get_args(annotation) for each in _choices(choice))
    return () if annotation is type(None) else (annotation,)
