"""What a field of a case says about itself: the notes from which the vocabulary is derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal, cast

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from safeguard_rules.values.dates import When
from safeguard_rules.values.special import NOT_YET, Special

Stage = Literal["unborn", "born", "has_died"]
Time = Literal["past", "any"]
Topic = Literal["now", "child", "injuries", "people", "abuse", "sharing", "reviewed", "support"]

EVERY_STAGE: tuple[Stage, ...] = ("unborn", "born", "has_died")
BORN: tuple[Stage, ...] = ("born",)
UNBORN: tuple[Stage, ...] = ("unborn",)
BEFORE_AND_AFTER_BIRTH: tuple[Stage, ...] = ("unborn", "born")


@dataclass(frozen=True, slots=True)
class FactNote:
    """What an entered fact says about itself.

    `phrase` is a noun phrase that names the fact in a sentence; that of a yes-or-no fact is always `whether`
    and a clause that stands by itself. `question` is a whole question. `stages` are those in which the fact
    exists. `time` says of a date whether it lies in the `past` or may lie ahead (`any`). `refers_to` is the
    singular of the list whose ids the fact holds.
    """

    phrase: str
    question: str
    topic: Topic
    stages: tuple[Stage, ...]
    time: Time | None
    not_yet: bool
    refers_to: str | None


@dataclass(frozen=True, slots=True)
class ListNote:
    """What a list of records says about itself; `tested` is false for lists that no rule may read."""

    singular: str
    phrase: str
    plural: str
    question: str
    more_question: str
    topic: Topic
    tested: bool


def fact(
    description: str,
    *,
    phrase: str,
    question: str,
    topic: Topic,
    stages: tuple[Stage, ...] = EVERY_STAGE,
    time: Time | None = None,
    not_yet: bool = False,
    refers_to: str | None = None,
) -> Any:
    """Declare an entered fact: a field that is unknown (`None`) unless it is given."""
    note = FactNote(phrase, question, topic, stages, time, not_yet, refers_to)
    return Field(default=None, description=description, json_schema_extra={"fact": _plain(note)})


def records(
    description: str,
    *,
    singular: str,
    phrase: str,
    plural: str,
    question: str,
    more_question: str,
    topic: Topic,
    tested: bool = True,
) -> Any:
    """Declare a list of records: unknown (`None`) unless it is given."""
    note = ListNote(singular, phrase, plural, question, more_question, topic, tested)
    return Field(default=None, description=description, json_schema_extra={"records": _plain(note)})


def fact_note(field: FieldInfo) -> FactNote | None:
    """The note of a field that is an entered fact, else `None`."""
    note = _note(field, "fact")
    return None if note is None else FactNote(**{**note, "stages": tuple(note["stages"])})


def list_note(field: FieldInfo) -> ListNote | None:
    """The note of a field that is a list of records, else `None`."""
    note = _note(field, "records")
    return None if note is None else ListNote(**note)


def _plain(note: FactNote | ListNote) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(note).items()}


def _note(field: FieldInfo, key: str) -> dict[str, Any] | None:
    extra = field.json_schema_extra
    if not isinstance(extra, Mapping) or key not in extra:
        return None
    return cast("dict[str, Any]", extra[key])


class _DateOrNotYet:
    """Reads a date or the word `not_yet` in one step, so that one slip gives one error and not two."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _date_or_not_yet, serialization=core_schema.plain_serializer_function_ser_schema(_date_text)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"const": NOT_YET.word}, When.__get_pydantic_json_schema__(schema, handler)]}


def _date_or_not_yet(value: object) -> When | Special:
    if value is NOT_YET or value == NOT_YET.word:
        return NOT_YET
    if isinstance(value, When):
        return value
    try:
        return When.of(cast("Any", value)) if not isinstance(value, str) else When.parse(value)
    except (TypeError, AttributeError) as error:
        raise ValueError("expected a date such as `2026-03-02`, or `not_yet`") from error


def _date_text(value: When | Special) -> str:
    return value.word if isinstance(value, Special) else str(value)


DateOrNotYet = Annotated[When | Special, _DateOrNotYet()]
"""The date of something that may not have happened yet; `not_yet` is a value, not an unknown."""
