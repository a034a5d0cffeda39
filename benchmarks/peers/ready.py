"""Cases as peers get them: one flat dictionary with whole numbers for days, made before anything is timed.

Keys are `child_born_on`, `case_plan`, `pregnancy_booked_on`, the lists by their names with `<name>_open` beside each,
and `today`. What is unknown is None, a list that is absent is empty and open. This is more than a caller of an engine
has at hand; it is done for the peers so that only their deciding is timed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.making_cases import AS_OF, CASE, CHILD, LISTS, PREGNANCY
from benchmarks.peers.lowering import NOT_YET

Ready = dict[str, Any]

ONE = {"child": CHILD, "pregnancy": PREGNANCY, "case": CASE}
"""The fields of the child, the pregnancy and the case that the forty rules read."""
TODAY = AS_OF.toordinal()
OUTER = ("today", "child_born_on", "case_closed_on")
"""What a record is held against; some peers cannot look out of a record, and find it copied into each."""


def ready(case: dict[str, Any]) -> Ready:
    """The flat dictionary of a case that `making_cases` made."""
    found: Ready = {"today": TODAY}
    for owner, fields in ONE.items():
        given = case if owner == "case" else case.get(owner, {})
        found |= {f"{owner}_{name}": as_peers_get(name, given.get(name)) for name in fields}
    for name, _, fields in LISTS:
        found[name] = [
            {field: as_peers_get(field, record.get(field)) for field in fields} for record in case.get(name, ())
        ]
        whole = name != "people" or case.get("all_regular_people_recorded") is True
        found[f"{name}_open"] = name not in case or name in case.get("incomplete", ()) or not whole
    return found


def with_sets(case: Ready) -> Ready:
    """The same with sets of words as frozen sets, which are what Python looks into most quickly."""
    return {key: _with_sets(value) for key, value in case.items()}


def with_outer(case: Ready) -> Ready:
    """The same with what records are held against copied into each."""
    outer = {name: case[name] for name in OUTER}
    return {
        key: [{**record, **outer} for record in value] if isinstance(value, list) and f"{key}_open" in case else value
        for key, value in case.items()
    }


def _with_sets(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if value and isinstance(value[0], dict):
        return [{key: _with_sets(each) for key, each in record.items()} for record in value]
    return frozenset(value)


def as_peers_get(name: str, given: Any) -> Any:
    """A value as peers get it: days and weeks as whole numbers, a day that cannot be yet as unknown."""
    if name.endswith("_on") and isinstance(given, str):
        day = NOT_YET if given == "not_yet" else date.fromisoformat(given).toordinal()
        return day if day == NOT_YET or day <= TODAY or name == "happens_on" else None
    if name == "gestation_at_birth" and given is not None:
        return int(given.partition(" ")[0]) * 7
    return given
