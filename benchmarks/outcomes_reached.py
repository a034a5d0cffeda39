"""How well cases are built towards each outcome of each bundled rule: the share that hits, and cases per second.

    python benchmarks/outcomes_reached.py [--locality wiltshire] [--cases 100] [--all]

Each case is made once, without a second try, and judged by the engine. Without `--all` only rules are listed of which
some outcome is hit less than four times in five; the totals are always of all. It ends with 1 if an outcome of a rule
is never reached. The last lines have the speed of the strategies, which try again where a case misses.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from safeguard_rules import Case, Rulebook
from safeguard_rules.testing import DAY, cases, cases_matching, cases_where, near_misses
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.made_cases import GOALS, Maker

OFTEN = 0.8
RULE = "non-mobile-injury:report-injury"
WHEN = "{all: [not_independently_mobile, {some: {of: injury}}]}"


def main() -> int:
    """Prints the table and the totals."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--locality")
    asked.add_argument("--cases", type=int, default=100)
    asked.add_argument("--all", action="store_true")
    given_ = asked.parse_args()
    rulebook = Rulebook.load(locality=given_.locality)
    print(f"{'rule':58}" + "".join(f"{outcome:>24}" for outcome in GOALS))
    never = table(Maker(rulebook, DAY), given_.cases, given_.all)
    for line in speeds(rulebook, given_.cases):
        print(line)
    for each in never:
        print(f"never reached: {each}")
    return 1 if never else 0


def table(maker: Maker, size: int, everything: bool) -> list[str]:
    """Prints a line for each rule, then the totals; gives the outcomes that were never reached."""
    never: list[str] = []
    hits = made = 0
    spent = 0.0
    for active in maker.program.rules:
        name = active.rule.name
        shares, rates = [], []
        for outcome in GOALS:
            start = time.perf_counter()
            hit = sum(
                outcome in maker.outcomes(name, Case.model_validate(maker.towards(Seeded(seed), name, outcome)))
                for seed in range(size)
            )
            took = time.perf_counter() - start
            shares.append(hit / size)
            rates.append(size / took)
            hits, made, spent = hits + hit, made + size, spent + took
            if not hit:
                never.append(f"{name} {outcome}")
        if everything or min(shares) < OFTEN:
            line = "".join(f"{f'{share:.0%} {rate:,.0f}/s':>24}" for share, rate in zip(shares, rates, strict=True))
            print(f"{name:58}{line}")
    rules = len(maker.program.rules)
    print(f"{rules} rules, {made} cases: {hits / made:.1%} reach their outcome, {made / spent:,.0f} cases per second")
    return never


def speeds(rulebook: Rulebook, size: int) -> list[str]:
    """Examples per second of the strategies under Hypothesis, the example itself left alone."""
    strategies: dict[str, Callable[[], st.SearchStrategy[object]]] = {
        "cases(rulebook)": lambda: cases(rulebook),
        f"cases(rulebook, only={RULE})": lambda: cases(rulebook, only=RULE),
        f"cases_matching(rulebook, {RULE}, applies)": lambda: cases_matching(rulebook, RULE, "applies"),
        f"cases_where(rulebook, {WHEN})": lambda: cases_where(rulebook, WHEN),
        f"near_misses(rulebook, {RULE})": lambda: near_misses(rulebook, RULE),
    }
    return [f"{name}: {rate(make(), size):,.0f} examples per second" for name, make in strategies.items()]


def rate(strategy: st.SearchStrategy[object], size: int) -> float:
    """Examples per second."""
    drawn = 0

    @settings(
        max_examples=size,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),  # a slow machine is what is measured here, and no failure
    )
    @given(strategy)
    def draw(_: object) -> None:
        nonlocal drawn
        drawn += 1

    start = time.perf_counter()
    draw()
    return drawn / (time.perf_counter() - start)


if __name__ == "__main__":
    sys.exit(main())
