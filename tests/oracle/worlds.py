"""Completions of a case: worlds in which everything that is read has a value, chosen when it is first read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from tests.oracle.books import Book, words_named
from tests.oracle.candidates import some_days, some_lengths, some_numbers
from tests.oracle.days import NOON, TICK, end_of, read_days, read_instant, read_length, start_of
from tests.oracle.facts import EVER, FIELDS, LIST_STAGES, LISTS

Key = tuple[str, ...]
UNSEEN = "?"


class OpenError(Exception):
    """Something unknown was read: one completion for each of its values has to be tried."""

    def __init__(self, key: Key, values: Sequence[Any]) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Special:
    """A value that says that there is none: `not_yet`, or a fact outside its stages."""

    word: str


NOT_YET = Special("not_yet")
NOT_APPLICABLE = Special("not applicable")


@dataclass(frozen=True)
class Moment:
    """A date in a completed case: its day, and its instant where one was written."""

    key: Key
    day: date
    instant: datetime | None = None
    past: bool = False


@dataclass(frozen=True)
class Since:
    """The length of time since a day."""

    anchor: Moment


@dataclass(frozen=True)
class Entry:
    """One record of a completed case; `unseen` if nobody had entered it."""

    kind: str
    id: str
    path: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    unseen: bool = False


@dataclass(frozen=True)
class Frame:
    """Whose facts a condition reads: the subject's, and the quantifier's record's."""

    subject: Entry | None = None
    item: Entry | None = None

    def entry(self, owner: str) -> Entry:
        """The record that the singular of a list, or `other`, means here."""
        if owner != "other" and self.subject is not None and self.subject.kind == owner:
            return self.subject
        assert self.item is not None
        assert owner in ("other", self.item.kind)
        return self.item


@dataclass(frozen=True)
class Puzzle:
    """A case on a day, as plain values, with some paths made unknown, and the book that is read over it."""

    book: Book
    case: Mapping[str, Any]
    as_of: str
    removed: frozenset[str] = frozenset()

    @cached_property
    def today(self) -> date:
        """The UK calendar day of the evaluation."""
        return read_days(self.as_of)[0]

    @cached_property
    def days(self) -> dict[tuple[str, tuple[date, date] | None], tuple[date, ...]]:
        """The days that were found to matter, by fact and by what is known of the date."""
        return {}

    def some_days(self, path: str, between: tuple[date, date] | None) -> tuple[date, ...]:
        """The days that a date may mean, as far as the book can tell them apart."""
        if (path, between) not in self.days:
            self.days[path, between] = some_days(self, path, between)
        return self.days[path, between]


class World:
    """One completion of a case, chosen as far as it was read."""

    def __init__(self, puzzle: Puzzle, chosen: Mapping[Key, Any]) -> None:
        self.puzzle = puzzle
        self.chosen = chosen
        self._subject: Entry | None = None
        self._stage: str | None = None

    def choose(self, key: Key, values: Iterable[Any]) -> Any:
        """The value chosen for something unknown."""
        if key in self.chosen:
            return self.chosen[key]
        found = list(dict.fromkeys(values))
        if len(found) == 1:
            return found[0]
        raise OpenError(key, found)

    # --- the day, the stage, the lists

    @property
    def now(self) -> datetime:
        """The instant of the evaluation."""
        if "T" in self.puzzle.as_of:
            return read_instant(self.puzzle.as_of)
        first, last = start_of(self.puzzle.today), end_of(self.puzzle.today)
        return self.choose(("as_of",), (first, first + NOON, last))  # type: ignore[no-any-return]

    @property
    def stage(self) -> str:
        """The stage of the child; a birth that is certainly past rules out unborn."""
        if self._stage is None:
            child = self.puzzle.case.get("child") or {}
            given = None if "child.stage" in self.puzzle.removed else child.get("stage")
            born = None if "child.born_on" in self.puzzle.removed else child.get("born_on")
            is_born = born is not None and read_days(born)[1] <= self.puzzle.today and not self._ahead(born)
            possible = [stage for stage in EVER if not (is_born and stage == "unborn")]
            self._stage = given if given in possible else self.choose(("stage",), possible)
        assert self._stage is not None
        return self._stage

    def is_open(self, kind: str) -> bool:
        """Whether there may be records of a list that nobody has entered."""
        case, removed, name = self.puzzle.case, self.puzzle.removed, LISTS[kind]
        if self.stage not in LIST_STAGES[kind]:
            return False
        if case.get(name) is None or name in case.get("incomplete", ()) or name in removed:
            return True
        everybody = "case.all_regular_people_recorded"
        return kind == "person" and not (case.get("all_regular_people_recorded") is True and everybody not in removed)

    def entries(self, kind: str) -> list[Entry]:
        """The records of a list that are there in this completion."""
        name = LISTS[kind]
        given = [Entry(kind, each["id"], f"{name}[{each['id']}]", each) for each in self.puzzle.case.get(name) or ()]
        there = [each for each in given if self._is_there(each)]
        if self._subject is not None and self._subject.unseen and self._subject.kind == kind:
            there.append(self._subject)
        return there

    def more(self, kind: str) -> int:
        """How many further records there are, all alike, that nobody has entered."""
        if not self.is_open(kind):
            return 0
        most = [value for each, _, operand in self.puzzle.book.counts if each == kind for value in self.whole(operand)]
        return self.choose(("more", kind), range(max(most, default=0) + 2))  # type: ignore[no-any-return]

    def unseen(self, kind: str) -> Entry:
        """The further record: one stands for all of them."""
        return Entry(kind, f"+{kind}", f"{LISTS[kind]}[+]", unseen=True)

    def subject(self, kind: str, id_: str) -> Entry:
        """The record that the rule is about."""
        if id_ == UNSEEN:
            self._subject = Entry(kind, f"!{kind}", f"{LISTS[kind]}[!]", unseen=True)
        else:
            facts = next(each for each in self.puzzle.case[LISTS[kind]] if each["id"] == id_)
            self._subject = Entry(kind, id_, f"{LISTS[kind]}[{id_}]", facts)
        return self._subject

    def _is_there(self, entry: Entry) -> bool:
        if entry.path not in self.puzzle.removed or (self._subject is not None and entry.path == self._subject.path):
            return True
        return bool(self.choose(("there", entry.path), (True, False)))

    def whole(self, operand: Any) -> list[int]:
        """The whole numbers of the thresholds on the right-hand side of a test."""
        names = operand if isinstance(operand, list) else [operand]
        return [int(self.puzzle.book.parameters[name]) for name in names]

    # --- facts

    def fact(self, written: str, frame: Frame) -> Any:
        """The value of a fact as a condition writes it."""
        owner, _, name = written.partition(".")
        if owner in ("child", "case", "pregnancy"):
            case = self.puzzle.case
            return self.value(Entry(owner, owner, owner, case if owner == "case" else case.get(owner) or {}), name)
        return self.value(frame.entry(owner), name)

    def value(self, entry: Entry, name: str) -> Any:
        """The value of a fact of an entry, chosen if it is unknown."""
        path, key = f"{entry.kind}.{name}", (entry.path, name)
        known = FIELDS[path]
        if self.stage not in known.stages:
            return NOT_APPLICABLE
        if path == "child.stage":
            return self.stage
        if name == "id":
            return entry.id
        if known.since is not None:
            since = self.value(entry, known.since)
            return Since(self._anchor(since, name)) if isinstance(since, Moment) else since
        given = None if f"{entry.path}.{name}" in self.puzzle.removed else entry.facts.get(name)
        match known.sort:
            case "date":
                return self._date(path, key, given)
            case "words" | "references":
                closed = given is not None and name not in entry.facts.get("incomplete", ())
                return WordSet(self, path, key, frozenset(given or ()), closed)
            case "reference":
                return given if given is not None else self.choose(key, self._people())
        if given is not None:
            return read_length(given) if known.sort == "length" else given
        return self.choose(key, self._values(path))

    def _values(self, path: str) -> Sequence[Any]:
        known, book = FIELDS[path], self.puzzle.book
        match known.sort:
            case "flag":
                return (True, False)
            case "word":
                named_ = words_named(book, path)
                return (*named_, *[word for word in known.words if word not in named_][:1])
            case "number":
                return some_numbers(book, path)
        return [read_length(text) for text in some_lengths(book, path)]

    def _people(self) -> Sequence[str]:
        known = [each["id"] for each in self.puzzle.case.get("people") or ()]
        if self.more("person"):
            known.append(self.unseen("person").id)
        return known or ("somebody",)

    # --- dates

    def _date(self, path: str, key: Key, given: str | None) -> Any:
        known, puzzle = FIELDS[path], self.puzzle
        if given == "not_yet":
            return NOT_YET
        if given is not None and "T" in given and not (known.past and self._ahead(given)):
            return Moment(key, read_days(given)[0], read_instant(given), known.past)
        if given is None or (known.past and self._ahead(given)):
            days = puzzle.some_days(path, None)
            chosen = self.choose(key, (*days, NOT_YET) if known.not_yet and given is None else days)
        else:
            first, last = read_days(given)
            if known.past:
                last = min(last, puzzle.today)
            chosen = first if first == last else self.choose(key, puzzle.some_days(path, (first, last)))
        return Moment(key, chosen, None, known.past) if isinstance(chosen, date) else chosen

    def _ahead(self, given: str) -> bool:
        """Whether all of a date lies after the evaluation."""
        as_of = self.puzzle.as_of
        if "T" in given and "T" in as_of:
            return read_instant(given) > read_instant(as_of)
        return read_days(given)[0] > self.puzzle.today

    def _anchor(self, moment: Moment, name: str) -> Moment:
        """The day that a derived length runs from; its time of day counts for nothing."""
        before = timedelta(280) if name == "gestation" else timedelta(0)
        return Moment((*moment.key, name), moment.day - before, None, moment.past)

    def instant(self, moment: Moment) -> datetime:
        """The instant of a date, chosen within its day where none was written; what is past is not after now."""
        now = self.now
        if moment.instant is not None:
            if moment.past and moment.instant > now:
                raise OpenError(("none",), ())
            return moment.instant
        first, last = start_of(moment.day), end_of(moment.day)
        values = [each for each in (first, first + NOON, last, now, *self._edges(first, last)) if first <= each <= last]
        return self.choose(  # type: ignore[no-any-return]
            (*moment.key, "time"), [each for each in sorted(set(values)) if not moment.past or each <= now]
        )

    def _edges(self, first: datetime, last: datetime) -> list[datetime]:
        """The instants of a day at which a length of hours up to now begins or ends."""
        found = []
        for value in self.puzzle.book.parameters.values():
            if isinstance(value, str) and value.endswith(("hours", "hour")):
                length = timedelta(hours=read_length(value)[0])
                found += [
                    at + step for at in (self.now - length, self.now + length) for step in (-TICK, TICK * 0, TICK)
                ]
        return [each for each in found if first <= each <= last]


@dataclass(frozen=True)
class WordSet:
    """A set in a completed case; a word that nobody has entered is in it or not, as chosen when it is asked for."""

    world: World
    path: str
    key: Key
    certain: frozenset[str]
    closed: bool

    def has(self, word: str) -> bool:
        """Whether the word is in it."""
        if word in self.certain or self.closed:
            return word in self.certain
        return bool(self.world.choose((*self.key, word), (True, False)))

    def test(self, name: str, operand: Any) -> bool:
        """One test of the set."""
        match name:
            case "includes":
                return self.has(operand)
            case "includes_any":
                return any(self.has(word) for word in operand)
            case "includes_all":
                return all(self.has(word) for word in operand)
            case "none_of":
                return not any(self.has(word) for word in operand)
            case "only":
                return not self._beside(operand)
        assert operand == []
        return self._beside([]) is (name == "is_not")

    def _beside(self, words: Sequence[str]) -> bool:
        """Whether it has a member besides these words."""
        if self.closed or self.certain - set(words):
            return bool(self.certain - set(words))
        if self.path == "contact.present":
            known = [each["id"] for each in self.world.puzzle.case.get("people") or ()]
            rest = self.world.is_open("person")
        else:
            known = list(words_named(self.world.puzzle.book, self.path))
            rest = bool(set(FIELDS[self.path].words) - set(known) - self.certain - set(words))
        if any(self.has(word) for word in known if word not in words):
            return True
        return rest and bool(self.world.choose((*self.key, "others"), (True, False)))
