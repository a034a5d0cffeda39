"""Saying of a case how its facts are known, or why not: by whose word, and where accounts conflict."""

from __future__ import annotations

import copy
from typing import Any

from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.case.case import Case
from safeguard_rules.case.paths import iter_paths
from safeguard_rules.testing.dice import Dice
from safeguard_rules.testing.drafts import parts_of
from safeguard_rules.vocabulary.facts import Vocabulary

BASES = ("observed", "recorded", "told_by_carer", "told_by_carer", "told_by_other")
BY = {"told_by_carer": "a carer", "told_by_other": "a neighbour", "observed": "health visitor", "recorded": "the notes"}


def with_evidence(dice: Dice, case: Case, vocabulary: Vocabulary) -> Case:
    """The case with evidence for some of what it knows and does not know; it had none for those before."""
    often = dice.pick((10, 30, 70))
    evidence: dict[str, Any] = dict(copy.deepcopy(canonical_tree(case).get("evidence", {})))
    for path in iter_paths(case):
        if path not in evidence and dice.chance(often):
            evidence[path] = [_known(dice)]
    for path in unknown_paths(case, vocabulary):
        if path not in evidence and dice.chance(often // 5):
            evidence[path] = [_not_known(dice)]
    return case.model_copy(update={"evidence": evidence}) if evidence else case


def unknown_paths(case: Case, vocabulary: Vocabulary) -> list[str]:
    """The paths of the entered facts that a case could know and does not."""
    tree = canonical_tree(case)
    found = []
    for owner, base, facts in parts_of(tree, vocabulary):
        for fact in vocabulary.facts_of(owner):
            if not fact.derived and fact.name != "id" and facts.get(fact.name) is None:
                found.append(f"{base}.{fact.name}")
    return found


def _known(dice: Dice) -> dict[str, Any]:
    basis = dice.pick(BASES)
    entry: dict[str, Any] = {"basis": basis}
    if dice.chance(50):
        entry["by"] = BY[basis]
    if basis in ("observed", "recorded") and dice.chance(15):
        entry["disputed"] = [{"by": "a carer"}]
    return entry


def _not_known(dice: Dice) -> dict[str, Any]:
    why = dice.pick(("not_asked", "declined", "conflicting"))
    if why != "conflicting":
        return {"why": why}
    accounts = [{"value": "one thing", "basis": "told_by_carer"}, {"value": "another", "basis": "told_by_other"}]
    return {"why": why, "accounts": accounts}
