"""One evaluation with reasons, from JSON in to JSON out, beside `json.loads` plus `Case` validation alone.

Run it with `python benchmarks/first_figure.py [--rounds 9]`. All contestants run in one process, in turns, so that
whatever else the machine does falls on all of them; what is printed are medians over the rounds, the spread, and the
median of each round's ratio to the baseline. Times differ between machines, ratios less.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from safeguard_rules import Case, Rulebook
from safeguard_rules.case.reading import read_case_file
from safeguard_rules.engine.elsewhere import Walked
from safeguard_rules.engine.outcomes import Runs
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.view import view

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "cheek.yaml"
SLICE = 0.15
"""How long each contestant runs in each round, in seconds."""


def main() -> int:
    """Measures, prints a table, and returns 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="how many rounds (default 9)")
    rounds = parser.parse_args().rounds
    contestants = _contestants()
    for run in contestants.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for done in range(rounds):
        for name, run in contestants.items():
            times[name].append(_slice(run))
        if sys.stderr.isatty():
            print(f"\rround {done + 1} of {rounds}", end="", file=sys.stderr)
    _print(times, rounds)
    return 0


def _contestants() -> dict[str, Callable[[], object]]:
    rulebook = Rulebook.load(locality="wiltshire")
    case = read_case_file(EXAMPLE).case
    assert isinstance(case, Case)
    as_of = "2026-03-02"
    plain = case.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    text = json.dumps(plain)

    def verdicts() -> object:
        return rulebook.evaluate(case, as_of=as_of).outcomes()

    def walked() -> object:
        program = rulebook.program(AsOf.of(as_of))
        rules = tuple(replace(each, holds=Walked(each.form)) for each in program.rules)
        seen = view(case, AsOf.of(as_of), rulebook.vocabulary)
        return Runs(replace(program, rules=rules), seen).outcomes()

    assert walked() == verdicts()

    def actions() -> object:
        return rulebook.evaluate(Case.from_json(text), as_of=as_of).to_json("actions", indent=False)

    def everything() -> object:
        return rulebook.evaluate(Case.from_json(text), as_of=as_of).to_json(indent=False)

    return {
        "json.loads and Case validation (the baseline)": lambda: Case.model_validate(json.loads(text)),
        "Case.from_json: every error at its line": lambda: Case.from_json(text),
        "outcomes of all rules, case at hand": verdicts,
        "the same outcomes by the reference walk": walked,
        "JSON in, actions with reasons as JSON out": actions,
        "JSON in, everything as JSON out": everything,
    }


def _slice(run: Callable[[], object]) -> float:
    """Seconds per call over one slice of time."""
    calls, start = 0, time.perf_counter()
    while (passed := time.perf_counter() - start) < SLICE or calls == 0:
        run()
        calls += 1
    return passed / calls


def _print(times: dict[str, list[float]], rounds: int) -> None:
    baseline = next(iter(times.values()))
    packages = ", ".join(f"{name} {version(name)}" for name in ("safeguard-rules", "pydantic"))
    print(f"\n{EXAMPLE.name}; {rounds} rounds; Python {platform.python_version()}; {packages}\n")
    print(f"| {'what':<47} | {'median':>9} | {'lowest to highest':>22} | {'ratio':>6} |")
    print(f"| {'-' * 47} | {'-' * 8}: | {'-' * 21}: | {'-' * 5}: |")
    for name, found in times.items():
        ratio = statistics.median(mine / base for mine, base in zip(found, baseline, strict=True))
        spread = f"{min(found) * 1e3:.2f} to {max(found) * 1e3:.2f} ms"
        print(f"| {name:<47} | {statistics.median(found) * 1e3:>6.2f} ms | {spread:>22} | {ratio:>6.1f} |")


if __name__ == "__main__":
    raise SystemExit(main())
