"""`diff`: what two states of packs say differently, its whole text, its JSON, and its exit code."""

import json
from pathlib import Path

import pytest

from safeguard_rules.cli.exits import Exit
from tests.cli.calling import Caller
from tests.packs_in_text import Piece, action, definition, parameter, rule, write_pack

HURT = "{child.seriously_ill_or_hurt: true}"
OLD = (
    parameter("young", "2 months"),
    definition("hurt", HURT),
    rule("r", "hurt", "{must: act}"),
    rule("s", "{child.age: {less_than: young}}", "{should: watch}"),
    rule("gone", "{child.disabled: true}"),
    action("watch"),
)
NEW = (
    parameter("young", "3 months"),
    definition("hurt", f"{{any: [{HURT}, {{child.disabled: true}}]}}"),
    rule("r", "hurt", "{should: act}"),
    rule("s", "{child.age: {less_than: young}}", "{should: watch}"),
    action("watch"),
)
CASES = """\
language: 1
cases:
  - title: ill
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born, seriously_ill_or_hurt: true}, concerns: []}
    expect: {findings: {r: applies}}
"""
TEXT = """\
From old/tiny to new/tiny
  - tiny 0.1.0: does not mean the same

A “must” is lost
  Demand r: act, obligation: asks for less
    before  must: Do act
    after   should: Do act

In words: tiny
  Rule gone removed: asks for less
    before  Rule gone
  Definition hurt
    - condition: asks for more
      before  whether the child is seriously ill or hurt: yes
      after   either whether the child is seriously ill or hurt: yes, or whether the child has a disability or a delay
              in development: yes
      now also if: whether the child has a disability or a delay in development: yes
  Parameter young
    - value: asks for more
      before  2 months
      after   3 months

In cases
Tried 1 beside the packs; in 1 case some action is told differently.

  Weaker: a “must” is lost: Do act (tiny:act)
    was must; is should
    in 1 beside the packs; the smallest, cut down from “ill”:
      as_of: 2026-03-02
      child: {id: baby, seriously_ill_or_hurt: true}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in a folder with an old and a new state of a pack."""
    monkeypatch.chdir(tmp_path)
    state(tmp_path, "old", *OLD)
    state(tmp_path, "new", *NEW)
    return tmp_path


def state(folder: Path, name: str, *pieces: Piece) -> None:
    (folder / name).mkdir()
    home = write_pack(folder / name, *pieces)
    (home / "r.cases.yaml").write_text(CASES)


def test_the_whole_text(call: Caller) -> None:
    answer = call("diff", "old/tiny", "new/tiny", "--made", "0")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == TEXT


def test_made_cases_find_what_no_case_beside_the_packs_shows(call: Caller) -> None:
    tree = json.loads(call("diff", "old", "new", "--format", "json").out)
    tried = tree["cases"]["tried"]
    assert (tried["beside the packs"], tried["made"], tried["aimed"] > 20) == (1, 4, True)
    changes = {(each["kind"], each["action"]): each for each in tree["cases"]["changes"]}
    grown = changes["added", "tiny:watch"]
    assert (grown["before"]["said"], grown["after"]["said"]) == ("absent", "should")
    assert grown["seen"]["beside the packs"] == grown["seen"]["made"] == 0
    assert "child: {id: baby, born_on: 20" in grown["smallest"]
    again = json.loads(call("diff", "old", "new", "--format", "json").out)
    assert again == tree


def test_only_with_fail_on_loss_is_a_loss_a_failure(call: Caller, here: Path) -> None:
    state(here, "more", *NEW, rule("t", "{child.disabled: true}", "{consider: act}"))
    assert call("diff", "old", "new", "--fail-on-loss").code == Exit.NO
    assert call("diff", "new", "more", "--fail-on-loss").code == Exit.WORKED
    assert call("diff", "new", "old").code == Exit.WORKED


def test_what_is_the_same_says_so_and_is_no_proof(call: Caller) -> None:
    answer = call("diff", "old", "old", "--made", "0")
    assert answer.out == (
        "From old to old\n"
        "  - tiny 0.1.0: means the same, and nothing is different\n\n"
        "In cases\n"
        "Tried 1 beside the packs; in 0 cases some action is told differently.\n"
        "That no case shows a difference does not prove that there is none.\n"
    )


def test_cases_may_be_given_as_case_files_families_folders_and_cases_files(call: Caller, here: Path) -> None:
    (here / "cases").mkdir()
    child = "{id: %s, stage: born, born_on: 2025-12-20}"
    (here / "cases" / "one.yaml").write_text(f"as_of: 2026-03-05\nchild: {child % 'baby'}\n")
    (here / "cases" / "two.yaml").write_text(
        f"as_of: 2026-03-05\nchildren: [{{child: {child % 'a'}}}, {{child: {child % 'b'}}}]\n"
    )
    (here / "extra.cases.yaml").write_text(CASES.replace("title: ill", "title: given").replace("stage: born, ", ""))
    answer = call("diff", "old", "new", "--made", "0", "--cases", "cases", "--cases", "extra.cases.yaml")
    assert "Tried 1 beside the packs and 4 given; in 5 cases some action is told differently." in answer.out
    assert "  New: Do watch (tiny:watch)\n    was not there; is should\n    in 3 given" in answer.out


def test_a_case_without_a_day_takes_the_one_of_the_call(call: Caller, here: Path) -> None:
    (here / "one.yaml").write_text("child: {id: baby, stage: born, born_on: 2025-12-20}\n")
    words = ("diff", "old", "new", "--made", "0", "--cases", "one.yaml", "--format", "json", "--as-of")
    seen = []
    for day in ("2026-03-05", "2026-06-05"):
        tree = json.loads(call(*words, day).out)
        seen.append(tree["cases"]["differing"]["given"])
    assert seen == [1, 0]


def test_the_json_has_everything(call: Caller) -> None:
    tree = json.loads(call("diff", "old", "new", "--format", "json", "--made", "0").out)
    assert [each["name"] for each in tree["loses_must"]] == ["r: act"]
    (pack,) = tree["packs"]
    assert (pack["id"], pack["same_meaning"], len(pack["differences"])) == ("tiny", False, 4)
    (change,) = tree["cases"]["changes"]
    assert (change["kind"], change["before"]["said"], change["after"]["said"]) == ("weakened", "must", "should")
    assert change["titles"] == ["ill"]


def test_a_changed_copy_of_a_bundled_pack_takes_its_place(call: Caller, here: Path) -> None:
    bundled = Path(__file__).parents[2] / "rulepacks" / "safe_sleep"
    copy = here / "copy"
    (copy / "sources").mkdir(parents=True)
    for file in bundled.rglob("*.yaml"):
        (copy / file.relative_to(bundled)).write_bytes(file.read_bytes())
    main = copy / "pack.yaml"
    main.write_text(main.read_text().replace("version: 0.1.0", "version: 0.2.0"))
    answer = call("diff", str(bundled), "copy", "--made", "0")
    assert "  - safe-sleep 0.1.0 to 0.2.0: means the same\n" in answer.out


def test_two_files_of_one_locality_whatever_they_are_called(call: Caller, here: Path) -> None:
    bundled = Path(__file__).parents[2] / "rulepacks" / "localities" / "stoke-on-trent.yaml"
    for name, phone in (("old", "01782 235100"), ("new", "01782 000000")):
        (here / f"{name}.yaml").write_text(bundled.read_text("utf-8").replace("01782 235100", phone), encoding="utf-8")
    answer = call("diff", "old.yaml", "new.yaml", "--made", "0")
    assert (answer.code, answer.err) == (0, "")
    assert "In words: stoke-on-trent\n  Contact front_door\n    - phone: asks the same\n" in answer.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("old", "none"), 2, "there is no file or folder `none`"),
        (("old", "case.yaml"), 2, "there is no pack and no locality under `case.yaml`"),
        (("old", "new", "--cases", "none.yaml"), 2, "there is no file or folder `none.yaml`"),
        (("old", "new", "--made", "-1"), 2, "-1 is not in the range"),
        (("old", "broken"), 4, "unknown key `titel`"),
    ],
)
def test_what_is_wrong_is_told(call: Caller, here: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (here / "case.yaml").write_text("child: {id: baby}\n")
    state(here, "broken", *OLD)
    main = here / "broken" / "tiny" / "pack.yaml"
    main.write_text(main.read_text().replace("title: A tiny", "titel: A tiny"))
    answer = call("diff", *words)
    assert answer.code == code
    assert said in answer.err
