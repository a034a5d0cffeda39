"""Truth values; all of Kleene stands in tests/spec/kleene.csv."""

from collections.abc import Iterator
from itertools import product

from safeguard_rules.values.truth import NAMES, F, T, Truth, U, all_of, any_of, negate


def test_the_order_is_that_of_the_numbers() -> None:
    assert (F, U, T) == (0, 1, 2)


def test_each_has_a_word() -> None:
    assert [NAMES[value] for value in (F, U, T)] == ["false", "unknown", "true"]


def test_not_all_is_any_not() -> None:
    for values in product((F, U, T), repeat=3):
        assert negate(all_of(values)) == any_of(negate(value) for value in values)


def test_every_value_is_read_even_if_the_first_decides() -> None:
    read = []

    def values() -> Iterator[Truth]:
        for value in (F, T, U):
            read.append(value)
            yield value

    assert all_of(values()) == F
    assert any_of(values()) == T
    assert read == [F, T, U, F, T, U]
