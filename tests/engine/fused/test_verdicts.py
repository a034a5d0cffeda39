"""Fused rules give the codes that the plain walk gives, over drawn rules and over the bundled packs."""

from __future__ import annotations

import pickle
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from safeguard_rules.case.case import Case
from safeguard_rules.case.family import Family
from safeguard_rules.engine.fused.verdicts import Verdicts
from safeguard_rules.errors import CallError
from safeguard_rules.values.dates import AsOf
from tests.engine.agreement import Situation, situations, walked_codes, with_definitions_as_rules, wrong_codes
from tests.engine.figures import show
from tests.engine.fused.crafted import crafted
from tests.engine.test_bundled_rulebook import PLACES, drawn, rulebook
from tests.oracle.books import Book, Definition, Rule, Written
from tests.oracle.engines import STANDARD, rulebook_of
from tests.oracle.shapes import Example, corpus, examples

STAGES = tuple(map(frozenset, (("born",), ("unborn", "born"), ("has_died",), ("unborn", "born", "has_died"))))
SIZE = 900
CASES = 60


def assert_agrees(situation: Situation) -> int:
    program = with_definitions_as_rules(situation.program, *STAGES)
    as_of = AsOf.of(situation.as_of)
    walked = walked_codes(program, situation.case, as_of, STANDARD)
    assert wrong_codes(program, walked, situation.case, as_of, STANDARD) == [], situation
    return sum(1 if isinstance(code, int) else len(code) for code in walked)


@settings(max_examples=100)
@given(examples(cases=2))
def test_fused_rules_give_the_codes_of_the_walk(example: Example) -> None:
    for situation in situations(example):
        assert_agrees(situation)


def test_fused_rules_give_the_codes_of_the_walk_over_a_corpus() -> None:
    pairs = codes = 0
    for example in corpus(SIZE, first=500_000):
        for situation in situations(example):
            codes += assert_agrees(situation)
            pairs += 1
    show(f"fused against walked: {pairs} pairs of book and case, {codes} codes")
    assert pairs == 3 * SIZE


@pytest.mark.parametrize("situation", crafted(), ids=lambda _: "")
def test_what_chance_seldom_meets_gives_the_codes_of_the_walk(situation: Situation) -> None:
    assert assert_agrees(situation) > 0


@pytest.mark.parametrize("locality", PLACES)
def test_the_bundled_rules_give_the_codes_of_the_walk(locality: str | None) -> None:
    book = rulebook(locality)
    met: Counter[object] = Counter()
    for case, as_of in drawn(CASES, 20_000, locality):
        day = AsOf.of(as_of)
        program = book.program(day)
        walked = walked_codes(program, case, day, book.vocabulary)
        assert book.codes(case, as_of=as_of) == walked, (case, as_of)
        met.update(each for code in walked for each in ((code,) if isinstance(code, int) else code))
    show(f"{locality}: {CASES} cases, {dict(met)}")
    assert min(met[0], met[1], met[2]) > 200


def test_any_of_the_rules_can_be_asked_for_alone() -> None:
    book = rulebook("wiltshire")
    for case, as_of in drawn(5, 21_000, "wiltshire"):
        day = AsOf.of(as_of)
        program = book.program(day)
        whole = book.codes(case, as_of=as_of)
        for some in (slice(0, 0), slice(3, 4), slice(1, None, 2), slice(None, None, -1)):
            assert Verdicts(program, book.vocabulary, program.rules[some]).codes(case, day) == whole[some]


def test_definitions_may_stand_on_many_others() -> None:
    """Each uses the one before, some of them twice: written out, the last would hold a million tests."""
    definitions = {"d_0": Definition("child", {"child.disabled": True})}
    for n in range(1, 61):
        before = f"d_{n - 1}"
        once: Written = {"not": {"all": [before, {"any": [{"not": "never"}, {"child.disabled": n % 2 == 0}]}]}}
        twice: Written = {"any": [{"all": [before, {"child.seriously_ill_or_hurt": True}]}, {"not": before}]}
        definitions[f"d_{n}"] = Definition("child", once if n % 3 else twice)
    book = Book(Rule("d_60"), definitions)
    for known in ({}, {"disabled": True}, {"disabled": False, "seriously_ill_or_hurt": True}):
        assert_agrees(
            Situation(book, rulebook_of(book), {"child": {"id": "b", "stage": "born", **known}}, "2026-03-02")
        )


def test_rules_in_several_functions_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    book = rulebook(None)
    whole = [(case, as_of, book.codes(case, as_of=as_of)) for case, as_of in drawn(5, 22_000)]
    monkeypatch.setattr("safeguard_rules.engine.fused.verdicts.TOGETHER", 7)
    for case, as_of, codes in whole:
        day = AsOf.of(as_of)
        program = book.program(day)
        assert Verdicts(program, book.vocabulary, program.rules).codes(case, day) == codes


def test_outcomes_are_those_of_the_runs_that_explain() -> None:
    book = rulebook("stoke-on-trent")
    for case, as_of in drawn(20, 23_000, "stoke-on-trent"):
        evaluation = book.evaluate(case, as_of=as_of)
        assert list(evaluation.outcomes().items()) == list(evaluation._inquiry.runs.outcomes().items())


def test_one_rulebook_gives_codes_to_many_threads() -> None:
    asked = list(drawn(24, 24_000))
    alone = [rulebook(None).codes(case, as_of=as_of) for case, as_of in asked]
    fresh = type(rulebook(None))(rulebook(None).loaded)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(2):
            assert list(pool.map(lambda each: fresh.codes(each[0], as_of=each[1]), asked)) == alone


def test_a_day_may_be_given_in_any_form_and_what_is_kept_of_days_stays_small() -> None:
    book = type(rulebook(None))(rulebook(None).loaded)
    case = next(drawn(1, 25_000))[0]
    for ahead in range(0, 300, 3):
        day = date(2026, 3, 2) + timedelta(days=ahead)
        codes = book.codes(case, as_of=day)
        assert book.codes(case, as_of=day.isoformat()) == book.codes(case, as_of=AsOf.of(day)) == codes
    kept = [len(book._days), *(len(each.on_day) for each in book._coders.values() if isinstance(each, Verdicts))]
    assert max(kept) <= 64


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    book = type(rulebook(None))(rulebook(None).loaded)
    baby = {"id": "baby", "stage": "born", "born_on": "2026-09-01"}
    settled = {"id": "first", "disagreement_settled_on": "2026-10-25T00:45Z"}
    case = Case.model_validate({"child": baby, "referrals": [settled]})
    first = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    again = first.replace(fold=1)
    place = book.rules_on(first).index("professional-escalation:write-the-outcome-down")
    told = [book.codes(case, as_of=each)[place] for each in (first, again, first)]
    wanted = [type(book)(book.loaded).codes(case, as_of=each)[place] for each in (first, again, first)]
    assert told == wanted
    assert told[0] != told[1]


def test_what_is_no_case_is_refused() -> None:
    with pytest.raises(CallError, match="expected a Case, got dict"):
        rulebook(None).codes({"child": {"id": "baby"}}, as_of="2026-03-02")  # type: ignore[arg-type]
    family = Family.from_yaml("children: [{child: {id: a}}, {child: {id: b}}]")
    for ask in (rulebook(None).codes, rulebook(None).evaluate):
        with pytest.raises(CallError, match="expected a Case, got Family; evaluate_family takes a family"):
            ask(family, as_of="2026-03-02")  # type: ignore[arg-type]
    with pytest.raises(CallError, match="expected a Family, got Case; evaluate takes the case of one child"):
        rulebook(None).evaluate_family(Case(), as_of="2026-03-02")  # type: ignore[arg-type]


@pytest.mark.parametrize("detail", ["action", None, ["full"]])
def test_a_detail_that_there_is_not_is_refused(detail: object) -> None:
    evaluation = rulebook(None).evaluate(Case(), as_of="2026-03-02")
    with pytest.raises(CallError, match="detail: expected `full` or `actions`, got"):
        evaluation.to_json(detail)  # type: ignore[arg-type]


def test_a_rulebook_says_that_it_cannot_be_pickled() -> None:
    with pytest.raises(TypeError, match="load it again"):
        pickle.dumps(rulebook(None))


def test_what_is_no_day_is_refused() -> None:
    case = next(drawn(1, 25_000))[0]
    for wrong in ("2026-13-01", "soon", ["2026-03-02"], None):
        with pytest.raises(CallError, match="as_of"):
            rulebook(None).codes(case, as_of=wrong)  # type: ignore[arg-type]


def test_rules_are_named_in_the_order_of_their_codes() -> None:
    book = rulebook("wiltshire")
    names = book.rules_on("2026-03-02")
    assert list(names) == sorted(names)
    assert len(names) == len(book.codes(next(drawn(1, 25_000))[0], as_of="2026-03-02"))
