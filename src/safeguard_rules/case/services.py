"""What services have done or plan to do: contacts, assessments, sharing, referrals, sleep, offers, what is done."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from safeguard_rules.case.base import CaseModel, Record
from safeguard_rules.case.fields import BORN, DateOrNotYet, fact
from safeguard_rules.values.dates import When

Seen = Literal["awake", "asleep", "not_seen"]
Cue = Literal["silent", "still", "watchful", "unusual", "content", "alert", "warm_with_carer"]


class Contact(Record):
    """A visit, an appointment or a call, done or planned."""

    happens_on: When | None = fact(
        "The day of the contact; it may lie ahead.",
        phrase="the day of the contact",
        question="On what day did or will this contact take place?",
        topic="reviewed",
        time="any",
    )
    seen: Seen | None = fact(
        "Whether the child was seen, and whether awake.",
        phrase="whether the child was seen, awake or asleep",
        question="Was the child seen awake, seen asleep, or not seen?",
        topic="reviewed",
        stages=BORN,
    )
    observation_recorded: bool | None = fact(
        "What the child did, and how the carers were with the child, is written down.",
        phrase="whether it is written down what the child did and how the carers were with the child",
        question="Is it written down what the child did, and how the carers were with the child?",
        topic="reviewed",
        stages=BORN,
    )
    cues: tuple[Cue, ...] | None = fact(
        "What was noticed about the child. An empty list says that somebody looked and noticed none of these.",
        phrase="what was noticed about the child",
        question=(
            "What was noticed about the child: silent, still, watchful, unusual in some other way, content, alert, "
            "warm with a carer?"
        ),
        topic="reviewed",
        stages=BORN,
    )
    present: tuple[str, ...] | None = fact(
        "Who was there or will be there: ids of people.",
        phrase="the people who were or will be there",
        question="Who was there, or will be there?",
        topic="reviewed",
        refers_to="person",
    )


class Assessment(Record):
    """A risk assessment of this child."""

    finished_on: DateOrNotYet | None = fact(
        "When the assessment was finished; `not_yet` while it is going on.",
        phrase="the date on which the assessment was finished",
        question="When was this assessment finished, or is it still going on?",
        topic="reviewed",
        time="past",
        not_yet=True,
    )
    people: tuple[str, ...] | None = fact(
        "Whose part in the child's life the assessment looked at: ids of people.",
        phrase="the people whose part in the child's life the assessment looked at",
        question="Whose part in the child's life did this assessment look at?",
        topic="reviewed",
        refers_to="person",
    )
    rating: Literal["low", "medium", "high"] | None = fact(
        "The risk rating that the assessment gave. It is shown with its age and never tested.",
        phrase="the risk rating of the assessment",
        question="What risk rating did this assessment give?",
        topic="reviewed",
    )
    rests_on: tuple[Literal["parent_account", "other_account", "observation", "records", "examination"], ...] | None = (
        fact(
            "What the assessment rests on.",
            phrase="what the assessment rests on",
            question=(
                "What does this assessment rest on: a parent's account, somebody else's account, observation, records, "
                "an examination?"
            ),
            topic="reviewed",
        )
    )
    reasons_for_lower_risk: tuple[Literal["reconciliation", "engagement", "calm", "change_seen"], ...] | None = fact(
        "The reasons given for lowering the rating or for closing. An empty list says that none was given.",
        phrase="the reasons given for lowering the risk rating or closing",
        question=(
            "What reasons were given for lowering the rating or closing, if any: reconciliation, engagement, calm, "
            "change that was seen?"
        ),
        topic="reviewed",
    )
    evidence_over_time: bool | None = fact(
        "Those reasons are borne out over time, by more than what was said.",
        phrase="whether those reasons are borne out over time by more than what was said",
        question="Are those reasons borne out over time, by more than what was said?",
        topic="reviewed",
    )


class Sharing(Record):
    """A decision about passing information on."""

    purpose: Literal["protect_child", "arrange_service"] | None = fact(
        "What the information would be shared for.",
        phrase="what the information would be shared for",
        question="Would the information be shared to protect the child, or to arrange a service?",
        topic="sharing",
    )
    decision: Literal["share", "do_not_share", "unsure"] | None = fact(
        "What has been decided; `unsure` if nobody can say yet.",
        phrase="the decision about sharing",
        question="Has it been decided to share, not to share, or is nobody sure yet?",
        topic="sharing",
    )
    agreement: Literal["not_asked", "agreed", "refused"] | None = fact(
        "Whether the family agreed to the sharing, refused, or was not asked.",
        phrase="the family's answer about the sharing",
        question="Did the family agree to the sharing, refuse, or have they not been asked?",
        topic="sharing",
    )
    telling_family_would: tuple[Literal["raise_risk", "harm_crime_enquiry", "cause_delay"], ...] | None = fact(
        "What telling the family first would do. An empty list says that this was considered and nothing was found.",
        phrase="what telling the family first would do",
        question=(
            "What would telling the family first do: raise the risk to anybody, harm an enquiry into a serious crime, "
            "cause delay, or none of these?"
        ),
        topic="sharing",
    )
    could_reach_abuser: bool | None = fact(
        "The details could let an abuser know who told, or find a victim.",
        phrase="whether details could let an abuser know who told or find a victim",
        question="Could the details let an abuser know who told, or find a victim?",
        topic="sharing",
    )
    reasons_recorded: bool | None = fact(
        "The decision and its reasons are written down.",
        phrase="whether the decision and its reasons are written down",
        question="Are the decision and its reasons written down?",
        topic="sharing",
    )


class Referral(Record):
    """A concern that was passed to another service."""

    sent_on: When | None = fact(
        "When the referral was sent, with the time of day if it is known.",
        phrase="the moment at which the referral was sent",
        question="When was this referral sent?",
        topic="sharing",
        time="past",
    )
    acknowledged_on: DateOrNotYet | None = fact(
        "When the other service acknowledged it; `not_yet` if it has not.",
        phrase="the moment at which the other service acknowledged the referral",
        question="When did the other service acknowledge this referral, or has it not done so yet?",
        topic="sharing",
        time="past",
        not_yet=True,
    )
    response: Literal["accepted", "refused", "passed_to_early_help", "more_enquiries_by_referrer", "awaited"] | None = (
        fact(
            "What the other service decided; `more_enquiries_by_referrer` if it asked the referrer to find out more.",
            phrase="the response to the referral",
            question=(
                "What did the other service decide: did it accept the referral, refuse it, pass it to early help, ask "
                "the referrer for more enquiries, or is the answer awaited?"
            ),
            topic="sharing",
        )
    )
    referrer_accepts_response: bool | None = fact(
        "The person who shared the concern believes that the response is enough.",
        phrase="whether the person who shared the concern believes that the response is enough",
        question="Does the person who shared the concern believe that the response is enough?",
        topic="sharing",
    )
    disagreement_settled_on: DateOrNotYet | None = fact(
        "When everybody accepted an outcome; `not_yet` while they disagree.",
        phrase="the date on which everybody accepted an outcome",
        question="When did everybody accept an outcome, or has that not happened yet?",
        topic="sharing",
        time="past",
        not_yet=True,
    )
    outcome_recorded: bool | None = fact(
        "The decision, its reason and a date to review it are written down.",
        phrase="whether the decision, its reason and a review date are written down",
        question="Are the decision, its reason and a date to review it written down?",
        topic="sharing",
    )


class Sleep(Record):
    """A sleeping arrangement, seen or planned."""

    surface: (
        Literal["cot_or_basket", "adult_bed_alone", "adult_bed_shared", "sofa", "armchair", "car_seat", "other"] | None
    ) = fact(
        "Where the baby sleeps or will sleep.",
        phrase="where the baby sleeps or will sleep",
        question=(
            "Where does or will the baby sleep: in a cot or basket, in an adult's bed alone or shared, on a sofa, "
            "in an armchair, in a car seat, or elsewhere?"
        ),
        topic="support",
        stages=BORN,
    )
    adult_risks: tuple[Literal["smokes", "alcohol", "drugs", "drowsy_medicine", "extreme_tiredness"], ...] | None = (
        fact(
            "What applies to an adult who shares the bed or cares for the baby that night. "
            "An empty list says that somebody asked and none applies.",
            phrase="what applies to an adult who shares the bed or cares for the baby that night",
            question=(
                "Does any of these apply to an adult who shares the bed or cares for the baby that night: smoking, "
                "alcohol, drugs, medicine that makes drowsy, extreme tiredness?"
            ),
            topic="support",
            stages=BORN,
        )
    )
    out_of_routine: Literal["ordinary", "move", "refuge", "party", "staying_away", "illness", "heat"] | None = fact(
        "What makes this sleep different from other nights; `ordinary` if nothing does.",
        phrase="what makes this sleep different from other nights",
        question=(
            "What, if anything, makes this sleep different from other nights: a move, a refuge, a party, "
            "staying away, illness, heat?"
        ),
        topic="support",
        stages=BORN,
    )


class Offer(Record):
    """A service that was offered to the family."""

    service: Literal["baby_steps", "early_help", "child_in_need_support", "other"] | None = fact(
        "Which service was offered.",
        phrase="the service that was offered",
        question="Which service was offered: Baby Steps, early help, support for a child in need, or another?",
        topic="support",
    )
    agreement: Literal["not_asked", "agreed", "refused"] | None = fact(
        "Whether the family agreed to the service, refused, or was not asked.",
        phrase="the family's answer to the offer",
        question="Did the family agree to the service, refuse it, or have they not been asked?",
        topic="support",
    )


class ProtectiveFactor(Record):
    """A strength, with its evidence: always shown, and never a reason to leave something out."""

    what: str | None = fact(
        "What the strength is.",
        phrase="the strength",
        question="What is the strength?",
        topic="support",
    )
    evidence: str | None = fact(
        "What it was seen by.",
        phrase="the evidence of the strength",
        question="What shows this strength?",
        topic="support",
    )
    verified_by: str | None = fact(
        "Who has checked it.",
        phrase="who has checked the strength",
        question="Who has checked this?",
        topic="support",
    )


class Done(CaseModel):
    """A recommended action that has been taken; no rule reads it."""

    action: str = Field(description="The id of the action that was taken.")
    about: str | None = Field(
        default=None, description="The id of the entry for which it was taken; the child if left out."
    )
    done_on: When | None = Field(default=None, description="When it was taken, with the time of day if it is known.")
