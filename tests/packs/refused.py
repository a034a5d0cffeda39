"""What is said when a tiny pack does not load."""

from pathlib import Path

import pytest

from safeguard_rules.errors import CaseError, PackError
from safeguard_rules.source import Issue
from tests.packs_in_text import Piece, case, load


def issues(folder: Path, *pieces: Piece, locality: str | None = None) -> tuple[Issue, ...]:
    """The issues of a tiny pack that must not load."""
    with pytest.raises(PackError) as raised:
        load(folder, *pieces, locality=locality)
    return raised.value.issues


def codes(folder: Path, *pieces: Piece, locality: str | None = None) -> list[str]:
    """The codes of the issues of a tiny pack that must not load, sorted by place."""
    return [issue.code for issue in issues(folder, *pieces, locality=locality)]


def case_codes(text: str) -> list[str]:
    """The codes of the issues of a case that must not be read."""
    with pytest.raises(CaseError) as raised:
        case(text)
    return [issue.code for issue in raised.value.issues]
