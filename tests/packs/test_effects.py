"""What a change asks for: more, less, the same, or nothing that structure can show; never the wrong way round."""

from dataclasses import replace
from datetime import date

import pytest

from safeguard_rules import Rulebook
from safeguard_rules.language.tree import Condition
from safeguard_rules.packs.content import Rule
from safeguard_rules.packs.differences import LESS, MORE, SAME, UNCLEAR, Effect
from safeguard_rules.packs.effects import (
    of_areas,
    of_condition,
    of_obligation,
    of_presence,
    of_sets,
    of_span,
    of_within,
)
from safeguard_rules.testing.case_files import PackCase
from safeguard_rules.testing.mutants import rewritten
from safeguard_rules.testing.runner import CaseRunner
from tests.language.built import condition

RANK = {"does_not_apply": 0, "undetermined": 1, "applies": 2}


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("should", "must", MORE),
        ("must_not", "should_not", LESS),
        ("consider", "should", MORE),
        ("must", "must_not", UNCLEAR),
        ("consider", "should_not", UNCLEAR),
    ],
)
def test_obligations(old: str, new: str, effect: Effect) -> None:
    assert of_obligation(old, new) == effect


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("4 hours", "same day", UNCLEAR),
        ("2 days", "4 hours", MORE),
        ("at once", "2 days", LESS),
        ("promptly", "2 days", UNCLEAR),
        (None, "promptly", MORE),
        ("promptly", None, LESS),
        ("2 days", "2 days", SAME),
    ],
)
def test_times(old: str | None, new: str | None, effect: Effect) -> None:
    assert of_within((old, "sourced", None), (new, "proposed", None)) == effect
    assert of_within((old, "sourced", None), (new, "sourced", "injury.noticed_on")) == UNCLEAR


def test_days_areas_and_stages() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert [of_span((None, None), (first, None)), of_span((first, last), (None, last))] == [LESS, MORE]
    assert of_span((None, last), (first, None)) == UNCLEAR
    assert of_span((first, last), (first, last)) == SAME
    assert [of_areas((), ("a",)), of_areas(("a",), ()), of_areas(("a",), ("a", "b"))] == [LESS, MORE, MORE]
    assert of_areas(("a",), ("b",)) == UNCLEAR
    assert [of_sets(["born"], ["born", "unborn"]), of_sets(["born"], ["unborn"])] == [MORE, UNCLEAR]
    assert [of_presence(None, 1), of_presence(1, None), of_presence(0, None)] == [MORE, LESS, SAME]


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("young", "{any: [young, {child.disabled: true}]}", MORE),
        ("{child.movements: {includes_any: [crawls, walks]}}", "{child.movements: {includes: walks}}", LESS),
        ("{not: {all: [young, always]}}", "{not: {all: [always, young]}}", SAME),
        ("young", "{child.disabled: true}", UNCLEAR),
    ],
)
def test_conditions(old: str, new: str, effect: Effect) -> None:
    assert of_condition(condition(old), condition(new)) == effect


def _with(book: Rulebook, rule: Rule, when: Condition) -> Rulebook:
    """The same rulebook with another condition in the last form of a rule."""
    forms = (*rule.forms[:-1], replace(rule.forms[-1], when=when))
    rules = {**book.content.rules, rule.name: replace(rule, forms=forms)}
    return Rulebook(replace(book.loaded, content=replace(book.content, rules=rules)))


def _outcomes(book: Rulebook, rule: Rule, case: PackCase) -> list[int]:
    evaluation = book.evaluate(case.case, as_of=case.as_of)
    return [RANK[each.outcome] for each in evaluation.findings.about(rule.name)]


def test_what_is_said_of_a_condition_is_never_wrong_in_a_case() -> None:
    """Every condition of a pack's rules with one small wrong done to it, on all cases beside the pack."""
    cases = CaseRunner.with_plugins().read("lived-experience")
    book = cases.rulebooks[None]
    given = [names.case for names, area in cases.cases if area is None]
    seen: set[Effect] = set()
    for rule in (each for each in book.content.rules.values() if each.pack == "lived-experience"):
        old = [_outcomes(book, rule, case) for case in given]
        for _, _, changed in rewritten(rule.forms[-1].when):
            effect = of_condition(rule.forms[-1].when, changed)
            other = _with(book, rule, changed)
            new = [_outcomes(other, rule, case) for case in given]
            steps = {b - a for before, after in zip(old, new, strict=True) for a, b in zip(before, after, strict=True)}
            back = of_condition(changed, rule.forms[-1].when)
            assert (effect, back) in ((MORE, LESS), (LESS, MORE), (UNCLEAR, UNCLEAR))
            assert effect != MORE or min(steps) >= 0, (rule.name, changed)
            assert effect != LESS or max(steps) <= 0, (rule.name, changed)
            seen |= {effect, back}
    assert {MORE, LESS, UNCLEAR} <= seen
