"""Lines: wrapping, leads, and nothing that a terminal would obey."""

from hypothesis import given
from hypothesis import strategies as st

from safeguard_rules.reports.lines import Line, Span, bullet, heading, line, plain, unbroken, wrapped


def test_a_long_line_is_wrapped_with_its_words_under_each_other() -> None:
    assert plain([line("one two three four", indent=2, hang=5, lead="a")], 14) == (
        "  a    one two\n       three\n       four\n"
    )


def test_a_line_without_a_lead_hangs_from_its_second_row() -> None:
    assert plain([line("one two three", indent=2, hang=2)], 10) == "  one two\n    three\n"


def test_a_word_that_is_too_long_stands_alone_and_whole() -> None:
    assert plain([line("see https://example.org/a/long/address now")], 12) == (
        "see\nhttps://example.org/a/long/address\nnow\n"
    )


def test_a_whole_line_is_not_broken_in_a_plain_text() -> None:
    told = Line((Span("one two three four"),), 2, 6, Span("MUST"), whole=True)
    assert plain([told], 12) == "  MUST  one two three four\n"
    assert len(list(wrapped(told, 12))) > 1


def test_a_number_is_not_broken_over_two_lines() -> None:
    assert plain([line(f"ring {unbroken('0300 456 0108')} now")], 14) == "ring\n0300 456 0108\nnow\n"


def test_a_heading_stands_after_an_empty_line_and_an_item_behind_a_dash() -> None:
    assert plain([*heading("Why"), bullet("so")]) == "\nWhy\n  - so\n"


def test_no_line_ends_in_a_space_and_an_empty_line_is_empty() -> None:
    assert plain([line(""), line("a  ", indent=2), Line((), 4)]) == "\n  a\n\n"


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    assert plain([line("a\x1b[31mred\x07 b\u202etxt\u2028c")]) == "a [31mred  b txt c\n"


def test_a_word_may_change_its_style_half_way() -> None:
    rows = list(wrapped(Line((Span("see "), Span("[1", "quiet"), Span("a]", "warning"))), 40))
    assert rows == [(Span("see "), Span("[1", "quiet"), Span("a]", "warning"))]


@given(st.lists(st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=9), min_size=1))
def test_wrapping_loses_no_word_and_keeps_to_the_width(given_words: list[str]) -> None:
    printed = plain([line(" ".join(given_words), indent=2, hang=2)], 20)
    assert printed.split() == given_words
    assert all(len(row) <= 20 for row in printed.splitlines())
