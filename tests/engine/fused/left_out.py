"""Lists that functions leave out where what reads them is decided without them, beside those that they have to read.

Each book has few conditions: what many read is left out of nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from tests.oracle.books import Written

Conditions = Mapping[str, tuple[str, Written]]
"""By name, what a condition is about (`child` or the singular of a list) and what it says."""

Crafted = tuple[Conditions, Mapping[str, int | str], Mapping[str, Any], str]
"""Conditions, thresholds, a case, and a day."""

DAY = "2026-03-02"
NUMBERS = {f"p_{number}": number for number in range(4)}

DISABLED: Written = {"child.disabled": True}
ILL: Written = {"child.seriously_ill_or_hurt": True}
BRUISE: Written = {"injury.kind": "bruise"}
LIVES: Written = {"person.lives_with_child": True}
THERE: Written = {"contact.present": {"includes": {"fact": "person.id"}}}
ALIKE: Written = {"any": [{"other.identified": True}, {"person.identified": False}]}


def _count(of: str, where: Written, **how: Any) -> Written:
    return {"count": {"of": of, "where": where, "is": how}}


OF_INJURIES: tuple[Written, ...] = (
    {"some": {"of": "injury", "where": BRUISE}},
    {"every": {"of": "injury", "where": BRUISE}},
    _count("injury", BRUISE, at_least="p_2"),
    _count("injury", BRUISE, at_most="p_1"),
    _count("injury", BRUISE, between=["p_1", "p_2"]),
    {"some": {"of": "injury", "where": {"all": [BRUISE, {"injury.medical_cause": False}]}}},
)
TWICE: Conditions = {
    "d_one": ("child", {"all": [DISABLED, _count("injury", BRUISE, at_least="p_1")]}),
    "d_three": ("child", {"all": [DISABLED, _count("injury", BRUISE, at_least="p_3")]}),
}
"""One count, held against two numbers."""

KINDS: tuple[tuple[str | None, ...] | None, ...] = (
    (),
    ("bruise",),
    (None,),
    ("bite", None),
    ("bruise", "bruise", "bite"),
    ("bruise", "bruise", "bruise", None),
    None,
)


def left_out() -> Iterator[Crafted]:
    """All of them."""
    yield from _of_the_child()
    yield from _of_each_person()


def _of_the_child() -> Iterator[Crafted]:
    for listed in OF_INJURIES:
        other: Written = {"some": {"of": "injury", "where": {"injury.kind": "bite"}}}
        books: tuple[Conditions, ...] = (
            {"d_all": ("child", {"all": [DISABLED, listed]})},
            {"d_any": ("child", {"any": [DISABLED, listed]})},
            {"d_both": ("child", {"all": [DISABLED, listed]}), "d_other": ("child", {"all": [ILL, other]})},
            {"d_same": ("child", {"all": [DISABLED, listed]}), "d_again": ("child", {"all": [ILL, listed]})},
            {"d_deep": ("child", {"all": [DISABLED, {"any": [ILL, {"not": listed}]}]})},
            {"d_wanted": ("child", listed), "d_read": ("child", {"all": [DISABLED, listed]})},
        )
        yield from _with_injuries(*books)
    yield from _with_injuries(TWICE)


def _with_injuries(*books: Conditions) -> Iterator[Crafted]:
    for conditions, disabled in product(books, (True, False, None)):
        for n, kinds in enumerate(KINDS):
            yield conditions, NUMBERS, _child(disabled, (True, False, None)[n % 3], kinds), DAY


def _child(disabled: bool | None, ill: bool | None, kinds: tuple[str | None, ...] | None) -> dict[str, Any]:
    child = {"id": "baby", "stage": "born", "disabled": disabled, "seriously_ill_or_hurt": ill}
    if kinds is None:
        return {"child": child}
    return {"child": child, "injuries": [{"id": f"i{n}", "kind": kind} for n, kind in enumerate(kinds)]}


def _of_each_person() -> Iterator[Crafted]:
    there: Written = {"some": {"of": "contact", "where": THERE}}
    awake: Written = {"some": {"of": "contact", "where": {"all": [THERE, {"contact.seen": "awake"}]}}}
    books: tuple[Conditions, ...] = (
        {"d_there": ("person", {"all": [LIVES, there]})},
        {"d_there": ("person", {"all": [LIVES, there]}), "d_awake": ("person", awake)},
        {"d_there": ("person", {"all": [LIVES, there]}), "d_awake": ("person", {"any": [LIVES, awake]})},
        {"d_most": ("person", {"all": [LIVES, _count("contact", THERE, at_least="p_2")]})},
        {"d_one": ("person", {"any": [LIVES, _count("contact", THERE, between=["p_1", "p_1"])]})},
        *(
            {"d_alike": ("person", {"all": [LIVES, _count("person", ALIKE, **how)]})}
            for how in ({"at_least": "p_1"}, {"at_least": "p_2"}, {"at_most": "p_1"}, {"between": ["p_1", "p_2"]})
        ),
    )
    for conditions, identified, whole in product(books, (True, False, None), (True, False)):
        people = [
            {"id": f"p{n}", "lives_with_child": lives, "identified": known}
            for n, (lives, known) in enumerate(product((True, False, None), (True, identified)))
        ]
        contacts: list[dict[str, Any]] = [
            {"id": "a", "present": ["p0", "p2"], "seen": "awake"},
            {"id": "b", "present": ["p0", "p3"], "seen": "asleep", "incomplete": ["present"]},
            {"id": "c", "present": ["p0", "p1", "p4"]},
        ]
        child = {"id": "baby", "stage": "born"}
        case = {"child": child, "people": people, "all_regular_people_recorded": whole}
        yield conditions, NUMBERS, {**case, "contacts": contacts if whole else contacts[:1]}, DAY
