"""Nodes of Python's own syntax tree in few words: the compiler writes functions as nodes and never as text."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

IS, EQUAL, LESS, MORE, IN = ast.Is(), ast.Eq(), ast.Lt(), ast.Gt(), ast.In()
IS_NOT, UNEQUAL, AT_MOST, AT_LEAST, NOT_IN = ast.IsNot(), ast.NotEq(), ast.LtE(), ast.GtE(), ast.NotIn()

_HERE: Any = {"lineno": 1, "col_offset": 0}
"""Every node needs a place; to give it one when it is made is much quicker than to look for those without."""

BREAK, CONTINUE = ast.Break(**_HERE), ast.Continue(**_HERE)


def name(written: str) -> ast.expr:
    """A name that is read."""
    return ast.Name(written, ast.Load(), **_HERE)


def const(value: Any) -> ast.expr:
    """A constant: None, a truth value, a number, a text, or a frozen set of these."""
    return ast.Constant(value, **_HERE)


def attribute(value: ast.expr, *names: str) -> ast.expr:
    """`value.a.b`."""
    for each in names:
        value = ast.Attribute(value, each, ast.Load(), **_HERE)
    return value


def at(value: ast.expr, index: int | str) -> ast.expr:
    """`value[index]`."""
    return ast.Subscript(value, const(index), ast.Load(), **_HERE)


def call(function: ast.expr, *given: ast.expr) -> ast.expr:
    """`function(given, ...)`."""
    return ast.Call(function, list(given), [], **_HERE)


def compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    """`left operator right`."""
    return ast.Compare(left, [operator], [right], **_HERE)


def is_none(value: ast.expr) -> ast.expr:
    """`value is None`."""
    return compare(value, IS, const(None))


def either(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left or right`."""
    return ast.BoolOp(ast.Or(), [left, right], **_HERE)


def both(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left and right`."""
    return ast.BoolOp(ast.And(), [left, right], **_HERE)


def is_known(value: ast.expr) -> ast.expr:
    """`value is not None`."""
    return compare(value, IS_NOT, const(None))


def always(value: ast.expr) -> bool:
    """Whether an expression is the constant `True`."""
    return isinstance(value, ast.Constant) and value.value is True


def never(value: ast.expr) -> bool:
    """Whether an expression is the constant `False`."""
    return isinstance(value, ast.Constant) and value.value is False


def each_holds(*parts: ast.expr) -> ast.expr:
    """`a and b and ...`, without what is always so; `False` if one never is."""
    kept = [part for part in parts if not always(part)]
    if any(map(never, kept)):
        return const(False)
    return ast.BoolOp(ast.And(), kept, **_HERE) if len(kept) > 1 else kept[0] if kept else const(True)


def one_holds(*parts: ast.expr) -> ast.expr:
    """`a or b or ...`, without what never is so; `True` if one always is."""
    kept = [part for part in parts if not never(part)]
    if any(map(always, kept)):
        return const(True)
    return ast.BoolOp(ast.Or(), kept, **_HERE) if len(kept) > 1 else kept[0] if kept else const(False)


def no(value: ast.expr) -> ast.expr:
    """`not value`, as a condition."""
    if always(value) or never(value):
        return const(never(value))
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not):
        return value.operand
    return ast.UnaryOp(ast.Not(), value, **_HERE)


def kept_as(target: str, value: ast.expr) -> ast.expr:
    """`(target := value)`."""
    return ast.NamedExpr(_target(target), value, **_HERE)


def together(values: Sequence[ast.expr]) -> ast.expr:
    """`(a, b, ...)`."""
    return ast.Tuple(list(values), ast.Load(), **_HERE)


def empty_list() -> ast.expr:
    """`[]`."""
    return ast.List([], ast.Load(), **_HERE)


def spread(value: ast.expr) -> ast.expr:
    """`*value`, among what a function is given."""
    return ast.Starred(value, ast.Load(), **_HERE)


def add(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left + right`."""
    return ast.BinOp(left, ast.Add(), right, **_HERE)


def times(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left * right`."""
    return ast.BinOp(left, ast.Mult(), right, **_HERE)


def choose(test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """`then if test else otherwise`."""
    return ast.IfExp(test, then, otherwise, **_HERE)


def less(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left - right`."""
    return ast.BinOp(left, ast.Sub(), right, **_HERE)


def let(target: str, value: ast.expr) -> ast.stmt:
    """`target = value`."""
    return ast.Assign([_target(target)], value, **_HERE)


def let_all(targets: Sequence[str], value: ast.expr) -> ast.stmt:
    """`a, b = value`."""
    return ast.Assign([_targets(targets)], value, **_HERE)


def let_go(targets: Sequence[str]) -> ast.stmt:
    """Variables that nobody needs any more: `del a, b`."""
    return ast.Delete([ast.Name(each, ast.Del(), **_HERE) for each in targets], **_HERE)


def do(value: ast.expr) -> ast.stmt:
    """An expression for what it does."""
    return ast.Expr(value, **_HERE)


def add_to(target: str, value: ast.expr) -> ast.stmt:
    """`target += value`."""
    return ast.AugAssign(_target(target), ast.Add(), value, **_HERE)


def keep(value: ast.expr, index: int, kept: ast.expr) -> ast.stmt:
    """`value[index] = kept`."""
    return ast.Assign([ast.Subscript(value, const(index), ast.Store(), **_HERE)], kept, **_HERE)


def when(test: ast.expr, *body: ast.stmt) -> ast.stmt:
    """`if test:` with its body."""
    return ast.If(test, list(body), [], **_HERE)


def when_else(test: ast.expr, body: Sequence[ast.stmt], otherwise: Sequence[ast.stmt]) -> ast.stmt:
    """`if test:` with its body, and `else:` with another."""
    return ast.If(test, list(body), list(otherwise), **_HERE)


def for_each(targets: Sequence[str], over: ast.expr, body: Sequence[ast.stmt]) -> ast.stmt:
    """`for a, b in over:` with its body; `for a in over:` if there is one name."""
    target = _target(targets[0]) if len(targets) == 1 else _targets(targets)
    return ast.For(target, over, list(body), [], **_HERE)


def function(written: str, takes: Sequence[str], body: Sequence[ast.stmt], gives: ast.expr) -> ast.Module:
    """A module with one function, ready to be compiled."""
    parameters = ast.arguments([], [ast.arg(each, **_HERE) for each in takes], None, [], [], None, [])
    made = ast.FunctionDef(written, parameters, [*body, ast.Return(gives, **_HERE)], [], **_HERE)
    return ast.Module([made], [])


def _targets(written: Sequence[str]) -> ast.Tuple:
    return ast.Tuple([_target(each) for each in written], ast.Store(), **_HERE)


def _target(written: str) -> ast.Name:
    return ast.Name(written, ast.Store(), **_HERE)
