"""What is new since the latest assessment or since closing, by table."""

from typing import Any

import pytest

from safeguard_rules.vocabulary.derived_news import ANY_KIND
from tests.vocabulary.looked_at import ALL_LISTED, at_most, closed, derive

DONE = {"assessments": [{"id": "a1", "finished_on": "2026-03-01"}]}


def one(name: str, **facts: Any) -> dict[str, Any]:
    return {name: [{"id": "x", **facts}]}


NEWS = [
    ({}, closed(), ()),
    (one("people", joined_on="2026-03-02"), closed("person"), ()),
    (one("people", joined_on="2026-03-01"), closed(), ()),
    (one("people"), at_most((), ("person",)), ("people[x].joined_on",)),
    (one("people", joined_on="2026-03"), at_most((), ("person",)), ("people[x].joined_on",)),
    (one("injuries", noticed_on="2026-03-02"), closed("injury"), ()),
    (one("incidents", happened_on="2026-02-02", notified_on="2026-03-02"), closed("domestic_abuse"), ()),
    (one("incidents", happened_on="2026-02-02", notified_on="not_yet"), closed(), ()),
    (
        one("incidents", happened_on="2026-02-02"),
        at_most((), ("domestic_abuse",)),
        ("incidents[x].notified_on",),
    ),
    (one("moves", happens_on="2026-03-05"), closed("move"), ()),
    (one("moves", happens_on="2026-05-05"), closed("move"), ()),
    (one("changes", learned_on="2026-03-05", kind="pregnancy"), closed("pregnancy"), ()),
    (one("changes", learned_on="2026-02-05", kind="pregnancy"), closed(), ()),
    (one("changes", learned_on="2026-02-05"), closed(), ()),
    (one("changes", kind="pregnancy"), at_most((), ("pregnancy",)), ("changes[x].learned_on",)),
    (one("changes", learned_on="2026-03-05"), at_most((), ANY_KIND), ("changes[x].kind",)),
    ({"injuries": None}, at_most((), ("injury",)), ("injuries",)),
    ({"changes": None}, at_most((), ANY_KIND), ("changes",)),
    ({"all_regular_people_recorded": None}, at_most((), ("person",)), ("people",)),
    (
        one("people", joined_on="2026-03-02") | {"all_regular_people_recorded": False},
        closed("person"),
        (),
    ),
]


@pytest.mark.parametrize(("given", "value", "missing"), NEWS)
def test_new_since_assessment(given: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive({**ALL_LISTED, **DONE, **given}, "case.new_since_assessment")
    assert derived.value == value
    assert derived.missing == missing


@pytest.mark.parametrize(("given", "value", "missing"), NEWS)
def test_new_since_closing(given: dict[str, Any], value: object, missing: tuple[str, ...]) -> None:
    derived = derive({**ALL_LISTED, "closed_on": "2026-03-01", **given}, "case.new_since_closing")
    assert derived.value == value
    assert derived.missing == missing


BRUISE = one("injuries", noticed_on="2026-03-02")
ASSESSMENTS = [
    ([], closed(), ()),
    ([{"id": "a1", "finished_on": "not_yet"}], closed(), ()),
    (None, at_most((), ("injury",)), ("assessments",)),
    ([{"id": "a1"}], at_most((), ("injury",)), ("assessments[a1].finished_on",)),
    ([{"id": "a1", "finished_on": "2026-03"}], at_most((), ("injury",)), ("assessments[a1].finished_on",)),
    (
        [{"id": "a1", "finished_on": "2026-01-01"}, {"id": "a2", "finished_on": "2026-03-03"}],
        closed(),
        (),
    ),
]


@pytest.mark.parametrize(("assessments", "value", "missing"), ASSESSMENTS)
def test_an_unknown_assessment_leaves_all_records_possible(
    assessments: object, value: object, missing: tuple[str, ...]
) -> None:
    derived = derive({**ALL_LISTED, **BRUISE, "assessments": assessments}, "case.new_since_assessment")
    assert derived.value == value
    assert derived.missing == missing


@pytest.mark.parametrize(
    ("assessments", "read"),
    [
        ([], ("assessments",)),
        ([{"id": "a1", "finished_on": "not_yet"}], ("assessments[a1].finished_on", "assessments")),
    ],
)
def test_without_a_finished_assessment_nothing_is_new_though_other_lists_are_open(
    assessments: object, read: tuple[str, ...]
) -> None:
    derived = derive({**BRUISE, "assessments": assessments}, "case.new_since_assessment")
    assert derived.value == closed()
    assert derived.missing == ()
    assert derived.read == read


def test_an_assessment_that_may_be_finished_leaves_the_unseen_possible() -> None:
    given = {"assessments": [{"id": "a1", "finished_on": "not_yet"}], "incomplete": ["assessments"]}
    derived = derive(given, "case.new_since_assessment")
    assert derived.value == at_most((), ANY_KIND)
    assert "assessments" in derived.missing


def test_an_incomplete_list_of_assessments_leaves_news_possible() -> None:
    given = {**ALL_LISTED, **BRUISE, **DONE, "incomplete": ["assessments"]}
    assert derive(given, "case.new_since_assessment").value == at_most((), ("injury",))


def test_an_unknown_day_of_closing_leaves_all_records_possible() -> None:
    derived = derive({**ALL_LISTED, **BRUISE}, "case.new_since_closing")
    assert derived.value == at_most((), ("injury",))
    assert derived.missing == ("case.closed_on",)


def test_the_new_records_are_the_reason() -> None:
    given = {**ALL_LISTED, **DONE, **BRUISE, **one("moves", happens_on="2026-01-05")}
    derived = derive(given, "case.new_since_assessment")
    assert derived.read == ("assessments[a1].finished_on", "assessments", "injuries[x].noticed_on")


def test_there_are_no_injuries_before_birth() -> None:
    given = {"child": {"stage": "unborn"}, **ALL_LISTED, **DONE, "injuries": None}
    assert derive(given, "case.new_since_assessment").value == closed()


REMOVED = [
    ("injuries[x]", at_most((), ("injury",))),
    ("injuries[x].noticed_on", at_most((), ("injury",))),
    ("injuries", closed("injury")),
    ("assessments", at_most((), ("injury",))),
    ("assessments[a1]", at_most((), ("injury",))),
    ("people", at_most(("injury",), ("person",))),
    ("case.all_regular_people_recorded", at_most(("injury",), ("person",))),
]


@pytest.mark.parametrize(("removed", "value"), REMOVED)
def test_when_a_path_is_made_unknown(removed: str, value: object) -> None:
    given = {**ALL_LISTED, **DONE, **BRUISE}
    assert derive(given, "case.new_since_assessment", removed=(removed,)).value == value
