"""Cases as columns for the hand-written numpy: made from `ready` cases before anything is timed.

Words and sets of words are bits of whole numbers, days and amounts whole numbers. A list is padded to its longest: a
column of its records has a row for each place in the list, and `<list>` says where there is a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, TypeAlias

import numpy as np

from benchmarks.making_cases import LISTS
from benchmarks.peers.lowering import NOT_YET
from benchmarks.peers.ready import ONE, TODAY, Ready
from safeguard_rules.vocabulary.facts import Kind, Vocabulary

Columns: TypeAlias = Any
"""A namespace: `child_born_on`, `case_plan`, `injury_kind`, ... as arrays, `injuries` as an array of truths."""

_STANDARD = Vocabulary.standard()


def bits(path: str, *words: str) -> int:
    """The bits that stand for words of a fact."""
    order = _STANDARD.facts[path].words
    return sum(1 << order.index(word) for word in words)


def columns(cases: Sequence[Ready]) -> Columns:
    """The columns of cases in which everything is known."""
    found: dict[str, Any] = {"today": TODAY, "NOT_YET": NOT_YET}
    for owner, fields in ONE.items():
        for name in fields:
            found[f"{owner}_{name}"] = _array(f"{owner}.{name}", [case[f"{owner}_{name}"] for case in cases])
    for name, _, fields in LISTS:
        kind = _STANDARD.kind_named(name)
        assert kind is not None
        longest = max(len(case[name]) for case in cases)
        found[name] = np.array([[place < len(case[name]) for case in cases] for place in range(longest)])
        for field in fields:
            rows = [[_at(case[name], place, field) for case in cases] for place in range(longest)]
            found[f"{kind.singular}_{field}"] = np.array([_array(f"{kind.singular}.{field}", row) for row in rows])
    return SimpleNamespace(**found)


def _at(records: Sequence[Ready], place: int, field: str) -> Any:
    return records[place][field] if place < len(records) else None


def _array(path: str, values: Sequence[Any]) -> Any:
    fact = _STANDARD.facts[path]
    if fact.kind is Kind.BOOLEAN:
        return np.array([bool(value) for value in values])
    if fact.kind is Kind.WORD:
        return np.array([bits(path, value) if value is not None else 0 for value in values], dtype=np.uint16)
    if fact.kind is Kind.WORDS:
        return np.array([bits(path, *(value or ())) for value in values], dtype=np.uint16)
    return np.array([value or 0 for value in values], dtype=np.int32)
