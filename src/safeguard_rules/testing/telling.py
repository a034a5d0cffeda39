"""What a test of packs found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeguard_rules.reports.words import count
from safeguard_rules.testing.canaries import Canary
from safeguard_rules.testing.mutants import MutantRun
from safeguard_rules.testing.reaching import VALUES, Reach
from safeguard_rules.testing.runner import CaseRun


@dataclass(frozen=True, slots=True)
class Examined:
    """All that was looked at of one pack or locality; what was not asked for is None."""

    run: CaseRun
    reach: Reach
    canaries: tuple[Canary, ...]
    mutants: MutantRun | None = None

    @property
    def escaped(self) -> tuple[Canary, ...]:
        """Wrongs that should have been noticed and were not."""
        return tuple(canary for canary in self.canaries if not canary.caught)

    def passed(self, *, least_share: float = 0.0, all_reviewed: bool = False) -> bool:
        """Whether everything that was asked for holds; `least_share` is that of the mutants that must be found out."""
        enough = self.mutants is None or self.mutants.share >= least_share
        return self.run.passed and not self.escaped and enough and not (all_reviewed and self.run.unreviewed)


# --- text


def examined_text(examined: Examined, *, details: bool) -> str:
    """A few lines on one pack; with `details` also everything that no case reaches."""
    return "\n".join(_lines(examined, details))


def _lines(examined: Examined, details: bool) -> Iterator[str]:
    run, reached = examined.run, examined.reach
    for result in run.failed:
        yield f"{result.file}:{result.line}: {result.title}"
        yield from (f"  {line}" for miss in result.misses for line in str(miss).splitlines())
    passed = len(run.results) - len(run.failed)
    yield f"{run.pack}: {passed} of {count(len(run.results), 'case')} passed"
    whole = len(run.coverage) - len(run.uncovered)
    if run.coverage:
        yield f"  rules: {whole} of {len(run.coverage)} shown to apply, not to apply, and to stay open"
    yield from (f"    {rule.rule}: no case shows {' or '.join(rule.missing)}" for rule in run.uncovered)
    yield from _reach_lines(reached, details)
    if run.unreviewed:
        yield f"  generated cases that await a person's review, and show nothing yet: {len(run.unreviewed)}"
    caught = len(examined.canaries) - len(examined.escaped)
    if examined.canaries:  # there are none where a case fails already, or where there is no case
        yield f"  canaries: {caught} of {len(examined.canaries)} wrongs done on purpose were noticed"
    yield from (f"    not noticed: {canary.what} ({canary.case})" for canary in examined.escaped)
    if examined.mutants is not None:
        yield from _mutant_lines(examined.mutants)


def _reach_lines(reached: Reach, details: bool) -> Iterator[str]:
    if reached.conditions:
        made = ", ".join(f"{reached.made(value)} made {word}" for value, word in VALUES)
        yield f"  conditions: {len(reached.conditions)}; {made}"
    if details:
        for each in reached.conditions:
            if each.missing:
                where = f"{each.place.text.name}:{each.place.line}"
                yield f"    {where}: never made {' or '.join(each.missing)}: {each.reads}"
    for what, found, why in (
        ("actions", reached.actions, "expected by no case"),
        ("statements", reached.statements, "no rule that cites it is shown to apply"),
    ):
        if found:
            yield f"  {what}: {sum(done for _, done in found)} of {len(found)} shown by a case"
        if details:
            yield from (f"    {name}: {why}" for name, done in found if not done)


def _mutant_lines(mutants: MutantRun) -> Iterator[str]:
    total = len(mutants.killed) + len(mutants.survivors)
    yield f"  mutants: {len(mutants.killed)} of {total} found out ({mutants.share:.3f})"
    yield from (f"    survived: {mutant}" for mutant in mutants.survivors)


# --- JSON


def examined_tree(examined: Sequence[Examined]) -> dict[str, object]:
    """The same as a tree for JSON."""
    return {"packs": [_tree(each) for each in examined]}


def _tree(examined: Examined) -> dict[str, object]:
    run, mutants = examined.run, examined.mutants
    return {
        "pack": run.pack,
        "cases": [
            {
                "file": result.file,
                "line": result.line,
                "title": result.title,
                "shows": result.shows,
                "reviewed": result.reviewed,
                "passed": result.passed,
                "misses": [
                    {
                        "line": miss.place.line,
                        "expectation": miss.expectation,
                        "expected": miss.expected,
                        "got": miss.got,
                        "conditions": miss.conditions,
                        "because": miss.because,
                    }
                    for miss in result.misses
                ],
            }
            for result in run.results
        ],
        "rules": [{"rule": rule.rule, "missing": rule.missing} for rule in run.coverage],
        "conditions": [
            {"id": each.id, "reads": each.reads, "line": each.place.line, "missing": each.missing}
            for each in examined.reach.conditions
        ],
        "actions": [{"action": name, "shown": done} for name, done in examined.reach.actions],
        "statements": [{"statement": name, "shown": done} for name, done in examined.reach.statements],
        "canaries": [{"what": each.what, "case": each.case, "caught": each.caught} for each in examined.canaries],
        "mutants": None
        if mutants is None
        else {"killed": len(mutants.killed), "survivors": [str(each) for each in mutants.survivors]},
    }
