"""Rules and cases for what chance seldom meets: dates cut at today, instants of one day, near-equal conditions."""

from __future__ import annotations

from typing import Any

from tests.engine.agreement import Situation
from tests.engine.fused.left_out import Conditions, Crafted, left_out
from tests.oracle.books import Book, Definition, Rule, Written
from tests.oracle.engines import rulebook_of

EVER = ("unborn", "born", "has_died")


def crafted() -> tuple[Situation, ...]:
    """The situations: each condition is a definition, which is asked for as a rule of its own."""
    return tuple(map(_situation, (*_dates(), *_instants(), *_counts(), *_values(), *_sets(), *left_out())))


def instants() -> tuple[Situation, ...]:
    """Those over the same conditions that are evaluated at several instants of one day."""
    return tuple(map(_situation, _instants()))


def _situation(made: Crafted) -> Situation:
    conditions, parameters, case, as_of = made
    book = Book(Rule("always", None, EVER), {name: Definition(*each) for name, each in conditions.items()}, parameters)
    return Situation(book, rulebook_of(book), case, as_of)


def _born(**more: Any) -> dict[str, Any]:
    return {"child": {"id": "baby", "stage": "born", **more}}


def _dates() -> tuple[Crafted, ...]:
    """A past date ends today at the latest, whatever month it was given as."""
    noticed = "injury.noticed_on"
    conditions: Conditions = {
        "d_before": ("injury", {noticed: {"before": "p_day"}}),
        "d_after": ("injury", {noticed: {"after": "p_day"}}),
        "d_soon": ("injury", {noticed: {"within_next": "p_days"}}),
        "d_lately": ("injury", {noticed: {"within_last": "p_days"}}),
        "d_contact_after": ("child", _contact({"after": {"fact": "child.born_on"}})),
        "d_contact_before": ("child", _contact({"before": {"fact": "child.born_on"}})),
        "d_both_past": ("injury", {noticed: {"before": {"fact": "child.born_on"}}}),
    }  # fmt: skip
    days = [f"2026-03-{day:02}" for day in (1, 2, 3, 4, 20)]
    days += ["2026-02-28", "2026-02", "2026-03", "2026-04", "2025", "2026", "2027"]
    case = {
        "injuries": [{"id": f"i{n}", "noticed_on": day} for n, day in enumerate(days)],
        "contacts": [],
    }
    found: list[Crafted] = []
    for limit in ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-20"):
        parameters = {"p_day": limit, "p_days": "3 days"}
        for born in ("2026", "2026-03", "2026-03-02", "2026-03-01", "2026-02"):
            for happens in ("2026-03-02", "2026-03-03", "2026-03-01", "2026-03", "2026"):
                contacts = [{"id": "c", "happens_on": happens}]
                found.append(
                    (conditions, parameters, {**case, **_born(born_on=born), "contacts": contacts}, "2026-03-02")
                )
    return tuple(found)


def _contact(happens: Written) -> Written:
    return {"some": {"of": "contact", "where": {"contact.happens_on": happens}}}


def _instants() -> tuple[Crafted, ...]:
    """Two instants of one day, and one that lies ahead on the day of the evaluation."""
    noticed = "injury.noticed_on"
    conditions: Conditions = {
        "d_before": ("injury", {noticed: {"before": {"fact": "child.born_on"}}}),
        "d_after": ("injury", {noticed: {"after": {"fact": "child.born_on"}}}),
        "d_lately": ("injury", {noticed: {"within_last": "p_days"}}),
        "d_hours": ("injury", {noticed: {"within_last": "p_hours"}}),
    }
    times = (
        "2026-03-02T08:00Z",
        "2026-03-02T12:00Z",
        "2026-03-02T15:00Z",
        "2026-03-02",
        "2026-03-01T23:59Z",
        "2026-03",
    )
    case = {"injuries": [{"id": f"i{n}", "noticed_on": time} for n, time in enumerate(times)]}
    parameters = {"p_days": "1 day", "p_hours": "6 hours"}
    return tuple(
        (conditions, parameters, {**case, **_born(born_on=born)}, as_of)
        for born in ("2026-03-02T10:00Z", "2026-03-02", "2026-03-01T10:00Z", "2026-03-02T16:00Z")
        for as_of in ("2026-03-02T14:00Z", "2026-03-02", "2026-03-02T11:00Z")
    )


def _counts() -> tuple[Crafted, ...]:
    """Counts that differ in their bounds only, of all and of others, of lists that are whole and open."""
    conditions: dict[str, tuple[str, Written]] = {}
    for name in ("at_least", "at_most", "more_than", "less_than", "is", "is_not"):
        for number in (0, 1, 2):
            how = {name: f"p_{number}"}
            conditions[f"d_{name}_{number}"] = (
                "child",
                {"count": {"of": "person", "where": {"person.identified": True}, "is": how}},
            )
            conditions[f"d_others_{name}_{number}"] = ("person", {"count": {"of": "person", "is": how}})
            conditions[f"d_known_others_{name}_{number}"] = (
                "person",
                {"count": {"of": "person", "where": {"other.identified": True}, "is": how}},
            )
    conditions["d_some_other"] = ("person", {"some": {"of": "person"}})
    conditions["d_every_other"] = ("person", {"every": {"of": "person", "where": {"other.identified": True}}})
    conditions["d_related"] = (
        "person",
        {"some": {"of": "person", "where": {"any": [{"other.identified": True}, {"person.identified": False}]}}},
    )
    parameters = {f"p_{number}": number for number in (0, 1, 2)}
    found: list[Crafted] = []
    for known in ((), (True,), (True, False), (True, True, None), (False, True, True)):
        people = [{"id": f"p{n}", "identified": each} for n, each in enumerate(known)]
        for whole in (True, False):
            found.append(
                (
                    conditions,
                    parameters,
                    {**_born(), "people": people, "all_regular_people_recorded": whole},
                    "2026-03-02",
                )
            )
    return tuple(found)


def _values() -> tuple[Crafted, ...]:
    """Numbers and lengths at their bounds, in their own unit and in another; records out of order."""
    conditions: dict[str, tuple[str, Written]] = {
        f"d_{name}_{unit}": ("child", {"child.gestation_at_birth": {name: f"p_{unit}"}})
        for name in ("at_least", "at_most", "more_than", "less_than")
        for unit in ("weeks", "months", "days")
    }
    for name, bounds in (("weeks", ["p_36_weeks", "p_weeks"]), ("mixed", ["p_36_weeks", "p_days"])):
        conditions[f"d_between_{name}"] = ("child", {"child.gestation_at_birth": {"between": bounds}})
    for name in ("at_least", "at_most", "more_than", "less_than"):
        conditions[f"d_weight_{name}"] = ("child", {"child.birth_weight": {name: "p_2500"}})
    conditions["d_between"] = ("child", {"child.birth_weight": {"between": ["p_1500", "p_2500"]}})
    conditions["d_kind"] = ("injury", {"injury.kind": "bruise"})
    conditions["d_no_kind"] = ("injury", {"injury.kind": {"none_of": ["burn_or_scald"]}})
    parameters: dict[str, int | str] = {
        "p_weeks": "37 weeks",
        "p_36_weeks": "36 weeks",
        "p_months": "8 months",
        "p_days": "259 days",
        "p_2500": 2500,
        "p_1500": 1500,
    }
    injuries = [{"id": "z", "kind": "bruise"}, {"id": "a", "kind": "burn_or_scald"}, {"id": "m"}]
    return tuple(
        (
            conditions,
            parameters,
            {**_born(gestation_at_birth=length, birth_weight=weight), "injuries": injuries},
            "2026-03-02",
        )
        for length, weight in (
            ("37 weeks", 2500),
            ("36 weeks", 1500),
            ("35 weeks", 1500),
            ("252 days", 1500),
            ("8 months", 1499),
            ("258 days", 2501),
            ("38 weeks", 2000),
            ("9 months", None),
            (None, None),
        )
    )


def _sets() -> tuple[Crafted, ...]:
    """Ids among those of a set that is open or closed."""
    there = {"some": {"of": "contact", "where": {"contact.present": {"includes": {"fact": "person.id"}}}}}
    conditions: Conditions = {
        "d_there": ("person", there),
        "d_not_there": ("person", {"not": there}),
    }
    people = [{"id": "p"}, {"id": "q"}]
    found: list[Crafted] = []
    for present in ([], ["p"], ["q", "p"], None):
        for incomplete in ([], ["present"]):
            contact: dict[str, Any] = {"id": "c"}
            if present is not None:
                contact |= {"present": present, "incomplete": incomplete}
            case = {**_born(), "people": people, "contacts": [contact], "all_regular_people_recorded": True}
            found.append((conditions, {}, case, "2026-03-02"))
    return tuple(found)
