"""Skeletons: nothing in them is invented, all says that it is an example, and it is always the same."""

from pathlib import Path

import pytest

from safeguard_rules import Rulebook
from safeguard_rules.packs.skeletons import (
    Files,
    locality_skeleton,
    pack_skeleton,
    rule_skeleton,
    source_skeleton,
)
from safeguard_rules.reading.files import read_node
from safeguard_rules.reading.nodes import MapNode
from safeguard_rules.source import Issue, Text, draw
from safeguard_rules.testing.runner import run_cases

AWKWARD = ["Mine", "Mine: the best", "1 & 2", "true", 'The "Old" Town', "Côte d’Azur", "- x", "a #b", "it's"]
ALL: dict[str, Files] = {
    "pack": pack_skeleton("mine", "Mine"),
    "rule": rule_skeleton("a-rule"),
    "cited": rule_skeleton("a-rule", ["policy/first", "guidance:pack-proposals/at-once"]),
    "source": source_skeleton("a-policy"),
    "locality": locality_skeleton("exampleshire", "Exampleshire"),
}


def write(folder: Path, files: Files) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("what", ALL)
def test_every_file_is_read_without_a_complaint_and_no_marker_is_left(what: str) -> None:
    for name, text in ALL[what].items():
        issues: list[Issue] = []
        assert read_node(Text(name, text), issues) is not None
        assert (issues, text.endswith("\n"), max(map(len, text.splitlines())) <= 120) == ([], True, True)
        assert not {"<ID>", "<TITLE>", "<CITES>", "<STATEMENT>", "<SOURCES>"} & {*text.split(), *text.split("`")}


@pytest.mark.parametrize("title", AWKWARD)
def test_a_title_is_read_back_as_it_was_given(title: str) -> None:
    for files, name in ((pack_skeleton("mine", title), "pack.yaml"), (locality_skeleton("here", title), "here.yaml")):
        root = read_node(Text(name, files[name]), [])
        assert isinstance(root, MapNode)
        assert getattr(root.get("title"), "text", None) == title


@pytest.mark.parametrize("title", AWKWARD)
def test_a_new_pack_loads_without_a_warning_and_its_cases_show_everything(title: str, tmp_path: Path) -> None:
    home = write(tmp_path / "mine", pack_skeleton("mine", title))
    assert draw(Rulebook.load([home]).warnings) == ""
    run = run_cases(home)
    assert (run.passed, len(run.results)) == (True, 3)


def test_more_rules_and_sources_find_their_place_in_a_pack(tmp_path: Path) -> None:
    home = write(tmp_path / "mine", pack_skeleton("mine", "Mine"))
    write(write(home, rule_skeleton("second")), source_skeleton("a-policy"))
    write(home, rule_skeleton("third", ["second-placeholder/placeholder"]))
    run = run_cases(home)
    assert (run.passed, [rule.rule for rule in run.coverage]) == (True, ["mine:example", "mine:second", "mine:third"])


def test_no_statement_claims_that_guidance_says_it(tmp_path: Path) -> None:
    home = write(tmp_path / "mine", {**pack_skeleton("mine", "Mine"), **source_skeleton("a-policy")})
    content = Rulebook.load([home]).content
    own = [statement for name, statement in content.statements.items() if name.startswith("mine:")]
    assert [(each.force, each.says.startswith("EXAMPLE, to be replaced.")) for each in own] == [("proposal", True)]
    rule = content.rules["mine:example"].forms[0]
    assert [demand.obligation for demand in rule.demands] == ["consider"]
    assert "example" in content.actions["mine:example"].do


def test_a_statement_of_a_new_source_cannot_be_cited_before_somebody_wrote_it() -> None:
    (text,) = ALL["source"].values()
    assert "    not_yet: " in text
