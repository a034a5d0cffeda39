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
from unittest.mock import patch

import pytest

from safeguard_rules.engine import compiled_tests, compiling, composing
from tests.engine.agreement import MakesCompiler, Situation, disagreements, situations
from tests.engine.figures import show
from tests.oracle.shapes import corpus

EXAMPLES = 1200
FIRST = 400_000
MODULES = (compiled_tests, composing, compiling)
"""What the compiler is made of, each importing only those before it."""

FAULTS: dict[str, tuple[str, str]] = {
    "all is any": ("isinstance(condition, All) != turned", "turned"),
    "any is all": ("isinstance(condition, All) != turned", "not turned"),
    "not is dropped": ("return self.value(part, target, not turned)", "return self.value(part, target, turned)"),
    "not of a definition or a list is dropped": ("[*found, let(target, opposite(name(target)))] if turned else found", "found"),
    "not of a test on time is dropped": ("found = opposite(found) if turned else found", "found = found"),
    "not of a test is dropped": ("const(F if turned else T), const(T if turned else F)", "const(T), const(F)"),
    "always and never change places": ("T if holds != turned else F", "T if holds == turned else F"),
    "all stops at what is unknown": ("undecided = name(target) if least else", "undecided = compare(name(target), EQUAL, const(T)) if least else"),
    "any stops at what is unknown": ("else compare(name(target), LESS, const(T))", "else compare(name(target), EQUAL, const(F))"),
    "all forgets what is unknown": ("when(compare(name(other), LESS if least else MORE, name(target)), let", "when(compare(name(other), EQUAL, const(F)) if least else compare(name(other), MORE, name(target)), let"),
    "only the first two parts are read": ("if len(parts) > 1:", "if False:"),
    "every is some": ("every = quantifier.every", "every = False"),
    "some is every": ("every = quantifier.every", "every = True"),
    "the unseen record is ignored": ("[self._loop(node, 'both', value, then)]", "[self._loop(node, 'seen', value, then)]"),
    "the unseen record is ignored where something is assumed": (", self._loop(node, 'unseen', value, then)]", "]"),
    "the unseen record is read with assumptions": ("if which == 'unseen':", "if False:"),
    "a record that may not be there decides": ("let(value, choose(certain, name(value), const(U)))", "let(value, name(value))"),
    "a record that is there leaves things open": ("let(value, choose(certain, name(value), const(U)))", "let(value, const(U))"),
    "existence is ignored in a count": ("when(certain, add_to(low, const(1)))", "add_to(low, const(1))"),
    "a count has no upper bound": ("choose(name(open_), const(None), name(high))", "const(None)"),
    "a count takes an open list as closed": ("choose(name(open_), const(None), name(high))", "name(high)"),
    "a count takes what is unknown for there": ("when(compare(name(value), EQUAL, const(T)), when(certain", "when(compare(name(value), MORE, const(F)), when(certain"),
    "a count takes what is unknown for not there": ("when(name(value), add_to(high", "when(compare(name(value), EQUAL, const(T)), add_to(high"),
    "a count never closes its open list": ("let(open_, name(value))", "let(open_, const(T))"),
    "the subject is among the others": ("if node.others and which != 'unseen':", "if False:"),
    "the unseen subject is left out of the others": ("both(itself, entered)", "itself"),
    "the first record is left out of every list": ("if node.others and which != 'unseen':\n            itself = compare(name(item), IS, name('subject'))", "if which != 'unseen':\n            itself = compare(attribute(name(item), 'index'), EQUAL, const(0))"),
    "exceptions are not replaced at their level": ("EXCEPTIONS if assumption.exception else PRECAUTION", "PRECAUTION"),
    "everything is replaced at the level of exceptions": ("EXCEPTIONS if assumption.exception else PRECAUTION", "EXCEPTIONS"),
    "what is assumed is turned round": ("return T if assumption.value else F", "return F if assumption.value else T"),
    "what is known is replaced too": ("when(compare(name('truth'), EQUAL, const(U)), *instead)", "*instead"),
    "nothing within a definition is replaced": ("self.assumed(name_, level) is not None or self.assumes(form.when, level)", "self.assumed(name_, level) is not None"),
    "the innermost assumption wins": ("[let('truth', const(assumed))]", "[*writing.value(form.when, 'truth'), when(compare(name('truth'), EQUAL, const(U)), let('truth', const(assumed)))]"),
    "what is kept forgets the level": ("keep(name('own'), place + level, name('truth'))", "keep(name('own'), place, name('truth'))"),
    "what is kept forgets the record": ("known_or_asked(target, name(truths),", "known_or_asked(target, name('one'),"),
    "what is kept forgets the definition": ("index * LEVELS", "0"),
    "a definition of the record is read of the subject": ("(name(f'item_{self.depth}'), f'truths_{self.depth}')", "(choose(is_none(name('subject')), name(f'item_{self.depth}'), name('subject')), f'truths_{self.depth}')"),
    "a definition of the subject is read of the record": ("Scope.SUBJECT: (name('subject'), 'own')", "Scope.SUBJECT: (name(f'item_{self.depth}'), f'truths_{self.depth}') if self.depth else (name('subject'), 'own')"),
    "a fact of the record is read of the subject": ("let(f'{item}_values', attribute(name(item), 'values'))", "let(f'{item}_values', attribute(choose(is_none(name('subject')), name(item), name('subject')), 'values'))"),
    "a fact of the subject is read of the record": ("if ref.scope is Scope.ITEM:", "if ref.scope is Scope.ITEM or (ref.scope is Scope.SUBJECT and self.depth):"),
    "working days are counted by no calendar": ("'calendar': calendar", "'calendar': None"),
    "a threshold of another name": ("return self.naming.constant(thresholds[operand.name])", "return self.naming.constant(next((v for k, v in thresholds.items() if k != operand.name and type(v) is type(thresholds[operand.name])), thresholds[operand.name]))"),
    "the bounds of between change places": ("thresholds[each.name] for each in operand", "thresholds[each.name] for each in operand[::-1]"),
    "a fact is held against itself": ("made.append(let(other, operand))", "made.append(let(other, name(value)))"),
    "the day of the evaluation is another": ("day = attribute(name('run'), 'view', 'as_of')", "day = self.naming.constant(__import__('safeguard_rules.values.dates', fromlist=['AsOf']).AsOf.of('2024-01-01'))"),
    "what is unknown is no": ("UNKNOWN = const(U)", "UNKNOWN = const(F)"),
    "is not is is": ("yes_or_no(same, turned != operator.negative)", "yes_or_no(same, turned)"),
    "none of is one of": ("yes_or_no(compare(value, IN, operand), turned != operator.negative)", "yes_or_no(compare(value, IN, operand), turned)"),
    "none of a set is any of it": ("return opposite(made) if turned != operator.negative else made", "return made"),
    "what is not applicable has what a set has not": ("special = T if turned != operator.negative else F", "special = F if turned != operator.negative else T"),
    "at least is more than": ("'at_least': ast.GtE", "'at_least': ast.Gt"),
    "at most is less than": ("'at_most': ast.LtE", "'at_most': ast.Lt"),
    "all of a set is any of it": ("'includes_all': 'includes_all'", "'includes_all': 'includes_any'"),
    "nothing but is all of": ("'only': 'only'", "'only': 'includes_all'"),
}  # fmt: skip


@cache
def prepared() -> tuple[Situation, ...]:
    """What every fault is tried on, walked once."""
    found = tuple(situation for example in corpus(EXAMPLES, first=FIRST) for situation in situations(example))
    for situation in found:
        assert situation.readings is not None
    return found


def mutant(*change: str) -> MakesCompiler:
    """The compiler with a fault in it: the modules that it is made of, one of them changed."""
    sources = {module: ast.unparse(ast.parse(inspect.getsource(module))) for module in MODULES}
    if change:
        before, after = change
        changed = [module for module, source in sources.items() if before in source]
        assert len(changed) == 1, f"one module of the compiler should say `{before}`, and {len(changed)} do"
        sources[changed[0]] = sources[changed[0]].replace(before, after)
    with patch.dict(sys.modules):  # each mutant imports those before it
        for original, source in sources.items():
            module = sys.modules[original.__name__] = ModuleType(original.__name__)
            exec(compile(source, f"mutant of {original.__name__}", "exec"), module.__dict__)
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
    assert caught_after(mutant()) is None


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_compiler_is_caught(fault: str) -> None:
    after = caught_after(mutant(*FAULTS[fault]))
    show(f"{fault}: caught after {after} of {len(prepared())} pairs")
    assert after is not None


def test_a_fault_is_caught_by_a_difference_and_not_only_by_breaking() -> None:
    """A mutant that only raises would prove little: nearly all of these give another truth."""
    broken = []
    for fault, change in FAULTS.items():
        make = mutant(*change)
        try:
            differ = any(disagreements(each.program, each.readings, make) for each in prepared())
        except Exception:
            differ = False
        if not differ:
            broken.append(fault)
    assert len(broken) <= 3, broken
