"""The lock on a folder: one holder at a time, none after a kill, and nothing left behind."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from safeguard_rules.cli import lock
from safeguard_rules.cli.lock import held
from safeguard_rules.errors import CallError

HOLDS = """
import sys
from pathlib import Path
from safeguard_rules.cli.lock import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_holds_it_at_a_time_and_nothing_stays(tmp_path: Path) -> None:
    path = tmp_path / "parts" / ".lock"
    with held(path):
        with pytest.raises(CallError, match="parts` is in use: another call works on the same output"), held(path):
            pass
        assert path.exists()
    assert not path.parent.exists()
    with held(path):
        (path.parent / "mine").write_bytes(b"")
    assert [each.name for each in path.parent.iterdir()] == ["mine"]


def test_who_is_killed_holds_it_no_more(tmp_path: Path) -> None:
    path = tmp_path / "parts" / ".lock"
    command = [sys.executable, "-c", HOLDS, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(CallError), held(path):
            pass
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert path.exists()
    with held(path):
        pass
    assert not path.parent.exists()


def test_a_lock_on_a_file_that_was_removed_between_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "parts" / ".lock"
    locking, tried = lock._locked, []

    def late(number: int) -> bool:
        tried.append(number)
        if len(tried) == 1:
            path.unlink()
            path.parent.rmdir()
        return locking(number)

    monkeypatch.setattr(lock, "_locked", late)
    with held(path):
        assert len(tried) == 2
        with pytest.raises(CallError), held(path):
            pass
