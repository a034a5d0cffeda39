"""What starting and loading take: each measured in a process of its own, in turns, printed as seconds.

    python -m benchmarks.starting load CACHE FOLDER   # load one pack, the library already imported
    python -m benchmarks.starting first CACHE FOLDER  # load one pack, and decide a first case
    python -m benchmarks.starting start CACHE         # import the library and load the bundled packs
    python -m benchmarks.starting answer CACHE        # import the library, load the bundled packs, decide a first case
    python -m benchmarks.starting pydantic            # import pydantic and the models of a case, validate one case

The first time that something is loaded with an empty CACHE is cold, the second is warm.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

CASE = """{"child": {"id": "child-1", "stage": "born", "born_on": "2026-01-19", "movements": []},
"injuries": [{"id": "cheek", "kind": "bruise", "noticed_on": "2026-03-02"}]}"""
DAY = "2026-03-02"


def load(cache: str, folder: str) -> float:
    """Seconds that loading one pack takes."""
    from safeguard_rules import Rulebook

    start = time.perf_counter()
    Rulebook.load([folder], cache=cache)
    return time.perf_counter() - start


def first(cache: str, folder: str) -> float:
    """Seconds that loading one pack and deciding a first case take: what is put off until then is in it."""
    from safeguard_rules import Case, Rulebook

    case = Case.from_json(CASE)
    begun = time.perf_counter()
    Rulebook.load([folder], cache=cache).evaluate(case, as_of=DAY).outcomes()
    return time.perf_counter() - begun


def start(cache: str) -> float:
    """Seconds from nothing to all bundled packs."""
    begun = time.perf_counter()
    from safeguard_rules import Rulebook

    Rulebook.load(cache=cache)
    return time.perf_counter() - begun


def answer(cache: str) -> float:
    """Seconds from nothing to the outcomes of a first case under all bundled packs."""
    begun = time.perf_counter()
    from safeguard_rules import Case, Rulebook

    Rulebook.load(cache=cache).evaluate(Case.from_json(CASE), as_of=DAY).outcomes()
    return time.perf_counter() - begun


def pydantic() -> float:
    """Seconds that pydantic and the models of a case take, with one case validated, and nothing else of the library."""
    import types

    package = types.ModuleType("safeguard_rules")  # its own __init__ would import everything
    package.__path__ = [str(Path(__file__).resolve().parents[1] / "src" / "safeguard_rules")]
    sys.modules["safeguard_rules"] = package
    begun = time.perf_counter()
    from safeguard_rules.case.case import Case

    Case.model_validate_json(CASE)
    return time.perf_counter() - begun


if __name__ == "__main__":
    measures: dict[str, Callable[..., float]] = {
        "load": load,
        "first": first,
        "start": start,
        "answer": answer,
        "pydantic": pydantic,
    }
    print(measures[sys.argv[1]](*sys.argv[2:]))
