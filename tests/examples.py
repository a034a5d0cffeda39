"""The examples that the README and the documents quote, as tests run them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from safeguard_rules import Evaluation, Family, FamilyEvaluation, Rulebook
from safeguard_rules.case.reading import CaseFile, read_case_file

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples"
NO_CASES = ("third-party-pack", "every-key", "timelines")


@dataclass(frozen=True)
class Example:
    """A case or family file, evaluated as its own header says."""

    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(FOLDER).with_suffix("").as_posix()

    def file(self) -> CaseFile:
        """The file, read."""
        return _read(self.path)

    def rulebook(self) -> Rulebook:
        """The bundled packs with the locality of the file."""
        return _rulebook(self.file().header.locality)

    def result(self) -> Evaluation | FamilyEvaluation:
        """What comes out for the case or the family."""
        return _result(self)

    def evaluations(self) -> tuple[Evaluation, ...]:
        """One evaluation for each child."""
        found = self.result()
        return found.all if isinstance(found, FamilyEvaluation) else (found,)


@cache
def _read(path: Path) -> CaseFile:
    return read_case_file(path)


@cache
def _rulebook(locality: str | None) -> Rulebook:
    return Rulebook.load(locality=locality)


@cache
def _result(example: Example) -> Evaluation | FamilyEvaluation:
    read = example.file()
    as_of, role = read.header.as_of, read.header.role
    assert as_of is not None
    if isinstance(read.case, Family):
        return example.rulebook().evaluate_family(read.case, as_of=as_of, role=role)
    return example.rulebook().evaluate(read.case, as_of=as_of, role=role)


EXAMPLES = tuple(
    Example(path) for path in sorted(FOLDER.rglob("*.yaml")) if path.relative_to(FOLDER).parts[0] not in NO_CASES
)
