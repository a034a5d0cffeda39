"""Cells written as codes, one byte for each rule."""

from __future__ import annotations

import pytest

from safeguard_rules.engine.indexing.cells import NO_FINDING, Cells
from safeguard_rules.testing.dice import Seeded


@pytest.mark.parametrize("width", [1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 1000])
def test_each_rule_has_the_code_that_its_bits_say(width: int) -> None:
    cells = Cells(width)
    for seed in range(20):
        dice = Seeded(seed)
        codes = [dice.pick((0, 1, 2, NO_FINDING)) for _ in range(width)]
        if seed % 2:
            codes = [min(code, 2) for code in codes]

        def bits(*wanted: int, codes: list[int] = codes, cells: Cells = cells) -> int:
            return cells.mask(rule for rule, code in enumerate(codes) if code in wanted)

        # Bits of rules that have no finding say nothing.
        for stray in (0, bits(NO_FINDING), bits(NO_FINDING) << 1, 3 * bits(NO_FINDING)):
            assert cells.codes(bits(2) | bits(0) << 1 | stray, bits(0, 1, 2)) == bytes(codes)


@pytest.mark.parametrize("width", [1, 5, 64, 1001])
def test_each_rule_has_two_bits_of_its_own(width: int) -> None:
    cells = Cells(width)
    places = [cells.place(rule) + second for rule in range(width) for second in (0, 1)]
    assert len(set(places)) == 2 * width
    assert max(places) < cells.bits
    assert 3 * cells.firsts == sum(1 << place for place in places)


def test_no_rules_have_no_codes() -> None:
    assert Cells(0).codes(0, 0) == b""
