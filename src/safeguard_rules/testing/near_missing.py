"""A case in which a rule applies, and the same case with one thing different, in which it does not."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.case.case import Case
from safeguard_rules.engine.finding import key_of
from safeguard_rules.engine.outcomes import Runs
from safeguard_rules.results import Outcome
from safeguard_rules.testing.dice import Dice, shuffled
from safeguard_rules.testing.drafts import Facts, parts_of
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.reading_of_rules import reads_of
from safeguard_rules.testing.written_cases import tidied
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Fact, Kind
from safeguard_rules.vocabulary.view import view

MOST_TRIED = 150


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two cases that differ in one fact: with the first a rule applies to a subject, with the second it does not.

    `subject` is the path of whom the rule is about (`child`, `injuries[injury-1]`), `changed` the difference in words.
    """

    rule: str
    subject: str
    before: Case
    after: Case
    changed: str
    as_of: AsOf


def near_miss(maker: Maker, dice: Dice, rule: str, before: Case) -> NearMiss | None:
    """A near miss of a rule that applies in a case; None where no one change that was tried takes it away."""
    name = maker.active(rule).rule.name
    applied = [subject for subject, outcome in _outcomes(maker, name, before).items() if outcome == "applies"]
    if not applied:
        return None
    subject = dice.pick(applied)
    for tried, (facts, fact, path) in enumerate(shuffled(dice, list(_facts(maker, name, before)))):
        for value in shuffled(dice, list(_other_values(maker, before, facts, fact)))[:6]:
            after = _changed(maker, before, path, fact, value)
            if after is not None and _outcomes(maker, name, after).get(subject) == "does_not_apply":
                changed = f"{path}: {_said(facts.get(fact.name))} -> {_said(value)}"
                return NearMiss(name, subject, before, after, changed, maker.as_of)
        if tried > MOST_TRIED:
            break
    return None


def _outcomes(maker: Maker, rule: str, case: Case) -> Mapping[str, Outcome]:
    alone = replace(maker.program, rules=(maker.active(rule),))
    results = Runs(alone, view(case, maker.as_of, maker.rulebook.vocabulary)).results()
    return {key_of(result)[1]: result.outcome for result in results}


def _facts(maker: Maker, rule: str, case: Case) -> Iterator[tuple[Mapping[str, Any], Fact, str]]:
    """The entered facts that the rule may read in the case; the stage is always one."""
    vocabulary = maker.rulebook.vocabulary
    read = {"child.stage", *reads_of(maker.rulebook, rule).facts}
    for owner, base, facts in parts_of(canonical_tree(case), vocabulary):
        for fact in vocabulary.facts_of(owner):
            if fact.path in read and not fact.derived:
                yield facts, fact, f"{base}.{fact.name}"


def _other_values(maker: Maker, case: Case, facts: Mapping[str, Any], fact: Fact) -> Iterator[Any]:
    now = facts.get(fact.name)
    if fact.refers_to is None:
        values: list[Any] = list(maker.points.values(fact))
    else:
        name = maker.rulebook.vocabulary.kinds[fact.refers_to].name
        ids = [record.id for record in getattr(case, name) or ()]
        values = ids if fact.kind is Kind.REFERENCE else [[], *([each] for each in ids)]
    yield from (value for value in values if value != now)


def _changed(maker: Maker, case: Case, path: str, fact: Fact, value: Any) -> Case | None:
    """The case with another value at a path, without what was said of how the old one was known."""
    tree: Facts = copy.deepcopy(canonical_tree(case))
    base = path.rpartition(".")[0]
    for _, here, facts in parts_of(tree, maker.rulebook.vocabulary):
        if here == base:
            assert isinstance(facts, dict)
            facts[fact.name] = value
            facts["incomplete"] = [each for each in facts.get("incomplete", ()) if each != fact.name]
    if "evidence" in tree:
        tree["evidence"] = {key: found for key, found in tree["evidence"].items() if key != path}
    try:
        return Case.model_validate(tidied(tree, maker.rulebook.vocabulary))
    except ValueError:
        return None  # one change alone would not fit with the rest: `everybody is recorded` with no list of people


def _said(value: Any) -> str:
    match value:
        case None:
            return "unknown"
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(value)}]"
    return str(value)
