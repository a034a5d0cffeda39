"""Every derived fact over columns, each way, on cases that are aimed at it; and counts over long lists."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

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


def told_cases() -> tuple[Case, ...]:
    """Cases on the edges of what derived facts ask: sixteenth birthdays, who is related, partial dates of finishing."""
    found: list[dict[str, Any]] = []
    births = ("2010-03-30", "2010-03-31", "2010-04-01", "2010", "2008-02-29", None)
    for born, relation in product(births, ("mother", "friend", "parents_partner", None)):
        people = [
            {"id": "m", "born_on": born, "relation": relation},
            {"id": "f", "born_on": "1990", "relation": "lodger"},
        ]
        incident = {"id": "i", "by": "m", "against": "f", "happened_on": "2026-03-31"}
        found.append({"people": people, "incidents": [incident], "all_regular_people_recorded": True})
        found.append({"people": people, "incidents": [{**incident, "happened_on": "2024-02-29"}]})
    for one, other in product(("2026-02", "2026-02-10", "not_yet", None), (None, "2026-02-10", "2026-01", "not_yet")):
        assessments = [{"id": "one", "finished_on": one}, {"id": "other", "finished_on": other}]
        found.append(
            {
                "assessments": assessments[: 1 if other is None else 2],
                "moves": [{"id": "m", "happens_on": "2026-02-20"}],
            }
        )
    return tuple(Case.model_validate({"child": {"id": "baby", "stage": "born"}, **tree}) for tree in found)


@pytest.mark.parametrize("as_of", ["2026-03-31", "2024-02-29"])
def test_every_derived_fact_each_way(tmp_path: Path, as_of: str) -> None:
    assert len(FLAGS) == 9
    cases = (*derived_cases(tmp_path / "cases", 250, as_of), *told_cases())
    assert differences(rulebook(tmp_path, *DERIVED, stages=STAGES), cases, as_of) == []
