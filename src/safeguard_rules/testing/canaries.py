"""Canaries: wrong expectations and a wrong pack, on purpose, to see that a failure would be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from safeguard_rules.testing.case_files import ActionsExpectation, Expectation, PackCase
from safeguard_rules.testing.expecting import OBLIGATIONS, OUTCOMES, Names, directory_of
from safeguard_rules.testing.judging import Judge
from safeguard_rules.testing.mutants import kills, mutants
from safeguard_rules.testing.runner import CaseSet
from safeguard_rules.values.frozen import FrozenMap

NOWHERE = "words that no report will ever say"


@dataclass(frozen=True, slots=True)
class Canary:
    """One wrong that must be noticed: what it is, in which case, and whether it was noticed."""

    what: str
    case: str
    caught: bool

    def __str__(self) -> str:
        return f"{self.what} ({self.case}): {'caught' if self.caught else 'NOT caught'}"


def canaries(cases: CaseSet) -> tuple[Canary, ...]:
    """Does each kind of wrong to the first case in which it can be done, and looks whether it is noticed.

    A run in which a canary is not caught proves nothing.
    """
    found = [canary for what, spoil in SPOILED for canary in _first(cases, what, spoil)]
    return (*found, *_mutant(cases))


Spoil = Callable[[Judge], Expectation | None]
"""Gives a wrong expectation for a case that has this right one, or None where it cannot be got wrong so."""


def _first(cases: CaseSet, what: str, spoil: Spoil) -> Iterator[Canary]:
    for number in range(len(cases.cases)):
        judge = cases.judge(number)
        wrong = spoil(judge)
        if wrong is not None:
            yield Canary(
                what, judge.names.case.title, _notices(judge, cases.pack, replace(judge.names.case, expect=wrong))
            )
            return


def _notices(judge: Judge, pack: str, spoiled: PackCase) -> bool:
    names = Names(pack, judge.names.rulebook, spoiled)
    names.check(directory_of(pack, judge.names.rulebook))
    return bool(names.issues) or bool(Judge(names, judge.evaluation).misses())


def _mutant(cases: CaseSet) -> Iterator[Canary]:
    """The pack itself spoilt: one of its mutants, the first that the cases find out, is enough."""
    found = mutants(cases)
    if found:
        at = next((mutant for mutant in found if kills(cases, mutant)), None)
        yield Canary("a pack with one wrong in it", str(at if at is not None else found[0]), at is not None)


# --- wrong expectations


def _another_outcome(judge: Judge) -> Expectation | None:
    for written in judge.names.case.expect.findings:
        got = {each.outcome for each in judge.evaluation.findings.about(judge.names.meant[("rule", written)])}
        if len(got) == 1:
            other = next(outcome for outcome in OUTCOMES if outcome not in got)
            return Expectation(findings=FrozenMap({written: other}))
    return None


def _no_such_action(judge: Judge) -> Expectation | None:
    expect = judge.names.case.expect
    for obligation in OBLIGATIONS:
        if getattr(expect.actions, obligation):
            return Expectation(no_actions=getattr(expect.actions, obligation)[:1])
    return None


def _an_action_not_recommended(judge: Judge) -> Expectation | None:
    absent = judge.names.case.expect.no_actions
    return Expectation(actions=ActionsExpectation(must=absent[:1])) if absent else None


def _no_such_question(judge: Judge) -> Expectation | None:
    asked = judge.names.case.expect.questions
    return Expectation(no_questions=asked[:1]) if asked else None


def _other_words(_: Judge) -> Expectation:
    return Expectation(says=(NOWHERE,))


def _misspelt(_: Judge) -> Expectation:
    return Expectation(findings=FrozenMap({"a-rule-that-is-not-there": "applies"}))


SPOILED: tuple[tuple[str, Spoil], ...] = (
    ("another outcome", _another_outcome),
    ("a recommended action expected not to be", _no_such_action),
    ("an action expected that is not recommended", _an_action_not_recommended),
    ("a question expected not to be asked", _no_such_question),
    ("words that are not said", _other_words),
    ("a misspelt rule", _misspelt),
)
"""What is done wrong, and how."""
