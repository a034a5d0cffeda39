"""The whole text and the whole JSON of an evaluation, byte for byte, whatever the hash seed.

`UPDATE_EXPECTED=1` rewrites the files that are expected; look at the difference before you keep it.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from safeguard_rules import Case, Rulebook
from safeguard_rules.case.reading import read_case_file

ROOT = Path(__file__).parents[1]
CASE = "examples/cheek.yaml"
EXPECTED = {"text": "cheek.expected.txt", "json": "cheek.expected.json"}
SEEDS = ("0", "1", "4711")


def printed(form: str, seed: str) -> bytes:
    """What the command line prints into a pipe for the example, in a process of its own."""
    program = "from safeguard_rules.cli.main import main; main()"
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    words = [sys.executable, "-c", program, "evaluate", CASE, "--format", form]
    done = subprocess.run(words, cwd=ROOT, env=kept | {"PYTHONHASHSEED": seed}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize("form", sorted(EXPECTED))
def test_the_example_is_told_as_expected(form: str) -> None:
    path = ROOT / "examples" / EXPECTED[form]
    found = printed(form, SEEDS[0])
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_bytes(found)
    assert found == path.read_bytes()


@pytest.mark.parametrize("form", sorted(EXPECTED))
def test_promise_11_the_hash_seed_changes_no_byte(form: str) -> None:
    assert len({printed(form, seed) for seed in SEEDS}) == 1


def test_the_library_writes_the_same_bytes_as_the_command_line() -> None:
    file = read_case_file(ROOT / CASE)
    assert isinstance(file.case, Case)
    assert file.header.as_of is not None
    rulebook = Rulebook.load(locality=file.header.locality)
    evaluation = rulebook.evaluate(file.case, as_of=file.header.as_of, role=file.header.role)
    assert evaluation.to_json().encode() == printed("json", SEEDS[0])
