"""Where bits lie: each its own, few steps away from home, and the shapes that they say."""

from __future__ import annotations

from itertools import islice

import pytest

from safeguard_rules.engine.indexing.formulas import FALSE, OPEN, TRUE, Literal, Shape
from safeguard_rules.engine.indexing.layout import MOST_STEPS, Layout
from safeguard_rules.testing.dice import Seeded

ATOMS = 6


def some_shape(dice: Seeded) -> Shape:
    def literal() -> Literal:
        return Literal(dice.pick(range(ATOMS)), dice.pick((FALSE, OPEN, TRUE, FALSE | OPEN, OPEN | TRUE)))

    single = tuple(literal() for _ in range(dice.pick((0, 0, 1, 2))))
    longer = tuple((literal(), literal()) for _ in range(dice.pick((0, 0, 0, 1, 3))))
    return Shape(dice.chance(50), single, longer)


def holds(shape: Shape, truths: list[int]) -> bool:
    terms = [*((each,) for each in shape.single), *shape.longer]
    return any(all(wanted >> truths[atom] & 1 for atom, wanted in term) for term in terms) != shape.turned


@pytest.mark.parametrize("rules", [1, 2, 3, 9, 64, 301])
@pytest.mark.parametrize("share", [10, 40, 100])
def test_shapes_hold_as_their_literals_do(rules: int, share: int) -> None:
    for seed in range(12):
        dice = Seeded(seed)
        layout = Layout(rules)
        homes = [layout.cells.place(rule) + second for rule in range(rules) if dice.chance(share) for second in (0, 1)]
        for home in homes:
            layout.take(home)
        shapes = {home: some_shape(dice) for home in homes}
        marks = list(layout.lay(shapes.items()))
        layout.settle()
        for _ in range(8):
            truths = [dice.pick((0, 1, 2)) for _ in range(ATOMS)]
            bits = 0
            for place, atom, wanted in marks:
                if wanted >> truths[atom] & 1:
                    bits |= 1 << place
            found = layout.decided(bits)
            assert {home: bool(found >> home & 1) for home in homes} == {
                home: holds(shape, truths) for home, shape in shapes.items()
            }


def test_what_finds_no_room_goes_to_free_cells_a_few_steps_away() -> None:
    layout = Layout(4000)
    few = [layout.cells.place(rule) for rule in range(0, 4000, 5)]
    for home in few:
        layout.take(home)
    spare = {home: layout.spare(home) for home in few[:300]}
    assert len({*spare.values(), *few}) == len(spare) + len(few)
    assert max(spare.values()) < layout.cells.bits
    assert len({place - home for home, place in spare.items()}) <= MOST_STEPS


def test_what_finds_no_free_cell_lies_beyond_all_of_them() -> None:
    layout = Layout(40)
    homes = [layout.cells.place(rule) + second for rule in range(40) for second in (0, 1)]
    for home in homes:
        layout.take(home)
    found = [[layout.spare(home) for _ in range(3)] for home in homes]
    for home, places in zip(homes, found, strict=True):
        assert places == list(islice(range(home + layout.cells.bits, 10_000, layout.cells.bits), 3))
