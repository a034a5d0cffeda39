"""The cases beside the rules of every bundled pack and locality, and what together they must show."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from safeguard_rules.packs.checking import boundaries, in_force
from safeguard_rules.packs.content import DemandForm, RuleForm
from safeguard_rules.packs.models import PackFile
from safeguard_rules.packs.names import pack_of, short
from safeguard_rules.testing.mutants import run_mutants
from safeguard_rules.testing.runner import CaseResult, CaseRun, CaseRunner, CaseSet
from safeguard_rules.values.dates import AsOf

PACKS = (
    "consent-clarity",
    "domestic-abuse-exposure",
    "lived-experience",
    "non-mobile-injury",
    "professional-escalation",
    "reassessment",
    "safe-sleep",
    "support-for-parents",
    "unassessed-male-carers",
    "vulnerability-and-protective-factors",
)
LOCALITIES = ("stoke-on-trent", "wiltshire")
RUNNER = CaseRunner.with_plugins()

ROWS = {
    "non-mobile-injury": [f"NMI-{number:02}" for number in range(1, 16)],
    "domestic-abuse-exposure": [f"DAX-{number:02}" for number in range(1, 11)],
    "unassessed-male-carers": [f"MEN-{number:02}" for number in range(1, 9)],
    "consent-clarity": [f"CON-{number:02}" for number in range(1, 11)],
    "lived-experience": [f"OBS-{number:02}" for number in range(1, 7)],
    "reassessment": [f"REA-{number:02}" for number in range(1, 7)],
    "professional-escalation": [f"ESC-{number:02}" for number in range(1, 8)],
    "safe-sleep": [f"SLP-{number:02}" for number in range(1, 7)],
    "vulnerability-and-protective-factors": [f"VPF-{number:02}" for number in range(1, 7)],
    "support-for-parents": [f"SIG-{number:02}" for number in range(1, 6)],
}
"""The rows of the guidance's table of rules that each pack answers for."""

CONTRADICTIONS = range(1, 16)
"""The contradictions that the guidance lists, by number."""

TRAPS = range(1, 21)
"""The traps that it lists, by number."""

FLOOR = 0.95
"""The least part of its mutants that the cases of a pack find out; most of the others do not change any answer."""


@cache
def cases(pack: str) -> CaseSet:
    return RUNNER.read(pack)


@cache
def run(pack: str) -> CaseRun:
    return cases(pack).run()


RESULTS = [result for pack in (*PACKS, *LOCALITIES) for result in run(pack).results]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.file.rpartition('/')[2]}: {result.title}")
def test_a_case_comes_out_as_expected(result: CaseResult) -> None:
    assert not result.misses, "\n".join(str(miss) for miss in result.misses)


@pytest.mark.parametrize("pack", [*PACKS, *LOCALITIES])
def test_every_rule_applies_stays_open_and_is_ruled_out_in_some_case(pack: str) -> None:
    assert {rule.rule: rule.missing for rule in run(pack).uncovered} == {}


def carried(locality: str) -> list[tuple[str, DemandForm]]:
    """The demands that a locality carries shared rules further with, each with its rule."""
    (rulebook,) = {id(each): each for each in cases(locality).rulebooks.values()}.values()
    return [
        (name, demand)
        for name, rule in rulebook.content.rules.items()
        for form in rule.forms
        for demand in form.demands
        if demand.carried_by == locality
    ]


@pytest.mark.parametrize("locality", LOCALITIES)
def test_every_rule_that_a_locality_carries_further_applies_in_a_case_of_it(locality: str) -> None:
    reached = {each.rule for result in run(locality).results for each in result.reached if each.outcome == "applies"}
    rules = {name for name, _ in carried(locality)}

    assert rules
    assert rules <= reached


@pytest.mark.parametrize("locality", LOCALITIES)
def test_every_demand_that_a_locality_carries_is_expected_by_a_case_of_it(locality: str) -> None:
    """Its obligation for the action, and its `how` in so many words: else it is not told from the shared demand."""
    expected = [names.case.expect for names, _ in cases(locality).cases]
    for name, demand in carried(locality):
        action = short(demand.action)
        assert any(
            action in getattr(expect.actions, demand.obligation)
            and (demand.how is None or any(demand.how in words for words in expect.says))
            for expect in expected
        ), f"{name}: {demand.obligation} {action}"


@pytest.mark.parametrize("pack", [*PACKS, *LOCALITIES])
def test_every_form_of_a_dated_rule_is_reached_within_its_days_and_the_rule_rests_outside_them(pack: str) -> None:
    """Coverage counts a rule, whatever its form: so each form that has days of its own is asked for here."""
    (rulebook, *_) = cases(pack).rulebooks.values()
    for name, rule in rulebook.content.rules.items():
        dated = [form for form in rule.forms if form.start or form.end] if pack_of(name) == pack else []
        days = [
            names.case.as_of
            for names, _ in cases(pack).cases
            if any(names.meant.get(("rule", written)) == name for written in names.case.expect.findings)
        ]
        for form in dated:
            within = [day for day in days if holds_on(form, day)]
            assert within, f"{name} from {form.start} to {form.end}"
        if dated and any(not in_force(rule.forms, day) for day in boundaries(rule.forms)):
            assert [day for day in days if not any(holds_on(form, day) for form in rule.forms)], name


def holds_on(form: RuleForm, as_of: AsOf) -> bool:
    """Whether a form of a rule holds on the day of a case."""
    return (form.start or as_of.day) <= as_of.day <= (form.end or as_of.day)


def test_every_bundled_pack_with_rules_and_every_locality_has_cases() -> None:
    plugins = RUNNER.plugins
    packs = {folder.name.replace("_", "-") for _, folder in plugins.packs} - {"guidance"}  # it has no rules

    assert packs == set(PACKS)
    assert {file.name.removesuffix(".yaml") for _, file in plugins.localities} == set(LOCALITIES)
    assert run("guidance").coverage == ()
    for pack in (*PACKS, *LOCALITIES):
        assert run(pack).results, pack


def test_all_79_rows_of_the_guidance_are_shared_out() -> None:
    assert set(ROWS) == set(PACKS)
    assert sum(len(rows) for rows in ROWS.values()) == 79


@pytest.mark.parametrize("pack", PACKS)
def test_every_row_of_the_guidance_is_carried_or_left_out_with_a_reason(pack: str) -> None:
    carried = {row for rule in run(pack).coverage for row in rule.rows}
    (rulebook, *_) = cases(pack).rulebooks.values()
    header = next(files.header for files, _ in rulebook.loaded.files if files.id == pack)
    assert isinstance(header, PackFile)
    left_out = dict(header.rows_left_out)

    assert sorted(carried | left_out.keys()) == ROWS[pack]
    assert not carried & left_out.keys()
    assert all(reason.strip() for reason in left_out.values())


TAGS = {tag for result in RESULTS for tag in result.shows}


@pytest.mark.parametrize("number", CONTRADICTIONS)
def test_every_contradiction_of_the_guidance_has_a_case(number: int) -> None:
    assert f"contradiction-C{number}" in TAGS


@pytest.mark.parametrize("number", TRAPS)
def test_every_trap_of_the_guidance_has_a_case(number: int) -> None:
    assert f"trap-{number}" in TAGS


def test_tags_are_written_in_one_way() -> None:
    assert [tag for tag in sorted(TAGS) if not re.fullmatch(r"contradiction-C\d+|trap-\d+|story-\d", tag)] == []


# --- the cases can fail


@pytest.mark.parametrize("pack", PACKS)
def test_the_cases_find_out_nearly_every_wrong_done_to_the_pack_and_any_that_takes_a_must_away(
    pack: str, record_property: Callable[[str, object], None]
) -> None:
    found = run_mutants(cases(pack))
    total = len(found.killed) + len(found.survivors)
    record_property("mutation_score", (pack, len(found.killed), total, [str(each) for each in found.survivors]))
    assert found.share >= FLOOR, str(found)
    assert [str(mutant) for mutant in found.survivors if "`must " in mutant.what] == []
