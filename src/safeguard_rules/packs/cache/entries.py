"""What is kept of a rulebook: its content, warnings and stamps, as JSON that names places by file, line and column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from safeguard_rules.packs.content import Content, Stamped, Statement
from safeguard_rules.packs.copies import FileCopy, FolderCopy, files_in
from safeguard_rules.packs.whereabouts import Found, inside
from safeguard_rules.source import Issue, Text
from safeguard_rules.values.dates import When
from safeguard_rules.vocabulary.facts import Fact, Vocabulary

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
        self._read: dict[int, Text] = {}
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
        if number not in self._read:
            name, file = self._files[number]
            content = file.content
            self._read[number] = Text(name, content.decode(errors="replace") if isinstance(content, bytes) else "")
        return self._read[number]


def _named(found: Found) -> Iterator[tuple[str, FileCopy]]:
    copy = found.copy
    if isinstance(copy, FolderCopy):
        yield from ((inside(found.shown, path), file) for path, file in files_in(copy))
    elif isinstance(copy, FileCopy):
        yield found.shown, copy


def written(kept: Kept, texts: Texts, vocabulary: Vocabulary) -> bytes | None:
    """What is kept, as JSON in UTF-8; None for what cannot be written so that it is read back the same."""
    if not texts.distinct:
        return None
    tables, form = _forms(texts, vocabulary)
    try:
        value = form.write(kept)
    except MismatchError:
        return None
    rows = {name: table.rows for name, table in tables.items()}
    return json.dumps({"tables": rows, "rulebook": value}, ensure_ascii=False, separators=(",", ":")).encode()


def read(payload: bytes, texts: Texts, vocabulary: Vocabulary) -> Kept | None:
    """What was written; None for anything else."""
    try:
        found = json.loads(payload)
        tables, form = _forms(texts, vocabulary)
        for name, table in tables.items():
            table.fill(found["tables"][name])
        kept = form.read(found["rulebook"])
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None  # whoever wrote it: packs are read anew
    return kept if isinstance(kept, Kept) else None


def _forms(texts: Texts, vocabulary: Vocabulary) -> tuple[dict[str, Table], Form]:
    special = {
        Text: Form(texts.number, texts.text),
        Fact: Form(lambda fact: _same(fact, vocabulary.facts.get(fact.path)).path, vocabulary.facts.__getitem__),
        Operator: Form(lambda operator: _same(operator, OPERATORS.get(operator.name)).name, OPERATORS.__getitem__),
        When: Form(lambda when: _same(when, When.parse(when.text)).text, When.parse),
    }
    # A table is filled before the next one reads from it.
    tables = {"statements": Table(Forms(special, {}).of(Statement)), "facts": Table(Forms(special, {}).of(FactRef))}
    forms = Forms(
        {**special, Statement: tables["statements"].form, FactRef: tables["facts"].form}, {Condition: CONDITIONS}
    )
    return tables, forms.of(Kept)


def _same(value: Any, other: Any) -> Any:
    if value != other:
        raise MismatchError(repr(value))
    return value
