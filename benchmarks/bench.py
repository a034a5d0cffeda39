"""Measures the library beside others, on the same rules and cases, and says which goals are met.

    make bench                               # everything; writes its tables into docs/speed.md and docs/speed.svg
    make bench ARGS=--quick                  # a minute, with fewer rounds, cases and rules; writes nothing
    make bench ARGS="--only one many"        # some parts: one, bundled, many, loading, screen; writes nothing

Every contestant's verdicts are held to the reference walk before anything is timed. Ends with 1 if a goal is missed or
was not measured, with 2 if a contestant decides otherwise.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.bundled import bundled
from benchmarks.contest import Contest
from benchmarks.goals import reached
from benchmarks.loading import loading
from benchmarks.many_rules import SIZES, many_rules
from benchmarks.measuring import Figure, Progress, WrongVerdictError
from benchmarks.one_case import Forty, one_case
from benchmarks.picture import bars
from benchmarks.report import (
    beside_table,
    contest_table,
    goals_table,
    goals_text,
    machine,
    plain_table,
    put,
    sizes_table,
)
from benchmarks.screening import ScreeningError, screening, told_in_words

ROOT = Path(__file__).resolve().parents[1]
PAGE, PICTURE = ROOT / "docs" / "speed.md", ROOT / "docs" / "speed.svg"
BUILDING = (
    "Building is, for us, reading and checking the pack's YAML, with every citation; for the others it is compiling "
    "the expressions that were made of it. Times are those of a process that has seen such cases before."
)
PARTS = ("one", "bundled", "many", "loading", "screen")


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    cases: int = 3_000
    rounds: int = 9
    seconds: float = 0.15
    sizes: Sequence[int] = SIZES
    cases_of_many: int = 200
    rounds_of_many: int = 5
    seconds_of_many: float = 0.3
    rules_to_load: int = 10_000
    rounds_of_loading: int = 5
    rows_to_screen: int = 1_000_000


QUICK = Effort(300, 5, 0.05, (40, 400), 60, 5, 0.05, 400, 2, 20_000)


@dataclass
class Run:
    """What a run found."""

    one: Contest | None = None
    bundled: Contest | None = None
    many: list[Contest] = field(default_factory=list)
    built: dict[str, float] = field(default_factory=dict)
    loading: Contest | None = None
    sizes: Sequence[int] = ()
    screened: Contest | None = None

    @property
    def figures(self) -> dict[str, Figure]:
        """All figures by the keys of their rows."""
        found: dict[str, Figure] = {}
        for contest in (self.one, self.bundled, *self.many, self.loading, self.screened):
            found |= contest.figures if contest is not None else {}
        return found

    def lines(self) -> list[str]:
        """The tables, in Markdown."""
        found = [machine(date.today()), ""]  # noqa: DTZ011 - the day on which somebody measures, where they measure
        if self.one is not None:
            found += ["![Time per case, ours and others](speed.svg)", "", *contest_table(self.one, "ours"), ""]
        if self.bundled is not None:
            found += ["### The bundled packs", "", *beside_table(self.bundled), ""]
        if self.many:
            found += ["### More rules", "", BUILDING, "", *sizes_table(self.many, self.sizes, self.built), ""]
        if self.loading is not None:
            found += ["### Loading and starting", "", *plain_table(self.loading), ""]
        if self.screened is not None:
            found += ["### Screening", "", told_in_words(self.screened), ""]
        return [*found, "### Goals", "", *goals_table(reached(self.figures))]

    def picture(self) -> str | None:
        """The bars of the single cases, and of the columns."""
        if self.one is None:
            return None
        rows = [
            (row.label.replace("*", "").replace("`", ""), row.figure.median, row.label.startswith(("**ours", "ours")))
            for row in self.one.rows.values()
            if row.figure is not None
        ]
        return bars("Forty rules: time per case (each step to the right is ten times as long)", rows)


def main() -> int:
    """Measures, prints, and writes if it measured everything."""
    asked = _arguments()
    effort, progress = QUICK if asked.quick else Effort(), Progress()
    parts = asked.only or PARTS
    run = Run(sizes=effort.sizes)
    try:
        if "one" in parts:
            run.one = one_case(Forty(effort.cases), effort.rounds, effort.seconds, progress)
        if "bundled" in parts:
            run.bundled = bundled(effort.cases // 3, effort.rounds, effort.seconds, progress)
        if "many" in parts:
            rounds, seconds = effort.rounds_of_many, effort.seconds_of_many
            run.many, run.built = many_rules(effort.cases_of_many, effort.sizes, rounds, seconds, progress)
        if "loading" in parts:
            run.loading = loading(effort.rules_to_load, effort.rounds_of_loading, progress)
        if "screen" in parts:
            run.screened = screening(effort.rows_to_screen, progress)
    except (WrongVerdictError, ScreeningError) as error:
        progress.done()
        print(f"stopped: {error}", file=sys.stderr)
        return 2
    return _tell(run, write=asked.write or not (asked.quick or asked.only))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="less of everything, to try it; writes nothing")
    parser.add_argument("--only", choices=PARTS, nargs="+", help="some parts only; writes nothing")
    parser.add_argument("--write", action="store_true", help="write into docs/ all the same")
    return parser.parse_args()


def _tell(run: Run, *, write: bool) -> int:
    lines, found = run.lines(), reached(run.figures)
    print("\n".join(lines))
    if write:
        put(PAGE, "benchmarks", lines)
        picture = run.picture()
        if picture is not None:
            PICTURE.write_text(picture, encoding="utf-8")
    print("\n" + "\n".join(goals_text(found)))
    return 0 if all(each.met for each in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
