"""Hypothesis strategies for shaped rules: every node and operator of the language, in books that load as packs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from safeguard_rules.testing.dice import Dice, Seeded
from tests.oracle.aimed import Given, aim_case
from tests.oracle.books import Book, Definition, Rule, Written
from tests.oracle.dice import Draw, Drawn
from tests.oracle.facts import EVER, FIELDS, LISTS, SINGLE

STAGES = (("born",), ("born",), ("born",), ("unborn", "born"), ("unborn",), ("born", "has_died"), EVER)
DAYS = (
    "2026-03-02",
    "2026-03-31",
    "2026-02-28",
    "2024-02-29",
    "2025-09-30",
    "2026-02-28",
    "2025-06-30",
    "2026-03-29",
    "2026-03-02T14:00Z",
    "2025-10-26T00:30Z",
    "2025-06-30T23:15Z",
)
AGES = ("6 weeks", "1 month", "6 months", "5 months", "1 year", "30 days", "10 working days")
GROWN = ("16 years", "18 years")
LONG = ("40 weeks", "12 weeks")
AGO = (
    *("1 month", "6 weeks", "6 months", "14 days", "1 month", "24 hours", "1 day", "12 months", "72 hours", "0 days"),
    *("1 working day", "3 working days"),
)
WEEKS = ("37 weeks", "32 weeks", "8 months")
NUMBERS = {"child.birth_weight": (2500, 1500), "incident.dash_yes_answers": (14, 1)}
FIXED = ("2026-01-31", "2024-02-29", "2026-03-01", "2026-03-02T09:30Z", "2025-06-30T23:45Z")
COUNTS = (1, 2, 0, 3)
ORDERED = ("at_least", "at_most", "more_than", "less_than")
NAMES = ("d_one", "d_two", "d_three", "d_four")


@dataclass
class Place:
    """Where a condition stands: the subject, the quantifier's record, and whether it may range over lists."""

    subject: str | None
    item: str | None = None
    definitions: dict[str, Definition] = field(default_factory=dict)
    ranging: frozenset[str] = frozenset()
    """Definitions that reach a list."""
    lists: bool = True
    """Whether it may range over lists at all."""

    def prefix(self, kind: str) -> str | None:
        """How facts of a kind of record are written here; None where there is no such record."""
        if kind == self.item:
            return "other" if kind == self.subject else kind
        return kind if kind == self.subject else None


class Maker:
    """Draws one book."""

    def __init__(self, dice: Dice) -> None:
        self.pick = dice.pick
        self.chance = dice.chance
        self.stages: tuple[str, ...] = dice.pick(STAGES)
        self.parameters: dict[str, int | str] = {}
        self.ranges = False

    def book(self) -> Book:
        """A rule with its definitions and thresholds."""
        for_each = self.pick((None, None, "injury", "person", "incident", "injury", "person"))
        if for_each == "injury" and "born" not in self.stages:
            for_each = None
        definitions: dict[str, Definition] = {}
        ranging: set[str] = set()
        for name in NAMES[: self.pick((1, 2, 0, 3, 4))]:
            of = self.pick(("child", for_each or "child", "person", "injury"))
            self.ranges = False
            place = Place(None if of == "child" else of, None, definitions, frozenset(ranging))
            place.lists = self.chance(35)
            when = self.condition(place, self.pick((1, 0, 1, 2)))
            ranges = self.ranges
            definitions[name] = self._definition(of, when, ranges, place)
            if ranges:
                ranging.add(name)
        when = self.condition(Place(for_each, None, definitions, frozenset(ranging)), 3)
        rule = Rule(when, for_each, self.stages, self.chance(15))
        return Book(rule, definitions, dict(self.parameters))

    def _definition(self, of: str, when: Written, ranges: bool, place: Place) -> Definition:
        if self.chance(25):
            return Definition(of, when)
        exception = ranges or self.chance(42)
        unless = None
        if self.chance(30):
            unless = self.condition(Place(place.subject, None, {}, frozenset()), 0)
        return Definition(of, when, self.chance(50), exception, unless)

    # --- conditions

    def condition(self, place: Place, depth: int) -> Written:
        """A condition of at most this depth."""
        if depth <= 0 or self.chance(30):
            return self._leaf(place)
        shape = self.pick(("all", "any", "not", "list", "list", "all"))
        if shape == "list" and (place.item is not None or not place.lists):
            shape = "any"
        if shape == "not":
            return {"not": self.condition(place, depth - 1)}
        if shape == "list":
            return self._over_list(place)
        return {shape: [self.condition(place, depth - 1) for _ in range(self.pick((2, 2, 3)))]}

    def _leaf(self, place: Place) -> Written:
        named = self._usable(place)
        if named and self.chance(65):
            return self._use(self.pick(named), place)
        if self.chance(3):
            return self.pick(("always", "never"))
        first = self._test(place)
        if self.chance(15):
            return {**first, **self._test(place)}
        return first

    def _use(self, name: str, place: Place) -> Written:
        """A definition, mostly the way round in which what it is taken as would let the rule apply."""
        self.ranges = self.ranges or name.removeprefix("other.") in place.ranging
        taken = place.definitions[name.removeprefix("other.")].value
        return {"not": name} if taken is False and self.chance(70) else name

    def _usable(self, place: Place) -> list[str]:
        found = []
        for name, definition in place.definitions.items():
            prefix = "" if definition.of == "child" else place.prefix(definition.of)
            if prefix is None or (place.item is not None and name in place.ranging and definition.of != "child"):
                continue
            if name in place.ranging and not place.lists:
                continue
            found.append(f"other.{name}" if prefix == "other" else name)
        return found

    def _over_list(self, place: Place) -> Written:
        self.ranges = True
        near = (place.subject,) if place.subject else ()
        kinds = [kind for kind in (*near, *LISTS) if kind != "injury" or "born" in self.stages]
        kind = self.pick(kinds)
        inner = Place(place.subject, kind, place.definitions, place.ranging)
        shape = self.pick(("some", "every", "count"))
        body: dict[str, Any] = {"of": kind}
        if shape == "every" or self.chance(90):
            body["where"] = self.condition(inner, 1)
        if shape == "count":
            body["is"] = self._how_many()
        return {shape: body}

    def _how_many(self) -> Any:
        name = self.pick((*ORDERED, "is", "is_not", "between", "bare"))
        if name == "between":
            return {name: [self.parameter(each) for each in sorted((self.pick(COUNTS), self.pick(COUNTS)))]}
        threshold = self.parameter(self.pick(COUNTS))
        return threshold if name == "bare" else {name: threshold}

    def parameter(self, value: int | str) -> str:
        """The name of a threshold of this value."""
        name = "p_" + "".join(letter if letter.isalnum() else "_" for letter in str(value).lower())
        self.parameters[name] = value
        return name

    # --- tests

    def _test(self, place: Place) -> dict[str, Any]:
        paths = self._paths(place)
        path, written = self.pick(paths)
        return {written: self._right(place, path)}

    def _paths(self, place: Place) -> list[tuple[str, str]]:
        """The facts that can be tested here, with how they are written; those of the records come first."""
        found = []
        for path, known in FIELDS.items():
            owner, _, name = path.partition(".")
            if not set(known.stages) & set(self.stages):
                continue
            prefix = owner if owner in SINGLE else place.prefix(owner)
            refers = known.sort == "reference"
            if prefix is not None and (not refers or self._against(place, path)):
                found += [(path, f"{prefix}.{name}")] * (1 if owner in SINGLE else 4)
            both = owner == place.subject == place.item
            if both and not refers:
                found.append((path, f"{owner}.{name}"))
        return found

    def _against(self, place: Place, path: str) -> str | None:
        """What a reference can be held against here: the id of the person that stands beside it."""
        if path == "incident.against":
            prefix = place.prefix("person")
            return None if prefix is None else f"{prefix}.id"
        return None

    def _right(self, place: Place, path: str) -> Any:
        known = FIELDS[path]
        match known.sort:
            case "flag":
                flag = self.chance(50)
                return self.pick((flag, {"is": flag}, {"is_not": flag}))
            case "word":
                words = self._words(known.words)
                return self.pick(
                    (words[0], words, {"is": words[0]}, {"is_not": words[0]}, {"none_of": words}),
                )
            case "words":
                return self._of_set(self._words(known.words))
            case "number":
                return self._ordered(NUMBERS[path], ("is", "is_not"))
            case "length":
                return self._ordered(_lengths(path), ())
            case "reference":
                return {self.pick(("is", "is_not")): {"fact": self._against(place, path)}}
            case "references":
                prefix = place.prefix("person")
                if prefix is not None and self.chance(80):
                    return {"includes": {"fact": f"{prefix}.id"}}
                return {self.pick(("is", "is_not")): []}
        return self._of_date(place, path)

    def _words(self, words: Sequence[str]) -> list[str]:
        some = words[:5]
        return list(dict.fromkeys(self.pick(some) for _ in range(self.pick((1, 2, 3)))))

    def _of_set(self, words: list[str]) -> Any:
        name = self.pick(("includes_any", "includes", "includes_all", "none_of", "only", "is", "is_not"))
        if name == "includes":
            return {name: words[0]}
        if name in ("is", "is_not"):
            return {name: []}
        if name == "includes_any" and self.chance(10):
            return {name: words, "none_of": [words[-1]]}
        return {name: words}

    def _ordered(self, values: Sequence[int | str], also: Sequence[str]) -> Any:
        name = self.pick((*ORDERED, "between", *also))
        if name == "between":
            low, high = self.pick(values), self.pick(values)
            return {name: [self.parameter(low), self.parameter(high)]}
        return {name: self.parameter(self.pick(values))}

    def _of_date(self, place: Place, path: str) -> Any:
        known = FIELDS[path]
        if known.not_yet and self.chance(40):
            return self.pick(("not_yet", {"is_not": "not_yet"}))
        name = self.pick(("within_last", "more_than_ago", "before", "after", "within_next"))
        if name in ("within_last", "more_than_ago", "within_next"):
            return {name: self.parameter(self.pick(AGO))}
        dates = [written for other, written in self._paths(place) if FIELDS[other].sort == "date" and other != path]
        if dates and self.chance(60):
            return {name: {"fact": self.pick(list(dict.fromkeys(dates)))}}
        return {name: self.parameter(self.pick(FIXED))}


def _lengths(path: str) -> Sequence[str]:
    if path == "child.gestation_at_birth":
        return WEEKS
    if path == "child.gestation":
        return LONG
    return GROWN if path == "person.age" else AGES


@dataclass(frozen=True)
class Example:
    """A book with cases that are aimed at it, all on one day."""

    book: Book
    as_of: str
    cases: tuple[Given, ...]


def make(dice: Dice, cases: int = 3, known: bool = False) -> Example:
    """A book with cases aimed at it; with `known`, cases in which nothing is left open."""
    book = Maker(dice).book()
    as_of = dice.pick(DAYS)
    return Example(book, as_of, tuple(aim_case(dice, book, as_of, known) for _ in range(cases)))


@st.composite
def examples(draw: Draw, cases: int = 3, known: bool = False) -> Example:
    """Books with cases aimed at them, that Hypothesis can shrink."""
    return make(Drawn(draw), cases, known)


def corpus(size: int, cases: int = 3, known: bool = False, first: int = 0) -> Iterator[Example]:
    """So many examples, always the same."""
    for seed in range(first, first + size):
        yield make(Seeded(seed), cases, known)
