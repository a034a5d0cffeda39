"""The people in the child's life."""

from __future__ import annotations

from typing import Literal

from safeguard_rules.case.base import Record
from safeguard_rules.case.fields import fact
from safeguard_rules.values.dates import When

Relation = Literal["mother", "father", "parents_partner", "grandparent", "other_relative", "friend", "lodger", "other"]
SeesChild = Literal["never", "sometimes", "regularly"]


class Person(Record):
    """A parent, a carer or anybody else in the child's life, of any age and sex, living with the child or not."""

    relation: Relation | None = fact(
        "Who the person is to the child.",
        phrase="who the person is to the child",
        question="Who is this person to the child?",
        topic="people",
    )
    sex: Literal["female", "male", "other"] | None = fact(
        "The person's sex. The rules cover anybody with regular contact; for men they add what reviews have learned.",
        phrase="the person's sex",
        question="What is this person's sex?",
        topic="people",
    )
    born_on: When | None = fact(
        "The person's date of birth; the month or the year alone will do if no more is known.",
        phrase="the person's date of birth",
        question="What is this person's date of birth?",
        topic="people",
        time="past",
    )
    identified: bool | None = fact(
        "It is known who this person is.",
        phrase="whether it is known who the person is",
        question="Is it known who this person is?",
        topic="people",
    )
    lives_with_child: bool | None = fact(
        "The person lives where the child lives or will live.",
        phrase="whether the person lives in the child's home",
        question="Does this person live in the child's home, or in the home that the baby will come to?",
        topic="people",
    )
    sees_child: SeesChild | None = fact(
        "How often the person is with the child, living there or not; before the birth, how often they will be.",
        phrase="how often the person sees the child",
        question=(
            "How often is this person with the child (or was, or will be), living there or not: "
            "never, sometimes, regularly?"
        ),
        topic="people",
    )
    joined_on: When | None = fact(
        "When the person became part of the child's life, or of the family's before the birth.",
        phrase="the date on which the person became part of the child's life",
        question="When did this person become part of the child's life?",
        topic="people",
        time="past",
    )
    information_from: tuple[Literal["themself", "other_parent", "records", "others"], ...] | None = fact(
        "Where what is known about this person came from: themself, the other parent, records, others.",
        phrase="the sources of what is known about the person",
        question=(
            "Where did what is known about this person come from: the person, the other parent, records, others?"
        ),
        topic="people",
    )
    history: (
        tuple[
            Literal[
                "violence",
                "domestic_abuse",
                "child_injured",
                "child_removed",
                "substance_misuse",
                "mental_ill_health",
                "abused_as_child",
            ],
            ...,
        ]
        | None
    ) = fact(
        "What is known from this person's past. An empty list says that somebody looked and found none of these.",
        phrase="what is known from the person's past",
        question=(
            "What is known from this person's past: violence, domestic abuse, a child injured in their care, "
            "a child removed, substance misuse, mental ill-health, abuse of them as a child?"
        ),
        topic="people",
    )
    signs_of_abuse: bool | None = fact(
        "There are signs that this person may be being abused.",
        phrase="whether there are signs that the person may be being abused",
        question="Are there signs that this person may be being abused?",
        topic="abuse",
    )
    engaging_could_endanger_somebody: bool | None = fact(
        "Approaching this person could raise the risk to an adult or a child.",
        phrase="whether approaching the person could put somebody in danger",
        question="Could approaching this person put an adult or a child in danger?",
        topic="abuse",
    )
    involved_in_plan: bool | None = fact(
        "The person has a part in the current plan for the child and in its meetings.",
        phrase="whether the person has a part in the plan and its meetings",
        question="Does this person have a part in the current plan and its meetings?",
        topic="people",
    )
    police_information: Literal["not_sought", "awaited", "received", "not_needed"] | None = fact(
        "Whether information that the police hold about this person has been sought.",
        phrase="how far police information about the person has been sought",
        question="Has police information about this person been sought, is it awaited, received, or not needed?",
        topic="people",
    )
