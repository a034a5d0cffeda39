"""The index says what the plain walk says: over drawn rules, the bundled ones, and wrongs done to them."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from benchmarks.making_cases import AS_OF, cases
from benchmarks.making_packs import write_pack
from safeguard_rules import Case, Rulebook
from safeguard_rules.engine.fused.verdicts import Verdicts
from safeguard_rules.engine.indexing.choosing import many
from safeguard_rules.engine.indexing.indexed import Indexed
from safeguard_rules.engine.indexing.rule_index import RuleIndex
from safeguard_rules.engine.program import ActiveRule, Program
from safeguard_rules.testing.mutants import rewritten
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.view import view
from tests.engine.agreement import situations, walked_codes, with_definitions_as_rules
from tests.engine.figures import show
from tests.engine.indexing.indexed_outcomes import STAGES, forty, outcomes_of, tried, walked_outcomes, wrong_outcomes
from tests.engine.test_bundled_rulebook import PLACES, drawn, rulebook
from tests.oracle.engines import STANDARD
from tests.oracle.shapes import Example, corpus, examples

SIZE = 500
CASES = 40
WRONGS = 8
"""How many cases all wrongs done to the bundled rules are tried on."""


def assert_agrees(example: Example) -> int:
    """One index for all cases of an example: what it keeps of one must not show in another."""
    found = tried(example)
    index = RuleIndex(found.program)
    for seen, walked in found.walked:
        assert wrong_outcomes(index, seen, walked) == {}, seen
    return sum(len(walked) for _, walked in found.walked)


@settings(max_examples=80)
@given(examples(cases=3))
def test_the_index_says_what_the_walk_says(example: Example) -> None:
    assert_agrees(example)


def test_the_index_says_what_the_walk_says_over_a_corpus() -> None:
    compared = sum(assert_agrees(example) for example in corpus(SIZE, cases=6, first=600_000))
    show(f"indexed against walked: {compared} outcomes")
    assert compared > 40 * SIZE


def test_the_index_says_what_the_walk_says_of_partly_known_cases_on_two_days() -> None:
    found = forty(120)
    index = RuleIndex(found.program)
    met: Counter[str] = Counter()
    for seen, walked in found.walked:
        assert wrong_outcomes(index, seen, walked) == {}, seen
        met.update(walked.values())
    show(str(dict(met)))
    assert min(met.values()) > 200


def test_codes_by_index_are_those_of_the_walk_with_what_is_left_to_functions() -> None:
    met: Counter[str] = Counter()
    for example in corpus(SIZE // 5, first=610_000):
        for situation in situations(example):
            program, as_of = with_definitions_as_rules(situation.program, *STAGES), AsOf.of(situation.as_of)
            walked = walked_codes(program, situation.case, as_of, STANDARD)
            for most_terms in (16, 0):
                made = Indexed(program, STANDARD, program.rules, most_terms)
                met[f"left {most_terms}"] += len(made.index.left)
                met[f"taken {most_terms}"] += made.index.taken
                assert made.codes(situation.case, as_of) == walked, situation
    show(str(dict(met)))
    assert met["left 16"] < 0.01 * met["taken 16"]
    assert min(met["left 0"], met["taken 0"]) > 40


# --- the bundled rules


@pytest.mark.parametrize("locality", PLACES)
def test_the_index_takes_the_bundled_rules_and_says_what_the_walk_says(locality: str | None) -> None:
    book, made = rulebook(locality), dict[object, RuleIndex]()
    met: Counter[str] = Counter()
    for case, as_of in drawn(CASES, 30_000, locality):
        day = AsOf.of(as_of)
        program = book.program(day)
        index = made.setdefault(program.start, RuleIndex(program))
        assert index.left == ()
        seen = view(case, day, book.vocabulary)
        for removed in ((), seen.carer_only_paths()):
            other = view(case, day, book.vocabulary, frozenset(removed))
            walked = walked_outcomes(program, other)
            assert outcomes_of(index, other) == walked, (case, as_of, removed)
            met.update(walked.values())
    show(f"{locality}: {CASES} cases, {dict(met)}")
    assert min(met.values()) > 200


def wronged(program: Program) -> Program:
    """Some rules, and beside them each with one wrong done to its condition."""
    found = list(program.rules)
    for active in program.rules:
        for number, (_, _, when) in enumerate(rewritten(active.form.when)):
            rule = replace(active.rule, name=f"{active.rule.name}~{number}")
            found.append(ActiveRule(rule, replace(active.form, when=when), active.holds))
    return replace(program, rules=tuple(found))


def test_wrongs_done_to_the_bundled_rules_come_to_what_the_walk_says() -> None:
    book, made = rulebook("wiltshire"), dict[date, tuple[Program, Indexed]]()
    for case, as_of in drawn(WRONGS, 31_000, "wiltshire"):
        day = AsOf.of(as_of)
        start = book.program(day).start
        if start not in made:
            program = wronged(book.program(day))
            made[start] = program, Indexed(program, book.vocabulary, program.rules)
        program, index = made[start]
        assert index.codes(case, day) == walked_codes(program, case, day, book.vocabulary), (case, as_of)
    rules = [len(program.rules) for program, _ in made.values()]
    show(f"{WRONGS} cases, {rules} rules")
    assert min(rules) > 500


# --- forty rules made up, and more of the same shape


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder: Path = tmp_path_factory.mktemp("many") / "pack"
    return Rulebook.load([write_pack(folder, 640)])


def test_many_made_up_rules_come_to_what_their_functions_and_the_walk_say(made_up: Rulebook) -> None:
    day = AsOf.of(AS_OF)
    program = made_up.program(day)
    assert many(program)
    functions = Verdicts(program, made_up.vocabulary, program.rules)
    made = [Case.model_validate(each) for each in cases(150)]
    for case in made:
        assert made_up.codes(case, as_of=AS_OF) == functions.codes(case, day)
    for case in made[:3]:
        assert made_up.codes(case, as_of=AS_OF) == walked_codes(program, case, day, made_up.vocabulary)


def test_one_index_serves_many_threads(made_up: Rulebook) -> None:
    made = [Case.model_validate(each) for each in cases(40)]
    alone = [made_up.codes(case, as_of=AS_OF) for case in made]
    fresh = Rulebook(made_up.loaded)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(2):
            assert list(pool.map(lambda case: fresh.codes(case, as_of=AS_OF), made)) == alone
    assert len(fresh._coders) == 1


def test_masks_that_are_forgotten_are_made_again(made_up: Rulebook) -> None:
    program = made_up.program(AsOf.of(AS_OF))
    whole, small = RuleIndex(program), RuleIndex(program, most_bytes=20_000)
    for plain in cases(60):
        seen = view(Case.model_validate(plain), AsOf.of(AS_OF), made_up.vocabulary)
        assert small.codes(seen) == whole.codes(seen)
    assert whole.kept.held > 20_000
    assert small.kept.held <= 20_000
