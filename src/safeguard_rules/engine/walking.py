"""The plain walk over a condition: the reference that compiled conditions are held against, and the explainer.

It looks at every part, never stopping at the first that decides, so that nothing about the order of parts shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from safeguard_rules.engine.program import Program
from safeguard_rules.language.operators import count_test
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    ParameterRef,
    Quantifier,
    Scope,
    Test,
    Use,
)
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.timing import Elapsed, countable
from safeguard_rules.values.truth import F, T, Truth, U, all_of, any_of, negate
from safeguard_rules.vocabulary.records import Record, Value
from safeguard_rules.vocabulary.view import CaseView


@dataclass(slots=True, eq=False)  # not frozen, which would make each four times as dear; nobody changes one
class Trace:
    """A node with its value for one subject and record.

    `parts` are those of the node; for a list, one per record and then, for an open one, that of the unseen record.
    `replaced` marks a definition that was taken as assumed; `skipped` one that nobody would ask about.
    """

    node: Condition
    value: Truth
    parts: tuple[Trace, ...]
    subject: Record | None
    item: Record | None
    within: str | None
    """The definition in which the node stands."""
    replaced: bool = False
    granted: bool = False
    is_open: bool = False
    uncounted: bool = False
    """Whether a test is open for want of bank holidays: it counts working days that are not known."""


@dataclass(slots=True)
class Walker:
    """Walks conditions of one program over one view."""

    program: Program
    view: CaseView
    known: dict[tuple[str, Record | None, int], Trace] = field(default_factory=dict)
    wholes: dict[tuple[int, Record | None, int], Trace] = field(default_factory=dict)
    """The traces of whole rules, which reasons, questions and clauses share."""

    left: dict[int, tuple[Trace, tuple[tuple[str, ...], ...]]] = field(default_factory=dict)
    """The paths that traces leave open, as far as they were looked for."""

    def whole(self, node: Condition, subject: Record | None, level: int) -> Trace:
        """The trace of a rule's condition for a subject, made once."""
        key = (id(node), subject, level)
        found = self.wholes.get(key)
        if found is None:
            found = self.wholes[key] = self.walk(node, subject, None, level)
        return found

    def walk(
        self, node: Condition, subject: Record | None, item: Record | None, level: int, within: str | None = None
    ) -> Trace:
        """The trace of a condition at a level of assuming."""
        match node:
            case Always(value=holds):
                return Trace(node, T if holds else F, (), subject, item, within)
            case All(parts=parts) | AnyOf(parts=parts):
                traces = tuple(self.walk(part, subject, item, level, within) for part in parts)
                values = [trace.value for trace in traces]
                value = all_of(values) if isinstance(node, All) else any_of(values)
                return Trace(node, value, traces, subject, item, within)
            case Not(part=part):
                trace = self.walk(part, subject, item, level, within)
                return Trace(node, negate(trace.value), (trace,), subject, item, within)
            case Test():
                return self.test(node, subject, item, within)
            case Use():
                return self._use(node, subject, item, level, within)
            case Quantifier():
                return self._quantifier(node, subject, level, within)
            case Count():
                return self._count(node, subject, level, within)
        raise TypeError(f"cannot walk {node!r}")

    def test(self, node: Test, subject: Record | None, item: Record | None, within: str | None) -> Trace:
        """The trace of a test."""
        value = self.view.value(record_of(node.ref, self.view, subject, item), node.ref.fact.name)
        right = self._right(node.operand, subject, item)
        truth = node.operator.apply(value, right, self.view.as_of, self.program.calendar)
        uncounted = truth == U and self.uncounted(node, value, right)
        return Trace(node, truth, (), subject, item, within, uncounted=uncounted)

    def is_uncounted(self, node: Test, subject: Record | None, item: Record | None) -> bool:
        """The same for what a test reads of these records."""
        value = self.view.value(record_of(node.ref, self.view, subject, item), node.ref.fact.name)
        return self.uncounted(node, value, self._right(node.operand, subject, item))

    def uncounted(self, node: Test, value: Value, right: Any) -> bool:
        """Whether a test that is open is so for want of bank holidays."""
        if not isinstance(value, When | Elapsed):
            return False
        lengths = [each for each in (right if isinstance(right, tuple) else (right,)) if isinstance(each, Duration)]
        today = self.view.as_of.day
        first, last = (today, today) if node.operator.name == "within_next" else (value.first, value.last)
        return not all(countable(first, last, each, self.program.calendar) for each in lengths)

    def _right(self, operand: Any, subject: Record | None, item: Record | None) -> Any:
        if isinstance(operand, FactRef):
            return self.view.value(record_of(operand, self.view, subject, item), operand.fact.name)
        if isinstance(operand, ParameterRef):
            return self.program.thresholds[operand.name]
        if isinstance(operand, tuple):
            return tuple(self._right(part, subject, item) for part in operand)
        return operand

    def _use(self, node: Use, subject: Record | None, item: Record | None, level: int, within: str | None) -> Trace:
        record = {Scope.ONE: None, Scope.SUBJECT: subject, Scope.ITEM: item}[node.scope]
        body, replaced = self._definition(node.definition, record, level)
        value = body.value
        assumption = self.program.forms[node.definition].assumption
        granted = value == U and self.granted(node.definition, record)
        if replaced:
            assert assumption is not None
            value = T if assumption.value else F
            granted = self.granted(node.definition, record)
        return Trace(node, value, (body,), subject, item, within, replaced, granted)

    def _definition(self, name: str, record: Record | None, level: int) -> tuple[Trace, bool]:
        """The trace of what a definition means, and whether it is taken as assumed instead."""
        plain = self.meaning(name, record, 0)
        if level == 0 or plain.value != U:
            return plain, False
        assumption = self.program.forms[name].assumption
        if assumption is not None and (level == 2 or assumption.exception):
            return plain, True
        return self.meaning(name, record, level), False

    def meaning(self, name: str, record: Record | None, level: int) -> Trace:
        """The trace of a definition's condition for a record, each made once."""
        key = (name, record, level)
        if key not in self.known:
            self.known[key] = self.walk(self.program.forms[name].when, record, None, level, name)
        return self.known[key]

    def granted(self, name: str, record: Record | None) -> bool:
        """Whether nobody would be asked for a definition, as its `ask_unless` holds."""
        assumption = self.program.forms[name].assumption
        if assumption is None or assumption.ask_unless is None:
            return False
        return self.walk(assumption.ask_unless, record, None, 0, name).value == T

    def _items(self, of: str, others: bool, subject: Record | None) -> list[Record]:
        return [record for record in self.view.records(of) if not (others and record is subject)]

    def _quantifier(self, node: Quantifier, subject: Record | None, level: int, within: str | None) -> Trace:
        parts, is_open = self.bodies(node, subject, level, within)
        given = [for_record(node.every, part) for part in parts]
        if node.every:
            return Trace(node, all_of(given), parts, subject, None, within, is_open=is_open)
        return Trace(node, any_of(given), parts, subject, None, within, is_open=is_open)

    def _count(self, node: Count, subject: Record | None, level: int, within: str | None) -> Trace:
        parts, is_open = self.bodies(node, subject, level, within)
        seen = [min(existence(part), part.value) for part in parts if not unseen(part)]
        unbounded = any(part.value != F for part in parts if unseen(part))
        high = None if unbounded else sum(value != F for value in seen)
        operand = self._right(node.operand, subject, None)
        value = count_test(node.operator, sum(value == T for value in seen), high, operand)
        return Trace(node, value, parts, subject, None, within, is_open=is_open)

    def bodies(
        self, node: Quantifier | Count, subject: Record | None, level: int, within: str | None
    ) -> tuple[tuple[Trace, ...], bool]:
        """The traces of what is asked of each record, the unseen one last, and whether the list is open."""
        items = self._items(node.of, node.others, subject)
        parts = [self.walk(node.where, subject, item, level, within) for item in items]
        is_open = self.view.is_open(node.of)
        if is_open:
            parts.append(self.walk(node.where, subject, self.view.unseen(node.of), 0, within))
        return tuple(parts), is_open


def record_of(ref: FactRef, view: CaseView, subject: Record | None, item: Record | None) -> Record:
    """The record of a view that a fact of a condition is read from."""
    if ref.scope is Scope.ONE:
        owner = ref.fact.owner
        if owner.startswith("extra."):
            return view.extra(owner.removeprefix("extra."))
        record: Record = getattr(view, owner)
        return record
    found = subject if ref.scope is Scope.SUBJECT else item
    assert found is not None
    return found


def unseen(part: Trace) -> bool:
    """Whether a part of a quantifier is that of the unseen record."""
    return part.item is not None and part.item.unseen


def existence(part: Trace) -> Truth:
    """Whether the record of a part of a quantifier is certainly there."""
    return U if part.item is None else part.item.existence


def for_record(every: bool, part: Trace) -> Truth:
    """What a record adds: a record that may not be there, as the unseen one, can only leave things open."""
    if existence(part) == T:
        return part.value
    return max(U, part.value) if every else min(U, part.value)


# --- what decided


def deciding(trace: Trace, seen: set[int] | None = None) -> Iterator[Trace]:
    """The leaves that decided a value: every part with the deciding value, or all parts (semantics, decision 29).

    Leaves are tests, replaced definitions, quantifiers and counts themselves where their list is a part, and `always`,
    of which the record that there is may be the reason. What definitions share is looked at once (decision 51); `seen`
    holds the identities of what was.
    """
    seen = set() if seen is None else seen
    if id(trace) in seen:
        return
    seen.add(id(trace))
    match trace.node:
        case Test() | Always():
            yield trace
        case Use() if trace.replaced:
            yield trace
        case All() | AnyOf() | Not() | Use():
            for part in deciding_parts(trace):
                yield from deciding(part, seen)
        case Quantifier() | Count():
            for part in deciding_parts(trace):
                yield from deciding(part, seen)
            if list_decides(trace):
                yield trace


def deciding_uses(trace: Trace, seen: set[int] | None = None) -> Iterator[Trace]:
    """The uses of definitions on the way to what decided, the outer before the inner; what is shared is met once.

    What was taken as assumed is met, and what stands in it is not: it did not decide.
    """
    seen = set() if seen is None else seen
    if id(trace) in seen:
        return
    seen.add(id(trace))
    if isinstance(trace.node, Use):
        yield trace
        if trace.replaced:
            return
    for part in deciding_parts(trace):
        yield from deciding_uses(part, seen)


def deciding_parts(trace: Trace) -> tuple[Trace, ...]:
    """The parts of a node that decided its value."""
    match trace.node:
        case All():
            return trace.parts if trace.value == T else tuple([p for p in trace.parts if p.value == trace.value])
        case AnyOf():
            return trace.parts if trace.value == F else tuple([p for p in trace.parts if p.value == trace.value])
        case Quantifier(every=every):
            return _deciding_records(trace, every)
        case Count():
            if trace.value == U:
                return tuple(p for p in trace.parts if p.value == U and not unseen(p))
            return tuple(p for p in trace.parts if p.value != U)
        case _:
            return trace.parts


def _deciding_records(trace: Trace, every: bool) -> tuple[Trace, ...]:
    whole = T if every else F
    if trace.value == U:
        return tuple(p for p in trace.parts if for_record(every, p) == U and p.value == U and not unseen(p))
    if trace.value == whole:
        return trace.parts
    return tuple([p for p in trace.parts if p.value == trace.value and for_record(every, p) == trace.value])


def list_decides(trace: Trace) -> bool:
    """Whether the list itself is a part of what decided: its being closed, or its being open."""
    match trace.node:
        case Quantifier(every=every):
            if trace.value == U:
                return any(for_record(every, p) == U for p in trace.parts if unseen(p))
            return trace.value == (T if every else F) and not trace.is_open
        case Count():
            if trace.value == U:
                return any(p.value != F for p in trace.parts if unseen(p))
            return not trace.is_open
    return False
