"""The same case written otherwise, with what nobody reads, or with one record more."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.case.case import Case
from safeguard_rules.testing.dice import Dice, shuffled
from safeguard_rules.testing.drafts import EVERYBODY, Facts, parts_of
from safeguard_rules.testing.knowing import Learning
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.reading_of_rules import reads_of

AS_WRITTEN = ("evidence", "extra")
LEFT_ALONE = ("child.stage", f"case.{EVERYBODY}")


def in_another_order(dice: Dice, case: Case) -> Case:
    """The same case with its keys, its records and the words of its sets in another order, some words said twice."""
    return Case.model_validate(_turned(dice, canonical_tree(case)))


def _turned(dice: Dice, value: Any) -> Any:
    if isinstance(value, Mapping):
        names = shuffled(dice, list(value))
        return {name: value[name] if name in AS_WRITTEN else _turned(dice, value[name]) for name in names}
    if isinstance(value, list):
        found = [_turned(dice, each) for each in shuffled(dice, value)]
        twice = found and isinstance(found[0], str) and dice.chance(50)
        return [*found, found[0]] if twice else found
    return value


def with_irrelevant_facts(maker: Maker, dice: Dice, case: Case) -> Case:
    """The case with labels, a strength, and values for facts that no rule of the rulebook reads.

    A fact that only a child who was born can have is left alone where the child may not be: that would be told.
    """
    vocabulary, read = maker.rulebook.vocabulary, set(reads_of(maker.rulebook).facts)
    tree: Facts = copy.deepcopy(canonical_tree(case))
    for owner, base, facts in parts_of(tree, vocabulary):
        assert isinstance(facts, dict)
        for fact in vocabulary.facts_of(owner):
            stage = tree.get("child", {}).get("stage")
            if fact.derived or fact.path in read or facts.get(fact.name) is not None or stage not in fact.stages:
                continue
            values = maker.points.values(fact)
            if (
                values
                and f"{base}.{fact.name}" not in {*LEFT_ALONE, *tree.get("evidence", {})}
                and fact.refers_to is None
                and not fact.past
            ):
                facts[fact.name] = dice.pick(values)
        if owner in ("child", *vocabulary.kinds):
            facts["label"] = "in a few words"
    strength = {"id": "a-strength", "what": "a warm bond"}
    tree["protective_factors"] = [*(tree.get("protective_factors") or ()), strength]
    return Case.model_validate(tree)


def with_one_more(maker: Maker, dice: Dice, case: Case, kinds: Sequence[str]) -> tuple[Case, str]:
    """The case with one more record in one of these lists, and its path: a copy of one that is there, or a new one."""
    vocabulary = maker.rulebook.vocabulary
    stage = case.child.stage if case.child is not None else None
    there = [kind for kind in kinds if stage is None or stage in vocabulary.kinds[kind].stages]
    if not there:
        return case, "nothing"
    kind = vocabulary.kinds[dice.pick(there)]
    tree: Facts = copy.deepcopy(canonical_tree(case))
    given = tree.get(kind.name) is not None
    records: list[Facts] = tree.setdefault(kind.name, [])
    copied = copy.deepcopy(dice.pick(records)) if records and dice.chance(40) else None
    new = {**(copied or {}), "id": "one-more"}
    records.append(new)
    if not given:
        tree["incomplete"] = [*tree.get("incomplete", ()), kind.name]
    if copied is None:
        learning = Learning(dice, Case.model_validate(tree), vocabulary, maker.points, reads_of(maker.rulebook))
        return learning.about(f"{kind.name}[one-more]"), f"{kind.name}[one-more]"
    return Case.model_validate(tree), f"{kind.name}[one-more]"
