"""Decision 8a: where `ask_unless` holds, nobody is asked, and the assumption makes no precaution."""

from pathlib import Path

import pytest

from safeguard_rules import Rulebook
from tests.packs_in_text import asked, assumed, definition, evaluate, finding, load, parameter, rule

CRAWLS = "{child.movements: {includes: crawls}}"


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    still = definition(
        "still", f"{{not: {CRAWLS}}}", more=assumed("true", ask_unless="{child.age: {less_than: floor}}")
    )
    return load(tmp_path, rule("r", "still"), still, parameter("floor", "5 months"))


def test_decision_08a_a_newborn_is_taken_as_not_moving_about(book: Rulebook) -> None:
    found = evaluate(book, "child: {id: baby, stage: born, born_on: 2026-01-19}")
    only = finding(found)
    assert (only.outcome, only.certainty) == ("applies", "certain")
    assert [(each.name, each.taken_for_granted) for each in only.assumed] == [("tiny:still", True)]
    assert asked(found) == []


def test_decision_08a_beyond_the_floor_it_is_a_precaution_and_asked_for(book: Rulebook) -> None:
    found = evaluate(book, "child: {id: baby, stage: born, born_on: 2025-09-01}")
    only = finding(found)
    assert (only.outcome, only.certainty) == ("applies", "as_precaution")
    assert [each.taken_for_granted for each in only.assumed] == [False]
    assert asked(found) == ["child.movements"]


def test_decision_08a_where_the_age_is_unknown_it_is_a_precaution(book: Rulebook) -> None:
    found = evaluate(book)
    assert finding(found).certainty == "as_precaution"
    assert "child.movements" in asked(found)


def test_decision_08a_what_was_seen_comes_first(book: Rulebook) -> None:
    """An observed crawl at four months counts, whatever is usual at that age."""
    found = evaluate(book, "child: {id: baby, stage: born, born_on: 2025-11-01, movements: [crawls]}")
    assert finding(found).outcome == "does_not_apply"


def test_decision_08a_another_open_part_is_still_asked_for(tmp_path: Path) -> None:
    still = definition(
        "still", f"{{not: {CRAWLS}}}", more=assumed("true", ask_unless="{child.age: {less_than: floor}}")
    )
    book = load(tmp_path, rule("r", "{all: [still, {child.disabled: true}]}"), still, parameter("floor", "5 months"))
    found = evaluate(book, "child: {id: baby, stage: born, born_on: 2026-01-19}")
    assert finding(found).outcome == "undetermined"
    assert asked(found) == ["child.disabled"]
