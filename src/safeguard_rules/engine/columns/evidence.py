"""Evidence over whole columns: where it is plainly in order, as `case/links.py` has it; anything else is doubted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.types as is_type

from safeguard_rules.case.paths import CasePath, parse_path
from safeguard_rules.case.shape import SINGULARS
from safeguard_rules.engine.columns.arrays import Array, Bools, Coded, coded, fields, given, listed, looked_up
from safeguard_rules.engine.columns.chunks import ROWS, Chunk
from safeguard_rules.engine.columns.dates import dates
from safeguard_rules.engine.columns.finding import by_owner, led_to
from safeguard_rules.engine.columns.operations import EARLY
from safeguard_rules.engine.columns.shapes import ENTRY, case_shape, inner

NO_PATH = CasePath("none")
FEWEST_ACCOUNTS = 2


def doubtful_evidence(chunk: Chunk) -> Bools:
    """The rows with evidence that may not be in order."""
    column = chunk.column("evidence")
    if column is None:
        return np.zeros(chunk.rows, bool)
    rows = listed(column)
    if is_type.is_map(column.type) or not len(rows.values):
        return rows.counts > 0
    path, known = (fields(rows.values).get(name) for name in ENTRY)
    if path is None or known is None:
        return rows.counts > 0
    paths, entries = coded(path), listed(known)
    row = np.repeat(np.arange(chunk.rows), rows.counts)
    value, found = _known_at(chunk, paths, row)
    strange = ~found | ~paths.given | (entries.counts == 0)
    strange |= by_owner(entries, _strange_entries(entries.values, np.repeat(value, entries.counts)))
    return by_owner(rows, strange)


def _strange_entries(entries: pa.Array, value: Bools) -> Bools:
    """Where an entry about a value, or about none, may not be in order."""
    parts, shape = fields(entries), inner(inner(case_shape().fields["evidence"]))
    basis, why = (_word(parts.get(name), len(entries)) for name in ("basis", "why"))
    strange = ~given(entries) | np.where(value, why.given, ~why.given | basis.given)
    for name, column in (("basis", basis), ("why", why)):
        strange |= ~_among(column, shape.fields[name].words, none=True)
    strange |= _strange_accounts(parts.get("accounts"), _among(why, ("conflicting",)))
    disputes = parts.get("disputed")
    if disputes is not None:
        rows = listed(disputes)
        strange |= (rows.counts > 0) & ~value | by_owner(rows, _strange_said(rows.values, "by"))
    return strange | dates(parts.get("known_on"), len(entries), False).doubtful


def _strange_accounts(column: pa.Array | None, conflict: Bools) -> Bools:
    """Where accounts may not be in order: they belong to a conflict, which has two at least and is no mere denial."""
    if column is None:
        return conflict
    rows = listed(column)
    accounts = rows.values
    basis = _word(fields(accounts).get("basis"), len(accounts))
    words = inner(inner(inner(case_shape().fields["evidence"])).fields["accounts"]).fields["basis"].words
    strange = by_owner(rows, _strange_said(accounts, "value") | ~_among(basis, words, none=True))
    # It may be one that carers alone deny something, unless it is firm for nobody, or somebody else is among them.
    firm, carers = _among(basis, ("observed", "recorded")), _among(basis, ("told_by_carer",))
    denial = by_owner(rows, firm) & by_owner(rows, carers) & ~by_owner(rows, ~firm & ~carers)
    return strange | np.where(conflict, (rows.counts < FEWEST_ACCOUNTS) | denial, rows.counts > 0)


def _strange_said(entries: pa.Array, name: str) -> Bools:
    """Where an account or a dispute is none, or lacks what it must have, or has a day that may be none."""
    parts = fields(entries)
    needed = parts.get(name)
    lacks = np.ones(len(entries), bool) if needed is None else ~given(needed)
    return ~given(entries) | lacks | dates(parts.get("said_on"), len(entries), False).doubtful


def _among(column: Coded, words: Collection[str], *, none: bool = False) -> Bools:
    """Where one of these words stands; `none` says what is so where nothing is given."""
    return looked_up(column, np.array([each in words for each in column.values], bool), none)


def _word(column: pa.Array | None, length: int) -> Coded:
    return coded(pa.nulls(length) if column is None else column)


@lru_cache(maxsize=2**16)
def _path(text: str) -> CasePath:
    return parse_path(text) or NO_PATH


def _known_at(chunk: Chunk, paths: Coded, row: Array) -> tuple[Bools, Bools]:
    """For each path whether something is known there, and whether the path leads somewhere in its row."""
    value, found = np.zeros(len(row), bool), np.zeros(len(row), bool)
    parsed = [_path(text) if isinstance(text, str) else NO_PATH for text in paths.values]
    alike: dict[tuple[str, bool, str | None], list[int]] = {}
    for place, path in enumerate(parsed):
        alike.setdefault((path.part, path.id is not None, path.name), []).append(place)
    of_kind = np.full(len(parsed), -1)
    for kind, places in enumerate(alike.values()):
        of_kind[places] = kind
    kinds = of_kind.take(paths.places, mode="clip")
    for kind, (part, has_id, name) in enumerate(alike):
        at = np.flatnonzero((kinds == kind) & paths.given)
        if part in ROWS and name is not None:
            value[at], found[at] = _is_known(chunk, part, name)[row[at]], True
        elif part in SINGULARS and not has_id:
            value[at], found[at] = _is_complete(chunk, part)[row[at]], True
        elif part in SINGULARS:
            ids = {place: parsed[place].id for place in alike[part, has_id, name]}
            value[at], found[at] = _of_records(chunk, part, name, row[at], _texts(ids, paths.places[at]))
    return value, found


def _texts(ids: Mapping[int, str | None], places: Array) -> pa.Array:
    return pa.array([ids[int(place)] for place in places], pa.large_string())


def _of_records(chunk: Chunk, list_name: str, name: str | None, row: Array, ids: pa.Array) -> tuple[Bools, Bools]:
    """Whether records of lists are there, and a fact of them is known."""
    singular = SINGULARS[list_name]
    record, certain = led_to(chunk, singular, row, ids)
    there = certain & (record >= 0)
    if name is None or not there.any():
        return there, there
    return there & _is_known(chunk, singular, name).take(record, mode="clip"), there


def _is_known(chunk: Chunk, owner: str, name: str) -> Bools:
    """For each row, or each record of a list, whether a fact is known."""
    part = chunk.part(owner)
    column = part.fields(name)
    if column is None:
        return np.zeros(part.length, bool)
    if f"{owner}.{name}" in chunk.vocabulary.facts and is_type.is_struct(column.type):
        found = chunk.dates(owner, name)
        return (found.first > EARLY) | found.not_yet
    return given(column)


def _is_complete(chunk: Chunk, list_name: str) -> Bools:
    """For each row whether a list is known to hold everything."""
    rows = chunk.part(SINGULARS[list_name]).rows
    assert rows is not None
    found = rows.given & ~chunk.part("case").is_incomplete(list_name)
    return found & chunk.bring(("yes", "case", "all_regular_people_recorded")) if list_name == "people" else found
