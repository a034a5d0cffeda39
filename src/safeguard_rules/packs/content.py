"""What checked packs hold: every name resolved, every citation a statement, every condition a tree.

All of it is frozen. Names are full names, `pack:name`. Dates of force are both included; None is no bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from safeguard_rules.language.tree import Condition, FactRef, ParameterValue
from safeguard_rules.packs.terms import ActionKind, Basis, Force, Known, Obligation, Status
from safeguard_rules.source import Place
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.opening_hours import OpeningHours
from safeguard_rules.values.working_days import WorkingDays

NATIONAL = "national"
"""The form of a definition that all areas share."""

FORCES: tuple[Force, ...] = (
    "statute",
    "statutory guidance",
    "national guidance",
    "local policy",
    "learning from a review",
    "research evidence",
    "charity advice",
    "proposal",
)
"""The forces of sources, the strongest first."""

OBLIGATIONS: tuple[Obligation, ...] = ("must", "must_not", "should", "should_not", "consider")
"""The obligations in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that one source says; what rules cite."""

    pack: str
    source: str
    id: str
    title: str
    publisher: str
    at: str
    says: str
    url: str | None
    force: Force
    known: Known
    area: str | None
    obliges: str | None
    start: date | None
    end: date | None

    @property
    def name(self) -> str:
        """Its full name, `pack:source/statement`."""
        return f"{self.pack}:{self.source}/{self.id}"


@dataclass(frozen=True, slots=True)
class ParameterForm:
    """A threshold's value over a span of days."""

    value: ParameterValue
    cites: tuple[Statement, ...]
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named threshold, with its values over time."""

    name: str
    forms: tuple[ParameterForm, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a definition is taken as while it is unknown."""

    value: bool
    exception: bool
    ask_unless: Condition | None
    cites: tuple[Statement, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Area:
    """An area by its id, as sources name it, and by its name for people."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class DefinitionForm:
    """What a definition means over a span of days.

    `form` says which meaning this is: `national`, a variant's name, `widened` or `narrowed` by a locality. `used_by`
    are the areas whose policy has a variant, sorted by id.
    """

    reads: str
    when: Condition
    cites: tuple[Statement, ...]
    start: date | None = None
    end: date | None = None
    form: str = NATIONAL
    assumption: Assumption | None = None
    used_by: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Unformed:
    """A statement on what a definition means of which the pack makes no form, and why."""

    statement: Statement
    why: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A named condition of the child or of one record of a list.

    `forms` are those in force over time, which a locality may have changed; `shared` those of the pack.
    """

    name: str
    of: str
    forms: tuple[DefinitionForm, ...]
    variants: Mapping[str, DefinitionForm] = field(default_factory=dict)
    changed_from: tuple[DefinitionForm, ...] = ()
    """The pack's own forms, where a locality gave it others."""
    no_form_from: tuple[Unformed, ...] = ()

    @property
    def shared(self) -> tuple[DefinitionForm, ...]:
        """The pack's own forms over time."""
        return self.changed_from or self.forms

    def changed(self, forms: tuple[DefinitionForm, ...]) -> Definition:
        """The definition with the forms that a locality gives it; the pack's own are kept."""
        return replace(self, forms=forms, changed_from=self.shared)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person is recommended to do, or not to do."""

    name: str
    pack: str
    status: Status
    do: str
    details: str | None
    about: str
    contact: str | None
    after: tuple[str, ...]
    never_with: Mapping[str, tuple[Statement, ...]]
    kind: ActionKind
    repeats: bool
    cites: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """A time as written: a word or a length, from where it is counted, and whether a source states it."""

    text: str
    length: Duration | None
    basis: Basis
    counted_from: FactRef | None
    cites: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class DemandForm:
    """One obligation that a rule has for an action."""

    obligation: Obligation
    action: str
    within: Within | None
    how: str | None
    about: FactRef | None
    addressed: tuple[str, ...]
    cites: tuple[Statement, ...]
    force: Force
    carried_by: str | None = None
    """The locality that carries the rule further with this demand, if it is one."""


@dataclass(frozen=True, slots=True)
class RuleForm:
    """A rule over a span of days."""

    title: str
    for_each: str | None
    stages: frozenset[str]
    areas: tuple[str, ...]
    never_assume: bool
    when: Condition
    demands: tuple[DemandForm, ...]
    because: str
    cites: tuple[Statement, ...]
    rows: tuple[str, ...]
    place: Place = field(compare=False)
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, with its forms over time and what it may assume about the stage."""

    name: str
    pack: str
    status: Status
    forms: tuple[RuleForm, ...]
    assume_born: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class AskWithCare:
    """What to mind when asking for certain facts or lists."""

    name: str
    facts: tuple[str, ...]
    say: str
    action: str | None
    cites: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to contact in a locality, and when somebody last saw that this is right."""

    key: str
    name: str
    phone: str | None
    hours: OpeningHours | None
    out_of_hours: str | None
    url: str | None
    checked_on: date | None
    cites: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Waiver:
    """A dated permission to weaken a shared meaning or threshold."""

    waives: str
    instead: str
    start: date
    end: date
    decided_by: str
    because: str
    cites: tuple[Statement, ...]
    definition: DefinitionForm | None = None
    parameter: ParameterForm | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """Which form of a definition holds in the locality, or that its own form is not known."""

    definition: str
    variant: str | None
    not_known: str | None
    cites: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class PackStamp:
    """What a record says of one pack: its id, version, status, digest and meaning digest."""

    id: str
    version: str
    status: Status
    digest: str
    meaning: str
    kind: str = "pack"


@dataclass(frozen=True, slots=True)
class ShelfDays:
    """How long the authors of one pack, or locality, stand by it, both days included; None is no bound."""

    kind: str
    id: str
    review_by: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Stamped:
    """What can be told of the packs and the locality of a rulebook without their text."""

    stamps: tuple[PackStamp, ...]
    """Sorted by kind and id."""
    shelf_days: tuple[ShelfDays, ...]
    """The packs in force, then the locality if there is one."""


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """The one list of bank holidays of a rulebook: the weekdays on which nobody counts a working day."""

    pack: str
    names: Mapping[date, str]
    """What each day is called, in the order of the days."""
    working_days: WorkingDays
    cites: tuple[Statement, ...]
    place: Place = field(compare=False)
    """Where its last day stands."""


@dataclass(frozen=True, slots=True)
class LocalityContent:
    """What is in force of a locality."""

    id: str
    title: str
    contacts: Mapping[str, Contact]
    adoptions: tuple[Adoption, ...]
    waivers: tuple[Waiver, ...]
    inactive: tuple[str, ...]
    """What it says of packs that are not in the rulebook, as full names."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that a rulebook evaluates, sorted by full name."""

    rules: Mapping[str, Rule]
    definitions: Mapping[str, Definition]
    parameters: Mapping[str, Parameter]
    actions: Mapping[str, Action]
    ask_with_care: tuple[AskWithCare, ...]
    statements: Mapping[str, Statement]
    locality: LocalityContent | None
    areas: tuple[str, ...] = ()
    """The localities that some rule is bound to."""
    bank_holidays: BankHolidays | None = None
