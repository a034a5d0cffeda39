"""Every story over time comes out as it expects, and together they show all that reassessment has to show.

`UPDATE_EXPECTED=1` writes the timelines that are kept anew; look at the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from safeguard_rules.case.case import Case
from safeguard_rules.packs.names import pack_of
from tests.stories_over_time import FOLDER, STORIES, TOLD, checked, result, text
from tests.test_pack_cases import CONTRADICTIONS, PACKS, TRAPS

ROOT = Path(__file__).parents[1]
PUBLISHED = (
    "bury-two-bruises",
    "birmingham-what-staff-saw",
    "norfolk-party",
    "norfolk-notification",
    "brighton-nothing-to-see",
)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_comes_out_as_it_expects(story: str) -> None:
    assert result(story).passed, str(result(story))


@pytest.mark.parametrize("story", STORIES)
def test_a_story_has_at_least_three_days_and_expects_something_of_each(story: str) -> None:
    days = checked(story).story.days
    assert len(days) >= 3
    assert all(expected is not None for expected in checked(story).expected)
    assert all(day.as_of.day.year == 2026 for day in days)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_says_what_it_shows_and_where_it_comes_from(story: str) -> None:
    about = checked(story).story.about or ""
    assert "Made up" in about or "From a published" in about


def test_there_are_at_least_twenty_and_the_five_published_ones_are_among_them() -> None:
    assert len(STORIES) >= 20
    assert set(PUBLISHED) < set(STORIES)
    shown = {tag for story in PUBLISHED for tag in checked(story).story.shows}
    assert shown == {f"story-{number}" for number in range(1, 6)}


def test_tags_name_contradictions_traps_and_stories_that_there_are() -> None:
    tags = {tag for story in STORIES for tag in checked(story).story.shows}
    known = {f"contradiction-C{n}" for n in CONTRADICTIONS} | {f"trap-{n}" for n in TRAPS}
    assert tags <= known | {f"story-{n}" for n in range(1, 6)}


def test_together_they_change_actions_of_each_pack() -> None:
    rules = {
        demand.rule
        for story in STORIES
        for day in checked(story).timeline.days
        for child in day.children
        for change in child.changes or ()
        if (action := child.action(change)) is not None
        for demand in action.demands
    }
    assert {pack_of(rule) for rule in rules} >= set(PACKS)


def test_they_play_in_both_areas_and_in_none() -> None:
    assert {day.locality for story in STORIES for day in checked(story).story.days} == {
        None,
        "wiltshire",
        "stoke-on-trent",
    }


def test_they_expect_every_kind_of_thing_that_can_be_expected() -> None:
    named = {key for story in STORIES for each in checked(story).expected if each for key in each.model_fields_set}
    assert {"added", "strengthened", "withdrawn", "still", "absent", "only", "by_time", "on_carers_word"} <= named


def test_nobody_has_a_name() -> None:
    for story in STORIES:
        for day in checked(story).story.days:
            cases = (day.case,) if isinstance(day.case, Case) else day.case.cases()
            labels = [person.label for case in cases for person in case.people or ()]
            assert all(label is not None and label == label.lower() for label in labels), story


@pytest.mark.parametrize("story", STORIES)
def test_no_timeline_reads_as_an_all_clear(story: str) -> None:
    told = " ".join(text(story).split()).casefold()
    for phrase in ("no concerns", "no action is needed", "nothing to worry", "all clear", "low risk", "no cause for"):
        assert phrase not in told


# --- whole timelines


@pytest.mark.parametrize("story", TOLD)
def test_a_timeline_is_told_as_expected(story: str) -> None:
    path = FOLDER / f"{story}.expected.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_bytes(text(story).encode("utf-8"))
    assert text(story).encode("utf-8") == path.read_bytes()


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_promise_11_the_hash_seed_changes_no_byte_of_a_timeline(seed: str) -> None:
    story = TOLD[0]
    program = "from safeguard_rules.cli.main import main; main()"
    words = [sys.executable, "-c", program, "timeline", f"examples/timelines/{story}.story.yaml"]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == (FOLDER / f"{story}.expected.txt").read_bytes()


def test_the_page_lists_every_story_under_its_title() -> None:
    page = (ROOT / "docs" / "timelines.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(.+)\]\(\.\./examples/timelines/(.+)\.story\.yaml\) \| (.+) \|$", page, re.MULTILINE)
    expected = [(checked(s).story.title, s, " ".join((checked(s).story.about or "").split())) for s in STORIES]
    assert listed == expected
