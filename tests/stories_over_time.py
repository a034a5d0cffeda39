"""The stories under `examples/timelines`, read and run once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from safeguard_rules.reports.timeline_text import timeline_text
from safeguard_rules.testing.stories import CheckedStory, StoryResult, StoryRunner

FOLDER = Path(__file__).parents[1] / "examples" / "timelines"
STORIES = tuple(sorted(path.name.removesuffix(".story.yaml") for path in FOLDER.glob("*.story.yaml")))
TOLD = tuple(sorted(path.name.removesuffix(".expected.txt") for path in FOLDER.glob("*.expected.txt")))
"""The stories whose whole timeline is kept."""

_RUNNER = StoryRunner()


@cache
def checked(story: str) -> CheckedStory:
    """A story with its expectations; its timeline is worked out once."""
    return _RUNNER.read(FOLDER / f"{story}.story.yaml")


@cache
def result(story: str) -> StoryResult:
    """What a story came to."""
    return checked(story).run()


@cache
def text(story: str) -> str:
    """The timeline of a story as it is printed."""
    return timeline_text(checked(story).timeline)
