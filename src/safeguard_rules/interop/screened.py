"""The columns that a screening gives: what applies, what is open, what is asked for, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from safeguard_rules.engine.program import Program
from safeguard_rules.interop.found import APPLIES, UNDETERMINED, Found
from safeguard_rules.interop.unknown import Reading
from safeguard_rules.packs.content import OBLIGATIONS

CHILD, ERROR = "child_id", "error"
APPLYING, OPEN, ACTIONS, UNKNOWN, EVALUATION = "applies", "undetermined", "actions", "unknown", "evaluation"
CHANGED = "changed"

COLUMNS = (CHILD, ERROR, APPLYING, OPEN, ACTIONS, UNKNOWN, EVALUATION, CHANGED)
"""The names that no column of the caller's own may have."""


def word_type(dictionaries: bool) -> pa.DataType:
    """The type of names that come again and again: text, with a dictionary where the reader knows them."""
    return pa.dictionary(pa.int32(), pa.string()) if dictionaries else pa.string()


def screened_fields(dictionaries: bool, evaluation: bool) -> list[pa.Field]:
    """The columns of a screening, after the caller's own."""
    word = word_type(dictionaries)
    finding = pa.list_(pa.struct([("rule", word), ("subject", pa.string())]))
    fields = [
        pa.field(CHILD, pa.string()),
        pa.field(ERROR, pa.string()),
        pa.field(APPLYING, finding),
        pa.field(OPEN, finding),
        pa.field(ACTIONS, pa.list_(pa.struct([("obligation", word), ("action", word)]))),
        pa.field(UNKNOWN, pa.list_(word)),
    ]
    return [*fields, pa.field(EVALUATION, pa.string())] if evaluation else fields


@dataclass(frozen=True, slots=True)
class Demanded:
    """What the rules in force ask for: pairs of obligation and action, the strongest first, and those of each rule."""

    pairs: tuple[tuple[str, str], ...]
    by_rule: tuple[tuple[int, ...], ...]


def demanded_by(program: Program) -> Demanded:
    """The pairs of each rule in force, with those that the locality adds."""
    of_rules = [{(form.obligation, form.action) for form in active.form.demands} for active in program.rules]
    pairs = sorted({pair for each in of_rules for pair in each}, key=lambda pair: (OBLIGATIONS.index(pair[0]), pair[1]))
    places = {pair: place for place, pair in enumerate(pairs)}
    return Demanded(tuple(pairs), tuple(tuple(sorted(places[pair] for pair in each)) for each in of_rules))


def findings_column(found: Found, outcome: int, rules: Sequence[str], dictionaries: bool) -> pa.Array:
    """The findings of one outcome as a list for each row: rule and subject."""
    picked = np.flatnonzero(found.outcomes == outcome)
    subjects = found.names.take(pa.array(found.subjects[picked]))
    structs = pa.StructArray.from_arrays(
        [words(found.rules[picked], rules, dictionaries), subjects], ["rule", "subject"]
    )
    return lists(found.rows[picked], structs, found.errors)


def actions_column(found: Found, demanded: Demanded, dictionaries: bool) -> pa.Array:
    """What the rules that apply ask for as a list for each row: every obligation and action once."""
    table = spread(found, APPLIES, demanded.by_rule, len(demanded.pairs))
    rows, places = np.nonzero(table)
    obligations = tuple(dict.fromkeys(obligation for obligation, _ in demanded.pairs))
    names = tuple(sorted({action for _, action in demanded.pairs}))
    strong = np.array([obligations.index(obligation) for obligation, _ in demanded.pairs], np.int64)
    named = np.array([names.index(action) for _, action in demanded.pairs], np.int64)
    structs = pa.StructArray.from_arrays(
        [words(strong[places], obligations, dictionaries), words(named[places], names, dictionaries)],
        ["obligation", "action"],
    )
    return lists(rows, structs, found.errors)


def unknown_column(found: Found, reading: Reading, dictionaries: bool) -> pa.Array:
    """The facts and lists that a case does not give and that a rule reads which is undetermined for it."""
    rows, places = np.nonzero(spread(found, UNDETERMINED, reading.by_rule, len(reading.names)) & found.missing)
    return lists(rows, words(places, reading.names, dictionaries), found.errors)


def spread(found: Found, outcome: int, by_rule: Sequence[Sequence[int]], width: int) -> Any:
    """For each row and place whether a rule with this outcome has the place; an array of booleans."""
    picked = np.flatnonzero(found.outcomes == outcome)
    rows = len(found.errors)
    rules = np.zeros((len(by_rule), rows), np.bool_)
    rules[found.rules[picked], found.rows[picked]] = True
    table = np.zeros((width, rows), np.bool_)
    for rule, places in enumerate(by_rule):
        if places:
            table[list(places)] |= rules[rule]
    return np.ascontiguousarray(table.T)


def words(places: Any, names: Sequence[str], dictionaries: bool) -> pa.Array:
    """Names by their places; the dictionary is the same for every batch."""
    indices = pa.array(np.asarray(places, np.int32), pa.int32())
    found = pa.DictionaryArray.from_arrays(indices, pa.array(list(names), pa.string()))
    return found if dictionaries else found.cast(pa.string())


def lists(rows: Any, values: pa.Array, errors: Iterable[str | None]) -> pa.Array:
    """Values that are sorted by row as one list for each row; null where the row was not evaluated."""
    failed = np.array([error is not None for error in errors], np.bool_)
    offsets = np.zeros(len(failed) + 1, np.int32)
    np.cumsum(np.bincount(rows, minlength=len(failed)), out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(failed))
