"""The entered facts of a model, read from its fields and from what these say about themselves."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from safeguard_rules.case.fields import FactNote, fact_note
from safeguard_rules.errors import PluginError
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.special import Special
from safeguard_rules.vocabulary.fact import Fact
from safeguard_rules.vocabulary.kinds import Kind

_SIMPLE = {bool: Kind.BOOLEAN, int: Kind.NUMBER, str: Kind.TEXT, When: Kind.DATE, Duration: Kind.LENGTH}


class FieldType(NamedTuple):
    """The kind of value that an annotation allows, with its words."""

    kind: Kind
    words: tuple[str, ...] = ()
    may_be_not_yet: bool = False


def entered_facts(owner: str, model: type[BaseModel]) -> Iterator[Fact]:
    """The facts of a model in the order of its fields.

    A field of a case model is a fact if it was declared with `fact(...)`; of an extension each field is one, and a
    field whose annotation is none of a fact's kinds raises `PluginError`.
    """
    is_extension = owner.startswith("extra.")
    for name, field in model.model_fields.items():
        note = fact_note(field)
        if note is not None or is_extension:
            yield _fact(owner, name, field, note or _plain_note(name, field))


def entry_model(field: FieldInfo) -> type[BaseModel]:
    """The model of the entries of a field that holds a list of records."""
    for choice in _choices(field.annotation):
        if get_origin(choice) is tuple and issubclass(get_args(choice)[0], BaseModel):
            model: type[BaseModel] = get_args(choice)[0]
            return model
    raise TypeError(f"not a list of records: {field.annotation}")


def _fact(owner: str, name: str, field: FieldInfo, note: FactNote) -> Fact:
    path = f"{owner}.{name}"
    found = _field_type(field.annotation, path)
    return Fact(
        path=path,
        owner=owner,
        name=name,
        kind=_referring(found.kind) if note.refers_to else found.kind,
        words=found.words,
        refers_to=note.refers_to,
        description=field.description or note.phrase,
        phrase=note.phrase,
        question=note.question,
        topic=note.topic,
        stages=frozenset(note.stages),
        past=note.time == "past",
        may_be_not_yet=found.may_be_not_yet or note.not_yet,
    )


def _plain_note(name: str, field: FieldInfo) -> FactNote:
    """What can be said of a field of an extension that says nothing about itself."""
    words = name.replace("_", " ")
    question = field.description or f"What is known about this: {words}?"
    return FactNote(words, question, "child", ("unborn", "born", "has_died"), None, False, None)


def _referring(kind: Kind) -> Kind:
    return Kind.REFERENCES if kind is Kind.WORDS else Kind.REFERENCE


def _field_type(annotation: Any, path: str) -> FieldType:
    choices = _choices(annotation)
    may_be_not_yet = Special in choices
    known = [choice for choice in choices if choice is not Special]
    if len(known) == 1:
        choice = known[0]
        if choice in _SIMPLE:
            return FieldType(_SIMPLE[choice], (), may_be_not_yet)
        if get_origin(choice) is Literal:
            return FieldType(Kind.WORD, get_args(choice))
        if get_origin(choice) is tuple:
            return FieldType(Kind.WORDS, _words(get_args(choice)[0]))
    raise PluginError(f"the field `{path}` cannot be a fact; expected a word, a set, a number, a date or the like")


def _words(annotation: Any) -> tuple[str, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _choices(annotation: Any) -> tuple[Any, ...]:
    """The alternatives of an annotation, without `None` and without what is noted beside a type."""
    if get_origin(annotation) is Annotated:
        return _choices(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(each for choice in get_args(annotation) for each in _choices(choice))
    return () if annotation is type(None) else (annotation,)
