"""`sign-off`: who reviewed a pack, written into it without touching anything else."""

from pathlib import Path

import pytest

from tests.cli.calling import Caller
from tests.packs_in_text import definition, rule, write_pack

RULEPACKS = Path(__file__).parents[2] / "rulepacks"
WHO = "designated doctor, “Exampleshire”"
PIECES = (definition("d", "{child.disabled: true}"), rule("r", "d"))
CASES = """\
language: 1
cases:
  - title: disabled
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born, disabled: true}}
    expect: {findings: {r: {OUTCOME: [child]}}}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A pack that can be signed off."""
    return write_pack(tmp_path, *PIECES)


def test_it_is_written_into_the_pack_and_holds(call: Caller, home: Path) -> None:
    before = (home / "pack.yaml").read_text()
    answer = call("sign-off", str(home), "--by", WHO, "--on", "2026-03-02")
    assert answer.code == 0
    assert f"tiny: reviewed by {WHO} on 2 March 2026, written into " in answer.out
    lines = (home / "pack.yaml").read_text().splitlines()
    at = lines.index("status: reviewed")
    assert lines[at + 1 : at + 4] == ["reviewed:", f'  by: "{WHO}"', "  day: 2026-03-02"]
    assert [*lines[:at], "status: draft", *lines[at + 5 :]] == before.splitlines()
    assert "(tiny 0.1.0, reviewed)" in call("packs", "show", str(home)).out


def test_a_second_one_replaces_the_first_and_keeps_comments_and_line_ends(call: Caller, home: Path) -> None:
    main = home / "pack.yaml"
    text = "# ours\n" + main.read_text().replace("status: draft\n", "status: 'draft'   # for now\n")
    main.write_bytes(text.replace("\n", "\r\n").encode())
    call("sign-off", str(home), "--by", "one")
    assert call("sign-off", str(home), "--by", "two").code == 0
    written = main.read_bytes().decode()
    assert written.count("\n") == written.count("\r\n")
    assert written.startswith("# ours\r\n")
    assert 'status: reviewed   # for now\r\nreviewed:\r\n  by: "two"\r\n' in written
    assert written.count("reviewed:") == 1


def test_a_dry_run_prints_it_and_writes_nothing(call: Caller, home: Path) -> None:
    before = (home / "pack.yaml").read_text()
    answer = call("sign-off", str(home), "--by", WHO, "--dry-run")
    assert "status: reviewed\nreviewed:\n" in answer.out
    assert (home / "pack.yaml").read_text() == before


def test_a_locality_can_be_signed_off_by_its_file(call: Caller, tmp_path: Path) -> None:
    stoke = RULEPACKS / "localities" / "stoke-on-trent.yaml"
    local = tmp_path / "stoke-on-trent.yaml"
    local.write_bytes(stoke.read_bytes())
    answer = call("sign-off", str(local), "--by", WHO)
    assert (answer.code, answer.err) == (0, "")
    assert "status: reviewed\n" in local.read_text()


def test_a_pack_whose_case_fails_is_not_signed_off(call: Caller, home: Path) -> None:
    (home / "r.cases.yaml").write_text(CASES.replace("OUTCOME", "does_not_apply"))
    answer = call("sign-off", str(home), "--by", WHO)
    assert answer.code == 1
    assert "not signed off: 1 case of tiny failed\n" in answer.out
    assert "status: draft\n" in (home / "pack.yaml").read_text()


def test_a_skeleton_is_not_signed_off_before_all_of_it_is_replaced(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call("new", "pack", "mine")
    before = (tmp_path / "mine" / "pack.yaml").read_text()
    answer = call("sign-off", "mine", "--by", WHO)
    assert answer.code == 1
    first, *places = answer.out.splitlines()
    assert first == f"not signed off: {len(places)} examples of mine to be replaced"
    assert {"  mine/pack.yaml:11", "  mine/example.rules.yaml:6"} <= set(places)
    assert (tmp_path / "mine" / "pack.yaml").read_text() == before


def test_a_broken_pack_is_not_signed_off(call: Caller, home: Path) -> None:
    main = home / "pack.yaml"
    main.write_text(main.read_text().replace("when: d", "when: dd"))
    assert call("sign-off", str(home), "--by", WHO).code == 4
    assert "status: draft\n" in main.read_text()


def test_a_file_that_cannot_be_changed_safely_is_left_alone(call: Caller, home: Path) -> None:
    main = home / "pack.yaml"
    text = main.read_text().replace("status: draft\n", "status:\n  draft\n")
    main.write_text(text)
    answer = call("sign-off", str(home), "--by", WHO, "--on", "2026-03-02")
    assert answer.code == 2
    assert "write into it:\nstatus: reviewed\nreviewed:\n" in answer.err
    assert main.read_text() == text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "  "), "--by: expected who reviewed it, got nothing"),
        (("--by", "a lead", "--on", "soon"), "--on: expected a day such as 2026-11-22, got `soon`"),
    ],
)
def test_a_wrong_call_says_what_was_expected(call: Caller, home: Path, arguments: tuple[str, ...], said: str) -> None:
    answer = call("sign-off", str(home), *arguments)
    assert (answer.code, answer.err) == (2, f"error: {said}\n")


def test_a_path_without_a_pack_is_told(call: Caller, tmp_path: Path) -> None:
    answer = call("sign-off", str(tmp_path / "none"), "--by", "a lead")
    assert answer.code == 2
    assert "there is no pack and no locality at" in answer.err
