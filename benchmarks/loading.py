"""Loading packs cold and from a warm cache, and starting: each in a process of its own, in turns."""

from __future__ import annotations

import inspect
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.contest import Contest, NotThereError
from benchmarks.making_packs import write_pack
from benchmarks.measuring import Progress, Timed
from safeguard_rules import Rulebook

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Process:
    """A process that prints how long it took, in seconds."""

    arguments: Callable[[], tuple[str, ...]]

    def slice(self, seconds: float) -> float:  # noqa: ARG002 - it runs once, however long that takes
        """Runs it once."""
        command = [sys.executable, "-m", "benchmarks.starting", *self.arguments()]
        return float(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout)


def loading(rules: int, rounds: int, progress: Progress) -> Contest:
    """The table of loading and starting."""
    contest = Contest("loading and starting")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        pack = str(write_pack(folder / "pack", rules))
        many = f"{rules:,} rules"
        empty = (str(folder / f"cold-{number}") for number in count())
        warm, of_all = str(folder / "warm"), "import and load of all bundled packs"
        rows: tuple[tuple[str, str, Callable[[], tuple[str, ...]]], ...] = (
            ("load-cold", f"loading {many}, nothing kept from before", lambda: ("load", next(empty), pack)),
            ("load-warm", f"loading {many} from a warm cache", lambda: ("load", warm, pack)),
            ("first-warm", f"loading {many} from a warm cache, and a first case", lambda: ("first", warm, pack)),
            ("start-cold", f"{of_all}, nothing kept from before", lambda: ("start", next(empty))),
            ("start", f"{of_all} from a warm cache", lambda: ("start", warm)),
            ("answer", f"{of_all} from a warm cache, and a first case", lambda: ("answer", warm)),
        )
        for key, label, arguments in rows:
            contest.add(key, label, lambda arguments=arguments: _cached(arguments))  # type: ignore[misc]
        contest.add(
            "start-pydantic",
            "import of pydantic and the models of a case, and validation of one case",
            lambda: Process(lambda: ("pydantic",)),
        )
        contest.run(rounds, 0, progress)
    return contest


def _cached(arguments: Callable[[], tuple[str, ...]]) -> Timed:
    if "cache" not in inspect.signature(Rulebook.load).parameters:
        raise NotThereError("the cache of packs is not built yet")
    return Process(arguments)
