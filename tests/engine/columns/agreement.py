"""Holding the codes of columns against the outcomes of the one-case path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from unittest.mock import patch

import numpy as np
import pyarrow as pa

from safeguard_rules import Case, Rulebook
from safeguard_rules.engine.columns import caseload
from safeguard_rules.engine.columns.arrays import Bools
from safeguard_rules.engine.columns.caseload import CODES, Caseload, Codes
from safeguard_rules.engine.columns.chunks import Chunk
from safeguard_rules.engine.columns.keys import LIST_NAMES
from safeguard_rules.engine.columns.rows import cases_to_batch
from safeguard_rules.engine.outcomes import Key, Runs
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.view import view


def expected(rulebook: Rulebook, case: Case, as_of: AsOf) -> dict[Key, int]:
    """What the one-case path says."""
    runs = Runs(rulebook.program(as_of), view(case, as_of, rulebook.vocabulary))
    return {key: CODES[outcome] for key, outcome in runs.outcomes().items()}


def said(codes: Codes, case: Case, row: int) -> dict[Key, int]:
    """What the codes say of a row, by rule and subject as the one-case path has them."""
    found: dict[Key, int] = {}
    for rule in codes.rules:
        if rule.offsets is None or rule.unseen is None or rule.for_each is None:
            found[rule.rule, "child"] = int(rule.codes[row])
            continue
        begin, end = rule.offsets[row : row + 2]
        name, unseen = LIST_NAMES[rule.for_each], int(rule.unseen[row])
        records = getattr(case, name) or ()
        for record, code in zip(records, rule.codes[begin:end], strict=True):
            found[rule.rule, f"{name}[{record.id}]"] = int(code)
        if unseen >= 0:
            found[rule.rule, f"{name}[?]"] = unseen
        elif not records:
            found[rule.rule, "none"] = 0
    return found


def differences(
    rulebook: Rulebook,
    cases: Sequence[Case],
    as_of: str,
    batch: pa.RecordBatch | None = None,
    *,
    chunk: int | None = None,
) -> list[str]:
    """Where columns and the one-case path do not say the same; no row is left to the one-case path."""
    load = Caseload(rulebook, as_of)
    with patch.multiple(caseload, doubtful=_nothing, CHUNK=chunk or caseload.CHUNK):
        codes = load.codes(cases_to_batch(cases) if batch is None else batch)
    wrong = []
    for row, case in enumerate(cases):
        wrong += differing(expected(rulebook, case, load.as_of), said(codes, case, row), row)
    return wrong


def differing(wanted: Mapping[Key, int], found: Mapping[Key, int], row: int) -> list[str]:
    """Each code that is another one, as a line."""
    keys = sorted(wanted.keys() | found.keys())
    return [
        f"row {row}, {key}: {found.get(key)}, not {wanted.get(key)}"
        for key in keys
        if wanted.get(key) != found.get(key)
    ]


def _nothing(chunk: Chunk) -> Bools:
    return np.zeros(chunk.rows, bool)
