"""Rules that ask for every derived fact, and cases that know much of what such facts are derived from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from safeguard_rules.case.case import Case
from safeguard_rules.engine.fused.meanings import MEANINGS, NEWS
from safeguard_rules.engine.program import Program
from safeguard_rules.testing.dice import Dice, Seeded
from tests.engine.agreement import with_definitions_as_rules
from tests.oracle.books import Book, Definition, Rule
from tests.oracle.engines import program_of, rulebook_of

BORN = frozenset({"born"})
DAYS = ("2026-03-02", "2026-03-02T12:00Z", "2026-03-01")
DATES = (
    *("2026-02-01", "2026-02-20", "2026-03-01", "2026-03-02", "2026-03-03", "2026-02", "2026-03", "2026", "2025-06-30"),
    *("2026-03-02T09:00Z", "2026-03-02T15:00Z", None, None),
)
BIRTHS = ("2009-03-02", "2010-03-02", "2010-02-28", "2010", "2010-02", "1990", "2024", None)
RELATIONS = ("mother", "friend", "parents_partner", None)
KINDS = ("other", "missed_contact", "domestic_abuse", None)
ONE_OR_TWO = ("2026-03-01", "2026-03-01", "2026-03-02")
FEW = (0, 1, 2, 1, 3, None)


@cache
def derived_facts(*stages: frozenset[str]) -> Program:
    """A rule for each derived fact that is a condition, both ways round, and for tests of sets of news."""
    definitions: dict[str, Definition] = {}
    for path in MEANINGS:
        owner, _, name = path.partition(".")
        for flag in (True, False):
            of = owner if owner in ("person", "incident", "contact", "assessment") else "child"
            definitions[f"d_{name}_{flag}".lower()] = Definition(of, {path: flag})
    for path in NEWS:
        name = path.partition(".")[2]
        for test, operand in (
            ("includes", "person"),
            ("includes", "missed_contact"),
            ("includes_any", ["injury", "domestic_abuse"]),
            ("includes_all", ["move", "person"]),
            ("none_of", ["domestic_abuse", "other"]),
            ("only", ["person", "injury", "other"]),
            ("is", []),
            ("is_not", []),
        ):
            last = operand if isinstance(operand, str) else ""
            definitions[f"d_{name}_{test}_{last}"] = Definition("child", {path: {test: operand}})
    book = Book(Rule("always"), definitions)
    return with_definitions_as_rules(program_of(rulebook_of(book), "2026-03-02"), *(stages or (BORN,)))


def stories(size: int = 400, first: int = 0, stage: str | None = "born") -> Iterator[tuple[Case, str]]:
    """Cases by seeded chance, each with a day."""
    for seed in range(first, first + size):
        dice = Seeded(seed)
        yield Case.model_validate(_case(dice, stage)), dice.pick(DAYS)


def _case(dice: Dice, stage: str | None) -> dict[str, Any]:
    pick, dates = dice.pick, dice.pick((DATES, DATES, ONE_OR_TWO))
    people = _list(dice, "p", lambda: {"joined_on": pick(dates), "born_on": pick(BIRTHS), "relation": pick(RELATIONS)})
    ids = [each["id"] for each in people or ()]
    case: dict[str, Any] = {
        "child": {"id": "baby", "stage": stage},
        "closed_on": pick(dates),
        "people": people,
        "all_regular_people_recorded": None if people is None else pick((True, True, False, None)),
        "injuries": _list(dice, "i", lambda: {"noticed_on": pick(dates)}),
        "concerns": _list(dice, "w", lambda: {"raised_on": pick(dates)}),
        "moves": _list(dice, "m", lambda: {"happens_on": pick(dates)}),
        "changes": _list(dice, "n", lambda: {"learned_on": pick(dates), "kind": pick(KINDS)}),
        **_about_people(dice, ids, dates),
    }
    if dice.chance(20):
        case |= {"injuries": [], "concerns": [], "incidents": []}
    given = [name for name, value in case.items() if isinstance(value, list) and name != "people"]
    case["incomplete"] = [name for name in given if dice.chance(15)]
    return {name: value for name, value in case.items() if value is not None}


def _about_people(dice: Dice, ids: list[str], dates: Sequence[str | None]) -> dict[str, Any]:
    pick, who = dice.pick, (*ids, None)

    def incident() -> dict[str, Any]:
        days = {"happened_on": pick(dates), "notified_on": pick(("not_yet", "not_yet", *dates))}
        return {**days, "by": pick(who), "against": pick(who)}

    def enquiry() -> dict[str, Any]:
        return {"asked_on": pick(dates), "of": pick(who), "alone": pick((True, True, False, None))}

    def contact() -> dict[str, Any]:
        days = {"happens_on": pick((*dates, "2026-03-09"))}
        return {**days, "seen": pick(("awake", "awake", "asleep", None)), **_some(dice, "present", ids)}

    return {
        "assessments": _list(
            dice, "a", lambda: {"finished_on": pick(("not_yet", "not_yet", *dates)), **_some(dice, "people", ids)}
        ),
        "incidents": _list(dice, "d", incident),
        "enquiries": _list(dice, "e", enquiry),
        "contacts": _list(dice, "c", contact),
    }


def _list(dice: Dice, letter: str, make: Callable[[], dict[str, Any]]) -> list[dict[str, Any]] | None:
    size = dice.pick(FEW)
    if size is None:
        return None
    made = [{"id": f"{letter}{n}", **make()} for n in range(size)]
    return [{name: value for name, value in each.items() if value is not None} for each in made]


def _some(dice: Dice, name: str, ids: list[str]) -> dict[str, Any]:
    """A set of people, open or closed, or nothing."""
    if dice.chance(20):
        return {}
    return {name: [each for each in ids if dice.chance(50)], "incomplete": [name] if dice.chance(25) else []}
