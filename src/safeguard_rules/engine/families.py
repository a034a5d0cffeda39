"""A family: one evaluation per child, and one list of actions over all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.merging import action_order, demand_order, lifted
from safeguard_rules.engine.writing import families_json
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.results import Detail, RecommendedAction, Standing

STANDINGS: tuple[Standing, ...] = ("to_do", "done_before_newest_reason", "done")
"""How an action may stand, the one that most needs somebody first."""


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
        listed = tuple({"children": each.children, "action": each.action} for each in self.actions)
        return families_json(listed, self.evaluations, detail, indent=indent)


def _merged(found: list[tuple[str, RecommendedAction]]) -> FamilyAction:
    """One action about one person for several children: every demand is kept, and it is done only if for each child."""
    ordered = sorted((action for _, action in found), key=action_order)
    demands = tuple(dict.fromkeys(demand for action in ordered for demand in action.demands))
    contested = len({demand.obligation in NEGATIVE for demand in demands}) > 1
    sorted_demands = tuple(sorted(demands, key=lambda demand: demand_order(demand, contested)))
    head = sorted_demands[0]
    open_ = next((action for standing in STANDINGS for action in ordered if action.standing == standing), ordered[0])
    merged = replace(
        ordered[0],
        demands=sorted_demands,
        obligation=head.obligation,
        certainty=head.certainty,
        within=head.within,
        after=tuple(dict.fromkeys(name for action in ordered for name in action.after)),
        standing=open_.standing,
        done_on=open_.done_on,
        for_you=any(action.for_you for action in ordered),
        draft=any(action.draft for action in ordered),
        rests_on_carer=all(action.rests_on_carer for action in ordered),
        citations=tuple(dict.fromkeys(cited for action in ordered for cited in action.citations)),
    )
    return FamilyAction(merged, tuple(child for child, _ in found))
