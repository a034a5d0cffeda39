"""A formula's shape as alternatives says what the formula says, for all truths of its atoms."""

from __future__ import annotations

from itertools import product

import pytest

from safeguard_rules.engine.indexing.formulas import (
    ANY_TRUTH,
    Formula,
    Joined,
    Literal,
    Shape,
    TooManyTermsError,
    join,
    literal,
    opposite,
    shape,
)
from safeguard_rules.testing.dice import Seeded

ATOMS = 4
ASSIGNMENTS = tuple(product((1, 2, 4), repeat=ATOMS))


def drawn(dice: Seeded, depth: int) -> Formula:
    if depth == 0 or dice.chance(30):
        return literal(dice.pick(range(ATOMS)), dice.pick(range(ANY_TRUTH + 1)))
    return join(dice.chance(50), [drawn(dice, depth - 1) for _ in range(dice.pick((1, 2, 3)))])


def holds(formula: Formula, truths: tuple[int, ...]) -> bool:
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        return bool(truths[formula.atom] & formula.truths)
    found = [holds(part, truths) for part in formula.parts]
    return all(found) if formula.every else any(found)


def fits(made: Shape, truths: tuple[int, ...]) -> bool:
    def each(literal: Literal) -> bool:
        return bool(truths[literal.atom] & literal.truths)

    return (any(map(each, made.single)) or any(all(map(each, term)) for term in made.longer)) != made.turned


def test_a_shape_holds_where_its_formula_does() -> None:
    turned = longer = 0
    for seed in range(600):
        formula = drawn(Seeded(seed), 4)
        made = shape(formula, 64)
        turned, longer = turned + made.turned, longer + len(made.longer)
        for truths in ASSIGNMENTS:
            assert fits(made, truths) == holds(formula, truths) != holds(opposite(formula), truths), formula
    assert turned > 100
    assert longer > 100


def test_no_atom_has_two_single_literals() -> None:
    found = join(False, [Literal(0, 4), Literal(0, 3), Literal(1, 4)]), join(True, [Literal(0, 1), Literal(0, 6)])
    assert [shape(each) for each in found] == [Shape(True, (), ()), Shape(False, (), ())]
    assert shape(join(False, [Literal(0, 4), Literal(0, 2)])) == Shape(False, (Literal(0, 6),), ())


def test_what_all_must_hold_for_and_what_one_is_enough_for_have_no_longer_alternatives() -> None:
    literals = [Literal(atom, 4) for atom in range(40)]
    every, some = shape(join(True, literals)), shape(join(False, literals))
    assert (every.turned, every.longer) == (True, ())
    assert (some.turned, some.longer) == (False, ())
    assert every.single == tuple(opposite(each) for each in literals)


def test_a_formula_with_too_many_alternatives_both_ways_is_refused() -> None:
    pairs = [join(False, [Literal(2 * n, 4), Literal(2 * n + 1, 4)]) for n in range(5)]
    made = shape(join(True, pairs), 5)
    assert (made.turned, len(made.longer)) == (True, 5)
    with pytest.raises(TooManyTermsError):
        shape(join(True, pairs), 4)
    threes = [join(True, [Literal(100 + n, 4), pair]) for n, pair in enumerate(pairs)]
    with pytest.raises(TooManyTermsError):
        shape(join(False, [join(True, threes[:3]), join(True, [Literal(200, 4), *pairs])]), 4)


def test_what_is_decided_is_left_out() -> None:
    one = Literal(0, 4)
    assert join(True, [True, one]) == join(False, [False, one]) == one
    assert join(True, [False, one]) is False
    assert join(False, [True, one]) is True
    assert join(True, []) is True
    assert join(True, [one, join(True, [one, Literal(1, 1)])]) == Joined(True, (one, Literal(1, 1)))
    assert literal(3, 0) is False
    assert literal(3, ANY_TRUTH) is True
