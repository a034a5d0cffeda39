"""What has no days of its own rests, on each day on which a rule uses it, on a statement that holds on that day."""

from pathlib import Path
from textwrap import dedent

import pytest

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.packs.loading import load
from tests.packs_in_text import Piece, case, definition, no_bundled_packs, rule, write_pack

NEWS = """
    language: 1
    source: news
    title: New advice
    publisher: A board
    force: local policy
    known: read in full
    statements:
      before: {at: page 1, says: It is to be thought of., to: 2026-03-01}
      first: {at: page 1, says: It is to be done., from: 2026-03-02}
    """
SINCE = "from: 2026-03-02"


def rulebook(folder: Path, *pieces: Piece, cited: str) -> Rulebook:
    """A tiny pack whose action cites other statements, beside those of the registers."""
    home = write_pack(folder, *pieces)
    (home / "sources" / "news.yaml").write_text(dedent(NEWS).lstrip(), encoding="utf-8")
    text = (home / "pack.yaml").read_text(encoding="utf-8")
    before, action, after = text.partition("    cites: [law/duty]")
    (home / "pack.yaml").write_text(f"{before}    cites: [{cited}]{after}", encoding="utf-8")
    assert action
    return Rulebook(load([home], None, no_bundled_packs()))


def complaints(folder: Path, *pieces: Piece, cited: str) -> list[str]:
    try:
        rulebook(folder, *pieces, cited=cited)
    except PackError as error:
        return [issue.code for issue in error.issues]
    return []


CITED = [
    ("news/first", "", True),
    ("news/first", SINCE, False),
    ("news/first", "from: 2026-03-03", False),
    ("news/first", "from: 2026-03-01", True),
    ("news/first, law/duty", "", False),
    ("news/first, news/before", "", False),
    ("news/before", "", True),
    ("news/before", "to: 2026-03-01", False),
]


@pytest.mark.parametrize(("cited", "more", "refused"), CITED)
def test_an_action_rests_on_something_on_each_day_of_its_rules(
    cited: str, more: str, refused: bool, tmp_path: Path
) -> None:
    found = complaints(tmp_path, rule("r", "always", more=more), cited=cited)
    assert found == (["rests-on-nothing"] if refused else [])


def test_an_action_that_no_rule_wants_may_cite_what_comes_later(tmp_path: Path) -> None:
    assert complaints(tmp_path, cited="news/first") == []


@pytest.mark.parametrize(
    ("more", "refused"),
    [("", False), ("while_unknown: {value: true, cites: [news/first]}", True)],
)
def test_a_definition_and_what_it_assumes_rest_on_something_too(more: str, refused: bool, tmp_path: Path) -> None:
    pieces = (definition("d", "{child.disabled: true}", more=more), rule("r", "{not: {not: d}}"))
    assert complaints(tmp_path, *pieces, cited="law/duty") == (["rests-on-nothing"] if refused else [])


def test_definitions_in_a_circle_are_told_and_not_followed(tmp_path: Path) -> None:
    pieces = (definition("d", "e"), definition("e", "d"), rule("r", "d"))
    assert complaints(tmp_path, *pieces, cited="news/first") == ["cycle"]


@pytest.mark.parametrize(
    ("day", "cited"),
    [("2026-03-01", ["tiny:law/duty"]), ("2026-03-02", ["tiny:news/first", "tiny:law/duty"])],
)
def test_a_result_shows_the_citations_of_its_day(day: str, cited: list[str], tmp_path: Path) -> None:
    book = rulebook(tmp_path, rule("r", "always"), cited="news/first, law/duty")
    (action,) = book.evaluate(case(), as_of=day).actions
    assert [each.statement for each in action.citations] == cited
