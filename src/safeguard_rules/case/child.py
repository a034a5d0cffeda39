"""The child, and the pregnancy."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from safeguard_rules.case.base import Part
from safeguard_rules.case.fields import BEFORE_AND_AFTER_BIRTH, BORN, UNBORN, DateOrNotYet, fact
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration


class Child(Part):
    """The child, unborn or born, whom the case is about."""

    id: str = Field(description="A short name for the child, the same in every version of the case; not a real name.")
    label: str | None = Field(default=None, description="A few words shown for the child, such as `the baby`.")
    stage: Literal["unborn", "born", "has_died"] | None = fact(
        "Whether the baby has been born. An expected date in the past settles nothing. "
        "`has_died` includes a loss in pregnancy.",
        phrase="the stage that the child has reached",
        question="Is the baby still to be born, has the baby been born, or has the child died (also before birth)?",
        topic="child",
    )
    born_on: When | None = fact(
        "The child's date of birth; the month or the year alone will do if no more is known.",
        phrase="the child's date of birth",
        question="What is the child's date of birth?",
        topic="child",
        stages=("born", "has_died"),
        time="past",
    )
    expected_on: When | None = fact(
        "The date on which the baby is expected to be born.",
        phrase="the expected date of birth",
        question="On what date is the baby expected to be born?",
        topic="child",
        stages=UNBORN,
        time="any",
    )
    gestation_at_birth: Duration | None = fact(
        "How many weeks of pregnancy had passed when the child was born.",
        phrase="the weeks of pregnancy at birth",
        question="How many weeks of pregnancy had passed when the child was born?",
        topic="child",
        stages=BORN,
    )
    birth_weight: int | None = fact(
        "The child's weight at birth, in grams.",
        phrase="the child's weight at birth in grams",
        question="What did the child weigh at birth, in grams?",
        topic="child",
        stages=BORN,
    )
    movements: (
        tuple[
            Literal[
                "rolls_one_way",
                "rolls_both_ways",
                "sits",
                "crawls",
                "bottom_shuffles",
                "pulls_to_stand",
                "cruises",
                "walks",
            ],
            ...,
        ]
        | None
    ) = fact(
        "What somebody has seen the child do unaided. An empty list says that somebody looked and saw none of these.",
        phrase="the movements that the child has been seen to make unaided",
        question=(
            "What has the child been seen to do unaided: roll one way or both ways, sit, crawl, shuffle along, "
            "pull to stand, cruise, walk?"
        ),
        topic="child",
        stages=BORN,
    )
    seriously_ill_or_hurt: bool | None = fact(
        "The child seems seriously ill or hurt and needs emergency care now.",
        phrase="whether the child is seriously ill or hurt",
        question="Does the child seem seriously ill or hurt, so that emergency care is needed now?",
        topic="now",
        stages=BORN,
    )
    disabled: bool | None = fact(
        "The child has a disability or a delay in development.",
        phrase="whether the child has a disability or a delay in development",
        question="Does the child have a disability or a delay in development?",
        topic="child",
        stages=BORN,
    )


class Pregnancy(Part):
    """The pregnancy with this child."""

    booked_on: DateOrNotYet | None = fact(
        "The date of the first antenatal booking; `not_yet` if none has been made.",
        phrase="the date of the first antenatal booking",
        question="When was the first antenatal booking, or has there been none so far?",
        topic="child",
        stages=BEFORE_AND_AFTER_BIRTH,
        time="past",
        not_yet=True,
    )
    concealed: bool | None = fact(
        "The pregnancy is or was hidden or denied, now or earlier on.",
        phrase="whether the pregnancy has been hidden or denied at any time",
        question="Has the pregnancy been hidden or denied, now or earlier on?",
        topic="child",
        stages=BEFORE_AND_AFTER_BIRTH,
    )
