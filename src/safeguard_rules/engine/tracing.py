"""The plain walk, made ready for each node once: what tells why makes the same traces as `walking`, only sooner.

Which record a test reads, what it is held against and by which operator is looked up once for a program and not for
each case. Tests hold these traces against those of the walk, part by part.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from safeguard_rules.engine.program import Program
from safeguard_rules.engine.walking import Trace, Walker, for_record
from safeguard_rules.language.tree import (
    All,
    AnyOf,
    Condition,
    FactRef,
    Not,
    ParameterRef,
    Quantifier,
    Scope,
    Test,
)
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.records import Record

Tracer: TypeAlias = Callable[[Walker, Record | None, Record | None, int], Trace]
"""Takes the walker, the subject, the quantifier's record and the level of assuming."""


class Tracing(Walker):
    """A walker that makes its traces by tracers that are ready."""

    __slots__ = ()

    def walk(
        self, node: Condition, subject: Record | None, item: Record | None, level: int, within: str | None = None
    ) -> Trace:
        """The trace of a condition at a level of assuming."""
        return tracer(node, within, self.program)(self, subject, item, level)


def tracer(node: Condition, within: str | None, program: Program) -> Tracer:
    """The tracer of a node, made once for a program and the definition that it stands in."""
    ready = program.stock.tracers
    key = id(node), within
    found = ready.get(key)
    if found is None:
        found = ready[key] = node, _make(node, within, program)
    made: Tracer = found[1]
    return made


def _make(node: Condition, within: str | None, program: Program) -> Tracer:
    match node:
        case Test():
            return _of_test(node, within, program)
        case All(parts=parts):
            return _of_parts(node, [tracer(part, within, program) for part in parts], within, least=True)
        case AnyOf(parts=parts):
            return _of_parts(node, [tracer(part, within, program) for part in parts], within, least=False)
        case Not(part=part):
            return _of_not(node, tracer(part, within, program), within)
        case Quantifier():
            return _of_quantifier(node, within)
    return lambda walker, subject, item, level: Walker.walk(walker, node, subject, item, level, within)


def _of_test(node: Test, within: str | None, program: Program) -> Tracer:
    if isinstance(node.operand, FactRef) or node.ref.fact.owner.startswith("extra."):
        return lambda walker, subject, item, _level: walker.test(node, subject, item, within)
    name, owner, apply, calendar = node.ref.fact.name, node.ref.fact.owner, node.operator.apply, program.calendar
    one, of_subject = node.ref.scope is Scope.ONE, node.ref.scope is Scope.SUBJECT
    right = _right(node.operand, program)

    def trace(walker: Walker, subject: Record | None, item: Record | None, _level: int) -> Trace:
        view = walker.view
        record: Any = getattr(view, owner) if one else subject if of_subject else item
        values = record.values
        value = values[name] if name in values else view.value(record, name)
        truth = apply(value, right, view.as_of, calendar)
        uncounted = truth == U and walker.uncounted(node, value, right)
        return Trace(node, truth, (), subject, item, within, False, False, False, uncounted)

    return trace


def _right(operand: Any, program: Program) -> Any:
    if isinstance(operand, ParameterRef):
        return program.thresholds[operand.name]
    return tuple(_right(part, program) for part in operand) if isinstance(operand, tuple) else operand


def _of_parts(node: Condition, parts: list[Tracer], within: str | None, *, least: bool) -> Tracer:
    start: Truth = T if least else F
    choose: Callable[[Truth, Truth], Truth] = min if least else max

    def trace(walker: Walker, subject: Record | None, item: Record | None, level: int) -> Trace:
        traces = tuple([part(walker, subject, item, level) for part in parts])
        value = start
        for each in traces:
            value = choose(value, each.value)
        return Trace(node, value, traces, subject, item, within)

    return trace


def _of_not(node: Not, part: Tracer, within: str | None) -> Tracer:
    def trace(walker: Walker, subject: Record | None, item: Record | None, level: int) -> Trace:
        found = part(walker, subject, item, level)
        return Trace(node, T - found.value, (found,), subject, item, within)

    return trace


def _of_quantifier(node: Quantifier, within: str | None) -> Tracer:
    every = node.every

    def trace(walker: Walker, subject: Record | None, _item: Record | None, level: int) -> Trace:
        parts, is_open = walker.bodies(node, subject, level, within)
        given = [for_record(every, part) for part in parts]
        value = min(given, default=T) if every else max(given, default=F)
        return Trace(node, value, parts, subject, None, within, False, False, is_open)

    return trace
