"""Calling the command line in tests, and small case files for it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from safeguard_rules.cli.main import run

CASE = """\
as_of: 2026-03-02
locality: wiltshire
role: health_visitor
child: {id: baby, label: the baby, stage: born, born_on: 2026-01-19, movements: [], seriously_ill_or_hurt: false}
injuries: [{id: cheek, label: bruise on the cheek, kind: bruise, noticed_on: 2026-03-02}]
"""
LATER = CASE.replace("as_of: 2026-03-02", "as_of: 2026-03-05").replace(
    "noticed_on: 2026-03-02}", "noticed_on: 2026-03-02, recorded_as: birth_mark, matches_record: true}"
)
FAMILY = """\
as_of: 2026-03-02
locality: wiltshire
children:
  - child: {id: tom, label: Tom, stage: born, born_on: 2026-01-19, movements: []}
    injuries: [{id: cheek, kind: bruise}]
  - {child: {id: ann, stage: born, born_on: 2020-01-19}, injuries: []}
people: [{id: mother, label: mother, relation: mother, for_children: {}}]
"""
BROKEN = "child: {id: baby, sage: born}\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call printed, and its exit code."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls the program in a folder of its own."""

    folder: Path
    captured: pytest.CaptureFixture[str]

    def write(self, name: str, text: str) -> str:
        """Writes a file and gives its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def __call__(self, *arguments: str) -> Answer:
        """Runs the program."""
        self.captured.readouterr()
        code = run(arguments)
        printed = self.captured.readouterr()
        return Answer(code, printed.out, printed.err)
