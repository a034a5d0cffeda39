"""What a batch of cases came to: the findings that apply or are undetermined, in arrays, and an error for other rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from safeguard_rules.engine.columns.rows import reason, row_to_case
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError, CaseError, PluginError
from safeguard_rules.values.dates import AsOf

UNDETERMINED, APPLIES = 1, 2
"""How outcomes are written here; what does not apply is left out."""

_CODES = {"undetermined": UNDETERMINED, "applies": APPLIES}


class Found(NamedTuple):
    """The findings of a batch that apply or are undetermined, by row, then by rule and by record.

    `children` are the ids of the children and `errors` why a row was not evaluated, None where it was; both have one
    entry for each row. The other arrays have one entry for each finding; `rules` are places among the rules in force.
    """

    children: Any
    errors: tuple[str | None, ...]
    rows: Any
    rules: Any
    subjects: Any
    outcomes: Any

    def among(self, errors: Sequence[str | None], positions: Any) -> Found:
        """The same, of a batch with more rows: `positions` says where these stand, `errors` why the others do not."""
        told = list(errors)
        back = np.full(len(told), -1, np.int64)
        back[positions] = np.arange(len(positions))
        for position, error in zip(positions, self.errors, strict=True):
            told[position] = error
        children = self.children.take(pa.array(back, mask=back < 0))
        return self._replace(children=children, errors=tuple(told), rows=positions[self.rows])


def rule_names(rulebook: Rulebook, as_of: AsOf) -> tuple[str, ...]:
    """The full names of the rules in force on a day, in their order."""
    return tuple(active.rule.name for active in rulebook.program(as_of).rules)


def found_in(rulebook: Rulebook, as_of: AsOf, cases: pa.RecordBatch) -> Found:
    """What the rules in force say of each row; a row that is no valid case has its reason."""
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
            if outcome != "does_not_apply":
                entries.append((row, places[rule], subject, _CODES[outcome]))
    numbers = np.array([(row, rule, code) for row, rule, _, code in entries], np.int64).reshape(-1, 3)
    subjects = pa.array([subject for _, _, subject, _ in entries], pa.string())
    ids = pa.array(children, pa.string())
    return Found(ids, tuple(errors), numbers[:, 0], numbers[:, 1], subjects, numbers[:, 2])


def why(error: CaseError | CallError | PluginError) -> str:
    """Why a row was not evaluated, on one line."""
    return reason(error) if isinstance(error, CaseError) else str(error)
