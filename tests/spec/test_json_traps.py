"""JSON gets the refusals of YAML where they can occur (decisions 44 and 57)."""

from typing import Any

import pytest

from safeguard_rules.reading.json_reader import read_json
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar
from safeguard_rules.source import Issue, Text


def bare(node: Node | None) -> Any:
    """The tree with plain scalars as one-tuples, so that `5` is not `"5"`."""
    match node:
        case Scalar(text=text, plain=plain):
            return (text,) if plain else text
        case ListNode(items=items):
            return [bare(item) for item in items]
        case MapNode(entries=entries):
            return {key: bare(entry.value) for key, entry in entries.items()}
        case None:
            return None


def read(content: str) -> tuple[Any, list[str]]:
    issues: list[Issue] = []
    node = read_json(Text("trap.json", content), issues)
    return bare(node), [f"{issue.place.line}:{issue.place.column} {issue.code}" for issue in sorted(issues)]


TAKEN: dict[str, tuple[str, Any]] = {
    "all kinds": (
        '{"a": [1, -2, true, false, null], "b": "x"}',
        {"a": [("1",), ("-2",), ("true",), ("false",), ("null",)], "b": "x"},
    ),
    "numbers stay as written": ("[1.10, 1e3, -0, 0.5]", [("1.10",), ("1e3",), ("-0",), ("0.5",)]),
    "text that looks like a number": ('["1", "true"]', ["1", "true"]),
    "nothing inside": ('{"a": {}, "b": []}', {"a": {}, "b": []}),
    "tabs between tokens": ('{\t"a"\t:\t[1,\t2]\t}\t', {"a": [("1",), ("2",)]}),
    "lines that end with CRLF": ('{\r\n"a": 1\r\n}\r\n', {"a": ("1",)}),
    "escapes": (r'"\"\\\/\b\f\n\r\t\u00e9"', '"\\/\b\f\n\r\té'),
    "a character pair written as two halves": (r'"\ud83d\ude00"', "😀"),
    "a line separator in text, as the canonical form writes it": ('"x\u2028y"', "x\u2028y"),
    "a byte order mark is cut": ("\ufeff[]", []),
    "forty levels": ("[" * 40 + "]" * 40, None),
    "an empty key": ('{"": 1}', {"": ("1",)}),
}

REFUSED: dict[str, tuple[str, list[str]]] = {
    "an empty text": (" \n", ["0:0 empty-file"]),
    "two equal keys": ('{"a": 1,\n "b": 2,\n "a": 3}', ["3:2 double-key"]),
    "two equal keys, one with an escape": (r'{"a": 1, "\u0061": 3}', ["1:10 double-key"]),
    "no number": ('{"a": NaN,\n"b": -Infinity}', ["1:7 not-a-number", "2:6 not-a-number"]),
    "half of a character pair": (r'["\ud800", "\ude00\ud83d", "ok"]', ["1:2 lone-surrogate", "1:12 lone-surrogate"]),
    "half of a character pair in a key": (r'{"\ud800": 1}', ["1:2 lone-surrogate"]),
    "half of a character pair as it is": ('["\ud800"]', ["1:3 lone-surrogate"]),
    "a carriage return alone": ('{"a":\r1}', ["1:6 wrong-line-break"]),
    "a line break in text": ('"a\nb"', ["1:3 not-json"]),
    "a tab in text": ('"a\tb"', ["1:3 not-json"]),
    "forty-one levels": ("[" * 41 + "]" * 41, ["1:41 too-deep"]),
    "two hundred thousand brackets": ("[" * 200_000, ["1:41 too-deep"]),
    "two hundred thousand braces": ('{"a":' * 180_000, ["1:201 too-deep"]),
    "a comma too many in a list": ("[1,]", ["1:4 not-json"]),
    "a comma too many in a mapping": ('{"a": 1,}', ["1:9 not-json"]),
    "a comma missing": ('{"a": 1 "b": 2}', ["1:9 not-json"]),
    "a colon missing": ('{"a" 1}', ["1:6 not-json"]),
    "a key without quotes": ("{a: 1}", ["1:2 not-json"]),
    "a key that is no text": ("{1: 1}", ["1:2 not-json"]),
    "single quotes": ("['a']", ["1:2 not-json"]),
    "a comment": ("[1] // x", ["1:5 not-json"]),
    "a word of another language": ("[True]", ["1:2 not-json"]),
    "a number with a leading zero": ("[012]", ["1:2 not-json"]),
    "a number with a plus": ("[+1]", ["1:2 not-json"]),
    "a number without digits after the point": ("[1.]", ["1:2 not-json"]),
    "an unknown escape": (r'["\q"]', ["1:4 not-json"]),
    "an escape with too few digits": (r'["\u12"]', ["1:4 not-json"]),
    "text after the end": ("{} {}", ["1:4 not-json"]),
    "nothing after a colon": ('{"a":', ["1:6 not-json"]),
    "a text that is not closed": ('["a', ["1:4 not-json"]),
    "a line separator between tokens": ("[1,\u20282]", ["1:4 not-json"]),
}


@pytest.mark.parametrize(("content", "tree"), TAKEN.values(), ids=TAKEN)
def test_taken_in_json(content: str, tree: Any) -> None:
    found, issues = read(content)

    assert issues == []
    if tree is not None:
        assert found == tree


@pytest.mark.parametrize(("content", "expected"), REFUSED.values(), ids=REFUSED)
def test_decision_57_refused_in_json(content: str, expected: list[str]) -> None:
    assert read(content)[1] == expected
