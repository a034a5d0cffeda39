"""A definite value of a derived fact never changes when more becomes known.

A whole case is drawn, in which everything is known; then it is blurred in many ways: values are left out, dates lose
their day, lists and sets lose entries and become incomplete. What the blurred case says for certain must hold in the
whole one, and in the whole one without a record whose existence was put in doubt.
"""

import copy
from random import Random
from typing import Any

import pytest

from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.members import Members
from safeguard_rules.values.timing import Elapsed, Span
from safeguard_rules.vocabulary.records import Record, Value
from safeguard_rules.vocabulary.view import CaseView, view
from tests.vocabulary.looked_at import STANDARD, case_of

TODAY = AsOf.of("2026-03-10")
PAST = ("2009-12-30", "2010-03-09", "2026-01-31", "2026-02-27", "2026-03-01", "2026-03-09", "2026-03-10")
ANY_DAY = (*PAST, "2026-03-11", "2026-05-02")
PEOPLE = ("p1", "p2")
RELATIONS = ("mother", "father", "parents_partner", "grandparent", "friend", "other")
KINDS = ("person", "injury", "pregnancy", "other")

Case = dict[str, Any]


def whole_case(draw: Random) -> Case:
    """A case in which everything that derived facts read is known."""

    def some(low: int, high: int, **fields: Any) -> list[Case]:
        number = draw.randint(low, high)
        return [{"id": f"p{n}", **{name: pick() for name, pick in fields.items()}} for n in range(1, number + 1)]

    def one_of(words: tuple[str, ...]) -> Any:
        return lambda: draw.choice(words)

    past, person = one_of(PAST), one_of(PEOPLE)

    def folk() -> list[str]:
        return [each for each in PEOPLE if draw.random() < 0.6]

    stage = draw.choice(("unborn", "born", "born", "has_died"))
    expected = {"stage": "unborn", "expected_on": draw.choice(("2026-03-20", "2026-08-02"))}
    return {
        "child": expected if stage == "unborn" else {"stage": stage, "born_on": past()},
        "pregnancy": {"booked_on": draw.choice((*PAST, "not_yet"))},
        "closed_on": past(),
        "all_regular_people_recorded": True,
        "people": some(2, 2, relation=one_of(RELATIONS), born_on=past, joined_on=past),
        "injuries": some(0, 1, noticed_on=past),
        "incidents": some(0, 2, happened_on=past, notified_on=one_of((*PAST, "not_yet")), by=person, against=person),
        "enquiries": some(0, 2, of=person, asked_on=past, alone=lambda: draw.random() < 0.7),
        "contacts": some(0, 2, happens_on=one_of(ANY_DAY), seen=one_of(("awake", "asleep")), present=folk),
        "assessments": some(0, 2, finished_on=one_of((*PAST, "not_yet")), people=folk),
        "changes": some(0, 1, learned_on=past, kind=one_of(KINDS)),
        "moves": some(0, 1, happens_on=one_of(ANY_DAY)),
        "concerns": some(0, 1, raised_on=past),
        "incomplete": [],
    }


def blurred(whole: Case, draw: Random) -> Case:
    """The same case with less known of it."""
    less = copy.deepcopy(whole)
    for name in [name for name in less if isinstance(less[name], list) and name not in ("people", "incomplete")]:
        chance = draw.random()
        if chance < 0.1:
            less[name] = None
        elif chance < 0.35:
            less["incomplete"].append(name)
            less[name] = [record for record in less[name] if draw.random() < 0.5]
    if draw.random() < 0.3:
        less["all_regular_people_recorded"] = draw.choice((None, False))
    if draw.random() < 0.3:
        less["closed_on"] = vaguer(less["closed_on"], draw)
    for record in records_of(less):
        blur_record(record, draw)
    return less


def records_of(case: Case) -> list[Case]:
    listed = [record for value in case.values() if isinstance(value, list) for record in value]
    return [case["child"], case["pregnancy"], *(each for each in listed if isinstance(each, dict))]


def blur_record(record: Case, draw: Random) -> None:
    for name, value in list(record.items()):
        if name == "id" or draw.random() < 0.7:
            continue
        if isinstance(value, list) and draw.random() < 0.6:
            record[name] = [each for each in value if draw.random() < 0.5]
            record["incomplete"] = [name]
        else:
            record[name] = vaguer(value, draw)


def vaguer(value: Any, draw: Random) -> Any:
    is_day = isinstance(value, str) and value[:2] == "20"
    return value[: draw.choice((4, 7))] if is_day and draw.random() < 0.6 else None


def derived_values(seen: CaseView, wanted: frozenset[str] | None = None) -> dict[str, Value]:
    """All derived facts of the records that are in the case, by path."""
    kinds = [record for kind in STANDARD.kinds for record in seen.records(kind)]
    records: list[Record] = [seen.child, seen.case, seen.pregnancy, *kinds]
    found = {
        record.path(fact.name): seen.value(record, fact.name)
        for record in records
        for fact in STANDARD.facts_of(record.kind)
        if fact.derived
    }
    return {path: value for path, value in found.items() if wanted is None or path in wanted}


def days(value: Value) -> tuple[Any, Any]:
    if isinstance(value, Elapsed):
        return value.first, value.last
    assert isinstance(value, Span)
    return value.low, value.high


def agrees(known: Value, whole: Value) -> bool:
    """Whether the value in the whole case is one of those that the blurred case allows."""
    if known is None:
        return True
    if isinstance(known, Members):
        assert isinstance(whole, Members)
        assert known.possible is not None
        assert whole.possible is not None
        allowed = known.certain | known.possible
        return known.certain <= whole.certain and (whole.certain | whole.possible) <= allowed
    if isinstance(known, Elapsed | Span) and type(known) is type(whole):
        low, high = days(known)
        first, last = days(whole)
        return bool(low <= first and last <= high)
    return known == whole


def strict(case: Case, removed: frozenset[str] = frozenset()) -> CaseView:
    """A view that takes no stage for granted."""
    return view(case_of(case), TODAY, STANDARD, removed).for_stages(frozenset({"unborn", "born", "has_died"}))


def disagreements(known: CaseView, whole: CaseView) -> list[tuple[str, Value, Value]]:
    truth = derived_values(whole)
    found = derived_values(known).items()
    return [(path, value, truth[path]) for path, value in found if path in truth and not agrees(value, truth[path])]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_certain_stays_when_more_becomes_known(seed: int) -> None:
    draw = Random(seed)
    for _ in range(40):
        whole = whole_case(draw)
        truth = strict(whole)
        for _ in range(4):
            less = blurred(whole, draw)
            assert disagreements(strict(less), truth) == [], (whole, less)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_certain_rests_on_no_path_that_was_made_unknown(seed: int) -> None:
    draw = Random(1000 + seed)
    for _ in range(60):
        whole = whole_case(draw)
        listed = [name for name, value in whole.items() if isinstance(value, list) and value and name != "people"]
        if not listed:
            continue
        name = draw.choice(listed)
        gone = draw.choice(whole[name])["id"]
        without = whole | {name: [each for each in whole[name] if each["id"] != gone]}
        doubted = strict(whole, frozenset({f"{name}[{gone}]"}))
        assert disagreements(doubted, strict(whole)) == [], (whole, name, gone)
        assert disagreements(doubted, strict(without)) == [], (whole, name, gone)


def test_the_whole_case_leaves_nothing_open_but_a_partners_kinship() -> None:
    draw = Random(5)
    for _ in range(50):
        for path, value in derived_values(strict(whole_case(draw))).items():
            assert not path.endswith("child_related_to_either") or value in (True, False, None)
            if not path.endswith("child_related_to_either"):
                assert value is not None, path
                assert not (isinstance(value, Members) and value.open), path


def test_a_blurred_case_is_certain_of_something() -> None:
    """The property would hold of facts that are always unknown: they are not."""
    draw = Random(6)
    known: dict[str, int] = {}
    for _ in range(60):
        for path, value in derived_values(strict(blurred(whole_case(draw), draw))).items():
            name = path.rpartition(".")[2]
            known[name] = known.get(name, 0) + (isinstance(value, bool | Elapsed | Span | Members))
    assert {name for name, count in known.items() if count == 0} == set()
    assert len(known) == len(STANDARD.derivations) - 1  # the child and a person both have an age


def test_dates_in_the_pool_are_days() -> None:
    assert all(When.parse(day).exact for day in ANY_DAY)
