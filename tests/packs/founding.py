"""The two founding documents, heading by heading: which statements their registers must have, and what became of each.

Gone through sentence by sentence. A row is one place of the document (the locator that its statements share) and the
statements made of what stands there, each with what became of it. Sentences are not copied here. Whoever takes a
statement away, or the rule that carries it, has to change this table and say why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RULE, SIGNPOST, PEOPLE = "carried", "signposted", "left to people"


@dataclass(frozen=True)
class PlaceInDocument:
    """One paragraph or list item of a document: its locator, and what became of each of its statements."""

    at: str
    statements: Mapping[str, str]


_FACTORS = "Vulnerability and protective factors, paragraph"
_INJURIES = "Responding to bruising and injuries"
_SUPPORT = "What support is there for parents, paragraph"

WILTSHIRE = (
    PlaceInDocument("Opening, paragraph 1", {"vulnerability": PEOPLE}),
    PlaceInDocument(
        "Opening, paragraph 2 (from the Panel's annual report 2022-23)",
        {"other-adults-1": RULE, "other-adults-2": RULE},
    ),
    PlaceInDocument("Opening, paragraph 3", {"panel-publications": PEOPLE}),
    PlaceInDocument("Opening, list of publications, item 1", {"out-of-routine": PEOPLE}),
    PlaceInDocument("Opening, list of publications, item 2", {"invisible-men": PEOPLE}),
    PlaceInDocument("Opening, paragraph 4", {"summit": PEOPLE}),
    PlaceInDocument(
        f"{_FACTORS} 1", {"resource-use": SIGNPOST, "resource-support": SIGNPOST, "resource-summary": SIGNPOST}
    ),
    PlaceInDocument(f"{_FACTORS} 2", {"resource-slides": PEOPLE}),
    PlaceInDocument(f"{_FACTORS} 3", {"safe-sleep-kept": RULE, "safe-sleep-1": RULE}),
    PlaceInDocument(f"{_FACTORS} 4", {"safe-sleep-resources": SIGNPOST, "safe-sleep-2": RULE}),
    PlaceInDocument(
        f"{_FACTORS} 5", {"five-to-thrive-1": SIGNPOST, "five-to-thrive-2": SIGNPOST, "first-1001-days": PEOPLE}
    ),
    PlaceInDocument(f"{_INJURIES}, paragraph 1", {"bruising-1": RULE}),
    PlaceInDocument(f"{_INJURIES}, paragraph 2", {"bruising-2": RULE, "bruising-number": RULE}),
    PlaceInDocument(f"{_INJURIES}, paragraph 3 and list item 1", {"bruising-guidance": RULE}),
    PlaceInDocument(f"{_INJURIES}, list item 2", {"bruising-leaflet": SIGNPOST, "bruising-leaflet-print": PEOPLE}),
    PlaceInDocument(
        f"{_SUPPORT} 1",
        {
            "baby-steps-1": SIGNPOST,
            "baby-steps-2": SIGNPOST,
            "baby-steps-agreement": RULE,
            "baby-steps-form": SIGNPOST,
        },
    ),
    PlaceInDocument(f"{_SUPPORT} 2", {"mum2mum": SIGNPOST}),
    PlaceInDocument(f"{_SUPPORT} 3", {"dadpad": SIGNPOST}),
    PlaceInDocument(f"{_SUPPORT} 4", {"childrens-centres-1": SIGNPOST, "childrens-centres-2": PEOPLE}),
)

STOKE = (
    PlaceInDocument(
        "Paragraph 1",
        {"dependency-1": PEOPLE, "dependency-2": PEOPLE, "support-good-care": SIGNPOST, "alert-others": RULE},
    ),
    PlaceInDocument("Paragraph 2", {"slow-sharing": RULE}),
    PlaceInDocument("Paragraph 2, first reason", {"consent": RULE}),
    PlaceInDocument("Paragraph 2, second reason", {"domestic-abuse": RULE}),
    PlaceInDocument("Paragraph 2, third reason", {"new-information": RULE}),
    PlaceInDocument("Paragraph 2, last sentence", {"training": SIGNPOST}),
    PlaceInDocument(
        "Paragraph 3", {"observation-1": RULE, "observation-2": RULE, "observation-3": RULE, "observation-4": RULE}
    ),
    PlaceInDocument("Paragraph 4", {"fathers-1": RULE, "fathers-2": RULE, "fathers-3": RULE, "fathers-4": RULE}),
    PlaceInDocument("Paragraph 5", {"escalation-1": RULE, "escalation-2": RULE}),
    PlaceInDocument("Last paragraph", {"website": PEOPLE}),
)

DOCUMENTS = {"wiltshire-under-1s": WILTSHIRE, "stoke-thematic-review": STOKE}

Accounted = tuple[str, str, str]
"""A statement's id, its locator, and what became of it."""


def expected_of(source: str) -> tuple[Accounted, ...]:
    """What the register of a document must have, in the order of the document."""
    return tuple((id_, place.at, became) for place in DOCUMENTS[source] for id_, became in place.statements.items())


def left_out(source: str, accounted: Iterable[Accounted]) -> list[str]:
    """What the account of a document lacks, has elsewhere or has otherwise, and what only it has, as sentences."""
    there = {id_: (at, became) for id_, at, became in accounted}
    table = {id_: (at, became) for id_, at, became in expected_of(source)}
    found = [f"{source}/{id_} is gone; it stands at {at}" for id_, (at, _) in table.items() if id_ not in there]
    found += [f"{source}/{id_} is not in the table" for id_ in there if id_ not in table]
    for id_, (at, became) in table.items():
        if id_ in there and there[id_] != (at, became):
            found.append(f"{source}/{id_} is {there[id_][1]} at {there[id_][0]}; expected {became} at {at}")
    return found
