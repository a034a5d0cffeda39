"""Acceptance B3: a quiet, ordinary family gets universal advice and questions, and every list of actions is short.

All packs are active together. The quiet families are `examples/quiet-case.yaml`, a record that was kept as it should
be, and `examples/quiet-case-little-known.yaml`, the same family as a busy service has it.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from safeguard_rules import Case, Evaluation, Rulebook
from safeguard_rules.packs.names import short
from safeguard_rules.reports.as_text import evaluation_text
from tests.examples import EXAMPLES, FOLDER, Example

QUIET = ("quiet-case", "quiet-case-little-known")
AREAS = (None, "wiltshire", "stoke-on-trent")
EVERYWHERE = {"give-safer-sleep-advice", "give-crying-advice", "point-to-lullaby-trust"}
IN_WILTSHIRE = {"suggest-dadpad", "use-vulnerability-resource"}
WHERE_LITTLE_IS_KNOWN = {"ask-who-sees-child", "observe-baby"}


@cache
def rulebook(area: str | None) -> Rulebook:
    return Rulebook.load(locality=area)


@cache
def evaluated(name: str, area: str | None) -> Evaluation:
    file = Example(FOLDER / f"{name}.yaml").file()
    assert isinstance(file.case, Case)
    assert file.header.as_of is not None
    return rulebook(area).evaluate(file.case, as_of=file.header.as_of, role=file.header.role)


def leading(evaluation: Evaluation) -> str:
    """What stands under what to do now."""
    return evaluation_text(evaluation.document()).partition("What to do now\n")[2].partition("\n\n")[0]


both_families = pytest.mark.parametrize("name", QUIET)
every_area = pytest.mark.parametrize("area", AREAS)


@both_families
@every_area
def test_acceptance_b3_all_packs_are_active(name: str, area: str | None) -> None:
    packs = {part.id for part in evaluated(name, area).record.packs}
    assert len(packs) == 11 + (area is not None)  # ten, what they share, and the locality


@both_families
@every_area
def test_acceptance_b3_a_quiet_family_gets_universal_advice_and_nothing_else(name: str, area: str | None) -> None:
    evaluation = evaluated(name, area)
    expected = set(EVERYWHERE)
    if area == "wiltshire":
        expected |= IN_WILTSHIRE
    if name == "quiet-case-little-known":
        expected |= WHERE_LITTLE_IS_KNOWN

    assert {short(action.action) for action in evaluation.actions} == expected
    assert all(action.repeats for action in evaluation.actions), "each is standing advice, for every contact"
    assert {action.obligation for action in evaluation.actions} <= {"should", "consider"}
    assert not evaluation.conflicts


@both_families
@every_area
def test_acceptance_b3_no_referral_no_abuse_no_injury(name: str, area: str | None) -> None:
    applying = {finding.rule.partition(":")[0] for finding in evaluated(name, area).findings.applies}

    assert not applying & {
        "non-mobile-injury",
        "domestic-abuse-exposure",
        "professional-escalation",
        "reassessment",
        "consent-clarity",
    }
    assert not any(action.contact_key for action in evaluated(name, area).actions)


@both_families
@every_area
def test_acceptance_b3_what_leads_is_one_line_of_standing_advice_and_no_all_clear(name: str, area: str | None) -> None:
    told = leading(evaluated(name, area))

    assert "This is no assurance" in told
    assert re.findall(r"^  ([A-Z]{4,}) ", told, re.MULTILINE) == ["ALWAYS"]


@every_area
def test_acceptance_b3_a_record_that_was_kept_leaves_hardly_anything_to_ask(area: str | None) -> None:
    asked = {question.path for question in evaluated("quiet-case", area).questions}
    assert asked == {"people[grandmother].engaging_could_endanger_somebody"} | ({"locality"} if area is None else set())


@every_area
def test_acceptance_b3_where_little_is_known_it_asks_and_never_takes_it_for_no(area: str | None) -> None:
    evaluation = evaluated("quiet-case-little-known", area)
    asked = {question.path for question in evaluation.questions}

    assert {"incidents", "people", "case.all_regular_people_recorded", "sleeps"} <= asked
    assert evaluation.findings.undetermined


@both_families
@every_area
def test_acceptance_b3_nobody_is_asked_what_a_health_visitor_would_find_absurd(name: str, area: str | None) -> None:
    asked = {question.path for question in evaluated(name, area).questions}
    of_a_toddler = ("history", "engaging_could_endanger_somebody", "police_information", "signs_of_abuse", "identified")

    assert not asked & {f"people[sister].{fact}" for fact in of_a_toddler}
    assert not asked & {"people[mother].sex", "people[mother].sees_child", "child.movements"}
    assert not {path for path in asked if path.startswith("contacts[antenatal]")}


# --- every example: how long its list is, so that growth is seen in review

LISTS = {
    "cheek": [(6, 18)],
    "cheek-three-days-on": [(6, 24)],
    "complete-case": [(6, 50)],
    "complete-family": [(6, 15), (6, 10)],
    "empty": [(0, 0)],
    "quiet-case": [(1, 3)],
    "quiet-case-little-known": [(1, 5)],
    "stories/birmingham-1-witnessed": [(7, 12)],
    "stories/birmingham-2-stepped-down": [(7, 13)],
    "stories/brighton-nothing-to-see": [(2, 7)],
    "stories/bury-two-bruises": [(6, 12)],
    "stories/norfolk-notification": [(7, 14), (7, 14)],
    "stories/norfolk-party": [(7, 14)],
}
"""For each child of each example: the lines under what to do now, and all recommended actions. A change here is a
change of what a practitioner has to read: say in the review why it is worth it."""

MOST_LINES = 7


def counted(evaluation: Evaluation) -> tuple[int, int]:
    """The lines of actions under what to do now, and the number of all actions."""
    return len(re.findall(r"^  [A-Z]{4,} ", leading(evaluation), re.MULTILINE)), len(evaluation.actions)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_b3_the_length_of_the_list_of_each_example_is_known(example: Example) -> None:
    assert [counted(evaluation) for evaluation in example.evaluations()] == LISTS[str(example)]


def test_acceptance_b3_the_table_names_every_example_and_no_other() -> None:
    assert set(LISTS) == {str(example) for example in EXAMPLES}


def test_acceptance_b3_no_example_has_more_than_seven_lines() -> None:
    assert max(lines for each in LISTS.values() for lines, _ in each) <= MOST_LINES
