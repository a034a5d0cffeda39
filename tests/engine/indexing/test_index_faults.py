"""The differential test can fail: faults are put into the index one at a time, and each is caught.

A fault is a change of the source as `ast.unparse` writes it. A fault whose place is no longer there fails its test.
"""

# ruff: noqa: E501 - each fault stays on one line, before and after beside one another

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest

from safeguard_rules.engine.indexing import atoms, boards, codes, formulas, forming, masks, rule_index, tables
from safeguard_rules.engine.outcomes import Key
from safeguard_rules.results import Outcome
from tests.engine.agreement import Situation, situations
from tests.engine.figures import show
from tests.engine.indexing.indexed_outcomes import program_of, walked_outcomes, wrong_outcomes
from tests.oracle.engines import view_of
from tests.oracle.shapes import corpus

EXAMPLES = 400
FIRST = 650_000
MODULES = (formulas, atoms, forming, masks, boards, tables, codes, rule_index)
"""What the index is made of, each importing only those before it."""

FAULTS: dict[str, tuple[str, str]] = {
    # formulas
    "all is any": ("return not decided if False else None", ""),
}  # fmt: skip


@cache
def prepared() -> tuple[tuple[Situation, dict[Key, Outcome]], ...]:
    """What every fault is tried on, walked once."""
    found = []
    for example in corpus(EXAMPLES, first=FIRST):
        for situation in situations(example):
            seen = view_of(situation.case, situation.as_of, situation.removed)
            found.append((situation, walked_outcomes(program_of(situation), seen)))
    return tuple(found)


def mutant(*change: str) -> Any:
    """The index with a fault in it: the modules that it is made of, one of them changed."""
    sources = {module: ast.unparse(ast.parse(inspect.getsource(module))) for module in MODULES}
    if change:
        before, after = change
        changed = [module for module, source in sources.items() if before in source]
        assert len(changed) == 1, f"one module of the index should say `{before}`, and {len(changed)} do"
        assert sources[changed[0]].count(before) == 1, f"`{before}` is said more than once"
        sources[changed[0]] = sources[changed[0]].replace(before, after)
    with patch.dict(sys.modules):  # each mutant imports those before it
        for original, source in sources.items():
            module = sys.modules[original.__name__] = ModuleType(original.__name__)
            exec(compile(source, f"mutant of {original.__name__}", "exec"), module.__dict__)
    return module.RuleIndex


def caught_after(make: Any) -> tuple[int | None, bool]:
    """How many situations it takes until the fault shows (None if it never does), and whether it broke."""
    for n, (situation, walked) in enumerate(prepared(), start=1):
        try:
            if wrong_outcomes(situation, walked, make):
                return n, False
        except Exception:
            return n, True
    return None, False


def test_the_index_itself_passes() -> None:
    assert caught_after(mutant()) == (None, False)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_index_is_caught(fault: str) -> None:
    after, broke = caught_after(mutant(*FAULTS[fault]))
    show(f"{fault}: caught after {after} of {len(prepared())} situations")
    assert after is not None
    assert not broke, "a fault that only raises proves little"
