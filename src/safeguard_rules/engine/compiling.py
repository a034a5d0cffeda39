"""Conditions as closures, compiled once: what an evaluation runs.

A compiled condition takes the run, the subject's record, the quantifier's record and the level of assuming, and gives a
truth. It agrees with the plain walk of `walking.py`, which explains; differential tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from safeguard_rules.language.operators import count_test
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    Operand,
    ParameterRef,
    ParameterValue,
    Quantifier,
    Scope,
    Test,
    Use,
)
from safeguard_rules.packs.content import DefinitionForm
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, T, Truth, U, negate
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.records import Record, Value
from safeguard_rules.vocabulary.view import CaseView

PLAIN, EXCEPTIONS, PRECAUTION = 0, 1, 2
"""Levels of assuming: nothing, exceptions only, everything that has a `while_unknown`."""


class Running(Protocol):
    """What a compiled condition needs of a run."""

    view: CaseView
    memo: dict[tuple[int, Record | None, int], Truth]

    @property
    def as_of(self) -> AsOf:
        """The day of the evaluation."""
        ...


Compiled = Callable[[Running, Record | None, Record | None, int], Truth]
Getter = Callable[[Running, Record | None, Record | None], Any]


class Compiler:
    """Compiles conditions against the definitions and thresholds in force; each definition once."""

    def __init__(
        self,
        forms: Mapping[str, DefinitionForm],
        thresholds: Mapping[str, ParameterValue],
        calendar: WorkingDays | None,
    ) -> None:
        self._forms = forms
        self._thresholds = thresholds
        self._calendar = calendar
        self._definitions: dict[str, Compiled] = {}

    def compile(self, condition: Condition) -> Compiled:
        """The closure of a condition."""
        match condition:
            case Always(value=value):
                truth = T if value else F
                return lambda run, subject, item, level: truth
            case All(parts=parts):
                return _all(tuple(self.compile(part) for part in parts))
            case AnyOf(parts=parts):
                return _any(tuple(self.compile(part) for part in parts))
            case Not(part=part):
                inner = self.compile(part)
                return lambda run, subject, item, level: negate(inner(run, subject, item, level))
            case Test():
                return self._test(condition)
            case Use(definition=definition, scope=scope):
                return _scoped(self._definition(definition), scope)
            case Quantifier():
                return self._quantifier(condition)
            case Count():
                return self._count(condition)
        raise TypeError(f"cannot compile {condition!r}")

    def _test(self, test: Test) -> Compiled:
        left = _getter(test.ref)
        right = self._operand(test.operand)
        apply, calendar = test.operator.apply, self._calendar
        if not callable(right):
            return lambda run, subject, item, level: apply(left(run, subject, item), right, run.as_of, calendar)
        get = right
        return lambda run, subject, item, level: apply(
            left(run, subject, item), get(run, subject, item), run.as_of, calendar
        )

    def _operand(self, operand: Operand) -> Any:
        if isinstance(operand, FactRef):
            return _getter(operand)
        if isinstance(operand, ParameterRef):
            return self._thresholds[operand.name]
        if isinstance(operand, tuple):
            return tuple(self._thresholds[o.name] if isinstance(o, ParameterRef) else o for o in operand)
        return operand

    # --- definitions

    def _definition(self, name: str) -> Compiled:
        found = self._definitions.get(name)
        if found is None:
            form = self._forms[name]
            index = len(self._definitions)
            self._definitions[name] = _unfinished
            found = self._definitions[name] = _definition(index, self.compile(form.when), form)
        return found

    # --- lists

    def _quantifier(self, quantifier: Quantifier) -> Compiled:
        where = self.compile(quantifier.where)
        of, others, every = quantifier.of, quantifier.others, quantifier.every

        def evaluate(run: Running, subject: Record | None, item: Record | None, level: int) -> Truth:
            result = T if every else F
            for record in run.view.records(of):
                if others and record is subject:
                    continue
                value = where(run, subject, record, level)
                if every:
                    result = min(result, value if record.existence == T else max(U, value))
                else:
                    result = max(result, min(record.existence, value))
            if run.view.is_open(of):
                # Nothing is replaced for the unseen record: it is read at the plain level.
                value = where(run, subject, run.view.unseen(of), PLAIN)
                result = min(result, max(U, value)) if every else max(result, min(U, value))
            return result

        return evaluate

    def _count(self, count: Count) -> Compiled:
        where = self.compile(count.where)
        of, others, operator = count.of, count.others, count.operator
        operand = self._operand(count.operand)

        def evaluate(run: Running, subject: Record | None, item: Record | None, level: int) -> Truth:
            low = high = 0
            for record in run.view.records(of):
                if others and record is subject:
                    continue
                value = min(record.existence, where(run, subject, record, level))
                low += value == T
                high += value != F
            unbounded = run.view.is_open(of) and where(run, subject, run.view.unseen(of), PLAIN) != F
            return count_test(operator, low, None if unbounded else high, operand)

        return evaluate


def _unfinished(run: Running, subject: Record | None, item: Record | None, level: int) -> Truth:
    raise RuntimeError("a definition uses itself; packs with such a circle do not load")


def _definition(index: int, body: Compiled, form: DefinitionForm) -> Compiled:
    assumption = form.assumption
    assumed = None if assumption is None else T if assumption.value else F
    from_level = EXCEPTIONS if assumption is not None and assumption.exception else PRECAUTION

    def evaluate(run: Running, subject: Record | None, item: Record | None, level: int) -> Truth:
        key = (index, subject, level)
        found = run.memo.get(key)
        if found is not None:
            return found
        value = body(run, subject, None, PLAIN) if level == PLAIN else evaluate(run, subject, None, PLAIN)
        if level != PLAIN and value == U:
            if assumed is not None and level >= from_level:
                value = assumed
            else:
                value = body(run, subject, None, level)
        run.memo[key] = value
        return value

    return evaluate


def _scoped(definition: Compiled, scope: Scope) -> Compiled:
    """A definition applied to the child, the subject or the quantifier's record; never replaced for an unseen one."""
    if scope is Scope.ONE:
        return lambda run, subject, item, level: definition(run, None, None, level)
    if scope is Scope.SUBJECT:
        return lambda run, subject, item, level: definition(run, subject, None, level)
    return lambda run, subject, item, level: definition(run, item, None, level)


def _all(parts: tuple[Compiled, ...]) -> Compiled:
    def evaluate(run: Running, subject: Record | None, item: Record | None, level: int) -> Truth:
        result = T
        for part in parts:
            value = part(run, subject, item, level)
            if value < result:
                if value == F:
                    return F
                result = value
        return result

    return evaluate


def _any(parts: tuple[Compiled, ...]) -> Compiled:
    def evaluate(run: Running, subject: Record | None, item: Record | None, level: int) -> Truth:
        result = F
        for part in parts:
            value = part(run, subject, item, level)
            if value > result:
                if value == T:
                    return T
                result = value
        return result

    return evaluate


def _getter(ref: FactRef) -> Getter:
    name, owner = ref.fact.name, ref.fact.owner
    if ref.scope is Scope.SUBJECT:
        return lambda run, subject, item: run.view.value(_there(subject), name)
    if ref.scope is Scope.ITEM:
        return lambda run, subject, item: run.view.value(_there(item), name)
    if owner.startswith("extra."):
        extension = owner.removeprefix("extra.")
        return lambda run, subject, item: run.view.value(run.view.extra(extension), name)

    def single(run: Running, subject: Record | None, item: Record | None) -> Value:
        return run.view.value(getattr(run.view, owner), name)

    return single


def _there(record: Record | None) -> Record:
    assert record is not None
    return record
