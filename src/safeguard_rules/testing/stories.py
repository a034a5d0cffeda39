"""Stories with what is expected of each day: read, run, and held against what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from safeguard_rules import messages
from safeguard_rules.case.stories import Story, each_once
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.engine.timelines import ChildsDay, Timeline
from safeguard_rules.errors import CaseError
from safeguard_rules.packs.plugins import activate
from safeguard_rules.packs.whereabouts import locality_ids
from safeguard_rules.reading.nodes import MapNode, at
from safeguard_rules.source import Issue
from safeguard_rules.testing.judging import Miss
from safeguard_rules.testing.story_expecting import DayExpectation, Expectations, NamedAction
from safeguard_rules.testing.story_judging import DayJudge


@dataclass(frozen=True, slots=True)
class StoryResult:
    """A story that was run: passed, or failed with every expectation that was not met."""

    file: str
    title: str
    shows: tuple[str, ...]
    misses: tuple[Miss, ...]

    @property
    def passed(self) -> bool:
        """Whether every day came out as expected."""
        return not self.misses

    def __str__(self) -> str:
        return "\n".join(
            [f"{self.file}: {self.title}", *(f"  {row}" for m in self.misses for row in str(m).split("\n"))]
        )


@dataclass(eq=False)
class CheckedStory:
    """A story whose expectations were read and looked up, with the rulebooks that it needs."""

    story: Story
    rulebooks: Mapping[str | None, Rulebook]
    expected: tuple[DayExpectation | None, ...]
    named: Mapping[str, NamedAction] = field(default_factory=dict)

    @cached_property
    def timeline(self) -> Timeline:
        """What the rules say day by day."""
        return Timeline.of_story(self.story, self.rulebooks)

    def run(self) -> StoryResult:
        """Evaluates every day and holds it against what is expected."""
        misses = [
            miss
            for number, since in enumerate(self._since())
            if (expect := self.expected[number]) is not None
            for miss in DayJudge(self.story, self.named, number, since, expect).misses()
        ]
        file = self.story.place().text.name
        return StoryResult(file, self.story.title, self.story.shows, tuple(misses))

    def _since(self) -> Iterator[Sequence[ChildsDay]]:
        """For each day of the story all steps of the timeline since the day before, the day itself last."""
        steps: list[ChildsDay] = []
        for day in self.timeline.days:
            steps.extend(day.children)
            if not day.by_itself:
                yield tuple(steps)
                steps = []


class StoryRunner:
    """Reads stories, and keeps the rulebooks that they need; `packs` as in `Rulebook.load`, plug-ins by their names."""

    def __init__(self, packs: Sequence[str | Path] | None = None, plugins: Sequence[str] = ()) -> None:
        self.packs = packs
        self.plugins = tuple(plugins)
        self._localities = locality_ids(activate(plugins))
        self._rulebooks: dict[str | None, Rulebook] = {}

    def read(self, path: str | Path) -> CheckedStory:
        """A story with its expectations; raises `CaseError` with all that is wrong, also a misspelt expectation.

        Raises `PackError` and `CallError` as loading the packs does.
        """
        story = Story.read(path)
        issues: list[Issue] = []
        for place, day in self._areas(story):
            if day not in self._localities:
                issues.append(messages.unknown_locality(day, self._localities).at(story.place(*place)))
        # What is expected is looked up all the same, so that all complaints come at once.
        books = {
            day.locality: self._rulebook(day.locality if day.locality in self._localities else None)
            for day in story.days
        }
        reader = Expectations(story, books, issues)
        expected = tuple(reader.day(number) for number in range(len(story.days)))
        if issues:
            raise CaseError(each_once(issues))
        return CheckedStory(story, books, expected, reader.named)

    def run(self, path: str | Path) -> StoryResult:
        """Reads and runs a story; raises as `read` does."""
        return self.read(path).run()

    def _areas(self, story: Story) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Each locality that is named, where it is named first."""
        before: str | None = None
        for number, day in enumerate(story.days):
            area = day.locality
            if area is not None and area != before:
                named = at(story.node, "days", number)
                own = isinstance(named, MapNode) and "locality" in named.entries
                yield ("days", number, "locality") if own else ("locality",), area
            before = area

    def _rulebook(self, locality: str | None) -> Rulebook:
        if locality not in self._rulebooks:
            self._rulebooks[locality] = Rulebook.load(self.packs, locality=locality, plugins=self.plugins)
        return self._rulebooks[locality]


def run_story(
    path: str | Path, *, packs: Sequence[str | Path] | None = None, plugins: Sequence[str] = ()
) -> StoryResult:
    """Runs a story against what it expects of each day, with the bundled packs or those named.

    Raises `CaseError` for a story that is wrong, also for a misspelt expectation, `PackError` and `CallError` as
    loading the packs does.
    """
    return StoryRunner(packs, plugins).run(path)
