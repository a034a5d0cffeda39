"""What two states of packs say differently of the same rows: rule and subject, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safeguard_rules.engine.columns.caseload import CODES
from safeguard_rules.interop.found import Found
from safeguard_rules.interop.screened import CHANGED, CHILD, ERROR, lists, word_type, words


def changed_fields(dictionaries: bool) -> list[pa.Field]:
    """The columns of a comparison, after the caller's own. Before or after is null where there is no such rule."""
    word = word_type(dictionaries)
    change = pa.struct([("rule", word), ("subject", pa.string()), ("before", word), ("after", word)])
    return [pa.field(CHILD, pa.string()), pa.field(ERROR, pa.string()), pa.field(CHANGED, pa.list_(change))]


def changed_column(
    before: Found,
    after: Found,
    rules: tuple[Sequence[str], Sequence[str]],
    errors: Sequence[str | None],
    dictionaries: bool,
) -> pa.Array:
    """The findings whose outcome differs, as a list for each row, by rule and subject.

    A rule that is not there and one that does not apply ask for the same, which is nothing: that is no change.
    """
    names = sorted({*rules[0], *rules[1]})
    subjects = sorted({name for each in (before, after) for name in each.names.to_pylist() if name is not None})
    keyed = [_keys(each, own, names, subjects) for each, own in zip((before, after), rules, strict=True)]
    keys = np.union1d(keyed[0][0], keyed[1][0])
    codes = [_codes(keys, *each) for each in keyed]
    picked = codes[0] != codes[1]
    keys, codes = keys[picked], [each[picked] for each in codes]
    rest, subject = np.divmod(keys, max(1, len(subjects)))
    rows, rule = np.divmod(rest, max(1, len(names)))
    said = [_said(code, rule, names, own, dictionaries) for code, own in zip(codes, rules, strict=True)]
    subject_names = pa.array(subjects, pa.string()).take(pa.array(subject))
    structs = pa.StructArray.from_arrays(
        [words(rule, names, dictionaries), subject_names, *said], ["rule", "subject", "before", "after"]
    )
    return lists(rows, structs, errors)


def _keys(found: Found, rules: Sequence[str], names: Sequence[str], subjects: Sequence[str]) -> tuple[Any, Any]:
    """One sorted number for each finding, made of its row, rule and subject, and its outcome's code."""
    places = {name: place for place, name in enumerate(names)}
    rule = np.array([places[name] for name in rules], np.int64)[found.rules]
    called = pc.fill_null(pc.index_in(found.names, value_set=pa.array(subjects, pa.string())), 0)
    subject = called.to_numpy(zero_copy_only=False).astype(np.int64)[found.subjects]
    keys = (found.rows.astype(np.int64) * max(1, len(names)) + rule) * max(1, len(subjects)) + subject
    order = np.argsort(keys, kind="stable")
    return keys[order], found.outcomes[order]


def _codes(keys: Any, own: Any, outcomes: Any) -> Any:
    """The outcome of each key on one side, that of what does not apply where the side has none."""
    found = np.zeros(len(keys), np.int64)
    found[np.searchsorted(keys, own)] = outcomes
    return found


def _said(codes: Any, rule: Any, names: Sequence[str], own: Sequence[str], dictionaries: bool) -> pa.Array:
    there = np.array([name in set(own) for name in names], np.bool_)
    said = words(codes, tuple(CODES), dictionaries)
    return pc.if_else(pa.array(there[rule]), said, pa.scalar(None, said.type))
