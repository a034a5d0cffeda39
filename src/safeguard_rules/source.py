"""Named texts, places in them, issues at places, and how issues are drawn for a person to read."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning", "note"]
"""An error keeps a pack from loading; a warning is worth a second look; a note is worth knowing, and no fault."""

_WIDEST_EXCERPT = 100
_TAB = "    "


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the name under which it is shown, with forward slashes; a byte order mark is cut."""

    name: str
    content: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", self.content.removeprefix("\ufeff"))

    def lines(self) -> tuple[str, ...]:
        """The lines without their ends; only LF and CRLF end a line."""
        return tuple(line.removesuffix("\r") for line in self.content.split("\n"))

    def place(self, index: int, width: int = 1) -> "Place":
        """The place of the character at an index into the content."""
        line = self.content.count("\n", 0, index) + 1
        return Place(self, line, index - self.content.rfind("\n", 0, index), width)

    def whole(self) -> "Place":
        """The place that stands for the text as a whole; no line is drawn for it."""
        return Place(self, 0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a text: line and column count from 1, in characters; line 0 means the whole text."""

    text: Text
    line: int
    column: int
    width: int = 1

    @property
    def order(self) -> tuple[str, int, int, int]:
        """What places are sorted by: name, line, column, width."""
        return (self.text.name, self.line, self.column, self.width)

    def __lt__(self, other: "Place") -> bool:
        return self.order < other.order


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to put right, at its place, with a stable code, one sentence and at most one line of help."""

    place: Place
    code: str
    message: str
    help: str | None = None
    severity: Severity = "error"

    @property
    def order(self) -> tuple[str, int, int, int, str, str, str]:
        """What issues are sorted by: their place, then what they say."""
        return (*self.place.order, self.code, self.message, self.help or "")

    def __lt__(self, other: "Issue") -> bool:
        return self.order < other.order


def draw(issues: Iterable[Issue], root: Path | None = None) -> str:
    """All issues sorted by place, each once, with its line and a caret; names are relative to `root`."""
    lines: dict[Text, tuple[str, ...]] = {}
    drawn: list[str] = []
    for issue in sorted(set(issues)):
        text = issue.place.text
        if text not in lines:
            lines[text] = text.lines()
        drawn.extend(_drawn(issue, lines[text], root))
    return "\n".join(drawn)


def _drawn(issue: Issue, lines: tuple[str, ...], root: Path | None) -> list[str]:
    place = issue.place
    where = _shown_name(place.text.name, root)
    if place.line:
        where = f"{where}:{place.line}:{place.column}"
    kind = "" if issue.severity == "error" else f"{issue.severity}: "
    drawn = [f"{where}: {kind}{issue.message}"]
    if 0 < place.line <= len(lines):
        drawn.extend(_excerpt(place, lines[place.line - 1]))
    if issue.help is not None:
        drawn.append(f"  help: {issue.help}")
    return drawn


def _shown_name(name: str, root: Path | None) -> str:
    if root is not None and Path(name).is_relative_to(root):
        return Path(name).relative_to(root).as_posix()
    return name


def _excerpt(place: Place, line: str) -> list[str]:
    """The line and its caret line; a long line is cut to a window around the place."""
    start = min(place.column - 1, len(line))
    end = max(start + 1, min(start + place.width, len(line)))
    first = 0
    if len(line) > _WIDEST_EXCERPT:
        first = max(0, min(start - _WIDEST_EXCERPT // 3, len(line) - _WIDEST_EXCERPT))
    last = min(len(line), first + _WIDEST_EXCERPT)
    before = ("…" if first else "") + _visible(line[first:start])
    marked = _visible(line[start : min(end, last)])
    after = _visible(line[min(end, last) : last]) + ("…" if last < len(line) else "")
    number = str(place.line)
    carets = "^" * max(1, _cells(marked))
    return [
        f"  {number} | {before}{marked}{after}".rstrip(),
        f"  {' ' * len(number)} | {' ' * _cells(before)}{carets}",
    ]


def _visible(text: str) -> str:
    """The text with tabs as spaces and with what cannot be printed as a replacement character."""
    return "".join(
        _TAB if character == "\t" else "\ufffd" if _unprintable(character) else character for character in text
    )


def _unprintable(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _cells(text: str) -> int:
    """How many columns of a terminal the text takes: wide characters take two, combining ones none."""
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
