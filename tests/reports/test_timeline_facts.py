"""Facts in few words, one mention for each record."""

from __future__ import annotations

from safeguard_rules import Case, Rulebook, Timeline
from safeguard_rules.engine.timelines import ChildsDay
from safeguard_rules.reports.timeline_facts import causes_told, records_told

BEFORE = """\
plan: early_help
child: {id: baby, stage: unborn}
people: [{id: father, label: father, relation: father}]
injuries: [{id: gone, label: the old mark}]
"""
AFTER = """\
plan: child_in_need
child: {id: baby, stage: born, born_on: 2026-03-02}
people: [{id: father, label: father, relation: father, identified: true, lives_with_child: false, history: [violence]}]
incidents: [{id: monday, label: what happened on Monday}]
injuries: []
"""


def second_day() -> ChildsDay:
    rulebook = Rulebook.load(["safe-sleep"])
    days = [
        rulebook.evaluate(Case.from_yaml(text), as_of=day)
        for text, day in ((BEFORE, "2026-03-01"), (AFTER, "2026-03-03"))
    ]
    (child,) = Timeline(days).days[-1].children
    return child


def test_facts_stand_behind_the_record_that_they_are_of() -> None:
    told = records_told(second_day(), second_day().learned())

    assert told == (
        "the case (plan: child in need)",
        "the child (born on: 2 March 2026, stage: born)",
        "new: what happened on Monday",
        "no longer recorded: the old mark",
        "father (history: violence, identified, not lives with child)",
    )


def test_behind_a_cause_the_most_telling_come_first_and_the_rest_is_counted() -> None:
    day = second_day()
    paths = ["incidents[monday]", "people[father].history", "people[father].identified", "child.stage", "case.plan"]

    assert causes_told(day, paths, 2) == "father (history: violence, identified) and 2 more facts"
    assert (
        causes_told(day, paths, 4)
        == "father (history: violence, identified), the child (stage: born) and the case (plan: child in need)"
    )
    assert causes_told(day, ["incidents[monday]"], 2) == "what happened on Monday"
    assert causes_told(day, [], 2) == ""
