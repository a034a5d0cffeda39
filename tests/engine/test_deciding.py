"""The functions that tell what decided a finding tell what the traces of the plain walk do, and faults are found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from safeguard_rules.engine import compiling, deciding, explaining, residual, syntax
from safeguard_rules.engine.compiling import Compiler
from safeguard_rules.engine.deciding import Deciding
from safeguard_rules.engine.explaining import Cause, Teller
from safeguard_rules.engine.outcomes import Result, Runs
from safeguard_rules.engine.program import Program
from safeguard_rules.engine.residual import open_paths_of
from safeguard_rules.engine.running import PLAIN
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.view import CaseView, view
from tests.engine.agreement import Situation, situations
from tests.engine.test_bundled_rulebook import drawn, rulebook
from tests.oracle.shapes import corpus

Told = tuple[list[Cause], tuple[str, ...]]


def told(program: Program, seen: CaseView, *, traced: bool) -> list[tuple[Result, Told]]:
    """What is told of every finding, by traces or by functions that are made anew."""
    compiler = Compiler(program.forms, program.thresholds, program.calendar)
    rules = tuple(replace(each, holds=compiler.compile(each.form.when)) for each in program.rules)
    again = replace(program, rules=rules)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compiling, "TRACED_FIRST", 10**9 if traced else 0)
        teller = Teller(seen, program.wording, program.forms)
        return [(each, (teller.causes(each), open_paths_of(each))) for each in Runs(again, seen).results()]


def differences(program: Program, seen: CaseView) -> Iterator[str]:
    """Where functions tell something else than traces."""
    by_function, by_trace = told(program, seen, traced=False), told(program, seen, traced=True)
    for (result, one), (_, other) in zip(by_function, by_trace, strict=True):
        if one != other:
            yield f"{result.active.rule.name}, {result.outcome} at level {result.level}: {one}, not {other}"


def differing(situation: Situation) -> list[str]:
    return list(differences(situation.program, situation.runs.view))


def each_situation(size: int, first: int = 0) -> Iterator[Situation]:
    for example in corpus(size, first=first):
        yield from situations(example)


def test_decision_29_shaped_rules_are_told_as_they_are_traced() -> None:
    met = set()
    for situation in each_situation(100):
        assert differing(situation) == [], situation
        met |= {(each.outcome, each.level, each.gate) for each in situation.results}
    assert {level for _, level, _ in met} == {0, 1, 2}
    assert {("undetermined", 0, 1), ("applies", 2, 1), ("does_not_apply", 0, 1)} <= met


@pytest.mark.parametrize("locality", [None, "wiltshire", "stoke-on-trent"])
def test_decision_29_the_bundled_rules_are_told_as_they_are_traced(locality: str | None) -> None:
    book = rulebook(locality)
    for case, written in drawn(4, 9000, locality):
        as_of = AsOf.of(written)
        seen = view(case, as_of, book.vocabulary)
        without = view(case, as_of, book.vocabulary, seen.carer_only_paths())
        for each in (seen, without):
            assert list(differences(book.program(as_of), each)) == [], (case, as_of)


def test_a_rule_is_traced_before_a_function_is_made_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "TRACED_FIRST", 2)
    situation = next(iter(each_situation(1)))
    program = situation.program
    compiled = Compiler(program.forms, program.thresholds, program.calendar).compile(program.rules[0].form.when)
    assert compiled.deciding(PLAIN) is None
    assert compiled.deciding(PLAIN) is None
    assert compiled.deciding(PLAIN) is compiled.deciding(PLAIN) is not None


PLAINLY: dict[str, Any] = {
    name: getattr(Deciding, name) for name in ("_decides", "_of_list", "_passes", "_gone_through")
}


def whichever(_writing: Deciding, _node: Any, found: Any, _looked: Any) -> Any:
    """Every record is taken to have decided."""
    return syntax.is_known(syntax.name(found.item))


def without_the_list(writing: Deciding, node: Any, looked: Any, into: str) -> Any:
    """A list is never among what decided."""
    return PLAINLY["_of_list"](writing, node, looked, into)[1:]


def beyond_the_records(writing: Deciding, node: Any, which: str) -> Any:
    """The unseen record is forgotten."""
    made, found = PLAINLY["_gone_through"](writing, node, which)
    return made, replace(found, ends=False)


def never_granted(compiler: Compiler, *given: Any) -> Any:
    return BODY(compiler, *given)._replace(granted=False)


BODY = Compiler._body

FAULTS: dict[str, tuple[Any, str, Any]] = {
    "every record decides": (Deciding, "_decides", whichever),
    "no list decides": (Deciding, "_of_list", without_the_list),
    "no record is unseen": (Deciding, "_gone_through", beyond_the_records),
    "the unseen record is assumed of": (Deciding, "_passes", lambda _writing: ("both",)),
    "a record is always there": (deciding, "is_seen", lambda _item: syntax.const(True)),
    "less for more": (deciding, "LESS", syntax.MORE),
    "more for less": (deciding, "MORE", syntax.LESS),
    "as much for equal": (deciding, "EQUAL", syntax.AT_LEAST),
    "true for unknown": (deciding, "U", 2),
    "nobody minds being asked": (Compiler, "_body", never_granted),
    "nothing is taken as assumed": (Compiler, "assumed", lambda *_: None),
    "one fact is enough": (residual, "open_paths", lambda _leaf, _view: ()),
    "the unseen record is asked for": (residual, "OfUnseen", object),
    "a list is told of nobody": (explaining, "OfList", object),
    "always has no record": (explaining, "OfAlways", object),
}


LIKELY = {22253: 1, 21436: 1, 5000: 150}
"""From which example on, and how many: the first assume something of records, and the list is open."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_into_it_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    holder, name, instead = FAULTS[fault]
    given = chain(*(each_situation(size, first) for first, size in LIKELY.items()))
    assert any(wrong(situation, holder, name, instead, monkeypatch) for situation in given)


def wrong(situation: Situation, holder: Any, name: str, instead: Any, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether anything else is told with a fault in it, or nothing can be."""
    program, seen = situation.program, situation.runs.view
    right = told(program, seen, traced=True)
    try:
        with monkeypatch.context() as faulty:
            faulty.setattr(holder, name, instead)
            found = told(program, seen, traced=False)
    except (AttributeError, TypeError, NameError):
        return True
    return [each for _, each in found] != [each for _, each in right]
