"""Acceptance B2: for ten stories the timeline that a supervisor would want: date, what became known, what that
changed, which action, which source."""

from __future__ import annotations

import re

import pytest

from safeguard_rules.reports.words import day, instruction
from tests.stories_over_time import TOLD, checked, text


def blocks(story: str) -> list[tuple[str, str]]:
    """The days of a timeline's text: the heading of each, and what stands under it on one line."""
    told = text(story).partition("\nSources\n")[0].partition("\nWhen this changes by itself")[0]
    found = re.split(r"^(\d{1,2} \w+ 20\d\d\b.*)$", told, flags=re.MULTILINE)
    return [(found[i], " ".join(found[i + 1].split())) for i in range(1, len(found), 2)]


def test_acceptance_b2_there_are_ten() -> None:
    assert len(TOLD) == 10


@pytest.mark.parametrize("story", TOLD)
def test_acceptance_b2_every_date_stands_once_with_what_became_known(story: str) -> None:
    timeline = checked(story).timeline
    told = blocks(story)

    assert len(told) == len(timeline.days)
    for (heading, under), given in zip(told, timeline.days, strict=True):
        assert heading.startswith(day(str(given.as_of)))
        assert (given.news or "time alone has changed this") in under


@pytest.mark.parametrize("story", TOLD)
def test_acceptance_b2_everything_that_changed_is_told_and_the_rest_is_counted(story: str) -> None:
    for (_, under), given in zip(blocks(story), checked(story).timeline.days, strict=True):
        for child in given.children:
            for change in child.changes or ():
                action = child.action(change)
                assert action is not None
                assert instruction(action) in under, change.name
            if child.changes is None:
                to_do = [action for action in child.evaluation.actions if action.standing != "done"]
                assert all(instruction(action) in under for action in to_do)
            else:
                assert f"{len(child.unchanged())} recommendation" in under or not child.unchanged()


@pytest.mark.parametrize("story", TOLD)
def test_acceptance_b2_what_is_new_says_why_and_names_its_source_with_its_force(story: str) -> None:
    seen = 0
    for (_, under), given in zip(blocks(story), checked(story).timeline.days, strict=True):
        for child in given.children:
            for change in child.changes or ():
                action = child.action(change)
                if change.kind != "added" or action is None or action.repeats:
                    continue
                seen += 1
                said = under.partition(instruction(action))[2]
                headline = action.demands[0]
                assert "why: " in said
                assert headline.because in under
                assert f"source: {headline.citations[0].source}" in said
                force = "proposed by" if headline.force == "proposal" else headline.force
                assert force in said
    assert seen


@pytest.mark.parametrize("story", TOLD)
def test_acceptance_b2_every_mark_leads_to_a_source(story: str) -> None:
    told, _, sources = text(story).partition("\nSources\n")
    marks = {
        number for marks in re.findall(r"\[((?:\d+[a-z]+(?:, )?)+)\]", told) for number in re.findall(r"\d+", marks)
    }
    listed = set(re.findall(r"^  \[(\d+)\]", sources, re.MULTILINE))

    assert marks
    assert marks == listed


@pytest.mark.parametrize("story", TOLD)
def test_acceptance_b2_no_time_that_is_proposed_reads_as_sourced(story: str) -> None:
    for given in checked(story).timeline.days:
        for child in given.children:
            for action in child.evaluation.actions:
                if action.within is not None and action.within.basis == "proposed":
                    plain = f"{instruction(action)}, {action.within.time};"
                    assert plain not in " ".join(text(story).split())
