"""What the rules see of a case: records of bare values, and who gives them out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, TypeAlias

from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import Special
from safeguard_rules.values.timing import Elapsed, Span
from safeguard_rules.values.truth import Truth

Value: TypeAlias = Special | bool | str | int | When | Elapsed | Span | Duration | Members | None
"""A bare value: None is unknown, a `Special` is known not to have a value."""

UNSEEN_ID = "?"


@dataclass(slots=True, eq=False)
class Record:
    """The child, the case, the pregnancy, an extension, or one record of a list, with the values read so far.

    `existence` is T, or U where only a carer's word says that the record is there and that word is set aside.
    `values` is filled on demand: read a value through the view.
    """

    kind: str
    id: str
    index: int
    label: str | None
    existence: Truth
    base: str
    entry: Any = field(repr=False)
    values: dict[str, Value] = field(default_factory=dict, repr=False)
    reasons: dict[str, "Derived"] = field(default_factory=dict, repr=False)

    @property
    def unseen(self) -> bool:
        """Whether this stands for a record of an open list that nobody has entered."""
        return self.id == UNSEEN_ID

    def path(self, name: str) -> str:
        """The path of one of its facts: `injuries[cheek].kind`, `child.movements`."""
        return f"{self.base}.{name}"


Paths: TypeAlias = tuple[str, ...]
Reasons: TypeAlias = tuple[Paths, Paths]
"""The paths that were read and decided something, and those that leave it open."""


class Reasoned:
    """What has reasons; they are worked out when they are first asked for, as most never are."""

    __slots__ = ("_reasons",)

    def __init__(self, reasons: Reasons | Callable[[], Reasons]) -> None:
        self._reasons = reasons

    @property
    def reasons(self) -> Reasons:
        """Both, as a pair."""
        found = self._reasons
        if not isinstance(found, tuple):
            found = self._reasons = found()
        return found

    @property
    def read(self) -> Paths:
        """The paths that were read and decided it."""
        return self.reasons[0]

    @property
    def missing(self) -> Paths:
        """What would have to become known, or more exact, or complete: fields as `child.born_on`, lists as `incidents`.

        Empty where nothing more can be learned.
        """
        return self.reasons[1]


class Derived(Reasoned):
    """A value with its reasons; unpacked and compared as the three of value, read and missing."""

    __slots__ = ("value",)

    def __init__(self, value: Value, reasons: Reasons | Callable[[], Reasons] = ((), ())) -> None:
        super().__init__(reasons)
        self.value = value

    def settled(self) -> Self:
        """Itself, with its reasons worked out, so that it holds on to nothing."""
        self._reasons = self.reasons
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter((self.value, *self.reasons))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Derived | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.value, self.reasons))

    def __repr__(self) -> str:
        return f"Derived{tuple(self)}"


class Reader(Protocol):
    """What a derived fact may ask of a view."""

    @property
    def as_of(self) -> AsOf:
        """The day, or the moment, of the evaluation."""

    @property
    def child(self) -> Record:
        """The child."""

    @property
    def case(self) -> Record:
        """The facts of the case as a whole."""

    @property
    def pregnancy(self) -> Record:
        """The pregnancy."""

    def extra(self, name: str) -> Record:
        """The facts of an extension."""

    def value(self, record: Record, name: str) -> Value:
        """The bare value of a fact of a record."""

    def derive(self, record: Record, name: str) -> Derived:
        """The same value with its reasons."""

    def records(self, singular: str) -> tuple[Record, ...]:
        """The records of a list, by id; none if the list is absent."""

    def is_open(self, singular: str) -> bool:
        """Whether the list may hold records that nobody has entered."""

    def list_name(self, singular: str) -> str:
        """The path of a list: `injuries` for `injury`."""


def record_path(list_name: str, record_id: str) -> str:
    """The path of a record: `injuries[cheek]`."""
    return f"{list_name}[{record_id}]"


def by_id(records: tuple[Record, ...]) -> Mapping[str, Record]:
    """Records by their ids."""
    return {record.id: record for record in records}
