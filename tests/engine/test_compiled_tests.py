"""Tests as expressions of Python: each says what `Operator.apply` says, for every kind of fact, value and operand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from safeguard_rules.engine import compiled_tests
from safeguard_rules.engine.compiled_tests import test_expression as expression_of
from safeguard_rules.engine.syntax import name
from safeguard_rules.language.operators import OPERATORS, Operator, Takes
from safeguard_rules.language.tree import FactRef, Scope, Test
from safeguard_rules.source import Place, Text
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import NOT_APPLICABLE, NOT_YET, Special
from safeguard_rules.values.truth import T
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.kinds import Kind

TODAY = AsOf.of("2026-03-02")
WORDS = (None, "a", "b", "c", NOT_YET, NOT_APPLICABLE)
SETS = (
    None,
    NOT_APPLICABLE,
    *(Members(frozenset(known)) for known in ("", "a", "ab", "abc", "c")),
    *(Members(frozenset(known), frozenset(may) if may else None) for known, may in product(("", "a", "c"), ("b", ""))),
)
VALUES: dict[Kind, tuple[Any, ...]] = {
    Kind.WORD: WORDS,
    Kind.REFERENCE: WORDS,
    Kind.BOOLEAN: (None, True, False, NOT_APPLICABLE),
    Kind.NUMBER: (None, 0, 1, 2, 3, NOT_YET, NOT_APPLICABLE),
    Kind.DATE: (None, When.of("2026-03-01"), NOT_YET, NOT_APPLICABLE),
    Kind.WORDS: SETS,
    Kind.REFERENCES: SETS,
}
OPERANDS: dict[Takes, tuple[Any, ...]] = {
    Takes.WORD: ("a", "b"),
    Takes.WORDS: (("a",), ("a", "b"), ("c", "b")),
    Takes.FLAG: (True, False),
    Takes.EMPTY: ((),),
    Takes.THRESHOLD: (1, 2),
    Takes.NOT_YET: (NOT_YET,),
}
FACTS = {fact.kind: fact for fact in Vocabulary.standard().facts.values()}


def checks() -> Iterator[tuple[Operator, Kind, Any, Any, bool]]:
    """Every operator that is spelt out, with a value, an operand, and whether that is another fact's."""
    for operator in OPERATORS.values():
        for kind, takes in operator.takes.items():
            for operand, value in product(OPERANDS.get(takes, ()), VALUES.get(kind, ())):
                yield operator, kind, operand, value, False
            if takes is Takes.REFERENCE and kind is Kind.REFERENCE:
                for operand, value in product(WORDS, WORDS):
                    yield operator, kind, operand, value, True


def differing() -> tuple[int, list[str]]:
    """How many expressions were compared, and those that say something else."""
    compared, wrong = 0, []
    for operator, kind, operand, value, other in checks():
        ref = FactRef(FACTS[kind], Scope.ONE, "")
        written = ref if other else operand
        test = Test("t", Place(Text("t", ""), 1, 1), ref, operator, written)
        for turned in (False, True):
            found = expression_of(test, name("value"), name("operand"), turned, isinstance(operand, bool | Special))
            assert found is not None, (operator.name, kind)
            given = frozenset(operand) if isinstance(operand, tuple) else operand
            known = {"value": value, "operand": given, "Members": Members, "int": int}
            said = eval(compile(ast.Expression(found), "test", "eval"), known)
            truth = operator.apply(value, operand, TODAY, None)
            compared += 1
            if said != (T - truth if turned else truth):
                wrong.append(f"{kind} {value} {operator.name} {operand}, turned {turned}: {said}, not {truth}")
    return compared, wrong


def test_expressions_say_what_operators_say() -> None:
    compared, wrong = differing()
    assert wrong == []
    assert compared > 600


def test_an_unknown_operand_that_is_overlooked_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_tests, "either", lambda left, _right: left)
    assert differing()[1]


def test_tests_on_time_are_left_to_the_operator() -> None:
    for each in ("within_last", "more_than_ago", "within_next", "before", "after"):
        ref = FactRef(FACTS[Kind.DATE], Scope.ONE, "")
        test = Test("t", Place(Text("t", ""), 1, 1), ref, OPERATORS[each], ref)
        assert expression_of(test, name("value"), name("operand"), False, False) is None
