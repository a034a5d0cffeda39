"""Cells: two bits for each rule, and the codes that they say, one byte for each rule.

A code is 0 for does not apply, 1 for undetermined, 2 for applies, 3 for no such finding.
"""

from __future__ import annotations

from collections.abc import Iterable

from safeguard_rules.engine.indexing.masks import mask_of

NO_FINDING = 3
"""Of a subject that a rule does not speak of: with the stage unknown, one rule's list may be open, another's not."""

_CODES = (1, 2, 0, NO_FINDING)
"""What a cell says whose first bit is that the rule applies, and the second that it does not."""

_QUARTERS = tuple(bytes(_CODES[byte >> 2 * quarter & 3] for byte in range(256)) for quarter in range(4))
"""What the four cells of a byte say, cell by cell."""


class Cells:
    """Where the cells of so many rules lie: four to a byte, one for each quarter of the rules.

    So the codes of a quarter are read off all bytes at once, in the order of the rules.
    """

    __slots__ = ("_rows", "bits", "firsts", "width")

    def __init__(self, width: int) -> None:
        self.width = width
        self._rows = -(-width // 4)
        self.bits = 8 * self._rows
        """How many bits all cells take."""
        self.firsts = self.mask(range(width))
        """The first bit of each cell."""

    def place(self, rule: int) -> int:
        """Where the first bit of a rule's cell is; the second is the next."""
        quarter, row = divmod(rule, self._rows)
        return 8 * row + 2 * quarter

    def mask(self, rules: Iterable[int]) -> int:
        """The first bits of some rules."""
        return mask_of([[self.place(rule) for rule in rules]])

    def codes(self, bits: int, there: int) -> bytes:
        """The codes of all rules by the bits of their cells; `there` are the first bits of those with a finding."""
        if there != self.firsts:
            bits |= 3 * (self.firsts ^ there)
        rows = bits.to_bytes(self._rows, "little")
        return b"".join([rows.translate(quarter) for quarter in _QUARTERS])[: self.width]
