"""From bits to codes: one byte for each rule, 0 does not apply, 1 undetermined, 2 applies, 3 no such finding."""

from __future__ import annotations

NO_FINDING = 3
"""Of a subject that a rule does not speak of: with the stage unknown, one rule's list may be open, another's not."""


class Codes:
    """Writes codes for so many rules, the first of which has the highest bit."""

    __slots__ = ("_full", "_open", "_written", "width")

    def __init__(self, width: int) -> None:
        self.width = width
        self._written = f"0{width}b"
        self._full = (1 << width) - 1
        self._open = int.from_bytes(b"\1" * width, "big")

    def write(self, applies: int, fails: int, there: int) -> bytes:
        """The codes of all rules, of which those of `there` have a finding; no rule both applies and fails.

        Each number is written with one digit for each bit; what two digits differ by, and one more, is the code.
        """
        if not self.width:
            return b""
        codes = self._open + self._digits(applies & there) - self._digits(fails & there)
        if there != self._full:
            codes += (NO_FINDING - 1) * (self._digits(self._full & ~there) - self._digits(0))
        return codes.to_bytes(self.width, "big")

    def _digits(self, bits: int) -> int:
        return int.from_bytes(format(bits, self._written).encode(), "big")
