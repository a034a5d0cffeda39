"""A family: one evaluation per child, and one list of actions over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.merging import action_order, lifted
from safeguard_rules.engine.writing import families_json
from safeguard_rules.results import Detail, RecommendedAction


@dataclass(frozen=True, slots=True)
class FamilyAction:
    """One action for a family: the same person for several children is one action; each child is one of its own."""

    action: RecommendedAction
    children: tuple[str, ...]
    """The ids of the children for whom it came out, in the order of the family."""


class FamilyEvaluation:
    """What the rules say of each child of a family on a day."""

    def __init__(self, evaluations: tuple[Evaluation, ...]) -> None:
        self.all = evaluations

    @cached_property
    def evaluations(self) -> dict[str, Evaluation]:
        """The evaluation of each child, by the child's id, in the order of the family."""
        return {str(each.case.child.id): each for each in self.all if each.case.child is not None}

    @cached_property
    def actions(self) -> tuple[FamilyAction, ...]:
        """All actions, what matters most first; one about the same person is shown once, with its children.

        Where children give one action different demands, the strongest stands first and all are kept.
        """
        groups: dict[tuple[str, str, str | None], list[tuple[str, RecommendedAction]]] = {}
        for child, evaluation in self.evaluations.items():
            for action in evaluation.actions:
                groups.setdefault((action.action, action.about.kind, action.about.id), []).append((child, action))
        merged = sorted(map(_merged, groups.values()), key=lambda each: action_order(each.action))
        children = {(each.action.action, each.action.about): each.children for each in merged}
        ordered = lifted([each.action for each in merged])
        return tuple(FamilyAction(action, children[(action.action, action.about)]) for action in ordered)

    def to_json(self, detail: Detail = "full", *, indent: bool = True) -> str:
        """The actions over all children, and each child's evaluation by the child's id, as JSON."""
        documents = {child: each.document() for child, each in self.evaluations.items()}
        listed = tuple({"children": each.children, "action": each.action} for each in self.actions)
        return families_json(listed, documents, detail, indent=indent)


def _merged(found: list[tuple[str, RecommendedAction]]) -> FamilyAction:
    """Children's records of one action about one person: the one with the strongest headline speaks for all."""
    ordered = sorted(found, key=lambda pair: action_order(pair[1]))
    return FamilyAction(ordered[0][1], tuple(child for child, _ in found))
