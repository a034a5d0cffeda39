"""What is used, and by whom: rules, other definitions, other packs, localities."""

from dataclasses import replace
from pathlib import Path

from safeguard_rules.packs.linting.table import lint
from safeguard_rules.packs.loading import load as load_packs
from tests.packs.linting.linted import codes, linted
from tests.packs_in_text import (
    action,
    assumed,
    definition,
    no_bundled_packs,
    parameter,
    rule,
    write_locality,
    write_pack,
)

D = "{child.disabled: true}"


def test_a_definition_used_only_by_an_unused_one_is_unused_too(tmp_path: Path) -> None:
    found = linted(tmp_path, definition("a", D), definition("b", "a"), rule("r", D)).open
    assert [issue.message for issue in found] == [
        "no rule reaches the definition `a`",
        "no rule reaches the definition `b`",
    ]


def test_what_only_ask_unless_names_is_used(tmp_path: Path) -> None:
    pieces = (
        parameter("young", "6 months"),
        definition("a", "{child.age: {less_than: young}}"),
        definition("b", D, more=assumed("true", ask_unless="a")),
        rule("r", "{all: [b, {case.plan: no_plan}]}"),
    )
    assert codes(tmp_path, *pieces) == []


def test_an_action_that_only_comes_before_another_is_never_recommended(tmp_path: Path) -> None:
    found = linted(
        tmp_path, action("ring"), action("tell", "after: [ring]"), rule("r", D, "{should: tell}, {consider: act}")
    )
    assert [(issue.code, issue.message) for issue in found.open] == [("unused", "no rule recommends the action `ring`")]


def test_what_another_pack_on_the_shelf_or_a_locality_names_is_used(tmp_path: Path) -> None:
    home = write_pack(tmp_path, definition("a", D), action("ring"), action("wait"), rule("r", D), name="shared")
    other = write_pack(tmp_path, rule("s", "a", "{should: act}"), name="mine")
    main = other / "pack.yaml"
    main.write_text(main.read_text().replace("status: draft\n", "status: draft\nuses: [shared]\n"))
    local = write_locality(tmp_path, "carries:\n  shared:r: {should: shared:ring, cites: [shared:law/duty]}\n")
    alone = no_bundled_packs()
    assert [issue.message for issue in lint(load_packs([home], None, alone)).open] == [
        "no rule recommends the action `ring`",
        "no rule recommends the action `wait`",
        "no rule reaches the definition `a`",
    ]
    shelf = replace(alone, packs=(("tests", home), ("tests", other)), localities=(("tests", local),))
    left = lint(load_packs(["shared"], None, shelf)).open
    assert [issue.message for issue in left] == ["no rule recommends the action `wait`"]
