"""What is kept of a rulebook: its content, warnings and stamps, as JSON that names places by file, line and column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from safeguard_rules.language.operators import OPERATORS, Operator
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    Quantifier,
    Test,
    Use,
)
from safeguard_rules.packs.cache.forms import Form, Forms, MismatchError, Table
from safeguard_rules.packs.content import Content, Rule, Stamped, Statement
from safeguard_rules.packs.copies import FileCopy, FolderCopy, files_in
from safeguard_rules.packs.whereabouts import Found, inside
from safeguard_rules.source import Issue, Place, Text
from safeguard_rules.values.dates import When
from safeguard_rules.vocabulary.facts import Fact, Vocabulary

_BITS = 20
_LARGEST = (1 << _BITS) - 1
"""No line, column or width is larger: a file has a million bytes at most."""

CONDITIONS = (Always, All, AnyOf, Not, Test, Use, Quantifier, Count)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a rulebook that loaded without an error."""

    content: Content
    unwaived: Content | None
    warnings: tuple[Issue, ...]
    stamped: Stamped


class Texts:
    """The texts of files that were copied, by number: in the order of the folders, then of their paths."""

    def __init__(self, kept: Iterable[Found]) -> None:
        self._files = [(name, file) for found in kept for name, file in _named(found)]
        self.known: dict[int, Text] = {}
        """Those that were asked for."""
        self._numbers: dict[Text, int] = {}

    @property
    def distinct(self) -> bool:
        """Whether no two files are called the same."""
        return len({name for name, _ in self._files}) == len(self._files)

    def number(self, text: Any) -> int:
        """The number of a text; raises MismatchError if it is not that of one of the files."""
        if not self._numbers:
            self._numbers = {self.text(i): i for i, (_, file) in enumerate(self._files) if file.is_file()}
        if text not in self._numbers:
            raise MismatchError("a text of another file")
        return self._numbers[text]

    def text(self, number: Any) -> Text:
        """The text with a number; raises MismatchError if there is none."""
        if type(number) is not int or not 0 <= number < len(self._files):
            raise MismatchError("a file")
        if number not in self.known:
            name, file = self._files[number]
            content = file.content
            self.known[number] = Text(name, content.decode(errors="replace") if isinstance(content, bytes) else "")
        return self.known[number]


def _named(found: Found) -> Iterator[tuple[str, FileCopy]]:
    copy = found.copy
    if isinstance(copy, FolderCopy):
        yield from ((inside(found.shown, path), file) for path, file in files_in(copy))
    elif isinstance(copy, FileCopy):
        yield found.shown, copy


def written(kept: Kept, texts: Texts, vocabulary: Vocabulary) -> bytes | None:
    """What is kept, as lines of JSON in UTF-8; None for what cannot be written so that it is read back the same.

    The first line has all but the rules, each of which has its own: nothing but one rule is held twice while they are
    read.
    """
    rules = kept.content.rules
    named = all(rule.name == name for name, rule in rules.items())
    if not (texts.distinct and named and (kept.unwaived is None or kept.unwaived.rules == rules)):
        return None
    tables, forms = _forms(texts, vocabulary)
    rest = replace(kept, content=replace(kept.content, rules={}))
    if kept.unwaived is not None:
        rest = replace(rest, unwaived=replace(kept.unwaived, rules={}))
    try:
        lines = [forms.of(Rule).write(rule) for rule in rules.values()]
        head = {"rulebook": forms.of(Kept).write(rest), **{name: table.rows for name, table in tables.items()}}
    except MismatchError:
        return None
    return b"\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() for line in (head, *lines))


def read(payload: bytes, texts: Texts, vocabulary: Vocabulary) -> Kept | None:
    """What was written; None for anything else."""
    try:
        return _read(payload, texts, vocabulary)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None  # whoever wrote it: packs are read anew


def _read(payload: bytes, texts: Texts, vocabulary: Vocabulary) -> Kept:
    first, *lines = payload.decode().split("\n")
    head = json.loads(first)
    tables, forms = _forms(texts, vocabulary)
    for name, table in tables.items():
        table.fill(head[name])
    kept: Kept = forms.of(Kept).read(head["rulebook"])
    read_rule = forms.of(Rule).read
    found = (read_rule(json.loads(line)) for line in lines)
    rules = {rule.name: rule for rule in found}
    unwaived = replace(kept.unwaived, rules=rules) if kept.unwaived is not None else None
    return replace(kept, content=replace(kept.content, rules=rules), unwaived=unwaived)


def _forms(texts: Texts, vocabulary: Vocabulary) -> tuple[dict[str, Table], Forms]:
    special = {
        Place: _place(texts),
        Fact: Form(lambda fact: _same(fact, vocabulary.facts.get(fact.path)).path, vocabulary.facts.__getitem__),
        Operator: Form(lambda operator: _same(operator, OPERATORS.get(operator.name)).name, OPERATORS.__getitem__),
        When: Form(lambda when: _same(when, When.parse(when.text)).text, When.parse),
    }
    # A table is filled before the next one reads from it.
    tables = {"statements": Table(Forms(special, {}).of(Statement)), "facts": Table(Forms(special, {}).of(FactRef))}
    shared = {Statement: tables["statements"].form, FactRef: tables["facts"].form}
    return tables, Forms({**special, **shared}, {Condition: CONDITIONS})


def _place(texts: Texts) -> Form:
    """Places, the most frequent of all values, as one number: of the text, then line, column and width."""

    def write(place: Any) -> int:
        parts = (place.line, place.column, place.width)
        if type(place) is not Place or not all(0 <= part <= _LARGEST for part in parts):
            raise MismatchError(repr(place))
        number = texts.number(place.text)
        for part in parts:
            number = number << _BITS | part
        return number

    def read(row: Any) -> Place:
        if type(row) is not int:
            raise MismatchError("a place")
        text = texts.known.get(row >> 3 * _BITS) or texts.text(row >> 3 * _BITS)
        return Place(text, row >> 2 * _BITS & _LARGEST, row >> _BITS & _LARGEST, row & _LARGEST)

    return Form(write, read)


def _same(value: Any, other: Any) -> Any:
    if value != other:
        raise MismatchError(repr(value))
    return value
