"""Where the time of one evaluation goes, from the real code: JSON in to JSON out, by samples of what is running.

    make profile                                    # writes its table into docs/speed.md
    python -m benchmarks.profile_of_one --seconds 1  # prints it

A timer looks every half millisecond of working time at which function is running, and counts it for the part of the
work to which the innermost module with a part of its own belongs: a fact that is read for a reason counts as reasons.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import FrameType

import safeguard_rules
from benchmarks import ours
from benchmarks.making_cases import cases
from benchmarks.making_packs import FORTY
from benchmarks.measuring import Loop, Progress
from benchmarks.report import amount, machine, put, table
from safeguard_rules import Case, Rulebook, read_case_file
from safeguard_rules.engine.compiling import GROUNDS

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "speed.md"
SOURCE = str(Path(safeguard_rules.__file__).parent) + "/"
EVERY = 0.0005
"""Seconds of working time between two looks."""

READING, EVALUATING, REASONS, RESULTS, WRITING = "reading", "evaluating", "reasons", "results", "writing"
PARTS = (READING, EVALUATING, REASONS, RESULTS, WRITING)

# The longest beginning of a module's path that stands here says what it is part of. What belongs to no part (values,
# the vocabulary, the standard library) counts for whoever called it.
MODULES = {
    "case/": READING,
    "reading/": READING,
    "engine/": RESULTS,
    "results.py": RESULTS,
    "packs/": RESULTS,
    "language/": REASONS,
    "engine/compiled_tests.py": EVALUATING,
    "engine/compiling.py": EVALUATING,
    "engine/fused/": EVALUATING,
    "engine/indexing/": EVALUATING,
    "engine/outcomes.py": EVALUATING,
    "engine/program.py": EVALUATING,
    "engine/running.py": EVALUATING,
    "vocabulary/view.py": EVALUATING,
    "engine/clauses.py": REASONS,
    "engine/deciding.py": REASONS,
    "engine/explaining.py": REASONS,
    "engine/grounds.py": REASONS,
    "engine/residual.py": REASONS,
    "engine/saying.py": REASONS,
    "engine/tracing.py": REASONS,
    "engine/walking.py": REASONS,
    "engine/questions.py": REASONS,
    "engine/recording.py": RESULTS,
    "engine/action_text.py": WRITING,
    "engine/finding_text.py": WRITING,
    "engine/writing.py": WRITING,
    "reports/": WRITING,
    "values/json_text.py": WRITING,
}
CALLED_FROM_ANYWHERE = ("vocabulary/view.py",)
"""Parts only where nobody further out has another one."""


def part_of(file: str) -> str | None:
    """The part of the work to which a file belongs, None if it counts for its caller."""
    if file == GROUNDS:
        return REASONS
    if file.startswith("<") and file != "<string>" and "frozen" not in file:
        return EVALUATING  # generated functions have a name of their own here; "<string>" is what a dataclass made
    if not file.startswith(SOURCE):
        return None
    name = file.removeprefix(SOURCE)
    fits = [start for start in MODULES if name.startswith(start)]
    return MODULES[max(fits, key=len)] if fits else None


@dataclass
class Sampler:
    """Counts which part of the work is running, every so often."""

    counts: Counter[str] = field(default_factory=Counter)

    def look(self, _number: int, frame: FrameType | None) -> None:
        """What the timer calls."""
        shared = None
        while frame is not None:
            file = frame.f_code.co_filename
            part = part_of(file)
            if part is not None and not file.endswith(CALLED_FROM_ANYWHERE):
                self.counts[part] += 1
                return
            shared = shared or part
            frame = frame.f_back
        self.counts[shared or RESULTS] += 1

    def watch(self, run: Callable[[], object], seconds: float) -> None:
        """Runs something again and again for so long, looking on."""
        before = signal.signal(signal.SIGPROF, self.look)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
        try:
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                run()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def shares(self) -> list[float]:
        """The share of each part."""
        total = max(1, self.counts.total())
        return [self.counts[part] / total for part in PARTS]


def profile(seconds: float, progress: Progress) -> list[str]:
    """The table, in Markdown: a row for each kind of work, a column for each part."""
    rows = []
    for label, run, texts in _works():
        progress.say(f"profile: {label}")
        loop = Loop(run, texts, block=min(8, len(texts)))
        loop.slice(seconds / 2)  # what is made once is made
        taken = loop.slice(seconds / 2)
        sampler = Sampler()
        sampler.watch(lambda loop=loop: loop.slice(0), seconds)  # type: ignore[misc]
        rows.append((label, amount(taken), *(f"{share:.0%}" for share in sampler.shares())))
    progress.done()
    return [machine(date.today()), "", *table(("JSON in, JSON out", "per case", *PARTS), rows)]  # noqa: DTZ011


def _works() -> list[tuple[str, Callable[[str], object], list[str]]]:
    forty, bundled = Rulebook.load([FORTY]), Rulebook.load(locality="wiltshire")
    made = [Case.model_validate(each).model_dump_json(exclude_none=True) for each in cases(200)]
    found: list[tuple[str, Callable[[str], object], list[str]]] = [
        ("the forty rules, actions with reasons", ours.actions(forty), made),
        ("the forty rules, everything", ours.everything(forty), made),
    ]
    for name in ("cheek", "complete-case"):
        file = read_case_file(ROOT / "examples" / f"{name}.yaml")
        assert isinstance(file.case, Case)
        text = file.case.model_dump_json(exclude_none=True, exclude_defaults=True)
        found += [
            (f"all bundled packs, `{name}.yaml`, actions with reasons", ours.actions(bundled), [text]),
            (f"all bundled packs, `{name}.yaml`, everything", ours.everything(bundled), [text]),
        ]
    return found


def main() -> int:
    """Prints the table, and writes it where it is asked to."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=4, help="how long each row is watched (default 4)")
    asked.add_argument("--write", action="store_true", help="write the table into docs/speed.md")
    given = asked.parse_args()
    lines = profile(given.seconds, Progress())
    print("\n".join(lines))
    if given.write:
        put(PAGE, "profile", lines)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
