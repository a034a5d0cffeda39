"""What an index says of a view, in the form of `Runs.outcomes`, and where the walk says something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import making_cases
from safeguard_rules import Case, Rulebook
from safeguard_rules.engine.elsewhere import Walked
from safeguard_rules.engine.indexing.cells import NO_FINDING
from safeguard_rules.engine.indexing.rule_index import RuleIndex
from safeguard_rules.engine.outcomes import CHILD, OUTCOMES, Key, Runs
from safeguard_rules.engine.program import Program
from safeguard_rules.results import Outcome
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.view import CaseView, view
from tests.engine.agreement import Situation, situations, with_definitions_as_rules
from tests.oracle.engines import view_of
from tests.oracle.shapes import Example

FORTY = Path(making_cases.__file__).parent / "forty"
DATE = re.compile(r"\d{4}-\d\d-\d\d")
STAGES = tuple(map(frozenset, (("born",), ("unborn", "born"), ("has_died",), ("unborn", "born", "has_died"))))


Seen = Callable[[], CaseView]
"""Gives a new view of a case on a day."""


@dataclass(frozen=True)
class Tried:
    """Rules and several cases for one index, and what the walk says of each."""

    program: Program
    walked: tuple[tuple[Seen, dict[Key, Outcome]], ...]


def tried(example: Example) -> Tried:
    """An example, walked: its rule, and its definitions as rules for several stages."""
    found = tuple(situations(example))
    program = with_definitions_as_rules(found[0].program, *STAGES)
    mixed = [
        replace(active, form=replace(active.form, never_assume=active.form.never_assume != bool(number % 3)))
        for number, active in enumerate(program.rules)
    ]
    return walk(replace(program, rules=tuple(mixed)), [partial(seen_of, each) for each in found])


def walk(program: Program, seen: Sequence[Seen]) -> Tried:
    """Rules and cases, walked."""
    return Tried(program, tuple((each, walked_outcomes(program, each())) for each in seen))


def seen_of(situation: Situation) -> CaseView:
    """A new view of a situation's case."""
    return view_of(situation.case, situation.as_of, situation.removed)


def forty(cases: int) -> Tried:
    """The forty made-up rules over cases made for them, with much that is partly known, on two days."""
    book = Rulebook.load([FORTY])
    found: list[Seen] = []
    for number, plain in enumerate(making_cases.cases(cases)):
        case = Case.model_validate(partly_known(plain, Seeded(number)))
        for day in ("2026-03-02", "2026-03-16T12:00Z"):
            found.append(partial(view, case, AsOf.of(day), book.vocabulary))
    return walk(book.program(AsOf.of("2026-03-02")), found)


def partly_known(plain: Any, dice: Seeded) -> Any:
    """A case with some dates as months, at a time of day, or later; some sets incomplete; some stages unknown."""
    if isinstance(plain, list):
        return [partly_known(each, dice) for each in plain]
    if not isinstance(plain, dict):
        return _other_date(plain, dice)
    found = {key: partly_known(each, dice) for key, each in plain.items()}
    if found.get("stage") == "born" and dice.chance(15):
        del found["stage"]
    sets = [key for key, each in found.items() if isinstance(each, list) and dice.chance(30)]
    if "people" in sets:
        del found["all_regular_people_recorded"]
    return {**found, "incomplete": sets} if sets else found


def _other_date(plain: Any, dice: Seeded) -> Any:
    if not isinstance(plain, str) or not DATE.fullmatch(plain) or dice.chance(55):
        return plain
    if dice.chance(40):
        return dice.pick((plain[:7], plain[:4], "2026-03"))
    if dice.chance(50):
        return f"{plain}T{dice.pick(('00', '11', '23'))}:30Z"
    return (date.fromisoformat(plain) + timedelta(days=dice.pick((1, 14, 90)))).isoformat()


def walked_outcomes(program: Program, seen: CaseView) -> dict[Key, Outcome]:
    """What the plain walk says."""
    rules = tuple(replace(active, holds=Walked(active.form)) for active in program.rules)
    return Runs(replace(program, rules=rules), seen).outcomes()


def outcomes_of(index: RuleIndex, seen: CaseView) -> dict[Key, Outcome]:
    """What an index says of the rules that it took."""
    coded, found = index.codes(seen), dict[Key, Outcome]()
    for kind, section in index.sections.items():
        rows = {CHILD: coded.child} if kind is None else coded.records[kind]
        for path, codes in rows.items():
            for active, code in zip(section.rules, codes, strict=True):
                if code != NO_FINDING:
                    found[active.rule.name, path] = OUTCOMES[code]
    return found


def wrong_outcomes(
    index: RuleIndex, seen: Seen, walked: dict[Key, Outcome]
) -> dict[Key, tuple[Outcome | None, Outcome | None]]:
    """Where an index says something else than the walk: what it says, and what is right."""
    left = {active.rule.name for active in index.left}
    said = outcomes_of(index, seen())
    right = {key: outcome for key, outcome in walked.items() if key[0] not in left}
    return {
        key: (said.get(key), right.get(key)) for key in said.keys() | right.keys() if said.get(key) != right.get(key)
    }
