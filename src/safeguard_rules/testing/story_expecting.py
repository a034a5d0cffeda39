"""What a story expects of each of its days: read with every slip at its place, names looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import Field

from safeguard_rules import messages
from safeguard_rules.case.case import Case
from safeguard_rules.case.shape import SINGULARS
from safeguard_rules.case.stories import Story, StoryDay
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.messages import Message
from safeguard_rules.packs.models import FileModel
from safeguard_rules.packs.names import Directory
from safeguard_rules.reading.models import build
from safeguard_rules.results import Change, RecommendedAction
from safeguard_rules.source import Issue
from safeguard_rules.testing.expecting import directory_of, path_leads_somewhere, paths_in

KINDS = ("added", "strengthened", "changed", "weakened", "withdrawn", "masked")
"""What may be expected to have happened to an action since the day before."""

ON_THE_DAY = ("recommended", "absent", "only")
"""What may be expected of the day itself."""

SINCE = (*KINDS, "on_carers_word", "still", "by_time", "done", "again")
"""What may be expected of the time since the day before."""

_ACTION = re.compile(r"(?P<name>[\w.:-]+)(?:\[(?P<about>[^\[\]]+)\])?")
_NO_PACK = ""


class DayExpectation(FileModel):
    """What is expected of one day; what is not named is not looked at.

    Each entry is an action, or an action with whom it is about: `assess-person[partner]`. In a family an action is
    there if it is for one of the children; `record-child-as-victim[brother]` names the child.
    """

    recommended: tuple[str, ...] = Field(default=(), description="Recommended on this day, done or not.")
    absent: tuple[str, ...] = Field(default=(), description="Not recommended on this day.")
    only: tuple[str, ...] | None = Field(default=None, description="All that is recommended on this day.")
    added: tuple[str, ...] = Field(default=(), description="New since the day before.")
    strengthened: tuple[str, ...] = Field(default=(), description="Stronger, surer or sooner than the day before.")
    changed: tuple[str, ...] = Field(default=(), description="Some part up and some part down.")
    weakened: tuple[str, ...] = Field(default=(), description="Weaker, less sure or later than the day before.")
    withdrawn: tuple[str, ...] = Field(default=(), description="No longer recommended.")
    masked: tuple[str, ...] = Field(default=(), description="Asked for by one change and taken back by another.")
    on_carers_word: tuple[str, ...] = Field(default=(), description="Gone only because of what a carer said.")
    still: tuple[str, ...] = Field(default=(), description="Recommended on the day before, and on this day too.")
    by_time: tuple[str, ...] = Field(default=(), description="Changed by the passing of time.")
    done: tuple[str, ...] = Field(default=(), description="Done since the day before.")
    again: tuple[str, ...] = Field(default=(), description="Done, and asked for once more by a newer reason.")
    nothing: bool = Field(default=False, description="No action changed.")
    questions: tuple[str, ...] = Field(default=(), description="Paths that are asked for, of some child.")
    no_questions: tuple[str, ...] = Field(default=(), description="Paths that are not asked for, of any child.")


@dataclass(frozen=True, slots=True)
class NamedAction:
    """An action that an expectation names, and the id of whom it is about, if it says."""

    written: str
    action: str
    about: str | None

    def is_action(self, action: RecommendedAction) -> bool:
        """Whether a recommended action is the one that is named."""
        return action.action == self.action and self.about in (None, action.about.id)

    def is_change(self, change: Change) -> bool:
        """Whether a change is of the action that is named."""
        return change.name == self.action and self.about in (None, change.subject.id)


@dataclass(slots=True)
class Expectations:
    """Reads the expectations of a story's days, and looks up every name in them."""

    story: Story
    rulebooks: Mapping[str | None, Rulebook]
    issues: list[Issue]
    named: dict[str, NamedAction] = field(default_factory=dict)

    def day(self, number: int) -> DayExpectation | None:
        """What is expected of one day; None if nothing is, or if it cannot be read."""
        day = self.story.days[number]
        if day.expect is None:
            return None
        expect = build(day.expect, DayExpectation, self.issues)
        if expect is None:
            return None
        if not expect.model_fields_set:
            self._issue(messages.story_expects_nothing(), number)
        if expect.nothing and any(getattr(expect, key) for key in KINDS):
            self._issue(messages.nothing_and_something(), number, "nothing")
        for key in ("nothing", *SINCE):
            if number == 0 and getattr(expect, key):
                self._issue(messages.no_change_on_first_day(key), number, key)
        self._actions(expect, number)
        self._paths(expect, number)
        return expect

    def _actions(self, expect: DayExpectation, number: int) -> None:
        rulebook = self.rulebooks[self.story.days[number].locality]
        directory = directory_of(_NO_PACK, rulebook)
        ids = self._ids(number)
        for key in (*ON_THE_DAY, *SINCE):
            for place, written in enumerate(getattr(expect, key) or ()):
                found = _named(written, directory, ids)
                if isinstance(found, Message):
                    self._issue(found, number, key, place)
                else:
                    self.named[written] = found

    def _paths(self, expect: DayExpectation, number: int) -> None:
        cases = _cases(self.story.days[number])
        for key in ("questions", "no_questions"):
            for place, path in enumerate(getattr(expect, key)):
                if not any(path_leads_somewhere(case, path) for case in cases):
                    known = [each for case in cases for each in paths_in(case)]
                    self._issue(messages.no_such_path(path, known), number, key, place)

    def _ids(self, number: int) -> list[str]:
        """The ids that somebody or something has had by a day: what was withdrawn may be gone by now."""
        found: dict[str, None] = {}
        for day in self.story.days[: number + 1]:
            for case in _cases(day):
                found.update({case.child.id: None} if case.child is not None else {})
                for name in SINGULARS:
                    found.update(dict.fromkeys(each.id for each in getattr(case, name) or ()))
        return list(found)

    def _issue(self, message: Message, number: int, *where: str | int) -> None:
        self.issues.append(message.at(self.story.place("days", number, "expect", *where)))


def _cases(day: StoryDay) -> tuple[Case, ...]:
    return (day.case,) if isinstance(day.case, Case) else day.case.cases()


def _named(written: str, directory: Directory, ids: Sequence[str]) -> NamedAction | Message:
    match = _ACTION.fullmatch(written)
    if match is None:
        return messages.wrong_action_form(written)
    found = directory.find("action", _NO_PACK, match["name"])
    if isinstance(found, Message):
        return found
    if match["about"] is not None and match["about"] not in ids:
        return messages.nobody_of_that_id(match["about"], ids)
    return NamedAction(written, found, match["about"])
