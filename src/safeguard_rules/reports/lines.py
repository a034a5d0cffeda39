"""Lines of text with marked words, wrapped to a width: what every report for people is made of.

A report says what a word is (a heading, a warning); whoever prints it decides how that looks. Joined by `plain`, the
same lines are a plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "title", "heading", "must", "should", "consider", "negative", "warning", "quiet"]

WIDTH = 120
"""How many characters a line of a text report holds when nobody says otherwise."""

_UNBROKEN = "\N{NO-BREAK SPACE}"
_ENDLESS = 10**6
_GAPS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words and what they are."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """One line before wrapping.

    `lead` stands at `indent`; the spans begin `hang` characters further in on every line they take, or, without a
    lead, on every line but the first. A `whole` line is not broken in a plain text: one line for one recommendation.
    """

    spans: tuple[Span, ...]
    indent: int = 0
    hang: int = 0
    lead: Span = Span("")
    whole: bool = False


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
    row = [*_at_start(given, start)]
    column, empty = sum(len(span.text) for span in row), True
    for word in _words(given.spans):
        length = sum(len(piece.text) for piece in word)
        if not empty and column + 1 + length > width:
            yield _joined(row)
            row, column, empty = [Span(" " * start)], start, True
        if not empty:
            row.append(Span(" ", word[0].style if row[-1].style == word[0].style else "plain"))
            column += 1
        row.extend(word)
        column, empty = column + length, False
    yield _joined(row)


def plain(lines: Iterable[Line], width: int = WIDTH) -> str:
    """The lines as a plain text that ends with a line end; no line ends in a space."""
    rows = (
        "".join(span.text for span in row).rstrip()
        for each in lines
        for row in wrapped(each, _ENDLESS if each.whole else width)
    )
    return "".join(f"{row}\n" for row in rows)


def _joined(row: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours of one style as one span."""
    joined: list[Span] = []
    for span in row:
        if joined and joined[-1].style == span.style:
            joined[-1] = Span(joined[-1].text + span.text, span.style)
        else:
            joined.append(span)
    return tuple(joined)


def _at_start(given: Line, start: int) -> Iterator[Span]:
    lead = Span(_clean(given.lead.text), given.lead.style)
    if given.indent:
        yield Span(" " * given.indent)
    if lead.text:
        yield lead
        yield Span(" " * max(1, start - given.indent - len(lead.text)))


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
