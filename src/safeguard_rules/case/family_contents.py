"""What a family holds: the children, and what they share, with what differs from child to child."""

from __future__ import annotations

from pydantic import Field

from safeguard_rules.case.base import Part
from safeguard_rules.case.child import Child
from safeguard_rules.case.contents import CaseContents, FamilyFacts, Lists
from safeguard_rules.case.events import Effect, Incident
from safeguard_rules.case.header import HeaderFields
from safeguard_rules.case.people import Person, Relation, SeesChild
from safeguard_rules.case.services import Contact, Cue, Seen
from safeguard_rules.values.dates import When
from safeguard_rules.values.frozen import FrozenMap

FOR_CHILDREN = "What differs from child to child, by the id of the child."


class PersonForChild(Part):
    """What a person is to one of the children."""

    relation: Relation | None = Field(default=None, description="Who the person is to this child.")
    lives_with_child: bool | None = Field(
        default=None, description="The person lives where this child lives or will live."
    )
    sees_child: SeesChild | None = Field(default=None, description="How often the person is with this child.")
    joined_on: When | None = Field(default=None, description="When the person became part of this child's life.")
    involved_in_plan: bool | None = Field(
        default=None, description="The person has a part in the current plan for this child and in its meetings."
    )


class IncidentForChild(Part):
    """How an incident reaches one of the children."""

    effect_on_child: tuple[Effect, ...] | None = Field(
        default=None, description="How it reaches this child; being elsewhere at the time makes no empty list."
    )


class ContactForChild(Part):
    """What a contact was to one of the children."""

    seen: Seen | None = Field(default=None, description="Whether this child was seen, and whether awake.")
    observation_recorded: bool | None = Field(
        default=None, description="What this child did, and how the carers were with the child, is written down."
    )
    cues: tuple[Cue, ...] | None = Field(default=None, description="What was noticed about this child.")


class FamilyPerson(Person):
    """A person, once for all children."""

    for_children: FrozenMap[str, PersonForChild] = Field(default=FrozenMap(), description=FOR_CHILDREN)


class FamilyIncident(Incident):
    """An incident of domestic abuse, once for all children."""

    for_children: FrozenMap[str, IncidentForChild] = Field(default=FrozenMap(), description=FOR_CHILDREN)


class FamilyContact(Contact):
    """A visit, an appointment or a call, once for all children."""

    for_children: FrozenMap[str, ContactForChild] = Field(default=FrozenMap(), description=FOR_CHILDREN)


class FamilyChild(CaseContents):
    """One child of a family, with all that is known for this child alone; the same keys as in a case."""

    child: Child = Field(description="The child.")


class FamilyContents(Lists, FamilyFacts):
    """Everything that a family file holds."""

    children: tuple[FamilyChild, ...] = Field(description="The children, each with what is theirs alone.")
    people: tuple[FamilyPerson, ...] | None = Field(
        default=None, description="Parents, carers and everybody else in the children's lives."
    )
    incidents: tuple[FamilyIncident, ...] | None = Field(
        default=None, description="Incidents of domestic abuse, known or reported."
    )
    contacts: tuple[FamilyContact, ...] | None = Field(
        default=None, description="Visits, appointments and calls with the family, done or planned."
    )


class FamilyDocument(FamilyContents, HeaderFields):
    """A file with a family."""


PER_CHILD = {
    "people": tuple(name for name in PersonForChild.model_fields if name != "incomplete"),
    "incidents": tuple(name for name in IncidentForChild.model_fields if name != "incomplete"),
    "contacts": tuple(name for name in ContactForChild.model_fields if name != "incomplete"),
}
"""The facts that may stand under `for_children`, by the list."""
