"""Acceptance 7: results equal golden files byte by byte, whatever the hash seed, and keep to the published schema.

`UPDATE_EXPECTED=1` writes the golden files anew; look at the difference before you keep it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from safeguard_rules.engine.writing import evaluation_schema, read_document
from safeguard_rules.reports.as_text import evaluation_text
from tests.examples import EXAMPLES, ROOT, Example

GOLDEN = Path(__file__).parents[1] / "golden"
SEEDS = ("0", "1", "4711")

# Writes all golden files, as one JSON object of texts, in a process of its own.
SCRIPT = "import sys; from tests.acceptance.test_acceptance_7 import all_texts; sys.stdout.write(all_texts())"


def texts(example: Example) -> Iterator[tuple[str, str]]:
    """The names and texts of the golden files of an example: the JSON and the text form of each evaluation."""
    name = str(example).replace("/", "-")
    evaluations = example.evaluations()
    for evaluation in evaluations:
        child = evaluation.case.child
        stem = f"{name}.{child.id}" if len(evaluations) > 1 and child is not None else name
        yield f"{stem}.json", evaluation.to_json()
        yield f"{stem}.txt", evaluation_text(evaluation.document())


def all_texts() -> str:
    """The texts of all golden files, in the order of their names."""
    return json.dumps(dict(sorted(pair for example in EXAMPLES for pair in texts(example))))


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_7_results_equal_the_golden_files_byte_by_byte(example: Example) -> None:
    for name, text in texts(example):
        golden = GOLDEN / name
        if os.environ.get("UPDATE_EXPECTED") == "1":
            GOLDEN.mkdir(exist_ok=True)
            golden.write_bytes(text.encode("utf-8"))
        assert golden.read_bytes() == text.encode("utf-8"), name


def test_acceptance_7_there_is_no_golden_file_of_nothing() -> None:
    wanted = {name for example in EXAMPLES for name, _ in texts(example)}
    assert {path.name for path in GOLDEN.iterdir()} == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_acceptance_7_the_bytes_do_not_depend_on_the_hash_seed(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Kolkata"}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, str] = json.loads(done.stdout)
    for name, text in found.items():
        assert (GOLDEN / name).read_bytes() == text.encode("utf-8"), name


@cache
def validator() -> Any:
    schema = evaluation_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.name)
def test_acceptance_7_golden_json_keeps_to_the_published_schema(golden: Path) -> None:
    tree = json.loads(golden.read_text(encoding="utf-8"))
    assert [error.message for error in validator().iter_errors(tree)] == []


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.name)
def test_acceptance_7_the_schema_refuses_what_is_wrong(golden: Path) -> None:
    tree = json.loads(golden.read_text(encoding="utf-8"))
    tree["findings"][0]["outcome"] = "no_concern"
    assert list(validator().iter_errors(tree))


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_7_json_reads_back_as_the_same_document(example: Example) -> None:
    for evaluation in example.evaluations():
        assert read_document(evaluation.to_json()) == evaluation.document()
