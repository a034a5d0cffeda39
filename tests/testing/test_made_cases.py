"""Cases that are built towards outcomes: each outcome of each bundled rule is reached, and valid whatever the dice."""

from __future__ import annotations

import pytest

from safeguard_rules import Case
from safeguard_rules.errors import CallError
from safeguard_rules.results import Outcome
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.made_cases import GOALS, Maker
from safeguard_rules.testing.situation import DAY
from safeguard_rules.values.dates import AsOf
from tests.testing.books import PLACES, bundled

ENOUGH = 60
"""So many tries are far more than any outcome needs."""


def tries_needed(maker: Maker, rule: str, outcome: Outcome) -> int | None:
    for seed in range(ENOUGH):
        case = Case.model_validate(maker.towards(Seeded(seed), rule, outcome))
        if outcome in maker.outcomes(rule, case):
            return seed + 1
    return None


@pytest.mark.parametrize("locality", PLACES)
def test_each_outcome_of_each_bundled_rule_is_reached(locality: str | None) -> None:
    maker = Maker(bundled(locality), DAY)
    missed = [
        (active.rule.name, outcome)
        for active in maker.program.rules
        for outcome in GOALS
        if tries_needed(maker, active.rule.name, outcome) is None
    ]
    assert missed == []


def test_every_bundled_rule_is_in_force_somewhere_on_the_day() -> None:
    spoken = {active.rule.name for place in PLACES for active in bundled(place).program(DAY).rules}
    assert spoken >= set(bundled().content.rules)


def test_most_cases_reach_their_outcome_at_once() -> None:
    maker = Maker(bundled(), DAY)
    hits = [
        outcome
        in maker.outcomes(active.rule.name, Case.model_validate(maker.towards(Seeded(seed), active.rule.name, outcome)))
        for active in maker.program.rules
        for outcome in GOALS
        for seed in range(100, 104)
    ]
    assert sum(hits) > 0.9 * len(hits)


def test_any_case_is_valid_and_uses_the_whole_vocabulary() -> None:
    maker = Maker(bundled(), DAY)
    known: set[str] = set()
    for seed in range(300):
        tree = maker.any_case(Seeded(seed))
        Case.model_validate(tree)
        known |= {kind.singular for kind in maker.rulebook.vocabulary.kinds.values() if tree.get(kind.name)}
    assert known == set(maker.rulebook.vocabulary.kinds)


def test_a_case_for_one_rule_says_nothing_that_the_rule_does_not_read() -> None:
    maker = Maker(bundled(), DAY)
    for seed in range(100):
        tree = maker.any_case(Seeded(seed), "never-on-a-sofa")
        assert "incidents" not in tree
        assert "vulnerabilities" not in tree


def test_the_same_dice_make_the_same_case() -> None:
    maker = Maker(bundled(), DAY)
    for seed in range(20):
        assert maker.any_case(Seeded(seed)) == maker.any_case(Seeded(seed))


def test_a_case_can_be_aimed_at_two_rules_at_once() -> None:
    maker = Maker(bundled(), DAY)
    rules = ["report-injury", "child-is-victim"]
    both = 0
    for seed in range(60):
        case = Case.model_validate(maker.towards_all(Seeded(seed), rules))
        both += all("applies" in maker.outcomes(rule, case) for rule in rules)
    assert both > 5


def test_a_rule_that_is_not_in_force_is_told() -> None:
    with pytest.raises(CallError, match=r"there is no rule `report-injry` .* did you mean `report-injury`"):
        Maker(bundled(), DAY).active("report-injry")
    with pytest.raises(CallError, match="there is no rule `child-is-victim` in force on 2021-06-01"):
        Maker(bundled(), AsOf.of("2021-06-01")).active("child-is-victim")
