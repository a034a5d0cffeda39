"""Three things hold each other: the compiled rules, the plain walk, and an oracle that tries all completions.

Rules and cases are shaped: cases are aimed at the thresholds, exceptions and unseen records of their own rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from safeguard_rules.engine.counting import counting_problems
from safeguard_rules.engine.finding import settled
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.values.truth import U
from tests.engine.agreement import (
    LETTERS,
    Situation,
    Tally,
    against_oracle,
    disagreements,
    situations,
    wrong_outcomes,
)
from tests.engine.figures import show
from tests.oracle.engines import load_book
from tests.oracle.oracle import outcome
from tests.oracle.shapes import Example, corpus, examples

WALKED = 1200
TRIED = 450
KNOWN = 500
PACKS = 40


def each_situation(size: int, known: bool = False, first: int = 0) -> Iterator[Situation]:
    for example in corpus(size, known=known, first=first):
        yield from situations(example)


# --- compiled against walked


@settings(max_examples=150)
@given(examples())
def test_compiled_rules_say_what_the_walk_says(example: Example) -> None:
    for situation in situations(example):
        assert disagreements(situation.program, situation.readings) == [], situation
        assert wrong_outcomes(situation.runs, situation.results) == [], situation


def test_compiled_rules_say_what_the_walk_says_over_a_corpus() -> None:
    pairs = values = 0
    for situation in each_situation(WALKED):
        assert disagreements(situation.program, situation.readings) == [], situation
        assert wrong_outcomes(situation.runs, situation.results) == [], situation
        pairs += 1
        values += sum(len(reading.walked) for reading in situation.readings)
    show(f"compiled against walked: {pairs} pairs of book and case, {values} values")
    assert pairs == 3 * WALKED


def test_the_corpus_reaches_every_outcome() -> None:
    met: Counter[str] = Counter()
    for situation in each_situation(WALKED // 2):
        for result in situation.results:
            now = settled(result)
            name: str = now.certainty if now.outcome == "applies" else now.outcome
            met["granted" if name == "certain" and result.level else name] += 1
            met["unseen"] += result.subject is not None and result.subject.unseen
            met["nobody there"] += result.empty
            met["stage unknown"] += result.gate == U
            met["stage assumed"] += result.stage_assumed
    show(f"{dict(met)}")
    whole = sum(
        met[each] for each in ("certain", "unless", "as_precaution", "granted", "undetermined", "does_not_apply")
    )
    for name, least in {
        "certain": 0.10,
        "unless": 0.01,
        "as_precaution": 0.02,
        "granted": 0.003,
        "undetermined": 0.15,
        "does_not_apply": 0.15,
        "unseen": 0.05,
        "nobody there": 0.001,
        "stage unknown": 0.05,
        "stage assumed": 0.01,
    }.items():
        assert met[name] > least * whole, name


# --- the engine against the oracle


@settings(max_examples=60)
@given(examples(cases=2))
def test_what_the_engine_says_for_certain_holds_in_every_completion(example: Example) -> None:
    for situation in situations(example):
        tally = Tally()
        against_oracle(situation, tally)
        assert tally.wrong == [], situation


def test_what_the_engine_says_for_certain_holds_in_every_completion_of_a_corpus() -> None:
    tally = Tally()
    for situation in each_situation(TRIED, first=100_000):
        against_oracle(situation, tally)
        assert tally.wrong == [], situation
    show(
        f"against all completions: {tally.definite} definite truths and {tally.open} open ones; "
        f"{tally.pessimistic} open though all completions agree, {tally.not_whole} not tried to the end"
    )
    assert tally.definite > 1000
    assert tally.open > 1000
    assert tally.pessimistic < 0.2 * tally.open
    assert tally.not_whole < 0.02 * tally.definite


def test_where_everything_is_known_the_engine_says_exactly_what_holds() -> None:
    """Soundness alone would be kept by an engine that never says anything."""
    compared: Counter[str] = Counter()
    for situation in each_situation(KNOWN, known=True, first=200_000):
        for result in situation.results:
            if result.empty:
                continue
            seen = outcome(situation.puzzle, None if result.subject is None else result.subject.id)
            if result.truth == U and counting_problems([result]):
                compared["no calendar"] += 1  # two tests may be open where, whatever the holidays, one of them holds
                continue
            assert LETTERS[result.truth] == seen.letter, situation
            compared[seen.letter] += 1
    show(f"wholly known: {dict(compared)}")
    # Days without a time against lengths in hours are all that may be left open.
    assert compared["U"] < 0.02 * sum(compared.values())
    assert 0 < compared["no calendar"] < 0.05 * sum(compared.values())
    assert min(compared["T"], compared["F"]) > 400


# --- the books are real


def outcomes_of(rulebook: Rulebook, situation: Situation) -> dict[str, tuple[object, ...]]:
    evaluation = rulebook.evaluate(situation.case, as_of=situation.as_of)
    return {
        str(finding.subject): (
            finding.outcome,
            finding.certainty,
            [(each.name, each.value, each.taken_for_granted) for each in finding.assumed],
            finding.open,
            [reason.path for reason in finding.why],
            finding.reading,
        )
        for finding in evaluation.findings
    }


def test_the_books_load_as_packs_and_mean_the_same(tmp_path: Path) -> None:
    for n, example in enumerate(corpus(PACKS, first=300_000)):
        found = list(situations(example))
        loaded = load_book(tmp_path / str(n), example.book)
        for situation in found:
            assert outcomes_of(loaded, situation) == outcomes_of(situation.rulebook, situation), situation


@pytest.mark.parametrize("seed", range(3))
def test_the_corpus_is_the_same_every_time(seed: int) -> None:
    one, other = (list(corpus(2, first=seed)) for _ in range(2))
    assert repr(one) == repr(other)
