"""Small rule books as plain text would hold them: conditions are the dicts and lists that an author writes in YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.oracle.facts import FIELDS, SINGLE

Written = str | Mapping[str, Any]
"""A condition as it is written."""

Value = int | str
"""A threshold as it is written: `3`, `6 weeks` or `2026-03-02`."""

COMBINING = ("all", "any", "not", "some", "every", "count")


@dataclass(frozen=True)
class OtherFact:
    """A fact on the right-hand side of a test, by its full path."""

    path: str


@dataclass(frozen=True)
class Definition:
    """A named condition; `value` is what it is taken as while it is unknown."""

    of: str
    when: Written
    value: bool | None = None
    exception: bool = False
    ask_unless: Written | None = None


@dataclass(frozen=True)
class Rule:
    """The one rule of a book."""

    when: Written
    for_each: str | None = None
    stages: tuple[str, ...] = ("born",)
    never_assume: bool = False


@dataclass(frozen=True)
class Book:
    """A rule with the definitions and thresholds that it reads."""

    rule: Rule
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    parameters: Mapping[str, Value] = field(default_factory=dict)

    def conditions(self) -> Iterator[tuple[Written, str | None]]:
        """Every condition, with the kind of its subject."""
        yield self.rule.when, self.rule.for_each
        for definition in self.definitions.values():
            kind = None if definition.of == "child" else definition.of
            yield definition.when, kind
            if definition.ask_unless is not None:
                yield definition.ask_unless, kind

    @cached_property
    def tests(self) -> tuple[tuple[str, str, Any], ...]:
        """Every test of a fact: its path, the operator and the right-hand side as written."""
        return tuple(
            test
            for condition, subject in self.conditions()
            for node, item in nodes(condition)
            for test in tests_in(node, subject, item)
        )

    @cached_property
    def counts(self) -> tuple[tuple[str, str, Any], ...]:
        """Every count: the kind of record, the operator and the right-hand side as written."""
        return tuple(self._counts())

    @cached_property
    def looked_up(self) -> dict[tuple[str, str], tuple[Any, ...]]:
        """What was found out about the book, by question and path."""
        return {}

    def _counts(self) -> Iterator[tuple[str, str, Any]]:
        for condition, _ in self.conditions():
            for node, _ in nodes(condition):
                if isinstance(node, Mapping) and "count" in node:
                    written = node["count"]["is"]
                    how_many = written if isinstance(written, Mapping) else {"is": written}
                    for name, operand in how_many.items():
                        yield node["count"]["of"], name, operand


def nodes(condition: Written, item: str | None = None) -> Iterator[tuple[Written, str | None]]:
    """A condition and all parts of it, each with the kind of the quantifier's record that it stands in."""
    yield condition, item
    if isinstance(condition, str):
        return
    for key, value in condition.items():
        if key in ("all", "any"):
            for part in value:
                yield from nodes(part, item)
        elif key == "not":
            yield from nodes(value, item)
        elif key in ("some", "every", "count") and "where" in value:
            yield from nodes(value["where"], value["of"])


def tests_in(node: Written, subject: str | None, item: str | None) -> Iterator[tuple[str, str, Any]]:
    """The tests that a mapping of facts holds, with full paths."""
    if isinstance(node, str) or any(key in COMBINING for key in node):
        return
    for written, test in node.items():
        path = full_path(written, item)
        assert path in FIELDS, (written, subject, item)
        for name, operand in named(path, test).items():
            if isinstance(operand, Mapping):
                yield path, name, OtherFact(full_path(operand["fact"], item))
            else:
                yield path, name, operand


def full_path(written: str, item: str | None) -> str:
    """A fact as it is called in the vocabulary: `other.x` is a fact of the quantifier's record."""
    owner, _, name = written.partition(".")
    return f"{item}.{name}" if owner == "other" else written


def named(path: str, test: Any) -> Mapping[str, Any]:
    """A test with its operator by name, also where a bare value stands for one."""
    if isinstance(test, Mapping):
        return test
    if isinstance(test, list):
        assert FIELDS[path].sort == "word"
        return {"one_of": test}
    return {"is": test}


def looked_up(find: Callable[[Book, str], tuple[Any, ...]]) -> Callable[[Book, str], tuple[Any, ...]]:
    """Finds out about a fact of a book once."""

    def found(book: Book, path: str) -> tuple[Any, ...]:
        key = (find.__name__, path)
        if key not in book.looked_up:
            book.looked_up[key] = find(book, path)
        return book.looked_up[key]

    return found


@looked_up
def words_named(book: Book, path: str) -> tuple[str, ...]:
    """The words of a fact that the book names, sorted."""
    found: set[str] = set()
    for each, _, operand in book.tests:
        if each == path and FIELDS[path].sort in ("word", "words"):
            found.update(operand if isinstance(operand, list) else [operand])
    return tuple(sorted(found))


@looked_up
def thresholds_for(book: Book, path: str) -> tuple[Value, ...]:
    """The thresholds that a fact, or a length that runs from it, is held against."""
    owner, _, name = path.partition(".")
    paths = {path} | {each for each, field_ in FIELDS.items() if each.startswith(f"{owner}.") and field_.since == name}
    found: dict[Value, None] = {}
    for each, _, operand in book.tests:
        if each in paths:
            for part in operand if isinstance(operand, list) else [operand]:
                if isinstance(part, str) and part in book.parameters:
                    found[book.parameters[part]] = None
    return tuple(found)


@looked_up
def read_with(book: Book, path: str) -> tuple[str, ...]:
    """The facts that a fact is held against, on either side."""
    found: dict[str, None] = {}
    for each, _, operand in book.tests:
        if isinstance(operand, OtherFact) and path in (each, operand.path):
            found[operand.path if path == each else each] = None
    return tuple(found)


def facts_read(book: Book) -> tuple[str, ...]:
    """The paths of all entered facts that the book reads, in the order of the vocabulary."""
    found: set[str] = set()
    for path, _, operand in book.tests:
        found.add(path)
        if isinstance(operand, OtherFact):
            found.add(operand.path)
    entered = {f"{path.partition('.')[0]}.{FIELDS[path].since}" if FIELDS[path].since else path for path in found}
    return tuple(path for path in FIELDS if path in entered)


def lists_read(book: Book) -> tuple[str, ...]:
    """The singulars of the lists that the book ranges over."""
    found = {book.rule.for_each} if book.rule.for_each else set()
    for condition, _ in book.conditions():
        for node, _ in nodes(condition):
            if isinstance(node, Mapping):
                found |= {node[key]["of"] for key in ("some", "every", "count") if key in node}
    return tuple(sorted(found))


def record_of(path: str) -> str | None:
    """The kind of record that a fact is one of; None for the child, the case and the pregnancy."""
    owner = path.partition(".")[0]
    return None if owner in SINGLE else owner
