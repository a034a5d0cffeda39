"""What a batch of cases came to: findings that apply or are undetermined, in arrays, and an error for other rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safeguard_rules.engine.columns.arrays import fields, listed
from safeguard_rules.engine.columns.caseload import CODES, Caseload, Codes, RuleCodes, joined
from safeguard_rules.engine.columns.chunks import Chunk
from safeguard_rules.engine.columns.rows import row_to_case, why
from safeguard_rules.engine.columns.utf8 import Readable
from safeguard_rules.engine.outcomes import CHILD
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError, CaseError, PluginError
from safeguard_rules.interop.unknown import Reading, not_given
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.records import UNSEEN_ID, record_path

UNDETERMINED, APPLIES = CODES["undetermined"], CODES["applies"]
"""How outcomes are written here; what does not apply is left out."""


class Found(NamedTuple):
    """The findings of a batch that apply or are undetermined, by row, then by rule and by the records' ids.

    `children` are the ids of the children and `errors` why a row was not evaluated, None where it was; both have one
    entry for each row. The other arrays have one entry for each finding; `rules` are places among the rules in force,
    `subjects` places among `names`. `missing` says for each row which names of a reading it does not give, None where
    nobody asked.
    """

    children: Any
    errors: tuple[str | None, ...]
    rows: Any
    rules: Any
    subjects: Any
    outcomes: Any
    names: Any
    missing: Any = None

    def among(self, errors: Sequence[str | None], positions: Any) -> Found:
        """The same, of a batch with more rows: `positions` says where these stand, `errors` why the others do not."""
        told = list(errors)
        back = np.full(len(told), -1, np.int64)
        back[positions] = np.arange(len(positions))
        for position, error in zip(positions.tolist(), self.errors, strict=True):
            told[position] = error
        # Taken also where all rows are there: so nothing stands under a null, and equal rows are equal bytes.
        found = self._replace(children=self.children.take(pa.array(back, mask=back < 0)), errors=tuple(told))
        return found if len(told) == len(positions) else found._put(positions)

    def _put(self, positions: Any) -> Found:
        """The same with what stands in the rows put where these stand."""
        rows = positions[self.rows].astype(np.int32)
        if self.missing is None:
            return self._replace(rows=rows)
        missing = np.zeros((len(self.errors), self.missing.shape[1]), np.bool_)
        missing[positions] = self.missing
        return self._replace(rows=rows, missing=missing)

    def without(self, refused: Mapping[int, str]) -> Found:
        """The same, where some rows were not evaluated after all; `refused` says for each of them why."""
        if not refused:
            return self
        errors = tuple(refused.get(row, error) for row, error in enumerate(self.errors))
        left = ~np.isin(self.rows, list(refused))
        children = pc.if_else(pa.array([row not in refused for row in range(len(errors))]), self.children, None)
        rows, rules, subjects, outcomes = (each[left] for each in self[2:6])
        return Found(children, errors, rows, rules, subjects, outcomes, self.names, self.missing)


def rule_names(rulebook: Rulebook, as_of: AsOf) -> tuple[str, ...]:
    """The full names of the rules in force on a day, in their order."""
    return tuple(active.rule.name for active in rulebook.program(as_of).rules)


def found_by_columns(caseload: Caseload, cases: pa.RecordBatch, reading: Reading | None = None) -> Found:
    """What the rules in force say of each row, column by column; a row that is no valid case has its reason.

    All texts of the cases can be read: they were looked over before.
    """
    codes, missing = _codes(caseload, cases, reading)
    errors = tuple(codes.errors.get(row) for row in range(codes.rows))
    listings, names = _listings(cases, caseload.rulebook.vocabulary, codes)
    return Found(_children(cases, errors), errors, *_in_order(codes, listings), names, missing)


def _codes(caseload: Caseload, cases: pa.RecordBatch, reading: Reading | None) -> tuple[Codes, Any]:
    """The codes of all rows and, if they are asked for, the names of a reading that each does not give."""
    parts, missing = [], []
    for codes, chunk in caseload.by_chunks(Readable(cases, {})):
        parts.append(codes)
        if reading is not None:
            missing.append(not_given(chunk, reading))
    return joined(parts), np.concatenate(missing) if missing else None


def _in_order(codes: Codes, listings: Mapping[str | None, _Listing]) -> tuple[Any, Any, Any, Any]:
    """The rows, rules, subjects and outcomes of all findings, by row, then by rule and as its listing has them.

    They are counted first, and each is put where it stands: to sort them all takes several times their memory.
    """
    said = [_said(rule, listings[rule.for_each]) for rule in codes.rules]
    counts = np.zeros((codes.rows, len(said)), np.int32)
    for place, (rule, (at, _)) in enumerate(zip(codes.rules, said, strict=True)):
        counts[:, place] = np.bincount(listings[rule.for_each].rows[at], minlength=codes.rows)
    starts = counts.cumsum(dtype=np.int32).reshape(counts.shape) - counts
    rows, rules, subjects = (np.empty(counts.sum(), np.int32) for _ in range(3))
    outcomes = np.empty(len(rows), np.int8)
    for place, (rule, (at, own)) in enumerate(zip(codes.rules, said, strict=True)):
        listing, count = listings[rule.for_each], counts[:, place]
        # Those of one row follow each other, here as there.
        behind = starts[:, place] - (count.cumsum(dtype=np.int32) - count)
        to = behind[listing.rows[at]] + np.arange(len(at), dtype=np.int32)
        rows[to], rules[to], subjects[to], outcomes[to] = listing.rows[at], place, listing.subjects[at], own
    return rows, rules, subjects, outcomes


def _said(rule: RuleCodes, listing: _Listing) -> tuple[Any, Any]:
    """The places in its listing of which a rule applies or is undetermined, and what it says there."""
    codes = rule.codes if rule.unseen is None else np.concatenate([rule.codes, rule.unseen]).take(listing.order)
    at = np.flatnonzero(codes > 0).astype(np.int32)
    return at, codes[at]


class _Listing(NamedTuple):
    """What rules are about, row by row: its row, and its place among all names; the children, or the records of a list.

    Records come by their ids, and what stands for those that nobody has entered comes after them. `order` says where
    the code of each stands, among those of the records and then of the rows.
    """

    rows: Any
    subjects: Any
    order: Any


def _listings(
    cases: pa.RecordBatch, vocabulary: Vocabulary, codes: Codes
) -> tuple[dict[str | None, _Listing], pa.Array]:
    """What rules are about, by the kind of record, None for the child; and the names of all.

    The names are `child`, then for each list its records and what stands for those that nobody has entered.
    """
    every = np.arange(codes.rows, dtype=np.int32)
    found: dict[str | None, _Listing] = {None: _Listing(every, np.zeros(codes.rows, np.int32), every)}
    names, first = [pa.array([CHILD], pa.string())], 1
    for kind in sorted({rule.for_each for rule in codes.rules if rule.for_each is not None}):
        rows, ids = _ids(cases, vocabulary.kinds[kind].name)
        found[kind] = _listing(rows, ids, every, first)
        names.append(_paths(vocabulary.kinds[kind].name, ids))
        first += len(names[-1])
    return found, pa.concat_arrays(names)


def _listing(rows: Any, ids: Any, every: Any, first: int) -> _Listing:
    """The records of a list by row and id, each row's followed by what stands for those that nobody has entered."""
    records = len(rows)
    behind = np.searchsorted(rows, every, side="right")
    order = np.insert(_by_id(rows, ids), behind, records + every)
    return _Listing(
        np.insert(rows, behind, every).astype(np.int32),
        (first + np.minimum(order, records)).astype(np.int32),
        order,
    )


def _ids(cases: pa.RecordBatch, name: str) -> tuple[Any, Any]:
    """The rows in which the records of a list stand, and their ids."""
    place = cases.schema.get_field_index(name)
    column = listed(cases.column(place) if place >= 0 else pa.nulls(cases.num_rows))
    rows = np.repeat(np.arange(cases.num_rows), np.diff(column.offsets))
    ids = fields(column.values).get("id")
    return rows, pa.nulls(len(rows), pa.string()) if ids is None else ids.cast(pa.string())


def _by_id(rows: Any, ids: Any) -> Any:
    """Which record comes first, by row and by id."""
    table = pa.table({"row": rows, "id": ids})
    return pc.sort_indices(table, sort_keys=[("row", "ascending"), ("id", "ascending")]).to_numpy().astype(np.int64)


def _paths(name: str, ids: Any) -> Any:
    """The paths of records by their ids, and of those that nobody has entered."""
    ends = pa.scalar(record_path(name, "/")[:-2], pa.string()), pa.scalar("]", pa.string()), pa.scalar("", pa.string())
    called = pc.binary_join_element_wise(ends[0], ids, ends[1], ends[2])
    return pa.concat_arrays([called, pa.array([record_path(name, UNSEEN_ID)], pa.string())])


def _children(cases: pa.RecordBatch, errors: Sequence[str | None]) -> Any:
    """The ids of the children, where the row is a valid case."""
    place = cases.schema.get_field_index("child")
    ids = fields(cases.column(place)).get("id") if place >= 0 else None
    if ids is None:
        return pa.nulls(cases.num_rows, pa.string())
    there = pa.array(np.array([error is None for error in errors], np.bool_))
    return pc.if_else(there, ids.cast(pa.string()), pa.scalar(None, pa.string()))


def found_by_rows(rulebook: Rulebook, as_of: AsOf, cases: pa.RecordBatch, reading: Reading | None = None) -> Found:
    """The same, each row evaluated on its own: the path on which plug-ins that listen are told of every evaluation."""
    places = {name: place for place, name in enumerate(rule_names(rulebook, as_of))}
    children: list[str | None] = []
    errors: list[str | None] = []
    entries: list[tuple[int, int, str, int]] = []
    for row in range(cases.num_rows):
        try:
            case = row_to_case(cases, row)
            outcomes = rulebook.evaluate(case, as_of=as_of).outcomes()
        except (CaseError, CallError, PluginError) as error:
            children.append(None)
            errors.append(why(error))
            continue
        children.append(case.child.id if case.child is not None else None)
        errors.append(None)
        for (rule, subject), outcome in outcomes.items():
            if CODES[outcome]:
                entries.append((row, places[rule], subject, CODES[outcome]))
    numbers = np.array([(row, rule, code) for row, rule, _, code in entries], np.int64).reshape(-1, 3)
    names = pa.array([subject for _, _, subject, _ in entries], pa.string())
    subjects, ids = np.arange(len(entries)), pa.array(children, pa.string())
    missing = None if reading is None else not_given(Chunk(cases, rulebook.vocabulary, as_of), reading)
    return Found(ids, tuple(errors), numbers[:, 0], numbers[:, 1], subjects, numbers[:, 2], names, missing)
