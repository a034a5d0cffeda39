"""Which way rules are decided: few by functions, many by an index, with the same codes on both sides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.making_cases import AS_OF, cases
from benchmarks.making_packs import write_pack
from safeguard_rules import Case, Rulebook
from safeguard_rules.engine.fused.verdicts import Verdicts
from safeguard_rules.engine.indexing.choosing import MANY_RULES, RULES_PER_LOOK, coder, looks, many
from safeguard_rules.engine.indexing.indexed import Indexed
from safeguard_rules.engine.program import Program
from safeguard_rules.values.dates import AsOf
from tests.engine.test_bundled_rulebook import drawn, rulebook

DAY = AsOf.of(AS_OF)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder: Path = tmp_path_factory.mktemp("choosing") / "pack"
    return Rulebook.load([write_pack(folder, 600)])


def first(program: Program, count: int) -> Program:
    return replace(program, rules=program.rules[:count])


def test_the_choice_is_by_the_number_of_rules_and_the_codes_are_the_same_on_both_sides(made_up: Rulebook) -> None:
    program = made_up.program(DAY)
    turn = max(MANY_RULES, RULES_PER_LOOK * looks(program))
    assert MANY_RULES < turn < 600
    made = [Case.model_validate(each) for each in cases(20)]
    chosen = {}
    for count in (40, turn - 1, turn, 600):
        found = coder(first(program, count), made_up.vocabulary)
        chosen[count] = type(found)
        for case in made:
            assert found.codes(case, DAY) == made_up.codes(case, as_of=AS_OF)[:count]
    assert list(chosen.values()) == [Verdicts, Verdicts, Indexed, Indexed]


def test_rules_over_few_facts_need_some_hundreds_to_be_many(made_up: Rulebook) -> None:
    program = made_up.program(DAY)
    alike = replace(program, rules=program.rules[:1] * MANY_RULES)
    assert RULES_PER_LOOK * looks(alike) < MANY_RULES
    assert many(alike)
    assert not many(first(alike, MANY_RULES - 1))


def test_each_look_is_counted_once_and_as_often_as_there_are_records() -> None:
    program = rulebook(None).program(DAY)
    whole = looks(program)
    assert looks(replace(program, rules=program.rules * 2)) == whole
    by_kind = {kind: [each for each in program.rules if each.form.for_each == kind] for kind in (None, "person")}
    child, person = (looks(replace(program, rules=tuple(rules))) for rules in by_kind.values())
    assert 0 < child < whole
    assert 0 < person < whole
    assert person % 2 == 0


def test_bundled_rules_many_times_over_give_the_same_either_way() -> None:
    book = rulebook("wiltshire")
    for case, as_of in drawn(2, 32_000, "wiltshire"):
        day = AsOf.of(as_of)
        program = book.program(day)
        often = replace(program, rules=program.rules * 30)
        assert many(often)
        assert not many(program)
        assert coder(often, book.vocabulary).codes(case, day) == book.codes(case, as_of=as_of) * 30
