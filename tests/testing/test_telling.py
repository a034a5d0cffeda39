"""What is told of a tested pack: text, JSON, JUnit XML."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from safeguard_rules.packs.whereabouts import shown_name
from safeguard_rules.testing.canaries import canaries
from safeguard_rules.testing.junit import junit_xml
from safeguard_rules.testing.mutants import run_mutants
from safeguard_rules.testing.reaching import reach
from safeguard_rules.testing.telling import Examined, examined_text, examined_tree
from tests.testing.packs import GOOD, read

WRONG = GOOD.replace("many: {applies: [child]}", "many: {applies: []}")


def examined(folder: Path, cases: str = GOOD, *, mutants: bool = False) -> Examined:
    found = read(folder, cases)
    run = found.run()
    whole = not run.failed
    return Examined(run, reach(found, run), canaries(found) if whole else (), run_mutants(found) if mutants else None)


def test_the_text_of_a_pack_that_passes(tmp_path: Path) -> None:
    assert examined_text(examined(tmp_path), details=False).splitlines() == [
        "tiny: 4 of 4 cases passed",
        "  rules: 3 of 3 shown to apply, not to apply, and to stay open",
        "  conditions: 5; 5 made true, 4 made false, 5 made unknown",
        "  actions: 3 of 3 shown by a case",
        "  statements: 1 of 1 shown by a case",
        "  canaries: 7 of 7 wrongs done on purpose were noticed",
    ]


def test_a_failure_has_its_line_what_was_expected_the_condition_and_the_facts(tmp_path: Path) -> None:
    lines = examined_text(examined(tmp_path, WRONG), details=False).splitlines()
    file = shown_name(tmp_path / "tiny" / "tiny.cases.yaml")
    assert lines[:2] == [f"{file}:3: ill, and somebody is worried", f"  {file}:14: findings.many.applies"]
    assert lines[2:4] == ["    expected nothing", "    got `child`"]
    assert lines[4].startswith("    where the condition is: the number of concerns")
    assert lines[5].startswith("    because ")
    assert [each for each in lines if "canaries" in each] == []


def test_details_name_what_no_case_reaches(tmp_path: Path) -> None:
    text = examined_text(
        examined(tmp_path, GOOD.replace("    as_of:", "    reviewed: false\n    as_of:")), details=True
    )
    assert "never made true or false or unknown: " in text
    assert "    tiny:act: expected by no case\n" in text
    assert "    tiny:law/duty: no rule that cites it is shown to apply\n" in text
    assert "  generated cases that await a person's review, and show nothing yet: 4\n" in text
    assert "    tiny:r: no case shows applies or undetermined or does_not_apply\n" in text


def test_what_is_asked_for_decides_whether_it_passed(tmp_path: Path) -> None:
    few = GOOD.replace("actions: {should: [act, look], consider: [act, note]}", "problems: []")
    found = examined(tmp_path, few, mutants=True)
    assert found.mutants is not None
    share = found.mutants.share
    assert 0 < share < 1
    assert found.passed(least_share=share)
    assert not found.passed(least_share=share + 0.001)
    assert f"found out ({share:.3f})" in examined_text(found, details=False)
    assert str(found.mutants.survivors[0]) in examined_text(found, details=False)


def test_a_generated_case_fails_only_where_reviewed_ones_are_asked_for(tmp_path: Path) -> None:
    more = GOOD + GOOD[GOOD.index("  - title: nothing is known") :].replace(
        "nothing is known\n", "again\n    reviewed: false\n"
    )
    found = examined(tmp_path, more)
    assert found.passed()
    assert not found.passed(all_reviewed=True)


def test_the_tree_has_every_case_and_every_miss(tmp_path: Path) -> None:
    packs: Any = examined_tree([examined(tmp_path, WRONG)])["packs"]
    [pack] = packs
    assert [case["passed"] for case in pack["cases"]] == [False, True, True, True]
    assert pack["cases"][0]["misses"][0]["expected"] == "nothing"
    assert (pack["mutants"], pack["canaries"]) == (None, [])


def test_junit_has_a_case_for_each_case_and_for_each_rule_not_shown(tmp_path: Path) -> None:
    cases = WRONG.replace("r: {undetermined: [child]}, ", "")
    root = ElementTree.fromstring(junit_xml([examined(tmp_path, cases).run]))
    [suite] = root
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("tiny", "6", "3")
    failures = {case.get("name"): case[0].text or "" for case in suite if len(case)}
    assert set(failures) == {"ill, and somebody is worried", "outcomes of tiny:many", "outcomes of tiny:r"}
    assert "expected nothing\n  got `child`" in failures["ill, and somebody is worried"]
