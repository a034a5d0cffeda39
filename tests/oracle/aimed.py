"""Cases that are built towards an outcome: the goal is pushed down the rule, and every value taken at its threshold.

Uniform noise hardly ever reaches a precaution. What is not decided by the goal is filled with values that matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from safeguard_rules.testing.dice import Dice
from tests.oracle.books import Book, Definition, Written, facts_read, lists_read, named, record_of, words_named
from tests.oracle.candidates import some_days, some_lengths, some_numbers
from tests.oracle.days import read_instant, read_length, start_of
from tests.oracle.facts import EVER, FIELDS, LISTS, SINGLE
from tests.oracle.oracle import holds
from tests.oracle.worlds import Entry, Frame, OpenError, Puzzle, World

Goal = bool | None
"""True, false, or left open."""

IDS = ("a", "b", "c", "d")
MOST = 3


@dataclass(frozen=True)
class Given:
    """A case as plain values, with the paths in it that are made unknown."""

    case: Mapping[str, Any]
    removed: frozenset[str] = frozenset()


def aim_case(dice: Dice, book: Book, as_of: str, known: bool = False) -> Given:
    """A case built towards an outcome of the rule of a book."""
    return _Aim(dice, book, as_of, known).given()


class _Aim:
    def __init__(self, dice: Dice, book: Book, as_of: str, known: bool) -> None:
        self.pick = dice.pick
        self.chance = dice.chance
        self.book = book
        self.as_of = as_of
        self.known = known
        self.case: dict[str, Any] = {"child": {"id": "baby"}, "pregnancy": {}}
        self.states: dict[str, str] = {}
        self.left_open: set[tuple[str, str]] = set()

    def given(self) -> Given:
        self._stage()
        goal: Goal = self.pick((True, None, False, True, True)) if not self.known else self.chance(50)
        assuming = not self.known and self.chance(70)
        rule = self.book.rule
        frame = Frame(self._new(rule.for_each)) if rule.for_each and self.chance(85) else Frame()
        if rule.for_each is None or frame.subject is not None:
            self.towards(rule.when, goal, frame, assuming)
        self._fill()
        self._lists()
        if self.known:
            self._settle()
        if self.case.get("all_regular_people_recorded") is not None:
            self.case.setdefault("people", [])
        written = {name: value for name, value in self.case.items() if value is not None}
        return Given(written, self._removed() if not self.known and self.chance(12) else frozenset())

    def _settle(self) -> None:
        """Leaves nothing that contradicts or opens what is to be wholly known."""
        if self.case["child"].get("stage") == "unborn":
            self.case["child"].pop("born_on", None)
        if "people" in self.case:
            self.case["all_regular_people_recorded"] = True

    # --- the stage, the lists

    def _stage(self) -> None:
        stages = self.book.rule.stages
        stage = self.pick((*stages, *stages, *stages, *stages, *stages, *EVER, *(() if self.known else (None, None))))
        if stage is not None:
            self.case["child"]["stage"] = stage

    def _new(self, kind: str | None) -> Entry | None:
        """One more record of a list; None where there are enough."""
        if kind is None:
            return None
        entries = self._entries(kind)
        if len(entries) >= MOST:
            return None
        facts: dict[str, Any] = {"id": f"{kind[0]}{IDS[len(entries)]}"}
        entries.append(facts)
        return self._entry(kind, facts)

    def _entries(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.case.setdefault(LISTS[kind], [])
        return found

    def _entry(self, kind: str, facts: Mapping[str, Any]) -> Entry:
        return Entry(kind, facts["id"], f"{LISTS[kind]}[{facts['id']}]", facts)

    def _others(self, kind: str, frame: Frame) -> list[Entry]:
        found = [self._entry(kind, facts) for facts in self.case.get(LISTS[kind]) or ()]
        return [each for each in found if frame.subject is None or each.path != frame.subject.path]

    # --- towards a goal

    def towards(self, condition: Written, goal: Goal, frame: Frame, assuming: bool) -> None:
        """Decides facts that are not decided yet so that a condition comes to a truth, or is left open."""
        if isinstance(condition, str):
            if condition not in ("always", "never"):
                self._definition(condition, goal, frame, assuming)
            return
        for key, value in condition.items():
            match key:
                case "all" | "any":
                    self._parts(value, goal, key == "all", frame, assuming)
                case "not":
                    self.towards(value, None if goal is None else not goal, frame, assuming)
                case "some":
                    self._some(value, goal, frame, assuming)
                case "every":
                    body = {**value, "where": {"not": value["where"]}}
                    self._some(body, None if goal is None else not goal, frame, assuming)
                case "count":
                    self._some(value, self.pick((True, None, False)), frame, assuming)
                case _:
                    self._facts(key, value, goal, frame)

    def _definition(self, word: str, goal: Goal, frame: Frame, assuming: bool) -> None:
        name = word.removeprefix("other.")
        definition: Definition = self.book.definitions[name]
        entry = None
        if definition.of != "child":
            entry = frame.entry("other" if name != word else definition.of)
        if assuming and goal is not None and definition.value is goal and self.chance(85):
            goal = None
            if definition.ask_unless is not None and self.chance(60):
                self.towards(definition.ask_unless, True, Frame(entry), False)
        self.towards(definition.when, goal, Frame(entry), assuming)

    def _parts(self, parts: Sequence[Written], goal: Goal, is_all: bool, frame: Frame, assuming: bool) -> None:
        whole = is_all if goal is not None else None
        if goal is not None and goal is whole:
            for part in parts:
                self.towards(part, goal, frame, assuming)
            return
        first = self.pick(range(len(parts)))
        self.towards(parts[first], goal, frame, assuming)
        for n, part in enumerate(parts):
            if n != first:
                self.towards(part, is_all if self.chance(60) else None, frame, assuming)

    def _some(self, body: Mapping[str, Any], goal: Goal, frame: Frame, assuming: bool) -> None:
        kind, where = body["of"], body.get("where", "always")
        there = self._others(kind, frame)
        wanted = self.pick((1, 2) if goal is True else (0, 1, 2))
        while len(there) < wanted and (made := self._new(kind)) is not None:
            there.append(made)
        for n, entry in enumerate(there):
            mine = goal if n == 0 or goal is False or self.chance(40) else False
            self.towards(where, mine, Frame(frame.subject, entry), assuming)
        if kind not in self.states:
            if goal is False:
                self.states[kind] = self.pick(("closed", "closed", "closed", "open"))
            elif goal is None:
                self.states[kind] = self.pick(("open", "absent", "closed"))

    def _facts(self, written: str, tests: Any, goal: Goal, frame: Frame) -> None:
        owner, _, name = written.partition(".")
        if owner in SINGLE:
            entry = Entry(owner, owner, owner, self.case if owner == "case" else self.case[owner])
        else:
            entry = frame.entry(owner)
        path = f"{entry.kind}.{name}"
        for operator, operand in named(path, tests).items():
            self._fact(entry, path, {written: {operator: operand}}, goal, frame)

    def _fact(self, entry: Entry, path: str, test: Written, goal: Goal, frame: Frame) -> None:
        """Gives the entered fact behind a test a value with which the test comes to the goal."""
        name = FIELDS[path].since or path.partition(".")[2]
        path = f"{entry.kind}.{name}"
        facts: Any = entry.facts
        if name == "id" or name in facts or (entry.path, name) in self.left_open or path == "child.stage":
            return
        if goal is None and self.known:
            goal = self.chance(50)
        if goal is None:
            self.left_open.add((entry.path, name))
            if self.chance(40):
                self._vaguely(facts, path)
            return
        values = self._values(path)
        start = self.pick(range(len(values)))
        for value in (*values[start:], *values[:start]):
            facts[name] = value
            if self._comes_to(test, frame) is goal:
                return
        del facts[name]

    def _comes_to(self, test: Written, frame: Frame) -> Goal:
        try:
            return holds(World(Puzzle(self.book, self.case, self.as_of), {}), test, frame, {})
        except OpenError:
            return None

    # --- values

    def _values(self, path: str) -> list[Any]:
        """Values of a fact that matter to the book, as written in a case."""
        known = FIELDS[path]
        words = words_named(self.book, path)
        match known.sort:
            case "flag":
                return [True, False]
            case "word":
                return [*words, *[word for word in known.words if word not in words][:2]]
            case "words":
                rest = [word for word in known.words if word not in words][:1]
                return [list(words), *([word] for word in words), [], rest, [*words, *rest], list(words[1:])]
            case "number":
                return list(some_numbers(self.book, path))
            case "length":
                return list(some_lengths(self.book, path))
            case "reference":
                return [each["id"] for each in self.case.get("people") or ()] or [self._somebody()]
            case "references":
                people = [each["id"] for each in self.case.get("people") or ()] or [self._somebody()]
                return [people, [], people[:1]]
        return self._dates(path)

    def _somebody(self) -> str:
        made = self._new("person")
        assert made is not None
        return made.id

    def _dates(self, path: str) -> list[Any]:
        puzzle = Puzzle(self.book, self.case, self.as_of)
        days: list[Any] = [day.isoformat() for day in some_days(puzzle, path, None)]
        for value in self.book.parameters.values():
            if isinstance(value, str) and value.endswith("hours"):
                now = read_instant(self.as_of) if "T" in self.as_of else start_of(puzzle.today) + timedelta(hours=12)
                for minutes in (-1, 0, 1):
                    at = now - timedelta(hours=read_length(value)[0], minutes=minutes)
                    days.append(f"{at:%Y-%m-%dT%H:%M}Z")
        if self.chance(25):
            days += [
                f"{day - timedelta(1)}T23:30Z" for day in (self._someday(days), puzzle.today) if start_of(day).hour
            ]
        if FIELDS[path].not_yet:
            days.append("not_yet")
        if FIELDS[path].past and not self.known:
            days.append((puzzle.today + timedelta(20)).isoformat())
        return days

    def _someday(self, days: Sequence[str]) -> date:
        return date.fromisoformat(self.pick(days)[:10])

    def _vaguely(self, facts: Any, path: str) -> None:
        """A value that says something and not all: a month or a year, or a set that is not complete."""
        name = path.partition(".")[2]
        known = FIELDS[path]
        value = self.pick(self._values(path))
        if known.sort == "date" and value != "not_yet":
            if value[:10] <= (date.max.isoformat() if not known.past else self.as_of[:10]):
                facts[name] = value[: self.pick((7, 4))]
        elif known.sort in ("words", "references"):
            facts[name] = value
            facts["incomplete"] = [*facts.get("incomplete", ()), name]

    # --- the rest

    def _fill(self) -> None:
        """Gives values to facts that the goal has left alone: all of them where the case is to be known."""
        for path in facts_read(self.book):
            kind, name = record_of(path), path.partition(".")[2]
            owner = path.partition(".")[0]
            if name == "id" or path in ("child.stage", "case.all_regular_people_recorded"):
                continue
            if kind is None:
                self._fill_one(self.case if owner == "case" else self.case[owner], owner, path)
                continue
            for facts in list(self.case.get(LISTS[kind]) or ()):
                self._fill_one(facts, f"{LISTS[kind]}[{facts['id']}]", path)

    def _fill_one(self, facts: Any, where: str, path: str) -> None:
        name = path.partition(".")[2]
        if name in facts or ((where, name) in self.left_open and not self.known):
            return
        if self.known or self.chance(45):
            facts[name] = self.pick(self._values(path))
        elif self.chance(25):
            self._vaguely(facts, path)

    def _lists(self) -> None:
        incomplete = []
        for kind in dict.fromkeys((*lists_read(self.book), *(("person",) if self.case.get("people") else ()))):
            name = LISTS[kind]
            state = (
                "closed" if self.known else self.states.get(kind) or self.pick(("closed", "open", "absent", "closed"))
            )
            if kind == "person":
                self._people(state)
            elif state == "absent" and not self.case.get(name):
                self.case.pop(name, None)
            else:
                self.case.setdefault(name, [])
                if state != "closed" and name not in incomplete:
                    incomplete.append(name)
        if incomplete:
            self.case["incomplete"] = [*self.case.get("incomplete", ()), *incomplete]

    def _people(self, state: str) -> None:
        """People are complete only where that is said; what the goal said of it stands."""
        everybody = "all_regular_people_recorded"
        if everybody not in self.case:
            if state == "closed":
                self.case[everybody] = True
            elif state == "open" and self.chance(40):
                self.case[everybody] = False

    def _removed(self) -> frozenset[str]:
        """Some of what the case says, to be taken away: facts, records, the completeness of lists."""
        paths = [f"{owner}.{name}" for owner in ("child", "pregnancy") for name in self.case[owner] if name != "id"]
        for kind, name in LISTS.items():
            if self.case.get(name) is None:
                continue
            paths.append(name)
            for facts in self.case[name]:
                base = f"{name}[{facts['id']}]"
                paths += [
                    base,
                    base,
                    *(f"{base}.{fact}" for fact in facts if f"{kind}.{fact}" in FIELDS and fact != "id"),
                ]
        paths = [path for path in paths if not path.endswith(".incomplete")]
        if not paths:
            return frozenset()
        return frozenset(self.pick(paths) for _ in range(self.pick((1, 2, 3))))
