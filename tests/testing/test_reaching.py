"""What cases reach: the three values of conditions, actions, statements."""

from __future__ import annotations

from pathlib import Path

from safeguard_rules.testing.reaching import Reach, reach
from safeguard_rules.values.truth import F, T, U
from tests.testing.packs import GOOD, one_case, read

UNREVIEWED = GOOD.replace("    as_of:", "    reviewed: false\n    as_of:")


def reached(folder: Path, cases: str = GOOD) -> Reach:
    found = read(folder, cases)
    return reach(found, found.run())


def missing(found: Reach) -> dict[str, tuple[str, ...]]:
    return {each.id: each.missing for each in found.conditions}


def test_each_condition_is_listed_once_with_the_values_that_cases_gave_it(tmp_path: Path) -> None:
    found = reached(tmp_path)
    assert {id_: values for id_, values in missing(found).items() if values} == {"tiny:r.when.all[1]": ("false",)}
    assert len({each.id for each in found.conditions}) == len(found.conditions) == 5
    assert (found.made(T), found.made(F), found.made(U)) == (5, 4, 5)


def test_a_value_that_no_case_gave_is_missing(tmp_path: Path) -> None:
    found = reached(tmp_path, one_case("findings: {each: {applies: [arm]}}", "injuries: [{id: arm, kind: bruise}]"))
    assert missing(found)["tiny:each.when.injury.kind"] == ("false", "unknown")
    assert "the kind" in next(each.reads for each in found.conditions if each.id == "tiny:each.when.injury.kind")


def test_a_generated_case_that_nobody_reviewed_reaches_nothing(tmp_path: Path) -> None:
    found = reached(tmp_path, UNREVIEWED)
    assert {each.missing for each in found.conditions} == {("true", "false", "unknown")}
    assert not any(done for _, done in (*found.actions, *found.statements))


def test_actions_and_statements_are_shown_by_what_cases_expect(tmp_path: Path) -> None:
    assert reached(tmp_path / "a").actions == (("tiny:act", True), ("tiny:look", True), ("tiny:note", True))
    assert reached(tmp_path / "b").statements == (("tiny:law/duty", True),)
    few = reached(tmp_path / "c", one_case("findings: {many: undetermined}, actions: {consider: []}"))
    assert few.actions == (("tiny:act", False), ("tiny:look", False), ("tiny:note", False))
    assert few.statements == (("tiny:law/duty", False),)
