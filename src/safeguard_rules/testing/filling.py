"""Giving facts of a case being made values that can stand there, and reading what the rules would see of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safeguard_rules.case.case import Case
from safeguard_rules.testing.cut_points import CutPoints
from safeguard_rules.testing.dice import Dice
from safeguard_rules.testing.drafts import CHILD, CaseDraft, Spot
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import NOT_YET
from safeguard_rules.vocabulary.facts import Fact, Kind
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import CaseView, view


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills one draft with values at the cut points of one rulebook on one day."""

    dice: Dice
    draft: CaseDraft
    points: CutPoints

    @property
    def as_of(self) -> AsOf:
        """The day of the evaluation."""
        return self.points.as_of

    def exists(self, fact: Fact) -> bool:
        """Whether the fact can be known in the child's stage, as far as that is decided."""
        stage = self.draft.stage
        return (stage is None or stage in fact.stages) and not (fact.path == "child.born_on" and stage == "unborn")

    def list_exists(self, kind: str) -> bool:
        """Whether there can be records of a list in the child's stage, as far as that is decided."""
        return self.draft.stage is None or self.draft.stage in self.draft.vocabulary.kinds[kind].stages

    def values(self, fact: Fact) -> Sequence[Any]:
        """Values that an entered fact can have here; a reference needs somebody to refer to, who is made."""
        if fact.refers_to is None:
            return self.points.values(fact)
        there = [each.id for each in self.draft.records(fact.refers_to)]
        if not there and self.list_exists(fact.refers_to):
            there = [self.draft.add(fact.refers_to).id]
        if fact.kind is Kind.REFERENCES and len(there) == 1 and self.dice.chance(40):
            there.append(self.draft.add(fact.refers_to).id)
        if fact.kind is Kind.REFERENCE:
            return there
        return [[], *([each] for each in there), *([there] if len(there) > 1 else [])]

    def fill(self, fact: Fact, spot: Spot, values: Sequence[Any] | None = None) -> None:
        """Gives an entered fact of which nothing is decided one of its values."""
        if spot.facts.get(fact.name) is not None or self.draft.is_left_open(spot, fact.name) or not self.exists(fact):
            return
        found = self.values(fact) if values is None else values
        if found:
            self.draft.put(spot.facts, fact.name, self.dice.pick(found))

    # --- what the rules see

    def bare(self, fact: Fact, spot: Spot) -> Any:
        """What the rules see of an entered fact."""
        return self.as_bare(fact, spot.facts.get(fact.name), fact.name in spot.facts.get("incomplete", ()))

    def as_bare(self, fact: Fact, value: Any, is_open: bool = False) -> Any:
        """What the rules would see of a value of an entered fact."""
        if value is None:
            return None
        match fact.kind:
            case Kind.WORDS | Kind.REFERENCES:
                return Members(frozenset(value), None if is_open else frozenset())
            case Kind.LENGTH:
                return Duration.parse(value)
            case Kind.DATE if value == "not_yet":
                return NOT_YET
            case Kind.DATE:
                when = When.parse(value)
                return when.cut(self.as_of) if fact.past else when
        return value

    def derived(self, fact: Fact, spot: Spot) -> Any:
        """What the rules see of a derived fact, as the draft stands."""
        seen = view(self.draft.case(), self.as_of, self.draft.vocabulary)
        return seen.value(_record(seen, spot), fact.name)

    def derived_from(self, fact: Fact, source: Fact, value: Any) -> Any:
        """What the rules would see of a derived fact that is made of one date of its record alone."""
        key = (fact.path, str(value))
        if key not in self.points.derived:
            alone: dict[str, Any] = {"child": {"id": CHILD, "stage": min(fact.stages)}}
            owner = _only(alone, fact.owner, self.draft.vocabulary.kinds)
            owner[source.name] = str(value)
            seen = view(Case.model_validate(alone), self.as_of, self.draft.vocabulary)
            self.points.derived[key] = seen.value(_record(seen, Spot(fact.owner, owner)), fact.name)
        return self.points.derived[key]


def _only(tree: dict[str, Any], owner: str, kinds: Mapping[str, Any]) -> dict[str, Any]:
    """The one part with this owner in a case that holds nothing else."""
    if owner in kinds:
        facts: dict[str, Any] = {"id": "only"}
        tree[kinds[owner].name] = [facts]
        return facts
    return tree if owner == "case" else tree.setdefault(owner, {})


def _record(seen: CaseView, spot: Spot) -> Record:
    """The part of a case in a view of it."""
    if spot.kind in seen.vocabulary.kinds:
        return next(each for each in seen.records(spot.kind) if each.id == spot.id)
    if spot.kind.startswith("extra."):
        return seen.extra(spot.kind.removeprefix("extra."))
    found: Record = getattr(seen, spot.kind)
    return found
