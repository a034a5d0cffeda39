"""Values of facts that a rulebook can tell apart on a day: at its thresholds, and one day or more beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.language.tree import ParameterValue
from safeguard_rules.testing.reading_of_rules import uses_of
from safeguard_rules.values.dates import AsOf, When, write_instant
from safeguard_rules.values.durations import Duration, Unit, add
from safeguard_rules.vocabulary.facts import Fact, Kind
from safeguard_rules.vocabulary.looking import PREGNANCY_DAYS

DAY = timedelta(days=1)
NEAR = (0, 1, 3, 10, 40, 400)
"""So many days ago: enough to tell the order of what happened."""

AHEAD = (1, 20)
GROWN_UP = (Duration(16, Unit.YEARS), Duration(30, Unit.YEARS))
"""Ages of people: a derived fact looks at 16 years, and no parameter says so."""

WEEKS = ("36 weeks", "37 weeks", "40 weeks")
NOON = timedelta(hours=12)


@lru_cache(maxsize=256)
def cut_points(rulebook: Rulebook, as_of: AsOf) -> CutPoints:
    """The cut points of a rulebook on a day."""
    return CutPoints(rulebook, as_of)


class CutPoints:
    """Values of facts, written as in a case; lists of ids are left to who knows the ids."""

    def __init__(self, rulebook: Rulebook, as_of: AsOf) -> None:
        self.as_of = as_of
        self._uses = uses_of(rulebook)
        self._values: dict[str, tuple[Any, ...]] = {}
        self.derived: dict[tuple[str, str], Any] = {}
        """What derived facts come to that are made of one date alone, by their path and the date."""

    def values(self, fact: Fact) -> tuple[Any, ...]:
        """Values that an entered fact may well have, those first that rules name; none for a reference."""
        found = self._values.get(fact.path)
        if found is None:
            found = self._values[fact.path] = tuple(self._find(fact))
        return found

    def unlikely(self, fact: Fact) -> tuple[Any, ...]:
        """Values that should not be there and may be all the same: a past date that lies ahead."""
        if fact.kind is not Kind.DATE or not fact.past:
            return ()
        return tuple((self.as_of.day + DAY * days).isoformat() for days in AHEAD)

    def has_thresholds(self, fact: Fact) -> bool:
        """Whether some parameter is held against the fact."""
        return bool(self._thresholds(fact))

    def _find(self, fact: Fact) -> Iterable[Any]:
        match fact.kind:
            case Kind.BOOLEAN:
                return (False, True)
            case Kind.WORD:
                return dict.fromkeys((*self._uses.words.get(fact.path, ()), *fact.words))
            case Kind.WORDS:
                return self._sets(fact)
            case Kind.NUMBER:
                limits = [value for value in self._thresholds(fact) if isinstance(value, int)]
                return sorted({0, 1, *(each + step for each in limits for step in (-1, 0, 1) if each + step >= 0)})
            case Kind.LENGTH:
                return dict.fromkeys((*self._lengths(fact), *WEEKS))
            case Kind.DATE:
                return self._dates(fact)
            case Kind.TEXT:
                return ("in their own words",)
        return ()

    def _thresholds(self, fact: Fact) -> tuple[ParameterValue, ...]:
        return tuple(self._uses.thresholds.get(fact.path, ()))

    def _sets(self, fact: Fact) -> Iterator[list[str]]:
        named = tuple(self._uses.words.get(fact.path, ()))
        yield []
        for word in dict.fromkeys((*named, *fact.words)):
            yield [word]
        for words in self._uses.lists.get(fact.path, ()):
            if len(words) > 1:
                yield list(words)
        others = [word for word in fact.words if word not in named]
        if named and others:
            yield [named[0], others[0]]
        if len(named) > 1:
            yield [named[0], named[-1]]

    def _lengths(self, fact: Fact) -> Iterator[str]:
        for value in self._thresholds(fact):
            if isinstance(value, Duration):
                for step in (-1, 0, 1):
                    if value.amount + step >= 0:
                        yield str(Duration(value.amount + step, value.unit))

    # --- dates

    def _dates(self, fact: Fact) -> list[str]:
        today = self.as_of.day
        days = dict.fromkeys(day for cut in self._cuts(fact) for day in (cut, cut - DAY, cut + DAY))
        days.update(dict.fromkeys(today - DAY * step for step in NEAR))
        days.update(dict.fromkeys((_month_end_before(today), _leap_day_before(today))))
        if fact.path == "person.born_on":
            days.update(dict.fromkeys(day_before(today, age) + DAY * step for age in GROWN_UP for step in (0, 1)))
        if fact.past:
            kept = [day for day in days if day <= today]
        else:
            kept = [*days, *(today + DAY * step for step in AHEAD)]
        found = [day.isoformat() for day in dict.fromkeys(kept)]
        found += self._instants(fact)
        return [*found, "not_yet"] if fact.may_be_not_yet else found

    def _cuts(self, fact: Fact) -> Iterator[date]:
        today = self.as_of.day
        for value in self._thresholds(fact):
            if isinstance(value, When):
                yield value.first
            elif isinstance(value, Duration):
                back = day_before(today, value)
                yield back
                if value.unit is Unit.WORKING_DAYS:  # a weekend and a bank holiday or two further back
                    yield from (back - each * DAY for each in range(1, 5))
                if not fact.past:
                    yield today + (today - back)
                    yield back + timedelta(days=PREGNANCY_DAYS)

    def _instants(self, fact: Fact) -> Iterator[str]:
        """Moments at which a length of hours up to now begins, with a minute more and less."""
        hours = [each for each in self._thresholds(fact) if isinstance(each, Duration) and each.unit is Unit.HOURS]
        first, last = self.as_of.moments
        now: datetime = first if first == last else first + NOON
        for value in hours:
            for minutes in (-1, 0, 1):
                yield write_instant(now - timedelta(hours=value.amount, minutes=minutes))


def day_before(today: date, length: Duration) -> date:
    """The latest day from which a length of time has passed by today; hours and working days are taken as days."""
    if length.unit in (Unit.HOURS, Unit.WORKING_DAYS):
        days = length.amount // 24 if length.unit is Unit.HOURS else length.amount
        return today - timedelta(days=days)
    day = today - (add(today, length) - today) + 4 * DAY
    while add(day, length) > today:
        day -= DAY
    return day


def _month_end_before(day: date) -> date:
    return day.replace(day=1) - DAY


def _leap_day_before(day: date) -> date:
    year = day.year
    while year % 4 or (year % 100 == 0 and year % 400) or date(year, 2, 29) > day:
        year -= 1
    return date(year, 2, 29)
