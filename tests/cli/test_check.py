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


# --- what is no error: warnings and notes

PACK = """\
language: 1
pack: mine
title: Mine
version: 0.1.0
status: draft
uses: [guidance]
actions:
  wait: {do: Wait, cites: [guidance:pack-proposals/at-once]}
rules:
  mark:
    title: Report a mark
    when: {child.disabled: true}
    then:
      - should: report-to-social-care
        within: {time: at once, basis: proposed, cites: [guidance:pack-proposals/at-once]}
    because: Somebody else has to look at it.
    cites: [guidance:pack-proposals/report-everywhere]
"""
ACCEPTED = PACK.replace("Wait, cites", "Wait, accept: {unused: It is for others.}, cites")


def test_the_bundled_packs_have_nothing_to_ask_about_that_is_not_answered(call: Caller) -> None:
    assert call("check", "--strict").code == 0


def test_a_warning_is_shown_and_is_wrong_only_where_that_is_wanted(call: Caller) -> None:
    pack = call.write("mine/pack.yaml", PACK)
    answer = call("check", pack)
    assert answer.code == 0
    assert "pack.yaml:8:3: warning: no rule recommends the action `wait`\n" in answer.out
    assert answer.out.endswith("checked 1 pack: no errors, 1 warning and 1 note; `--notes` shows the notes\n")
    assert call("check", pack, "--strict").code == 1


def test_notes_are_counted_and_shown_where_they_are_wanted(call: Caller) -> None:
    pack = call.write("mine/pack.yaml", ACCEPTED)
    assert "note:" not in call("check", pack).out
    answer = call("check", pack, "--notes", "--strict")
    assert answer.code == 0
    assert "pack.yaml:14:17: note: the time `at once` is the pack's own proposal; no source states it\n" in answer.out
    assert answer.out.endswith("checked 1 pack: no errors and 1 note\n")


def test_json_has_notes_and_what_is_accepted_with_its_reason(call: Caller) -> None:
    tree = json.loads(call("check", call.write("mine/pack.yaml", ACCEPTED), "--format", "json").out)
    assert (tree["errors"], tree["warnings"], tree["notes"]) == (0, 0, 1)
    assert [issue["code"] for issue in tree["issues"]] == ["proposed-time"]
    assert [(each["code"], each["why"]) for each in tree["accepted"]] == [("unused", "It is for others.")]


def test_sarif_has_everything(call: Caller) -> None:
    answer = call("check", call.write("mine/pack.yaml", ACCEPTED), "--format", "sarif")
    (run,) = json.loads(answer.out)["runs"]
    assert [(each["ruleId"], "suppressions" in each) for each in run["results"]] == [
        ("proposed-time", False),
        ("unused", True),
    ]


def test_github_gets_commands_and_the_summary(call: Caller) -> None:
    pack = call.write("mine/pack.yaml", PACK)
    lines = call("check", pack, "--format", "github").out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::warning", "checked"]
    lines = call("check", pack, "--format", "github", "--notes").out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::warning", "::notice", "checked"]
    answer = call("check", call.write("case.yaml", BROKEN), "--format", "github")
    assert answer.code == 1
    assert answer.out.startswith("::error file=")


def test_a_used_pack_is_for_its_own_authors_to_mend(call: Caller) -> None:
    shared = PACK.replace("pack: mine", "pack: shared")
    call.write("shared/pack.yaml", shared)
    call.write("mine/pack.yaml", ACCEPTED)
    assert "warning" not in call("check", str(call.folder / "mine")).out
    assert "1 warning" in call("check", str(call.folder / "shared")).out


def test_the_cases_beside_a_locality_lead_to_it(call: Caller) -> None:
    answer = call("check", str(RULEPACKS / "localities" / "wiltshire.cases.yaml"))
    assert answer.code == 0
    assert answer.out.startswith("checked 1 locality: no errors")


MISSPELT = """language: 1
cases:
  - title: a case
    as_of: 2026-03-02
    given: {child: {id: baby, stage: born}}
    expect:
      findings: {%s: applies}
"""


def test_the_cases_beside_a_pack_or_locality_are_checked_with_it(call: Caller) -> None:
    call.write("mine/pack.yaml", PACK)
    call.write("mine/mine.cases.yaml", MISSPELT % "lookd-at")
    answer = call("check", str(call.folder / "mine"))
    assert answer.code == 1
    assert "mine.cases.yaml:7:28: there is no rule `lookd-at`" in answer.out
    text = (RULEPACKS / "localities" / "wiltshire.yaml").read_text(encoding="utf-8")
    locality = call.write("wiltshire.yaml", text)
    call.write("wiltshire.cases.yaml", MISSPELT % "consent-clarity:no-such-rule")
    answer = call("check", locality)
    assert answer.code == 1
    assert "there is no rule `consent-clarity:no-such-rule`" in answer.out
