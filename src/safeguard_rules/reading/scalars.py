"""What a scalar means where a certain type is expected (decision 55).

Numbers, true, false and null must be plain and exact; dates, lengths of time and words are read from their text,
quoted or not; where text is expected every scalar is its text.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin

from safeguard_rules import messages
from safeguard_rules.messages import Message
from safeguard_rules.reading.nodes import Node, Scalar
from safeguard_rules.reading.sizes import MOST_DIGITS
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.special import NOT_YET, Special

_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NEARLY_NULL = frozenset({"~", "Null", "NULL"})
_NAMES = {
    bool: "`true` or `false`",
    int: "a whole number",
    str: "text",
    date: "a day",
    AsOf: "a day",
    When: "a date",
    Duration: "a length of time",
    Special: "`not_yet`",
}


class RefusedError(Exception):
    """A value was refused; carries what to say about it."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.text)


def is_null(node: Node) -> bool:
    """Whether a node is the plain word null."""
    return isinstance(node, Scalar) and node.plain and node.text == "null"


def is_scalar_type(expected: Any) -> bool:
    """Whether a type is read from one scalar."""
    if get_origin(expected) is Literal:
        return True
    return isinstance(expected, type) and (issubclass(expected, Enum) or _reader_of(expected) is not None)


def name_of(expected: Any) -> str:
    """What a person calls a scalar type: `a date`, or the words that may stand there."""
    if get_origin(expected) is Literal:
        return messages.one_of([str(word) for word in get_args(expected)])
    if isinstance(expected, type) and issubclass(expected, Enum) and expected is not Special:
        return messages.one_of([str(member.value) for member in expected])
    return _NAMES.get(expected, "text")


def read_scalar(node: Scalar, expected: Any, name: str) -> Any:
    """The value of a scalar where a type is expected for the key `name`; raises `RefusedError`."""
    if is_null(node):
        raise RefusedError(messages.null_refused(name, name_of(expected)))
    if node.plain and node.text in _NEARLY_NULL:
        raise RefusedError(messages.nearly_null(node.text))
    if get_origin(expected) is Literal:
        return _word(node, get_args(expected), name)
    if issubclass(expected, Enum) and expected is not Special:
        words = {str(member.value): member for member in expected}
        return words[_word(node, tuple(words), name)]
    reader = _reader_of(expected)
    if reader is None:
        raise TypeError(f"no reader for {expected!r}")
    return reader(node)


def read_by_looks(node: Scalar) -> bool | int | str | None:
    """The value of a scalar where nothing is said about its type; raises `RefusedError` for a fraction."""
    if not node.plain:
        return node.text
    if node.text in {"true", "false", "null"}:
        return {"true": True, "false": False, "null": None}[node.text]
    if node.text in _NEARLY_NULL:
        raise RefusedError(messages.nearly_null(node.text))
    return _whole_number(node) if re.match(r"-?[0-9][0-9._eE+]*$", node.text) else node.text


def _reader_of(expected: Any) -> Callable[[Scalar], Any] | None:
    if expected in _READERS:
        return _READERS[expected]
    parse = getattr(expected, "parse", None) or getattr(expected, "of", None)
    return None if parse is None else lambda node: _parsed(node, parse)


def _word(node: Scalar, words: tuple[Any, ...], name: str) -> Any:
    found = next((word for word in words if str(word) == node.text), None)
    if found is None:
        raise RefusedError(messages.not_a_word(node.text, name, [str(word) for word in words]))
    if isinstance(found, int) and not node.plain:
        raise RefusedError(messages.drop_the_quotes(node.text, messages.quote(node.text)))
    return found


def _boolean(node: Scalar) -> bool:
    if node.text not in {"true", "false"}:
        raise RefusedError(messages.not_a_boolean(node.text))
    if not node.plain:
        raise RefusedError(messages.drop_the_quotes(node.text, _NAMES[bool]))
    return node.text == "true"


def _whole_number(node: Scalar) -> int:
    if _WHOLE_NUMBER.fullmatch(node.text) is None or node.text == "-0":
        raise RefusedError(messages.not_a_whole_number(node.text))
    if not node.plain:
        raise RefusedError(messages.drop_the_quotes(node.text, _NAMES[int]))
    if len(node.text.lstrip("-")) > MOST_DIGITS:
        raise RefusedError(messages.number_too_large(node.text))
    return int(node.text)


def _day(node: Scalar) -> date:
    try:
        if _DAY.fullmatch(node.text):
            return date.fromisoformat(node.text)
    except ValueError:
        raise RefusedError(messages.not_in_the_calendar(node.text)) from None
    raise RefusedError(messages.not_a_day(node.text))


def _special(node: Scalar) -> Special:
    if node.text != NOT_YET.word:
        raise RefusedError(messages.wrong_shape(_NAMES[Special], messages.quote(node.text)))
    return NOT_YET


def _parsed(node: Scalar, parse: Callable[[str], Any]) -> Any:
    if node.text == NOT_YET.word:
        raise RefusedError(messages.not_yet_refused())
    try:
        return parse(node.text)
    except ValueError as error:
        raise RefusedError(messages.not_parsed(str(error))) from None


_READERS: Final[Mapping[Any, Callable[[Scalar], Any]]] = {
    bool: _boolean,
    int: _whole_number,
    str: lambda node: node.text,
    date: _day,
    Special: _special,
}
