"""The rows of a chunk one by one, as cases: for what columns do not say, and to tell why a row is no case."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from safeguard_rules.case.case import Case
from safeguard_rules.engine.columns.arrays import Array
from safeguard_rules.engine.columns.keys import LIST_NAMES
from safeguard_rules.engine.columns.rows import row_to_case, why
from safeguard_rules.engine.outcomes import Key, Runs
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError, CaseError, PluginError
from safeguard_rules.results import Outcome
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.records import UNSEEN_ID, Record
from safeguard_rules.vocabulary.view import CaseView, view


class OneByOne:
    """The cases of a chunk, each made when it is asked for; `errors` says why rows are none, or cannot be evaluated."""

    def __init__(self, batch: pa.RecordBatch, rulebook: Rulebook, as_of: AsOf) -> None:
        self.batch = batch
        self.rulebook = rulebook
        self.as_of = as_of
        self.errors: dict[int, str] = {}
        self._views: dict[int, CaseView | None] = {}

    def case(self, row: int) -> Case | None:
        """The case of a row, None if it is none."""
        try:
            case = row_to_case(self.batch, row)
            self.rulebook.check_case(case)
        except (CaseError, CallError) as error:
            self.errors[row] = why(error)
        else:
            return case
        return None

    def view(self, row: int) -> CaseView | None:
        """What the rules see of a row, None if it is no case."""
        if row not in self._views:
            case = None if row in self.errors else self.case(row)
            self._views[row] = None if case is None else view(case, self.as_of, self.rulebook.vocabulary)
        return self._views[row]

    def outcomes(self, row: int) -> Mapping[Key, Outcome] | None:
        """What every rule comes to for a row, None if it cannot be evaluated."""
        found = self.view(row)
        if found is None:
            return None
        try:
            return Runs(self.rulebook.program(self.as_of), found).outcomes()
        except PluginError as error:
            self.errors[row] = why(error)
            return None

    def ask(self, owner: str, name: str, stages: frozenset[str], seen: bool) -> Array:
        """The values of a fact as the rules of some stages see them: of rows, or of a list's records in turn."""
        values: list[object] = []
        for row in range(self.batch.num_rows):
            values += self._of_row(row, owner, name, stages, seen)
        found = np.empty(len(values), object)
        found[:] = values
        return found

    def _of_row(self, row: int, owner: str, name: str, stages: frozenset[str], seen: bool) -> list[object]:
        found = self.view(row)
        if found is None:
            return [None] * (self._length(owner, row) if seen and owner in LIST_NAMES else 1)
        narrow = found.for_stages(stages)
        try:
            return [narrow.value(record, name) for record in _records(narrow, owner, seen)]
        except PluginError as error:
            self.errors[row] = why(error)
            self._views[row] = None
            return self._of_row(row, owner, name, stages, seen)

    def _length(self, owner: str, row: int) -> int:
        values = self.batch.column(LIST_NAMES[owner])[row].values
        return 0 if values is None else len(values)


def _records(found: CaseView, owner: str, seen: bool) -> list[Record]:
    if owner in ("child", "case", "pregnancy"):
        return [getattr(found, owner)]
    if owner.startswith("extra."):
        return [found.extra(owner.removeprefix("extra."))]
    if not seen:
        return [found.unseen(owner)]
    by_id = {record.id: record for record in found.records(owner)}
    return [by_id[entry.id] for entry in getattr(found.source, LIST_NAMES[owner]) or ()]


def path_of(list_name: str, record_id: str | None) -> str:
    """The subject of a finding about a record, or about those that nobody has entered."""
    return f"{list_name}[{UNSEEN_ID if record_id is None else record_id}]"
