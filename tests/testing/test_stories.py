"""A story is run against what it expects, and everything that comes out another way is a miss at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguard_rules.errors import CaseError
from safeguard_rules.testing.stories import StoryResult, StoryRunner, run_story
from safeguard_rules.testing.story_expecting import SINCE, DayExpectation

STORY = """\
story: A bruise
locality: wiltshire
role: health_visitor
given:
  child: {{id: baby, stage: born, born_on: 2026-01-19, movements: []}}
  people: [{{id: mother, relation: mother}}]
  injuries: [{{id: cheek, kind: bruise, noticed_on: 2026-03-02}}]
days:
  - as_of: 2026-03-02
    news: A bruise.
    expect: {first}
  - as_of: 2026-03-05
    news: He crawls, and it was reported.
    taken_back: [child.movements]
    learned:
      child: {{movements: [crawls]}}
      done: [{{action: give-safer-sleep-advice, done_on: 2026-03-05}}]
      evidence: {{child.movements: {{basis: told_by_carer, by: mother}}}}
    expect: {second}
  - as_of: 2026-04-20
    news: Time has passed.
    learned: {{}}
    expect: {third}
"""
RUNNER = StoryRunner()


def run(
    folder: Path, first: str = "{absent: [escalate]}", second: str | None = None, third: str | None = None
) -> StoryResult:
    path = folder / "a.story.yaml"
    path.write_text(
        STORY.format(first=first, second=second or "{absent: [escalate]}", third=third or "{absent: [escalate]}")
    )
    return RUNNER.run(path)


MET = [
    {"first": "{recommended: [report-to-social-care, 'assess-person[mother]'], absent: [chase-referral]}"},
    {"first": "{questions: [incidents], no_questions: ['injuries[cheek].kind']}"},
    {"second": "{withdrawn: [report-to-social-care], on_carers_word: ['report-to-social-care[baby]']}"},
    {"second": "{still: [give-safer-sleep-advice, 'assess-person[mother]'], done: [give-safer-sleep-advice]}"},
    {"third": "{by_time: [give-crying-advice], withdrawn: [give-crying-advice]}"},
]
MISSED = [
    ({"first": "{recommended: [escalate]}"}, "2026-03-02: recommended", "it is not"),
    ({"first": "{absent: [report-to-social-care]}"}, "2026-03-02: absent", "must about the child"),
    ({"first": "{only: [report-to-social-care]}"}, "2026-03-02: only", "`assess-person`"),
    ({"first": "{only: []}"}, "2026-03-02: only", "`assess-person`"),
    ({"first": "{questions: [child.movements]}"}, "2026-03-02: questions", "none"),
    ({"first": "{no_questions: [incidents]}"}, "2026-03-02: no_questions", "one"),
    ({"second": "{added: [report-to-social-care]}"}, "2026-03-05: added", "withdrawn by the new facts"),
    ({"second": "{strengthened: [assess-person]}"}, "2026-03-05: strengthened", "no change"),
    ({"second": "{still: [report-to-social-care]}"}, "2026-03-05: still", "it is not recommended"),
    ({"second": "{still: [escalate]}"}, "2026-03-05: still", "it was not recommended before"),
    ({"second": "{by_time: [report-to-social-care]}"}, "2026-03-05: by_time", "withdrawn by the new facts"),
    ({"second": "{done: [assess-person]}"}, "2026-03-05: done", "should about mother"),
    ({"second": "{again: [give-safer-sleep-advice]}"}, "2026-03-05: again", "should about the child"),
    ({"second": "{nothing: true}"}, "2026-03-05: nothing", "report-to-social-care withdrawn"),
    ({"third": "{on_carers_word: [give-crying-advice]}"}, "2026-04-20: on_carers_word", "withdrawn by the passing"),
    ({"third": "{withdrawn: [report-to-social-care]}"}, "2026-04-20: withdrawn", "no change: it is not recommended"),
]


@pytest.mark.parametrize("expected", MET, ids=str)
def test_what_comes_out_as_expected_passes(tmp_path: Path, expected: dict[str, str]) -> None:
    result = run(tmp_path, **expected)
    assert result.passed, str(result)


@pytest.mark.parametrize(("expected", "where", "got"), MISSED, ids=str)
def test_what_comes_out_another_way_is_a_miss(tmp_path: Path, expected: dict[str, str], where: str, got: str) -> None:
    result = run(tmp_path, **expected)
    (miss,) = result.misses

    assert not result.passed
    assert miss.expectation == where
    assert got in miss.got
    assert {"first": 11, "second": 19, "third": 23}[next(iter(expected))] == miss.place.line
    assert f"a.story.yaml:{miss.place.line}: {where}" in str(result)


def test_every_expectation_can_be_met_or_missed_here() -> None:
    tried = " ".join(str(each) for each in (*MET, *MISSED))
    kinds = {"changed", "weakened", "masked"}  # kinds of change like the others
    assert [key for key in DayExpectation.model_fields if f"{key}:" not in tried and key not in kinds] == []
    assert set(SINCE) <= set(DayExpectation.model_fields)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"first": "{added: [assess-person]}"}, "the first day has nothing before it, so `added` can never come about"),
        ({"first": "{nothing: true}"}, "so `nothing` can never come about"),
        ({"first": "{absent: ['assess-person[uncle]']}"}, "nothing in the story has the id `uncle` by this day"),
        ({"first": "{absent: [assess-persn]}"}, "there is no action `assess-persn`"),
        ({"first": "{absent: ['assess person']}"}, "expected an action such as `assess-person`"),
        ({"first": "{questions: [child.sage]}"}, "`child.sage` is not the path of anything in this case"),
        ({"first": "{}"}, "nothing is expected of this day"),
        ({"first": "{onyl: []}"}, "unknown key `onyl`"),
        ({"second": "{nothing: true, added: [assess-person]}"}, "`nothing: true` says that no action changes"),
    ],
)
def test_an_expectation_that_means_nothing_is_an_error(tmp_path: Path, expected: dict[str, str], said: str) -> None:
    with pytest.raises(CaseError, match=said.replace("[", r"\[").replace("(", r"\(")):
        run(tmp_path, **expected)


def test_an_unknown_area_is_an_error_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.story.yaml"
    days = "[{as_of: 2026-03-02, news: a}, {as_of: 2026-03-03, news: b, learned: {}}]"
    path.write_text(f"story: s\nlocality: wiltshir\ngiven: {{}}\ndays: {days}\n")
    with pytest.raises(CaseError) as raised:
        RUNNER.read(path)
    (issue,) = raised.value.issues
    assert (issue.place.line, issue.help) == (2, "did you mean `wiltshire`?")


def test_a_story_runs_with_the_packs_that_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.story.yaml"
    path.write_text(
        "story: s\ngiven: {child: {id: baby, stage: born, born_on: 2026-01-19}}\n"
        "days:\n  - {as_of: 2026-03-02, news: a, expect: {recommended: [give-safer-sleep-advice]}}\n"
        "  - {as_of: 2026-03-03, news: b, learned: {}}\n"
    )
    assert run_story(path, packs=["safe-sleep"]).passed
    with pytest.raises(CaseError, match="there is no action"):
        run_story(path, packs=["reassessment"])


def test_in_a_family_an_action_may_name_its_child(tmp_path: Path) -> None:
    path = tmp_path / "a.story.yaml"
    path.write_text(
        "story: s\nlocality: wiltshire\n"
        "given: {children: [{child: {id: ada, stage: born, born_on: 2026-01-19}}, {child: {id: ben, stage: unborn}}]}\n"
        "days:\n  - {as_of: 2026-03-02, news: a}\n"
        "  - as_of: 2026-03-03\n    news: b\n"
        "    learned: {children: [{child: {id: ada}, injuries: [{id: leg, kind: bruise}]}]}\n"
        "    expect: {added: ['report-to-social-care[ada]'], absent: ['report-to-social-care[ben]']}\n"
    )
    result = run_story(path)
    assert result.passed, str(result)
