"""Written cases, which are plain values as they stand in a file: taking parts out so that the rest still fits."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from safeguard_rules.testing.drafts import EVERYBODY, Facts
from safeguard_rules.vocabulary.facts import Kind, RecordKind, Vocabulary

Removal: TypeAlias = Callable[[], None]
Droppable: TypeAlias = tuple[str, ...]
"""A list by its name, a record by its list and id, a fact by what holds it and its name."""

NO_FACTS = ("id", "incomplete", "evidence", "extra", "label")
NEVER_DROPPED = ("id", "evidence", "extra", "label", "child", "pregnancy", "done", "protective_factors")


def thinned(tree: Facts, vocabulary: Vocabulary, is_dropped: Callable[[], bool]) -> Facts:
    """The case without some of its parts: whole lists first, then records, then facts, each asked about once.

    What is asked about one part is so whichever others are dropped. What referred to a record that is gone does so no
    more. This is another case, and not the same with less known.
    """
    less = copy.deepcopy({name: value for name, value in tree.items() if name != "evidence"})
    dropped = {part for part in _parts(less, vocabulary) if is_dropped()}
    for kind in vocabulary.kinds.values():
        for record in list(less.get(kind.name) or ()):
            if {(kind.name,), (kind.name, record["id"])} & dropped:
                remove_record(less, vocabulary, kind, record["id"])
        if (kind.name,) in dropped:
            del less[kind.name]
    for holder, facts in _held(less, vocabulary):
        for name in [each for each in facts if (*holder, each) in dropped]:
            del facts[name]
    return tidied(less, vocabulary)


def parts_in(tree: Facts, vocabulary: Vocabulary) -> int:
    """How many parts `thinned` asks about."""
    return sum(1 for _ in _parts(tree, vocabulary))


def _parts(tree: Facts, vocabulary: Vocabulary) -> Iterator[Droppable]:
    kinds = [kind for kind in vocabulary.kinds.values() if tree.get(kind.name) is not None]
    yield from ((kind.name,) for kind in kinds)
    yield from ((kind.name, record["id"]) for kind in kinds for record in tree[kind.name])
    for holder, facts in _held(tree, vocabulary):
        left = (name for name in facts if name not in NEVER_DROPPED and not is_list(name, facts, vocabulary))
        yield from ((*holder, name) for name in left)


def _held(tree: Facts, vocabulary: Vocabulary) -> Iterator[tuple[Droppable, Facts]]:
    """What holds facts, each with a name of three parts, so that no fact is named as a list or a record is."""
    return (((owner, facts.get("id", ""), "fact"), facts) for owner, facts in owned(tree, vocabulary))


def holders(tree: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Facts]:
    """The parts of a written case that hold facts: itself, the child, the pregnancy, extensions, every record."""
    return (facts for _, facts in owned(tree, vocabulary))


def owned(tree: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[tuple[str, Facts]]:
    """The same, each with the owner of its facts."""
    if isinstance(tree, dict):
        yield "case", tree
    yield from ((name, tree[name]) for name in ("child", "pregnancy") if name in tree)
    yield from ((f"extra.{name}", facts) for name, facts in (tree.get("extra") or {}).items())
    for kind in vocabulary.kinds.values():
        yield from ((kind.singular, facts) for facts in tree.get(kind.name) or ())


def is_list(name: str, facts: Mapping[str, Any], vocabulary: Vocabulary) -> bool:
    """Whether a key of a written case is that of a list of records."""
    return "child" in facts and any(name == kind.name for kind in vocabulary.kinds.values())


def remove_record(tree: Facts, vocabulary: Vocabulary, kind: RecordKind, id_: str) -> None:
    """Takes a record out, and every reference to it."""
    tree[kind.name] = [record for record in tree[kind.name] if record["id"] != id_]
    for other in vocabulary.kinds.values():
        for fact in vocabulary.facts_of(other.singular):
            if fact.refers_to == kind.singular and fact.name != "id":
                for record in tree.get(other.name) or ():
                    _unlink(record, fact.name, fact.kind, id_)


def _unlink(record: Facts, name: str, kind: Kind, id_: str) -> None:
    value = record.get(name)
    if kind is Kind.REFERENCE and value == id_:
        del record[name]
    elif kind is Kind.REFERENCES and value is not None:
        record[name] = [each for each in value if each != id_]


def tidied(tree: Facts, vocabulary: Vocabulary) -> Facts:
    """The case with nothing called incomplete, or complete, that is not given."""
    for facts in holders(tree, vocabulary):
        left = [name for name in facts.get("incomplete", ()) if facts.get(name) is not None]
        if left:
            facts["incomplete"] = left
        else:
            facts.pop("incomplete", None)
    if tree.get(EVERYBODY) is True and (tree.get("people") is None or "people" in tree.get("incomplete", ())):
        del tree[EVERYBODY]
    return {name: value for name, value in tree.items() if value != {}}
