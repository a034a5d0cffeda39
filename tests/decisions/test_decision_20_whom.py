"""Decision 20: an action says whom it is about; one recommended action for each action and whom."""

from pathlib import Path

import pytest

from safeguard_rules import PackError, RecommendedAction
from tests.packs_in_text import action, asked, evaluate, load, recommended, rule

INCIDENTS = """
people: [{id: mother}, {id: aunt}]
incidents: [%s]
"""


def whom(each: RecommendedAction) -> tuple[str, str | None]:
    return each.about.kind, each.about.id


def test_decision_20_two_injuries_are_one_call_about_the_child(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "always", more="for_each: injury"))
    only = recommended(evaluate(book, "injuries: [{id: a}, {id: b}]"))
    assert whom(only) == ("child", "baby")
    assert [demand.subject.id for demand in only.demands] == ["a", "b"]


def test_decision_20_an_action_about_a_record_is_one_for_each(tmp_path: Path) -> None:
    book = load(tmp_path, action("look", about="injury"), rule("r", "always", "{should: look}", "for_each: injury"))
    found = evaluate(book, "injuries: [{id: a}, {id: b}]").actions
    assert [whom(each) for each in found] == [("injury", "a"), ("injury", "b")]


def test_decision_20_an_action_about_a_record_needs_a_rule_with_that_subject(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="injury"):
        load(tmp_path, action("look", about="injury"), rule("r", "always", "{should: look}"))


def test_decision_20_a_reference_says_whom(tmp_path: Path) -> None:
    then = "{should: support, about: incident.against}"
    book = load(tmp_path, action("support", about="person"), rule("r", "always", then, "for_each: incident"))
    told = INCIDENTS % "{id: one, against: mother}, {id: two, against: mother}, {id: three, against: aunt}"
    found = evaluate(book, told).actions
    assert [whom(each) for each in found] == [("person", "aunt"), ("person", "mother")]
    assert [len(each.demands) for each in found] == [1, 2]


def test_decision_20_an_unknown_reference_is_its_own_whom_and_never_merges(tmp_path: Path) -> None:
    then = "{should: support, about: incident.against}"
    book = load(tmp_path, action("support", about="person"), rule("r", "always", then, "for_each: incident"))
    found = evaluate(book, INCIDENTS % "{id: one}, {id: two}, {id: three, against: mother}")
    told = [(each.about.id, each.about.known) for each in found.actions]
    assert told == [("incidents[one].against", False), ("incidents[two].against", False), ("mother", True)]


def test_decision_20_an_unknown_reference_is_asked_for(tmp_path: Path) -> None:
    then = "{should: support, about: incident.against}"
    book = load(tmp_path, action("support", about="person"), rule("r", "always", then, "for_each: incident"))
    told = INCIDENTS % "{id: one}, {id: two, against: mother}"
    found = evaluate(book, told + "\nall_regular_people_recorded: true")
    assert asked(found) == ["incidents[one].against"]
    assert found.questions[0].actions == ("tiny:support",)
