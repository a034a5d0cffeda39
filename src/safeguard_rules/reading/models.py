"""Nodes to typed models, led by the models' own annotations, with all slips at once, each at its place."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic.fields import FieldInfo

from safeguard_rules import messages
from safeguard_rules.messages import Message, nearest
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar, kind_of
from safeguard_rules.reading.one_or_many import SingleWithoutList
from safeguard_rules.reading.rejections import rejections
from safeguard_rules.reading.scalars import (
    RefusedError,
    is_null,
    is_scalar_type,
    name_of,
    read_by_looks,
    read_scalar,
)
from safeguard_rules.source import Issue, Place
from safeguard_rules.values.special import Special

X = TypeVar("X")
M = TypeVar("M", bound=BaseModel)

N = TypeVar("N", Scalar, ListNode, MapNode)

_NODES: Final = (Scalar, ListNode, MapNode)
_KINDS: Final[Mapping[type, str]] = {Scalar: "text", ListNode: "a list", MapNode: "a mapping"}


def build(
    node: Node,
    model: type[M],
    issues: list[Issue],
    *,
    context: Mapping[str, Any] | None = None,
    longest: int | None = None,
) -> M | None:
    """The model that a node holds, or None with what is wrong added to `issues`.

    `context` is handed to the validators of the models; a list of more than `longest` items is refused.
    """
    builder = _Builder(issues, longest)
    builder.value(node, model, "")
    built: BaseModel | None = None
    for part in builder.parts:
        try:
            built = part.model.model_validate(part.values, context=context)
        except ValidationError as error:
            issues.extend(rejections(error, part.node, part.only))
            built = None
    return built if isinstance(built, model) and builder.sound else None


@dataclass(frozen=True, slots=True)
class _Part:
    """A mapping to be handed to its model.

    `only` is None if the mapping is whole; else it names the keys about which the model's complaints are heard.
    """

    model: type[BaseModel]
    node: MapNode
    values: Mapping[str, Any]
    only: frozenset[str] | None = None


class _Builder:
    """Turns nodes into plain values.

    `parts` are the outermost mappings that came out without a slip, and, so that all slips are told at once,
    the sound keys of the others.
    """

    def __init__(self, issues: list[Issue], longest: int | None) -> None:
        self.issues = issues
        self.longest = longest
        self.parts: list[_Part] = []
        self.sound = True

    def value(self, node: Node, expected: Any, name: str) -> Any:
        """The plain value of a node; after a slip None, with `sound` false and an issue added."""
        try:
            return self._value(node, expected, name)
        except RefusedError as error:
            return self._slip(error.message, node.place)

    def _slip(self, message: Message, place: Place) -> None:
        self.issues.append(message.at(place))
        self.sound = False

    def _value(self, node: Node, expected: Any, name: str) -> Any:
        expected, single = _bare(expected)
        origin = get_origin(expected) or expected
        if expected in (Any, object) or expected is JsonValue:
            return self._by_looks(node, name, list if expected is JsonValue else tuple)
        if origin in (Union, UnionType):
            return self._union(node, get_args(expected), name)
        if expected in _NODES:
            return _of_kind(node, expected, name)
        if is_scalar_type(expected):
            if not isinstance(node, Scalar):
                raise RefusedError(messages.wrong_shape(name_of(expected), kind_of(node)))
            return read_scalar(node, expected, name)
        if _is_model(expected):
            return self._model(node, expected, name)
        if issubclass(origin, Mapping):
            return self._mapping(node, get_args(expected), name)
        if issubclass(origin, (Sequence, Set)):
            return self._list(node, get_args(expected), name, single)
        raise TypeError(f"no reader for {expected!r}")

    def _model(self, node: Node, model: type[BaseModel], name: str) -> Mapping[str, Any]:
        mapping = _of_kind(node, MapNode, name)
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        before, first = self.sound, len(self.parts)
        self.sound = True
        self._check_keys(mapping, fields)
        values: dict[str, Any] = {}
        plain: set[str] = set()
        for key, entry in mapping.entries.items():
            if key in fields and self._field(entry.value, fields[key], key, values):
                plain.add(key)
        if self.sound:
            self.parts[first:] = [_Part(model, mapping, values)]
        else:
            sound_values = {key: values[key] for key in values if key in plain}
            self.parts.append(_Part(model, mapping, sound_values, frozenset(plain)))
        self.sound = self.sound and before
        return values

    def _field(self, node: Node, field: FieldInfo, key: str, values: dict[str, Any]) -> bool:
        """Read one field into `values`; whether it is sound and holds no other model."""
        before, parts = self.sound, len(self.parts)
        self.sound = True
        values[key] = self.value(node, _annotation(field), key)
        plain = self.sound and len(self.parts) == parts
        self.sound = self.sound and before
        return plain

    def _check_keys(self, node: MapNode, fields: Mapping[str, FieldInfo]) -> None:
        """Refuse unknown keys and name missing ones; a misspelt key is told once, not also as missing."""
        given = node.entries.keys() | node.refused
        free = [key for key in fields if key not in given]
        unknown = [entry.key for key, entry in node.entries.items() if key not in fields]
        meant = {nearest(key.text, free) for key in unknown}
        for key in unknown:
            self._slip(messages.unknown_key(key.text, fields), key.place)
        for name in free:
            if fields[name].is_required() and name not in meant and "<<" not in node.refused:
                self._slip(messages.missing_key(name), node.place)
        if node.refused:
            self.sound = False

    def _mapping(self, node: Node, args: tuple[Any, ...], name: str) -> dict[Any, Any]:
        of_key, of_value = args or (str, Any)
        values: dict[Any, Any] = {}
        mapping = _of_kind(node, MapNode, name)
        for key, entry in mapping.entries.items():
            try:
                read_key = read_scalar(entry.key, _bare(of_key)[0], name)
            except RefusedError as error:
                self._slip(error.message, entry.key.place)
                continue
            values[read_key] = self.value(entry.value, of_value, key)
        if mapping.refused:
            self.sound = False
        return values

    def _list(self, node: Node, args: tuple[Any, ...], name: str, single: bool) -> tuple[Any, ...]:
        of_item = args[0] if args else Any
        if single and not isinstance(node, ListNode) and not is_null(node):
            return (self.value(node, of_item, name),)
        items = _of_kind(node, ListNode, name).items
        if self.longest is not None and len(items) > self.longest:
            raise RefusedError(messages.too_many(self.longest, len(items)))
        return tuple(self.value(item, of_item, name) for item in items)

    def _union(self, node: Node, args: tuple[Any, ...], name: str) -> Any:
        if NoneType in args and is_null(node):
            return None
        choices = [arg for arg in args if arg is not NoneType]
        if len(choices) == 1:
            return self._value(node, choices[0], name)
        fitting = [choice for choice in choices if _fits(node, choice)]
        if not fitting:
            expected = " or ".join(dict.fromkeys(_name(choice) for choice in choices))
            raise RefusedError(messages.wrong_shape(expected, kind_of(node)))
        if isinstance(node, Scalar):
            return self._one_scalar_of(node, fitting, name)
        if len(fitting) > 1:
            # pydantic would complain about each of them; a tagged node or one model says what is meant
            raise TypeError(f"no reader for a choice of {fitting!r}")
        return self._value(node, fitting[0], name)

    def _one_scalar_of(self, node: Scalar, choices: list[Any], name: str) -> Any:
        """The value of a scalar for the first type that takes it, text last; else one refusal for all."""
        if _bare(choices[0])[0] in _NODES or is_null(node):
            return self._value(node, choices[0], name)
        refusals: list[tuple[Any, Message]] = []
        for choice in sorted(choices, key=lambda choice: _bare(choice)[0] is str):
            try:
                return self._value(node, choice, name)
            except RefusedError as error:
                refusals.append((choice, error.message))
        special = [choice for choice, _ in refusals if choice is Special]
        others = [(choice, message) for choice, message in refusals if choice is not Special]
        if len(others) > 1:
            expected = " or ".join(dict.fromkeys(_name(choice) for choice, _ in refusals))
            raise RefusedError(messages.wrong_shape(expected, messages.quote(node.text)))
        message = others[0][1]
        if special and message.help is None:
            message = replace(message, help=messages.or_not_yet(node.text))
        raise RefusedError(message)

    def _by_looks(self, node: Node, name: str, collect: type[list[Any]] | type[tuple[Any, ...]]) -> Any:
        expected = JsonValue if collect is list else Any
        match node:
            case Scalar():
                return read_by_looks(node)
            case ListNode(items=items):
                return collect(self.value(item, expected, name) for item in items)
            case MapNode(entries=entries):
                return {key: self.value(entry.value, expected, key) for key, entry in entries.items()}


def _annotation(field: FieldInfo) -> Any:
    """A field's type with its marks; pydantic has taken the outermost marks apart from the type."""
    marked = any(isinstance(mark, SingleWithoutList) for mark in field.metadata)
    return Annotated[field.annotation, SingleWithoutList()] if marked else field.annotation


def _bare(expected: Any) -> tuple[Any, bool]:
    """A type without its marks, and whether it may stand without a list around it."""
    single = False
    while True:
        if get_origin(expected) is Annotated:
            expected, *marks = get_args(expected)
            single = single or any(isinstance(mark, SingleWithoutList) for mark in marks)
        elif expected is not JsonValue and hasattr(expected, "__value__"):
            expected = expected.__value__
        else:
            return expected, single


def _of_kind(node: Node, kind: type[N], name: str) -> N:
    if isinstance(node, kind):
        return node
    if is_null(node) and name:
        raise RefusedError(messages.null_refused(name, _KINDS[kind]))
    hint = None
    if kind is ListNode and isinstance(node, Scalar):
        hint = messages.put_in_brackets(node.text)
    raise RefusedError(messages.wrong_shape(_KINDS[kind], kind_of(node), hint))


def _is_model(expected: Any) -> bool:
    return isinstance(expected, type) and issubclass(expected, BaseModel)


def _fits(node: Node, expected: Any) -> bool:
    """Whether a type can be written as a node of this kind."""
    expected, single = _bare(expected)
    if expected in _NODES:
        return isinstance(node, expected)
    if is_scalar_type(expected):
        return isinstance(node, Scalar)
    if _is_model(expected) or _is_collection(expected, Mapping):
        return isinstance(node, MapNode)
    return single or isinstance(node, ListNode)


def _is_collection(expected: Any, kind: type) -> bool:
    origin = get_origin(expected) or expected
    return isinstance(origin, type) and issubclass(origin, kind)


def _name(expected: Any) -> str:
    """What a person calls a type: `a date`, `a list`, `a mapping`."""
    expected, _ = _bare(expected)
    if is_scalar_type(expected):
        return name_of(expected)
    if expected in _NODES:
        return _KINDS[expected]
    return "a mapping" if _is_model(expected) or _is_collection(expected, Mapping) else "a list"
