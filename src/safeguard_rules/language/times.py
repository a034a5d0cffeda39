"""How long somebody has: the words and lengths that may stand after `time`, and which of two is shorter.

Times are a partial order: `at once` is shorter than anything, lengths compare where every start day agrees, and
events compare with nothing (semantics, 2.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from safeguard_rules.values.durations import Duration, day_range

AT_ONCE = "at once"
SAME_DAY = "same day"
EVENTS = (
    "promptly",
    "at this contact",
    "at the next contact",
    "at each contact",
    "at each meeting",
    "before contact",
    "before asking",
    "before sharing",
    "before the birth",
    "before the event",
    "before the assessment closes",
)
"""Events and manners, which compare with no length."""

WORDS = (AT_ONCE, SAME_DAY, *EVENTS)


@dataclass(frozen=True, slots=True)
class Time:
    """A time as written; `length` where it is a length."""

    text: str
    length: Duration | None


def parse_time(text: str) -> Time | None:
    """The time that a text says, or None."""
    if text in WORDS:
        return Time(text, None)
    try:
        return Time(text, Duration.parse(text))
    except ValueError:
        return None


def shorter(one: Time | None, other: Time | None) -> bool:
    """Whether the first is certainly the shorter; no time at all is never shorter."""
    if one is None or one.text in EVENTS:
        return False
    if other is None:
        return True
    if other.text in EVENTS or one.text == other.text:
        return False
    most = _days(one)[1]
    return one.text == AT_ONCE or (most is not None and most < _days(other)[0])


def _days(time: Time) -> tuple[Fraction, Fraction | None]:
    """How many days a time is, at the least and at the most; None has no bound."""
    if time.text == AT_ONCE:
        return Fraction(0), Fraction(0)
    if time.length is None:
        return Fraction(0), Fraction(1)
    return day_range(time.length)
