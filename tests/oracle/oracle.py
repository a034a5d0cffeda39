"""An oracle: every way to complete a small case is tried, and the rule read over each as plain true or false.

It shares nothing with the engine but the wording of conditions and cases: its own dates, its own comparisons, its own
two-valued reading. What is unknown is chosen when it is first read, so that a whole tree of completions is walked and
none of the facts that do not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.oracle.books import Book, Written, named, words_named
from tests.oracle.candidates import some_days, some_lengths, some_numbers
from tests.oracle.days import NOON, TICK, add, end_of, read_days, read_instant, read_length, start_of, uk_day
from tests.oracle.facts import EVER, FIELDS, LIST_STAGES, LISTS

Key = tuple[str, ...]
Taken = Mapping[tuple[str, str], bool]
"""Definitions that are taken as true or false, by name and the path of the record (`child` for the child)."""

LIMIT = 1500
UNSEEN = "?"
NOTHING_TAKEN: Taken = {}


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


@dataclass(frozen=True)
class Seen:
    """What the completions came to: the truths met, whether all were tried, how many, and one for each truth."""

    truths: frozenset[bool]
    whole: bool
    tried: int
    examples: Mapping[bool, Mapping[Key, Any]]

    @property
    def letter(self) -> str:
        """`T` or `F` where all completions agree, else `U`."""
        return "U" if len(self.truths) != 1 else "T" if True in self.truths else "F"


def completions(puzzle: Puzzle, read: Callable[[World], bool], limit: int = LIMIT) -> Seen:
    """Reads a truth over every completion of a case, until both truths are met or the limit is."""
    waiting: list[dict[Key, Any]] = [{}]
    examples: dict[bool, Mapping[Key, Any]] = {}
    tried = 0
    while waiting and tried < limit and len(examples) < 2:
        chosen = waiting.pop()
        try:
            truth = read(World(puzzle, chosen))
        except OpenError as unknown:
            waiting.extend({**chosen, unknown.key: value} for value in reversed(unknown.values))
        else:
            tried += 1
            examples.setdefault(truth, chosen)
    return Seen(frozenset(examples), not waiting, tried, examples)


def outcome(puzzle: Puzzle, subject: str | None = None, taken: Taken = NOTHING_TAKEN, limit: int = LIMIT) -> Seen:
    """What the rule of the book comes to over all completions, for the child, a record by its id, or `?`."""
    rule = puzzle.book.rule

    def read(world: World) -> bool:
        if world.stage not in rule.stages:
            return False
        frame = Frame(world.subject(rule.for_each, subject) if rule.for_each and subject else None)
        return world.holds(rule.when, frame, taken)

    return completions(puzzle, read, limit)


def meaning(puzzle: Puzzle, name: str, subject: str | None = None, limit: int = LIMIT) -> Seen:
    """What a definition comes to over all completions in which the rule speaks."""
    definition = puzzle.book.definitions[name]

    def read(world: World) -> bool:
        if world.stage not in puzzle.book.rule.stages:
            raise OpenError(("none",), ())
        frame = Frame(world.subject(definition.of, subject) if definition.of != "child" and subject else None)
        return world.holds(definition.when, frame, NOTHING_TAKEN)

    return completions(puzzle, read, limit)


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
        given = [
            Entry(kind, each["id"], f"{name}[{each['id']}]", each) for each in self.puzzle.case.get(name) or ()
        ]
        there = [each for each in given if self._is_there(each)]
        if self._subject is not None and self._subject.unseen and self._subject.kind == kind:
            there.append(self._subject)
        return there

    def more(self, kind: str) -> int:
        """How many further records there are, all alike, that nobody has entered."""
        if not self.is_open(kind):
            return 0
        most = [value for each, _, operand in self.puzzle.book.counts if each == kind for value in self._whole(operand)]
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

    def _whole(self, operand: Any) -> list[int]:
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
                found += [at + step for at in (self.now - length, self.now + length) for step in (-TICK, TICK * 0, TICK)]
        return [each for each in found if first <= each <= last]

    # --- conditions

    def holds(self, condition: Written, frame: Frame, taken: Taken) -> bool:
        """Whether a condition holds in this completion."""
        if isinstance(condition, str):
            return self._word(condition, frame, taken)
        for key, value in condition.items():
            match key:
                case "all":
                    return all(self.holds(part, frame, taken) for part in value)
                case "any":
                    return any(self.holds(part, frame, taken) for part in value)
                case "not":
                    return not self.holds(value, frame, taken)
                case "some":
                    return self._how_many(value, frame, taken) > 0
                case "every":
                    return self._how_many({**value, "where": {"not": value["where"]}}, frame, taken) == 0
                case "count":
                    return self._count(value, frame, taken)
        return all(
            self.test(name, self.fact(written, frame), self._operand(operand, frame))
            for written, tests in condition.items()
            for name, operand in self._named(written, tests, frame)
        )

    def _word(self, word: str, frame: Frame, taken: Taken) -> bool:
        if word in ("always", "never"):
            return word == "always"
        name = word.removeprefix("other.")
        definition = self.puzzle.book.definitions[name]
        if definition.of == "child":
            entry, where = None, "child"
        else:
            entry = frame.entry("other" if name != word else definition.of)
            where = entry.path
        if (name, where) in taken:
            return taken[(name, where)]
        return self.holds(definition.when, Frame(entry), taken)

    def _how_many(self, body: Mapping[str, Any], frame: Frame, taken: Taken) -> int:
        kind, where = body["of"], body.get("where", "always")
        subject = frame.subject
        found = 0
        for entry in self.entries(kind):
            if subject is not None and entry.path == subject.path:
                continue
            # Nothing is replaced for a record that nobody has entered.
            found += self.holds(where, Frame(subject, entry), NOTHING_TAKEN if entry.unseen else taken)
        more = self.more(kind)
        if more and self.holds(where, Frame(subject, self.unseen(kind)), NOTHING_TAKEN):
            found += more
        return found

    def _count(self, body: Mapping[str, Any], frame: Frame, taken: Taken) -> bool:
        written = body["is"]
        ((name, operand),) = (written if isinstance(written, Mapping) else {"is": written}).items()
        return compare_numbers(name, self._how_many(body, frame, taken), self._whole(operand))

    # --- tests

    def _named(self, written: str, tests: Any, frame: Frame) -> Iterable[tuple[str, Any]]:
        owner, _, name = written.partition(".")
        kind = owner if owner in ("child", "case", "pregnancy") else frame.entry(owner).kind
        return named(f"{kind}.{name}", tests).items()

    def _operand(self, operand: Any, frame: Frame) -> Any:
        if isinstance(operand, Mapping):
            return self.fact(operand["fact"], frame)
        return NOT_YET if operand == "not_yet" else operand

    def test(self, name: str, value: Any, operand: Any) -> bool:
        """One test of a known value against a right-hand side."""
        if isinstance(value, Special) or isinstance(operand, Special):
            same = value == operand
            return same if name == "is" else name in ("is_not", "none_of") and not same
        if isinstance(value, WordSet):
            return value.test(name, operand)
        parameters = self.puzzle.book.parameters
        if isinstance(value, Since | Moment | tuple) or (isinstance(value, int) and not isinstance(value, bool)):
            if isinstance(operand, list):
                return self._measured(name, value, [parameters[each] for each in operand])
            return self._measured(name, value, [parameters.get(operand, operand)])
        if name in ("one_of", "none_of"):
            return (value in operand) is (name == "one_of")
        return (value == operand) is (name == "is")

    def _measured(self, name: str, value: Any, thresholds: Sequence[Any]) -> bool:
        if isinstance(value, int):
            return compare_numbers(name, value, thresholds)
        if isinstance(value, Moment):
            return self._dated(name, value, thresholds[0])
        if name == "between":
            low, high = thresholds
            return self._long(value, low) >= 0 and self._long(value, high) <= 0
        return compare_numbers(name, self._long(value, thresholds[0]), [0])

    def _dated(self, name: str, value: Moment, threshold: Any) -> bool:
        if name in ("before", "after"):
            other = threshold if isinstance(threshold, Moment) else _exactly(threshold)
            one, two = (value, other) if name == "before" else (other, value)
            if one.instant is not None and two.instant is not None:
                return one.instant < two.instant
            return one.day < two.day
        if name in ("is", "is_not"):
            return name == "is_not"  # a date is not `not_yet`
        amount, unit = read_length(threshold)
        if unit == "hours":
            now, at, length = self.now, self.instant(value), timedelta(hours=amount)
            return {"within_last": at <= now <= at + length, "within_next": now <= at <= now + length}.get(
                name, now > at + length
            )
        today, day = self.puzzle.today, value.day
        end, ahead = add(day, amount, unit), add(today, amount, unit)
        return {"within_last": day <= today <= end, "within_next": today <= day <= ahead}.get(name, today > end)

    def _long(self, value: Any, threshold: str) -> int:
        """Whether a length of time is shorter than (-1), as long as (0) or longer (1) than a threshold."""
        amount, unit = read_length(threshold)
        if isinstance(value, Since):
            if unit == "hours":
                now, end = self.now, self.instant(value.anchor) + timedelta(hours=amount)
                return (now > end) - (now < end)
            today, day = self.puzzle.today, add(value.anchor.day, amount, unit)
            return (today > day) - (today < day)
        start = self.choose(("start",), STARTS) if _sort(value[1]) != _sort(unit) else STARTS[0]
        one, two = _lasts(start, *value), _lasts(start, amount, unit)
        return (one > two) - (one < two)


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


def compare_numbers(name: str, value: int, thresholds: Sequence[Any]) -> bool:
    """A whole number against one or two others."""
    low = int(thresholds[0])
    high = int(thresholds[-1])
    return {
        "is": value == low,
        "is_not": value != low,
        "at_least": value >= low,
        "at_most": value <= low,
        "more_than": value > low,
        "less_than": value < low,
        "between": low <= value <= high,
    }[name]


STARTS = tuple(
    date(year, month, day) for year in (2023, 2024, 2025) for month in range(1, 13) for day in (1, 15, 28, 30) if day < 29 or month != 2
) + (date(2024, 2, 29), date(2023, 12, 31), date(2023, 1, 31), date(2024, 7, 31), date(2024, 8, 31))


def _sort(unit: str) -> str:
    return "months" if unit in ("months", "years") else "days"


def _lasts(start: date, amount: int, unit: str) -> Fraction:
    """How many days a length of time lasts from a start day."""
    if unit == "hours":
        return Fraction(amount, 24)
    return Fraction((add(start, amount, unit) - start).days)


def _exactly(threshold: str) -> Moment:
    """A threshold that is a date."""
    return Moment(("threshold",), read_days(threshold)[0], read_instant(threshold) if "T" in threshold else None)


__all__ = ["NOT_YET", "OpenError", "Puzzle", "Seen", "completions", "meaning", "outcome", "uk_day"]
