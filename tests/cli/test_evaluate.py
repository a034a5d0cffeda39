"""`evaluate`: which setting wins, both forms, families, and the standard input."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.engine.rulebook import Rulebook
from tests.cli.calling import CASE, FAMILY, Caller


def used(printed: str) -> list[str]:
    """The lines of what was used, without packs and engine."""
    lines = printed.partition("\nWhat was used\n")[2].splitlines()
    return [line[4:] for line in lines if line.startswith(("  - date", "  - area", "  - asked"))]


def test_the_text_leads_with_what_to_do_and_is_plain(call: Caller) -> None:
    answer = call("evaluate", call.write("case.yaml", CASE))
    assert answer.code == 0
    assert answer.err == ""
    assert "\x1b" not in answer.out
    header, _, rest = answer.out.partition("\n\nWhat to do now\n")
    assert header.startswith("The baby, 2 March 2026, in Wiltshire, asked by: health visitor")
    assert rest.startswith("  MUST      Report it to children's social care by phone")


def test_what_stands_in_the_file_is_used_and_said(call: Caller) -> None:
    assert used(call("evaluate", call.write("case.yaml", CASE)).out) == [
        "date: 2 March 2026, from the case file",
        "area: wiltshire, from the case file",
        "asked by: health visitor, from the case file",
    ]


def test_the_command_line_wins_over_the_file(call: Caller) -> None:
    path = call.write("case.yaml", CASE)
    options = ["--as-of", "2026-03-03", "--locality", "stoke-on-trent", "--role", "midwife"]
    assert used(call("evaluate", path, *options).out) == [
        "date: 3 March 2026, from the command line",
        "area: stoke-on-trent, from the command line",
        "asked by: midwife, from the command line",
    ]


def test_without_a_date_it_is_today_by_the_uk_clock(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safeguard_rules.cli.settings.uk_day", lambda _: __import__("datetime").date(2026, 6, 1))
    answer = call("evaluate", call.write("case.yaml", "child: {id: baby}\n"))
    assert used(answer.out) == ["date: 1 June 2026, from today's date, for no other was given"]
    assert "no area given" in answer.out.splitlines()[0]


def test_json_is_what_the_library_writes(call: Caller) -> None:
    path = call.write("case.yaml", CASE)
    answer = call("evaluate", path, "--format", "json")
    expected = Rulebook.load(locality="wiltshire").evaluate(Case.read(path), as_of="2026-03-02", role="health_visitor")
    assert answer.out == expected.to_json()
    assert json.loads(answer.out)["record"]["role"] == "health_visitor"


def test_only_some_packs_can_be_used(call: Caller) -> None:
    path = call.write("case.yaml", "as_of: 2026-03-02\nchild: {id: b}\n")
    answer = call("evaluate", path, "--packs", "unassessed-male-carers")
    assert "unassessed-male-carers 0.1.0" in answer.out
    assert "consent-clarity" not in answer.out
    assert "packs asked for: unassessed-male-carers, from the command line" in answer.out


def test_all_lists_every_question_and_finding(call: Caller) -> None:
    path = call.write("case.yaml", CASE)
    short, long = call("evaluate", path).out, call("evaluate", path, "--all").out
    assert " more: " in short
    assert "Not decided" not in short
    assert "Not decided" in long
    assert "Does not apply" in long


def test_next_says_when_it_changes_by_itself(call: Caller) -> None:
    answer = call("evaluate", call.write("case.yaml", CASE), "--next")
    assert "When this changes by itself" in answer.out


def test_next_names_the_children_of_a_family(call: Caller) -> None:
    printed = call("evaluate", call.write("family.yaml", FAMILY), "--next").out
    assert "When this changes by itself for Tom" in printed
    assert "When this changes by itself for ann" in printed


def test_an_empty_case_gives_questions_and_no_assurance(call: Caller) -> None:
    answer = call("evaluate", call.write("case.yaml", "as_of: 2026-03-02\n"))
    assert answer.code == 0
    assert "This is no assurance" in answer.out
    assert "  3. " in answer.out
    assert " more: " in answer.out
    assert "  4. " not in answer.out


def test_a_family_gives_one_list_and_each_child(call: Caller) -> None:
    path = call.write("family.yaml", FAMILY)
    printed = call("evaluate", path).out
    assert printed.startswith("Tom and ann, 2 March 2026, in Wiltshire")
    assert printed.count("What to do now") == 1
    assert "(Tom" in printed
    tree = json.loads(call("evaluate", path, "--format", "json").out)
    assert sorted(tree["children"]) == ["ann", "tom"]
    assert tree["actions"][0]["children"]


@pytest.mark.parametrize("text", [CASE, json.dumps({"as_of": "2026-03-02", "child": {"id": "baby"}})])
def test_a_case_can_come_from_the_standard_input(text: str, call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    answer = call("evaluate", "-")
    assert answer.code == 0
    assert ", 2 March 2026" in answer.out.splitlines()[0]


def test_bytes_that_are_no_text_are_an_invalid_case(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"child: \xff")))
    answer = call("evaluate", "-")
    assert answer.code == 3
    assert "stdin: expected text in UTF-8" in answer.err


# --- the cache of packs


def kept(folder: Path) -> list[str]:
    """The names of what lies in a cache."""
    return sorted(each.suffix for each in folder.rglob("*") if each.is_file())


def test_packs_are_kept_where_the_caller_says_and_the_answer_is_the_same(call: Caller, tmp_path: Path) -> None:
    case, cache = call.write("case.yaml", CASE), tmp_path / "cache"
    answers = [call("evaluate", case), *(call("evaluate", case, "--cache", str(cache)) for _ in range(2))]
    assert kept(cache) == [".json"]
    assert len(set(answers)) == 1
    assert answers[0].code == 0


def test_the_environment_may_say_where_and_the_command_line_may_say_no(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, cache = call.write("case.yaml", CASE), tmp_path / "cache"
    monkeypatch.setenv("SAFEGUARD_RULES_CACHE", str(cache))
    assert call("evaluate", case, "--cache", "off").code == 0
    assert not cache.exists()
    assert call("evaluate", case).code == 0
    assert kept(cache) == [".json"]


@pytest.mark.parametrize("value", ["", "off"])
def test_nothing_is_kept_where_nobody_says_where(
    value: str, call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = call.write("case.yaml", CASE)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAFEGUARD_RULES_CACHE", value)
    assert call("evaluate", case).code == 0
    assert sorted(tmp_path.rglob("*")) == before
