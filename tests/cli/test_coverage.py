"""`coverage`: its forms, its filters, and its exit code."""

import json
from pathlib import Path

import pytest

from safeguard_rules.cli.exits import Exit
from tests.cli.calling import Caller
from tests.packs.accounted import write, write_here


@pytest.fixture
def mine(tmp_path: Path) -> list[str]:
    """The words that name a pack of one's own with its locality."""
    return ["--packs", f"{write(tmp_path)}/", "--locality", str(write_here(tmp_path))]


def test_without_a_source_there_is_a_table_and_what_is_unaccounted_for(mine: list[str], call: Caller) -> None:
    answer = call("coverage", *mine)
    assert "  policy  read in part   14        7         2       1        1      1        2      4\n" in answer.out
    assert "- policy/nobody: Nothing cites it, and it says neither left_to_people nor not_yet.\n" in answer.out
    assert "Rules that carry" not in answer.out


def test_a_statement_that_is_unaccounted_for_makes_the_answer_no_in_every_form(mine: list[str], call: Caller) -> None:
    for form in ("text", "json", "markdown"):
        assert call("coverage", *mine, "--format", form).code == Exit.NO
    assert call("coverage", "policy", *mine).code == Exit.NO
    assert call("coverage", "law", "advice", *mine).code == Exit.WORKED


def test_only_shows_less_and_leaves_the_exit_code(mine: list[str], call: Caller) -> None:
    answer = call("coverage", *mine, "--only", "not-yet", "--only", "left-to-people")
    assert answer.code == Exit.NO
    assert "  later: not yet\n" in answer.out
    assert "  background: left to people\n" in answer.out
    assert "  zebra: carried\n" not in answer.out


def test_everything_bundled_is_accounted_for(call: Caller) -> None:
    answer = call("coverage")
    assert answer.code == Exit.WORKED
    assert "none unaccounted for" in answer.out
    assert "\nNot accounted for\n" not in answer.out


def test_as_json_the_rules_stand_once_with_their_cases(mine: list[str], call: Caller) -> None:
    tree = json.loads(call("coverage", "policy", *mine, "--format", "json").out)
    assert [source["source"] for source in tree["sources"]] == ["policy"]
    assert tree["counts"]["not_accounted_for"] == 2
    report = next(rule for rule in tree["rules"] if rule["rule"] == "tiny:report")
    assert [case["outcomes"] for case in report["cases"]] == [
        ["applies"],
        ["does_not_apply"],
        ["not_in_force"],
        ["applies"],
    ]


def test_as_markdown_a_named_source_is_told_in_full_and_all_together_in_tables(mine: list[str], call: Caller) -> None:
    full = call("coverage", "policy", *mine, "--format", "markdown").out
    short = call("coverage", *mine, "--format", "markdown").out
    assert "\n### `zebra`: carried\n" in full
    assert "\n- applies: a cold baby (tiny, `tiny.cases.yaml`)\n" in full
    assert "\n| `zebra` | page 1; must; from 1 January 2026; to 31 December 2027 | Report it. | carried: " in short
