"""The graph of definitions: circles, and what a condition reaches."""

import pytest

from safeguard_rules.language.tree import Condition
from safeguard_rules.packs.graph import Reach, cycles
from tests.language.built import condition

CYCLES: list[tuple[dict[str, list[str]], list[tuple[str, ...]]]] = [
    ({}, []),
    ({"a": ["b"], "b": ["c"], "c": []}, []),
    ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
    ({"a": ["a"]}, [("a", "a")]),
    ({"b": ["a"], "a": ["b"]}, [("a", "b", "a")]),
    ({"c": ["a"], "a": ["b"], "b": ["c"]}, [("a", "b", "c", "a")]),
    ({"a": ["b"], "b": ["a", "c"], "c": ["b"]}, [("a", "b", "a"), ("b", "c", "b")]),
    ({"a": ["nothing"]}, []),
]


@pytest.mark.parametrize(("edges", "expected"), CYCLES)
def test_each_circle_once_from_its_first_name(edges: dict[str, list[str]], expected: list[tuple[str, ...]]) -> None:
    assert list(cycles(edges)) == expected


MEANINGS: dict[str, list[Condition]] = {
    "p:young": [condition("{child.age: {less_than: six_weeks}}")],
    "p:fresh": [condition("{injury.noticed_on: {within_last: five_months}}", "injury")],
    "p:known_man": [condition("{some: {of: injury, where: fresh}}"), condition("young")],
}
REACH = Reach(lambda name: MEANINGS.get(name, ()))


def test_what_a_condition_reaches() -> None:
    top = condition("{not: known_man}", "person")
    assert REACH.definitions(top) == ("p:known_man", "p:fresh", "p:young")
    assert REACH.quantifies(top)
    assert not REACH.quantifies(condition("young"))
    assert {ref.fact.path for ref in REACH.facts(top)} == {"injury.noticed_on", "child.age"}
    assert set(REACH.parameters(top)) == {"p:six_weeks", "p:five_months"}


def test_a_condition_without_definitions_reaches_itself() -> None:
    alone = condition("{child.birth_weight: {less_than: few}}")
    assert REACH.definitions(alone) == ()
    assert REACH.conditions(alone) == (alone,)
    assert REACH.parameters(alone) == ("p:few",)
