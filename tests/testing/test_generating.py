"""Generated cases: for each part of each rule one in which it decides in each way, confirmed by the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules import Case, Rulebook
from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.testing.drafts import Facts
from safeguard_rules.testing.generating import Generated, MadeCase, bench_for
from safeguard_rules.testing.shrinking import shrunk
from safeguard_rules.testing.wanting import Wanted
from safeguard_rules.values.truth import F, T, U
from tests.packs_in_text import rule
from tests.testing.generating import generator, rulebook


def made(book: Rulebook, *rules: str, boundaries: bool = False) -> Generated:
    makes = generator(book, boundaries=boundaries)
    for name in rules or tuple(each.rpartition(":")[2] for each in makes.rules()):
        makes.look_for(f"tiny:{name}")
    return makes.result()


def given(found: Generated) -> list[str]:
    return [case.case.model_dump_json(exclude_none=True, exclude_defaults=True) for case in found.cases]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return rulebook(tmp_path_factory.mktemp("generating"))


@pytest.fixture(scope="module")
def everything(book: Rulebook) -> Generated:
    return made(book, boundaries=True)


def test_all_that_there_is_is_found_and_what_is_said_twice_never_decides(everything: Generated) -> None:
    not_found = [(each.rule, each.goal) for each in everything.not_found]

    assert not_found == [("tiny:twice", F), ("tiny:twice", F)]
    assert everything.met == everything.wanted - 2
    assert everything.no_area == ()


def test_each_case_shows_what_is_said_of_it(book: Rulebook, everything: Generated) -> None:
    for case in everything.cases:
        for shown in case.shows:
            bench = bench_for(book, book.content.rules[shown.wanted.rule], case.as_of)
            assert bench is not None
            again = shown.wanted.shown_by(bench, case.case, case.as_of, strictly=False)
            assert again is not None
            assert again.outcome == shown.outcome


def test_each_part_decides_in_each_of_its_three_ways(everything: Generated) -> None:
    goals: dict[tuple[str, str], set[object]] = {}
    for case in everything.cases:
        for shown in case.shows:
            if shown.wanted.node is not None and shown.wanted.exactly is None:
                goals.setdefault((shown.wanted.rule, shown.wanted.node.id), set()).add(shown.wanted.goal)

    assert {rule for (rule, _), found in goals.items() if found != {T, F, U}} == {"tiny:twice"}


def test_a_part_that_alone_is_unknown_leaves_nothing_else_unknown(book: Rulebook) -> None:
    found = made(book, "through")
    bench = bench_for(book, book.content.rules["tiny:through"], found.cases[0].as_of)
    assert bench is not None
    for case in found.cases:
        for shown in case.shows:
            if shown.wanted.goal == U and shown.wanted.node is not None:
                (result,) = bench.results(case.case, case.as_of)
                assert set(bench.swing(result, shown.wanted.node)) == {T, F}


def test_no_case_has_a_part_that_could_go(book: Rulebook, everything: Generated) -> None:
    for case in everything.cases:
        assert whole(book, case, case.shows[0].wanted), case


def whole(book: Rulebook, case: MadeCase, wanted: Wanted) -> bool:
    """Whether making a case smaller once more leaves it as it is."""
    bench = bench_for(book, book.content.rules[wanted.rule], case.as_of)
    assert bench is not None
    strictly = wanted.shown_by(bench, case.case, case.as_of) is not None

    def shows(tree: Facts) -> bool:
        return wanted.shown_by(bench, Case.model_validate(tree), case.as_of, strictly=strictly) is not None

    tree = canonical_tree(case.case)
    assert shows(tree)
    return shrunk(tree, book.vocabulary, case.as_of, shows) == tree


def test_the_same_cases_come_out_every_time(book: Rulebook, everything: Generated) -> None:
    again = made(book, boundaries=True)

    assert given(again) == given(everything)


def test_no_case_is_there_twice(everything: Generated) -> None:
    keys = [case.key for case in everything.cases]

    assert len(keys) == len(set(keys))


def test_a_rule_is_tried_on_a_day_on_which_it_is_in_force(book: Rulebook) -> None:
    days = {name: {str(case.as_of) for case in made(book, name).cases} for name in ("past", "to_come", "young")}

    assert days == {"past": {"2025-01-31"}, "to_come": {"2026-06-01"}, "young": {"2026-03-02"}}


def test_boundaries_only_add(book: Rulebook, everything: Generated) -> None:
    assert made(book).wanted < everything.wanted


def test_a_rule_for_an_area_without_a_locality_is_named_and_not_tried(tmp_path: Path) -> None:
    book = rulebook(tmp_path, rule("r", "{child.disabled: true}"), rule("s", "{child.disabled: true}"))
    makes = generator(book)
    object.__setattr__(book.content.rules["tiny:r"].forms[0], "areas", ("elsewhere",))
    makes.look_for("tiny:r")

    assert makes.result().no_area == ("tiny:r",)
    assert makes.result().wanted == 0
