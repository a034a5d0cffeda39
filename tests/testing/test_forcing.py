"""Forcing a part: what a rule would come to if it were true, and if it were false; unseen records stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules.testing.forcing import traces_of
from safeguard_rules.testing.leaves import leaves
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, T, Truth, U
from tests.packs_in_text import TODAY, case, definition, rule
from tests.testing.generating import bench, rulebook

BOTH = "{all: [{child.disabled: true}, ill]}"
ILL = definition("ill", "{child.seriously_ill_or_hurt: true}")


def swing(folder: Path, when: str, given: str, leaf: int, *, each: bool = False) -> tuple[Truth, Truth]:
    """What the rule `r` comes to, for its first subject, with one of its leaves forced to false and to true."""
    book = rulebook(folder, ILL, rule("r", when, more="for_each: injury" if each else ""))
    runs = bench(book, "r")
    result = runs.results(case(given), AsOf.of(TODAY))[0]
    return runs.swing(result, leaves(runs.active.form.when, runs.program.forms)[leaf].node)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("child: {id: baby, stage: born, disabled: true}", (F, T)),
        ("child: {id: baby, stage: born, disabled: false}", (F, F)),
        ("child: {id: baby, stage: born}", (F, U)),
        ("child: {id: baby, disabled: true}", (F, U)),
    ],
)
def test_a_part_in_a_definition_decides_where_the_rest_lets_it(
    tmp_path: Path, given: str, expected: tuple[Truth, Truth]
) -> None:
    assert swing(tmp_path, BOTH, given, 1) == expected


def test_a_part_of_a_record_is_forced_for_each_record(tmp_path: Path) -> None:
    when = "{some: {of: injury, where: {injury.kind: bruise}}}"

    assert swing(tmp_path, when, "injuries: [{id: arm}, {id: leg}]", 1) == (F, T)


def test_of_an_unseen_record_nothing_is_forced(tmp_path: Path) -> None:
    when = "{some: {of: injury, where: {injury.kind: bruise}}}"

    assert swing(tmp_path, when, "", 1) == (U, U)
    assert swing(tmp_path / "each", "{injury.kind: bruise}", "", 0, each=True) == (U, U)


def test_a_list_is_forced_as_a_whole(tmp_path: Path) -> None:
    assert swing(tmp_path, "{some: {of: injury}}", "", 0) == (F, T)


def test_nothing_is_changed_by_forcing(tmp_path: Path) -> None:
    book = rulebook(tmp_path, ILL, rule("r", BOTH))
    runs = bench(book, "r")
    given = case("child: {id: baby, stage: born, disabled: true, seriously_ill_or_hurt: true}")
    (before,) = runs.results(given, AsOf.of(TODAY))
    runs.swing(before, leaves(runs.active.form.when, runs.program.forms)[0].node)
    (after,) = runs.results(given, AsOf.of(TODAY))

    assert before.truth == after.truth == T


def test_the_places_where_a_part_was_looked_at_have_their_records(tmp_path: Path) -> None:
    book = rulebook(tmp_path, rule("r", "{some: {of: injury, where: {injury.kind: bruise}}}"))
    runs = bench(book, "r")
    leaf = leaves(runs.active.form.when, {})[1]
    (result,) = runs.results(case("injuries: [{id: arm, kind: bruise}, {id: leg, kind: fracture}]"), AsOf.of(TODAY))
    found = {trace.item.id: trace.value for trace in traces_of(result, leaf.node) if trace.item is not None}

    assert found == {"arm": T, "leg": F}
