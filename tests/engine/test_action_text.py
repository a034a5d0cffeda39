"""Actions written straight from what was merged have the very text of their objects, at any depth and for any role."""

from __future__ import annotations

from typing import Any

import pytest

from safeguard_rules import Evaluation, Rulebook
from safeguard_rules.engine import action_text
from safeguard_rules.engine.action_text import _Pen
from safeguard_rules.engine.merging import Merged
from safeguard_rules.engine.writing import CitingWriter
from safeguard_rules.values.json_text import START, Line
from tests.engine.agreement import situations
from tests.engine.test_bundled_rulebook import drawn, rulebook
from tests.oracle.shapes import corpus

DEPTHS: tuple[Line, ...] = (None, START, "\n      ")
ROLES = (None, "health_visitor", "social_worker")


def differ(evaluation: Evaluation) -> bool:
    """Whether actions, or what they cite, are written in another way than their objects."""
    for line in DEPTHS:
        straight, plainly = CitingWriter(), CitingWriter()
        if straight.value(evaluation.written_actions(), line) != plainly.value(evaluation.actions, line):
            return True
        if straight.register(line) != plainly.register(line):
            return True
    return False


@pytest.mark.parametrize("locality", [None, "wiltshire", "stoke-on-trent"])
def test_the_bundled_actions_are_told_alike(locality: str | None) -> None:
    for number, (case, as_of) in enumerate(drawn(12, 8200, locality)):
        assert not differ(rulebook(locality).evaluate(case, as_of=as_of, role=ROLES[number % len(ROLES)]))


def test_shaped_rules_ask_alike() -> None:
    for example in corpus(80, first=700):
        for situation in situations(example):
            evaluation = situation.rulebook.evaluate(situation.case, as_of=situation.as_of)
            assert not differ(evaluation)


PLAINLY: dict[str, Any] = {name: getattr(_Pen, name) for name in ("demand", "citations")}


def the_first_demand(pen: _Pen, merged: Merged) -> str:
    """Demands of others cite nothing."""
    written: str = PLAINLY["citations"](pen, merged._replace(demands=merged.demands[:1]))
    return written


FAULTS: dict[str, tuple[Any, str, Any]] = {
    "nothing is addressed to anybody": (action_text, "addresses", lambda _whom, _role: False),
    "nobody is to be called": (action_text, "contact_of", lambda *_: None),
    "one depth for all": (action_text, "deeper", lambda line: line),
    "the first demand is all": (_Pen, "citations", the_first_demand),
    "everything is certain": (_Pen, "demand", lambda p, w: PLAINLY["demand"](p, w._replace(certainty="certain"))),
    "nothing rests on a carer": (Merged, "rests_on_carer", False),
    "nothing is a draft": (Merged, "is_draft", False),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_into_it_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = list(drawn(6, 8200, "wiltshire"))

    def asked() -> list[Evaluation]:
        book = Rulebook(rulebook("wiltshire").loaded)  # a fresh one, which has not kept any text
        return [book.evaluate(case, as_of=as_of, role="health_visitor") for case, as_of in given]

    assert not any(map(differ, asked()))
    fresh = asked()
    made = [evaluation.actions for evaluation in fresh]  # before anything is wrong
    assert any(made)
    monkeypatch.setattr(*FAULTS[fault])
    assert any(map(differ, fresh))
