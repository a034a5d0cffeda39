"""The keys of the pack language, taken from the models of its files, and those that a tree of nodes uses."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from safeguard_rules.packs.models import LocalityFile, PackFile, RulesFile, SourceFile
from safeguard_rules.reading.nodes import ListNode, MapNode, Node
from safeguard_rules.testing.case_files import CasesFile
from safeguard_rules.values.frozen import FrozenMap

FILES: tuple[type[BaseModel], ...] = (PackFile, RulesFile, SourceFile, LocalityFile, CasesFile)
"""The kinds of file that the language has."""

Key = tuple[str, str]
"""The model that declares a key, and the key as an author writes it."""


def keys_of_language() -> set[Key]:
    """Every key of every mapping that a file of the language may hold."""
    return {key for model in models() for key, _ in fields(model).values()}


def models() -> set[type[BaseModel]]:
    """The models of the files, and of all mappings in them."""
    found: set[type[BaseModel]] = set()
    waiting = list(FILES)
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting.extend(each for _, annotation in fields(model).values() for each in models_in(annotation))
    return found


def fields(model: type[BaseModel]) -> dict[str, tuple[Key, Any]]:
    """The keys of a model as written: each with the model that first declares it, and what it takes."""
    found = {}
    for name, declared in model.model_fields.items():
        declarer = next(each for each in reversed(model.__mro__) if name in vars(each).get("__annotations__", {}))
        written = declared.alias or name
        found[written] = ((declarer.__name__, written), declared.annotation)
    return found


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a field may hold, alone, in a list or by name."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def words_of_language() -> set[str]:
    """Every word that a key of a pack, source or locality takes from a closed list."""
    packs = {model for model in models() if model.__module__ == PackFile.__module__}
    return {word for model in packs for _, annotation in fields(model).values() for word in _words(annotation)}


def _words(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) in (Annotated, Union, UnionType, tuple):
        for part in get_args(annotation):
            yield from _words(part)


def keys_in(node: Node, model: type[BaseModel]) -> Iterator[Key]:
    """The keys that a tree uses, read as a model; what the model does not know is passed over."""
    if not isinstance(node, MapNode):
        return
    known = fields(model)
    for written, entry in node.entries.items():
        if written in known:
            key, annotation = known[written]
            yield key
            for inner in models_in(annotation):
                yield from _keys_within(entry.value, annotation, inner)


def _keys_within(node: Node, annotation: Any, model: type[BaseModel]) -> Iterator[Key]:
    if isinstance(node, ListNode):
        for item in node.items:
            yield from _keys_within(item, annotation, model)
    elif isinstance(node, MapNode) and _is_named(annotation):
        for entry in node.entries.values():
            for item in entry.value.items if isinstance(entry.value, ListNode) else (entry.value,):
                yield from keys_in(item, model)
    else:
        yield from keys_in(node, model)


def _is_named(annotation: Any) -> bool:
    """Whether the field holds entries by name."""
    origin = get_origin(annotation)
    if isinstance(origin, type) and issubclass(origin, FrozenMap):
        return True
    return origin in (Annotated, Union, UnionType) and any(_is_named(part) for part in get_args(annotation))
