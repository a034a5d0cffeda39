"""`check`: everything that is wrong, at its place, in one go."""

import json
from pathlib import Path

from tests.cli.calling import BROKEN, CASE, FAMILY, Caller

RULEPACKS = Path(__file__).parents[2] / "rulepacks"


def test_the_bundled_packs_and_localities_are_in_order(call: Caller) -> None:
    answer = call("check")
    assert answer.code == 0
    assert "checked 11 packs and 2 localities: no errors" in answer.out


def test_a_broken_case_is_drawn_and_the_answer_is_no(call: Caller) -> None:
    answer = call("check", call.write("case.yaml", BROKEN))
    assert answer.code == 1
    assert "case.yaml:1:19: unknown key `sage`\n" in answer.out
    assert answer.out.endswith("checked 1 case file: 1 error\n")


def test_a_folder_is_looked_through_and_what_is_no_case_is_named(call: Caller) -> None:
    call.write("cases/one.yaml", CASE)
    call.write("cases/more/family.yaml", FAMILY)
    call.write("cases/result.json", '{"record": 1}')
    call.write("cases/broken.yaml", BROKEN)
    call.write("cases/.hidden.yaml", BROKEN)
    answer = call("check", str(call.folder / "cases"))
    assert answer.code == 1
    assert "passed over, with nothing of a case in it: " in answer.out
    assert answer.out.endswith("checked 3 case files: 1 error\n")


def test_a_pack_is_found_by_its_folder_and_by_its_files(call: Caller) -> None:
    pack = call.write("mine/pack.yaml", "language: 1\npack: mine\ntitle: Mine\nversion: 0.1.0\nstatus: drat\n")
    for path in (pack, str(call.folder / "mine"), str(call.folder)):
        answer = call("check", path)
        assert answer.code == 1
        assert "pack.yaml:5:9: " in answer.out
        assert "did you mean `draft`?" in answer.out
        assert "checked 1 pack: 1 error" in answer.out


def test_a_bundled_pack_is_checked_where_it_lies(call: Caller) -> None:
    answer = call("check", str(RULEPACKS / "consent_clarity"), str(RULEPACKS / "consent_clarity" / "pack.yaml"))
    assert answer.code == 0
    assert "checked 1 pack: no errors" in answer.out


def test_a_localitys_file_is_checked_against_the_bundled_packs(call: Caller) -> None:
    text = (RULEPACKS / "localities" / "wiltshire.yaml").read_text(encoding="utf-8")
    assert call("check", call.write("wiltshire.yaml", text)).code == 0
    broken = call.write("elsewhere.yaml", text.replace("contacts:\n  front_door:", "contacts:\n  back_door:", 1))
    answer = call("check", broken)
    assert answer.code == 1
    assert "checked 1 locality: " in answer.out


def test_json_lists_the_issues_with_their_places(call: Caller) -> None:
    answer = call("check", call.write("case.yaml", BROKEN), "--format", "json")
    tree = json.loads(answer.out)
    assert answer.code == 1
    assert (tree["errors"], tree["warnings"], tree["checked"]["cases"]) == (1, 0, 1)
    assert (tree["issues"][0]["line"], tree["issues"][0]["column"], tree["issues"][0]["code"]) == (1, 19, "unknown-key")


def test_a_part_of_a_pack_without_its_pack_is_a_wrong_call(call: Caller) -> None:
    answer = call("check", call.write("alone.rules.yaml", "language: 1\n"))
    assert answer.code == 2
    assert "belongs to a pack" in answer.err


def test_a_folder_with_nothing_to_check_is_a_wrong_call(call: Caller) -> None:
    call.write("notes/readme.txt", "nothing")
    assert call("check", str(call.folder / "notes")).code == 2


AGED = "language: 1\npack: aged\ntitle: Aged\nversion: 0.1.0\nstatus: draft\nreview_by: 2026-03-02\n"


def test_an_overdue_review_is_a_warning_on_later_days(call: Caller) -> None:
    pack = call.write("aged/pack.yaml", AGED)
    assert call("check", pack, "--as-of", "2026-03-02").out == "checked 1 pack: no errors\n"
    answer = call("check", pack, "--as-of", "2026-03-03")
    assert answer.code == 0
    assert "pack.yaml:6:12: warning: the pack `aged` was to be looked through again by 2026-03-02\n" in answer.out
    assert answer.out.endswith("checked 1 pack: no errors and 1 warning\n")
    assert json.loads(call("check", pack, "--format", "json").out)["warnings"] == 1
