"""What a whole screening came to: counted batch by batch, so that it never has to be in memory at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safeguard_rules.engine.columns.schema import case_schema
from safeguard_rules.interop.case_texts import CASE_JSON
from safeguard_rules.interop.screened import ACTIONS, APPLYING, CHANGED, ERROR, OPEN, UNKNOWN

Asks: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""The obligations and actions that each rule in force asks for."""


@dataclass(slots=True)
class Reason:
    """Why rows were not screened: how many have a reason of this kind, the first of them, and whether all are alike."""

    example: str
    rows: int = 0
    alike: bool = True

    def add(self, reason: str, rows: int) -> None:
        """Counts rows with a reason of this kind."""
        self.rows += rows
        self.alike = self.alike and reason == self.example


@dataclass(slots=True)
class Summary:
    """How many rows there were, how many of them were evaluated, and in how many of these each thing was said.

    A row that was not evaluated has a reason: `reasons` counts them by their kind. `applies` and `undetermined` count
    cases by rule, `actions` by obligation and action, `unknown` by fact or list. `changes` counts by rule, before and
    after, where two states of the packs were compared; `changed` is how many cases differ at all. All counts but those
    of reasons are of cases that were evaluated, however many findings a case has.
    """

    compares: bool = False
    rows: int = 0
    errors: int = 0
    changed: int = 0
    applies: Counter[str] = field(default_factory=Counter)
    undetermined: Counter[str] = field(default_factory=Counter)
    actions: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    changes: Counter[tuple[str, str | None, str | None]] = field(default_factory=Counter)
    reasons: dict[str, Reason] = field(default_factory=dict)

    @property
    def evaluated(self) -> int:
        """How many rows were evaluated: where states of the packs are compared, with both."""
        return self.rows - self.errors

    def add(self, batch: pa.RecordBatch) -> None:
        """Counts the rows of a batch that a screening gave."""
        self.rows += batch.num_rows
        errors = batch.column(ERROR).drop_null().to_pylist()
        self.errors += len(errors)
        for reason, rows in Counter(errors).items():
            kind = _kind(reason)
            if kind not in self.reasons and len(self.reasons) >= _KINDS:
                kind = reason = OTHERS
            self.reasons.setdefault(kind, Reason(reason)).add(reason, rows)
        if self.compares:
            changed = batch.column(CHANGED)
            self.changed += len(pc.unique(pc.list_parent_indices(changed)))
            self.changes.update(_cases_by(changed, "rule", "before", "after"))
            return
        self.applies.update(_single(batch.column(APPLYING), "rule"))
        self.undetermined.update(_single(batch.column(OPEN), "rule"))
        self.actions.update(_cases_by(batch.column(ACTIONS), "obligation", "action"))
        self.unknown.update(_single(batch.column(UNKNOWN)))

    def tree(self, asks: Asks) -> dict[str, object]:
        """The counts as plain mappings and lists, the most frequent first; `asks` is what each rule asks for."""
        told: dict[str, object] = {"rows": self.rows, "evaluated": self.evaluated, "errors": self.errors}
        told["error_reasons"] = [
            {"reason": kind, "rows": each.rows, "example": each.example} for kind, each in self.by_reason()
        ]
        if self.compares:
            rules = [
                {"rule": rule, "before": before, "after": after, "cases": count}
                for (rule, before, after), count in most(self.changes)
            ]
            return {**told, "changed": self.changed, "changes": rules}
        rules = [self._rule(rule, asks) for rule in sorted({*self.applies, *self.undetermined})]
        actions = [{**_asked(pair), "cases": count} for pair, count in most(self.actions)]
        return {**told, "rules": rules, "actions": actions, "unknown": dict(most(self.unknown))}

    def by_reason(self) -> list[tuple[str, Reason]]:
        """The kinds of reasons, the most frequent first, then by name."""
        return sorted(self.reasons.items(), key=lambda each: (-each[1].rows, each[0]))

    def _rule(self, rule: str, asks: Asks) -> dict[str, object]:
        counts = {"applies": self.applies[rule], "undetermined": self.undetermined[rule]}
        return {"rule": rule, **counts, "asks_for": [_asked(pair) for pair in asks.get(rule, ())]}


def _asked(pair: tuple[str, str]) -> dict[str, object]:
    return {"obligation": pair[0], "action": pair[1]}


_KINDS = 1000
"""So many kinds of reasons are counted apart, so that a summary stays small whatever the rows are."""
OTHERS = "another reason; `error` has it in each row"
"""What stands for all further kinds."""

_QUOTED = re.compile(r"`[^`]*`")
_ENTRY = re.compile(r"\[[^]]*\]")
_NUMBER = re.compile(r"[0-9]+")


def _kind(reason: str) -> str:
    """A reason without what differs from child to child: what is quoted, unless it names fields, ids, and numbers."""
    quoted = _QUOTED.sub(lambda found: _fields_only(found[0][1:-1]), reason)
    return "; ".join(dict.fromkeys(_NUMBER.sub("0", quoted).split("; ")))


def _fields_only(quoted: str) -> str:
    path = _ENTRY.sub("[...]", quoted)
    return f"`{path}`" if _field_names().issuperset(path.replace("[...]", "").split(".")) else "`...`"


@cache
def _field_names() -> frozenset[str]:
    return frozenset((CASE_JSON, "as_of", "locality", *_names_in(case_schema())))


def _names_in(fields: Iterable[pa.Field]) -> Iterator[str]:
    """The names of fields, and of those within them."""
    for each in fields:
        yield each.name
        inner = each.type.value_type if hasattr(each.type, "value_type") else each.type
        if isinstance(inner, pa.StructType):
            yield from _names_in(inner.fields)


def most(counts: Counter[Any]) -> list[tuple[Any, int]]:
    """What was counted, the most frequent first, then by name."""
    return sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))


def _single(column: Any, *fields: str) -> dict[str, int]:
    return {key[0]: count for key, count in _cases_by(column, *fields).items()}


def _cases_by(column: Any, *fields: str) -> dict[Any, int]:
    """In how many rows each combination of words stands at least once."""
    parents = pc.list_parent_indices(column).to_numpy(zero_copy_only=False).astype(np.int64)
    values = pc.list_flatten(column)
    parts = [pc.struct_field(values, name) for name in fields] if fields else [values]
    encoded = [_encoded(part) for part in parts]
    width = 1
    keys = parents
    for codes, words in encoded:
        width *= len(words)
        keys = keys * len(words) + codes
    # Most are in order, and then sorting is but one look at them.
    keys = np.sort(keys, kind="stable")
    first = np.ones(len(keys), np.bool_)
    first[1:] = keys[1:] != keys[:-1]
    counts = np.bincount(keys[first] % width, minlength=width)
    found = np.flatnonzero(counts)
    named = [words for _, words in encoded]
    return {_named(int(code), named): int(count) for code, count in zip(found, counts[found], strict=True)}


def _named(code: int, named: list[list[str | None]]) -> tuple[str | None, ...]:
    """The words of a combination by its number."""
    found: list[str | None] = []
    for words in reversed(named):
        code, place = divmod(code, len(words))
        found.insert(0, words[place])
    return tuple(found)


def _encoded(part: Any) -> tuple[Any, list[str | None]]:
    """The codes of words, and the words with None after them."""
    encoded = part if isinstance(part, pa.DictionaryArray) else pc.dictionary_encode(part)
    words = encoded.dictionary.to_pylist()
    codes = pc.fill_null(encoded.indices, len(words)).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, [*words, None]
