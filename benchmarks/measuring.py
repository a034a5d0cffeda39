"""Measuring in turns: each contestant runs for a slice of each round, so that what else the machine does falls on all.

A figure is the median over the rounds, a ratio the median of the rounds' ratios, and the noise how far the rounds of
one contestant lie apart: their range, without the lowest and the highest quarter, as a share of the median.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

X = TypeVar("X")


class Timed(Protocol):
    """Something that can run for a while."""

    def slice(self, seconds: float) -> float:
        """Runs for about so long, at least once; gives the seconds per case."""
        ...


@dataclass
class Loop(Generic[X]):
    """Goes through inputs one by one, in blocks, and starts again at the end; `cases` are in each input."""

    run: Callable[[X], object]
    inputs: Sequence[X]
    cases: int = 1
    block: int = 16
    _at: int = 0

    def slice(self, seconds: float) -> float:
        """Runs for about so long, at least one block; gives the seconds per case."""
        run, done, clock = self.run, 0, time.perf_counter
        block = min(self.block, len(self.inputs))
        start = clock()
        while True:
            chosen = self.inputs[self._at : self._at + block]
            self._at = self._at + block if self._at + 2 * block <= len(self.inputs) else 0
            for each in chosen:
                run(each)
            done += len(chosen)
            passed = clock() - start
            if passed >= seconds:
                return passed / (done * self.cases)


@dataclass(frozen=True)
class Figure:
    """What one contestant took in each round, in seconds per case."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Seconds per case."""
        return statistics.median(self.rounds)

    @property
    def noise(self) -> float:
        """How far the middle half of the rounds lies apart, as a share of the median."""
        if len(self.rounds) < 4:
            return (max(self.rounds) - min(self.rounds)) / self.median
        low, _, high = statistics.quantiles(self.rounds, n=4)
        return (high - low) / self.median


def ratio(one: Figure, other: Figure) -> float:
    """How many times as long the one takes as the other: the median of the rounds' ratios."""
    if len(one.rounds) != len(other.rounds):  # not measured in turns
        return one.median / other.median
    return statistics.median(a / b for a, b in zip(one.rounds, other.rounds, strict=True))


@dataclass
class Progress:
    """One line on standard error that is written over, on a terminal only."""

    shown: bool = field(default_factory=lambda: sys.stderr.isatty())

    def say(self, text: str) -> None:
        """Shows what is going on."""
        if self.shown:
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Takes the line away."""
        self.say("")


def in_turns(
    contestants: Mapping[str, Timed], rounds: int, seconds: float, progress: Progress, what: str
) -> dict[str, Figure]:
    """Measures all contestants in turns: after one slice to warm up, so many rounds of one slice each.

    Every other round goes through them backwards, so that none always follows the same one.
    """
    gc.collect()
    gc.freeze()  # the cases at hand are no rubbish: they are not gone through again and again while others are timed
    times: dict[str, list[float]] = {key: [] for key in contestants}
    names = list(contestants)
    for done in range(rounds + 1):
        for key in names if done % 2 else reversed(names):
            progress.say(f"{what}: round {done} of {rounds}, {key}")
            found = contestants[key].slice(seconds)
            if done:
                times[key].append(found)
    gc.unfreeze()
    progress.done()
    return {key: Figure(tuple(found)) for key, found in times.items()}


def blocks(values: Sequence[X], size: int) -> Iterator[Sequence[X]]:
    """The values in pieces of so many."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def check_equal(name: str, rules: Sequence[str], wanted: Sequence[Sequence[int]], given: Sequence[Any]) -> None:
    """Holds a contestant's verdicts to ours; raises `WrongVerdictError` with the first rule and case that differ."""
    for number, (want, got) in enumerate(zip(wanted, given, strict=True)):
        found = [int(each) for each in got]
        if found != list(want):
            wrong = [(rule, w, g) for rule, w, g in zip(rules, want, found, strict=True) if w != g]
            raise WrongVerdictError(name, number, wrong)


class WrongVerdictError(Exception):
    """A contestant decides otherwise than the library."""

    def __init__(self, name: str, case: int, wrong: Sequence[tuple[str, int, int]]) -> None:
        rule, want, got = wrong[0]
        more = f", and {len(wrong) - 1} more rules" if len(wrong) > 1 else ""
        super().__init__(f"{name} gives {got} for the rule {rule} and case {case}, where we give {want}{more}")
        self.rule, self.case = rule, case
