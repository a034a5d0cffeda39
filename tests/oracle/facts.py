"""The small vocabulary of the oracle, written down a second time: what its facts hold and in which stages they exist.

A test holds it against the library's own vocabulary, so that neither can drift.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Sort = Literal["flag", "word", "words", "number", "date", "length", "reference", "references"]

EVER = ("unborn", "born", "has_died")
BORN = ("born",)
LISTS: Mapping[str, str] = {
    "injury": "injuries",
    "person": "people",
    "incident": "incidents",
    "referral": "referrals",
    "contact": "contacts",
}
"""The singular of each list with its name."""

LIST_STAGES: Mapping[str, tuple[str, ...]] = {kind: BORN if kind == "injury" else EVER for kind in LISTS}
SINGLE = ("child", "case", "pregnancy")


@dataclass(frozen=True)
class Field:
    """What the oracle knows of one fact; `since` names the date that a derived length runs from."""

    sort: Sort
    words: tuple[str, ...] = ()
    stages: tuple[str, ...] = EVER
    past: bool = False
    not_yet: bool = False
    since: str | None = None


MOVEMENTS = (
    "rolls_one_way",
    "rolls_both_ways",
    "sits",
    "crawls",
    "bottom_shuffles",
    "pulls_to_stand",
    "cruises",
    "walks",
)
INJURIES = (
    "bruise",
    "petechiae",
    "burn_or_scald",
    "fracture",
    "head_injury",
    "cut_or_graze",
    "bite",
    "eye_bleed",
    "mouth_bleeding",
    "nose_bleeding",
    "swelling",
    "uncertain_mark",
    "other",
)
ABUSE = (
    "physical",
    "choking",
    "sexual",
    "threats",
    "controlling",
    "economic",
    "emotional",
    "stalking",
    "not_described",
)
RELATIONS = ("mother", "father", "parents_partner", "grandparent", "other_relative", "friend", "lodger", "other")
SUPPORT = ("feeding", "bonding", "isolation")
PLANS = ("no_plan", "early_help", "child_in_need", "child_protection", "looked_after")
RECORDED = ("birth_mark", "birth_injury", "medical_condition", "not_recorded")

FIELDS: Mapping[str, Field] = {
    "child.stage": Field("word", EVER),
    "child.born_on": Field("date", stages=("born", "has_died"), past=True),
    "child.expected_on": Field("date", stages=("unborn",)),
    "child.movements": Field("words", MOVEMENTS, BORN),
    "child.birth_weight": Field("number", stages=BORN),
    "child.gestation_at_birth": Field("length", stages=BORN),
    "child.disabled": Field("flag", stages=BORN),
    "child.age": Field("length", stages=BORN, since="born_on"),
    "child.gestation": Field("length", stages=("unborn",), since="expected_on"),
    "case.plan": Field("word", PLANS),
    "case.closed_on": Field("date", past=True),
    "case.all_regular_people_recorded": Field("flag"),
    "case.support_needs": Field("words", SUPPORT, ("unborn", "born")),
    "pregnancy.booked_on": Field("date", stages=("unborn", "born"), past=True, not_yet=True),
    "pregnancy.concealed": Field("flag", stages=("unborn", "born")),
    "injury.id": Field("reference"),
    "injury.kind": Field("word", INJURIES, BORN),
    "injury.noticed_on": Field("date", stages=BORN, past=True),
    "injury.recorded_as": Field("word", RECORDED, BORN),
    "injury.matches_record": Field("flag", stages=BORN),
    "person.id": Field("reference"),
    "person.relation": Field("word", RELATIONS),
    "person.sees_child": Field("word", ("never", "sometimes", "regularly")),
    "person.identified": Field("flag"),
    "person.information_from": Field("words", ("themself", "other_parent", "records", "others")),
    "person.born_on": Field("date", past=True),
    "person.age": Field("length", since="born_on"),
    "incident.id": Field("reference"),
    "incident.happened_on": Field("date", past=True),
    "incident.notified_on": Field("date", past=True, not_yet=True),
    "incident.kinds": Field("words", ABUSE),
    "incident.dash_yes_answers": Field("number"),
    "incident.against": Field("reference"),
    "referral.id": Field("reference"),
    "referral.sent_on": Field("date", past=True),
    "referral.acknowledged_on": Field("date", past=True, not_yet=True),
    "contact.id": Field("reference"),
    "contact.happens_on": Field("date"),
    "contact.seen": Field("word", ("awake", "asleep", "not_seen"), BORN),
    "contact.present": Field("references"),
}
"""The facts by path. References here are always to people."""


def fields_of(owner: str) -> tuple[str, ...]:
    """The short names of the facts of the child, the case, the pregnancy or one record of a list."""
    return tuple(path.partition(".")[2] for path in FIELDS if path.partition(".")[0] == owner)
