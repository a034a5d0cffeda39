"""Lints of tiny packs, for the tests of single lints."""

from pathlib import Path

from safeguard_rules.packs.linting.accepting import Linted
from safeguard_rules.packs.linting.table import lint
from tests.packs_in_text import Piece, load


def linted(folder: Path, *pieces: Piece, locality: str | None = None) -> Linted:
    """What is asked about the tiny pack, or about the locality over it."""
    loaded = load(folder, *pieces, locality=locality).loaded
    return lint(loaded, ["here" if locality is not None else "tiny"])


def codes(folder: Path, *pieces: Piece, locality: str | None = None) -> list[str]:
    """The names of the lints that are open, in the order of their places."""
    return [issue.code for issue in linted(folder, *pieces, locality=locality).open]
