"""The leaves of conditions: each once, through definitions, with the ways that lead to it."""

from __future__ import annotations

from pathlib import Path

from safeguard_rules.testing.leaves import MOST_TIMES, Leaf, leaves
from tests.packs_in_text import TODAY, definition, rule
from tests.testing.generating import bench, rulebook


def found(folder: Path, when: str, *pieces: object) -> tuple[Leaf, ...]:
    book = rulebook(folder, *pieces, rule("r", when))  # type: ignore[arg-type]
    runs = bench(book, "r", TODAY)
    return leaves(runs.active.form.when, runs.program.forms)


def ids(each: tuple[Leaf, ...]) -> list[str]:
    return [leaf.node.id.partition(":")[2] for leaf in each]


def test_tests_lists_and_counts_are_leaves_and_what_stands_in_lists_too(tmp_path: Path) -> None:
    each = found(tmp_path, "{all: [{child.disabled: true}, {not: {some: {of: injury, where: {injury.kind: bruise}}}}]}")

    assert [type(leaf.node).__name__ for leaf in each] == ["Test", "Quantifier", "Test"]


def test_a_list_of_which_nothing_is_asked_is_one_leaf(tmp_path: Path) -> None:
    assert len(found(tmp_path, "{some: {of: injury}}")) == 1


def test_definitions_are_entered(tmp_path: Path) -> None:
    each = found(tmp_path, "{not: ill}", definition("ill", "{child.disabled: true}"))

    assert ids(each) == ["ill.when.child.disabled"]
    (route,) = each[0].routes
    assert [type(node).__name__ for node in route] == ["Not", "Use", "Test"]


def test_a_leaf_that_is_met_twice_is_one_leaf_with_two_ways(tmp_path: Path) -> None:
    each = found(tmp_path, "{any: [ill, {not: ill}]}", definition("ill", "{child.disabled: true}"))

    assert len(each) == 1
    assert len(each[0].routes) == 2


def test_definitions_that_use_one_another_twice_do_not_explode(tmp_path: Path) -> None:
    chain = [definition(f"d{n}", f"{{any: [d{n + 1}, {{not: d{n + 1}}}]}}") for n in range(25)]
    each = found(tmp_path, "d0", *chain, definition("d25", "{child.disabled: true}"))

    assert len(each) == 1
    assert len(each[0].routes) <= MOST_TIMES
