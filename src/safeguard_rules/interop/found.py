"""What a batch of cases came to: the findings that apply or are undetermined, in arrays, and an error for other rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from safeguard_rules.case.case import Case
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError, CaseError, PluginError
from safeguard_rules.source import Issue
from safeguard_rules.values.dates import AsOf

UNDETERMINED, APPLIES = 1, 2
"""How outcomes are written here; what does not apply is left out."""

CODES = {"undetermined": UNDETERMINED, "applies": APPLIES}

Row = Callable[[], Case]
"""What reads the case of one row; raises CaseError or CallError where it is none."""


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


def rule_names(rulebook: Rulebook, as_of: AsOf) -> tuple[str, ...]:
    """The full names of the rules in force on a day, in their order."""
    return tuple(active.rule.name for active in rulebook.program(as_of).rules)


def found_by_rows(rulebook: Rulebook, as_of: AsOf, rows: Sequence[Row]) -> Found:
    """Each row evaluated on its own, by the path that a single case takes."""
    places = {name: place for place, name in enumerate(rule_names(rulebook, as_of))}
    children: list[str | None] = []
    errors: list[str | None] = []
    entries: list[tuple[int, int, str, int]] = []
    for i, read in enumerate(rows):
        try:
            case = read()
            outcomes = rulebook.evaluate(case, as_of=as_of).outcomes()
        except (CaseError, CallError, PluginError) as error:
            children.append(None)
            errors.append(reason(error))
            continue
        children.append(case.child.id if case.child is not None else None)
        errors.append(None)
        for (rule, subject), outcome in outcomes.items():
            if outcome != "does_not_apply":
                entries.append((i, places[rule], subject, CODES[outcome]))
    numbers = np.array([(i, rule, code) for i, rule, _, code in entries], np.int64).reshape(-1, 3)
    subjects = pa.array([subject for _, _, subject, _ in entries], pa.string())
    return Found(
        pa.array(children, pa.string()), tuple(errors), numbers[:, 0], numbers[:, 1], subjects, numbers[:, 2]
    )


def reason(error: CaseError | CallError | PluginError) -> str:
    """Why a row was not evaluated, on one line."""
    if isinstance(error, CaseError):
        return "; ".join(dict.fromkeys(map(_told, error.issues)))
    return str(error)


def _told(issue: Issue) -> str:
    told = f"{issue.message}; {issue.help}" if issue.help else issue.message
    return f"column {issue.place.column}: {told}" if issue.place.line else told
