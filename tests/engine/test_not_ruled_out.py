"""What is decided by the codes alone is what deciding everything gives, but for what does not apply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from safeguard_rules import Evaluation, Rulebook
from safeguard_rules.engine import compiling, inquiring, outcomes
from safeguard_rules.engine.outcomes import Result, Runs
from tests.engine.agreement import situations
from tests.engine.test_bundled_rulebook import drawn, rulebook
from tests.oracle.shapes import corpus


@pytest.fixture(autouse=True)
def from_the_first_case_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inquiring, "DECIDED_WHOLE_FIRST", 0)


def told(result: Result) -> tuple[Any, ...]:
    """A result by what there is to it, its records by their paths."""
    subject = result.subject.base if result.subject is not None else None
    views = result.run.view.possible_stages, result.plain.view.possible_stages
    return result.active.rule.name, subject, result.truth, result.level, result.gate, views


def differ(evaluation: Evaluation) -> bool:
    by_codes, all_of_them = evaluation.again(), evaluation.again()
    straight = [told(each) for each in by_codes._inquiry.not_ruled_out]
    assert "results" not in by_codes._inquiry.__dict__
    return straight != [told(each) for each in all_of_them._inquiry.results if each.outcome != "does_not_apply"]


def shaped(size: int, first: int) -> Iterator[Evaluation]:
    for example in corpus(size, first=first):
        for situation in situations(example):
            yield situation.rulebook.evaluate(situation.case, as_of=situation.as_of)


@pytest.mark.parametrize("traced", [0, 10**9])
def test_shaped_rules_are_decided_alike(traced: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "TRACED_FIRST", traced)
    assert not any(map(differ, shaped(80, 900)))


@pytest.mark.parametrize("locality", [None, "wiltshire"])
def test_the_bundled_rules_are_decided_alike(locality: str | None) -> None:
    for case, as_of in drawn(6, 8300, locality):
        assert not differ(rulebook(locality).evaluate(case, as_of=as_of))


def test_where_all_were_asked_for_none_is_decided_again() -> None:
    case, as_of = next(iter(drawn(1, 8300)))
    found = rulebook(None).evaluate(case, as_of=as_of)
    results = {id(each) for each in found._inquiry.results}
    assert {id(each) for each in found._inquiry.not_ruled_out} <= results


def test_the_first_cases_are_decided_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inquiring, "DECIDED_WHOLE_FIRST", 2)
    book = Rulebook(rulebook(None).loaded)
    case, as_of = next(iter(drawn(1, 8300)))
    found = [book.evaluate(case, as_of=as_of)._inquiry for _ in range(3)]
    assert len({tuple(map(told, each.not_ruled_out)) for each in found}) == 1
    assert ["results" in each.__dict__ for each in found] == [True, True, False]


BY_CODES = Runs._by_codes

FAULTS: dict[str, tuple[Any, str, Any]] = {
    "other records": (Runs, "_by_codes", lambda runs, codes: BY_CODES(runs, turned(codes))),
    "the stage is sure": (Runs, "_gate", lambda runs, stages: (2, runs.for_stages(stages))),
    "nothing is assumed": (Runs, "_assuming", lambda _runs, _active, _subject, _own, _gate, run: (0, run)),
    "the unseen is there": (outcomes, "U", 2),
}


def turned(codes: Any) -> list[Any]:
    """Codes with those of the records of each list the other way round."""
    return [each[::-1] if isinstance(each, tuple) else each for each in codes]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_into_it_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = list(shaped(120, 900))
    right = [
        [told(each) for each in evaluation._inquiry.results if each.outcome != "does_not_apply"] for evaluation in given
    ]
    monkeypatch.setattr(*FAULTS[fault])
    assert any(wrong(evaluation, expected) for evaluation, expected in zip(given, right, strict=True))


def wrong(evaluation: Evaluation, expected: list[tuple[Any, ...]]) -> bool:
    """Whether anything that was decided by the codes is not so."""
    fresh = Rulebook(evaluation.rulebook.loaded).evaluate(evaluation.case, as_of=evaluation.as_of)
    return [told(each) for each in fresh._inquiry.not_ruled_out] != expected
