"""Where the value of a fact comes from: known from the stage alone, an entry's own field, or a view that is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from safeguard_rules.values.special import NOT_APPLICABLE
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.facts import Fact, FieldPlan, Vocabulary
from safeguard_rules.vocabulary.records import Value

Frame = tuple[str, ...]
TOP: Frame = ()

STAGE = "child.stage"
AT_BOOKING = "pregnancy.gestation_at_booking"


class Slot(NamedTuple):
    """A record of a list that conditions read: one that is there, or the unseen one."""

    frame: Frame
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class ReadValue:
    """The value of a fact, as generated code gets at it."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class Fixed(ReadValue):
    """One that no case changes: unknown, *not applicable*, or the stage."""

    value: Value


@dataclass(frozen=True, slots=True)
class Entered(ReadValue):
    """The field of an entry."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Since(ReadValue):
    """The length of time from a date of the same entry, or so many days before it."""

    date: Entered
    days_before: int


@dataclass(frozen=True, slots=True)
class AtBooking(ReadValue):
    """The length of the pregnancy at the booking."""

    booked: ReadValue
    expected: ReadValue


@dataclass(frozen=True, slots=True)
class OfView(ReadValue):
    """What a view derives, if these stages are the possible ones."""

    fact: Fact
    stages: frozenset[str]


class Viewpoint(NamedTuple):
    """What is taken as possible when a rule is read.

    `stage` is the stage if it is known. Where it is not, `stages` are those of the rule that are left, and a fact that
    exists in some of them only is unknown.
    """

    stages: frozenset[str]
    stage: str | None

    def barred(self, fact: Fact) -> Fixed | None:
        """What the stage makes of a fact that does not exist in all stages; None if it may be read."""
        if not self.stages & fact.stages:
            return Fixed(TOP, NOT_APPLICABLE)
        return None if self.stages <= fact.stages else Fixed(TOP, None)


def viewpoints(left: frozenset[str], stages: frozenset[str]) -> tuple[Truth, Viewpoint]:
    """Whether the child is in one of a rule's stages if these are left, and how the rule is read then."""
    stage = next(iter(left)) if len(left) == 1 else None
    gate = T if left <= stages else U if left & stages else F
    return gate, Viewpoint(left if stage is not None or gate == F else left & stages, stage)


@dataclass(frozen=True, slots=True)
class Values:
    """How facts are read, by the plans of a vocabulary."""

    vocabulary: Vocabulary

    def value(self, fact: Fact, slot: Slot, seen: Viewpoint) -> ReadValue:
        """The value of a fact of a record; of the child, the case and the like for a slot that is at the top."""
        plan = self.vocabulary.plans_at_hand[fact.owner][fact.name]
        barred = None if plan.everywhere else seen.barred(plan.fact)
        if barred is not None:
            return barred
        if slot.unseen:
            return Fixed(TOP, None)
        if plan.derivation is not None:
            return self._derived(plan, slot, seen)
        return Fixed(TOP, seen.stage) if fact.path == STAGE else Entered(slot.frame, plan.fact)

    def may_be_open(self, of: str, seen: Viewpoint) -> bool:
        """Whether a list may hold records that nobody has entered."""
        return bool(self.vocabulary.kinds_at_hand[of].stages & seen.stages)

    def _derived(self, plan: FieldPlan, slot: Slot, seen: Viewpoint) -> ReadValue:
        if plan.fact.path == AT_BOOKING:
            booked, expected = (self.value(self.vocabulary.facts[path], slot, seen) for path in plan.fact.reads)
            absent = Fixed(TOP, NOT_APPLICABLE)
            return absent if absent in (booked, expected) else AtBooking(slot.frame, booked, expected)
        since = None if plan.derivation is None else plan.derivation.since
        if since is None:
            return OfView(slot.frame, plan.fact, seen.stages)
        date = self.value(self.vocabulary.plans_at_hand[plan.fact.owner][since.name].fact, slot, seen)
        return Since(slot.frame, date, since.days_before) if isinstance(date, Entered) else date
