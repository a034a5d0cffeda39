"""`safeguard-rules screen` on a million cases: its own benchmark, run in a process of its own, and what it said."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.contest import Contest, Row
from benchmarks.measuring import Figure, Progress

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "benchmarks" / "screen_a_million.py"
LIMIT = 2.0**30
"""What it may take at most, in bytes above the interpreter's start."""

SECONDS = re.compile(r"time: ([\d,.]+) s")
MEMORY = re.compile(r"memory: ([\d,.]+) MiB above")
WRONG = re.compile(r"sample: ([\d,]+) of ([\d,]+) rows differ")


class ScreeningError(Exception):
    """The benchmark of screening failed, or its output was wrong."""


def screening(rows: int, progress: Progress) -> Contest:
    """The rows of a screening: time per case, and memory; raises `ScreeningError` where the output was wrong."""
    contest = Contest("screening")
    if not SCRIPT.is_file():
        contest.rows["screen"] = _left_out("the command is not built yet")
        return contest
    progress.say(f"screening {rows:,} cases")
    done = subprocess.run([sys.executable, str(SCRIPT), str(rows)], capture_output=True, text=True, cwd=ROOT)
    progress.done()
    told = understood(done.stdout)
    if told is None:
        raise ScreeningError(
            f"the benchmark of `screen` said nothing of time, memory or its sample: {done.stderr[-500:]}"
        )
    seconds, memory, wrong = told
    if wrong:
        raise ScreeningError(f"{wrong} rows of the sample are not what the path of one case gives")
    contest.note("screen", f"`screen`, {rows:,} cases from Parquet, per case", Figure((seconds / rows,)))
    contest.note("screen-memory", "memory", Figure((memory,)))
    contest.note("gib", "one GiB", Figure((LIMIT,)))
    return contest


def understood(text: str) -> tuple[float, float, int] | None:
    """The seconds, the bytes, and how many rows were wrong, as the benchmark printed them; None if it did not."""
    found = [pattern.search(text) for pattern in (SECONDS, MEMORY, WRONG)]
    numbers = [float(match[1].replace(",", "")) for match in found if match is not None]
    if len(numbers) != 3:
        return None
    return numbers[0], numbers[1] * 2**20, int(numbers[2])


def told_in_words(contest: Contest) -> str:
    """One sentence for the page."""
    figures = contest.figures
    if "screen" not in figures:
        return "`safeguard-rules screen` was not measured."
    each, memory = figures["screen"].median, figures["screen-memory"].median
    return (
        f"`safeguard-rules screen` took {each * 1e6:.1f} µs per case ({1 / each:,.0f} cases a second) and at most "
        f"{memory / 2**20:,.0f} MiB above the interpreter's start. Its output was complete, and a sample of it equal "
        "to what one case at a time gives."
    )


def _left_out(why: str) -> Row:
    return Row("screen", "`safeguard-rules screen`", left_out=why)
