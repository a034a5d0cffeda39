"""The differential test can fail: faults are put into the compiler one at a time, and each is caught.

A fault is a change of the compiler's source as `ast.unparse` writes it, so that layout and comments do not matter. A
fault whose place is no longer there fails its test: write it anew for the compiler as it is.
"""

# ruff: noqa: E501 - each fault stays on one line, before and after beside one another

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from types import ModuleType

import pytest

from safeguard_rules.engine import compiling
from tests.engine.agreement import MakesCompiler, Situation, disagreements, situations
from tests.engine.figures import show
from tests.oracle.shapes import corpus

EXAMPLES = 1200
FIRST = 400_000

FAULTS: dict[str, tuple[tuple[str, str], ...]] = {
    "all is any": (("return _all(tuple", "return _any(tuple"),),
    "any is all": (("return _any(tuple", "return _all(tuple"),),
    "not is dropped": (("negate(inner(run, subject, item, level))", "inner(run, subject, item, level)"),),
    "always and never change places": (("truth = T if value else F", "truth = F if value else T"),),
    "all stops at what is unknown": (("if value == F:\n                    return F", "if value != T:\n                    return value"),),
    "any stops at what is unknown": (("if value == T:\n                    return T", "if value != F:\n                    return value"),),
    "all forgets what is unknown": (("if value < result:", "if value == F:"),),
    "every is some": (("of, others, every = (quantifier.of, quantifier.others, quantifier.every)", "of, others, every = (quantifier.of, quantifier.others, False)"),),
    "the unseen record is ignored": (("if run.view.is_open(of):", "if False:"),),
    "the unseen record is read but decides nothing": (("value = where(run, subject, run.view.unseen(of), PLAIN)", "value = U"),),
    "the unseen record decides some": (("max(result, min(U, value))", "max(result, value)"),),
    "the unseen record decides every": (("min(result, max(U, value)) if every", "min(result, value) if every"),),
    "the unseen record is read with assumptions": (("value = where(run, subject, run.view.unseen(of), PLAIN)", "value = where(run, subject, run.view.unseen(of), level)"),),
    "existence is ignored in some": (("max(result, min(record.existence, value))", "max(result, value)"),),
    "existence is ignored in every": (("value if record.existence == T else max(U, value)", "value"),),
    "existence is ignored in a count": (("min(record.existence, where(run, subject, record, level))", "where(run, subject, record, level)"),),
    "a count has no upper bound": (("None if unbounded else high", "None"),),
    "a count takes an open list as closed": (("None if unbounded else high", "high"),),
    "a count takes what is unknown for there": (("low += value == T", "low += value != F"),),
    "a count takes what is unknown for not there": (("high += value != F", "high += value == T"),),
    "a count reads the unseen record with assumptions": (("where(run, subject, run.view.unseen(of), PLAIN) != F", "where(run, subject, run.view.unseen(of), level) != F"),),
    "a count never closes its open list": (("run.view.is_open(of) and where(run, subject, run.view.unseen(of), PLAIN) != F", "run.view.is_open(of)"),),
    "the subject is among the others": (("if others and record is subject:", "if False:"),),
    "the subject is left out of lists that are not its own": (("if others and record is subject:", "if record.index == 0 and subject is not None:"),),
    "exceptions are not replaced at their level": (("else PRECAUTION\n", "else PRECAUTION\n    from_level = PRECAUTION\n"),),
    "everything is replaced at the level of exceptions": (("else PRECAUTION\n", "else PRECAUTION\n    from_level = EXCEPTIONS\n"),),
    "what is assumed is turned round": (("None if assumption is None else T if assumption.value else F", "None if assumption is None else F if assumption.value else T"),),
    "what is known is replaced too": (("if level != PLAIN and value == U:", "if level != PLAIN:"),),
    "nothing within a definition is replaced": (("value = body(run, subject, None, level)", "pass"),),
    "the innermost assumption wins": (("if assumed is not None and level >= from_level:", "value = body(run, subject, None, level)\n            if value == U and assumed is not None and (level >= from_level):"),),
    "the memo forgets the level": (("key = (index, subject, level)", "key = (index, subject, 0)"),),
    "the memo forgets the record": (("key = (index, subject, level)", "key = (index, None, level)"),),
    "the memo forgets the definition": (("key = (index, subject, level)", "key = (0, subject, level)"),),
    "a definition of the record is read of the subject": (("return lambda run, subject, item, level: definition(run, item, None, level)", "return lambda run, subject, item, level: definition(run, subject or item, None, level)"),),
    "a definition of the subject is read of the record": (("return lambda run, subject, item, level: definition(run, subject, None, level)", "return lambda run, subject, item, level: definition(run, item or subject, None, level)"),),
    "a fact of the record is read of the subject": (("run.view.value(_there(item), name)", "run.view.value(_there(subject or item), name)"),),
    "a fact of the subject is read of the record": (("run.view.value(_there(subject), name)", "run.view.value(_there(item or subject), name)"),),
    "working days are counted by no calendar": (("apply, calendar = (test.operator.apply, self._calendar)", "apply, calendar = (test.operator.apply, None)"),),
    "a threshold of another name": (("return self._thresholds[operand.name]", "return next((v for k, v in self._thresholds.items() if k != operand.name and type(v) is type(self._thresholds[operand.name])), self._thresholds[operand.name])"),),
    "the bounds of between change places": (("return tuple((self._thresholds[o.name] if isinstance(o, ParameterRef) else o for o in operand))", "return tuple((self._thresholds[o.name] if isinstance(o, ParameterRef) else o for o in operand[::-1]))"),),
    "a fact is held against itself": (("get = right\n", "get = left\n"),),
    "the day of the evaluation is yesterday": (("apply(left(run, subject, item), right, run.as_of, calendar)", "apply(left(run, subject, item), right, type(run.as_of).of(run.as_of.day.replace(year=run.as_of.day.year - 1, day=1)), calendar)"),),
}  # fmt: skip


@cache
def prepared() -> tuple[Situation, ...]:
    """What every fault is tried on, walked once."""
    found = tuple(situation for example in corpus(EXAMPLES, first=FIRST) for situation in situations(example))
    for situation in found:
        assert situation.readings is not None
    return found


def mutant(changes: tuple[tuple[str, str], ...]) -> MakesCompiler:
    """The compiler with a fault in it."""
    source = ast.unparse(ast.parse(inspect.getsource(compiling)))
    for before, after in changes:
        assert before in source, f"the compiler no longer says `{before}`"
        source = source.replace(before, after)
    module = ModuleType("tests.engine.mutant")
    sys.modules[module.__name__] = module  # dataclasses look their module up
    exec(compile(source, "mutant of compiling.py", "exec"), module.__dict__)
    made: MakesCompiler = module.Compiler
    return made


def caught_after(make: MakesCompiler) -> int | None:
    """How many pairs it takes until the fault shows; None if it never does."""
    for n, situation in enumerate(prepared(), start=1):
        try:
            if disagreements(situation.program, situation.readings, make):
                return n
        except Exception:
            return n
    return None


def test_the_compiler_itself_passes() -> None:
    assert caught_after(mutant(())) is None


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_compiler_is_caught(fault: str) -> None:
    after = caught_after(mutant(FAULTS[fault]))
    show(f"{fault}: caught after {after} of {len(prepared())} pairs")
    assert after is not None


def test_a_fault_is_caught_by_a_difference_and_not_only_by_breaking() -> None:
    """A mutant that only raises would prove little: nearly all of these give another truth."""
    broken = []
    for fault, changes in FAULTS.items():
        make = mutant(changes)
        try:
            differ = any(disagreements(each.program, each.readings, make) for each in prepared())
        except Exception:
            differ = False
        if not differ:
            broken.append(fault)
    assert len(broken) <= 3, broken
