"""`test`: the cases of packs from the command line."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from safeguard_rules.testing.mutants import Mutant
from tests.cli.calling import Caller
from tests.testing.packs import GOOD, folder_with


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A pack whose cases all pass."""
    return folder_with(tmp_path / "packs", GOOD)


def test_all_bundled_packs_and_localities_are_tested(call: Caller) -> None:
    answer = call("test")
    assert answer.code == 0
    named = [line.partition(":")[0] for line in answer.out.splitlines() if "cases passed" in line]
    assert named[-3:] == ["stoke-on-trent", "wiltshire", "all together"]
    assert len(named) == 13
    assert "NOT" not in answer.out


def test_a_pack_is_tested_by_id_by_folder_and_a_locality_by_its_file(call: Caller, home: Path) -> None:
    local = Path(__file__).parents[2] / "rulepacks" / "localities" / "wiltshire.yaml"
    answer = call("test", "lived-experience", str(home), str(local))
    assert answer.code == 0
    named = [line.partition(":")[0] for line in answer.out.splitlines() if "cases passed" in line]
    assert named == ["lived-experience", "tiny", "wiltshire", "all together"]


def test_a_failing_case_answers_no_and_the_file_for_build_servers_is_written(call: Caller, home: Path) -> None:
    cases = home / "tiny.cases.yaml"
    cases.write_text(cases.read_text().replace("no_actions: [act, look]", "questions: [concerns]"))
    junit = call.folder / "cases.xml"
    answer = call("test", str(home), "--junit", str(junit))
    assert answer.code == 1
    assert "expected a question for `concerns`" in answer.out
    assert ElementTree.parse(junit).getroot()[0].get("failures") == "1"
    assert list(call.folder.glob(".*")) == []


def test_mutants_are_counted_and_too_few_noticed_answer_no(call: Caller, home: Path) -> None:
    assert "  mutants: 19 of 19 found out (1.000)\n" in call("test", str(home), "--mutants").out
    cases = home / "tiny.cases.yaml"
    cases.write_text(cases.read_text().replace("actions: {should: [act, look], consider: [act, note]}", "problems: []"))
    answer = call("test", str(home), "--min-share", "1")
    assert answer.code == 1
    assert "    survived: tiny:" in answer.out


def test_wrongs_that_only_unreviewed_cases_notice_do_not_count(call: Caller, home: Path) -> None:
    cases = home / "tiny.cases.yaml"
    cases.write_text(cases.read_text().replace("    as_of:", "    reviewed: false\n    as_of:"))
    assert "  mutants: 0 of 19 found out (0.000)\n" in call("test", str(home), "--mutants").out


def test_json_has_everything(call: Caller, home: Path) -> None:
    answer = call("test", str(home), "--format", "json", "--mutants")
    [pack] = json.loads(answer.out)["packs"]
    assert [case["passed"] for case in pack["cases"]] == [True] * 4
    assert pack["mutants"]["killed"] > 10
    assert all(canary["caught"] for canary in pack["canaries"])


def test_a_canary_that_is_not_noticed_answers_no(call: Caller, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(*_: object) -> tuple[Mutant, ...]:
        return (Mutant("nowhere", "nothing is done", lambda content: content),)

    monkeypatch.setattr("safeguard_rules.testing.canaries.mutants", blind)
    answer = call("test", str(home))
    assert answer.code == 1
    assert "    not noticed: a pack with one wrong in it (nowhere: nothing is done)\n" in answer.out


def test_misspelt_expectations_are_drawn_at_their_place(call: Caller, home: Path) -> None:
    cases = home / "tiny.cases.yaml"
    cases.write_text(cases.read_text().replace("many: {undetermined", "mani: {undetermined"))
    answer = call("test", str(home))
    assert answer.code == 4
    assert "did you mean `many`?" in answer.err


def test_a_folder_that_is_not_there_is_told(call: Caller) -> None:
    assert call("test", "./nowhere").code == 2
    assert call("test", "lived-experienc").err == (
        "error: there is no pack `lived-experienc`; did you mean `lived-experience`?\n"
    )
    answer = call("test", "lived-experience", "--junit", str(call.folder / "no" / "cases.xml"))
    assert (answer.code, "there is no folder" in answer.err) == (2, True)
