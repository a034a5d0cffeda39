"""What a case holds, before its parts are held against one another."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator

from safeguard_rules.case.base import Part
from safeguard_rules.case.child import Child, Pregnancy
from safeguard_rules.case.events import Change, Concern, Enquiry, Incident, Injury, Move
from safeguard_rules.case.evidence import EvidenceOf, listed
from safeguard_rules.case.extra import ExtraValues
from safeguard_rules.case.fields import BEFORE_AND_AFTER_BIRTH, fact, records
from safeguard_rules.case.people import Person
from safeguard_rules.case.services import (
    Assessment,
    Contact,
    Done,
    Offer,
    ProtectiveFactor,
    Referral,
    Sharing,
    Sleep,
)
from safeguard_rules.values.dates import When
from safeguard_rules.values.frozen import FrozenMap

Vulnerability = Literal[
    "neglect",
    "poverty",
    "no_settled_home",
    "crowded_home",
    "frequent_moves",
    "young_parent",
    "care_leaver",
    "no_support",
    "avoids_services",
    "not_registered_with_gp",
    "learning_difficulty",
    "needs_interpreter",
    "previous_concealed_pregnancy",
]
SupportNeed = Literal["feeding", "bonding", "isolation"]


class FamilyFacts(Part):
    """Facts about the family as a whole, which children who are brothers and sisters may share."""

    all_regular_people_recorded: bool | None = fact(
        "Somebody has asked who else sees the child regularly, and everybody is listed under `people`. "
        "Only this makes the list of people complete; `false` says that it is known to be short.",
        phrase="whether everybody who sees the child regularly is recorded",
        question="Has somebody asked who else sees the child regularly, and is everybody recorded?",
        topic="people",
    )
    vulnerabilities: tuple[Vulnerability, ...] | None = fact(
        "What makes life harder for the family as a whole. An empty list says that somebody looked and found none.",
        phrase="what makes life harder for the family",
        question=(
            "Does any of these make life harder for the family: neglect, poverty, no settled home, a crowded home, "
            "frequent moves, a young parent, a parent who was in care, nobody to support them, avoiding services, "
            "not being registered with a GP, a learning difficulty, the need for an interpreter, an earlier "
            "concealed pregnancy?"
        ),
        topic="support",
    )
    support_needs: tuple[SupportNeed, ...] | None = fact(
        "Where the family would like support. An empty list says that they were asked and want none of these.",
        phrase="where the family would like support",
        question="Would the family like support with feeding, with bonding, or against isolation?",
        topic="support",
        stages=BEFORE_AND_AFTER_BIRTH,
    )


class CaseFacts(Part):
    """Facts about the case itself, which each child has for themself."""

    status: Literal["open", "closed", "never_open"] | None = fact(
        "How the case stands with the service that holds it.",
        phrase="the standing of the case",
        question="Is the case open, has it been closed, or was it never opened?",
        topic="reviewed",
    )
    closed_on: When | None = fact(
        "When the case was closed.",
        phrase="the date on which the case was closed",
        question="When was the case closed?",
        topic="reviewed",
        time="past",
    )
    plan: Literal["no_plan", "early_help", "child_in_need", "child_protection", "looked_after"] | None = fact(
        "The plan that is in force for this child.",
        phrase="the plan in force for the child",
        question=(
            "What plan is in force for this child: none, early help, child in need, child protection, looked after?"
        ),
        topic="reviewed",
    )


class Lists(Part):
    """The lists of a case, what is done, and what is noted about facts."""

    people: tuple[Person, ...] | None = records(
        "Parents, carers and everybody else in the child's life, living with the child or not. "
        "The list counts as complete only with `all_regular_people_recorded: true`.",
        singular="person",
        phrase="a person",
        plural="people",
        question="Who looks after the child, lives in the child's home or sees the child, now and then or regularly?",
        more_question="Who else lives in the child's home, looks after the child or sees the child regularly?",
        topic="people",
    )
    injuries: tuple[Injury, ...] | None = records(
        "Bruises, marks and other injuries to the child. An empty list says that somebody looked and found none.",
        singular="injury",
        phrase="an injury",
        plural="injuries",
        question="Is there any bruise, mark or other injury?",
        more_question="Is there any other bruise, mark or injury?",
        topic="injuries",
    )
    incidents: tuple[Incident, ...] | None = records(
        "Incidents of domestic abuse, known or reported. An empty list says that somebody asked and none is known of.",
        singular="incident",
        phrase="an incident of domestic abuse",
        plural="incidents of domestic abuse",
        question="Is any incident of domestic abuse known or reported?",
        more_question="Is any other incident of domestic abuse known or reported?",
        topic="abuse",
    )
    enquiries: tuple[Enquiry, ...] | None = records(
        "Each time that somebody was asked about abuse.",
        singular="enquiry",
        phrase="an enquiry about abuse",
        plural="enquiries about abuse",
        question="Has anybody been asked about abuse?",
        more_question="Has anybody been asked about abuse at another time?",
        topic="abuse",
    )
    contacts: tuple[Contact, ...] | None = records(
        "Visits, appointments and calls, done or planned.",
        singular="contact",
        phrase="a contact",
        plural="contacts",
        question="What visits, appointments or calls have there been, or are planned?",
        more_question="What other visits, appointments or calls have there been, or are planned?",
        topic="reviewed",
    )
    assessments: tuple[Assessment, ...] | None = records(
        "Risk assessments of this child.",
        singular="assessment",
        phrase="a risk assessment",
        plural="risk assessments",
        question="Has there been a risk assessment of this child?",
        more_question="Has there been any other risk assessment of this child?",
        topic="reviewed",
    )
    changes: tuple[Change, ...] | None = records(
        "News that no other entry of the case holds.",
        singular="change",
        phrase="a piece of news",
        plural="pieces of news",
        question="Has anything new been learned that is not recorded elsewhere in the case?",
        more_question="Has anything else been learned that is not recorded elsewhere in the case?",
        topic="reviewed",
    )
    moves: tuple[Move, ...] | None = records(
        "Changes of home, area, GP or other provider, past or planned.",
        singular="move",
        phrase="a move",
        plural="moves",
        question="Has there been, or will there be, a change of home, area, GP or other provider?",
        more_question="Has there been, or will there be, any other change of home, area, GP or provider?",
        topic="reviewed",
    )
    concerns: tuple[Concern, ...] | None = records(
        "Worries about the child that somebody has voiced.",
        singular="concern",
        phrase="a concern",
        plural="concerns",
        question="Has anybody voiced a worry about the child?",
        more_question="Has anybody voiced any other worry about the child?",
        topic="now",
    )
    sharings: tuple[Sharing, ...] | None = records(
        "Decisions about passing information on.",
        singular="sharing",
        phrase="a decision about sharing information",
        plural="decisions about sharing information",
        question="Is there a decision to make, or already made, about passing information on?",
        more_question="Is there any other decision about passing information on?",
        topic="sharing",
    )
    referrals: tuple[Referral, ...] | None = records(
        "Concerns that were passed to another service.",
        singular="referral",
        phrase="a referral",
        plural="referrals",
        question="Has a concern been passed to another service?",
        more_question="Has any other concern been passed to another service?",
        topic="sharing",
    )
    sleeps: tuple[Sleep, ...] | None = records(
        "Where the baby sleeps, as seen or as planned.",
        singular="sleep",
        phrase="a sleeping arrangement",
        plural="sleeping arrangements",
        question="Where does the baby sleep, by day and by night, and is another arrangement planned?",
        more_question="Does the baby sleep, or will the baby sleep, anywhere else?",
        topic="support",
    )
    offers: tuple[Offer, ...] | None = records(
        "Services that were offered to the family.",
        singular="offer",
        phrase="a service that was offered",
        plural="services that were offered",
        question="Has a service been offered to the family?",
        more_question="Has any other service been offered to the family?",
        topic="support",
    )
    protective_factors: tuple[ProtectiveFactor, ...] | None = records(
        "Strengths, each with its evidence: shown, and never a reason to leave something out.",
        singular="protective_factor",
        phrase="a strength",
        plural="strengths",
        question="What strengths are there?",
        more_question="What other strengths are there?",
        topic="support",
        tested=False,
    )
    done: tuple[Done, ...] | None = Field(
        default=None, description="Recommended actions that have been taken; no rule reads them."
    )
    evidence: EvidenceOf = Field(
        default=FrozenMap(),
        description=(
            "How facts are known, or why they are not, by path: `child.movements`, `injuries[cheek].kind`; "
            "`injuries[cheek]` for its existence, `injuries` for the list being complete."
        ),
    )
    extra: ExtraValues = Field(default=FrozenMap(), description="What extensions add, by the name of the extension.")

    @field_validator("evidence", mode="before")
    @classmethod
    def _evidence_is_listed(cls, given: Any) -> Any:
        return listed(given)


class Subject(Part):
    """Whom the case is about."""

    child: Child | None = Field(default=None, description="The child whom the case is about.")
    pregnancy: Pregnancy | None = Field(default=None, description="The pregnancy with this child.")


# Pydantic puts the fields of the last base first.
class CaseContents(Lists, FamilyFacts, CaseFacts, Subject):
    """Everything that a case holds about one child."""
