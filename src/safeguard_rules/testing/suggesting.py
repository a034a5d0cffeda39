"""For a wrong that no case found out: a case in which the pack and the pack with this wrong come out differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from safeguard_rules.case.case import Case
from safeguard_rules.engine.finding import key_of
from safeguard_rules.engine.outcomes import assumed_uses
from safeguard_rules.engine.program import Program, readers
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.packs.names import pack_of
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.drafts import Facts
from safeguard_rules.testing.expecting import directory_of
from safeguard_rules.testing.forcing import Bench
from safeguard_rules.testing.generated_file import CaseNames, expectation, is_missed
from safeguard_rules.testing.generating import MadeCase, bench_for, day_for
from safeguard_rules.testing.made_cases import GOALS, Maker
from safeguard_rules.testing.mutants import Mutant, mutated
from safeguard_rules.testing.shrinking import shrunk
from safeguard_rules.testing.wanting import Shown, Wanted
from safeguard_rules.values.dates import AsOf

TRIES = 60
"""How many cases are made towards each outcome of a rule, aimed at the thresholds of either pack."""


@dataclass(frozen=True, slots=True)
class Suggesting:
    """Looks for cases of one pack, in one area, that find out what other cases did not."""

    pack: str
    rulebook: Rulebook
    area: str | None

    def killer(self, mutant: Mutant) -> MadeCase | None:
        """A small case that finds a mutant out; None where none was found, which proves nothing."""
        other = mutated(self.rulebook, mutant)
        for rule in self._touched(mutant.at):
            for form in self.rulebook.content.rules[rule].forms:
                as_of = day_for(form)
                here = bench_for(self.rulebook, self.rulebook.content.rules[rule], as_of)
                there = bench_for(other, other.content.rules[rule], as_of)
                if here is not None and there is not None:
                    found = _Pair(self.pack, here, there, as_of).apart()
                    if found is not None:
                        return self._made(found, here, as_of, mutant)
        return None

    def _touched(self, at: str) -> tuple[str, ...]:
        """The rules in which a wrong can show: the rule itself, or those that read the definition or the parameter.

        All rules of the pack where none does: what nobody is asked for may depend on it.
        """
        name = at.partition(".")[0].partition("[")[0]
        if name in self.rulebook.content.rules:
            return (name,)
        own = sorted(rule for rule in self.rulebook.content.rules if pack_of(rule) == self.pack)
        reading = {rule for each in self._programs() for rule in readers(each, name)}
        return tuple(rule for rule in own if rule in reading) or tuple(own)

    def _programs(self) -> Iterator[Program]:
        yield from (self.rulebook.program(AsOf.of(day)) for day in self.rulebook.boundaries if day.year > 1)

    def _made(self, case: Case, bench: Bench, as_of: AsOf, mutant: Mutant) -> MadeCase:
        rule = bench.active.rule.name
        says = f"where a slip would show ({mutant})"
        wanted = Wanted(rule, as_of, None, (), None, says)
        result = next(iter(bench.results(case, as_of)))
        return MadeCase(case, as_of, self.area, [Shown(wanted, result.outcome, result.truth)])


@dataclass(frozen=True, slots=True)
class _Pair:
    """The same rule as it is, and with a wrong done to it or to what it reads."""

    pack: str
    here: Bench
    there: Bench
    as_of: AsOf

    def apart(self) -> Case | None:
        """A case in which the two come out differently, and so that an expectation can say it."""
        for tree in self._drafts():
            if self._differ(tree):
                return Case.model_validate(shrunk(tree, self.here.rulebook.vocabulary, self.as_of, self._differ))
        return None

    def _drafts(self) -> Iterator[Facts]:
        rule = self.here.active.rule.name
        start = crc32(f"{rule} {self.as_of}".encode())
        for attempt in range(TRIES):
            for bench in (self.here, self.there):
                maker = Maker(bench.rulebook, self.as_of)
                for outcome in GOALS:
                    yield maker.towards(Seeded(start + attempt), rule, outcome)

    def _differ(self, tree: Facts) -> bool:
        try:
            case = Case.model_validate(tree)
        except ValueError:
            return False
        if _came_to(self.here, case, self.as_of) == _came_to(self.there, case, self.as_of):
            return False
        names = CaseNames(self.pack, directory_of(self.pack, self.here.rulebook))
        rules = [self.here.active.rule.name]
        here, there = (bench.rulebook.evaluate(case, as_of=self.as_of) for bench in (self.here, self.there))
        return is_missed(expectation(here, rules, names), there, rules, names)


def _came_to(bench: Bench, case: Case, as_of: AsOf) -> Sequence[Any]:
    """What a rule came to, what it assumed for that, and what it demands then: quick, and without reasons."""
    demands = [(each.obligation, each.action) for each in bench.active.form.demands]
    return [
        (
            key_of(result),
            result.outcome,
            [tuple(each) for each in assumed_uses(result)],
            demands if result.applies else None,
        )
        for result in bench.results(case, as_of)
    ]
