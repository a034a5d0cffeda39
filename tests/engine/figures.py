"""Figures that the tests of the engine come to: shown by `pytest -s`, and with a failure."""

from __future__ import annotations

import sys


def show(text: str) -> None:
    """Writes one line to standard output."""
    sys.stdout.write(f"\n{text}\n")
