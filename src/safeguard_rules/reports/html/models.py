"""What stands on each page, as typed models: texts and links, already worded; templates only lay them out.

A link leads to a path within the pages, `rules/my-pack/my-rule.html#demands`, or to an address on the web; None is
no link. Dates are worded: `from 1 January 2026`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from safeguard_rules.packs.coverage import Counts

Truth = Literal["true", "unknown", "false"]
Strength = Literal["must", "not", "should", "consider"]


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere, or nowhere."""

    text: str
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement as something cites it: what it says, where that stands, and how well it is known."""

    says: str
    source: Link
    at: str
    force: str
    known: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A condition, or a part of one, to be drawn as a tree.

    `group` marks what only joins its parts. `value` is what it comes to in a case, None where no case is shown;
    `decided` says that it decided. `facts` are what the case says, in its own words.
    """

    says: Link
    group: bool = False
    value: Truth | None = None
    decided: bool = False
    facts: tuple[str, ...] = ()
    parts: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case of a pack in which a rule comes to an outcome, with the picture of its condition there."""

    outcome: str
    """`applies`, `undetermined` or `does_not_apply`."""
    title: str
    where: str
    """The pack or locality and the file that it stands in, its day and its area."""
    says: str
    """What the rule comes to there, in a sentence."""
    picture: Picture


@dataclass(frozen=True, slots=True)
class CaseListed:
    """A case that expects something of a rule: which outcomes, its title, and its file."""

    outcomes: str
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class DemandShown:
    """What a rule asks for: how strongly, what to do or not to do, by when and from whom; and what says so."""

    obligation: str
    strength: Strength
    do: Link
    details: tuple[tuple[str, str], ...]
    """What else is said of it, each with its name: time, how, whom it addresses, force."""
    cited: tuple[Cited, ...]
    time_cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class FormShown:
    """A rule or definition over a span of days: what it says then."""

    dates: str
    title: str
    when: str
    current: bool
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class LocalPart:
    """What one locality adds to a rule, or means by a definition."""

    area: Link
    says: tuple[str, ...]
    demands: tuple[DemandShown, ...] = ()
    cited: tuple[Cited, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class ReadShown:
    """A definition or threshold that a condition reads, and what it means, with what localities mean by it."""

    name: Link
    says: str
    local: tuple[tuple[Link, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What every page has: its path within the pages, its title, the way to it, and a word above the title."""

    path: str
    title: str
    caption: str
    way: tuple[Link, ...]
    draft: str | None = None
    """Why what stands on the page counts as a draft, if it does."""


@dataclass(frozen=True, slots=True)
class RulePage:
    """Everything about one rule."""

    head: Head
    facts: tuple[tuple[str, str], ...]
    not_in_force: str | None
    when: str
    demands: tuple[DemandShown, ...]
    local: tuple[LocalPart, ...]
    because: str
    picture: Picture
    examples: tuple[CaseShown, ...]
    definitions: tuple[ReadShown, ...]
    thresholds: tuple[ReadShown, ...]
    looks_at: tuple[tuple[str, str], ...]
    cited: tuple[Cited, ...]
    history: tuple[FormShown, ...]
    cases: tuple[CaseListed, ...]
    tested: str


@dataclass(frozen=True, slots=True)
class DefinitionPage:
    """Everything about one definition."""

    head: Head
    facts: tuple[tuple[str, str], ...]
    reads: str
    when: str
    picture: Picture
    while_unknown: str
    assumed_from: tuple[Cited, ...]
    cited: tuple[Cited, ...]
    variants: tuple[LocalPart, ...]
    local: tuple[LocalPart, ...]
    history: tuple[FormShown, ...]
    rules: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ActionShown:
    """One action, with the rules that ask for it."""

    anchor: str
    do: str
    details: str | None
    facts: tuple[tuple[str, str], ...]
    cited: tuple[Cited, ...]
    rules: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """The actions that one pack declares."""

    head: Head
    actions: tuple[ActionShown, ...]


@dataclass(frozen=True, slots=True)
class ThresholdShown:
    """A named threshold with its values over time."""

    anchor: str
    name: str
    values_over_time: tuple[tuple[str, str, tuple[Cited, ...]], ...]
    """Each value with its dates and what says so."""
    rules: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RuleListed:
    """A rule in a list: its title, and what it asks for in short."""

    rule: Link
    asks: tuple[tuple[Strength, str], ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class PackPage:
    """Everything about one pack."""

    head: Head
    about: str | None
    facts: tuple[tuple[str, str], ...]
    rules: tuple[RuleListed, ...]
    definitions: tuple[ReadShown, ...]
    thresholds: tuple[ThresholdShown, ...]
    actions: Link | None
    care: tuple[tuple[str, tuple[Cited, ...]], ...]
    sources: tuple[Link, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ContactShown:
    """Whom to contact, and when somebody last checked that."""

    name: str
    facts: tuple[tuple[str, str], ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class WaiverShown:
    """A dated permission to ask for less."""

    says: str
    dates: str
    because: str
    decided_by: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class LocalityPage:
    """Everything about one locality."""

    head: Head
    facts: tuple[tuple[str, str], ...]
    contacts: tuple[ContactShown, ...]
    carried: tuple[tuple[Link, tuple[DemandShown, ...]], ...]
    meanings: tuple[ReadShown, ...]
    waivers: tuple[WaiverShown, ...]
    rules: tuple[RuleListed, ...]
    thresholds: tuple[ThresholdShown, ...]
    actions: Link | None
    care: tuple[tuple[str, tuple[Cited, ...]], ...]
    sources: tuple[Link, ...]
    left_aside: tuple[str, ...]
    """What it says of packs that are not on the pages, by full name."""


@dataclass(frozen=True, slots=True)
class StatementShown:
    """One statement of a source, what became of it, and what carries it."""

    anchor: str
    id: str
    says: str
    where: str
    became: str
    why: str | None
    carried_by: tuple[tuple[Link, str], ...]
    """Rules that carry it themselves, each with how it is tested."""
    through: tuple[tuple[str, tuple[Link, ...]], ...]
    """What stands between it and rules, with those rules."""
    local: tuple[tuple[str, str], ...]
    judged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Everything about one source: each of its statements, and what became of it."""

    head: Head
    facts: tuple[tuple[str, str], ...]
    url: str | None
    note: str | None
    counts: str
    partial: bool
    statements: tuple[StatementShown, ...]


@dataclass(frozen=True, slots=True)
class SourceListed:
    """One source in a list: what it is, and what became of its statements."""

    source: Link
    publisher: str
    force: str
    known: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All sources with the table of what became of their statements."""

    head: Head
    totals: tuple[str, ...]
    sources: tuple[SourceListed, ...]


@dataclass(frozen=True, slots=True)
class PackListed:
    """One pack or locality in a list."""

    pack: Link
    status: str
    version: str
    about: str
    counts: str


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The first page: what there is."""

    head: Head
    packs: tuple[PackListed, ...]
    localities: tuple[PackListed, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: a link, what kind of thing it is in, and more words to find it by."""

    link: Link
    says: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """All that can be found, in groups; without a script it is a list of everything."""

    head: Head
    groups: Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """How to read the pages."""

    head: Head


Page = (
    IndexPage
    | SearchPage
    | ReadingPage
    | PackPage
    | RulePage
    | DefinitionPage
    | ActionsPage
    | LocalityPage
    | SourcesPage
    | SourcePage
)
