"""The bundled packs over cases drawn for their vocabulary: the same agreement, and the promises about evaluating."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.engine.outcomes import Runs
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.testing.comparing_outcomes import certain_outcomes, flipped
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.evidencing import with_evidence
from safeguard_rules.testing.knowing import know_less, steps_back
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.situation import Situation
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.view import view
from tests.engine.agreement import disagreements, readings, wrong_outcomes
from tests.engine.figures import show

CASES = 100
DAYS = ("2026-03-02", "2026-03-31", "2026-02-28", "2026-03-29", "2026-03-02T14:00Z")
PLACES = (None, "wiltshire", "stoke-on-trent")


@cache
def rulebook(locality: str | None) -> Rulebook:
    return Rulebook.load(locality=locality)


def drawn(size: int, first: int, locality: str | None = None) -> Iterator[tuple[Case, str]]:
    for seed in range(first, first + size):
        dice = Seeded(seed)
        as_of = dice.pick(DAYS)
        maker = Maker(rulebook(locality), AsOf.of(as_of))
        case = Case.model_validate(maker.any_case(dice))
        yield with_evidence(dice, case, maker.rulebook.vocabulary), as_of


@pytest.mark.parametrize("locality", PLACES)
def test_compiled_rules_say_what_the_walk_says(locality: str | None) -> None:
    book = rulebook(locality)
    met: Counter[str] = Counter()
    values = 0
    for case, as_of in drawn(CASES, 1000, locality):
        program = book.program(AsOf.of(as_of))
        seen = view(case, AsOf.of(as_of), book.vocabulary)
        for runs in (
            Runs(program, seen),
            Runs(program, view(case, AsOf.of(as_of), book.vocabulary, seen.carer_only_paths())),
        ):
            results = runs.results()
            found = tuple(readings(program, results))
            values += sum(len(reading.walked) for reading in found)
            assert disagreements(program, found) == [], (case, as_of)
            assert wrong_outcomes(runs, results) == [], (case, as_of)
            met.update(f"{result.outcome} {result.level}" for result in results)
    show(f"{locality}: {2 * CASES} cases, {values} values, {dict(sorted(met.items()))}")
    assert min(met[each] for each in ("applies 0", "applies 1", "applies 2", "undetermined 0", "does_not_apply 0")) > 20


def test_decision_9_what_is_certain_stays_when_more_becomes_known() -> None:
    """A case is drawn, and less and less of it is known: what is certain then holds of the whole case."""
    book = rulebook(None)
    certain = 0
    for n, (whole, as_of) in enumerate(drawn(150, 7000)):
        day, dice = AsOf.of(as_of), Seeded(n)
        more = certain_outcomes(book, whole, day)
        less = whole
        for _ in range(3):
            for _ in range(dice.pick((1, 3, 9))):
                steps = steps_back(less, book.vocabulary, day)
                less = know_less(less, dice.pick(steps)) if steps else less
            known = certain_outcomes(book, less, day)
            assert list(flipped(known, more)) == [], Situation(less, day)
            certain += len(known)
    show(f"{certain} certain outcomes of cases of which less is known")
    assert certain > 3000


def test_promise_5_the_order_of_packs_changes_nothing() -> None:
    names = ["non-mobile-injury", "domestic-abuse-exposure", "unassessed-male-carers", "consent-clarity"]
    one, other = Rulebook.load(names), Rulebook.load(names[::-1])
    for case, as_of in drawn(10, 3000):
        assert one.evaluate(case, as_of=as_of).to_json() == other.evaluate(case, as_of=as_of).to_json()


def test_one_rulebook_serves_many_threads() -> None:
    book = rulebook("stoke-on-trent")
    asked = list(drawn(16, 4000, "stoke-on-trent"))

    def answer(each: tuple[Case, str]) -> str:
        return book.evaluate(each[0], as_of=each[1]).to_json()

    alone = [answer(each) for each in asked]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(2):
            assert list(pool.map(answer, asked)) == alone


def test_one_evaluation_can_be_read_by_many_threads() -> None:
    book = rulebook(None)
    for case, as_of in drawn(5, 5000):
        alone = book.evaluate(case, as_of=as_of).to_json()
        shared = book.evaluate(case, as_of=as_of)
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(lambda evaluation: evaluation.to_json(), [shared] * 16)) == {alone}


def test_a_protective_factor_and_what_is_done_change_no_finding() -> None:
    book = rulebook("wiltshire")
    for case, as_of in drawn(20, 6000, "wiltshire"):
        more = {
            "protective_factors": [{"id": "warm", "what": "a warm bond"}],
            "done": [{"action": "report-to-social-care", "done_on": as_of[:10]}],
        }
        one, other = (book.evaluate(each, as_of=as_of) for each in (case, case.model_copy(update=more)))
        assert one.findings == other.findings
        assert one.questions == other.questions
        assert [each.demands for each in one.actions] == [each.demands for each in other.actions]
