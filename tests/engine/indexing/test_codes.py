"""Bits written as codes, one byte for each rule."""

from __future__ import annotations

import pytest

from safeguard_rules.engine.indexing.codes import NO_FINDING, Codes
from safeguard_rules.testing.dice import Seeded


@pytest.mark.parametrize("width", [1, 2, 7, 8, 9, 63, 64, 65, 1000])
def test_each_rule_has_the_code_that_its_bits_say(width: int) -> None:
    for seed in range(20):
        dice = Seeded(seed)
        codes = [dice.pick((0, 1, 2, NO_FINDING)) for _ in range(width)]
        if seed % 2:
            codes = [min(code, 2) for code in codes]

        def bits(*wanted: int, codes: list[int] = codes) -> int:
            return int("".join("01"[code in wanted] for code in codes), 2)

        # Bits of rules that have no finding say nothing.
        stray = bits(NO_FINDING)
        assert Codes(width).write(bits(2) | stray, bits(0) | stray, bits(0, 1, 2)) == bytes(codes)


def test_no_rules_have_no_codes() -> None:
    assert Codes(0).write(0, 0, 0) == b""
