"""The page on what changed and when: its days are those of the packs, and each of them evaluates as it says."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from safeguard_rules import Evaluation, Rulebook
from safeguard_rules.values.dates import AsOf
from tests.packs_in_text import case, text_of

PAGE = Path(__file__).parents[1] / "docs" / "guidance-over-time.md"
DAYS = re.findall(r"^\| (\d{4}-\d\d-\d\d) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
"""The days in the page's table."""

ABUSE = """
    child: {id: baby, stage: born, born_on: BORN}
    people:
      - {id: mother, relation: mother, born_on: 1994}
      - {id: father, relation: father, born_on: 1992}
    incidents:
      - id: evening
        happened_on: BORN
        notified_on: BORN
        by: father
        against: mother
        personally_connected: true
        effect_on_child: [saw]
        health_told: []
    """
SHARING = """
    child: {id: baby, stage: born, born_on: BORN}
    concerns: [{id: worry, raised_on: BORN}]
    sharings:
      - id: report
        purpose: protect_child
        agreement: refused
        decision: unsure
        telling_family_would: []
        could_reach_abuser: true
    """
INJURIES = """
    child: {id: baby, stage: born, born_on: BORN, movements: [sits]}
    injuries:
      - {id: arm, kind: bruise, explanation: none_given, medical_cause: false, recorded_as: not_recorded}
      - {id: foot, kind: burn_or_scald, explanation: none_given, recorded_as: not_recorded}
    """


@cache
def rulebook() -> Rulebook:
    return Rulebook.load()


def around(day: str, text: str) -> list[Evaluation]:
    """A case, some weeks old, on the day before and on the day."""
    on = date.fromisoformat(day)
    given = case(text.replace("BORN", str(on - timedelta(weeks=6))))
    return [rulebook().evaluate(given, as_of=each) for each in (on - timedelta(days=1), on)]


def resting(evaluation: Evaluation) -> set[str]:
    return {each.rule.rpartition(":")[2] for each in evaluation.not_in_force}


def sources(evaluation: Evaluation) -> set[str]:
    """The sources that the recommended actions cite, by id."""
    found = {each.statement for action in evaluation.actions for each in action.citations}
    return {statement.partition(":")[2].rpartition("/")[0] for statement in found}


def actions(evaluation: Evaluation, obligation: str) -> set[str]:
    return {
        action.action.rpartition(":")[2]
        for action in evaluation.actions
        if any(demand.obligation == obligation for demand in action.demands)
    }


def test_the_page_has_every_day_on_which_a_source_begins_to_say_something() -> None:
    starts = {str(each.start) for each in rulebook().loaded.statements.values() if each.start is not None}
    assert sorted(starts) == DAYS


def test_2022_section_3_of_the_domestic_abuse_act() -> None:
    before, on = around("2022-01-31", ABUSE)
    assert "child-is-victim" in resting(before)
    assert "decide-on-child-referral" in actions(before, "should")
    assert "domestic-abuse-act-2021" not in sources(before)
    assert "child-is-victim" not in resting(on)
    assert "record-child-as-victim" in actions(on, "must")


def test_2024_the_advice_on_information_sharing() -> None:
    before, on = around("2024-04-19", SHARING)
    new = {"advice-when-unsure", "protect-people-named"}
    assert resting(before) - resting(on) == new
    assert "dfe-information-sharing-2024" not in sources(before)
    assert "dfe-information-sharing-2024" in sources(on)
    assert {"share-to-protect", "tell-family", "record-decision"} <= actions(before, "should")
    assert actions(on, "should") - actions(before, "should") == {"seek-advice", "protect-identities"}


def test_2025_operation_encompass() -> None:
    before, on = around("2025-11-07", ABUSE)
    assert "operation-encompass-2025" not in sources(before)
    assert "operation-encompass-2025" in sources(on)
    assert "schools' notices" not in text_of(before)
    assert "schools' notices" in text_of(on)


def test_2025_the_update_of_cg89() -> None:
    before, on = around("2025-12-03", INJURIES)
    assert actions(before, "should") == actions(on, "should")
    assert "was not obtained" not in text_of(before)
    assert "was not obtained" in text_of(on)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("text", [ABUSE, SHARING, INJURIES])
def test_no_must_is_lost_on_a_day_on_which_guidance_came(day: str, text: str) -> None:
    before, on = around(day, text)
    assert actions(before, "must") <= actions(on, "must")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("text", [ABUSE, SHARING, INJURIES])
def test_nothing_is_cited_before_its_day_or_without_a_ground(day: str, text: str) -> None:
    for evaluation in around(day, text):
        as_of: AsOf = evaluation.as_of
        for action in evaluation.actions:
            assert action.citations
            for citation in action.citations:
                statement = rulebook().loaded.statements[citation.statement]
                assert statement.start is None or statement.start <= as_of.day
                assert statement.end is None or as_of.day <= statement.end
