"""Strict JSON to the same nodes as YAML, with the same refusals where they can occur (decisions 44, 57)."""

import re
from collections.abc import Callable
from typing import NoReturn

from safeguard_rules import messages
from safeguard_rules.reading.limits import refused_characters, too_large
from safeguard_rules.reading.nodes import Entry, ListNode, MapNode, Node, Scalar
from safeguard_rules.reading.sizes import DEEPEST
from safeguard_rules.source import Issue, Place, Text

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.+-])")
_WORD = re.compile(r"[^\s\[\]{},:\"]+")
_PLAIN_PART = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HEX = re.compile("[0-9a-fA-F]{4}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REFUSED_CHARACTER = re.compile("[\ud800-\udfff]|\r(?!\n)")


def read_json(text: Text, issues: list[Issue]) -> Node | None:
    """The tree of a JSON text; numbers, true, false and null are plain scalars, strings are not.

    All refusals are added to `issues`. None if no tree could be made. A tree that is given along with issues
    may only be used to find more of them.
    """
    if too_large(text, issues) or refused_characters(text, _REFUSED_CHARACTER, issues):
        return None
    scanner = _Scanner(text, issues)
    try:
        return scanner.document()
    except _Stop:
        return None


class _Stop(Exception):  # noqa: N818 - not an error: the rest is not read
    """Reading ends here; the issue is already there."""


class _Scanner:
    """Walks over the text once; `_position` is the next character."""

    def __init__(self, text: Text, issues: list[Issue]) -> None:
        self._text = text
        self._content = text.content
        self._issues = issues
        self._position = 0
        self._line = 1
        self._line_start = 0
        self._depth = 0

    def document(self) -> Node | None:
        self._skip_space()
        if self._position == len(self._content):
            self._issues.append(messages.empty_text().at(self._text.whole()))
            return None
        node = self._value("a value")
        self._skip_space()
        if self._position < len(self._content):
            self._stop("the end of the text")
        return node

    def _value(self, expected: str) -> Node | None:
        """The value that starts here, or None if it was refused but ends where one can tell."""
        match self._peek():
            case "{":
                return self._nested(self._mapping)
            case "[":
                return self._nested(self._list)
            case '"':
                return self._string()
            case _:
                return self._word(expected)

    def _nested(self, build: Callable[[Place], Node]) -> Node:
        place = self._place(self._position)
        self._depth += 1
        if self._depth > DEEPEST:
            self._issues.append(messages.too_deep(DEEPEST).at(place))
            raise _Stop
        self._position += 1
        node = build(place)
        self._depth -= 1
        return node

    def _list(self, place: Place) -> ListNode:
        items: list[Node] = []
        self._skip_space()
        if self._taken("]"):
            return ListNode((), place)
        while True:
            self._skip_space()
            item = self._value("a value")
            if item is not None:
                items.append(item)
            self._skip_space()
            if self._taken("]"):
                return ListNode(tuple(items), place)
            self._take(",", "`,` or `]`")

    def _mapping(self, place: Place) -> MapNode:
        entries: dict[str, Entry] = {}
        refused: set[str] = set()
        first: dict[str, int] = {}
        self._skip_space()
        if self._taken("}"):
            return MapNode({}, place)
        while True:
            self._skip_space()
            key, value = self._entry()
            if key.text in first:
                self._issues.append(messages.double_key(key.text, first[key.text]).at(key.place))
            elif value is None:
                refused.add(key.text)
            else:
                entries[key.text] = Entry(key, value)
            first.setdefault(key.text, key.place.line)
            self._skip_space()
            if self._taken("}"):
                return MapNode(entries, place, frozenset(refused))
            self._take(",", "`,` or `}`")

    def _entry(self) -> tuple[Scalar, Node | None]:
        if self._peek() != '"':
            self._stop("a key in double quotes")
        key = self._string()
        self._skip_space()
        self._take(":", "`:`")
        self._skip_space()
        return key, self._value("a value")

    def _word(self, expected: str) -> Scalar | None:
        """A number, true, false or null; another word is refused and passed over."""
        start = self._position
        found = _NUMBER.match(self._content, start)
        word = _WORD.match(self._content, start)
        if word is None:
            self._stop(expected)
        place = self._place(start, len(word[0]))
        number = found is not None and found[0] == word[0]
        not_of_json = word[0].lstrip("+-") in {"NaN", "Infinity"}
        if not (number or not_of_json or word[0] in {"true", "false", "null"}):
            self._stop(expected)
        self._position = word.end()
        if not_of_json:
            self._issues.append(messages.not_a_number(word[0]).at(place))
            return None
        return Scalar(word[0], True, place)

    def _string(self) -> Scalar:
        start = self._position
        self._position += 1
        parts: list[str] = []
        while True:
            plain = _PLAIN_PART.match(self._content, self._position)
            if plain is not None:
                parts.append(plain[0])
                self._position = plain.end()
            character = self._peek()
            if character == '"':
                self._position += 1
                break
            if character == "\\":
                parts.append(self._escape())
            else:
                self._stop('`"`')
        place = self._place(start, self._position - start)
        return Scalar(self._joined("".join(parts), place), False, place)

    def _joined(self, text: str, place: Place) -> str:
        """The text with two halves of a character, written as two escapes, made one."""
        if not _SURROGATE.search(text):
            return text
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            self._issues.append(messages.lone_surrogate().at(place))
            return text

    def _escape(self) -> str:
        self._position += 1
        letter = self._peek()
        if letter in _ESCAPES:
            self._position += 1
            return _ESCAPES[letter]
        digits = _HEX.match(self._content, self._position + 1)
        if letter != "u" or digits is None:
            self._stop("an escape such as `\\n` or `\\u00e9`")
        self._position = digits.end()
        return chr(int(digits[0], 16))

    def _skip_space(self) -> None:
        # line breaks stand only here: in strings they are refused
        start = self._position
        found = _SPACE.match(self._content, start)
        if found is None or found.end() == start:
            return
        self._position = found.end()
        breaks = self._content.count("\n", start, self._position)
        if breaks:
            self._line += breaks
            self._line_start = self._content.rfind("\n", start, self._position) + 1

    def _peek(self) -> str:
        return self._content[self._position : self._position + 1]

    def _taken(self, character: str) -> bool:
        if self._peek() != character:
            return False
        self._position += 1
        return True

    def _take(self, character: str, expected: str) -> None:
        if not self._taken(character):
            self._stop(expected)

    def _place(self, start: int, width: int = 1) -> Place:
        return Place(self._text, self._line, start - self._line_start + 1, width)

    def _stop(self, expected: str) -> NoReturn:
        found = _WORD.match(self._content, self._position)
        got = found[0] if found is not None else self._peek()
        self._issues.append(messages.not_json(expected, got).at(self._place(self._position, max(1, len(got)))))
        raise _Stop
