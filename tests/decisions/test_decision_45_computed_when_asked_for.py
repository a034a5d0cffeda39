"""Decision 45: results are computed when asked for, and the digest is not on the hot path."""

import copy
import gc
import pickle
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from safeguard_rules import Case, Evaluation, EvaluationDocument, Finding, Rulebook
from safeguard_rules.engine import evaluation as evaluation_module
from safeguard_rules.engine import finding as finding_module
from safeguard_rules.engine import finding_text, residual, stock
from safeguard_rules.engine.explaining import Teller
from safeguard_rules.engine.tracing import Tracing
from tests.packs_in_text import assumed, case, definition, evaluate, load, rule

GIVEN = "injuries: [{id: a, kind: bruise}, {id: b}]"
PARTS = ("actions", "findings", "questions", "record")


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(
        tmp_path,
        rule("r", "{injury.kind: bruise}", more="for_each: injury"),
        rule("s", "d"),
        definition("d", "{child.disabled: true}", more=assumed("true")),
    )


def test_decision_45_the_digest_is_made_when_the_record_is_asked_for(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    plainly = Case.digest

    def counted(self: Case) -> str:
        made.append("digest")
        return plainly(self)

    monkeypatch.setattr(Case, "digest", counted)
    found = evaluate(book, GIVEN)
    assert found.actions
    assert found.findings
    assert found.questions
    assert made == []
    assert found.record.case
    assert made == ["digest"]
    assert found.record.case
    assert made == ["digest"]


def test_decision_45_nothing_is_computed_before_it_is_asked_for(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("computed before it was asked for")

    for name in ("make_finding", "questions", "merge", "make_record", "view_of"):
        monkeypatch.setattr(evaluation_module, name, fail)
    found = book.evaluate(case(GIVEN), as_of="2026-03-02")
    with pytest.raises(AssertionError):
        found.findings  # noqa: B018


def test_decision_45_the_order_of_asking_changes_nothing(book: Rulebook) -> None:
    told = set()
    for order in permutations(PARTS):
        found = evaluate(book, GIVEN)
        for name in order:
            getattr(found, name)
        told.add(found.to_json())
    assert len(told) == 1


def test_decision_45_writing_out_and_pickling_compute_everything(book: Rulebook) -> None:
    found = evaluate(book, GIVEN)
    document = found.document()
    assert isinstance(document, EvaluationDocument)
    assert document.record == found.record
    thawed = pickle.loads(pickle.dumps(evaluate(book, GIVEN)))
    assert (thawed if isinstance(thawed, EvaluationDocument) else thawed.document()) == document
    assert copy.deepcopy(document) == document


def test_decision_45_what_an_evaluation_stands_on_cannot_change(book: Rulebook) -> None:
    found = evaluate(book, GIVEN)
    with pytest.raises(Exception, match=r"frozen|immutable|cannot"):
        found.case.child = None  # type: ignore[misc]
    with pytest.raises(AttributeError):
        found.as_of = found.as_of
    with pytest.raises(AttributeError):
        found.findings = found.findings


# --- nothing is worked out that nobody asked for


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often what is dear was done."""
    found: Counter[str] = Counter()

    def count(holder: Any, name: str) -> None:
        plainly: Callable[..., Any] = getattr(holder, name)

        def once_more(*given: Any, **named: Any) -> Any:
            found[name] += 1
            return plainly(*given, **named)

        monkeypatch.setattr(holder, name, once_more)

    count(Teller, "causes")
    count(Tracing, "walk")
    count(evaluation_module, "questions")
    count(evaluation_module, "make_record")
    count(residual, "settles")
    count(finding_module, "open_paths_of")
    count(finding_text, "open_paths_of")
    count(stock, "citation")
    count(stock, "_wants")
    return found


THREE = """
child: {id: baby, stage: born, disabled: true}
injuries: [{id: a, kind: bruise}, {id: b, kind: burn_or_scald}, {id: c}]
"""


def test_decision_45_actions_alone_cost_no_question_no_record_and_nothing_of_what_is_ruled_out(
    book: Rulebook, counted: Counter[str]
) -> None:
    found = evaluate(book, THREE)
    found.to_json("actions")
    shown = [finding for finding in found.findings if finding.outcome != "does_not_apply"]
    assert len(shown) < len(found.findings)
    assert counted["causes"] == counted["open_paths_of"] == len(shown)
    assert counted["walk"] == len(shown) + 1  # once for each, and once for the definition
    assert counted["questions"] == counted["make_record"] == counted["settles"] == 0


def test_decision_45_findings_have_their_reasons_when_these_are_read(book: Rulebook, counted: Counter[str]) -> None:
    found = evaluate(book, THREE).findings
    assert [finding.outcome for finding in found] == ["applies", "does_not_apply", "undetermined", "applies"]
    assert found.undetermined
    assert found[0].certainty == "certain"
    assert counted["causes"] == counted["walk"] == counted["open_paths_of"] == 0
    assert found[2].why == found[2].why
    assert found[2].open == found[2].open == ("injuries[c].kind",)
    assert (counted["causes"], counted["walk"], counted["open_paths_of"]) == (1, 1, 1)


def test_decision_45_what_a_rule_says_in_every_case_is_made_once(book: Rulebook, counted: Counter[str]) -> None:
    evaluate(book, THREE).to_json("actions")
    once = counted["citation"], counted["_wants"]
    assert all(once)
    evaluate(book, THREE).to_json("actions")
    evaluate(book, THREE).to_json("actions", indent=False)
    assert (counted["citation"], counted["_wants"]) == once


def test_decision_45_a_finding_is_the_same_whenever_its_parts_were_worked_out(book: Rulebook) -> None:
    read, unread = evaluate(book, THREE).findings[2], evaluate(book, THREE).findings[2]
    given = {field.name: getattr(read, field.name) for field in fields(Finding)}
    assert Finding(**given) == read == unread
    assert hash(Finding(**given)) == hash(evaluate(book, THREE).findings[2])
    assert repr(evaluate(book, THREE).findings[2]) == repr(read)
    for other in (copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each)), replace):
        assert other(evaluate(book, THREE).findings[2]) == read
    with pytest.raises(AttributeError, match="`Finding` has no `score`"):
        read.score  # type: ignore[attr-defined] # noqa: B018
    with pytest.raises(AttributeError):
        read.why = ()  # type: ignore[misc]


def test_decision_45_a_finding_tells_why_when_its_evaluation_is_gone(book: Rulebook) -> None:
    alone = evaluate(book, THREE).findings[2]
    gc.collect()
    assert alone.why == evaluate(book, THREE).findings[2].why


def test_decision_45_nothing_goes_in_a_circle(book: Rulebook) -> None:
    def left() -> int:
        """How many evaluations and findings there are, without looking for circles."""
        return sum(issubclass(type(each), Evaluation | Finding) for each in gc.get_objects())

    evaluate(book, THREE).to_json()
    gc.collect()
    before = left()
    gc.disable()
    try:
        for _ in range(3):
            found = evaluate(book, THREE)
            found.to_json()
            assert found.findings[0].why
            del found
        assert left() == before
    finally:
        gc.enable()
