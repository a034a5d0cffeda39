"""A case as YAML: it reads back to the same case, and is short enough to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules import Case, read_case_file
from safeguard_rules.testing import as_yaml

EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/*.yaml"))


@pytest.mark.parametrize("path", [path for path in EXAMPLES if "family" not in path.name], ids=lambda path: path.stem)
def test_it_reads_back_to_the_same_case(path: Path) -> None:
    case = Case.read(path)
    assert Case.from_yaml(as_yaml(case)).digest() == case.digest()


@pytest.mark.parametrize(
    "words", ["true", "null", "2026", "a: b", "- x", "#", "it's", '"', "", " x", "1:30", "01225", "café", "Yes and no"]
)
def test_words_that_mean_something_in_yaml_stay_words(words: str) -> None:
    case = Case.model_validate({"child": {"id": "baby", "label": words}})
    again = Case.from_yaml(as_yaml(case))
    assert again.child is not None
    assert again.child.label == words


def test_the_day_is_its_header(tmp_path: Path) -> None:
    case = Case.from_yaml("{child: {id: baby}, injuries: [{id: cheek, kind: bruise}]}")
    text = as_yaml(case, "2026-03-02")
    assert text == "as_of: 2026-03-02\nchild: {id: baby}\ninjuries: [{id: cheek, kind: bruise}]\n"
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    assert str(read_case_file(tmp_path / "case.yaml").header.as_of) == "2026-03-02"


def test_many_records_stand_one_on_a_line() -> None:
    records = [{"id": f"mark-{n}", "kind": "bruise", "noticed_on": "2026-03-02"} for n in range(4)]
    text = as_yaml(Case.model_validate({"injuries": records}))
    assert text.splitlines()[1] == "  - {id: mark-0, kind: bruise, noticed_on: 2026-03-02}"
