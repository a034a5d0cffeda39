"""Derived facts: what one says about itself, and those of plug-ins, checked on the way in and on the way out."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from safeguard_rules.errors import PluginError
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import Special
from safeguard_rules.values.timing import Elapsed, Span
from safeguard_rules.values.truth import T
from safeguard_rules.vocabulary.kinds import STAGES, Kind
from safeguard_rules.vocabulary.parts import once
from safeguard_rules.vocabulary.records import Derived, Reader, Record, Value


class Moment(NamedTuple):
    """A date through which a derived fact changes as time passes.

    `fact` is the derived fact, `path` the entered date, `first` to `last` the days that it is counted from
    (for a gestation 280 days before the expected date); both None where the date is unknown.
    """

    fact: str
    path: str
    first: date | None
    last: date | None


class Since(NamedTuple):
    """That a derived fact is the length of time from a date of the same record, or so many days before it."""

    name: str
    days_before: int = 0


DerivedFunction: TypeAlias = Callable[[Reader, Record], Derived]
Moments: TypeAlias = Callable[[Reader, Record], tuple[Moment, ...]]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derived fact: `function` gives its value for one record, `moments` the dates on which `as_of` matters."""

    path: str
    kind: Kind
    phrase: str
    description: str
    topic: str
    reads: tuple[str, ...]
    function: DerivedFunction
    words: tuple[str, ...] = ()
    stages: tuple[str, ...] = STAGES
    moments: Moments | None = None
    cites: tuple[str, ...] = ()
    since: Since | None = None
    """The date that it is counted from, if it is nothing but that."""


EXPECTED: Mapping[Kind, tuple[tuple[type, ...], str]] = {
    Kind.BOOLEAN: ((bool,), "true or false"),
    Kind.WORD: ((str,), "a word"),
    Kind.WORDS: ((Members,), "a set of words"),
    Kind.NUMBER: ((int,), "a whole number"),
    Kind.DATE: ((When,), "a date"),
    Kind.LENGTH: ((Duration, Span, Elapsed), "a length of time"),
    Kind.TEXT: ((str,), "text"),
    Kind.REFERENCE: ((str,), "the id of a record"),
    Kind.REFERENCES: ((Members,), "a set of ids"),
}
"""What a fact of each kind may have as its value, and how to say so."""


class InputRecord:
    """One record of a list, as a plug-in's function sees it: its id, and the values of declared facts."""

    __slots__ = ("_inputs", "_record")

    def __init__(self, inputs: "Inputs", record: Record) -> None:
        self._inputs = inputs
        self._record = record

    @property
    def id(self) -> str:
        """The id of the record."""
        return self._record.id

    def value(self, name: str) -> Value:
        """The value of a declared fact of this record by its short name; None is unknown."""
        return self._inputs._read(self._record, f"{self._record.kind}.{name}")


class Inputs:
    """What a plug-in's function may see: the declared facts and lists, and nothing else, least of all a date of today.

    Reading anything that the derived fact does not declare raises `PluginError` with its path. A list counts as
    declared if it or one of its facts is. A record that may not be there is left out, and its list is then open.
    """

    __slots__ = ("_declared", "_missing", "_path", "_read_paths", "_record", "_view")

    def __init__(self, plugin: "PluginDerivation", view: Reader, record: Record) -> None:
        self._path = plugin.path
        self._declared = frozenset(plugin.reads)
        self._view = view
        self._record = record
        self._read_paths: list[str] = []
        self._missing: list[str] = []

    @property
    def id(self) -> str:
        """The id of the record that the fact is derived for."""
        return self._record.id

    def value(self, path: str) -> Value:
        """The value of a declared fact of this record, the child, the case, the pregnancy or an extension."""
        owner = path.rpartition(".")[0]
        fixed = {"child": self._view.child, "case": self._view.case, "pregnancy": self._view.pregnancy}
        if owner.startswith("extra."):
            return self._read(self._view.extra(owner.removeprefix("extra.")), path)
        if owner == self._record.kind:
            return self._read(self._record, path)
        if owner not in fixed:
            raise PluginError(f"the derived fact `{self._path}` reads `{path}`; read it from the records of its list")
        return self._read(fixed[owner], path)

    def records(self, singular: str) -> tuple[InputRecord, ...]:
        """The records of a declared list that are certainly there."""
        self._look_at_list(singular)
        return tuple(InputRecord(self, each) for each in self._view.records(singular) if each.existence == T)

    def is_open(self, singular: str) -> bool:
        """Whether a declared list may hold more records than these."""
        self._look_at_list(singular)
        return self._is_open(singular)

    def reasons(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The paths read so far, and those of them that are unknown."""
        return once(self._read_paths), once(self._missing)

    def _read(self, record: Record, path: str) -> Value:
        if path not in self._declared:
            raise PluginError(f"the derived fact `{self._path}` reads `{path}`, which it does not declare")
        value, read, missing = self._view.derive(record, path.rpartition(".")[2])
        self._read_paths.extend(read)
        self._missing.extend(missing)
        # A date that was cut at the day of the evaluation would tell that day.
        return When.parse(value.text) if isinstance(value, When) and value.past else value

    def _look_at_list(self, singular: str) -> None:
        name = self._view.list_name(singular)
        if name not in self._declared and not any(path.startswith(f"{singular}.") for path in self._declared):
            raise PluginError(f"the derived fact `{self._path}` reads `{name}`, which it does not declare")
        self._read_paths.append(name)
        if self._is_open(singular):
            self._missing.append(name)

    def _is_open(self, singular: str) -> bool:
        return self._view.is_open(singular) or any(each.existence != T for each in self._view.records(singular))


PluginFunction: TypeAlias = Callable[[Inputs], Any]


@dataclass(frozen=True, slots=True)
class PluginDerivation:
    """A derived fact that a plug-in adds.

    `reads` lists the entered facts (`incident.by`) and lists (`incidents`) that `function` may see. The function
    gives the value: None if unknown, for a set `Members` or any set, list or tuple of words. It never sees the day
    of the evaluation; where it raises, or gives a value of another kind, the evaluation fails with `PluginError`.
    """

    path: str
    kind: Kind
    phrase: str
    description: str
    reads: tuple[str, ...]
    cites: tuple[str, ...]
    function: PluginFunction
    words: tuple[str, ...] = ()
    topic: str = "reviewed"
    stages: tuple[str, ...] = STAGES

    def derivation(self) -> Derivation:
        """The same fact as the rest of the house knows derived facts."""
        return Derivation(
            self.path,
            self.kind,
            self.phrase,
            self.description,
            self.topic,
            self.reads,
            partial(_derive, self),
            words=self.words,
            stages=self.stages,
            cites=self.cites,
        )


def _derive(plugin: PluginDerivation, view: Reader, record: Record) -> Derived:
    inputs = Inputs(plugin, view, record)
    try:
        returned = plugin.function(inputs)
    except PluginError:
        raise
    except Exception as error:
        raise PluginError(f"the derived fact `{plugin.path}` failed: {error}") from error
    value = _checked(plugin, returned)
    read, missing = inputs.reasons()
    settled = value is not None and not (isinstance(value, Members) and value.open)
    return Derived(value, (read, () if settled and plugin.kind is not Kind.LENGTH else missing))


def _checked(plugin: PluginDerivation, returned: object) -> Value:
    if returned is None:
        return None
    if isinstance(returned, Special):
        return returned
    if plugin.kind in (Kind.WORDS, Kind.REFERENCES) and isinstance(returned, AbstractSet | tuple | list):
        returned = Members(frozenset(returned))
    types, expected = EXPECTED[plugin.kind]
    is_flag = isinstance(returned, bool)
    if not isinstance(returned, types) or (is_flag and plugin.kind is not Kind.BOOLEAN):
        raise PluginError(f"the derived fact `{plugin.path}` gave `{returned}`; expected {expected}")
    _check_words(plugin, returned)
    value: Value = returned  # type: ignore[assignment]  # one of the types expected
    return value


def _check_words(plugin: PluginDerivation, returned: object) -> None:
    if not plugin.words:
        return
    given = {returned} if isinstance(returned, str) else set()
    if isinstance(returned, Members):
        given = {*returned.certain, *(returned.possible or ())}
    for word in sorted(map(str, given)):
        if word not in plugin.words:
            raise PluginError(f"the derived fact `{plugin.path}` gave `{word}`, which is not one of its words")
