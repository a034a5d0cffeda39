"""Conditions as formulas: when one is certainly true or certainly false, with definitions put in their places."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, NamedTuple

from safeguard_rules.engine.compiling import Compiler
from safeguard_rules.engine.indexing.atoms import Atoms, Reading, Standing
from safeguard_rules.engine.indexing.formulas import ANY_TRUTH, FALSE, OPEN, TRUE, Formula, join, literal, opposite
from safeguard_rules.engine.running import EXCEPTIONS, PLAIN, PRECAUTION
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    Operand,
    ParameterRef,
    Quantifier,
    Scope,
    Test,
    Use,
    definitions_in,
    has_quantifier,
)
from safeguard_rules.values.truth import T

MOST_COUNTED = 8
"""The index counts records up to this number."""


class NotIndexedError(Exception):
    """A condition that the index leaves to its function."""


class Place(NamedTuple):
    """Where a condition stands: whose facts those of the subject are, and whether it is said of a list's records."""

    subject: Scope
    listed: bool


RULE = Place(Scope.SUBJECT, False)


class Whole(IntEnum):
    """Which definitions are not put in their places."""

    NONE = 0
    CHILD = 1
    ALL = 2


class Outcome(NamedTuple):
    """When a rule applies, at some level of assuming or at none, and when it does not.

    `with_all` is when it applies with all assumed, which alone counts where the stage is taken as born.
    """

    applies: Formula
    fails: Formula
    with_all: Formula


class Forming:
    """Makes formulas of conditions; `whole` says which definitions are left to their functions."""

    def __init__(self, compiler: Compiler, atoms: Atoms, whole: Whole) -> None:
        self.compiler = compiler
        self.atoms = atoms
        self.whole = whole
        self._known: dict[tuple[str, int, int, Place], Formula] = {}
        self._ranging: dict[str, bool] = {}

    def outcome(self, condition: Condition) -> Outcome:
        """When a rule with this condition applies and when it does not, in a stage that it is for."""
        fails = self.holds(condition, FALSE, PLAIN, RULE)
        levels = [level for level in (EXCEPTIONS, PRECAUTION) if self.compiler.assumes(condition, level)]
        # What holds with nothing assumed holds at each level.
        found = [self.holds(condition, TRUE, level, RULE) for level in levels or (PLAIN,)]
        return Outcome(join(False, found) if len(set(found)) > 1 else found[0], fails, found[-1])

    def holds(self, node: Condition, truths: int, level: int, place: Place) -> Formula:
        """When a condition comes to one of some truths: true, false, not true, or not false."""
        match node:
            case Always(value=value):
                return bool(truths & (TRUE if value else FALSE))
            case All(parts=parts):
                return join(not truths & FALSE, [self.holds(part, truths, level, place) for part in parts])
            case AnyOf(parts=parts):
                return join(not truths & TRUE, [self.holds(part, truths, level, place) for part in parts])
            case Not(part=part):
                return self.holds(part, turned(truths), level, place)
            case Test():
                return self._test(node, truths, place)
            case Use():
                return self._use(node, truths, level, place)
            case Quantifier(every=every):
                # All are so if none is not.
                found = self._at_least(node, 1, level, place, every)
                return found(turned(truths) if every else truths)
            case Count():
                return self._count(node, truths, level, place)
        raise TypeError(f"cannot index {node!r}")

    # --- tests

    def _test(self, test: Test, truths: int, place: Place) -> Formula:
        reading = _reading(test.ref, place)
        return literal(self.atoms.asked(reading, test.operator, self._operand(test.operand, place)), truths)

    def _operand(self, operand: Operand, place: Place) -> Any:
        if isinstance(operand, FactRef):
            return _reading(operand, place)
        if isinstance(operand, ParameterRef):
            return self.compiler.thresholds[operand.name]
        if isinstance(operand, tuple):
            return tuple(self.compiler.thresholds[e.name] if isinstance(e, ParameterRef) else e for e in operand)
        return operand

    # --- definitions

    def _use(self, use: Use, truths: int, level: int, place: Place) -> Formula:
        level = level if self.compiler.assumes(use, level) else PLAIN
        if self._stays_whole(use, place):
            scope = place.subject if use.scope is Scope.SUBJECT else use.scope
            return literal(self.atoms.meant(use.definition, level, scope), truths)
        if use.scope is Scope.ITEM:
            place = Place(Scope.ITEM, True)
        assumed = self.compiler.assumed(use.definition, level)
        if assumed is not None:
            open_too = truths & (TRUE if assumed == T else FALSE)
            level, truths = PLAIN, (truths | OPEN if open_too else truths & ~OPEN)
        key = use.definition, truths, level, place
        if key not in self._known:
            self._known[key] = self.holds(self.compiler.forms[use.definition].when, truths, level, place)
        return self._known[key]

    def _stays_whole(self, use: Use, place: Place) -> bool:
        if self.whole is Whole.ALL or (self.whole is Whole.CHILD and use.scope is Scope.ONE):
            return True
        # Within a list no other list is looked at.
        return place.listed and self._ranges(use.definition)

    def _ranges(self, name: str) -> bool:
        """Whether a definition looks at the records of a list, itself or through others."""
        if name not in self._ranging:
            when = self.compiler.forms[name].when
            self._ranging[name] = has_quantifier(when) or any(map(self._ranges, definitions_in(when)))
        return self._ranging[name]

    # --- lists

    def _count(self, count: Count, truths: int, level: int, place: Place) -> Formula:
        number = self._operand(count.operand, place)

        def at_least(least: int) -> Callable[[int], Formula]:
            return self._at_least(count, least, level, place, False)

        def between(low: int, high: int, wanted: int) -> Formula:
            if low > high:
                return bool(wanted & FALSE)
            return join(not wanted & FALSE, (at_least(low)(wanted), at_least(high + 1)(turned(wanted))))

        match count.operator.name:
            case "at_least":
                return at_least(number)(truths)
            case "more_than":
                return at_least(number + 1)(truths)
            case "at_most":
                return at_least(number + 1)(turned(truths))
            case "less_than":
                return at_least(number)(turned(truths))
            case "is":
                return between(number, number, truths)
            case "is_not":
                return between(number, number, turned(truths))
            case "between":
                low, high = number
                return between(low, high, truths)
        raise TypeError(f"cannot count with {count.operator.name}")

    def _at_least(
        self, node: Quantifier | Count, least: int, level: int, place: Place, fail: bool
    ) -> Callable[[int], Formula]:
        """When it comes to some truths that so many records fulfil a node's condition, or fail it."""

        def found(truths: int) -> Formula:
            if least <= 0:
                return bool(truths & TRUE)
            positive = truths in (TRUE, TRUE | OPEN)
            wanted = truths if positive else ANY_TRUTH ^ truths
            formula = self._gathered(node, least, turned(wanted) if fail else wanted, level, place, wanted == TRUE)
            return formula if positive else opposite(formula)

        return found

    def _gathered(
        self, node: Quantifier | Count, least: int, truths: int, level: int, place: Place, certain: bool
    ) -> Formula:
        if place.listed or least > MOST_COUNTED:
            raise NotIndexedError
        within = Place(place.subject, True)
        level = level if self.compiler.assumes(node.where, level) else PLAIN
        formula = self.holds(node.where, truths, level, within)

        def counted(standing: Standing, least: int, formula: Formula) -> Formula:
            if formula is False:
                return False
            return literal(self.atoms.gathered(node.of, node.others, standing, least, formula), TRUE)

        if certain:
            return counted(Standing.CERTAIN, least, formula)
        if level == PLAIN:
            return counted(Standing.POSSIBLE, least, formula)
        # Nothing is replaced for the unseen record.
        unseen = self.holds(node.where, truths, PLAIN, within)
        return join(False, (counted(Standing.SEEN, least, formula), counted(Standing.UNSEEN, 1, unseen)))


def turned(truths: int) -> int:
    """The truths of which these are the opposites."""
    return (TRUE if truths & FALSE else 0) | (truths & OPEN) | (FALSE if truths & TRUE else 0)


def _reading(ref: FactRef, place: Place) -> Reading:
    return Reading(place.subject if ref.scope is Scope.SUBJECT else ref.scope, ref.fact)
