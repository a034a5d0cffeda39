"""Cases drawn from the whole vocabulary, with values at the thresholds of a rulebook: lengths, ages, numbers."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.values.durations import Duration, Unit, add
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary
from tests.oracle.dice import Dice

DAYS = ("2026-03-02", "2026-03-31", "2026-02-28", "2026-03-29", "2026-03-02T14:00Z")
SINGLE = ("child", "pregnancy")
BASES = ("observed", "recorded", "told_by_carer", "told_by_carer", "told_by_other")


def thresholds(rulebook: Rulebook) -> tuple[Any, ...]:
    """All values of all parameters of a rulebook, sorted."""
    found = {form.value for each in rulebook.content.parameters.values() for form in each.forms}
    return tuple(sorted(found, key=str))


class CaseMaker:
    """Draws cases for the rules of one rulebook on one day."""

    def __init__(self, dice: Dice, rulebook: Rulebook, as_of: str) -> None:
        self.dice = dice
        self.vocabulary: Vocabulary = rulebook.vocabulary
        self.today = date.fromisoformat(as_of[:10])
        values = thresholds(rulebook)
        self.days = self._days([value for value in values if isinstance(value, Duration)])
        self.numbers = [0, 1, *(v + step for v in values if isinstance(v, int) for step in (-1, 0, 1) if v + step >= 0)]

    def _days(self, lengths: Sequence[Duration]) -> list[str]:
        """The days at which some length up to this day begins, each with its neighbours."""
        found = {self.today + timedelta(step) for step in (-1, 0, -3, -40, -400)}
        for length in lengths:
            if length.unit not in (Unit.HOURS, Unit.WORKING_DAYS):
                back = self.today - (add(self.today, length) - self.today)
                found |= {back + timedelta(step) for step in (-1, 0, 1)}
        return [day.isoformat() for day in sorted(found)]

    def case(self) -> dict[str, Any]:
        """One case: some of it known, some partial, some incomplete, some told by a carer."""
        dice = self.dice
        known = dice.pick((25, 50, 70, 90))
        people = [f"p{n}" for n in range(dice.pick((0, 1, 2, 2)))]
        case: dict[str, Any] = {"child": {"id": "baby"}, "pregnancy": {}, "incomplete": []}
        stage = dice.pick(("born", "born", "born", "unborn", "has_died", None))
        if stage is not None:
            case["child"]["stage"] = stage
        for owner in SINGLE:
            self._facts(case[owner], owner, known, people)
        self._facts(case, "case", known, people)
        for kind in self.vocabulary.kinds.values():
            if dice.chance(25) and not (kind.singular == "person" and people):
                continue
            ids = (
                people
                if kind.singular == "person"
                else [f"{kind.singular[0]}{n}" for n in range(dice.pick((0, 1, 1, 2)))]
            )
            case[kind.name] = [self._record(kind.singular, id_, known, people) for id_ in ids]
            if dice.chance(30) and kind.singular != "person":
                case["incomplete"].append(kind.name)
        if case.get("people") is None:
            case.pop("all_regular_people_recorded", None)
        if case["child"].get("stage") == "unborn":
            case["child"].pop("born_on", None)
        self._evidence(case)
        return case

    def _record(self, kind: str, id_: str, known: int, people: Sequence[str]) -> dict[str, Any]:
        record: dict[str, Any] = {"id": id_}
        self._facts(record, kind, known, people)
        return record

    def _facts(self, into: dict[str, Any], owner: str, known: int, people: Sequence[str]) -> None:
        for fact in self.vocabulary.facts_of(owner):
            if fact.derived or fact.name == "id" or fact.path == "child.stage" or not self.dice.chance(known):
                continue
            value = self._value(fact, people)
            if value is None:
                continue
            into[fact.name] = value
            if isinstance(value, list) and self.dice.chance(20):
                into["incomplete"] = [*into.get("incomplete", ()), fact.name]

    def _value(self, fact: Fact, people: Sequence[str]) -> Any:
        dice = self.dice
        match fact.kind:
            case Kind.BOOLEAN:
                return dice.chance(50)
            case Kind.WORD:
                return dice.pick(fact.words)
            case Kind.WORDS:
                return list(dict.fromkeys(dice.pick(fact.words) for _ in range(dice.pick((0, 1, 1, 2)))))
            case Kind.NUMBER:
                return dice.pick(self.numbers)
            case Kind.LENGTH:
                return dice.pick(("36 weeks", "37 weeks", "40 weeks"))
            case Kind.REFERENCE:
                return dice.pick(people) if people else None
            case Kind.REFERENCES:
                return [person for person in people if dice.chance(60)]
            case Kind.DATE:
                if fact.may_be_not_yet and dice.chance(30):
                    return "not_yet"
                if not fact.past and dice.chance(30):
                    return (self.today + timedelta(dice.pick((0, 1, 20)))).isoformat()
                return dice.pick(self.days)[: dice.pick((10, 10, 10, 10, 7, 4))]
        return "some text"

    def _evidence(self, case: dict[str, Any]) -> None:
        evidence: dict[str, Any] = {}
        for name in SINGLE:
            for fact in [each for each in case[name] if each not in ("id", "incomplete")]:
                if self.dice.chance(25):
                    evidence[f"{name}.{fact}"] = {"basis": self.dice.pick(BASES)}
        for kind in self.vocabulary.kinds.values():
            for record in case.get(kind.name) or ():
                base = f"{kind.name}[{record['id']}]"
                for fact in [each for each in record if each not in ("id", "incomplete")]:
                    if self.dice.chance(15):
                        evidence[f"{base}.{fact}"] = {"basis": self.dice.pick(BASES)}
                if self.dice.chance(15):
                    evidence[base] = {"basis": self.dice.pick(BASES)}
        case["evidence"] = evidence


def blurred(dice: Dice, vocabulary: Vocabulary, case: dict[str, Any], as_of: str) -> dict[str, Any]:
    """The same case with less known of it: facts left out, dates without their day, lists and sets not complete.

    A date that lies ahead keeps its day: cut at the day of evaluation, its year would say what the whole date does not.
    """
    less = copy.deepcopy({name: value for name, value in case.items() if name != "evidence"})
    less.setdefault("incomplete", [])
    stage = less["child"].get("stage")
    for kind in vocabulary.kinds.values():
        if less.get(kind.name) is None:
            continue
        for record in less[kind.name]:
            _blur(dice, record, as_of)
        if kind.singular == "person" or (stage is not None and stage not in kind.stages):
            continue
        if dice.chance(10):
            del less[kind.name]
            less["incomplete"] = [name for name in less["incomplete"] if name != kind.name]
        elif dice.chance(30):
            less["incomplete"] = sorted({*less["incomplete"], kind.name})
            less[kind.name] = [record for record in less[kind.name] if dice.chance(60)]
    for part in (less["child"], less["pregnancy"]):
        _blur(dice, part, as_of)
    if dice.chance(30):
        less.pop("all_regular_people_recorded", None)
    for name in ("status", "plan", "closed_on"):
        if dice.chance(20):
            less.pop(name, None)
    return less


def _blur(dice: Dice, part: dict[str, Any], as_of: str) -> None:
    for name, value in list(part.items()):
        if name in ("id", "incomplete") or dice.chance(70):
            continue
        if isinstance(value, list) and dice.chance(60):
            part[name] = [each for each in value if dice.chance(50)]
            part["incomplete"] = sorted({*part.get("incomplete", ()), name})
        elif isinstance(value, str) and value[:2] in ("19", "20") and len(value) == 10 and dice.chance(60):
            short = value[: dice.pick((7, 4))]
            part[name] = short if value <= as_of[:10] else value
        else:
            del part[name]
            part["incomplete"] = [each for each in part.get("incomplete", ()) if each != name]
