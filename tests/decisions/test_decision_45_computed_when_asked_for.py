"""Decision 45: results are computed when asked for, and the digest is not on the hot path."""

import copy
import pickle
from itertools import permutations
from pathlib import Path

import pytest

from safeguard_rules import Case, EvaluationDocument, Rulebook
from safeguard_rules.engine import evaluation as evaluation_module
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
