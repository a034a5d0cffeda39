"""Lines of text with marked words, wrapped to a width: what every report for people is made of.

A report says what a word is (a heading, a warning); whoever prints it decides how that looks. Joined by `plain`, the
same lines are a plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "title", "heading", "must", "should", "consider", "negative", "warning", "quiet"]

WIDTH = 120
"""How many characters a line of a text report holds when nobody says otherwise."""

_UNBROKEN = "\N{NO-BREAK SPACE}"
_GAPS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words and what they are."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """One line before wrapping.

    `lead` stands at `indent`; the spans begin, on every line they take, `hang` characters further in.
    """

    spans: tuple[Span, ...]
    indent: int = 0
    hang: int = 0
    lead: Span = Span("")


BLANK = Line(())


def line(text: str, style: Style = "plain", *, indent: int = 0, hang: int = 0, lead: str = "") -> Line:
    """A line in one style; its `lead`, if any, is plain."""
    return Line((Span(text, style),), indent, hang, Span(lead))


def bullet(text: str, style: Style = "plain", *, indent: int = 2) -> Line:
    """An item of a list."""
    return line(text, style, indent=indent, hang=2, lead="-")


def heading(text: str) -> tuple[Line, Line]:
    """The heading of a part, after an empty line."""
    return (BLANK, line(text, "heading"))


def unbroken(text: str) -> str:
    """The text with spaces at which a line is never broken: for telephone numbers and the like."""
    return text.replace(" ", _UNBROKEN)


def wrapped(given: Line, width: int) -> Iterator[tuple[Span, ...]]:
    """The lines that a line takes at a width; a word longer than the width stands on a line of its own."""
    start = given.indent + given.hang
    lead = Span(_clean(given.lead.text), given.lead.style)
    row: list[Span] = [*_at_start(given.indent, lead, start)]
    column, empty = max(start, given.indent + len(lead.text)), True
    for word in _words(given.spans):
        length = sum(len(piece.text) for piece in word)
        if not empty and column + 1 + length > width:
            yield tuple(row)
            row, column, empty = [Span(" " * start)], start, True
        if not empty:
            row.append(Span(" ", word[0].style if row[-1].style == word[0].style else "plain"))
            column += 1
        row.extend(word)
        column, empty = column + length, False
    yield tuple(row)


def plain(lines: Iterable[Line], width: int = WIDTH) -> str:
    """The lines as a plain text that ends with a line end; no line ends in a space."""
    rows = ("".join(span.text for span in row).rstrip() for each in lines for row in wrapped(each, width))
    return "".join(f"{row}\n" for row in rows)


def height(lines: Sequence[Line], width: int = WIDTH) -> int:
    """How many lines they take at a width."""
    return sum(1 for each in lines for _ in wrapped(each, width))


def _at_start(indent: int, lead: Span, start: int) -> Iterator[Span]:
    if indent:
        yield Span(" " * indent)
    if lead.text:
        yield lead
    if start > indent + len(lead.text):
        yield Span(" " * (start - indent - len(lead.text)))


def _words(spans: Iterable[Span]) -> Iterator[tuple[Span, ...]]:
    """Words between spaces; one that changes its style half way is a word of several spans."""
    word: list[Span] = []
    for span in spans:
        for number, piece in enumerate(_GAPS.split(span.text)):
            if number and word:
                yield tuple(word)
                word = []
            if piece:
                word.append(Span(_clean(piece), span.style))
    if word:
        yield tuple(word)


def _clean(text: str) -> str:
    """The text without what could move a terminal's cursor or colour it; no-break spaces become spaces."""
    return "".join(" " if sign == _UNBROKEN or not sign.isprintable() else sign for sign in text)
