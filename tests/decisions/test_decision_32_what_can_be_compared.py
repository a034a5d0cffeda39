"""Decision 32: causes need both cases and rulebooks; records match by id, and nothing is guessed."""

from pathlib import Path

import pytest

from safeguard_rules import CallError, Case, Rulebook
from safeguard_rules.engine.comparing import compare
from tests.packs_in_text import TODAY, evaluate, load, rule


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(tmp_path, rule("r", "{injury.kind: bruise}", more="for_each: injury"))


def test_decision_32_without_the_earlier_case_changes_come_without_causes_and_say_so(book: Rulebook) -> None:
    old, new = evaluate(book, "injuries: [{id: a}]"), evaluate(book, "injuries: [{id: a, kind: bruise}]")
    changes = compare(old.document(), new)
    assert changes.without_causes
    assert [(each.what, each.kind, each.causes) for each in changes] == [
        ("action", "added", ()),
        ("finding", "added", ()),
    ]
    assert new.changes_since(old).without_causes is None


def test_decision_32_another_child_is_an_error(book: Rulebook) -> None:
    old = evaluate(book, "child: {id: sister, stage: born}")
    with pytest.raises(CallError, match="sister"):
        evaluate(book, "child: {id: baby, stage: born}").changes_since(old)


def test_decision_32_another_child_is_an_error_without_the_case_too(tmp_path: Path) -> None:
    """A document names its child as the subject of what is about the child."""
    book = load(tmp_path / "child", rule("r", "{child.disabled: true}"))
    old = evaluate(book, "child: {id: sister, stage: born}").document()
    with pytest.raises(CallError, match="sister"):
        compare(old, evaluate(book, "child: {id: baby, stage: born}"))


def test_decision_32_a_child_of_whom_nothing_was_said_is_the_same_child(tmp_path: Path) -> None:
    book = load(tmp_path / "child", rule("r", "always"))
    old = book.evaluate(Case(), as_of=TODAY)
    changes = evaluate(book, "child: {id: baby, stage: born}").changes_since(old)
    assert [(each.what, each.kind) for each in changes] == [("action", "strengthened"), ("finding", "strengthened")]


def test_decision_32_records_match_by_id(book: Rulebook) -> None:
    old = evaluate(book, "injuries: [{id: a, kind: bruise}, {id: b, kind: bite}]")
    new = evaluate(book, "injuries: [{id: b, kind: bite}, {id: a, kind: bruise}]")
    assert len(new.changes_since(old)) == 0


def test_decision_32_no_common_id_is_a_problem(book: Rulebook) -> None:
    old = evaluate(book, "injuries: [{id: a, kind: bruise}]")
    changes = evaluate(book, "injuries: [{id: b, kind: bruise}]").changes_since(old)
    assert [(each.code, each.path) for each in changes.problems] == [("ids-not-stable", "injuries")]
    assert evaluate(book, "injuries: [{id: a}, {id: b}]").changes_since(old).problems == ()
    assert evaluate(book, "injuries: []").changes_since(old).problems == ()
