"""Every derived fact over columns, each way, on cases that are aimed at it; and counts over long lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules import Case
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.derived_news import ANY_KIND
from safeguard_rules.vocabulary.facts import Kind, Vocabulary
from tests.engine.columns.agreement import differences
from tests.engine.columns.test_caseload import longer
from tests.engine.columns.test_one_by_one import rulebook

VOCABULARY = Vocabulary.standard()
STAGES = ("unborn", "born")
FLAGS = [each.path for each in VOCABULARY.derivations if each.kind is Kind.BOOLEAN]


def _whens(path: str) -> list[str]:
    owner = path.rpartition(".")[0]
    if owner in ("child", "case", "pregnancy"):
        return [f"{{{path}: true}}", f"{{{path}: false}}"]
    return [
        f"{{some: {{of: {owner}, where: {{{path}: true}}}}}}",
        f"{{some: {{of: {owner}, where: {{{path}: false}}}}}}",
        f"{{every: {{of: {owner}, where: {{{path}: true}}}}}}",
        f"{{count: {{of: {owner}, where: {{{path}: false}}, is: {{at_least: two}}}}}}",
    ]


NEWS = [
    f"{{case.{name}: {{includes: {kind}}}}}"
    for name in ("new_since_assessment", "new_since_closing")
    for kind in ANY_KIND
]
COUNTS = [
    f"{{count: {{of: {of}, where: {where}, is: {{{test}: two}}}}}}"
    for of, where in (("injury", "{injury.kind: bruise}"), ("person", "{person.identified: true}"))
    for test in ("at_least", "at_most", "is", "is_not", "more_than", "less_than")
]
LENGTHS = [
    f"{{{path}: {{{test}: weeks}}}}"
    for path in ("child.age", "child.gestation", "pregnancy.gestation_at_booking", "child.gestation_at_birth")
    for test in ("at_least", "at_most", "more_than", "less_than")
]
DERIVED = (*(when for path in FLAGS for when in _whens(path)), *NEWS, *COUNTS, *LENGTHS)


def derived_cases(folder: Path, count: int, as_of: str = "2026-03-31") -> tuple[Case, ...]:
    """Cases aimed at rules about derived facts, some with longer lists."""
    maker, dice = Maker(rulebook(folder, *DERIVED, stages=STAGES), AsOf.of(as_of)), Seeded(9)
    found = [Case.model_validate(maker.any_case(Seeded(seed))) for seed in range(count)]
    return (*found, *(longer(case, dice, 9) for case in found[: count // 3]))


@pytest.mark.parametrize("as_of", ["2026-03-31", "2024-02-29"])
def test_every_derived_fact_each_way(tmp_path: Path, as_of: str) -> None:
    assert len(FLAGS) == 9
    cases = derived_cases(tmp_path / "cases", 250, as_of)
    assert differences(rulebook(tmp_path, *DERIVED, stages=STAGES), cases, as_of) == []
