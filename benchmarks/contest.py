"""What a run gathers: rows with their figures, and what was left out and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.measuring import Figure, Progress, Timed, in_turns


class NotThereError(Exception):
    """Something that a row needs is not installed or not built yet; the message says what."""


@dataclass
class Row:
    """One row of a table: who, and what it took per case, or why it was left out."""

    key: str
    label: str
    figure: Figure | None = None
    left_out: str | None = None


@dataclass
class Contest:
    """A table in the making: contestants that run in turns."""

    title: str
    rows: dict[str, Row] = field(default_factory=dict)
    timed: dict[str, Timed] = field(default_factory=dict)

    def add(self, key: str, label: str, make: Callable[[], Timed]) -> None:
        """Adds a contestant; one that is not there becomes a row that says so."""
        self.rows[key] = Row(key, label)
        try:
            self.timed[key] = make()
        except (NotThereError, ImportError) as error:
            self.rows[key].left_out = str(error)

    def run(self, rounds: int, seconds: float, progress: Progress) -> None:
        """Measures all of them in turns."""
        for key, figure in in_turns(self.timed, rounds, seconds, progress, self.title).items():
            self.rows[key].figure = figure

    def note(self, key: str, label: str, figure: Figure) -> None:
        """Adds a row that was measured elsewhere."""
        self.rows[key] = Row(key, label, figure)

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures of all rows that were measured."""
        return {key: row.figure for key, row in self.rows.items() if row.figure is not None}
