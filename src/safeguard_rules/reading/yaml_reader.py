"""Strict YAML to nodes, from the events of a parser (decisions 55-57)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any, Literal

import yaml

from safeguard_rules import messages
from safeguard_rules.messages import Message
from safeguard_rules.reading.limits import refused_characters, too_large
from safeguard_rules.reading.nodes import Entry, ListNode, MapNode, Node, Scalar
from safeguard_rules.reading.sizes import DEEPEST, MOST_ALIKE
from safeguard_rules.source import Issue, Place, Text

_REFUSED_CHARACTER = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BEFORE_CONTENT = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*")
_COMMENT = re.compile(r"#[^\n]*")
_TAB_OR_QUESTION_MARK = re.compile(r"[\t?]")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*(?=[ \n]|\r\n|$)")
_LEADING_TAB = re.compile(r"\n *\t")
_NO_SPACE_AFTER_COLON = re.compile(r" *:[\[{]")
_PLAIN = (None, "")  # the pure parser says None, the one in C says ""

_Parser = Any  # a loader class of PyYAML


def pure_parser() -> _Parser:
    """PyYAML's own parser, which is everywhere."""
    return yaml.BaseLoader


def fast_parser() -> _Parser:
    """The parser in C where PyYAML was built with it, else the pure one.

    The one in C is some four times as fast, and packs are read at each start, so it is used where it is there.
    So that verdicts do not depend on the machine, what the two see differently (tabs, characters, directives,
    `?`, a bracket right after a colon, comments in the header of block text, halves of character pairs) is
    refused here by rules of our own; a text with issues is read again with the pure one, for the same words
    and places; and one corpus of traps, whole and spoilt at random, is run through both.
    """
    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(text: Text, issues: list[Issue], parser: _Parser | None = None) -> Node | None:
    """The tree of a YAML text; all refusals are added to `issues`.

    None if no tree could be made. A tree that is given along with issues may only be used to find more of them.
    """
    if too_large(text, issues) or refused_characters(text, _REFUSED_CHARACTER, issues):
        return None
    directives = list(_directives(text))
    if directives:
        issues.extend(directives)
        return None
    chosen = parser or fast_parser()
    reading = _Reading(text, chosen)
    if reading.issues and chosen is not pure_parser():
        again = _Reading(text, pure_parser())
        reading = again if again.issues else reading
    issues.extend(reading.issues)
    return reading.root


def _directives(text: Text) -> Iterator[Issue]:
    """The lines with `%` before anything else but comments; the parsers drop unknown ones without a word."""
    start = 0
    while True:
        match = _BEFORE_CONTENT.match(text.content, start)
        start = match.end() if match else start
        if not text.content.startswith("%", start):
            return
        end = text.content.find("\n", start)
        line = text.content[start : len(text.content) if end < 0 else end].rstrip()
        if line != "%YAML 1.2":
            yield messages.directive(line).at(text.place(start, len(line)))
        start += len(line)


class _Stop(Exception):  # noqa: N818 - not an error: the rest is not read
    """Reading ends here; the issue is already there."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a scalar stands in the content, and how it is written."""

    start: int
    stop: int
    style: Literal["plain", "quoted", "block"]
    in_brackets: bool


class _Reading:
    """One pass over the events of one parser."""

    def __init__(self, text: Text, parser: _Parser) -> None:
        self.text = text
        self.issues: list[Issue] = []
        self.root: Node | None = None
        self._spans: list[_Span] = []
        self._depth = 0
        self._brackets = 0
        self._events: Iterator[Any] = yaml.parse(text.content, Loader=parser)
        self._read()

    def _read(self) -> None:
        try:
            self._document()
        except _Stop:
            self.root = None
        except yaml.MarkedYAMLError as error:
            self._gave_up(error.problem_mark or error.context_mark)
            return
        except (yaml.YAMLError, ValueError, OverflowError):
            # the pure parser lets the error of chr() through for an escape that is no character
            self._gave_up(None)
            return
        for message, index in sorted(islice(self._disputed(), MOST_ALIKE), key=itemgetter(1)):
            self._refuse(message, self.text.place(index))

    def _gave_up(self, mark: Any) -> None:
        self.root = None
        place = self.text.whole() if mark is None else Place(self.text, mark.line + 1, mark.column + 1)
        stumbled_over = "" if mark is None else self.text.content[mark.index : mark.index + 1]
        messages_of = {"\t": messages.tab, "?": messages.question_mark}
        self._refuse(messages_of.get(stumbled_over, messages.not_yaml)(), place)

    def _document(self) -> None:
        for event in self._events:
            match event:
                case yaml.DocumentStartEvent() if self.root is not None:
                    self._refuse(messages.second_document(), self._place(event))
                    raise _Stop
                case yaml.StreamStartEvent() | yaml.StreamEndEvent():
                    pass
                case yaml.DocumentStartEvent() | yaml.DocumentEndEvent():
                    pass
                case _:
                    self._root(event)
        if self.root is None and not self.issues:
            self._refuse(messages.empty_text(), self.text.whole())

    def _root(self, event: Any) -> None:
        if _is_empty(event):
            self._refuse(messages.empty_text(), self.text.whole())
            raise _Stop
        self.root = self._node(event)
        if self.root is None:
            raise _Stop

    def _node(self, event: Any) -> Node | None:
        """The node that starts with an event, or None if it was refused."""
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(messages.alias(event.anchor or ""), place)
            return None
        if event.anchor is not None:
            self._refuse(messages.anchor(event.anchor), place)
        if event.tag is not None:
            self._refuse(messages.tag(event.tag), place)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, place)
            case yaml.SequenceStartEvent():
                return self._nested(self._list, event, place)
            case _:
                return self._nested(self._mapping, event, place)

    def _nested(self, build: Callable[[Place], Node], event: Any, place: Place) -> Node:
        in_brackets = 1 if event.flow_style else 0
        self._depth += 1
        self._brackets += in_brackets
        if self._depth > DEEPEST:
            self._refuse(messages.too_deep(DEEPEST), place)
            raise _Stop
        node = build(place)
        self._depth -= 1
        self._brackets -= in_brackets
        return node

    def _list(self, place: Place) -> ListNode:
        items: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            if _is_empty(event):
                self._refuse(messages.empty_item(), self._place(event))
                continue
            node = self._node(event)
            if node is not None:
                items.append(node)
        return ListNode(tuple(items), place)

    def _mapping(self, place: Place) -> MapNode:
        entries: dict[str, Entry] = {}
        refused: set[str] = set()
        first: dict[str, int] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event)
            value = self._value(key)
            if key is None:
                continue
            if key.text in first:
                self._refuse(messages.double_key(key.text, first[key.text]), key.place)
                continue
            first[key.text] = key.place.line
            if value is None:
                refused.add(key.text)
            else:
                entries[key.text] = Entry(key, value)
        if entries or refused:
            place = self._first_key(place, entries)
        return MapNode(entries, place, frozenset(refused))

    def _first_key(self, place: Place, entries: dict[str, Entry]) -> Place:
        """A mapping without braces starts at its first key: then the whole key is marked."""
        for entry in entries.values():
            at = entry.key.place
            return at if (at.line, at.column) == (place.line, place.column) else place
        return place

    def _key(self, event: Any) -> Scalar | None:
        """The key that an event starts, or None if it was refused."""
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(messages.key_not_text(), self._place(event))
            if not isinstance(event, yaml.AliasEvent):
                self._node(event)
            return None
        if _is_empty(event):
            self._refuse(messages.empty_key(), self._place(event))
            return None
        key = self._node(event)
        return key if isinstance(key, Scalar) else None

    def _value(self, key: Scalar | None) -> Node | None:
        event = next(self._events)
        if key is not None and key.plain and key.text == "<<":
            self._refuse(messages.merge_key(), key.place)
            if not isinstance(event, yaml.AliasEvent):
                self._node(event)
            return None
        if _is_empty(event):
            if key is not None:
                self._refuse(messages.empty_value(key.text), key.place)
            return None
        return self._node(event)

    def _scalar(self, event: Any, place: Place) -> Scalar:
        style: Literal["plain", "quoted", "block"] = "plain"
        if event.style not in _PLAIN:
            style = "block" if event.style in "|>" else "quoted"
        self._spans.append(_Span(event.start_mark.index, event.end_mark.index, style, self._brackets > 0))
        if _SURROGATE.search(event.value):
            self._refuse(messages.lone_surrogate(), place)
        return Scalar(event.value, style == "plain", place)

    def _disputed(self) -> Iterator[tuple[Message, int]]:
        """What one of the parsers takes and the other does not, or reads otherwise: refused, with its index."""
        content = self.text.content
        end = 0
        for span in [*self._spans, _Span(len(content), len(content), "quoted", False)]:
            between = _COMMENT.sub(lambda match: " " * len(match[0]), content[end : span.start])
            odd = _TAB_OR_QUESTION_MARK.search(between)
            if odd is not None:
                yield (messages.tab() if odd[0] == "\t" else messages.question_mark()), end + odd.start()
            yield from self._disputed_in(span)
            end = span.stop

    def _disputed_in(self, span: _Span) -> Iterator[tuple[Message, int]]:
        content, start, stop = self.text.content, span.start, span.stop
        if span.style == "block":
            if not _BLOCK_HEADER.match(content, start):
                yield messages.not_yaml(), start
            if (found := _LEADING_TAB.search(content, start, stop)) is not None:
                yield messages.tab(), found.end() - 1
        if span.style != "plain":
            return
        if "\t" in content[start:stop]:
            yield messages.tab(), content.index("\t", start)
        if content[start] == "?" or (span.in_brackets and "?" in content[start:stop]):
            yield messages.question_mark(), content.index("?", start)
        if span.in_brackets and (found := _NO_SPACE_AFTER_COLON.match(content, stop)) is not None:
            yield messages.space_after_colon(), found.end() - 2

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        same = start.line == end.line
        width = end.column - start.column if same else 1
        return Place(self.text, start.line + 1, start.column + 1, max(1, width))

    def _refuse(self, message: Message, place: Place) -> None:
        self.issues.append(message.at(place))


def _is_empty(event: Any) -> bool:
    """Whether nothing stands where a value belongs."""
    return isinstance(event, yaml.ScalarEvent) and event.value == "" and event.style in _PLAIN
