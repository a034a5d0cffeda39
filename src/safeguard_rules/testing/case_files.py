"""A `*.cases.yaml` file: cases with what is expected of them, read with every slip at its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Literal

from pydantic import Field

from safeguard_rules import messages
from safeguard_rules.case.case import Case
from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.document import located
from safeguard_rules.case.header import Role
from safeguard_rules.case.links import check_links
from safeguard_rules.packs.models import FileModel, Language
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.models import build
from safeguard_rules.reading.nodes import MapNode, Node, at, place_of
from safeguard_rules.reading.sizes import LONGEST_LIST
from safeguard_rules.source import Issue, Place, Text
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.frozen import FrozenMap

Shorthand = Literal["applies", "undetermined", "does_not_apply", "not_in_force"]


class FindingExpectation(FileModel):
    """What a rule should come to: for each outcome named, exactly these subjects.

    A subject is the id of a record, `child`, `?` for the unseen record of an open list, or `none` for a closed empty
    one. What applies must be certain, unless `unless` or `as_precaution` name what was assumed.
    """

    applies: tuple[str, ...] | None = None
    undetermined: tuple[str, ...] | None = None
    does_not_apply: tuple[str, ...] | None = None
    unless: tuple[str, ...] = Field(default=(), description="The exceptions that were taken not to hold.")
    as_precaution: tuple[str, ...] = Field(default=(), description="The definitions that were assumed.")
    rests_on_carer: bool | None = None


class ActionsExpectation(FileModel):
    """Actions that are recommended with at least one demand of this obligation."""

    must: tuple[str, ...] = ()
    should: tuple[str, ...] = ()
    consider: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    should_not: tuple[str, ...] = ()


class ContactExpectation(FileModel):
    """What the hours of a contact say of the moment of the case, and the number to use then."""

    state: Literal["open", "closed", "not_known"]
    phone: str | None = Field(default=None, description="The number to use; `null`: none is named.")


class Expectation(FileModel):
    """Everything that is expected of one case; what is not named is not looked at."""

    findings: FrozenMap[str, Shorthand | FindingExpectation] = FrozenMap()
    actions: ActionsExpectation = ActionsExpectation()
    no_actions: tuple[str, ...] = Field(default=(), description="Actions that are not recommended at all.")
    questions: tuple[str, ...] = Field(default=(), description="Paths that are asked for.")
    no_questions: tuple[str, ...] = ()
    conflicts: tuple[str, ...] | None = Field(default=None, description="All actions in a conflict; `[]` is none.")
    contacts: FrozenMap[str, ContactExpectation] = FrozenMap()
    problems: tuple[str, ...] = Field(default=(), description="Codes of problems that are shown.")
    says: tuple[str, ...] = Field(default=(), description="Words that the text for people has.")
    never_says: tuple[str, ...] = Field(default=(), description="Words that the text for people never has.")


class CaseEntry(FileModel):
    """One case of a file, before `given` is read as a case."""

    title: str = Field(min_length=1)
    as_of: AsOf
    locality: str | None = None
    role: Role | None = None
    shows: tuple[str, ...] = Field(default=(), description="The contradictions, traps and stories it is named for.")
    reviewed: bool = Field(
        default=True, description="`false` on a case that was generated: it tests nothing until a person has read it."
    )
    given: MapNode
    expect: Expectation


class CasesFile(FileModel):
    """A `*.cases.yaml` file."""

    language: Language
    cases: tuple[CaseEntry, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class PackCase:
    """One case beside the rules: what is given, and what is expected, with the places of both."""

    title: str
    as_of: AsOf
    locality: str | None
    role: Role | None
    shows: tuple[str, ...]
    reviewed: bool
    case: Case
    expect: Expectation
    node: Node

    def place(self, *path: str | int) -> Place:
        """The place of what stands at a path of keys and positions in this case."""
        return place_of(self.node, path)


def read_cases(file: Traversable, shown: str, issues: list[Issue]) -> tuple[PackCase, ...]:
    """The cases of a file, as far as they can be read; `shown` is its name in messages.

    What is wrong is added to `issues`: of the file, of what is given, and of how it fits together.
    """
    text = read_text(file, issues, shown)
    return cases_in(text, issues) if text is not None else ()


def cases_in(text: Text, issues: list[Issue]) -> tuple[PackCase, ...]:
    """The cases of a text as `read_cases` gives them."""
    root = read_node(text, issues)
    if root is None:
        return ()
    model = build(root, CasesFile, issues)
    if model is None:
        return ()
    _refuse_double_titles(root, model, issues)
    found = [_case(entry, at(root, "cases", i), issues) for i, entry in enumerate(model.cases)]
    return tuple(each for each in found if each is not None)


def _case(entry: CaseEntry, node: Node, issues: list[Issue]) -> PackCase | None:
    if not entry.expect.model_fields_set:
        issues.append(messages.expects_nothing().at(place_of(node, ("expect",))))
    contents = build(entry.given, CaseContents, issues, longest=LONGEST_LIST)
    wrong = located(entry.given, check_links(contents)) if contents is not None else []
    issues.extend(wrong)
    if contents is None or wrong:
        return None
    case = Case.of_contents(contents)
    return PackCase(
        entry.title, entry.as_of, entry.locality, entry.role, entry.shows, entry.reviewed, case, entry.expect, node
    )


def _refuse_double_titles(root: Node, model: CasesFile, issues: list[Issue]) -> None:
    first: dict[str, Place] = {}
    for i, entry in enumerate(model.cases):
        place = place_of(root, ("cases", i, "title"))
        if entry.title in first:
            issues.append(messages.declared_twice("case", entry.title, first[entry.title]).at(place))
        first.setdefault(entry.title, place)
