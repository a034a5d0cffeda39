"""Ways to know more of a case, to write it in another order, and to say what has nothing to do with it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from safeguard_rules.testing.dice import Dice
from tests.oracle.books import Book, Definition, facts_read, lists_read, record_of, words_named
from tests.oracle.candidates import some_lengths, some_numbers
from tests.oracle.days import read_days
from tests.oracle.facts import EVER, FIELDS, LIST_STAGES, LISTS, MOVEMENTS
from tests.oracle.worlds import Puzzle

EVERYBODY = "all_regular_people_recorded"
Written_ = dict[str, Any]


@dataclass(frozen=True)
class Learned:
    """A case in which one thing more is known, and the paths at which."""

    paths: tuple[str, ...]
    case: Mapping[str, Any]


def learn(dice: Dice, book: Book, case: Mapping[str, Any], as_of: str) -> Learned | None:
    """Makes one unknown, partial or incomplete thing more known; None where nothing is left to learn."""
    learner = _Learner(dice, book, copy.deepcopy(dict(case)), as_of)
    steps = list(learner.steps())
    if not steps:
        return None
    paths, change = dice.pick(steps)
    change()
    return Learned(paths, learner.case)


class _Learner:
    def __init__(self, dice: Dice, book: Book, case: Written_, as_of: str) -> None:
        self.dice = dice
        self.book = book
        self.case = case
        self.puzzle = Puzzle(book, case, as_of)

    def steps(self) -> Iterator[tuple[tuple[str, ...], Any]]:
        for path in facts_read(self.book):
            for entry, base in self._entries(path):
                yield from self._about(path, entry, f"{base}.{path.partition('.')[2]}")
        for kind in lists_read(self.book):
            yield from self._about_list(kind)

    def _entries(self, path: str) -> Iterator[tuple[Written_, str]]:
        owner, kind = path.partition(".")[0], record_of(path)
        if kind is not None:
            for facts in self.case.get(LISTS[kind]) or ():
                yield facts, f"{LISTS[kind]}[{facts['id']}]"
        else:
            yield (self.case if owner == "case" else self.case.setdefault(owner, {})), owner

    def _about(self, path: str, entry: Written_, here: str) -> Iterator[tuple[tuple[str, ...], Any]]:
        name = path.partition(".")[2]
        if name in ("id", EVERYBODY):
            return
        given = entry.get(name)
        if given is None:
            values = self._values(path)
            if values:
                yield (here,), lambda: entry.__setitem__(name, self.dice.pick(values))
        elif name in entry.get("incomplete", ()):
            yield (here,), lambda: self._complete(entry, name, ())
            words = [word for word in FIELDS[path].words if word not in given]
            if words:
                yield (here,), lambda: self._complete(entry, name, (self.dice.pick(words),))
        elif (
            FIELDS[path].sort == "date" and len(given) in (4, 7) and given != "not_yet" and not self._contradicts(path)
        ):
            days = self._days(path, given)
            if days:
                yield (here,), lambda: entry.__setitem__(name, self.dice.pick(days))

    def _contradicts(self, path: str) -> bool:
        """A date of birth of an unborn child makes the stage doubtful: that is no knowing more."""
        return path == "child.born_on" and self.case["child"].get("stage") == "unborn"

    def _complete(self, entry: Written_, name: str, more: Sequence[str]) -> None:
        entry[name] = [*entry[name], *more]
        if not more or self.dice.chance(50):
            entry["incomplete"] = [each for each in entry["incomplete"] if each != name]

    def _days(self, path: str, given: str) -> list[str]:
        first, last = read_days(given)
        if FIELDS[path].past:
            last = min(last, self.puzzle.today)
        return [day.isoformat() for day in self.puzzle.some_days(path, (first, last))] if first <= last else []

    def _values(self, path: str) -> list[Any]:
        known = FIELDS[path]
        match known.sort:
            case "flag":
                return [True, False]
            case "word" if path == "child.stage":
                born = self.case["child"].get("born_on")
                return [stage for stage in EVER if not (born and stage == "unborn")]
            case "word":
                return list(known.words)
            case "words":
                named = list(words_named(self.book, path))
                return [named, [], named[:1], [each for each in known.words if each not in named][:1]]
            case "number":
                return list(some_numbers(self.book, path))
            case "length":
                return list(some_lengths(self.book, path))
            case "reference":
                return [each["id"] for each in self.case.get("people") or ()]
            case "references":
                return [[each["id"] for each in self.case.get("people") or ()], []]
        if self._contradicts(path):
            return []
        days: list[Any] = [day.isoformat() for day in self.puzzle.some_days(path, None)]
        return [*days, "not_yet"] if known.not_yet else days

    def _about_list(self, kind: str) -> Iterator[tuple[tuple[str, ...], Any]]:
        name = LISTS[kind]
        if self.case["child"].get("stage") not in (None, *LIST_STAGES[kind]):
            return  # records that cannot be there in this stage are no news
        is_given = self.case.get(name) is not None
        if kind == "person":
            if EVERYBODY not in self.case and is_given:
                yield (name, f"case.{EVERYBODY}"), lambda: self.case.__setitem__(EVERYBODY, True)
            if self.case.get(EVERYBODY) is not True:
                yield (name,), lambda: self._add(kind)
            return
        if not is_given:
            yield (name,), lambda: self.case.__setitem__(name, [])
        elif name in self.case.get("incomplete", ()):
            yield (name,), lambda: self._close(name)
        if not is_given or name in self.case.get("incomplete", ()):
            yield (name,), lambda: self._add(kind)

    def _close(self, name: str) -> None:
        self.case["incomplete"] = [each for each in self.case["incomplete"] if each != name]

    def _add(self, kind: str) -> None:
        name = LISTS[kind]
        if self.case.get(name) is None:
            self.case[name] = []
            if kind != "person":
                self.case["incomplete"] = [*self.case.get("incomplete", ()), name]
        facts: Written_ = {"id": f"new{len(self.case[name])}"}
        for path in facts_read(self.book):
            if record_of(path) == kind and not path.endswith(".id"):
                values = self._values(path)
                if values and self.dice.chance(50):
                    facts[path.partition(".")[2]] = self.dice.pick(values)
        self.case[name] = [*self.case[name], facts]


# --- the same in another order


def shuffled(dice: Dice, values: Sequence[Any]) -> list[Any]:
    """The same values in another order."""
    left, found = list(values), []
    while left:
        found.append(left.pop(dice.pick(range(len(left)))))
    return found


def case_in_another_order(dice: Dice, case: Any) -> Any:
    """The same case with its keys, its records and the words of its sets in another order."""
    if isinstance(case, Mapping):
        return {name: case_in_another_order(dice, case[name]) for name in shuffled(dice, list(case))}
    if isinstance(case, list):
        return [case_in_another_order(dice, each) for each in shuffled(dice, case)]
    return case


def book_in_another_order(dice: Dice, book: Book) -> Book:
    """The same book with its definitions, and the parts of its conditions, in another order."""
    definitions = {
        name: replace(
            each, when=_in_another_order(dice, each.when), ask_unless=_in_another_order(dice, each.ask_unless)
        )
        for name, each in ((name, book.definitions[name]) for name in shuffled(dice, list(book.definitions)))
    }
    rule = replace(book.rule, when=_in_another_order(dice, book.rule.when))
    return Book(rule, definitions, {name: book.parameters[name] for name in shuffled(dice, list(book.parameters))})


def _in_another_order(dice: Dice, condition: Any) -> Any:
    if isinstance(condition, Mapping):
        return {
            name: condition[name] if name == "between" else _in_another_order(dice, condition[name])
            for name in shuffled(dice, list(condition))
        }
    if isinstance(condition, list):
        return [_in_another_order(dice, each) for each in shuffled(dice, condition)]
    return condition


# --- what has nothing to do with it


def with_irrelevant_facts(book: Book, case: Mapping[str, Any]) -> Written_:
    """The case with facts that the book does not read."""
    more = copy.deepcopy(dict(case))
    read = set(facts_read(book))
    child = more.setdefault("child", {"id": "baby"})
    child["label"] = "the baby"
    # Movements of a child who is still to be born would be a contradiction, which is told.
    if "child.movements" not in read and child.get("stage") != "unborn":
        child["movements"] = list(MOVEMENTS)
    if "child.disabled" not in read:
        child["disabled"] = True
    if "case.plan" not in read:
        more["plan"] = "child_protection"
    more["vulnerabilities"] = ["poverty"]
    more["status"] = "open"
    more["protective_factors"] = [{"id": "warm", "what": "a warm bond"}]
    more["moves"] = [{"id": "m", "happens_on": "2026-01-01"}]
    more["done"] = [{"action": "something-else", "done_on": "2026-01-01"}]
    for injury in more.get("injuries") or ():
        injury["explanation"] = "given"
    for incident in more.get("incidents") or ():
        incident["escalating"] = True
    return more


def without_assumptions(book: Book, kept: frozenset[str] = frozenset()) -> Book:
    """The book in which only these definitions are taken as anything while they are unknown."""
    definitions = {
        name: each if name in kept else Definition(each.of, each.when) for name, each in book.definitions.items()
    }
    return Book(book.rule, definitions, book.parameters)
