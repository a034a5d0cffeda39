"""A story over time: what was known on its first day, and what each later day added or took back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from safeguard_rules import messages
from safeguard_rules.case.base import CaseModel
from safeguard_rules.case.case import Case
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.document import Form, is_family, located, open_text, read_root
from safeguard_rules.case.family import Family
from safeguard_rules.case.family_contents import FamilyContents
from safeguard_rules.case.family_links import check_family
from safeguard_rules.case.header import Role
from safeguard_rules.case.learning import learn, same
from safeguard_rules.case.links import check_links
from safeguard_rules.case.taking_back import PATHS, is_path, take_back
from safeguard_rules.errors import CaseError
from safeguard_rules.reading.models import build
from safeguard_rules.reading.nodes import MapNode, Node, at, key_place, place_of
from safeguard_rules.reading.sizes import LONGEST_LIST
from safeguard_rules.source import Issue, Place, Text
from safeguard_rules.values.dates import AsOf

STORY = ".story.yaml"
"""How the name of a story's file ends."""


class DayFields(CaseModel):
    """One day of a story as its file has it; `locality` and `role` hold from this day on."""

    as_of: AsOf = Field(description="The day, later than the day before it.")
    news: str = Field(min_length=1, description="What became known, in one plain sentence.")
    locality: str | None = Field(default=None, description="The area from this day on.")
    role: Role | None = Field(default=None, description="Who asks from this day on.")
    learned: MapNode | None = Field(default=None, description="What is known more or otherwise; `{}`: nothing new.")
    taken_back: tuple[str, ...] = Field(default=(), description="Paths of what was known and no longer is.")
    expect: MapNode | None = Field(default=None, description="What the rules are expected to come to.")


class StoryFields(CaseModel):
    """A `*.story.yaml` file as it stands."""

    story: str = Field(min_length=1, description="What the story is called.")
    about: str | None = Field(default=None, description="What it shows, and where it comes from.")
    shows: tuple[str, ...] = Field(default=(), description="The contradictions, traps and stories it is named for.")
    locality: str | None = Field(default=None, description="The area.")
    role: Role | None = Field(default=None, description="Who asks.")
    given: MapNode = Field(description="The case or the family as it is known on the first day.")
    days: tuple[DayFields, ...] = Field(min_length=2, description="The days, the earliest first.")


@dataclass(frozen=True, slots=True)
class StoryDay:
    """One day of a story: what became known, and all that is known by then."""

    as_of: AsOf
    locality: str | None
    role: Role | None
    news: str
    case: Case | Family
    expect: MapNode | None = None
    """What the file expects of this day, not read yet."""


@dataclass(frozen=True, slots=True)
class Story:
    """A case or a family over several days, the earliest first."""

    title: str
    about: str | None
    shows: tuple[str, ...]
    days: tuple[StoryDay, ...]
    node: Node = field(repr=False)

    @classmethod
    def read(cls, path: str | Path) -> Story:
        """Read a story from a file, YAML or JSON by its ending; raises `CaseError` with all that is wrong."""
        return read_story(open_text(Path(path)))

    @classmethod
    def from_yaml(cls, text: str, name: str = f"case{STORY}") -> Story:
        """Read a story from YAML; `name` is shown in messages. Raises `CaseError` with all that is wrong."""
        return read_story(Text(name, text), "yaml")

    def place(self, *path: str | int) -> Place:
        """The place in the file of what stands at a path of keys and positions."""
        return place_of(self.node, path)


def read_story(text: Text, form: Form | None = None) -> Story:
    """The story in a text; raises `CaseError` with all that is wrong, on every day of it."""
    root, issues = read_root(text, form)
    fields = build(root, StoryFields, issues) if root is not None else None
    if root is None or fields is None:
        raise CaseError(issues)
    days = _days(root, fields, issues)
    if issues:
        raise CaseError(each_once(issues))
    return Story(fields.story, fields.about, fields.shows, tuple(days), root)


def each_once(issues: list[Issue]) -> list[Issue]:
    """Issues without those that a later day of a story tells again; its help may know more names by then."""
    found: dict[object, Issue] = {}
    for issue in issues:
        found.setdefault((issue.place, issue.code, issue.message), issue)
    return list(found.values())


def _days(root: Node, fields: StoryFields, issues: list[Issue]) -> list[StoryDay]:
    known, locality, role = fields.given, fields.locality, fields.role
    found = []
    for number, day in enumerate(fields.days):
        node = at(root, "days", number)
        assert isinstance(node, MapNode)
        issues += _order(fields, number, node)
        known = known if number == 0 else _by_then(known, day, node, issues)
        case = _read(known, issues)
        locality, role = day.locality or locality, day.role or role
        if case is not None:
            found.append(StoryDay(day.as_of, locality, role, day.news, case, day.expect))
    return found


def _order(fields: StoryFields, number: int, node: MapNode) -> list[Issue]:
    """What is wrong with a day where it stands: days go forward, and all but the first say what was learned."""
    day = fields.days[number]
    if number == 0:
        keys = [key for key in ("learned", "taken_back") if key in node.entries]
        return [messages.first_day_learns(key).at(key_place(node, key)) for key in keys]
    found = []
    before = fields.days[number - 1].as_of
    if not _is_later(day.as_of, before):
        found.append(messages.day_not_later(str(day.as_of), str(before)).at(key_place(node, "as_of")))
    if day.learned is None and not day.taken_back:
        found.append(messages.day_without_news().at(node.place))
    return found


def _is_later(day: AsOf, before: AsOf) -> bool:
    """Whether a day comes after another; of two moments on one day both need their time."""
    if day.day != before.day or day.instant is None or before.instant is None:
        return day.day > before.day
    return day.instant > before.instant


def _by_then(known: MapNode, day: DayFields, node: MapNode, issues: list[Issue]) -> MapNode:
    """What is known once something was taken back and something else was learned."""
    before, wrong = known, len(issues)
    for place, path in enumerate(day.taken_back):
        without = take_back(known, path)
        if without is None:
            wrong_path = not is_path(path)
            message = messages.not_a_path(path, PATHS) if wrong_path else messages.nothing_to_take_back(path)
            issues.append(message.at(place_of(node, ("taken_back", place))))
        known = without or known
    if day.learned is not None:
        known = learn(known, day.learned, issues)
        nothing = not day.learned.entries and not day.taken_back
        if not nothing and len(issues) == wrong and same(before, known):
            issues.append(messages.nothing_learned().at(key_place(node, "learned")))
    return known


def _read(known: MapNode, issues: list[Issue]) -> Case | Family | None:
    """The case or the family of one day, as far as it can be read."""
    if is_family(known):
        family = build(known, FamilyContents, issues, longest=LONGEST_LIST)
        wrong = located(known, check_family(family)) if family is not None else []
        issues += wrong
        if family is None or wrong:
            return None
        return Family.of_document(family)
    contents = build(known, CaseContents, issues, longest=LONGEST_LIST)
    wrong = located(known, check_links(contents)) if contents is not None else []
    issues += wrong
    return None if contents is None or wrong else Case.of_contents(contents)
