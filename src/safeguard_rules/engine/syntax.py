"""Nodes of Python's own syntax tree in few words: the compiler writes functions as nodes and never as text."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

IS, EQUAL, LESS, MORE, IN = ast.Is(), ast.Eq(), ast.Lt(), ast.Gt(), ast.In()

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


def choose(test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """`then if test else otherwise`."""
    return ast.IfExp(test, then, otherwise, **_HERE)


def less(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left - right`."""
    return ast.BinOp(left, ast.Sub(), right, **_HERE)


def let(target: str, value: ast.expr) -> ast.stmt:
    """`target = value`."""
    return ast.Assign([_target(target)], value, **_HERE)


def add_to(target: str, value: ast.expr) -> ast.stmt:
    """`target += value`."""
    return ast.AugAssign(_target(target), ast.Add(), value, **_HERE)


def keep(value: ast.expr, index: int, kept: ast.expr) -> ast.stmt:
    """`value[index] = kept`."""
    return ast.Assign([ast.Subscript(value, const(index), ast.Store(), **_HERE)], kept, **_HERE)


def when(test: ast.expr, *body: ast.stmt) -> ast.stmt:
    """`if test:` with its body."""
    return ast.If(test, list(body), [], **_HERE)


def for_each(targets: Sequence[str], over: ast.expr, body: Sequence[ast.stmt]) -> ast.stmt:
    """`for a, b in over:` with its body."""
    pair = ast.Tuple([_target(each) for each in targets], ast.Store(), **_HERE)
    return ast.For(pair, over, list(body), [], **_HERE)


def function(written: str, takes: Sequence[str], body: Sequence[ast.stmt], gives: ast.expr) -> ast.Module:
    """A module with one function, ready to be compiled."""
    parameters = ast.arguments([], [ast.arg(each, **_HERE) for each in takes], None, [], [], None, [])
    made = ast.FunctionDef(written, parameters, [*body, ast.Return(gives, **_HERE)], [], **_HERE)
    return ast.Module([made], [])


def _target(written: str) -> ast.Name:
    return ast.Name(written, ast.Store(), **_HERE)
