"""The program, to be called in a test."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.calling import Caller


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of calls that name none: from 2027 on `check` warns that the bank holidays end."""
    monkeypatch.setattr("safeguard_rules.cli.settings.uk_day", lambda _: date(2026, 11, 22))


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Calls the program with arguments; files are written to a folder of the test."""
    return Caller(tmp_path, capsys)
