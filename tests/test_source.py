"""Places, issues and how they are drawn."""

import pickle
from pathlib import Path

import pytest

from safeguard_rules.errors import CaseError, PackError
from safeguard_rules.source import Issue, Place, Text, draw

PACK = Text("rulepacks/x/pack.yaml", "pack: x\n  autor: nobody\nend")


def issue(line: int, column: int, width: int = 1, text: Text = PACK, hint: str | None = None) -> Issue:
    return Issue(Place(text, line, column, width), "code", "something is wrong", hint)


def test_an_issue_is_drawn_with_its_line_a_caret_and_help() -> None:
    found = Issue(Place(PACK, 2, 3, 5), "unknown-key", "unknown key `autor`", "did you mean `author`?")

    assert draw([found]) == (
        "rulepacks/x/pack.yaml:2:3: unknown key `autor`\n"
        "  2 |   autor: nobody\n"
        "    |   ^^^^^\n"
        "  help: did you mean `author`?"
    )


def test_a_warning_says_that_it_is_one() -> None:
    found = Issue(Place(PACK, 1, 1, 4), "code", "said twice", None, "warning")

    assert draw([found]) == "rulepacks/x/pack.yaml:1:1: warning: said twice\n  1 | pack: x\n    | ^^^^"


def test_the_whole_text_has_no_line_to_draw() -> None:
    assert draw([Issue(PACK.whole(), "code", "the file is empty")]) == "rulepacks/x/pack.yaml: the file is empty"


def test_issues_are_sorted_by_place_and_told_once() -> None:
    other = Text("a.yaml", "x\ny")
    drawn = draw([issue(2, 3), issue(1, 1), issue(2, 3), issue(2, 1, text=other)])

    heads = [line for line in drawn.splitlines() if line.endswith("wrong")]
    assert heads == [
        "a.yaml:2:1: something is wrong",
        "rulepacks/x/pack.yaml:1:1: something is wrong",
        "rulepacks/x/pack.yaml:2:3: something is wrong",
    ]


def test_lines_are_sorted_as_numbers() -> None:
    text = Text("a.yaml", "x\n" * 12)

    assert sorted([issue(10, 1, text=text), issue(9, 1, text=text)])[0].place.line == 9


def test_names_are_shown_relative_to_a_root() -> None:
    inside = Text("/srv/x/packs/a.yaml", "x")
    outside = Text("/elsewhere/b.yaml", "x")
    drawn = draw([issue(1, 1, text=inside), issue(1, 1, text=outside)], Path("/srv/x"))

    assert [line for line in drawn.splitlines() if "wrong" in line] == [
        "/elsewhere/b.yaml:1:1: something is wrong",
        "packs/a.yaml:1:1: something is wrong",
    ]


@pytest.mark.parametrize(
    ("line", "column", "width", "expected"),
    [
        ("a: bc", 4, 2, ["a: bc", "   ^^"]),
        ("a: bc", 4, 9, ["a: bc", "   ^^"]),
        ("a:", 3, 1, ["a:", "  ^"]),
        ("a:", 9, 1, ["a:", "  ^"]),
        ("", 1, 1, ["", "^"]),
        ("\ta:\tb", 5, 1, ["    a:    b", "          ^"]),
        ("名前: x", 5, 1, ["名前: x", "      ^"]),
        ("a: 名前", 4, 2, ["a: 名前", "   ^^^^"]),
        ("e\u0301: x", 5, 1, ["e\u0301: x", "   ^"]),
        ("a: \u2028b", 5, 1, ["a: \ufffdb", "    ^"]),
        ("a: \ud800b", 5, 1, ["a: \ufffdb", "    ^"]),
        ("a: \x1b[31mb", 4, 1, ["a: \ufffd[31mb", "   ^"]),
        ("ab   ", 1, 2, ["ab", "^^"]),
    ],
)
def test_the_caret_stands_under_its_character(line: str, column: int, width: int, expected: list[str]) -> None:
    drawn = draw([issue(1, column, width, Text("t", line))]).split("\n")

    assert drawn[1:] == [f"  1 | {expected[0]}".rstrip(), f"    | {expected[1]}"]


def test_a_long_line_is_cut_around_the_place() -> None:
    text = Text("t", "x" * 5_000 + "HERE" + "y" * 5_000)
    _, excerpt, carets = draw([issue(1, 5_001, 4, text)]).split("\n")

    assert len(excerpt) < 120
    start = carets.index("^")
    assert excerpt[start : start + 4] == "HERE"
    assert carets.count("^") == 4
    assert excerpt.startswith("  1 | …")
    assert excerpt.endswith("…")


def test_the_margin_is_as_wide_as_the_line_number() -> None:
    assert draw([issue(12, 1, text=Text("t", "\n" * 11 + "x"))]) == ("t:12:1: something is wrong\n  12 | x\n     | ^")


def test_only_lf_and_crlf_end_a_line() -> None:
    assert Text("t", "a\r\nb\x85c\u2028d\ne").lines() == ("a", "b\x85c\u2028d", "e")


def test_a_byte_order_mark_is_cut() -> None:
    assert Text("t", "\ufeffa").content == "a"


@pytest.mark.parametrize(("index", "expected"), [(0, (1, 1)), (1, (1, 2)), (2, (2, 1)), (4, (2, 3))])
def test_the_place_of_an_index(index: int, expected: tuple[int, int]) -> None:
    place = Text("t", "a\nbcd").place(index)

    assert (place.line, place.column) == expected


@pytest.mark.parametrize("error", [PackError, CaseError])
def test_an_error_carries_its_issues_sorted_and_draws_them(error: type[PackError] | type[CaseError]) -> None:
    raised = error([issue(2, 3), issue(1, 1), issue(1, 1)])

    assert raised.issues == (issue(1, 1), issue(2, 3))
    assert str(raised) == draw(raised.issues)
    assert pickle.loads(pickle.dumps(raised)).issues == raised.issues
