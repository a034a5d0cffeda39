"""What the literals of the index are about: tests of facts, meanings of definitions, and records that are counted."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from safeguard_rules.engine.indexing.formulas import Formula, literals
from safeguard_rules.language.operators import Operator
from safeguard_rules.language.tree import Scope
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration, Unit
from safeguard_rules.vocabulary.facts import Fact

WIDTH = {Scope.ONE: 0, Scope.SUBJECT: 1, Scope.ITEM: 2}
"""What an atom has to be worked out for: once, for each subject, or for each record of a list."""


class Reading(NamedTuple):
    """A fact, and whose it is."""

    scope: Scope
    fact: Fact


@dataclass(frozen=True, slots=True, eq=False)
class FactTest:
    """A test of a fact; `operand` is a value, or the other fact that it is held against.

    `alone` says that it has to be worked out each time: no value of its fact alone, and no day, decides it.
    """

    reading: Reading
    operator: Operator
    operand: Any
    scopes: tuple[Scope, ...]
    """Whose facts it needs."""
    scope: Scope
    """The innermost of these."""
    alone: bool


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """What a definition comes to at a level of assuming, worked out by its own function; `scope` is whose it is."""

    definition: str
    level: int
    scope: Scope

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Whose facts it needs."""
        return (self.scope,)


class Standing(StrEnum):
    """Which records of a list are counted."""

    CERTAIN = "certain"
    """Those that are certainly there."""
    SEEN = "seen"
    """Those that were entered."""
    POSSIBLE = "possible"
    """Those that were entered, and without end the one that nobody has entered."""
    UNSEEN = "unseen"
    """That one alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """That at least so many records of a list fulfil a formula."""

    of: str
    others: bool
    standing: Standing
    least: int
    formula: Formula
    scope: Scope


Atom: TypeAlias = FactTest | Meant | Gathered


class Atoms:
    """All atoms of an index by their numbers; the same one twice has one number."""

    def __init__(self) -> None:
        self.all: list[Atom] = []
        self._numbers: dict[Hashable, int] = {}

    def __getitem__(self, number: int) -> Atom:
        return self.all[number]

    def asked(self, reading: Reading, operator: Operator, operand: Any) -> int:
        """The number of a test."""
        right = (operand.scope, operand.fact.path) if isinstance(operand, Reading) else (type(operand), operand)
        key = reading.scope, reading.fact.path, operator.name, right
        return self._number(key, lambda: _asked(reading, operator, operand))

    def meant(self, definition: str, level: int, scope: Scope) -> int:
        """The number of what a definition comes to."""
        return self._number((definition, level, scope), lambda: Meant(definition, level, scope))

    def gathered(self, of: str, others: bool, standing: Standing, least: int, formula: Formula) -> int:
        """The number of a count of records."""
        atoms = [self[each.atom] for each in literals(formula)]
        subject = others or any(not isinstance(atom, Gathered) and Scope.SUBJECT in atom.scopes for atom in atoms)
        scope = Scope.SUBJECT if subject else Scope.ONE
        key = of, others, standing, least, type(formula), formula
        return self._number(key, lambda: Gathered(of, others, standing, least, formula, scope))

    def _number(self, key: Hashable, make: Callable[[], Atom]) -> int:
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.all)
            self.all.append(make())
        return found


def _asked(reading: Reading, operator: Operator, operand: Any) -> FactTest:
    other = isinstance(operand, Reading)
    scopes = (reading.scope, operand.scope) if other else (reading.scope,)
    innermost = max(scopes, key=WIDTH.__getitem__)
    return FactTest(reading, operator, operand, scopes, innermost, other or _to_the_moment(operand))


def _to_the_moment(operand: object) -> bool:
    if isinstance(operand, tuple):
        return any(map(_to_the_moment, operand))
    if isinstance(operand, Duration):
        return operand.unit is Unit.HOURS
    return isinstance(operand, When) and operand.instant is not None
