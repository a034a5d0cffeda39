"""The places that the YAML reader gives, and what it says; what it takes and refuses is in tests/spec."""

from typing import Any

import pytest

from safeguard_rules.reading.nodes import at
from safeguard_rules.reading.sizes import LARGEST_FILE, MOST_ALIKE
from safeguard_rules.reading.yaml_reader import fast_parser, pure_parser, read_yaml
from safeguard_rules.source import Issue, Text, draw

PARSERS = {"pure": pure_parser(), "fast": fast_parser()}


def read(content: str, parser: Any = None) -> tuple[Any, list[Issue]]:
    issues: list[Issue] = []
    return read_yaml(Text("x.yaml", content), issues, parser), issues


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
@pytest.mark.parametrize(
    ("content", "path", "expected"),
    [
        ("a: bc\n", ("a",), (1, 4, 2)),
        ("a: 'bc'\n", ("a",), (1, 4, 4)),
        ("# x\n\né: 😀x\n", ("é",), (3, 4, 2)),
        ("a: |\n  b\nc: d\n", ("c",), (3, 4, 1)),
        ("a: |\n  b\nc: d\n", ("a",), (1, 4, 1)),
        ("a:\r\n  - b\r\n  - c\r\n", ("a", 1), (3, 5, 1)),
        ("a: {b: [c, de]}\n", ("a", "b", 1), (1, 12, 2)),
        ("a: b\n  c\n", ("a",), (1, 4, 1)),
    ],
)
def test_each_node_knows_its_place(
    content: str, path: tuple[str | int, ...], expected: tuple[int, int, int], parser: Any
) -> None:
    node, issues = read(content, parser)
    place = at(node, *path).place

    assert issues == []
    assert (place.line, place.column, place.width) == expected


def test_refusals_are_drawn_all_at_once() -> None:
    _, issues = read("title: &t x\nuses:\nabout: *t\ntitle: y\n")

    assert draw(issues) == (
        "x.yaml:1:8: the anchor `&t` is not allowed\n"
        "  1 | title: &t x\n"
        "    |        ^^^^\n"
        "  help: write the value out where it is used\n"
        "x.yaml:2:1: the key `uses` has no value\n"
        "  2 | uses:\n"
        "    | ^^^^\n"
        "  help: write `null`, or leave the line out\n"
        "x.yaml:3:8: the alias `*t` is not allowed\n"
        "  3 | about: *t\n"
        "    |        ^^\n"
        "  help: write the value out here\n"
        "x.yaml:4:1: the key `title` occurs twice; it is already on line 1\n"
        "  4 | title: y\n"
        "    | ^^^^^"
    )


def test_what_the_parser_refuses_is_told_in_our_words() -> None:
    _, issues = read("a: [b\nc: d\n")

    assert draw(issues) == (
        "x.yaml:2:2: the text cannot be read as YAML from here\n"
        "  2 | c: d\n"
        "    |  ^\n"
        "  help: look at this line and the one before for indentation, a missing quote, bracket or colon"
    )


def test_the_tree_is_given_along_with_small_refusals() -> None:
    node, issues = read("a: b\na: c\nd: e\n")

    assert len(issues) == 1
    assert at(node, "d").place.line == 3
    assert at(node, "a").place.line == 1


def test_decision_51_a_large_text_is_an_error_and_never_cut() -> None:
    node, issues = read("# " + "é" * (LARGEST_FILE // 2) + "\na: b\n")

    assert node is None
    assert [issue.code for issue in issues] == ["file-too-large"]
    assert draw(issues) == "x.yaml: the file is larger than 1,000,000 bytes\n  help: split it into several files"


@pytest.mark.parametrize("character", ["\x00", "\t", "\u2028"])
def test_a_text_full_of_wrong_characters_is_refused_in_short(character: str) -> None:
    _, issues = read(f"- a{character}b\n" * 5_000)

    assert 0 < len(issues) <= MOST_ALIKE


def test_the_depth_is_counted_one_in_another_and_not_in_sum() -> None:
    node, issues = read("\n".join("- [[[[a]]]]" for _ in range(50)))

    assert issues == []
    assert node is not None
