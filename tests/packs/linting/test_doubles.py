"""What is said twice, in one pack or in two."""

from pathlib import Path

import pytest

from safeguard_rules.packs.linting.table import lint
from safeguard_rules.packs.loading import load as load_packs
from tests.packs.linting.linted import codes
from tests.packs_in_text import action, definition, no_bundled_packs, rule, write_pack

D = "{child.disabled: true}"
NEXT_YEAR, LAST_YEAR = "from: 2026-01-01", "to: 2025-12-31"


@pytest.mark.parametrize(
    ("then", "more", "same"),
    [
        ("{should: act}", "", True),
        ("{should: act, how: by phone}", "", True),
        ("{must: act}", "", False),
        ("{should: act}, {should: ring}", "", False),
        ("{should: act}", "stage: unborn", False),
        ("{should: act}", "for: [health]", False),
        ("{should: act}", NEXT_YEAR, True),
    ],
)
def test_rules_that_say_the_same(then: str, more: str, same: bool, tmp_path: Path) -> None:
    when = "{some: {of: concern}}"
    pieces = [rule("r", when), rule("s", when, then, more), *([action("ring")] if "ring" in then else [])]
    assert codes(tmp_path, *pieces) == (["same-rule"] if same else [])


def test_rules_on_other_days_are_not_the_same(tmp_path: Path) -> None:
    assert codes(tmp_path, rule("r", D, more=LAST_YEAR), rule("s", D, more=NEXT_YEAR)) == []


def test_definitions_are_the_same_only_with_what_is_assumed(tmp_path: Path) -> None:
    both = rule("r", "{all: [a, {some: {of: injury}}]}"), rule("s", "{all: [b, {some: {of: concern}}]}")
    assert codes(tmp_path / "a", definition("a", D), definition("b", D), *both) == ["same-definition"]
    taken = "while_unknown: {value: true, cites: [ours/choice]}"
    assert codes(tmp_path / "b", definition("a", D), definition("b", D, more=taken), *both) == []


def test_of_two_packs_the_one_that_is_looked_at_is_told(tmp_path: Path) -> None:
    first, second = write_pack(tmp_path, rule("r", D), name="aa"), write_pack(tmp_path, rule("s", D), name="bb")
    (second / "pack.yaml").write_text(
        (second / "pack.yaml")
        .read_text()
        .replace("status: draft\n", "status: draft\nuses: [aa]\n")
        .replace("should: act", "should: aa:act")
    )
    loaded = load_packs([first, second], None, no_bundled_packs())
    for looked_at, other in (("aa", "bb:s"), ("bb", "aa:r")):
        found = [issue for issue in lint(loaded, [looked_at]).open if issue.code == "same-rule"]
        assert [issue.message for issue in found] == [f"`{other}` asks for the same, under the same condition"]
        assert f"/{looked_at}/" in found[0].place.text.name
    assert [issue.code for issue in lint(loaded).open].count("same-rule") == 1
