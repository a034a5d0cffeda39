"""What a whole screening came to: counted batch by batch, so that it never has to be in memory at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safeguard_rules.interop.screened import ACTIONS, APPLYING, CHANGED, ERROR, OPEN, UNKNOWN

Asks: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""The obligations and actions that each rule in force asks for."""


@dataclass(slots=True)
class Summary:
    """How many cases there were, and in how many of them each thing was said.

    `applies` and `undetermined` count cases by rule, `actions` by obligation and action, `unknown` by fact or list.
    `changes` counts by rule, before and after, where two states of the packs were compared; `changed` is how many
    cases differ at all. All counts are of cases, however many findings a case has.
    """

    compares: bool = False
    cases: int = 0
    errors: int = 0
    changed: int = 0
    applies: Counter[str] = field(default_factory=Counter)
    undetermined: Counter[str] = field(default_factory=Counter)
    actions: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    changes: Counter[tuple[str, str | None, str | None]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, batch: pa.RecordBatch) -> None:
        """Counts the rows of a batch that a screening gave."""
        self.cases += batch.num_rows
        errors = batch.column(ERROR).drop_null().to_pylist()
        self.errors += len(errors)
        self.reasons.update(errors)
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
        told: dict[str, object] = {"cases": self.cases, "errors": self.errors}
        told["error_reasons"] = dict(most(self.reasons)[:_REASONS])
        if self.compares:
            rules = [
                {"rule": rule, "before": before, "after": after, "cases": count}
                for (rule, before, after), count in most(self.changes)
            ]
            return {**told, "changed": self.changed, "changes": rules}
        rules = [self._rule(rule, asks) for rule in sorted({*self.applies, *self.undetermined})]
        actions = [{**_asked(pair), "cases": count} for pair, count in most(self.actions)]
        return {**told, "rules": rules, "actions": actions, "unknown": dict(most(self.unknown))}

    def _rule(self, rule: str, asks: Asks) -> dict[str, object]:
        counts = {"applies": self.applies[rule], "undetermined": self.undetermined[rule]}
        return {"rule": rule, **counts, "asks_for": [_asked(pair) for pair in asks.get(rule, ())]}


def _asked(pair: tuple[str, str]) -> dict[str, object]:
    return {"obligation": pair[0], "action": pair[1]}


_REASONS = 20
"""How many different reasons are told; all of them stand in the rows."""


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
