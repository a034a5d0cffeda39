"""Cases made by seeded chance, in the vocabulary of `benchmarks/forty`: the same seed gives the same cases.

Each is a plain tree as `Case.model_validate` takes it, about 1.9 kB as JSON. Some 15 % of the fields and 5 % of the
lists are unknown. Dates and numbers fall on both sides of each threshold of the forty rules, and in between. The child
is always known to be born, no date is partial, and only contacts lie ahead, so that every peer can express the cases.

    python -m benchmarks.making_cases 1000 --seed 7 > cases.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

AS_OF = date(2026, 3, 2)
"""The day for which the cases are made and evaluated."""

UNKNOWN = 0.15
UNKNOWN_LIST = 0.05

Plain = dict[str, Any]
Draw = Callable[[Random], Any]


def cases(count: int, seed: int = 1, first: int = 0, *, known: bool = False) -> list[Plain]:
    """So many cases, from number `first` on; case n of a seed is the same whatever else is made.

    `known`: nothing in them is unknown, as engines need it that know only true and false.
    """
    return list(each_case(count, seed, first, known=known))


def each_case(count: int, seed: int = 1, first: int = 0, *, known: bool = False) -> Iterator[Plain]:
    """The same, one after the other."""
    for number in range(first, first + count):
        yield one_case(Random(seed * 1_000_003 + number), number, known=known)


def one_case(chance: Random, number: int, *, known: bool = False) -> Plain:
    """One case."""
    unknown, unknown_list = (0.0, 0.0) if known else (UNKNOWN, UNKNOWN_LIST)
    case: Plain = {"child": {"id": f"child-{number}", "stage": "born", **_fields(chance, CHILD, unknown)}}
    pregnancy = _fields(chance, PREGNANCY, unknown)
    if pregnancy:
        case["pregnancy"] = pregnancy
    case |= _fields(chance, CASE, unknown)
    for name, sizes, fields in LISTS:
        if chance.random() >= unknown_list:
            count = chance.choice(sizes)
            case[name] = [{"id": f"{name}-{n}", **_fields(chance, fields, unknown)} for n in range(count)]
    if "people" in case:
        case["all_regular_people_recorded"] = True  # else the list would be open, and hardly anything decided
    return case


def _fields(chance: Random, fields: Mapping[str, Draw], unknown: float) -> Plain:
    return {name: draw(chance) for name, draw in fields.items() if chance.random() >= unknown}


# --- how values are drawn


def word(*words: str) -> Draw:
    """One of these words; one that is named twice is twice as likely."""
    return lambda chance: chance.choice(words)


def words(most: int, *words: str) -> Draw:
    """A set of so many of these words at most, in their order."""

    def draw(chance: Random) -> list[str]:
        picked = set(chance.sample(words, chance.randint(0, most)))
        return [each for each in words if each in picked]

    return draw


def yes(share: float) -> Draw:
    """True for this share."""
    return lambda chance: chance.random() < share


def near(thresholds: Sequence[int], low: int, high: int, step: int = 1) -> Draw:
    """A whole number: on a threshold or a step beside it, or anywhere from `low` to `high`."""
    close = tuple(t + s for t in thresholds for s in (-step, 0, step) if low <= t + s <= high)

    def draw(chance: Random) -> int:
        return chance.choice(close) if close and chance.random() < 0.5 else chance.randint(low, high)

    return draw


def ago(thresholds: Sequence[int], high: int, low: int = 0) -> Draw:
    """A day so many days before `AS_OF`; a negative number of days lies ahead."""
    number = near(thresholds, low, high)
    return lambda chance: (AS_OF - timedelta(days=number(chance))).isoformat()


def or_not_yet(draw: Draw, share: float) -> Draw:
    """What is drawn, or `not_yet` for this share."""
    return lambda chance: "not_yet" if chance.random() < share else draw(chance)


def weeks(thresholds: Sequence[int], low: int, high: int) -> Draw:
    """A length of time in weeks."""
    number = near(thresholds, low, high)
    return lambda chance: f"{number(chance)} weeks"


CHILD: Mapping[str, Draw] = {
    "born_on": ago((42, 84, 182, 364), 500, 1),
    "gestation_at_birth": weeks((24, 34, 37), 22, 42),
    "birth_weight": near((2500, 2800), 900, 4600),
    "movements": words(3, "rolls_one_way", "rolls_both_ways", "sits", "crawls", "bottom_shuffles", "cruises", "walks"),
    "seriously_ill_or_hurt": yes(0.2),
    "disabled": yes(0.3),
}
PREGNANCY: Mapping[str, Draw] = {
    "booked_on": or_not_yet(ago((120,), 500), 0.15),
    "concealed": yes(0.2),
}
CASE: Mapping[str, Draw] = {
    "status": word("open", "open", "closed", "never_open"),
    "closed_on": ago((28,), 400),
    "plan": word("no_plan", "early_help", "child_in_need", "child_protection", "looked_after"),
    "vulnerabilities": words(
        3,
        *("neglect", "poverty", "no_settled_home", "crowded_home", "frequent_moves", "young_parent", "no_support"),
        *("avoids_services", "not_registered_with_gp", "learning_difficulty", "needs_interpreter"),
        "previous_concealed_pregnancy",
    ),
    "support_needs": words(2, "feeding", "bonding", "isolation"),
}
INJURY: Mapping[str, Draw] = {
    "kind": word(
        *("bruise", "bruise", "petechiae", "burn_or_scald", "fracture", "head_injury", "cut_or_graze", "bite"),
        *("eye_bleed", "mouth_bleeding", "swelling", "uncertain_mark", "other"),
    ),
    "noticed_on": ago((7, 14, 28), 120),
    "matches_record": yes(0.4),
    "medical_cause": yes(0.3),
    "explanation": word("none_given", "given", "given"),
    "explanation_problems": words(2, "implausible", "not_enough", "not_for_this_stage", "accounts_differ"),
}
INCIDENT: Mapping[str, Draw] = {
    "happened_on": ago((3, 28, 90), 500),
    "kinds": words(2, "physical", "choking", "sexual", "threats", "controlling", "economic", "emotional", "stalking"),
    "effect_on_child": words(2, "saw", "heard", "lives_with_effects"),
    "notified_on": or_not_yet(ago((14,), 60), 0.25),
    "dash_yes_answers": near((5, 10, 13), 0, 24),
    "escalating": yes(0.3),
}
PERSON: Mapping[str, Draw] = {
    "relation": word("mother", "father", "parents_partner", "grandparent", "friend", "lodger", "other"),
    "identified": yes(0.85),
    "lives_with_child": yes(0.5),
    "sees_child": word("never", "sometimes", "regularly", "regularly"),
    "joined_on": ago((56,), 500),
    "history": words(2, "violence", "domestic_abuse", "child_injured", "child_removed", "substance_misuse"),
    "signs_of_abuse": yes(0.2),
    "police_information": word("not_sought", "awaited", "received", "received", "not_needed", "not_needed"),
}
CONTACT: Mapping[str, Draw] = {
    "happens_on": ago((-7, 0, 10, 14, 56), 90, -20),
    "seen": word("awake", "awake", "asleep", "not_seen"),
    "observation_recorded": yes(0.7),
    "cues": words(2, "silent", "still", "watchful", "content", "alert", "warm_with_carer"),
}
REFERRAL: Mapping[str, Draw] = {
    "sent_on": ago((3, 21), 60),
    "acknowledged_on": or_not_yet(ago((), 30), 0.4),
    "response": word("accepted", "refused", "passed_to_early_help", "more_enquiries_by_referrer", "awaited", "awaited"),
    "outcome_recorded": yes(0.6),
}
LISTS: tuple[tuple[str, tuple[int, ...], Mapping[str, Draw]], ...] = (
    ("injuries", (0, 1, 1, 2, 3), INJURY),
    ("incidents", (0, 1, 2, 3), INCIDENT),
    ("people", (1, 2, 3, 4, 5), PERSON),
    ("contacts", (1, 2, 3, 4), CONTACT),
    ("referrals", (0, 1, 1, 2, 3), REFERRAL),
)


def main() -> int:
    """Writes cases as lines of JSON."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("count", type=int)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    for case in each_case(given.count, given.seed):
        sys.stdout.write(json.dumps(case, separators=(",", ":")) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
