"""Whether a change asks for more or for less, as far as structure shows it; else it cannot be said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from safeguard_rules.language.times import parse_time
from safeguard_rules.language.times import shorter as sooner
from safeguard_rules.language.tree import Condition
from safeguard_rules.packs.content import Content
from safeguard_rules.packs.differences import LESS, MORE, SAME, UNCLEAR, Effect
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.packs.tightening import MIXED, Polarity, implies
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration, shorter
from safeguard_rules.values.truth import T

Judge: TypeAlias = Callable[[Any, Any], Effect]
"""Says what a change from one value to another does to what is asked for."""

_STRENGTH = {"must": 2, "must_not": 2, "should": 1, "should_not": 1, "consider": 0}


def way(step: int | None) -> Effect:
    """The effect of a step: 1 asks for more, -1 for less, 0 for the same; None cannot be said."""
    return UNCLEAR if step is None else {1: MORE, -1: LESS, 0: SAME}[step]


def _turned(effect: Effect, direction: int) -> Effect:
    if effect not in (MORE, LESS) or direction == 1:
        return effect
    if direction == MIXED:
        return UNCLEAR
    return LESS if effect == MORE else MORE


def of_condition(old: Condition, new: Condition) -> Effect:
    """What a rule asks for if its condition changes: more where it is certainly wider."""
    wider, narrower = implies(old, new), implies(new, old)
    if wider and narrower:
        return SAME
    return MORE if wider else LESS if narrower else UNCLEAR


def of_span(old: tuple[date | None, date | None], new: tuple[date | None, date | None]) -> Effect:
    """What a rule asks for over other days."""
    return of_sets(_days(old), _days(new))


def _days(span: tuple[date | None, date | None]) -> range:
    return range((span[0] or date.min).toordinal(), (span[1] or date.max).toordinal() + 1)


def of_sets(old: Collection[Any], new: Collection[Any]) -> Effect:
    """What is asked for if something holds for another set of stages or days."""
    if isinstance(old, range) and isinstance(new, range):
        grows = new.start <= old.start and old.stop <= new.stop
        shrinks = old.start <= new.start and new.stop <= old.stop
    else:
        grows, shrinks = set(old) <= set(new), set(new) <= set(old)
    return way(1 if grows and not shrinks else -1 if shrinks and not grows else 0 if grows else None)


def of_areas(old: Sequence[str], new: Sequence[str]) -> Effect:
    """What is asked for if a rule holds in other areas; none named means all."""
    if not old or not new:
        return way((not new) - (not old))
    return of_sets(old, new)


def of_obligation(old: str, new: str) -> Effect:
    """What a stronger or weaker obligation asks for; turned into its opposite it cannot be said."""
    if (old in NEGATIVE) != (new in NEGATIVE):
        return UNCLEAR
    step = _STRENGTH[new] - _STRENGTH[old]
    return way((step > 0) - (step < 0))


Timed: TypeAlias = tuple[str | None, str | None, str | None]
"""A time as written, its basis, and the fact from which it is counted."""


def of_within(old: Timed, new: Timed) -> Effect:
    """What another time asks for: another basis asks the same, another start cannot be said."""
    if old[2] != new[2]:
        return UNCLEAR
    return SAME if old[0] == new[0] else _of_time(old[0], new[0])


def _of_time(old: str | None, new: str | None) -> Effect:
    """A shorter time asks for more; no time at all is the longest."""
    one, other = (parse_time(text) if text is not None else None for text in (old, new))
    if other is not None and one is None:
        return MORE
    if one is not None and other is None:
        return LESS
    return MORE if sooner(other, one) else LESS if sooner(one, other) else UNCLEAR


def of_presence(old: object, new: object) -> Effect:
    """What is asked for if something comes that makes rules speak, or goes."""
    return way(bool(new) - bool(old))


@dataclass(frozen=True, slots=True)
class Directions:
    """In which directions names are used on both sides: where the sides differ, in none for sure."""

    sides: tuple[Polarity, Polarity]

    @classmethod
    def of(cls, before: Content, after: Content) -> Directions:
        """The directions in two states of the same packs."""
        one, other = (Polarity(content.rules.values(), content.definitions) for content in (before, after))
        return cls((one, other))

    def of_definition(self, name: str) -> Judge:
        """Judges conditions that a definition means: wider asks for more where the name is used plainly."""
        direction = self._one([side.definition(name) for side in self.sides if name in side.of_definitions])
        return lambda old, new: _turned(of_condition(old, new), direction)

    def of_parameter(self, name: str) -> Judge:
        """Judges values of a parameter, by the direction of all its uses."""
        direction = self._one([side.parameter(name) for side in self.sides if name in side.of_parameters])
        return lambda old, new: _turned(_moved(old, new), direction)

    @staticmethod
    def _one(found: list[int]) -> int:
        """The direction of both sides; a name that one side alone uses has its direction there."""
        return found[0] if found and len(set(found)) == 1 else MIXED


def _moved(old: object, new: object) -> Effect:
    match old, new:
        case int(), int():
            return way((new > old) - (new < old))
        case Duration(), Duration():
            return MORE if shorter(old, new) == T else LESS if shorter(new, old) == T else UNCLEAR
        case When(), When():
            return way((new.first > old.first) - (new.first < old.first))
    return UNCLEAR
