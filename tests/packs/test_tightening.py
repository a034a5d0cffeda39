"""Polarity and implication: what a locality may change is decided by structure, and never wrongly."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguard_rules.language.tree import All, Always, AnyOf, Condition, Not, Quantifier, Test, Use
from safeguard_rules.packs.tightening import implies, shape
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.members import Members
from safeguard_rules.values.truth import F, T, Truth, U, all_of, any_of, negate
from tests.language.built import condition

AS_OF = AsOf.of("2026-03-02")
IMPLIED = [
    ("young", "young"),
    ("never", "young"),
    ("young", "always"),
    ("young", "{any: [young, {child.disabled: true}]}"),
    ("{all: [young, {child.disabled: true}]}", "young"),
    ("{all: [young, {child.disabled: true}]}", "{any: [{child.disabled: true}, never]}"),
    ("{any: [never, young]}", "{any: [young, never]}"),
    ("{not: {any: [young, never]}}", "{not: young}"),
    ("{case.plan: no_plan}", "{case.plan: [no_plan, early_help]}"),
    ("{case.plan: {none_of: [no_plan, early_help]}}", "{case.plan: {is_not: no_plan}}"),
    ("{child.movements: {includes: walks}}", "{child.movements: {includes_any: [crawls, walks]}}"),
    ("{child.movements: {includes_all: [crawls, walks]}}", "{child.movements: {includes: walks}}"),
    ("{child.movements: {includes_all: [crawls, walks]}}", "{child.movements: {includes_any: [walks, sits]}}"),
    ("{child.movements: {only: [walks]}}", "{child.movements: {only: [crawls, walks]}}"),
    ("{child.movements: {none_of: [crawls, walks]}}", "{child.movements: {none_of: [walks]}}"),
    ("{some: {of: injury, where: fresh}}", "{some: {of: injury}}"),
    ("{every: {of: injury, where: never}}", "{every: {of: injury, where: fresh}}"),
]


@pytest.mark.parametrize(("one", "other"), IMPLIED)
def test_what_is_shown_by_structure(one: str, other: str) -> None:
    assert implies(condition(one), condition(other))


NOT_IMPLIED = [
    ("young", "never"),
    ("always", "young"),
    ("young", "{not: young}"),
    ("{any: [young, {child.disabled: true}]}", "young"),
    ("{case.plan: [no_plan, early_help]}", "{case.plan: no_plan}"),
    ("{child.movements: {includes_any: [crawls, walks]}}", "{child.movements: {includes: walks}}"),
    ("{child.movements: {only: [walks]}}", "{child.movements: {includes: walks}}"),
    ("{child.movements: {none_of: [walks]}}", "{child.movements: {none_of: [crawls, walks]}}"),
    ("{child.movements: {none_of: [walks]}}", "{child.movements: {is_not: []}}"),
    ("{some: {of: injury}}", "{some: {of: injury, where: fresh}}"),
    ("{some: {of: injury, where: fresh}}", "{every: {of: injury, where: fresh}}"),
    ("{child.age: {less_than: six_weeks}}", "{child.age: {less_than: five_months}}"),
]


@pytest.mark.parametrize(("one", "other"), NOT_IMPLIED)
def test_what_is_not_shown_is_not_claimed(one: str, other: str) -> None:
    assert not implies(condition(one), condition(other))


# --- soundness: where it is claimed, it holds for every value

LEAVES = (
    "always",
    "never",
    "young",
    "{child.disabled: true}",
    "{child.disabled: {is_not: true}}",
    "{case.plan: no_plan}",
    "{case.plan: {is_not: no_plan}}",
    "{case.plan: [no_plan, early_help]}",
    "{case.plan: {none_of: [no_plan, early_help]}}",
    "{child.movements: {includes: walks}}",
    "{child.movements: {includes_any: [crawls, walks]}}",
    "{child.movements: {includes_all: [crawls, walks]}}",
    "{child.movements: {only: [walks]}}",
    "{child.movements: {only: [crawls, walks]}}",
    "{child.movements: {none_of: [walks]}}",
    "{child.movements: {none_of: [crawls, walks]}}",
    "{child.movements: {is: []}}",
)
LEAF_TREES = tuple(condition(leaf) for leaf in LEAVES)
PLACE = LEAF_TREES[0].place
WORDS: tuple[tuple[str, ...], ...] = ((), ("walks",), ("crawls", "walks"), ("sits",))
CLOSED: frozenset[str] | None = frozenset()
SETS = [Members(frozenset(words), possible) for words in WORDS for possible in (CLOSED, None)]
WORLDS = [
    {"young": young, "child.disabled": disabled, "case.plan": plan, "child.movements": movements}
    for young, disabled, plan, movements in product(
        (F, U, T), (True, False, None), ("no_plan", "looked_after", None), (*SETS, None)
    )
]


def truth(node: Condition, world: Mapping[str, object]) -> Truth:
    match node:
        case Always(value=value):
            return T if value else F
        case All(parts=parts):
            return all_of(truth(part, world) for part in parts)
        case AnyOf(parts=parts):
            return any_of(truth(part, world) for part in parts)
        case Not(part=part):
            return negate(truth(part, world))
        case Use():
            return world["young"]  # type: ignore[return-value]
        case Test(ref=ref, operator=operator, operand=operand):
            return operator.apply(world[ref.fact.path], operand, AS_OF, None)
    raise AssertionError(node)


def combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda found: All("x", PLACE, found)),
        several.map(lambda found: AnyOf("x", PLACE, found)),
        parts.map(lambda part: Not("x", PLACE, part)),
    )


TREES = st.recursive(st.sampled_from(LEAF_TREES), combined, max_leaves=4)


def test_between_any_two_tests_it_is_never_claimed_wrongly() -> None:
    for one, other in product(LEAF_TREES, repeat=2):
        if implies(one, other):
            assert all(truth(one, world) <= truth(other, world) for world in WORLDS), (one, other)


@given(TREES, TREES)
def test_between_any_two_conditions_it_is_never_claimed_wrongly(one: Condition, other: Condition) -> None:
    if implies(one, other):
        assert all(truth(one, world) <= truth(other, world) for world in WORLDS)


@given(TREES, TREES)
def test_what_is_added_is_always_shown(one: Condition, other: Condition) -> None:
    assert implies(one, AnyOf("x", PLACE, (one, other)))
    assert implies(All("x", PLACE, (one, other)), one)


def test_the_shape_leaves_out_ids_and_places() -> None:
    assert shape(condition("{some: {of: injury, where: fresh}}")) == shape(
        condition("  {some: {of: injury, where: fresh}}")
    )
    assert isinstance(condition("{some: {of: injury}}"), Quantifier)
    assert shape(condition("{count: {of: injury, is: few}}")) != shape(condition("{count: {of: injury, is: many}}"))
