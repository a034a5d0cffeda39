"""Knowing less and knowing more of one case: single steps either way, and everything at once."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.case.case import Case
from safeguard_rules.case.paths import iter_paths
from safeguard_rules.case.without import without
from safeguard_rules.testing.cut_points import CutPoints
from safeguard_rules.testing.dice import Dice
from safeguard_rules.testing.drafts import EVERYBODY, Facts, parts_of
from safeguard_rules.testing.reading_of_rules import Reads
from safeguard_rules.testing.written_cases import tidied
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary
from safeguard_rules.vocabulary.kinds import STAGES
from safeguard_rules.vocabulary.view import view

ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One thing of a case to know less of: all of it, the day or the month of a date, or whether a set is complete."""

    path: str
    how: Literal["forget", "month", "year", "incomplete"] = "forget"

    def __str__(self) -> str:
        said = {"forget": "is forgotten", "month": "keeps its month only", "year": "keeps its year only"}
        return f"{self.path} {said.get(self.how, 'may not be complete')}"


def steps_back(case: Case, vocabulary: Vocabulary, as_of: AsOf | None = None) -> tuple[Step, ...]:
    """Every way to know one thing less of a case, whole records and lists first.

    A date loses its day only with `as_of`, and only if it does not lie ahead: the rules cut a date at the day of the
    evaluation, and the year of a later one would say what the whole date does not.
    """
    found = [Step(path) for path in sorted(iter_paths(case), key=lambda path: ("." in path, path))]
    for owner, base, facts in parts_of(canonical_tree(case), vocabulary):
        for fact in vocabulary.facts_of(owner):
            value = facts.get(fact.name)
            path = f"{base}.{fact.name}"
            if fact.derived or value is None:
                continue
            if fact.kind in (Kind.WORDS, Kind.REFERENCES) and fact.name not in facts.get("incomplete", ()):
                found.append(Step(path, "incomplete"))
            if fact.kind is Kind.DATE and as_of is not None and value != "not_yet" and len(value) > 4:
                when = When.parse(value)
                if when.last <= as_of.day and when.cut(as_of) is not None:
                    found += [Step(path, "year"), *([Step(path, "month")] if len(value) > 7 else [])]
    return tuple(found)


def know_less(case: Case, step: Step) -> Case:
    """The case with one thing less known; the case itself where there is nothing of it left to forget."""
    if step.how == "forget":
        return without(case, step.path)
    tree: Facts = copy.deepcopy(canonical_tree(case))
    base, _, name = step.path.rpartition(".")
    facts = _facts_at(tree, base)
    value = facts.get(name) if facts is not None else None
    if facts is None or value is None:
        return case
    if step.how == "incomplete":
        facts["incomplete"] = list(dict.fromkeys((*facts.get("incomplete", ()), name)))
    elif value != "not_yet":
        facts[name] = value[: 7 if step.how == "month" else 4]
    return Case.model_validate(tree)


def _facts_at(tree: Facts, base: str) -> Facts | None:
    if base == "case":
        return tree
    name, _, id_ = base.rstrip("]").partition("[")
    if not id_:
        found: Facts | None = tree.get(name)
        return found
    return next((record for record in tree.get(name) or () if record["id"] == id_), None)


# --- more


@dataclass(slots=True)
class Learning:
    """Makes what is unknown of one case known; with `reads`, only what these rules read."""

    dice: Dice
    case: Case
    vocabulary: Vocabulary
    points: CutPoints
    reads: Reads | None = None
    tree: Facts = field(init=False)
    gave: dict[str, tuple[Facts, Fact]] = field(default_factory=dict, init=False)
    closed: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self.tree = copy.deepcopy(canonical_tree(self.case))
        self.tree.setdefault("child", {"id": "baby"})
        self.tree.setdefault("pregnancy", {})

    @property
    def as_of(self) -> AsOf:
        """The day of the evaluation."""
        return self.points.as_of

    def everything(self) -> Case | None:
        """The case with nothing left open and no new contradiction; None where that did not come out."""
        before = self._problems(self.case)
        self._stage()
        for _ in range(ROUNDS):
            self._fill()
            found = self.build()
            new = [path for path in self._problems(found) if path not in before]
            if not new:
                return found
            if not self._again(new):
                return None
        return None

    def one_thing(self) -> Case | None:
        """The case with one fact more, or one more day, word or list known; None where nothing is left to learn."""
        open_facts = [each for each in self._facts() if self._is_open(each[0], each[1])]
        lists = [kind for kind in self.vocabulary.kinds.values() if self._is_open_list(kind.singular, kind.name)]
        if not open_facts and not lists:
            return None
        before = self._problems(self.case)
        if lists and (not open_facts or self.dice.chance(30)):
            kind = self.dice.pick(lists)
            self._close(kind.singular, kind.name)
        else:
            fact, facts, path = self.dice.pick(open_facts)
            self._learn(fact, facts, path)
        found = self.build()
        return found if set(self._problems(found)) <= set(before) else None

    def about(self, base: str) -> Case:
        """The case with most facts of one record known."""
        for fact, facts, path in list(self._facts()):
            if path.rpartition(".")[0] == base and self.dice.chance(75):
                self._learn(fact, facts, path)
        return self.build()

    def answer(self, path: str) -> tuple[str, Case] | None:
        """The case with an answer to a question, and its path; None where that is no single fact or list.

        A list is answered by saying that it is complete.
        """
        for kind in self.vocabulary.kinds.values():
            if path == kind.name and self._is_open_list(kind.singular, kind.name):
                self._close(kind.singular, kind.name)
                return path, self.build()
        for fact, facts, here in list(self._facts()):
            if here == path and self._is_open(fact, facts):
                self._learn(fact, facts, here)
                return (path, self.build()) if not self._is_open(fact, facts) else None
        return None

    def build(self) -> Case:
        """The case as it stands now, without reasons for not knowing what is known."""
        now_known = self.closed | self.gave.keys()
        evidence = {
            path: [entry for entry in entries if path not in now_known or entry.get("why") is None]
            for path, entries in self.tree.get("evidence", {}).items()
        }
        self.tree["evidence"] = {path: entries for path, entries in evidence.items() if entries}
        return Case.model_validate(tidied(copy.deepcopy(self.tree), self.vocabulary))

    # --- within

    def _problems(self, case: Case) -> tuple[str, ...]:
        return tuple(each.path for each in view(case, self.as_of, self.vocabulary).problems)

    def _stage(self) -> None:
        if self.tree["child"].get("stage") is None:
            possible = view(self.case, self.as_of, self.vocabulary).possible_stages
            self.tree["child"]["stage"] = self.dice.pick([each for each in STAGES if each in possible])
            self.gave["child.stage"] = (self.tree["child"], self.vocabulary.facts["child.stage"])

    def _fill(self) -> None:
        """Closes every list and learns every fact that is still open in the stage that was taken."""
        for kind in self.vocabulary.kinds.values():
            if self.tree["child"]["stage"] in kind.stages and self._is_read(kind.singular):
                self._close(kind.singular, kind.name)
        for fact, facts, path in self._facts():
            self._learn(fact, facts, path)

    def _is_open_list(self, kind: str, name: str) -> bool:
        stage = self.tree["child"].get("stage")
        if (stage is None or stage in self.vocabulary.kinds[kind].stages) and self._is_read(kind):
            if kind == "person" and self.tree.get(EVERYBODY) is False:
                return False  # it is known to be short: to call it complete would take that back
            everybody = kind == "person" and self.tree.get(EVERYBODY) is None
            return self.tree.get(name) is None or name in self.tree.get("incomplete", ()) or everybody
        return False

    def _is_read(self, kind: str) -> bool:
        return self.reads is None or kind in self.reads.kinds

    def _close(self, kind: str, name: str) -> None:
        """Makes a list complete, with one more record now and then if it was open."""
        if not self._is_open_list(kind, name):
            return
        records = self.tree.setdefault(name, [])
        if self.dice.chance(35):
            taken = {record["id"] for record in records}
            records.append({"id": next(f"{kind}-{n}" for n in range(1, 999) if f"{kind}-{n}" not in taken)})
        if name in self.tree.get("incomplete", ()):
            self.tree["incomplete"] = [each for each in self.tree["incomplete"] if each != name]
        if kind == "person":
            self.tree[EVERYBODY] = True
            self.closed.add(f"case.{EVERYBODY}")
        self.closed.add(name)

    def _facts(self) -> Iterator[tuple[Fact, Facts, str]]:
        stage = self.tree["child"].get("stage")
        for owner, base, facts in parts_of(self.tree, self.vocabulary):
            for fact in self.vocabulary.facts_of(owner):
                if fact.derived or fact.name == "id" or fact.path in ("child.stage", f"case.{EVERYBODY}"):
                    continue
                born = fact.path == "child.born_on" and stage == "unborn"
                if (stage is None or stage in fact.stages) and not born and self._is_wanted(fact):
                    assert isinstance(facts, dict)
                    yield fact, facts, f"{base}.{fact.name}"

    def _is_wanted(self, fact: Fact) -> bool:
        return self.reads is None or fact.path in self.reads.facts

    def _is_open(self, fact: Fact, facts: Facts) -> bool:
        value = facts.get(fact.name)
        if value is None or fact.name in facts.get("incomplete", ()):
            return True
        return fact.kind is Kind.DATE and value != "not_yet" and len(value) < 10

    def _learn(self, fact: Fact, facts: Facts, path: str) -> None:
        value = facts.get(fact.name)
        if value is None:
            values = self._values(fact)
            if values:
                facts[fact.name] = self.dice.pick(values)
                self.gave[path] = (facts, fact)
        elif fact.name in facts.get("incomplete", ()):
            more = [word for word in self._members(fact) if word not in value]
            facts[fact.name] = [*value, *([self.dice.pick(more)] if more and self.dice.chance(50) else [])]
            facts["incomplete"] = [each for each in facts["incomplete"] if each != fact.name]
        elif self._is_open(fact, facts):
            days = self._days(value, fact)
            if days:
                facts[fact.name] = self.dice.pick(days)

    def _members(self, fact: Fact) -> list[str]:
        if fact.refers_to is None:
            return list(fact.words)
        return [record["id"] for record in self.tree.get(self.vocabulary.kinds[fact.refers_to].name) or ()]

    def _values(self, fact: Fact) -> list[Any]:
        if fact.kind is Kind.REFERENCES:
            there = self._members(fact)
            return [[], *([each] for each in there)]
        return list(self._members(fact) if fact.kind is Kind.REFERENCE else self.points.values(fact))

    def _days(self, value: str, fact: Fact) -> list[str]:
        """Days that a month or a year may mean: its ends, and those that matter to the rules."""
        when = When.parse(value)
        last = min(when.last, self.as_of.day) if fact.past else when.last
        named = [each for each in self.points.values(fact) if len(each) == 10]
        inside = [day for day in named if when.first.isoformat() <= day <= last.isoformat()]
        return list(dict.fromkeys((when.first.isoformat(), last.isoformat(), *inside))) if when.first <= last else []

    def _again(self, paths: list[str]) -> bool:
        """Gives other values to what was learned and brings contradictions; false if nothing of it was."""
        changed = False
        for path in paths:
            # A date of birth may be what is wrong with a date that lies before it.
            for each in (path, "child.born_on", f"{path.rpartition('.')[0]}.sent_on"):
                if each in self.gave:
                    facts, fact = self.gave[each]
                    facts[fact.name] = self.dice.pick(self._values(fact))
                    changed = True
        return changed
