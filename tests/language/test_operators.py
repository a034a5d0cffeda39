"""The list of operators: what each takes, and in which direction its parameter works."""

import pytest

from safeguard_rules.language.operators import COUNTING, OPERATORS, WRITTEN, comparing_facts, operators_for
from safeguard_rules.values.counts import Range
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import T
from safeguard_rules.vocabulary.facts import Kind

AS_OF = AsOf.of("2026-03-02")


def test_a_bare_list_is_no_operator_by_name() -> None:
    assert set(OPERATORS) - set(WRITTEN) == {"one_of"}


def test_text_takes_no_operator() -> None:
    assert operators_for(Kind.TEXT) == ()
    assert all(operators_for(kind) for kind in Kind if kind is not Kind.TEXT)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.DATE, ("before", "after")),
        (Kind.REFERENCE, ("is", "is_not")),
        (Kind.REFERENCES, ("includes",)),
        (Kind.WORD, ()),
    ],
)
def test_what_is_held_against_another_fact(kind: Kind, names: tuple[str, ...]) -> None:
    assert comparing_facts(kind) == names


@pytest.mark.parametrize("name", [name for name in OPERATORS if Kind.NUMBER in OPERATORS[name].takes])
def test_rising_is_the_way_the_truth_moves_when_the_parameter_grows(name: str) -> None:
    operator = OPERATORS[name]
    if name == "between":
        assert operator.rising == 0
        return
    truths = [operator.apply(5, n, AS_OF, None) for n in range(11)]
    up, down = truths == sorted(truths), truths == sorted(truths, reverse=True)
    assert operator.rising == {(True, False): 1, (False, True): -1}.get((up, down), 0)


def test_counting_operators_are_those_of_ranges() -> None:
    assert set(COUNTING) == {name for name in OPERATORS if Kind.NUMBER in OPERATORS[name].takes}
    assert Range(3, None).at_least(3) == T


def test_every_operator_says_its_fact_and_value() -> None:
    for operator in OPERATORS.values():
        assert "{fact}" in operator.english
        assert "{value}" in operator.english
