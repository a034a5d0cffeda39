"""A timeline holds each day against the one before it, and puts in the days on which the answer changed by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import TypeAdapter

from safeguard_rules import Case, Evaluation, Family, FamilyEvaluation, Rulebook, Story, Timeline
from safeguard_rules.engine.timelines import ChildsDay, TimelineDay
from safeguard_rules.errors import CallError
from safeguard_rules.packs.names import short
from safeguard_rules.results import TimelineDocument

BABY = "child: {id: baby, label: the baby, stage: born, born_on: 2026-01-19, movements: []}\n"
BRUISE = "injuries: [{id: cheek, label: bruise on the cheek, kind: bruise, noticed_on: 2026-03-02}]\n"
MOTHER = "people: [{id: mother, label: mother, relation: mother, identified: true}]\n"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(locality="wiltshire")


def on(rulebook: Rulebook, as_of: str, text: str) -> Evaluation:
    return rulebook.evaluate(Case.from_yaml(text), as_of=as_of)


def family(rulebook: Rulebook, as_of: str, text: str) -> FamilyEvaluation:
    return rulebook.evaluate_family(Family.from_yaml(text), as_of=as_of)


def only(day: TimelineDay) -> ChildsDay:
    (child,) = day.children
    return child


def kinds(child: ChildsDay) -> dict[str, str]:
    return {short(change.name): change.kind for change in child.changes or ()}


def test_the_first_day_has_no_changes_and_each_later_one_is_held_against_the_day_before(rulebook: Rulebook) -> None:
    first = on(rulebook, "2026-03-02", BABY)
    second = on(rulebook, "2026-03-03", BABY + BRUISE)
    third = on(rulebook, "2026-03-04", BABY + BRUISE + "plan: early_help\n")
    days = Timeline([first, second, third], ["a", "b", None]).days

    assert [day.news for day in days] == ["a", "b", None]
    assert [day.by_itself for day in days] == [False] * 3
    assert only(days[0]).changes is None
    assert only(days[1]).before is first
    assert kinds(only(days[1]))["report-to-social-care"] == "added"
    assert only(days[2]).before is second
    assert "report-to-social-care" not in kinds(only(days[2]))


def test_a_change_has_its_action_as_it_is_now_or_as_it_was_last(rulebook: Rulebook) -> None:
    with_bruise, without = (
        on(rulebook, "2026-03-02", BABY + BRUISE),
        on(rulebook, "2026-03-03", BABY + "injuries: []\n"),
    )
    came_day = only(Timeline([on(rulebook, "2026-03-01", BABY), with_bruise]).days[1])
    (came,) = (each for each in came_day.changes or () if short(each.name) == "report-to-social-care")
    gone_day = only(Timeline([with_bruise, without]).days[1])
    (gone,) = (each for each in gone_day.changes or () if short(each.name) == "report-to-social-care")

    assert (came.kind, gone.kind, gone.withdrawn_as) == ("added", "withdrawn", "ruled_out")
    found = gone_day.action(gone)
    assert found is not None
    assert short(found.action) == "report-to-social-care"


def test_days_on_which_only_time_has_passed_stand_between_them(rulebook: Rulebook) -> None:
    days = Timeline([on(rulebook, "2026-04-01", BABY), on(rulebook, "2026-05-01", BABY)], ["a", "b"]).days

    assert [(str(day.as_of), day.by_itself) for day in days] == [
        ("2026-04-01", False),
        ("2026-04-14", True),
        ("2026-05-01", False),
    ]
    assert kinds(only(days[1])) == {"give-crying-advice": "withdrawn"}
    assert not only(days[2]).changes


def test_a_day_on_which_time_and_news_fall_together_is_not_told_twice(rulebook: Rulebook) -> None:
    days = Timeline([on(rulebook, "2026-04-01", BABY), on(rulebook, "2026-04-14", BABY + BRUISE)]).days

    assert [day.by_itself for day in days] == [False, False]
    assert kinds(only(days[1]))["give-crying-advice"] == "withdrawn"
    assert kinds(only(days[1]))["report-to-social-care"] == "added"


def test_what_was_done_and_what_is_to_do_again(rulebook: Rulebook) -> None:
    done = "done: [{action: report-to-social-care, done_on: 2026-03-02}]\n"
    more = BRUISE.replace("]\n", ", {id: leg, kind: burn_or_scald, noticed_on: 2026-03-04}]\n")
    timeline = Timeline(
        [
            on(rulebook, "2026-03-02", BABY + BRUISE),
            on(rulebook, "2026-03-03", BABY + BRUISE + done),
            on(rulebook, "2026-03-04", BABY + more + done),
        ]
    )
    _, second, third = map(only, timeline.days)

    assert [short(each.action) for each in second.done()] == ["report-to-social-care"]
    assert second.again() == ()
    assert [short(each.action) for each in third.again()] == ["report-to-social-care"]
    assert third.done() == ()


def test_every_action_is_changed_or_unchanged(rulebook: Rulebook) -> None:
    second = only(Timeline([on(rulebook, "2026-03-02", BABY), on(rulebook, "2026-03-03", BABY + BRUISE)]).days[1])
    changed = [each for each in second.changes or () if each.after is not None]

    assert len(changed) + len(second.unchanged()) == len(second.evaluation.actions)
    assert changed
    assert second.unchanged()


def test_questions_open_and_are_settled(rulebook: Rulebook) -> None:
    second = only(Timeline([on(rulebook, "2026-03-02", BABY), on(rulebook, "2026-03-03", BABY + BRUISE)]).days[1])

    assert "injuries" in second.settled()
    assert "injuries[cheek].recorded_as" in second.opened()


def test_what_was_learned_is_told_once_at_the_place_that_says_most(rulebook: Rulebook) -> None:
    first = on(rulebook, "2026-03-02", BABY + MOTHER + BRUISE)
    more = BRUISE.replace("kind: bruise", "kind: bruise, explanation: given")
    second = on(rulebook, "2026-03-03", BABY + MOTHER + more)
    third = on(rulebook, "2026-03-04", BABY + MOTHER + more + "incidents: [{id: monday, kinds: [threats]}]\n")
    fourth = on(rulebook, "2026-03-05", BABY + MOTHER + "injuries: []\nincidents: []\n")
    days = [only(day) for day in Timeline([first, second, third, fourth]).days]

    assert days[0].learned() == ()
    assert days[1].learned() == ("injuries[cheek].explanation",)
    assert days[2].learned() == ("incidents[monday]", "incidents[monday].kinds")
    assert days[2].is_new("incidents[monday]")
    assert days[2].told("incidents[monday]") == ("there is monday", None)
    assert set(days[3].learned()) == {"incidents[monday]", "injuries[cheek]"}
    assert days[3].told("injuries[cheek]")[0] == "no longer recorded: bruise on the cheek"


def test_what_goes_only_on_a_carers_word_says_so(rulebook: Rulebook) -> None:
    crawls = BABY.replace("movements: []", "movements: [crawls]")
    told = "evidence: {child.movements: {basis: told_by_carer, by: mother}}\n"
    seen = "evidence: {child.movements: {basis: observed, by: doctor}}\n"
    first = on(rulebook, "2026-03-02", BABY + BRUISE)

    for evidence, expected in ((told, True), (seen, False)):
        second = only(Timeline([first, on(rulebook, "2026-03-03", crawls + BRUISE + evidence)]).days[1])
        gone = next(each for each in second.changes or () if short(each.name) == "report-to-social-care")
        assert second.on_carers_word(gone) is expected


TWO = """\
children:
  - child: {id: ada, label: Ada, stage: born, born_on: 2026-01-19, movements: []}
  - child: {id: ben, label: Ben, stage: born, born_on: 2025-12-30, movements: []}
"""


def test_children_of_a_family_are_told_together_and_those_whom_time_touches_by_themselves(rulebook: Rulebook) -> None:
    days = Timeline([family(rulebook, "2026-03-20", TWO), family(rulebook, "2026-04-20", TWO)]).days

    assert [(str(day.as_of), [child.child for child in day.children]) for day in days] == [
        ("2026-03-20", ["ada", "ben"]),
        ("2026-03-25", ["ben"]),
        ("2026-04-14", ["ada"]),
        ("2026-04-20", ["ada", "ben"]),
    ]
    assert [child.name for child in days[0].children] == ["Ada", "Ben"]


def test_a_child_who_comes_later_has_a_first_day_of_their_own(rulebook: Rulebook) -> None:
    more = TWO + "  - child: {id: eve, stage: unborn}\n"
    days = Timeline([family(rulebook, "2026-03-02", TWO), family(rulebook, "2026-03-03", more)]).days

    assert [child.changes is None for child in days[1].children] == [False, False, True]


def test_a_timeline_says_when_the_answer_changes_by_itself_next(rulebook: Rulebook) -> None:
    timeline = Timeline([on(rulebook, "2026-04-01", BABY)])
    assert timeline.coming["baby"].on == "2026-04-14"


def test_days_go_forward_and_are_of_one_child(rulebook: Rulebook) -> None:
    first, second = on(rulebook, "2026-03-02", BABY), on(rulebook, "2026-03-03", BABY)
    other = on(rulebook, "2026-03-03", BABY.replace("id: baby", "id: other"))

    for days, said in (
        ([second, first], "go forward"),
        ([first, first], "go forward"),
        ([first, other], "no child"),
        ([], "at least one day"),
    ):
        with pytest.raises(CallError, match=said):
            Timeline(days)
    with pytest.raises(CallError, match="2 days and 1 pieces of news"):
        Timeline([first, second], ["only one"])


def test_the_timeline_of_a_story_loads_the_rulebook_of_each_area() -> None:
    story = Story.from_yaml(
        f"story: A move\nlocality: wiltshire\ngiven:\n  {BABY}days:\n"
        "  - {as_of: 2026-03-02, news: Here.}\n"
        "  - {as_of: 2026-03-03, news: There., locality: stoke-on-trent, learned: {}}\n"
    )
    timeline = Timeline.of_story(story)

    assert timeline.title == "A move"
    assert [only(day).evaluation.record.locality for day in timeline.days] == ["wiltshire", "stoke-on-trent"]
    assert kinds(only(timeline.days[1]))["use-vulnerability-resource"] == "withdrawn"


def test_json_holds_every_day_with_what_changed_in_full_and_the_rest_by_name(rulebook: Rulebook) -> None:
    timeline = Timeline(
        [on(rulebook, "2026-04-10", BABY), on(rulebook, "2026-04-20", BABY + BRUISE)], ["a", "b"], "A bruise"
    )
    tree: dict[str, Any] = json.loads(timeline.to_json())
    first, by_itself, last = tree["days"]

    assert (tree["title"], tree["next_change"]) == ("A bruise", {"baby": timeline.coming["baby"].on})
    assert (first["news"], by_itself["news"], by_itself["by_itself"], last["news"]) == ("a", None, True, "b")
    (child,) = last["children"]
    assert {each["path"] for each in child["learned"]} >= {"injuries[cheek]", "injuries[cheek].kind"}
    assert "guidance:report-to-social-care" in [action["action"] for action in child["actions"]]
    assert "safe-sleep:give-safer-sleep-advice" in [action["action"] for action in child["unchanged"]]
    assert child["open_questions"] == len(only(timeline.days[-1]).evaluation.questions)
    assert timeline.to_json() == timeline.to_json()


def test_json_has_a_type(rulebook: Rulebook) -> None:
    schema = TypeAdapter(TimelineDocument).json_schema()
    document = Timeline([on(rulebook, "2026-03-02", BABY)]).document()

    assert {"title", "days", "next_change"} == set(schema["properties"])
    assert isinstance(document, TimelineDocument)
