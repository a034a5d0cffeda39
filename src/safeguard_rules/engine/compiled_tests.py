"""A test as one expression of Python: the operator's truth table, spelt out for the kind of fact that it reads.

What is spelt out here says what `Operator.apply` says; tests on time are left to that, for they need the day of the
evaluation and the calendar. `value` and `operand` are names that may be read more than once.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from safeguard_rules.engine.syntax import (
    EQUAL,
    IN,
    IS,
    attribute,
    call,
    choose,
    compare,
    const,
    either,
    is_none,
    less,
    name,
)
from safeguard_rules.language.operators import Operator
from safeguard_rules.language.tree import FactRef, Test
from safeguard_rules.values.truth import F, T, U
from safeguard_rules.vocabulary.kinds import Kind

SCALAR = frozenset({Kind.BOOLEAN, Kind.WORD, Kind.NUMBER, Kind.REFERENCE, Kind.DATE})
BOUNDS: Mapping[str, type[ast.cmpop]] = {
    "at_least": ast.GtE,
    "at_most": ast.LtE,
    "more_than": ast.Gt,
    "less_than": ast.Lt,
}
SETS = {"includes": "includes", "includes_any": "includes_any", "includes_all": "includes_all", "only": "only"}
UNKNOWN = const(U)


def test_expression(test: Test, value: ast.expr, operand: ast.expr, turned: bool, by_identity: bool) -> ast.expr | None:
    """The truth of a test, or of its opposite if `turned`; None for one that has to be applied.

    `by_identity` says that the operand is one of a kind: true, false, `not_yet`.
    """
    kind, operator = test.ref.fact.kind, test.operator
    other = isinstance(test.operand, FactRef)
    unknown = either(is_none(value), is_none(operand)) if other else is_none(value)
    if kind in SCALAR and operator.name in ("is", "is_not"):
        same = compare(value, IS if by_identity else EQUAL, operand)
        return choose(unknown, UNKNOWN, yes_or_no(same, turned != operator.negative))
    if kind is Kind.WORD and operator.name in ("one_of", "none_of"):
        return choose(unknown, UNKNOWN, yes_or_no(compare(value, IN, operand), turned != operator.negative))
    if kind is Kind.NUMBER and operator.name in BOUNDS:
        within = yes_or_no(compare(value, BOUNDS[operator.name](), operand), turned)
        return choose(unknown, UNKNOWN, choose(_is_a(value, "int"), within, const(T if turned else F)))
    if kind in (Kind.WORDS, Kind.REFERENCES) and not other:
        special = T if turned != operator.negative else F
        of_members = _members_test(operator, value, operand, turned)
        return choose(unknown, UNKNOWN, choose(_is_a(value, "Members"), of_members, const(special)))
    return None


def yes_or_no(holds: ast.expr, turned: bool) -> ast.expr:
    """The truth of what Python says, or of its opposite."""
    return choose(holds, const(F if turned else T), const(T if turned else F))


def opposite(value: ast.expr) -> ast.expr:
    """`negate`, spelt out."""
    return less(const(T), value)


def _members_test(operator: Operator, value: ast.expr, operand: ast.expr, turned: bool) -> ast.expr:
    if operator.name in SETS:
        made = call(attribute(value, SETS[operator.name]), operand)
    elif operator.name == "none_of":
        made = call(attribute(value, "includes_any"), operand)
    else:  # `is: []` and `is_not: []`
        made = call(attribute(value, "is_empty"))
    return opposite(made) if turned != operator.negative else made


def _is_a(value: ast.expr, type_name: str) -> ast.expr:
    return compare(attribute(value, "__class__"), IS, name(type_name))
