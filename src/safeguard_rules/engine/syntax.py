"""Nodes of Python's own syntax tree in few words: the compiler writes functions as nodes and never as text."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

IS, IS_NOT, EQUAL, LESS, MORE, IN = ast.Is(), ast.IsNot(), ast.Eq(), ast.Lt(), ast.Gt(), ast.In()


def name(written: str) -> ast.expr:
    """A name that is read."""
    return ast.Name(written, ast.Load())


def const(value: Any) -> ast.expr:
    """A constant: None, a truth value, a number, a text, or a frozen set of these."""
    return ast.Constant(value)


def attribute(value: ast.expr, *names: str) -> ast.expr:
    """`value.a.b`."""
    for each in names:
        value = ast.Attribute(value, each, ast.Load())
    return value


def at(value: ast.expr, index: int | str) -> ast.expr:
    """`value[index]`."""
    return ast.Subscript(value, const(index), ast.Load())


def call(function: ast.expr, *given: ast.expr) -> ast.expr:
    """`function(given, ...)`."""
    return ast.Call(function, list(given), [])


def compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    """`left operator right`."""
    return ast.Compare(left, [operator], [right])


def is_none(value: ast.expr) -> ast.expr:
    """`value is None`."""
    return compare(value, IS, const(None))


def either(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left or right`."""
    return ast.BoolOp(ast.Or(), [left, right])


def choose(test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """`then if test else otherwise`."""
    return ast.IfExp(test, then, otherwise)


def less(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left - right`."""
    return ast.BinOp(left, ast.Sub(), right)


def let(target: str, value: ast.expr) -> ast.stmt:
    """`target = value`."""
    return ast.Assign([ast.Name(target, ast.Store())], value)


def add_to(target: str, value: ast.expr) -> ast.stmt:
    """`target += value`."""
    return ast.AugAssign(ast.Name(target, ast.Store()), ast.Add(), value)


def keep(value: ast.expr, index: int, kept: ast.expr) -> ast.stmt:
    """`value[index] = kept`."""
    return ast.Assign([ast.Subscript(value, const(index), ast.Store())], kept)


def when(test: ast.expr, *body: ast.stmt) -> ast.stmt:
    """`if test:` with its body."""
    return ast.If(test, list(body), [])


def for_each(targets: Sequence[str], over: ast.expr, body: Sequence[ast.stmt]) -> ast.stmt:
    """`for a, b in over:` with its body."""
    pair = ast.Tuple([ast.Name(each, ast.Store()) for each in targets], ast.Store())
    return ast.For(pair, over, list(body), [])


def function(written: str, takes: Sequence[str], body: Sequence[ast.stmt], gives: ast.expr) -> ast.Module:
    """A module with one function, ready to be compiled."""
    parameters = ast.arguments([], [ast.arg(each) for each in takes], None, [], [], None, [])
    made = ast.FunctionDef(written, parameters, [*body, ast.Return(gives)], [])
    return ast.fix_missing_locations(ast.Module([made], []))
