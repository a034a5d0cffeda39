"""What an index says of a view, in the form of `Runs.outcomes`, and where the walk says something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from safeguard_rules.engine.elsewhere import Walked
from safeguard_rules.engine.indexing.codes import NO_FINDING
from safeguard_rules.engine.indexing.rule_index import RuleIndex
from safeguard_rules.engine.outcomes import CHILD, OUTCOMES, Key, Runs
from safeguard_rules.engine.program import Program
from safeguard_rules.results import Outcome
from safeguard_rules.vocabulary.view import CaseView
from tests.engine.agreement import Situation, with_definitions_as_rules
from tests.oracle.engines import view_of

STAGES = tuple(map(frozenset, (("born",), ("unborn", "born"), ("has_died",), ("unborn", "born", "has_died"))))

MakesIndex = Callable[[Program], RuleIndex]


def program_of(situation: Situation) -> Program:
    """The rule of a situation, and its definitions as rules for several stages."""
    return with_definitions_as_rules(situation.program, *STAGES)


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
    situation: Situation, walked: dict[Key, Outcome], make: MakesIndex = RuleIndex
) -> dict[Key, tuple[Outcome | None, Outcome | None]]:
    """Where an index of a situation's rules says something else than the walk: what it says, and what is right."""
    index = make(program_of(situation))
    left = {active.rule.name for active in index.left}
    said = outcomes_of(index, view_of(situation.case, situation.as_of, situation.removed))
    right = {key: outcome for key, outcome in walked.items() if key[0] not in left}
    return {
        key: (said.get(key), right.get(key)) for key in said.keys() | right.keys() if said.get(key) != right.get(key)
    }
