"""Findings written straight from what they are made of have the very text of their objects, at any depth."""

from __future__ import annotations

from typing import Any

import pytest

from safeguard_rules import Evaluation, Rulebook
from safeguard_rules.engine import finding_text, stock
from safeguard_rules.engine.finding_text import _Pen
from safeguard_rules.engine.stock import Said
from safeguard_rules.engine.writing import CitingWriter, evaluation_json
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.json_text import START, Line
from tests.engine.agreement import situations
from tests.engine.test_bundled_rulebook import drawn, rulebook
from tests.oracle.shapes import corpus

DEPTHS: tuple[Line, ...] = (None, START, "\n      ")


def texts(evaluation: Evaluation, line: Line) -> tuple[tuple[str, str], tuple[str, str]]:
    """The findings straight and by their objects, each with what is cited."""
    straight, plainly = CitingWriter(), CitingWriter()
    return (
        (straight.value(evaluation.written_findings("full"), line), straight.register(line)),
        (plainly.value(tuple(evaluation.findings), line), plainly.register(line)),
    )


def differ(evaluation: Evaluation) -> bool:
    return any(straight != plainly for straight, plainly in (texts(evaluation, line) for line in DEPTHS))


@pytest.mark.parametrize("locality", [None, "wiltshire", "stoke-on-trent"])
def test_the_bundled_rules_are_told_alike(locality: str | None) -> None:
    for case, as_of in drawn(8, 8000, locality):
        assert not differ(rulebook(locality).evaluate(case, as_of=as_of))


def test_shaped_rules_are_told_alike() -> None:
    for example in corpus(120, first=300):
        for situation in situations(example):
            evaluation = situation.rulebook.evaluate(situation.case, as_of=situation.as_of)
            assert not differ(evaluation)


def test_an_evaluation_is_written_as_its_document() -> None:
    for case, as_of in drawn(4, 8100, "wiltshire"):
        evaluation = rulebook("wiltshire").evaluate(case, as_of=as_of, role="gp")
        document = evaluation.document()
        for indent in (True, False):
            assert evaluation.to_json(indent=indent) == evaluation_json(document, indent=indent)
            assert evaluation.to_json("actions", indent=indent) == evaluation_json(document, "actions", indent=indent)


FAULTS: dict[str, tuple[Any, str, Any]] = {
    "nothing is open": (finding_text, "open_paths_of", lambda _result: ()),
    "no clause decided": (finding_text, "clauses_of", lambda _result: ()),
    "it is about nobody": (finding_text, "subject_of", lambda _result, _child: None),
    "one depth for all": (finding_text, "deeper", lambda line: line),
    "nothing rests on a carer": (_Pen, "carer", lambda pen, _result: pen.layout.no_carer),
    "nothing was assumed": (_Pen, "settled", lambda pen, result: pen.layout.plain[result.outcome]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_into_it_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [rulebook("wiltshire").evaluate(case, as_of=as_of) for case, as_of in drawn(4, 8000, "wiltshire")]
    assert not any(map(differ, asked))
    monkeypatch.setattr(*FAULTS[fault])
    finding_text._layout.cache_clear()
    try:
        fresh = [rulebook("wiltshire").evaluate(case, as_of=as_of) for case, as_of in drawn(4, 8000, "wiltshire")]
        assert any(map(differ, fresh))
    finally:
        finding_text._layout.cache_clear()


def test_two_threads_that_ask_at_once_what_a_rule_says_are_told_the_same_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are kept by its identity: one that is told to one thread only is gone with it, and its place is free."""
    program = Rulebook(rulebook(None).loaded).program(AsOf.of("2026-03-02"))
    form = program.rules[0].form
    others: list[Said] = []
    wants = stock._wants

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr(stock, "_wants", wants)
        others.append(program.stock.said(form))
        return wants(*given)

    monkeypatch.setattr(stock, "_wants", meanwhile)
    assert program.stock.said(form) is others[0] is program.stock.said(form)
