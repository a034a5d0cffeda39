"""Derived facts that are said as conditions say what their functions say, which the walk asks."""

from __future__ import annotations

from itertools import product

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.engine.fused.meanings import MEANINGS, NEWS
from safeguard_rules.engine.fused.verdicts import Verdicts
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.derived_child import WORRIES
from safeguard_rules.vocabulary.derived_news import ANY_KIND, SOURCES
from safeguard_rules.vocabulary.kinds import Kind
from tests.engine.agreement import walked_codes, with_definitions_as_rules
from tests.engine.figures import show
from tests.engine.fused.derived_facts import derived_facts, stories
from tests.oracle.books import Book, Definition, Rule
from tests.oracle.engines import STANDARD, program_of, rulebook_of

STAGES = ("unborn", "born", None)


def test_derived_facts_come_to_what_their_functions_give() -> None:
    program = derived_facts()
    verdicts = Verdicts(program, STANDARD, program.rules)
    met: dict[int, int] = {0: 0, 1: 0, 2: 0}
    for case, day in stories():
        as_of = AsOf.of(day)
        walked = walked_codes(program, case, as_of, STANDARD)
        assert verdicts.codes(case, as_of) == walked, (case, day)
        for code in walked:
            for each in (code,) if isinstance(code, int) else code:
                met[each] += 1
    show(f"derived facts: {met}")
    assert min(met.values()) > 1500


def test_all_derived_facts_are_either_conditions_or_lengths_of_time() -> None:
    said = {*MEANINGS, *NEWS}
    others = {each.path for each in STANDARD.derivations if each.path not in said}
    assert all(STANDARD.facts[path].kind is Kind.LENGTH for path in others)
    assert said <= set(STANDARD.facts)


def test_the_length_of_a_pregnancy_at_booking_is_what_its_function_gives() -> None:
    tests = ("at_least", "at_most", "more_than", "less_than")
    path = "pregnancy.gestation_at_booking"
    definitions = {f"d_{test}": Definition("child", {path: {test: "p"}}) for test in tests}
    book = Book(Rule("always"), definitions, {"p": "20 weeks"})
    stages = frozenset({"unborn"}), frozenset({"unborn", "born"})
    program = with_definitions_as_rules(program_of(rulebook_of(book), "2026-03-02"), *stages)
    verdicts = Verdicts(program, STANDARD, program.rules)
    days = ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03", "2025-12", "not_yet", None)
    met: set[object] = set()
    for booked, expected, stage in product(days, ("2026-07-18", "2026-07-19", "2026-07-20", "2026-07", None), STAGES):
        child = {"id": "b", "stage": stage, **({} if expected is None else {"expected_on": expected})}
        case = Case.model_validate({"child": child, "pregnancy": {} if booked is None else {"booked_on": booked}})
        walked = walked_codes(program, case, AsOf.of("2026-03-02"), STANDARD)
        assert verdicts.codes(case, AsOf.of("2026-03-02")) == walked, case
        met.update(walked)
    assert met == {0, 1, 2}


def test_what_the_meanings_take_for_granted() -> None:
    """A worry always has a day, and news has no kinds but those that are listed."""
    for of, name in WORRIES:
        assert not STANDARD.facts[f"{of}.{name}"].may_be_not_yet
    assert {*STANDARD.facts["change.kind"].words, *(kind for _, _, kind in SOURCES)} == set(ANY_KIND)


@pytest.mark.parametrize("stage", ["unborn", "born", "has_died", None])
def test_they_do_so_in_every_stage(stage: str | None) -> None:
    program = derived_facts(frozenset({"unborn", "born"}), frozenset({"has_died"}))
    verdicts = Verdicts(program, STANDARD, program.rules)
    for case, day in stories(stage=stage, size=12, first=90_000):
        as_of = AsOf.of(day)
        walked = walked_codes(program, case, as_of, STANDARD)
        assert verdicts.codes(case, as_of) == walked, (case, day)
