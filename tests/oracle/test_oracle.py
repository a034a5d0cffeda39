"""The oracle itself: its vocabulary and its calendar are right, and it tries what there is to try."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from safeguard_rules.values import uk_clock
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.durations import add as library_add
from safeguard_rules.vocabulary.facts import Kind, Vocabulary
from tests.oracle import days
from tests.oracle.books import Book, Definition, Rule, Value, Written
from tests.oracle.days import add, counted, is_over, read_days, read_instant, read_length, start_of, uk_day
from tests.oracle.engines import BANK_HOLIDAYS
from tests.oracle.facts import FIELDS, LIST_STAGES, LISTS
from tests.oracle.oracle import meaning, outcome
from tests.oracle.worlds import Puzzle

FOLDER = Path(__file__).parent
OWN = ("oracle.py", "days.py", "facts.py", "books.py", "candidates.py", "worlds.py", "measuring.py")
SORTS = {
    Kind.BOOLEAN: "flag",
    Kind.WORD: "word",
    Kind.WORDS: "words",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.LENGTH: "length",
    Kind.REFERENCE: "reference",
    Kind.REFERENCES: "references",
}


# --- it stands by itself


@pytest.mark.parametrize("name", OWN)
def test_the_oracle_imports_nothing_of_the_library(name: str) -> None:
    tree = ast.parse((FOLDER / name).read_text(encoding="utf-8"))
    found = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    found += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert [module for module in found if module.startswith("safeguard_rules")] == []
    others = [module for module in found if module.startswith("tests")]
    assert {module.removeprefix("tests.oracle.") + ".py" for module in others} <= set(OWN)


def test_its_vocabulary_is_that_of_the_library() -> None:
    vocabulary = Vocabulary.standard()
    for path, known in FIELDS.items():
        fact = vocabulary.fact(path)
        assert fact is not None, path
        assert known.sort == SORTS[fact.kind], path
        assert sorted(known.words) == sorted(fact.words), path
        assert set(known.stages) == fact.stages, path
        assert (known.past, known.not_yet) == (fact.past, fact.may_be_not_yet), path
        assert (known.since is not None) == fact.derived, path
        if known.sort == "references" or path == "incident.against":
            assert fact.refers_to == "person"
    for kind, name in LISTS.items():
        assert vocabulary.kinds[kind].name == name
        assert vocabulary.kinds[kind].stages == set(LIST_STAGES[kind])


# --- its calendar


def test_adding_to_a_day() -> None:
    for text, day, expected in (
        ("1 month", "2026-01-31", "2026-02-28"),
        ("1 month", "2024-01-31", "2024-02-29"),
        ("12 months", "2024-02-29", "2025-02-28"),
        ("1 year", "2024-02-29", "2025-02-28"),
        ("6 months", "2023-03-31", "2023-09-30"),
        ("6 weeks", "2026-01-19", "2026-03-02"),
    ):
        assert add(date.fromisoformat(day), *read_length(text)).isoformat() == expected


def test_its_calendar_is_that_of_the_library() -> None:
    """Two calendars that were written apart agree: on every day of five years, for every unit."""
    for step in range(0, 5 * 365, 3):
        day = date(2023, 1, 1) + timedelta(step)
        for text in ("1 day", "6 weeks", "1 month", "6 months", "11 months", "1 year"):
            assert add(day, *read_length(text)) == library_add(day, Duration.parse(text)), (day, text)


def test_its_working_days_are_those_of_the_library() -> None:
    """By the day that the library finds, so many have been counted, and the last of them is that day."""
    library = BANK_HOLIDAYS.working_days
    for step in range(-40, 320):
        day = date(2025, 6, 27) + timedelta(step)
        for amount in (1, 2, 5, 10):
            for free, end in ((False, library.earliest(day, amount)), (True, library.latest(day, amount))):
                if end is None:
                    assert counted(day, date(2027, 1, 1), free) < amount
                    continue
                assert counted(day, end, free) == amount == counted(day, end - timedelta(1), free) + 1, (day, amount)
                assert not is_over(day, amount, end, free)
                assert is_over(day, amount, end + timedelta(1), free)


def test_its_clock_is_that_of_the_library() -> None:
    for step in range(0, 3 * 365 * 24, 7):
        instant = start_of(date(2024, 1, 1)) + timedelta(hours=step)
        assert uk_day(instant) == uk_clock.uk_day(instant), instant
    assert uk_day(read_instant("2026-03-29T00:30Z")) == date(2026, 3, 29)
    assert uk_day(read_instant("2026-07-01T23:30Z")) == date(2026, 7, 2)
    assert days.end_of(date(2026, 10, 25)) - start_of(date(2026, 10, 25)) == timedelta(hours=25) - days.TICK


def test_the_days_that_a_date_may_mean() -> None:
    assert read_days("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert read_days("2026") == (date(2026, 1, 1), date(2026, 12, 31))
    assert read_days("2026-07-01T23:30Z") == (date(2026, 7, 2), date(2026, 7, 2))


# --- what it says of small cases, by hand


def said(
    when: Written,
    case: dict[str, Any],
    subject: str | None = None,
    removed: tuple[str, ...] = (),
    as_of: str = "2026-03-02",
    taken: dict[tuple[str, str], bool] | None = None,
    **more: Any,
) -> str:
    parameters: dict[str, Value] = {"one": 1, "two": 2, "month": "1 month", "day": "24 hours", "light": 2500}
    definitions = more.pop("definitions", {})
    book = Book(Rule(when, **more), definitions, parameters)
    case = {**case, "child": {"stage": "born", **case.get("child", {})}}
    seen = outcome(Puzzle(book, case, as_of, frozenset(removed)), subject, taken or {})
    assert seen.whole or seen.letter == "U"
    return seen.letter


def test_facts() -> None:
    assert said({"child.disabled": True}, {}) == "U"
    assert said({"child.disabled": True}, {"child": {"disabled": True}}) == "T"
    assert said({"child.disabled": {"is_not": True}}, {"child": {"disabled": True}}) == "F"
    assert said({"any": [{"child.disabled": True}, {"child.disabled": False}]}, {}) == "T"
    assert said({"child.birth_weight": {"less_than": "light"}}, {"child": {"birth_weight": 2500}}) == "F"


def test_sets() -> None:
    crawls: Written = {"child.movements": {"includes": "crawls"}}
    assert said(crawls, {"child": {"movements": []}}) == "F"
    assert said(crawls, {"child": {"movements": [], "incomplete": ["movements"]}}) == "U"
    assert said(crawls, {"child": {"movements": ["crawls"], "incomplete": ["movements"]}}) == "T"
    only: Written = {"child.movements": {"only": ["crawls"]}}
    assert said(only, {"child": {"movements": ["crawls"], "incomplete": ["movements"]}}) == "U"
    assert said(only, {"child": {"movements": ["walks"], "incomplete": ["movements"]}}) == "F"


def test_dates() -> None:
    recent: Written = {"case.closed_on": {"within_last": "month"}}
    assert said(recent, {"closed_on": "2026-03"}) == "T"
    assert said(recent, {"closed_on": "2026-02"}) == "U", "the first of February lies a month and a day back"
    assert said(recent, {"closed_on": "2026"}) == "U"
    assert said(recent, {"closed_on": "2025"}) == "F"
    assert said(recent, {"closed_on": "2026-05-01"}) == "U", "what lies ahead is not believed"
    hours: Written = {"case.closed_on": {"within_last": "day"}}
    assert said(hours, {"closed_on": "2026-03-01T15:00Z"}, as_of="2026-03-02T14:00Z") == "T"
    assert said(hours, {"closed_on": "2026-03-01T15:00Z"}) == "U"
    assert said(hours, {"closed_on": "2026-02-27"}) == "F"
    assert said({"child.age": {"at_least": "month"}}, {"child": {"born_on": "2026-02-02"}}) == "T"
    assert said({"child.age": {"at_least": "month"}}, {"child": {"born_on": "2026-02-03"}}) == "F"


def test_what_is_not_there() -> None:
    booked: Written = {"pregnancy.booked_on": "not_yet"}
    assert said(booked, {"pregnancy": {"booked_on": "not_yet"}}) == "T"
    assert said(booked, {"pregnancy": {"booked_on": "2026-01-01"}}) == "F"
    assert said(booked, {}) == "U"
    died = {"child": {"stage": "has_died"}}
    assert said({"child.disabled": True}, died, stages=("born", "has_died")) == "F"
    assert said({"child.disabled": {"is_not": True}}, died, stages=("born", "has_died")) == "T"
    assert said({"child.disabled": {"is_not": True}}, died) == "F", "the rule is for the born"
    assert said("always", {"child": {"stage": None}}) == "U"
    assert said("always", {"child": {"stage": "unborn", "born_on": "2026-01-01"}}) == "U", "dead or born"


def test_lists() -> None:
    bruise: Written = {"some": {"of": "injury", "where": {"injury.kind": "bruise"}}}
    assert said(bruise, {}) == "U"
    assert said(bruise, {"injuries": []}) == "F"
    assert said(bruise, {"injuries": [{"id": "a", "kind": "bruise"}]}) == "T"
    assert said(bruise, {"injuries": [{"id": "a", "kind": "bruise"}]}, removed=("injuries[a]",)) == "U"
    assert said(bruise, {"injuries": []}, removed=("injuries",)) == "U"
    two: Written = {"count": {"of": "injury", "is": {"at_most": "one"}}}
    assert said(two, {"injuries": [{"id": "a"}], "incomplete": ["injuries"]}) == "U"
    assert said(two, {"injuries": [{"id": "a"}, {"id": "b"}], "incomplete": ["injuries"]}) == "F"
    other: Written = {"some": {"of": "person", "where": {"other.relation": "mother"}}}
    everybody = {"people": [{"id": "m", "relation": "mother"}], "all_regular_people_recorded": True}
    assert said(other, everybody, "m", for_each="person") == "F"
    assert said(other, {**everybody, "all_regular_people_recorded": None}, "m", for_each="person") == "U"
    assert said(other, everybody, "?", for_each="person") == "T"


def test_what_is_taken() -> None:
    definitions = {"d": Definition("injury", {"injury.kind": "bruise"}, True)}
    some: Written = {"some": {"of": "injury", "where": "d"}}
    case = {"injuries": [{"id": "a"}]}
    assert said(some, case, definitions=definitions) == "U"
    assert said(some, case, definitions=definitions, taken={("d", "injuries[a]"): True}) == "T"
    assert said(some, {}, definitions=definitions, taken={("d", "injuries[a]"): True}) == "U"
    puzzle = Puzzle(Book(Rule("d", "injury"), definitions, {}), {**case, "child": {"stage": "born"}}, "2026-03-02")
    assert meaning(puzzle, "d", "a").truths == {True, False}
