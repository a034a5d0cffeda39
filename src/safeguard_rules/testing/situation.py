"""A case on a day, and the day that is taken where none is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safeguard_rules.case.case import Case
from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.testing.case_text import as_yaml
from safeguard_rules.values.dates import AsOf

DAY = AsOf.of("2026-03-02")
"""The day for which cases are made where none is named: always the same, so that a test does not change overnight."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A case and the day for which it is evaluated; it prints as a case file."""

    case: Case
    as_of: AsOf

    def __repr__(self) -> str:
        return f"Situation(\n{as_yaml(self.case, self.as_of)})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - what Hypothesis prints with
        printer.text(repr(self))

    def evaluate(self, rulebook: Rulebook) -> Evaluation:
        """What a rulebook says of it."""
        return rulebook.evaluate(self.case, as_of=self.as_of)
