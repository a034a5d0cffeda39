"""What we want to reach, as ratios between rows of one run, and whether a run reached it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measuring import Figure, ratio


@dataclass(frozen=True)
class Goal:
    """A ratio of two rows: `over` divided by `under` is to be at most, or at least, `limit`."""

    number: str
    says: str
    over: str
    under: str
    limit: float
    at_most: bool = True


GOALS = (
    Goal("1", "verdicts of one case, beside hand-written three-valued Python", "ours", "hand", 1.5),
    Goal("1", "verdicts of one case: zen-engine's best form beside ours", "zen", "ours", 4, at_most=False),
    Goal("1", "verdicts of one case: cel-expr-python beside ours", "cel", "ours", 7, at_most=False),
    Goal("1", "verdicts of one case: rule-engine beside ours", "rule-engine", "ours", 500, at_most=False),
    Goal("2", "JSON in to cited JSON out, beside zen-engine's bare verdicts", "ours-actions", "zen", 1),
    Goal("3", "columns ready, beside hand-written two-valued numpy", "columns", "hand-numpy", 2.5),
    Goal("3", "columns ready: zen-engine's best loop beside ours", "zen", "columns", 250, at_most=False),
    Goal("3", "columns from Arrow: zen-engine's best loop beside ours", "zen", "arrow", 35, at_most=False),
    Goal("4", "10,000 rules, beside the index with 40", "ours-10000", "indexed-40", 2.5),
    Goal("4", "10,000 rules: zen-engine beside ours", "zen-10000", "ours-10000", 40, at_most=False),
    Goal("4", "loading 10,000 rules from a warm cache, beside a cold load", "load-warm", "load-cold", 0.1),
    Goal("5", "screening a million cases: memory, beside 1 GiB", "screen-memory", "gib", 1),
    Goal("6", "import and load, beside importing pydantic and validating one case", "start", "start-pydantic", 2),
)


@dataclass(frozen=True)
class Reached:
    """What a run came to for one goal; `value` is None where a row was not measured."""

    goal: Goal
    value: float | None

    @property
    def share(self) -> float:
        """How much of the goal is used up: 1 is just met, 2 misses it by a factor of two."""
        if self.value is None:
            return float("inf")
        return self.value / self.goal.limit if self.goal.at_most else self.goal.limit / self.value

    @property
    def met(self) -> bool:
        """Whether the goal was met; one that was not measured was not."""
        return self.share <= 1

    @property
    def wanted(self) -> str:
        """The limit in words."""
        return f"{'at most' if self.goal.at_most else 'at least'} {self.goal.limit:g}"

    @property
    def verdict(self) -> str:
        """`met`, with room to spare, or `missed`, and by how much."""
        if self.value is None:
            return "not measured"
        if self.met:
            return "met" if self.share > 0.95 else f"met, with {1 / self.share:.2g} times to spare"
        return f"missed by a factor of {self.share:.2f}"


def reached(figures: Mapping[str, Figure], goals: Sequence[Goal] = GOALS) -> list[Reached]:
    """What a run came to for each goal."""

    def value(goal: Goal) -> float | None:
        if goal.over not in figures or goal.under not in figures:
            return None
        return ratio(figures[goal.over], figures[goal.under])

    return [Reached(goal, value(goal)) for goal in goals]


def worst_line(found: Sequence[Reached]) -> str:
    """The last line of a run: the ratio that comes closest to its goal, or misses it most."""
    measured = [each for each in found if each.value is not None]
    if not measured:
        return "our worst ratio against its goal: nothing was measured"
    worst = max(measured, key=lambda each: each.share)
    says = f"{worst.share:.2f} (goal {worst.goal.number}, {worst.goal.says}: {worst.value:.3g}, wanted {worst.wanted})"
    missing = len(found) - len(measured)
    return f"our worst ratio against its goal: {says}" + (f"; {missing} not measured" if missing else "")
