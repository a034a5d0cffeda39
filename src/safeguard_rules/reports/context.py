"""What a text report is told besides the result: whom it is about, how the area is called, where settings came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from safeguard_rules.reports.notes import Notes
from safeguard_rules.results import EvaluationDocument


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that an evaluation was given, and where it came from: `date`, `2 March 2026`, `the case file`."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Context:
    """Words for a text report that are no part of the result.

    `child` is the child's label or id, `area` the locality's title; `everything` asks for what the short form counts.
    """

    child: str | None = None
    area: str | None = None
    settings: tuple[Setting, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """One text in the making: the result, the words around it, and the numbers given to citations so far."""

    document: EvaluationDocument
    context: Context
    notes: Notes = field(default_factory=Notes)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of rules by their full names."""
        return {finding.rule: finding.title for finding in self.document.findings}
