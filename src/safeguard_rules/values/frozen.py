"""A mapping that cannot be changed."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Never, TypeVar, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

K = TypeVar("K")
V = TypeVar("V", covariant=True)


class FrozenMap(Mapping[K, V]):
    """An immutable mapping; equal to any mapping of the same entries, and hashable if its values are.

    Keys that are all text are kept sorted by code point, others in the order given. Pydantic reads it,
    annotated `FrozenMap[str, X]`, from any mapping, and validates its keys and values; it is dumped as a
    `dict`.
    """

    __slots__ = ("_entries", "_hash")

    _entries: Mapping[K, V]
    _hash: int | None

    def __init__(self, entries: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        own: dict[Any, V] = dict(entries)
        if all(isinstance(key, str) for key in own):
            own = {key: own[key] for key in sorted(own)}
        object.__setattr__(self, "_entries", MappingProxyType(own))
        object.__setattr__(self, "_hash", None)

    def __getitem__(self, key: K) -> V:
        return self._entries[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(frozenset(self._entries.items())))
        return self._hash or 0

    def __repr__(self) -> str:
        return f"FrozenMap({dict(self._entries)!r})"

    def __reduce__(self) -> tuple[type["FrozenMap[Any, Any]"], tuple[dict[K, V]]]:
        return FrozenMap, (dict(self._entries),)

    def __copy__(self) -> "FrozenMap[K, V]":
        return self

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"a frozen map cannot be changed: `{name}`")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a frozen map cannot be changed: `{name}`")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        key, value = get_args(source) or (Any, Any)
        entries = core_schema.dict_schema(handler.generate_schema(key), handler.generate_schema(value))
        frozen = core_schema.no_info_after_validator_function(cls, entries)
        # Read from JSON without the step before it, or strict models would take JSON's lists for Python's.
        return core_schema.json_or_python_schema(
            json_schema=frozen,
            python_schema=core_schema.no_info_before_validator_function(_as_dict, frozen),
            serialization=core_schema.wrap_serializer_function_ser_schema(_write, schema=entries),
        )


def _as_dict(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _write(value: Any, write: core_schema.SerializerFunctionWrapHandler) -> Any:
    return write(_as_dict(value))
