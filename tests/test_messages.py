"""The style of all messages, and the search for the nearest word."""

import inspect
from collections.abc import Callable
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest

from safeguard_rules import messages
from safeguard_rules.messages import Message, nearest, one_of, quote, suggest
from safeguard_rules.source import Place, Text

WORDINGS = [
    function
    for _, function in inspect.getmembers(messages, inspect.isfunction)
    if function.__module__ == messages.__name__ and get_type_hints(function).get("return") is Message
]


PLAIN: dict[object, Any] = {str: "bruse", int: 1, bool: True, Place: Place(Text("t", "x"), 1, 1)}


def sample(function: Callable[..., Message]) -> Message:
    """The message with something plain for each argument that has no default."""
    hints = get_type_hints(function)
    arguments: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        choices = get_args(hints[name]) if isinstance(hints[name], UnionType) else (hints[name],)
        plain = next((PLAIN[choice] for choice in choices if choice in PLAIN), ["bruise", "burn"])
        if parameter.default is inspect.Parameter.empty:
            arguments[name] = "\x85" if name == "character" else plain
    return function(**arguments)


@pytest.mark.parametrize("function", WORDINGS, ids=lambda function: function.__name__)
def test_each_message_keeps_the_style(function: Callable[..., Message]) -> None:
    message = sample(function)

    for sentence in filter(None, [message.text, message.help]):
        assert sentence == sentence.strip()
        assert "\n" not in sentence
        assert not sentence.endswith(".")
        assert sentence[0] in "`0123456789…" or sentence[0].islower() or sentence.startswith(("JSON", "YAML"))
        assert sentence.count("`") % 2 == 0
        for name in ("str", "int", "bool", "None", "dict", "tuple", "NoneType", "pydantic"):
            assert name not in sentence.replace("`", " ").split(), sentence
    assert message.code == message.code.lower().replace("_", "-").replace(" ", "-")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("autor", "author"),
        ("Title", "title"),
        ("looked-after", "looked_after"),
        ("looked after", "looked_after"),
        ("statsu", "status"),
        ("zebra", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_the_nearest_word(word: str, expected: str | None) -> None:
    assert nearest(word, ["title", "author", "status", "looked_after"]) == expected


def test_of_words_equally_near_the_first_in_the_alphabet_is_taken() -> None:
    assert nearest("bax", ["bay", "bat"]) == nearest("bax", ["bat", "bay"]) == "bat"


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("bruse", ["bruise", "burn"], "did you mean `bruise`?"),
        ("zebra", ["bruise", "burn"], "expected `bruise` or `burn`"),
        ("zebra", ["bruise"], "expected `bruise`"),
        ("zebra", list("abcdef"), None),
        ("zebra", [], None),
    ],
)
def test_what_is_suggested(word: str, candidates: list[str], expected: str | None) -> None:
    assert suggest(word, candidates) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["a"], "`a`"),
        (["a", "b", "c"], "`a`, `b` or `c`"),
        (list("abcdefgh"), "`a`, `b`, `c`, `d`, `e` or 3 more"),
    ],
)
def test_words_are_listed(words: list[str], expected: str) -> None:
    assert one_of(words) == expected


def test_the_authors_text_is_quoted_on_one_line_and_cut() -> None:
    assert quote("a\n b") == "`a b`"
    assert len(quote("x" * 500)) < 70


def test_a_message_becomes_an_issue_at_a_place() -> None:
    place = Place(Text("t", "x"), 1, 1)
    issue = Message("code", "text", "help", "warning").at(place)

    assert (issue.place, issue.code, issue.message, issue.help, issue.severity) == (
        place,
        "code",
        "text",
        "help",
        "warning",
    )
