"""Decision 3: one finding for each given record, and one for the unseen record of an open list."""

from pathlib import Path

import pytest

from safeguard_rules import Rulebook
from tests.packs_in_text import asked, assumed, definition, evaluate, finding, load, outcomes, rule


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(tmp_path, rule("r", "{injury.kind: bruise}", more="for_each: injury"))


def test_decision_03_one_finding_for_each_record_of_a_closed_list(book: Rulebook) -> None:
    found = outcomes(evaluate(book, "injuries: [{id: a, kind: bruise}, {id: b, kind: bite}, {id: c}]"))
    assert found == {"a": "applies", "b": "does_not_apply", "c": "undetermined"}


def test_decision_03_an_open_list_has_a_finding_for_the_unseen_record(book: Rulebook) -> None:
    assert outcomes(evaluate(book)) == {"?": "undetermined"}
    found = evaluate(book, "injuries: [{id: a, kind: bruise}]\nincomplete: [injuries]")
    assert outcomes(found) == {"a": "applies", "?": "undetermined"}
    assert "injuries" in asked(found)


def test_decision_03_the_unseen_record_is_ruled_out_by_the_case(tmp_path: Path) -> None:
    when = "{all: [{injury.kind: bruise}, {child.disabled: true}]}"
    book = load(tmp_path, rule("r", when, more="for_each: injury"))
    assert outcomes(evaluate(book, "child: {id: baby, stage: born, disabled: false}")) == {"?": "does_not_apply"}


def test_decision_03_the_unseen_record_never_applies(tmp_path: Path) -> None:
    certain = rule("r", "always", more="for_each: injury")
    careful = rule("s", "d", more="for_each: injury")
    book = load(tmp_path, certain, careful, definition("d", "{injury.kind: bruise}", "injury", assumed("true")))
    found = evaluate(book)
    assert outcomes(found) == {"?": "undetermined"}
    assert outcomes(found, "s") == {"?": "undetermined"}
    assert found.actions == ()


def test_decision_03_a_closed_empty_list_gives_one_finding_that_says_so(book: Rulebook) -> None:
    only = finding(evaluate(book, "injuries: []"))
    assert (only.outcome, only.subject.kind, only.subject.id) == ("does_not_apply", "injury", None)
    assert [reason.path for reason in only.why] == ["injuries"]
