"""A story gives the whole case, or family, of each of its days."""

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.case.family import Family
from safeguard_rules.case.stories import Story
from safeguard_rules.errors import CaseError

STORY = """\
story: A bruise
about: Made up.
shows: [trap-3]
locality: wiltshire
role: midwife
given:
  child: {id: baby, stage: born, movements: [sits]}
  injuries: []
days:
  - {as_of: 2026-03-02, news: Nothing yet.}
  - as_of: 2026-03-03
    news: A bruise, and he does not sit after all.
    role: health_visitor
    taken_back: [child.movements]
    learned: {injuries: [{id: cheek, kind: bruise}], child: {movements: []}}
    expect: {added: [report-to-social-care]}
  - {as_of: 2026-03-04T09:00Z, news: A day on., locality: stoke-on-trent, learned: {}}
  - {as_of: 2026-03-04T10:00Z, news: An hour on., learned: {plan: early_help}}
"""


def test_each_day_holds_all_that_is_known_by_then() -> None:
    story = Story.from_yaml(STORY)
    cases = [day.case for day in story.days]

    assert (story.title, story.about, story.shows) == ("A bruise", "Made up.", ("trap-3",))
    assert [isinstance(case, Case) for case in cases] == [True] * 4
    first, second, *_, last = cases
    assert isinstance(first, Case)
    assert isinstance(second, Case)
    assert isinstance(last, Case)
    assert first.injuries == ()
    assert first.child is not None
    assert first.child.movements == ("sits",)
    assert [injury.id for injury in second.injuries or ()] == ["cheek"]
    assert second.child is not None
    assert second.child.movements == ()
    assert [injury.id for injury in last.injuries or ()] == ["cheek"]
    assert last.plan == "early_help"


def test_area_and_role_hold_from_the_day_that_names_them() -> None:
    days = Story.from_yaml(STORY).days
    assert [day.locality for day in days] == ["wiltshire", "wiltshire", "stoke-on-trent", "stoke-on-trent"]
    assert [day.role for day in days] == ["midwife", "health_visitor", "health_visitor", "health_visitor"]


def test_what_is_expected_is_kept_unread_with_its_place() -> None:
    story = Story.from_yaml(STORY)
    assert [day.expect is not None for day in story.days] == [False, True, False, False]
    assert story.place("days", 1, "expect").line == 16


def test_a_case_learned_day_by_day_is_the_case_written_at_once() -> None:
    last = Story.from_yaml(STORY).days[-1].case
    assert isinstance(last, Case)
    at_once = Case.from_yaml(
        "child: {id: baby, stage: born, movements: []}\ninjuries: [{id: cheek, kind: bruise}]\nplan: early_help\n"
    )
    assert last == at_once
    assert last.digest() == at_once.digest()


def test_a_family_is_told_like_a_case() -> None:
    story = Story.from_yaml(
        "story: Two\n"
        "given: {children: [{child: {id: ada, stage: unborn}}], people: [{id: mother}]}\n"
        "days:\n"
        "  - {as_of: 2026-03-02, news: Before.}\n"
        "  - as_of: 2026-03-03\n"
        "    news: Born.\n"
        "    learned: {children: [{child: {id: ada, stage: born}}, {child: {id: ben}}]}\n"
    )
    last = story.days[-1].case
    assert isinstance(last, Family)
    assert [(case.child.id, case.child.stage) for case in last.cases() if case.child] == [
        ("ada", "born"),
        ("ben", None),
    ]


@pytest.mark.parametrize(
    ("before", "after", "later"),
    [
        ("2026-03-02", "2026-03-03", True),
        ("2026-03-02", "2026-03-02", False),
        ("2026-03-02", "2026-03-02T10:00Z", False),
        ("2026-03-02T10:00Z", "2026-03-02", False),
        ("2026-03-02T10:00Z", "2026-03-02T10:00Z", False),
        ("2026-03-02T10:00Z", "2026-03-02T10:01Z", True),
        ("2026-03-02T23:30Z", "2026-03-03", True),
        ("2026-03-03", "2026-03-02", False),
    ],
)
def test_days_go_forward(before: str, after: str, later: bool) -> None:
    text = (
        "story: s\ngiven: {}\ndays:\n"
        f"  - {{as_of: {before}, news: a}}\n  - {{as_of: {after}, news: b, learned: {{plan: early_help}}}}\n"
    )
    if later:
        assert len(Story.from_yaml(text).days) == 2
    else:
        with pytest.raises(CaseError, match="is not after the day before it"):
            Story.from_yaml(text)


def test_a_story_of_one_day_is_a_case() -> None:
    with pytest.raises(CaseError, match="at least 2"):
        Story.from_yaml("story: s\ngiven: {}\ndays: [{as_of: 2026-03-02, news: a}]\n")
