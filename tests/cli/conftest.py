"""The program, to be called in a test."""

from pathlib import Path

import pytest

from tests.cli.calling import Caller


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Calls the program with arguments; files are written to a folder of the test."""
    return Caller(tmp_path, capsys)
