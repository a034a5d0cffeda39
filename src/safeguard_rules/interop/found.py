"""What a batch of cases came to: findings that apply or are undetermined, in arrays, and an error for other rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safeguard_rules.engine.columns.arrays import fields, listed
from safeguard_rules.engine.columns.caseload import CODES, Caseload, Codes
from safeguard_rules.engine.columns.rows import reason, row_to_case
from safeguard_rules.engine.columns.utf8 import Readable
from safeguard_rules.engine.outcomes import CHILD
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError, CaseError, PluginError
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.records import UNSEEN_ID, record_path

UNDETERMINED, APPLIES = CODES["undetermined"], CODES["applies"]
"""How outcomes are written here; what does not apply is left out."""


class Found(NamedTuple):
    """The findings of a batch that apply or are undetermined, by row, then by rule and by the records' ids.

    `children` are the ids of the children and `errors` why a row was not evaluated, None where it was; both have one
    entry for each row. The other arrays have one entry for each finding; `rules` are places among the rules in force,
    `subjects` places among `names`.
    """

    children: Any
    errors: tuple[str | None, ...]
    rows: Any
    rules: Any
    subjects: Any
    outcomes: Any
    names: Any

    def among(self, errors: Sequence[str | None], positions: Any) -> Found:
        """The same, of a batch with more rows: `positions` says where these stand, `errors` why the others do not."""
        told = list(errors)
        back = np.full(len(told), -1, np.int64)
        back[positions] = np.arange(len(positions))
        for position, error in zip(positions.tolist(), self.errors, strict=True):
            told[position] = error
        children = self.children.take(pa.array(back, mask=back < 0))
        return self._replace(children=children, errors=tuple(told), rows=positions[self.rows])

    def without(self, refused: Mapping[int, str]) -> Found:
        """The same, where some rows were not evaluated after all; `refused` says for each of them why."""
        if not refused:
            return self
        errors = tuple(refused.get(row, error) for row, error in enumerate(self.errors))
        left = ~np.isin(self.rows, list(refused))
        children = pc.if_else(pa.array([row not in refused for row in range(len(errors))]), self.children, None)
        rows, rules, subjects, outcomes = (each[left] for each in self[2:6])
        return Found(children, errors, rows, rules, subjects, outcomes, self.names)


def rule_names(rulebook: Rulebook, as_of: AsOf) -> tuple[str, ...]:
    """The full names of the rules in force on a day, in their order."""
    return tuple(active.rule.name for active in rulebook.program(as_of).rules)


def found_by_columns(caseload: Caseload, cases: pa.RecordBatch) -> Found:
    """What the rules in force say of each row, column by column; a row that is no valid case has its reason.

    All texts of the cases can be read: they were looked over before.
    """
    codes = caseload.codes(Readable(cases, {}))
    records = _Records(cases, caseload.rulebook.vocabulary, codes)
    errors = tuple(codes.errors.get(row) for row in range(codes.rows))
    children, others = _of_children(codes), _in_order(records.findings(), len(codes.rules))
    # Both are in order by row and rule, and no rule is in both: the fewer are put between the many.
    width = len(codes.rules)
    places = np.searchsorted(children[0] * width + children[1], others[0] * width + others[1])
    rows, rules, subjects, outcomes = (np.insert(*each) for each in zip(children, [places] * 4, others, strict=True))
    return Found(_children(cases, errors), errors, rows, rules, subjects, outcomes, records.names)


_Part = tuple[Any, Any, Any, Any]
"""The rows, rules, places of the subject, and outcomes of some findings."""


def _of_children(codes: Codes) -> _Part:
    """The findings about the children themselves, in order."""
    places = np.array([place for place, rule in enumerate(codes.rules) if rule.for_each is None], np.int64)
    table = np.zeros((codes.rows, len(places)), np.int8)
    for column, place in enumerate(places):
        table[:, column] = codes.rules[place].codes
    flat = table.ravel()
    at = np.flatnonzero(flat > 0)
    rows, columns = np.divmod(at, max(1, len(places)))
    return rows, places[columns], np.zeros(len(rows), np.int64), flat[at]


def _in_order(parts: Iterable[tuple[_Part, Any]], width: int) -> _Part:
    """Findings about records by row, rule and rank among the records."""
    found = [(*part, ranks) for part, ranks in parts]
    if not found:
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, nothing, nothing
    rows, rules, subjects, outcomes, ranks = (np.concatenate(each) for each in zip(*found, strict=True))
    # One number for each, in runs that are in order already: that is quicker than sorting by three columns.
    order = np.argsort((rows * width + rules) * (ranks.max(initial=0) + 1) + ranks, kind="stable")
    return rows[order], rules[order], subjects[order], outcomes[order]


class _Records:
    """The records that rules are about: which comes first by its id, and how each is called.

    `names` holds `child`, then for each list its records and what stands for those that nobody has entered.
    """

    def __init__(self, cases: pa.RecordBatch, vocabulary: Vocabulary, codes: Codes) -> None:
        self.codes = codes
        self.first: dict[str, int] = {}
        self.ranks: dict[str, Any] = {}
        names = [pa.array([CHILD], pa.string())]
        for kind in sorted({rule.for_each for rule in codes.rules if rule.for_each is not None}):
            self.first[kind] = sum(map(len, names))
            called = _ids(cases, vocabulary.kinds[kind].name)
            self.ranks[kind] = _ranks(*called)
            names.append(_paths(vocabulary.kinds[kind].name, called[1]))
        self.names = pa.concat_arrays(names)

    def findings(self) -> Iterator[tuple[_Part, Any]]:
        """The findings of each rule about records, entered or not, each with its rank among them."""
        for place, rule in enumerate(self.codes.rules):
            if rule.for_each is None or rule.offsets is None or rule.unseen is None:
                continue
            ranks, first = self.ranks[rule.for_each], self.first[rule.for_each]
            at = np.flatnonzero(rule.codes > 0)
            rows = np.searchsorted(rule.offsets, at, side="right") - 1
            yield (rows, np.full(len(at), place), first + at, rule.codes[at]), ranks[at]
            open_ = np.flatnonzero(rule.unseen > 0)
            # Those that nobody has entered come after all others.
            last = np.full(len(open_), len(ranks))
            yield (open_, np.full(len(open_), place), first + last, rule.unseen[open_]), last


def _ids(cases: pa.RecordBatch, name: str) -> tuple[Any, Any]:
    """The rows in which the records of a list stand, and their ids."""
    place = cases.schema.get_field_index(name)
    column = listed(cases.column(place) if place >= 0 else pa.nulls(cases.num_rows))
    rows = np.repeat(np.arange(cases.num_rows), np.diff(column.offsets))
    ids = fields(column.values).get("id")
    return rows, pa.nulls(len(rows), pa.string()) if ids is None else ids.cast(pa.string())


def _ranks(rows: Any, ids: Any) -> Any:
    """Which record comes first, by row and by id."""
    order = pc.sort_indices(pa.table({"row": rows, "id": ids}), sort_keys=[("row", "ascending"), ("id", "ascending")])
    ranks = np.empty(len(rows), np.int64)
    ranks[order.to_numpy()] = np.arange(len(rows))
    return ranks


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


def found_by_rows(rulebook: Rulebook, as_of: AsOf, cases: pa.RecordBatch) -> Found:
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
    return Found(ids, tuple(errors), numbers[:, 0], numbers[:, 1], subjects, numbers[:, 2], names)


def why(error: CaseError | CallError | PluginError) -> str:
    """Why a row was not evaluated, on one line."""
    return reason(error) if isinstance(error, CaseError) else str(error)
