"""Formulas as JSONLogic, for datalogic-py and json-logic-engine.

Neither can look out of a record, so `today` and the case's dates are copied into each (`ready.with_outer`). `all` of an
empty list is false in JSONLogic, so an empty list is asked for first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.peers.lowering import (
    And,
    AtLeast,
    Compare,
    Const,
    Exists,
    ForAll,
    Formula,
    HasAny,
    Known,
    OneOf,
    Open,
    Or,
    RuleFormulas,
    Today,
    Var,
    Yes,
)

Logic = Any


def rule_list(rules: Sequence[RuleFormulas]) -> list[Logic]:
    """One expression that gives the codes of all rules."""
    return [{"if": [logic(rule.verdict.false), 0, logic(rule.verdict.true), 2, 1]} for rule in rules]


def logic(formula: Formula) -> Logic:
    """A formula as JSONLogic."""
    match formula:
        case Const(value=value):
            return value
        case And(parts=parts):
            return {"and": [logic(part) for part in parts]}
        case Or(parts=parts):
            return {"or": [logic(part) for part in parts]}
        case Known(var=var, yes=yes):
            return {"!==" if yes else "===": [_var(var), None]}
        case Yes(var=var, yes=yes):
            return {"===": [_var(var), yes]}
        case Open(of=of, yes=yes):
            return {"===": [{"var": f"{of}_open"}, yes]}
        case Compare(var=var, sign=sign, other=other):
            return {{"==": "===", "!=": "!=="}.get(sign, sign): [_var(var), _amount(other)]}
        case OneOf(var=var, words=words, yes=yes):
            return _unless(yes, {"in": [_var(var), list(words)]})
        case HasAny(var=var, words=words, yes=yes):
            return {"some" if yes else "none": [_var(var), {"in": [{"var": ""}, list(words)]}]}
        case _:
            return _over_records(formula)


def _over_records(formula: Exists | ForAll | AtLeast) -> Logic:
    of = {"var": formula.of}
    match formula:
        case Exists(body=body):
            return {"some": [of, logic(body)]}
        case ForAll(body=body):
            return {"none": [of, {"!": [logic(body)]}]}
        case AtLeast(body=body, number=number, yes=yes):
            one_more = {"+": [{"var": "accumulator"}, 1]}
            found = {"reduce": [{"filter": [of, logic(body)]}, one_more, 0]}
            return {">=" if yes else "<": [found, number]}


def _unless(yes: bool, found: Logic) -> Logic:
    return found if yes else {"!": [found]}


def _var(var: Var) -> Logic:
    return {"var": var.name}


def _amount(other: int | Today | Var) -> Logic:
    if isinstance(other, int):
        return other
    if isinstance(other, Var):
        return _var(other)
    return {"+": [{"var": "today"}, other.plus]} if other.plus else {"var": "today"}
