"""Aiming at conditions: every shape of condition, and every derived fact of the library, in each truth it can have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from safeguard_rules import Case
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.made_cases import GOALS, Maker
from safeguard_rules.testing.situation import DAY
from safeguard_rules.vocabulary.derivations import DERIVATIONS
from safeguard_rules.vocabulary.kinds import Kind
from tests.packs_in_text import load, parameter, rule

SHAPES = {
    "some": "{some: {of: injury, where: {injury.kind: bruise}}}",
    "every": "{every: {of: injury, where: {injury.kind: bruise}}}",
    "at least two": "{count: {of: injury, where: {injury.kind: bruise}, is: {at_least: two}}}",
    "just two": "{count: {of: injury, is: two}}",
    "fewer": "{count: {of: incident, is: {less_than: two}}}",
    "two tests of one set": "{all: [{child.movements: {includes: sits}}, {child.movements: {only: [sits, crawls]}}]}",
    "between two days": "{all: [{child.born_on: {within_last: six}}, {child.born_on: {more_than_ago: one}}]}",
    "a date against a date": "{some: {of: referral, where: {referral.acknowledged_on: {after: {fact: referral.sent_on}}}}}",  # noqa: E501
    "a reference": "{some: {of: person, where: {person.relation: mother}}}",
    "not yet": "{pregnancy.booked_on: not_yet}",
    "either of two": "{any: [{not: {child.disabled: true}}, {case.plan: looked_after}]}",
    "one part against another": "{all: [{any: [{child.disabled: true}, {case.plan: looked_after}]}, {child.disabled: false}]}",  # noqa: E501
}
PARAMETERS = (parameter("two", "2"), parameter("six", "6 weeks"), parameter("one", "1 week"))


def reached(folder: Path, when: str, *, more: str = "", stage: str = "born") -> set[str]:
    """The outcomes of a rule that some of a few cases reach."""
    book = load(folder, *PARAMETERS, rule("r", when, more=f"stage: {stage}\n{more}"))
    maker = Maker(book, DAY)
    return {
        outcome
        for outcome in GOALS
        for seed in range(40)
        if outcome in maker.outcomes("r", Case.model_validate(maker.towards(Seeded(seed), "r", outcome)))
    }


@pytest.mark.parametrize("name", SHAPES)
def test_each_shape_of_condition_is_reached_in_each_outcome(tmp_path: Path, name: str) -> None:
    assert reached(tmp_path, SHAPES[name]) == set(GOALS)


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=lambda each: each.path)
def test_each_derived_fact_is_reached_in_each_outcome(tmp_path: Path, derivation: Any) -> None:
    """Also those of plug-ins would be: nothing is known here of any of them but what it reads."""
    test: dict[Kind, str] = {
        Kind.BOOLEAN: "true",
        Kind.LENGTH: "{more_than: six}",
        Kind.WORDS: f"{{includes_any: [{derivation.words[0] if derivation.words else ''}]}}",
    }
    owner = derivation.path.partition(".")[0]
    more = "" if owner in ("child", "case", "pregnancy") else f"for_each: {owner}"
    stage = "unborn" if "unborn" in derivation.stages and "child.expected_on" in derivation.reads else "born"
    assert reached(tmp_path, f"{{{derivation.path}: {test[derivation.kind]}}}", more=more, stage=stage) == set(GOALS)
