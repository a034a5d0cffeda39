"""Reading a case from sound JSON in one step; whatever gives it pause is left to the reader that tells every issue.

It takes what that reader takes, and makes the same of it. Pydantic's reader of JSON takes more than ours: the last of
two equal keys, numbers of any length, a minus before nought, lone carriage returns. So the keys are counted, and the
rest is looked for; where anything is in doubt the answer is None, which says nothing about the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from safeguard_rules.case.base import CaseModel
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.reading.sizes import DEEPEST, LARGEST_FILE, LONGEST_LIST, MOST_DIGITS

Contents = TypeVar("Contents", bound=CaseContents)

_LISTS = (*SINGULARS, "done")
_NUMBERS = tuple((name, tuple(sorted(shape.numbers))) for name, shape in PARTS.items() if shape.numbers)
_LARGEST = 10**MOST_DIGITS
_MINUS_NOUGHT = re.compile(r"[:,\[][ \t\n]*-0[^0-9]")
_BLANK_BEFORE_COLON = re.compile('"[ \\t\\r\\n]+:')
"""With which keys could not be counted."""


def read_quickly(text: str, model: type[Contents]) -> Contents | None:
    """The contents of a case if the text holds them beyond doubt, else None."""
    if len(text) * 4 > LARGEST_FILE or "\r" in text or _MINUS_NOUGHT.search(text) or _BLANK_BEFORE_COLON.search(text):
        return None
    try:
        contents = model.model_validate_json(text)
    except (ValidationError, UnicodeError):
        return None
    if text.count('":') != _keys(contents) or not _numbers_in_bounds(contents):
        return None
    if contents.extra and not all(_plain(value, DEEPEST - 3) for value in _extra_values(contents)):
        return None
    # A list has at most one item more than the text has commas.
    return None if text.count(",") >= LONGEST_LIST and _has_long_list(contents) else contents


def _keys(contents: CaseContents) -> int:
    """How many keys a text has that holds this and no key twice."""
    fields = vars(contents)
    found = len(contents.model_fields_set)
    for part in (fields["child"], fields["pregnancy"]):
        if part is not None:
            found += len(part.model_fields_set)
    for name in _LISTS:
        for entry in fields[name] or ():
            found += len(entry.model_fields_set)
    if contents.evidence:
        found += len(contents.evidence) + sum(len(part.model_fields_set) for part in _noted(contents))
    return found + len(contents.extra) + sum(map(len, contents.extra.values()))


def _noted(contents: CaseContents) -> Iterator[CaseModel]:
    """Everything that is said about how facts are known."""
    for entries in contents.evidence.values():
        for entry in entries:
            yield entry
            yield from entry.accounts
            yield from entry.disputed


def _numbers_in_bounds(contents: CaseContents) -> bool:
    for part, numbers in _NUMBERS:
        found = getattr(contents, part)
        for entry in found if isinstance(found, tuple) else (found,):
            if entry is not None and not all(_is_short(getattr(entry, name)) for name in numbers):
                return False
    return True


def _is_short(number: int | None) -> bool:
    return number is None or -_LARGEST < number < _LARGEST


def _extra_values(contents: CaseContents) -> Iterator[Any]:
    for values in contents.extra.values():
        yield from values.values()


def _plain(value: Any, deepest: int) -> bool:
    """Whether a value that an extension adds has only short numbers, and lists so deep at most."""
    if isinstance(value, tuple):
        return deepest > 0 and all(_plain(each, deepest - 1) for each in value)
    return not isinstance(value, int) or _is_short(value)


def _has_long_list(part: BaseModel) -> bool:
    return any(_is_long(value) for value in vars(part).values())


def _is_long(value: Any) -> bool:
    if isinstance(value, tuple):
        return len(value) > LONGEST_LIST or any(map(_is_long, value))
    if isinstance(value, Mapping):
        return any(map(_is_long, value.values()))
    return isinstance(value, BaseModel) and _has_long_list(value)
