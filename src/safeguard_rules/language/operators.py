"""The closed list of operators: one entry each, with what it takes, its truth, its direction and its English.

Truth tables are in `tests/spec/operators.csv`. An unknown left side is unknown; `not_yet` and *not applicable* are
values (semantics, decision 4): `is` the same word is true, `is_not` and `none_of` another value are true, every
other comparison is false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from safeguard_rules.values import timing
from safeguard_rules.values.counts import Range
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.special import Special
from safeguard_rules.values.truth import F, T, Truth, U, negate
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.facts import Kind


class Takes(StrEnum):
    """What stands on the right-hand side."""

    WORD = "a word"
    WORDS = "a list of words"
    FLAG = "true or false"
    EMPTY = "[]"
    THRESHOLD = "a parameter"
    THRESHOLDS = "two parameters"
    LENGTH = "a parameter that is a length of time"
    MOMENT = "a parameter that is a date, or another date"
    NOT_YET = "not_yet"
    REFERENCE = "another reference"


Tester = Callable[[Any, Any, AsOf, WorkingDays | None], Truth]
"""A test of a value against an operand, on a day, with the calendar that working days are counted by."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to test a fact.

    `takes` says per kind of fact what may stand on the right; `rising` is the direction in which the truth moves when a
    parameter on the right grows: 1 up, -1 down, 0 both ways (then a locality may not move it); `english` is the
    reading, with `{fact}` and `{value}` filled in.
    """

    name: str
    takes: Mapping[Kind, Takes]
    test: Tester
    english: str
    rising: int = 0
    negative: bool = False
    """Whether it holds of a value that is another one (`is_not`, `none_of`)."""

    def apply(self, value: object, operand: object, as_of: AsOf, calendar: WorkingDays | None) -> Truth:
        """The truth of the test for a bare value; None is unknown on either side."""
        if value is None or operand is None:
            return U
        if isinstance(value, Special) or isinstance(operand, Special):
            same = value is operand or (isinstance(operand, tuple) and value in operand)
            if self.name in ("is", "one_of"):
                return T if same else F
            return T if self.negative and not same else F
        return self.test(value, operand, as_of, calendar)


def _is(value: Any, operand: Any, *_: object) -> Truth:
    if isinstance(operand, tuple):  # `is: []` on a set
        return value.is_empty()  # type: ignore[no-any-return]
    return T if value == operand else F


def _is_not(value: Any, operand: Any, *_: object) -> Truth:
    return negate(_is(value, operand))


def _one_of(value: Any, operand: Any, *_: object) -> Truth:
    return T if value in operand else F


def _none_of(value: Any, operand: Any, *_: object) -> Truth:
    if isinstance(value, str):
        return negate(_one_of(value, operand))
    return negate(value.includes_any(operand))


def _compare(numbers: Callable[[int, int], bool], lengths: Callable[..., Truth]) -> Tester:
    def test(value: Any, operand: Any, as_of: AsOf, calendar: WorkingDays | None) -> Truth:
        if isinstance(value, int):
            return T if numbers(value, operand) else F
        return lengths(value, operand, as_of, calendar)

    return test


def _between(value: Any, operand: Any, as_of: AsOf, calendar: WorkingDays | None) -> Truth:
    low, high = operand
    if isinstance(value, int):
        return T if low <= value <= high else F
    return timing.between(value, low, high, as_of, calendar)


_QUANTITIES = MappingProxyType({Kind.NUMBER: Takes.THRESHOLD, Kind.LENGTH: Takes.THRESHOLD})


def _sets(word: Takes, references: bool = False) -> Mapping[Kind, Takes]:
    takes = {Kind.WORDS: word}
    if references:
        takes[Kind.REFERENCES] = Takes.REFERENCE
    return MappingProxyType(takes)


_SAME: Mapping[Kind, Takes] = MappingProxyType(
    {
        Kind.WORD: Takes.WORD,
        Kind.BOOLEAN: Takes.FLAG,
        Kind.WORDS: Takes.EMPTY,
        Kind.REFERENCES: Takes.EMPTY,
        Kind.REFERENCE: Takes.REFERENCE,
        Kind.DATE: Takes.NOT_YET,
        Kind.NUMBER: Takes.THRESHOLD,
    }
)
_DATE_MOMENT = MappingProxyType({Kind.DATE: Takes.MOMENT})
_DATE_LENGTH = MappingProxyType({Kind.DATE: Takes.LENGTH})

_ALL = (
    Operator("is", _SAME, _is, "{fact}: {value}"),
    Operator("is_not", _SAME, _is_not, "{fact}: not {value}", negative=True),
    Operator("one_of", MappingProxyType({Kind.WORD: Takes.WORDS}), _one_of, "{fact}: {value}"),
    Operator(
        "none_of",
        MappingProxyType({Kind.WORD: Takes.WORDS, Kind.WORDS: Takes.WORDS}),
        _none_of,
        "{fact}: none of {value}",
        negative=True,
    ),
    Operator(
        "at_least",
        _QUANTITIES,
        _compare(lambda a, b: a >= b, timing.at_least),
        "{fact}: {value} or more",
        rising=-1,
    ),
    Operator(
        "at_most",
        _QUANTITIES,
        _compare(lambda a, b: a <= b, timing.at_most),
        "{fact}: {value} or less",
        rising=1,
    ),
    Operator(
        "more_than",
        _QUANTITIES,
        _compare(lambda a, b: a > b, timing.more_than),
        "{fact}: more than {value}",
        rising=-1,
    ),
    Operator(
        "less_than",
        _QUANTITIES,
        _compare(lambda a, b: a < b, timing.less_than),
        "{fact}: under {value}",
        rising=1,
    ),
    Operator(
        "between",
        MappingProxyType({Kind.NUMBER: Takes.THRESHOLDS, Kind.LENGTH: Takes.THRESHOLDS}),
        _between,
        "{fact}: between {value}, both included",
    ),
    Operator("includes", _sets(Takes.WORD, True), lambda v, o, *_: v.includes(o), "{fact}: among them {value}"),
    Operator("includes_any", _sets(Takes.WORDS), lambda v, o, *_: v.includes_any(o), "{fact}: any of {value}"),
    Operator("includes_all", _sets(Takes.WORDS), lambda v, o, *_: v.includes_all(o), "{fact}: all of {value}"),
    Operator("only", _sets(Takes.WORDS), lambda v, o, *_: v.only(o), "{fact}: nothing but {value}"),
    Operator("before", _DATE_MOMENT, lambda v, o, *_: timing.before(v, o), "{fact}: before {value}", rising=1),
    Operator("after", _DATE_MOMENT, lambda v, o, *_: timing.after(v, o), "{fact}: after {value}", rising=-1),
    Operator("within_last", _DATE_LENGTH, timing.within_last, "{fact}: within the last {value}", rising=1),
    Operator("more_than_ago", _DATE_LENGTH, timing.more_than_ago, "{fact}: more than {value} ago", rising=-1),
    Operator("within_next", _DATE_LENGTH, timing.within_next, "{fact}: within the next {value}", rising=1),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType({operator.name: operator for operator in _ALL})
"""Every operator by its name; `one_of` is what a bare list on a word fact means."""

WRITTEN = tuple(name for name in OPERATORS if name != "one_of")
"""The operators that an author writes by name."""

COUNTING = ("is", "is_not", "at_least", "at_most", "more_than", "less_than", "between")
"""The operators that a count takes."""


def operators_for(kind: Kind) -> tuple[str, ...]:
    """The names of the operators that a fact of this kind takes, as an author writes them."""
    return tuple(name for name in WRITTEN if kind in OPERATORS[name].takes)


def comparing_facts(kind: Kind) -> tuple[str, ...]:
    """The names of the operators with which a fact of this kind is held against another fact."""
    takes = (Takes.MOMENT, Takes.REFERENCE)
    return tuple(name for name in operators_for(kind) if OPERATORS[name].takes[kind] in takes)


def count_test(operator: Operator, low: int, high: int | None, operand: Any) -> Truth:
    """A count, known to lie between `low` and `high` (None: no bound), held against a whole number or two."""
    counted = Range(low, high)
    match operator.name:
        case "is":
            return counted.is_(operand)
        case "is_not":
            return counted.is_not(operand)
        case "between":
            return counted.between(*operand)
        case name:
            return getattr(counted, name)(operand)  # type: ignore[no-any-return]
