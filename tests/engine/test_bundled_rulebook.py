"""The bundled packs over cases drawn for their vocabulary: the same agreement, and the promises about evaluating."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.engine.finding import key_of
from safeguard_rules.engine.outcomes import Runs
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import U
from safeguard_rules.vocabulary.view import view
from tests.engine.agreement import disagreements, readings, wrong_outcomes
from tests.engine.figures import show
from tests.engine.learning import case_in_another_order
from tests.engine.whole_cases import DAYS, CaseMaker, blurred
from tests.oracle.dice import Seeded

CASES = 100
PLACES = (None, "wiltshire", "stoke-on-trent")


@cache
def rulebook(locality: str | None) -> Rulebook:
    return Rulebook.load(locality=locality)


def drawn(size: int, first: int, locality: str | None = None) -> Iterator[tuple[dict[str, Any], str]]:
    for seed in range(first, first + size):
        dice = Seeded(seed)
        as_of = dice.pick(DAYS)
        yield CaseMaker(dice, rulebook(locality), as_of).case(), as_of


@pytest.mark.parametrize("locality", PLACES)
def test_compiled_rules_say_what_the_walk_says(locality: str | None) -> None:
    book = rulebook(locality)
    met: Counter[str] = Counter()
    values = 0
    for written, as_of in drawn(CASES, 1000, locality):
        case = Case.model_validate(written)
        program = book.program(AsOf.of(as_of))
        seen = view(case, AsOf.of(as_of), book.vocabulary)
        for runs in (
            Runs(program, seen),
            Runs(program, view(case, AsOf.of(as_of), book.vocabulary, seen.carer_only_paths())),
        ):
            results = runs.results()
            found = tuple(readings(program, results))
            values += sum(len(reading.walked) for reading in found)
            assert disagreements(program, found) == [], (written, as_of)
            assert wrong_outcomes(runs, results) == [], (written, as_of)
            met.update(f"{result.outcome} {result.level}" for result in results)
    show(f"{locality}: {2 * CASES} cases, {values} values, {dict(sorted(met.items()))}")
    assert min(met[each] for each in ("applies 0", "applies 1", "applies 2", "undetermined 0", "does_not_apply 0")) > 20


def plain_outcomes(book: Rulebook, written: dict[str, Any], as_of: str) -> dict[tuple[str, str], int]:
    day = AsOf.of(as_of)
    results = Runs(book.program(day), view(Case.model_validate(written), day, book.vocabulary)).results()
    return {key_of(result): result.truth for result in results}


def held_later(key: tuple[str, str], more: dict[tuple[str, str], int], less: dict[str, Any]) -> set[int]:
    """What became of an outcome: for the unseen record, that of each record that was left out."""
    rule, base = key
    if not base.endswith("[?]"):
        return {more[key]}
    name = base.removesuffix("[?]")
    kept = {f"{name}[{record['id']}]" for record in less.get(name) or ()}
    return {truth for (other, each), truth in more.items() if other == rule and each not in ("none", *kept)}


def test_decision_9_what_is_certain_stays_when_more_becomes_known() -> None:
    """A case is drawn and then blurred: what is certain of the blurred one holds of the one that was drawn."""
    book = rulebook(None)
    certain = 0
    for n, (written, as_of) in enumerate(drawn(150, 7000)):
        more = plain_outcomes(book, {**written, "evidence": {}}, as_of)
        for step in range(2):
            less = blurred(Seeded(10 * n + step), book.vocabulary, written, as_of)
            for key, truth in plain_outcomes(book, less, as_of).items():
                if truth != U and key[1] != "none":
                    assert held_later(key, more, less) <= {truth}, (key, written, less, as_of)
                    certain += 1
    show(f"{certain} certain outcomes of blurred cases")
    assert certain > 3000


def in_one_order(document: dict[str, Any]) -> dict[str, Any]:
    """What an evaluation says without the record and the order that follows that of the records of the case."""
    said = {name: part for name, part in document.items() if name != "record"}
    return {name: sorted(map(json.dumps, part)) if isinstance(part, list) else part for name, part in said.items()}


def test_promise_5_the_order_of_records_and_words_changes_nothing() -> None:
    book = rulebook("wiltshire")
    for n, (written, as_of) in enumerate(drawn(30, 2000, "wiltshire")):
        shuffled = case_in_another_order(Seeded(n), written)
        one, other = (Case.model_validate(each) for each in (written, shuffled))
        assert one.digest() == other.digest()
        told = [json.loads(book.evaluate(each, as_of=as_of).to_json()) for each in (one, other)]
        assert in_one_order(told[0]) == in_one_order(told[1]), written
        for part in ("actions", "questions", "conflicts"):
            assert told[0][part] == told[1][part], (part, written)


def test_promise_5_the_order_of_packs_changes_nothing() -> None:
    names = ["non-mobile-injury", "domestic-abuse-exposure", "unassessed-male-carers", "consent-clarity"]
    one, other = Rulebook.load(names), Rulebook.load(names[::-1])
    for written, as_of in drawn(10, 3000):
        case = Case.model_validate(written)
        assert one.evaluate(case, as_of=as_of).to_json() == other.evaluate(case, as_of=as_of).to_json()


def test_one_rulebook_serves_many_threads() -> None:
    book = rulebook("stoke-on-trent")
    asked = [(Case.model_validate(written), as_of) for written, as_of in drawn(16, 4000, "stoke-on-trent")]

    def answer(each: tuple[Case, str]) -> str:
        return book.evaluate(each[0], as_of=each[1]).to_json()

    alone = [answer(each) for each in asked]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(2):
            assert list(pool.map(answer, asked)) == alone


def test_one_evaluation_can_be_read_by_many_threads() -> None:
    book = rulebook(None)
    for written, as_of in drawn(5, 5000):
        case = Case.model_validate(written)
        alone = book.evaluate(case, as_of=as_of).to_json()
        shared = book.evaluate(case, as_of=as_of)
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(lambda evaluation: evaluation.to_json(), [shared] * 16)) == {alone}


def test_a_protective_factor_and_what_is_done_change_no_finding() -> None:
    book = rulebook("wiltshire")
    for written, as_of in drawn(20, 6000, "wiltshire"):
        more = {
            **written,
            "protective_factors": [{"id": "warm", "what": "a warm bond"}],
            "done": [{"action": "report-to-social-care", "done_on": as_of[:10]}],
        }
        one, other = (book.evaluate(Case.model_validate(each), as_of=as_of) for each in (written, more))
        assert one.findings == other.findings
        assert one.questions == other.questions
        assert [each.demands for each in one.actions] == [each.demands for each in other.actions]
