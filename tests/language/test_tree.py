"""Walking the condition tree, and what a condition names."""

from safeguard_rules.language.tree import (
    Always,
    Scope,
    children,
    definitions_in,
    facts_in,
    has_quantifier,
    parameters_in,
    walk,
)
from tests.language.built import condition

TREE = condition(
    "{all: [young, {not: {child.age: {between: [six_weeks, five_months]}}},"
    " {count: {of: injury, where: {all: [fresh, young, {injury.kind: bite}]}, is: {at_least: few}}}]}"
)


def test_a_walk_goes_from_the_top_in_the_order_written() -> None:
    assert [type(node).__name__ for node in walk(TREE)] == [
        "All",
        "Use",
        "Not",
        "Test",
        "Count",
        "All",
        "Use",
        "Use",
        "Test",
    ]
    assert children(condition("young")) == ()
    assert [type(node).__name__ for node in children(TREE)] == ["Use", "Not", "Count"]


def test_what_a_condition_names_each_once() -> None:
    assert definitions_in(TREE) == ("p:young", "p:fresh")
    assert parameters_in(TREE) == ("p:six_weeks", "p:five_months", "p:few")
    assert [(ref.fact.path, ref.scope) for ref in facts_in(TREE)] == [
        ("child.age", Scope.ONE),
        ("injury.kind", Scope.ITEM),
    ]


def test_a_fact_on_the_right_is_read_too() -> None:
    test = condition("{incident.happened_on: {after: {fact: case.closed_on}}}", "incident")
    assert [ref.fact.path for ref in facts_in(test)] == ["incident.happened_on", "case.closed_on"]


def test_the_same_fact_of_two_records_counts_twice() -> None:
    both = condition("{some: {of: person, where: {other.sex: male, person.sex: male}}}", "person")
    assert [(ref.fact.path, ref.scope) for ref in facts_in(both)] == [
        ("person.sex", Scope.ITEM),
        ("person.sex", Scope.SUBJECT),
    ]


def test_whether_it_ranges_over_a_list() -> None:
    assert has_quantifier(TREE)
    assert has_quantifier(condition("{not: {some: {of: injury}}}"))
    assert not has_quantifier(condition("{not: young}"))


def test_places_do_not_make_nodes_differ() -> None:
    one, other = condition("always"), condition("  always")
    assert one == other
    assert isinstance(one, Always)
    assert one.place != other.place
