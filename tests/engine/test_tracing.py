"""What tells why makes the very traces of the plain walk, and its faults would be found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from safeguard_rules.engine import tracing
from safeguard_rules.engine.outcomes import Result
from safeguard_rules.engine.tracing import Tracing
from safeguard_rules.engine.walking import Trace, Walker
from safeguard_rules.language.tree import Not, Test
from tests.engine.agreement import LEVELS, Situation, situations
from tests.engine.test_bundled_rulebook import drawn, rulebook
from tests.oracle.shapes import corpus

FIELDS = ("value", "within", "replaced", "granted", "is_open", "uncounted")


def differences(one: Trace, other: Trace) -> Iterator[str]:
    """Where two traces of one node differ, in whatever there is to a trace."""
    if one.node is not other.node or len(one.parts) != len(other.parts):
        yield f"{one.node.id}: another shape"
        return
    for name in FIELDS:
        if getattr(one, name) != getattr(other, name):
            yield f"{one.node.id}: {name} {getattr(one, name)} is not {getattr(other, name)}"
    for name in ("subject", "item"):
        if getattr(one, name) is not getattr(other, name):
            yield f"{one.node.id}: another {name}"
    for part, same in zip(one.parts, other.parts, strict=True):
        yield from differences(part, same)


def found_in(results: tuple[Result, ...]) -> Iterator[str]:
    """What differs for any of these results, at any level of assuming."""
    for result in results:
        if result.empty:
            continue
        for run in (result.run, result.plain):
            subject = result._in(run)
            for level in LEVELS:
                walked = Walker(run.program, run.view).walk(result.active.form.when, subject, None, level)
                traced = Tracing(run.program, run.view).walk(result.active.form.when, subject, None, level)
                yield from differences(traced, walked)


def each_situation(size: int, first: int = 0) -> Iterator[Situation]:
    for example in corpus(size, first=first):
        yield from situations(example)


def test_shaped_rules_are_traced_as_they_are_walked() -> None:
    for situation in each_situation(120):
        assert list(found_in(situation.results)) == [], situation


@pytest.mark.parametrize("locality", [None, "wiltshire"])
def test_the_bundled_rules_are_traced_as_they_are_walked(locality: str | None) -> None:
    for case, as_of in drawn(6, 7000, locality):
        evaluation = rulebook(locality).evaluate(case, as_of=as_of)
        assert list(found_in(evaluation._inquiry.results)) == []


def turned(node: Not, part: Any, within: str | None) -> Any:
    """A `not` that forgets to turn its part round."""
    return lambda *given: Trace(node, part(*given).value, (part(*given),), given[1], given[2], within)


def of_the_subject(node: Test, within: str | None, program: Any) -> Any:
    """A test that always reads the subject's record."""
    made = PLAINLY["_of_test"](node, within, program)
    return lambda walker, subject, item, level: made(walker, subject, subject or item, level)


PLAINLY = {"_of_test": tracing._of_test}

FAULTS: dict[str, Any] = {
    "_of_not": turned,
    "_of_test": of_the_subject,
    "for_record": lambda _every, part: part.value,
    "_right": lambda _operand, _program: None,
    "T": 1,
    "min": max,
    "max": min,
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_put_into_it_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, name, FAULTS[name], raising=False)
    assert any(list(found_in(situation.results)) for situation in each_situation(250, first=5000))
