"""Property tests draw the same examples whatever ran before them in the same process."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

OUR_OWN = 7_654_321


def drawn() -> list[int]:
    """Whole numbers as a property test draws them."""
    found: list[int] = []

    @settings(max_examples=1000)
    @given(st.integers(0, 10_000_000))
    def each(number: int) -> None:
        found.append(number)

    each()
    return found


def test_what_stands_in_modules_loaded_so_far_does_not_come_into_the_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn()
    file = tmp_path / "loaded_by_another.py"
    file.write_text(f"NUMBER = {OUR_OWN}\n", encoding="utf-8")
    module = ModuleType(file.stem)
    module.__file__ = str(file)
    monkeypatch.setitem(sys.modules, file.stem, module)
    providers.CONSTANTS_CACHE.cache.clear()
    assert drawn() == before
    assert OUR_OWN not in before
