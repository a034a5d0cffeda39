"""The places that the JSON reader gives, and what it says; what it takes and refuses is in tests/spec."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguard_rules.reading.json_reader import read_json
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar, at
from safeguard_rules.reading.sizes import LARGEST_FILE
from safeguard_rules.source import Issue, Text, draw


def read(content: str) -> tuple[Any, list[Issue]]:
    issues: list[Issue] = []
    return read_json(Text("x.json", content), issues), issues


@pytest.mark.parametrize(
    ("content", "path", "expected"),
    [
        ('{"a": "bc"}', ("a",), (1, 7, 4)),
        ('{\n  "a": [1,\n    -20]\n}', ("a", 1), (3, 5, 3)),
        ('{"é": "😀", "b": true}', ("b",), (1, 17, 4)),
        ('{\r\n"a": null}', ("a",), (2, 6, 4)),
        ('[{"a": 1}, {}]', (1,), (1, 12, 1)),
        (r'["\u00e9", 7]', (1,), (1, 12, 1)),
    ],
)
def test_each_node_knows_its_place(content: str, path: tuple[str | int, ...], expected: tuple[int, int, int]) -> None:
    node, issues = read(content)
    place = at(node, *path).place

    assert issues == []
    assert (place.line, place.column, place.width) == expected


def test_a_key_knows_its_place() -> None:
    node, _ = read('{"a": 1,\n "bc": 2}')
    place = node.entries["bc"].key.place

    assert (place.line, place.column, place.width) == (2, 2, 4)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[1,]", "expected a value, got `]`"),
        ('{"a" 1}', "expected `:`, got `1`"),
        ("{a: 1}", "expected a key in double quotes, got `a`"),
        ("[True]", "expected a value, got `True`"),
        ("[1 2]", "expected `,` or `]`, got `2`"),
        ("{} x", "expected the end of the text, got `x`"),
        ('{"a":', "expected a value, got the end of the text"),
    ],
)
def test_what_is_expected_is_said(content: str, expected: str) -> None:
    node, issues = read(content)

    assert node is None
    assert [issue.message for issue in issues] == [expected]


def test_refusals_are_drawn_all_at_once() -> None:
    _, issues = read('{"a": NaN,\n "b": 1,\n "b": 2}')

    assert draw(issues) == (
        "x.json:1:7: `NaN` is not a number of JSON\n"
        '  1 | {"a": NaN,\n'
        "    |       ^^^\n"
        "  help: write `null` if it is not known\n"
        "x.json:3:2: the key `b` occurs twice; it is already on line 2\n"
        '  3 |  "b": 2}\n'
        "    |  ^^^"
    )


def test_decision_51_a_large_text_is_an_error_and_never_cut() -> None:
    node, issues = read("[" + " " * LARGEST_FILE + "]")

    assert node is None
    assert [issue.code for issue in issues] == ["file-too-large"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def value_of(node: Node) -> Any:
    match node:
        case Scalar(text=text, plain=False):
            return text
        case Scalar(text=text):
            words = {"null": None, "true": True, "false": False}
            return words[text] if text in words else int(text)
        case ListNode(items=items):
            return [value_of(item) for item in items]
        case MapNode(entries=entries):
            return {key: value_of(entry.value) for key, entry in entries.items()}


@given(VALUES, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_what_json_writes_is_read_back(value: Any, ascii_only: bool, indent: int | str | None) -> None:
    node, issues = read(json.dumps(value, ensure_ascii=ascii_only, indent=indent))

    assert issues == []
    assert value_of(node) == value
