"""What has been seen, has happened or has been learned: injuries, incidents, concerns, changes and moves."""

from __future__ import annotations

from typing import Literal

from safeguard_rules.case.base import Record
from safeguard_rules.case.fields import BORN, DateOrNotYet, fact
from safeguard_rules.values.dates import When

Effect = Literal["saw", "heard", "lives_with_effects"]


class Injury(Record):
    """A bruise, a mark or another injury to the child."""

    kind: (
        Literal[
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
        ]
        | None
    ) = fact(
        "What it is, as far as can be seen. `uncertain_mark`: it could be a birth mark or a bruise.",
        phrase="the kind of injury",
        question=(
            "What is it, as far as can be seen: a bruise, petechiae (tiny spots of bleeding), a burn or scald, "
            "a fracture, a head injury, a cut or graze, a bite, bleeding in the eye, bleeding from the mouth or "
            "nose, a swelling, a mark that nobody is sure of?"
        ),
        topic="injuries",
        stages=BORN,
    )
    noticed_on: When | None = fact(
        "When a practitioner first saw it or learned of it.",
        phrase="the date on which a practitioner first saw or learned of the injury",
        question="When did a practitioner first see this or learn of it?",
        topic="injuries",
        stages=BORN,
        time="past",
    )
    recorded_as: Literal["birth_mark", "birth_injury", "medical_condition", "not_recorded"] | None = fact(
        "What an earlier record says that this mark is; `not_recorded` if the records were looked at and say nothing.",
        phrase="what an earlier record says that the mark is",
        question=(
            "Do the records already show this mark as a birth mark, a birth injury or a medical condition, "
            "or is it not recorded?"
        ),
        topic="injuries",
        stages=BORN,
    )
    matches_record: bool | None = fact(
        "It has the same place, size and look as in that record.",
        phrase="whether the mark matches that record in place, size and look",
        question="Does the mark match that record in place, size and look?",
        topic="injuries",
        stages=BORN,
    )
    medical_cause: bool | None = fact(
        "A doctor has found a medical cause that explains it.",
        phrase="whether a doctor has found a medical cause that explains the injury",
        question="Has a doctor found a medical cause that explains it?",
        topic="injuries",
        stages=BORN,
    )
    explanation: Literal["none_given", "given"] | None = fact(
        "Whether anybody has explained how it came about.",
        phrase="whether an explanation has been given",
        question="Has anybody explained how this came about?",
        topic="injuries",
        stages=BORN,
    )
    explanation_problems: (
        tuple[
            Literal[
                "implausible",
                "not_enough",
                "not_for_this_stage",
                "not_for_this_site",
                "accounts_differ",
                "account_changed",
                "against_medical_facts",
            ],
            ...,
        ]
        | None
    ) = fact(
        "What does not fit about the explanation. An empty list says that it was tested and nothing was found.",
        phrase="what does not fit about the explanation",
        question=(
            "What, if anything, does not fit about the explanation: it is implausible, it is not enough, it does not "
            "fit the child's stage or the place of the injury, accounts differ or have changed, or it goes against "
            "the medical facts?"
        ),
        topic="injuries",
        stages=BORN,
    )
    proposed: tuple[Literal["wait_and_watch", "date_by_colour"], ...] | None = fact(
        "What somebody has proposed to do about it: to wait and watch, or to date it by its colour.",
        phrase="what somebody has proposed to do about the injury",
        question="Has anybody proposed to wait and watch, or to tell the age of a bruise from its colour?",
        topic="injuries",
        stages=BORN,
    )


class Incident(Record):
    """An incident of domestic abuse, known or reported."""

    happened_on: When | None = fact(
        "When it happened or began.",
        phrase="the date on which the incident happened or began",
        question="When did this happen, or when did it begin?",
        topic="abuse",
        time="past",
    )
    kinds: (
        tuple[
            Literal[
                "physical",
                "choking",
                "sexual",
                "threats",
                "controlling",
                "economic",
                "emotional",
                "stalking",
                "not_described",
            ],
            ...,
        ]
        | None
    ) = fact(
        "What kinds of abuse it was. `not_described`: the record says only that there was domestic abuse.",
        phrase="the kinds of abuse",
        question=(
            "What was done: physical abuse, choking, sexual abuse, threats, controlling, economic or emotional abuse, "
            "stalking? Or does the record not describe it?"
        ),
        topic="abuse",
    )
    by: str | None = fact(
        "Who did it: the id of one of the people.",
        phrase="the person who did it",
        question="Who did it?",
        topic="abuse",
        refers_to="person",
    )
    against: str | None = fact(
        "To whom it was done: the id of one of the people.",
        phrase="the person to whom it was done",
        question="To whom was it done?",
        topic="abuse",
        refers_to="person",
    )
    personally_connected: bool | None = fact(
        "The two are or were partners, are relatives, or are parents of one child.",
        phrase="whether the two are or were partners, are relatives, or are parents of one child",
        question="Are the two, or were they, partners? Or are they relatives, or parents of one child?",
        topic="abuse",
    )
    effect_on_child: tuple[Effect, ...] | None = fact(
        "How it reaches the child. That the child was elsewhere at the time does not make this an empty list.",
        phrase="how the abuse reaches the child",
        question="How does it reach the child: did the child see it, hear it, or live with its effects?",
        topic="abuse",
    )
    notified_on: DateOrNotYet | None = fact(
        "When notice of it came from the police or another agency; `not_yet` if none has come.",
        phrase="the date on which notice of the incident came from the police or another agency",
        question="When did notice of this come from the police or another agency, or has none come yet?",
        topic="abuse",
        time="past",
        not_yet=True,
    )
    health_told: tuple[Literal["health_visitor", "midwife", "gp"], ...] | None = fact(
        "Which of the baby's health workers have been told. An empty list says that none has.",
        phrase="the health workers of the baby who have been told",
        question="Which of the baby's health workers have been told of it: the health visitor, the midwife, the GP?",
        topic="abuse",
    )
    dash_yes_answers: int | None = fact(
        "How many questions of the DASH risk checklist were answered yes, if the checklist was used with the adult.",
        phrase="the number of yes answers on the adult's risk checklist",
        question="If a DASH risk checklist was used with the adult, how many answers were yes?",
        topic="abuse",
    )
    high_risk_in_judgement: bool | None = fact(
        "A worker judges the risk to the adult as high, whatever the checklist gives.",
        phrase="whether a worker judges the risk to the adult as high",
        question="Does a worker judge the risk to the adult as high, whatever the checklist gives?",
        topic="abuse",
    )
    escalating: bool | None = fact(
        "The abuse is getting worse or happening more often.",
        phrase="whether the abuse is getting worse or more frequent",
        question="Is the abuse getting worse or happening more often?",
        topic="abuse",
    )


class Enquiry(Record):
    """One time that somebody was asked about abuse."""

    of: str | None = fact(
        "Who was asked: the id of one of the people.",
        phrase="the person who was asked about abuse",
        question="Who was asked about abuse?",
        topic="abuse",
        refers_to="person",
    )
    asked_on: When | None = fact(
        "When they were asked.",
        phrase="the date on which the person was asked about abuse",
        question="When was this person asked about abuse?",
        topic="abuse",
        time="past",
    )
    alone: bool | None = fact(
        "They were asked in private, with nobody else there.",
        phrase="whether the person was asked in private",
        question="Was this person asked in private, with nobody else there?",
        topic="abuse",
    )


class Change(Record):
    """Something new that has been learned and that no other entry of the case holds."""

    learned_on: When | None = fact(
        "When it was learned.",
        phrase="the date on which the news was learned",
        question="When was this learned?",
        topic="reviewed",
        time="past",
    )
    kind: (
        Literal[
            "person",
            "domestic_abuse",
            "injury",
            "move",
            "substance_misuse",
            "mental_health",
            "pregnancy",
            "missed_contact",
            "carer_returned",
            "older_child",
            "other",
        ]
        | None
    ) = fact(
        "What the news is about.",
        phrase="what the news is about",
        question=(
            "What is the news about: a person, domestic abuse, an injury, a move, substance misuse, mental health, "
            "a pregnancy, a missed contact, a carer who has come back, an older child, or something else?"
        ),
        topic="reviewed",
    )


class Move(Record):
    """A change of home, area, GP or other provider, past or planned."""

    happens_on: When | None = fact(
        "The day of the move; it may lie ahead.",
        phrase="the day of the move",
        question="On what day did or will the move take place?",
        topic="reviewed",
        time="any",
    )
    receipt_of_records: Literal["confirmed", "not_confirmed"] | None = fact(
        "Whether the new service has confirmed that it has the records.",
        phrase="whether the new service has confirmed that it has the records",
        question="Has the new service confirmed that it has the records?",
        topic="reviewed",
    )


class Concern(Record):
    """A worry about the child that somebody has voiced."""

    raised_on: When | None = fact(
        "When the worry was voiced.",
        phrase="the date on which the concern was raised",
        question="When was this concern raised?",
        topic="sharing",
        time="past",
    )
    significant_harm_likely: bool | None = fact(
        "Somebody thinks that significant harm has happened or is likely, before or after the birth.",
        phrase="whether somebody thinks that significant harm has happened or is likely",
        question="Does anybody think that significant harm has happened or is likely, before or after the birth?",
        topic="now",
    )
    immediate_danger: bool | None = fact(
        "The child is in danger now.",
        phrase="whether the child is in immediate danger",
        question="Is the child in danger now?",
        topic="now",
    )
    referral_decision: Literal["refer", "do_not_refer", "undecided"] | None = fact(
        "What has been decided about passing this concern to children's social care; `undecided` if nothing has.",
        phrase="the decision about referring the concern",
        question="Has it been decided to refer this concern, not to refer it, or is that undecided?",
        topic="sharing",
    )
