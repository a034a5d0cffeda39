"""What pack, source, locality and case files hold, as typed models.

The models say which keys there are, which of them must be there, and what kind of value each takes; the reader gives
every complaint its place. Conditions, tests and threshold values stay nodes here: the language room elaborates them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from safeguard_rules.packs.terms import ActionKind, Basis, Force, Known, Stage, Status
from safeguard_rules.reading.nodes import Node
from safeguard_rules.reading.one_or_many import OneOrMany
from safeguard_rules.values.frozen import FrozenMap

LintCode = Literal[
    "accepts-nothing",
    "applies-to-everybody",
    "because-repeats-title",
    "complementary-tests",
    "contact-not-checked",
    "idle-assumption",
    "list-left-open",
    "must-second-hand",
    "never-asked",
    "part-says-nothing",
    "proposed-time",
    "same-definition",
    "same-rule",
    "same-title",
    "same-wording",
    "too-long",
    "true-of-nothing",
    "unused",
    "weaker-than-source",
]
"""The names of the lints: what a pack does that is no error, and that a colleague would ask about."""

Cites = Annotated[
    tuple[str, ...], Field(min_length=1, description="The statements that this rests on: `source/statement`.")
]
Language = Annotated[Literal["1"], Field(description="The version of this language.")]


class FileModel(BaseModel):
    """A mapping in a pack's file: nothing but the named keys, never changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True)


class Dated(FileModel):
    """Something that may hold from one day to another, both included; without them it holds on every day."""

    start: date | None = Field(default=None, alias="from", description="The first day on which this holds.")
    end: date | None = Field(default=None, alias="to", description="The last day on which this holds.")


class Acceptable(FileModel):
    """Something whose author may accept what a lint says of it."""

    accept: FrozenMap[LintCode, Annotated[str, Field(min_length=1)]] = Field(
        default=FrozenMap(), description="Lints that are right and stay as they are, each with the reason."
    )


class ParameterFile(Dated, Acceptable):
    """One dated value of a named threshold."""

    value: Node = Field(description="A length of time (`5 months`), a whole number or a date.")
    cites: Cites


class NeverWithFile(FileModel):
    """Another action that this one must never be recommended with, and who says so."""

    action: str
    cites: Cites


class ActionFile(Acceptable):
    """Something that a person is recommended to do, or not to do."""

    do: str = Field(description="What to do, as an instruction in plain English, without a full stop.")
    details: str | None = Field(
        default=None, description="What it takes, for whoever wants to know more than `do` says."
    )
    about: str = Field(default="child", description="Whom it is about: `child`, or the singular of a list.")
    contact: str | None = Field(default=None, description="The contact of the locality to print with it.")
    after: tuple[str, ...] = Field(default=(), description="Actions that this one comes after: order and words only.")
    never_with: tuple[NeverWithFile, ...] = ()
    kind: ActionKind = "protect"
    repeat: Literal["each contact"] | None = Field(default=None, description="Standing advice, told in one line.")
    cites: Cites


class WhileUnknownFile(FileModel):
    """What a definition is taken as while it is unknown."""

    value: bool
    taken_as: Literal["exception"] | None = Field(default=None, alias="as")
    ask_unless: Node | None = Field(
        default=None, description="Where this holds, nobody is asked: it is taken for granted."
    )
    cites: Cites


class VariantFile(FileModel):
    """Another form of a definition, which a locality may adopt."""

    reads: str
    when: Node
    used_by: FrozenMap[str, str] = Field(
        default=FrozenMap(), description="The areas whose policy has this form: the area's id, and its name for people."
    )
    cites: Cites


class DefinitionFile(Dated, Acceptable):
    """A named condition."""

    of: str = Field(description="`child`, or the singular of a list.")
    reads: str = Field(description="What it says in plain English, as a phrase without a full stop.")
    when: Node
    cites: Cites
    while_unknown: WhileUnknownFile | None = None
    variants: FrozenMap[str, VariantFile] = FrozenMap()
    no_form_from: tuple[str, ...] = Field(
        default=(), description="Statements on what it means of which no form is made; their registers say why."
    )


class WithinFile(FileModel):
    """A time for doing something, and whether a source states it or the pack proposes it."""

    time: str
    basis: Basis
    counted_from: str | None = Field(default=None, alias="from", description="The date fact from which it is counted.")
    cites: Cites


class DemandFile(FileModel):
    """One obligation for an action. Exactly one of the five obligations names the action."""

    must: str | None = None
    should: str | None = None
    consider: str | None = None
    must_not: str | None = None
    should_not: str | None = None
    within: WithinFile | None = None
    how: str | None = Field(default=None, description="How to do it, in a few words: `by phone`.")
    about: str | None = Field(default=None, description="A reference of the rule's record that says whom it is about.")
    addressed: tuple[str, ...] = Field(default=(), alias="for", description="Roles that this demand addresses.")
    cites: tuple[str, ...] = ()


class RuleFile(Dated, Acceptable):
    """When something should be recommended, and what."""

    title: str
    rows: tuple[str, ...] = Field(default=(), description="Numbers of the rows in the table of rules that it carries.")
    for_each: str | None = Field(default=None, description="The singular of the list whose records it looks at.")
    stage: OneOrMany[Stage] = ("born",)
    addressed: tuple[str, ...] = Field(default=(), alias="for", description="Roles that its demands address.")
    areas: tuple[str, ...] = Field(default=(), alias="in", description="The localities in which alone it holds.")
    never_assume: tuple[Literal["child.stage"], ...] = ()
    when: Node
    then: tuple[DemandFile, ...] = Field(min_length=1)
    because: str
    cites: Cites


class AssumeBornFile(FileModel):
    """What lets a rule for the born go on as a precaution while the stage is unknown."""

    cites: Cites


class AskWithCareFile(FileModel):
    """What to mind when asking for certain facts."""

    facts: tuple[str, ...] = Field(min_length=1)
    say: str
    action: str | None = Field(default=None, description="An action; a must_not on it is printed with the question.")
    cites: Cites


class BankHolidaysFile(FileModel):
    """The bank holidays over a stretch of days: all of them, and no others."""

    start: date = Field(alias="from", description="The first day for which they are known.")
    end: date = Field(alias="to", description="The last day for which they are known.")
    days: FrozenMap[date, str] = Field(description="The days, each with its name; weekdays only.")
    cites: Cites


class ReviewedFile(FileModel):
    """Who reviewed a pack, when, and the meaning that was reviewed."""

    by: str = Field(description="Who reviewed it: a role, and a name where that is wanted.")
    on_day: date = Field(alias="day", description="The day on which they signed it off.")
    meaning: str = Field(description="The digest of what they reviewed; `safeguard-rules sign-off` writes it.")


class ShelfLife(FileModel):
    """How long the authors of a pack or locality stand by it; its rules speak all the same afterwards."""

    review_by: date | None = Field(default=None, description="The last day by which somebody looks it through again.")
    expires_on: date | None = Field(default=None, description="The last day for which its authors stand by it.")


class DeclaringFile(FileModel):
    """What a file of a pack, and that of a locality, may declare."""

    language: Language
    actions: FrozenMap[str, ActionFile] = FrozenMap()
    parameters: FrozenMap[str, OneOrMany[ParameterFile]] = FrozenMap()
    definitions: FrozenMap[str, OneOrMany[DefinitionFile]] = FrozenMap()
    rules: FrozenMap[str, OneOrMany[RuleFile]] = FrozenMap()
    ask_with_care: FrozenMap[str, AskWithCareFile] = FrozenMap()


class RulesFile(DeclaringFile):
    """A `*.rules.yaml` file of a pack."""

    bank_holidays: BankHolidaysFile | None = Field(default=None, description="What working days are counted by.")


class PackFile(ShelfLife, RulesFile):
    """The `pack.yaml` of a pack."""

    pack: str
    title: str
    version: str
    status: Status
    about: str | None = None
    reviewed: ReviewedFile | None = None
    uses: tuple[str, ...] = ()
    assume_born: AssumeBornFile | None = None
    rows_left_out: FrozenMap[str, str] = FrozenMap()


class StatementFile(Dated):
    """One thing that a source says, in our own words."""

    at: str = Field(description="Where in the source it stands.")
    says: str
    obliges: Literal["must", "should", "consider"] | None = None
    known: Known | None = None
    left_to_people: str | None = None
    not_yet: str | None = None
    withdrawn: str | None = None


class SourceFile(FileModel):
    """A register of one guidance document."""

    language: Language
    source: str
    title: str
    publisher: str
    url: str | None = None
    published: str | None = None
    force: Force
    known: Known
    area: str | None = Field(default=None, description="The area whose policy it is.")
    note: str | None = None
    withdrawn: str | None = None
    statements: FrozenMap[str, StatementFile]


class ContactFile(FileModel):
    """Whom to contact in a locality."""

    name: str
    phone: str | None = Field(default=None, description="The number in its hours.")
    hours: FrozenMap[str, OneOrMany[str]] | None = Field(
        default=None, description="When it is open, by days: `Monday to Thursday: 08:45 to 17:00`, or a list of times."
    )
    out_of_hours: str | None = Field(default=None, description="The number at all other times.")
    url: str | None = None
    checked_on: date | None = Field(default=None, description="When somebody last saw that this is right.")
    cites: Cites


class AdoptsFile(FileModel):
    """Which form of a definition holds in a locality: a variant, or not known (then the national form)."""

    variant: str | None = None
    not_known: str | None = None
    cites: Cites


class WidensFile(FileModel):
    """What a locality adds to a definition."""

    or_if: Node
    reads: str
    cites: Cites


class NarrowsFile(FileModel):
    """What a locality also asks for before a definition holds."""

    and_only_if: Node
    reads: str
    cites: Cites


class LocalParameterFile(FileModel):
    """A threshold that a locality moves."""

    value: Node
    cites: Cites


class WaiverFile(FileModel):
    """A dated, cited permission to weaken: shown in every result."""

    waives: str
    instead: str
    variant: str | None = Field(default=None, alias="adopts")
    value: Node | None = None
    or_if: Node | None = None
    and_only_if: Node | None = None
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    cites: Cites
    decided_by: str
    because: str


class LocalityFile(ShelfLife, DeclaringFile):
    """A locality's file."""

    locality: str
    title: str
    version: str
    status: Status
    reviewed: ReviewedFile | None = None
    uses: tuple[str, ...] = ()
    assume_born: AssumeBornFile | None = None
    contacts: FrozenMap[str, ContactFile] = FrozenMap()
    carries: FrozenMap[str, OneOrMany[DemandFile]] = FrozenMap()
    adopts: FrozenMap[str, AdoptsFile] = FrozenMap()
    widens: FrozenMap[str, WidensFile] = FrozenMap()
    narrows: FrozenMap[str, NarrowsFile] = FrozenMap()
    moves: FrozenMap[str, LocalParameterFile] = FrozenMap()
    waivers: tuple[WaiverFile, ...] = ()
