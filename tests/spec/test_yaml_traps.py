"""The traps of YAML (semantics, part 13; decisions 55-57): one table, read with both parsers."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar
from safeguard_rules.reading.yaml_reader import fast_parser, pure_parser, read_yaml
from safeguard_rules.source import Issue, Text

PARSERS = {"pure": pure_parser(), "fast": fast_parser()}


def P(text: str) -> tuple[str]:  # noqa: N802 - short, for the table
    """What a scalar without quotes is in the table; one in quotes is its text."""
    return (text,)


def bare(node: Node | None) -> Any:
    match node:
        case Scalar(text=text, plain=plain):
            return P(text) if plain else text
        case ListNode(items=items):
            return [bare(item) for item in items]
        case MapNode(entries=entries):
            return {key: bare(entry.value) for key, entry in entries.items()}
        case None:
            return None


def read(content: str, parser: Any) -> tuple[Any, list[str]]:
    issues: list[Issue] = []
    node = read_yaml(Text("trap.yaml", content), issues, parser)
    return bare(node), [f"{issue.place.line}:{issue.place.column} {issue.code}" for issue in sorted(issues)]


TAKEN: dict[str, tuple[str, Any]] = {
    "a word that YAML 1.1 takes for false": ("a: no\n", {"a": P("no")}),
    "a key that YAML 1.1 takes for true": ("on: x\n", {"on": P("x")}),
    "a number that YAML 1.1 takes for octal": ("a: 012\n", {"a": P("012")}),
    "a phone number keeps its zero": ("a: 01225\n", {"a": P("01225")}),
    "a time that YAML 1.1 counts in sixties": ("a: 1:30\n", {"a": P("1:30")}),
    "a number with an underscore": ("a: 1_000\n", {"a": P("1_000")}),
    "a binary number": ("a: 0b11\n", {"a": P("0b11")}),
    "an octal number of YAML 1.2": ("a: 0o14\n", {"a": P("0o14")}),
    "a number with an exponent": ("a: 1e3\n", {"a": P("1e3")}),
    "a version keeps its last zero": ("a: 1.10\n", {"a": P("1.10")}),
    "a date stays text": ("a: 2026-03-02\n", {"a": P("2026-03-02")}),
    "a day that is not in the calendar stays text": ("a: 2026-02-30\n", {"a": P("2026-02-30")}),
    "null, true and false stay text": ("[null, true, ~]\n", [P("null"), P("true"), P("~")]),
    "quotes are remembered": ("a: 'no'\nb: \"5\"\n", {"a": "no", "b": "5"}),
    "an empty text in quotes is a value": ("a: ''\n", {"a": ""}),
    "a merge key in quotes is a key": ("'<<': x\n", {"<<": P("x")}),
    "brackets and braces": ("{a: [b, {c: d}], e: []}\n", {"a": [P("b"), {"c": P("d")}], "e": []}),
    "JSON is YAML": ('{"a":["b",1],"c":{"d":true}}\n', {"a": ["b", P("1")], "c": {"d": P("true")}}),
    "lists in lists": ("- - a\n  - b\n- c\n", [[P("a"), P("b")], P("c")]),
    "block text": ("a: |\n  x\n   y\n\nb: >-\n  x\n  y\n", {"a": "x\n y\n", "b": "x y"}),
    "block text with a tab inside a line": ("a: |\n  x\ty\n", {"a": "x\ty\n"}),
    "block text with a comment in its header": ("a: | # why\n  x\n", {"a": "x\n"}),
    "a text over two lines": ("a: x\n  y\n", {"a": P("x y")}),
    "a tab in quotes": ("a: 'x\ty'\n", {"a": "x\ty"}),
    "a tab in a comment": ("a: x # y\tz\n#\tw\n", {"a": P("x")}),
    "a hash inside a word is no comment": ("a: x#y\n", {"a": P("x#y")}),
    "a question mark at the end of plain text": ("a: has it moved?\n", {"a": P("has it moved?")}),
    "lines that end with CRLF": ("a: x\r\nb:\r\n  - y\r\n", {"a": P("x"), "b": [P("y")]}),
    "a byte order mark is cut": ("\ufeffa: x\n", {"a": P("x")}),
    "no line end at the end": ("a: x", {"a": P("x")}),
    "the mark of one document": ("---\na: x\n...\n", {"a": P("x")}),
    "the directive of YAML 1.2": ("# y\n%YAML 1.2\n---\na: x\n", {"a": P("x")}),
    "a web address": ("a: https://x.example/y?z=1#w\n", {"a": P("https://x.example/y?z=1#w")}),
    "characters outside the basic plane": ("a: 😀é\n", {"a": P("😀é")}),
    "an escape": ('a: "\\u00e9\\n\\U0001F600"\n', {"a": "é\n😀"}),
    "a line separator written as an escape": ('a: "x\\u2028y"\n', {"a": "x\u2028y"}),
    "forty levels": ("[" * 40 + "]" * 40, None),
}

REFUSED: dict[str, tuple[str, list[str]]] = {
    "an empty text": ("", ["0:0 empty-file"]),
    "only comments": ("# x\n\n", ["0:0 empty-file"]),
    "an empty document": ("---\n...\n", ["0:0 empty-file"]),
    "an anchor": ("a: &x b\n", ["1:4 anchor"]),
    "an alias": ("a: *x\nb: *y\n", ["1:4 alias", "2:4 alias"]),
    "an anchor on a mapping": ("a: &x\n  b: c\n", ["1:4 anchor"]),
    "an alias as a key": ("*x : a\n", ["1:1 key-not-text"]),
    "a tag": ("a: !!str 5\nb: !x y\nc: !!set {d}\n", ["1:4 tag", "2:4 tag", "3:4 tag", "3:11 empty-value"]),
    "the tag that means no tag": ("a: ! 5\n", ["1:4 tag"]),
    "a tag on a key": ("!!str a: b\n", ["1:1 tag"]),
    "binary": ("a: !!binary aGk=\n", ["1:4 tag"]),
    "a merge key": ("a:\n  <<: {b: c}\n", ["2:3 merge-key"]),
    "a merge key with an alias": ("<<: *x\nb: c\n", ["1:1 merge-key"]),
    "a directive of YAML 1.1": ("%YAML 1.1\n---\na: b\n", ["1:1 directive"]),
    "a directive for tags": ("%TAG ! x:\n---\na: b\n", ["1:1 directive"]),
    "an unknown directive": ("%FOO bar\n---\na: b\n", ["1:1 directive"]),
    "a second document": ("a: b\n---\nc: d\n", ["2:1 second-document"]),
    "a second document that is empty": ("a: b\n---\n", ["2:1 second-document"]),
    "a list as a key": ("? [a, b]\n: c\nd: e\n", ["1:1 explicit-key", "1:3 key-not-text"]),
    "a mapping as a key": ("{{a: b}: c}\n", ["1:2 key-not-text"]),
    "a key with a question mark before it": ("? a\n: b\n", ["1:1 explicit-key"]),
    "a question mark in braces": ("{a: b?}\n", ["1:6 explicit-key"]),
    "an empty value": ("a:\nb: c\n", ["1:1 empty-value"]),
    "an empty value before a comment": ("a: # later\nb: c\n", ["1:1 empty-value"]),
    "a key alone in braces": ("{a}\n", ["1:2 empty-value"]),
    "a colon without space in braces": ("{a:1}\n", ["1:2 empty-value"]),
    "an empty item": ("- a\n-\n- b\n", ["2:2 empty-value"]),
    "an empty key": ("{? : a}\n", ["1:2 explicit-key", "1:3 empty-key"]),
    "two equal keys": ("a: b\nc: d\na: e\n", ["3:1 double-key"]),
    "two equal keys, one in quotes": ("a: b\n'a': e\n", ["2:1 double-key"]),
    "two equal keys in braces": ("{a: b, a: c}\n", ["1:8 double-key"]),
    "many at once": ("a:\nb: *x\nc: d\nc: e\n", ["1:1 empty-value", "2:4 alias", "4:1 double-key"]),
    "a tab after a colon": ("a:\tb\n", ["1:3 tab"]),
    "a tab after a dash": ("-\ta\n", ["1:2 tab"]),
    "a tab before a comment": ("a: b\t# c\n", ["1:5 tab"]),
    "a tab for indentation": ("a:\n\tb: c\n", ["2:1 tab"]),
    "a tab in plain text": ("a: b\tc\n", ["1:5 tab"]),
    "a tab in brackets": ("[a,\tb]\n", ["1:4 tab"]),
    "a tab that starts a line of block text": ("a: |\n  \tb\n", ["2:3 tab"]),
    "a next-line character": ("a: b\x85c: d\n", ["1:5 wrong-line-break"]),
    "a line separator": ("a: b\u2028c: d\n", ["1:5 wrong-line-break"]),
    "a paragraph separator": ("a: 'b\u2029c'\n", ["1:6 wrong-line-break"]),
    "a carriage return alone": ("a: b\rc: d\n", ["1:5 wrong-line-break"]),
    "half of a character pair": ("a: \ud800\n", ["1:4 lone-surrogate"]),
    "half of a character pair as an escape": ('a: "\\ud800"\n', ["1:4 lone-surrogate"]),
    "a character pair written as two halves": ('a: "\\ud83d\\ude00"\n', ["1:4 lone-surrogate"]),
    "an escape beyond all characters": ('a: "\\U00110000"\n', ["0:0 not-yaml"]),
    "a byte order mark inside": ("a: b\ufeffc\n", ["1:5 wrong-character"]),
    "a null character": ("a: b\x00\n", ["1:5 wrong-character"]),
    "a delete character": ("a: b\x7f\n", ["1:5 wrong-character"]),
    "forty-one levels": ("[" * 41 + "]" * 41, ["1:41 too-deep"]),
    "two hundred thousand brackets": ("[" * 200_000, ["1:41 too-deep"]),
    "two hundred thousand braces": ("{a: " * 200_000, ["1:161 too-deep"]),
    "twenty thousand dashes": ("- " * 20_000 + "a", ["1:81 too-deep"]),
    "no space between colon and bracket": ("{a:[b]}\n", ["1:3 space-after-colon"]),
    "no space between header and comment": ("a: |#b\n  c\n", ["1:5 not-yaml"]),
    "a bracket that is not closed": ("a: [b\n", ["2:1 not-yaml"]),
    "a quote that is not closed": ("a: 'b\n", ["2:1 not-yaml"]),
    "a colon too many": ("a: b: c\n", ["1:5 not-yaml"]),
    "wrong indentation": ("a:\n  b: c\n d: e\n", ["3:2 not-yaml"]),
    "an unknown escape": ('a: "\\q"\n', ["1:6 not-yaml"]),
}


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
@pytest.mark.parametrize(("content", "tree"), TAKEN.values(), ids=TAKEN)
def test_decision_55_yaml_is_read_as_text_with_marks(content: str, tree: Any, parser: Any) -> None:
    found, issues = read(content, parser)

    assert issues == []
    if tree is not None:
        assert found == tree


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
@pytest.mark.parametrize(("content", "expected"), REFUSED.values(), ids=REFUSED)
def test_decisions_56_and_57_refused_in_yaml(content: str, expected: list[str], parser: Any) -> None:
    assert read(content, parser)[1] == expected


PIECES = [*" \n:-?,[]{}#&*!|>'\"%@`\\ab01\t~", "  ", "\n  ", ": ", "- ", " #", "---\n", "\r\n", "é", "😀", "\\u00e9"]
STARTS = [content for content, _ in TAKEN.values() if len(content) < 70]


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A text of the table with a few pieces put in, so that it is nearly YAML."""
    content = draw(st.sampled_from(STARTS))
    for _ in range(draw(st.integers(1, 3))):
        index = draw(st.integers(0, len(content)))
        cut = draw(st.integers(0, 1))
        content = content[:index] + draw(st.sampled_from(PIECES)) + content[index + cut :]
    return content


@settings(max_examples=400, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt())
def test_decision_57_both_parsers_give_one_verdict(content: str) -> None:
    assert read(content, PARSERS["pure"]) == read(content, PARSERS["fast"])
