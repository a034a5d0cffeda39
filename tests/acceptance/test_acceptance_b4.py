"""Acceptance B4: no time is shown as sourced that the guidance calls a proposal, in any pack, locality or output.

The guidance lists the rows whose time a source states; every other time is the pack's own choice, and is marked so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from safeguard_rules import Rulebook
from safeguard_rules.packs.content import DemandForm, RuleForm
from safeguard_rules.reports.as_text import evaluation_text
from safeguard_rules.results import Demand
from tests.examples import EXAMPLES, Example

STATED_BY_A_SOURCE = {
    "NMI-02",
    "NMI-03",
    "NMI-04",
    "NMI-11",
    "CON-07",
    "CON-10",
    "ESC-01",
    "ESC-03",
    "ESC-04",
    "VPF-03",
    "VPF-05",
    "SIG-01",
    "SIG-03",
}
"""The rows whose time a source states; "at once" in NMI-01 is not among them."""

CARRIED_ROWS = {"non-mobile-injury:report-injury": {"NMI-01"}}
"""The shared rule is NMI-03, whose time other areas state; NMI-01 is what Wiltshire carries it further with."""

AREAS = (None, "wiltshire", "stoke-on-trent")


@cache
def rulebook(area: str | None) -> Rulebook:
    return Rulebook.load(locality=area)


def timed(area: str | None) -> Iterator[tuple[str, RuleForm, DemandForm]]:
    """Every demand with a time, of every form of every rule of all packs and of the locality."""
    for name, rule in rulebook(area).content.rules.items():
        for form in rule.forms:
            for demand in form.demands:
                if demand.within is not None:
                    yield name, form, demand


def sourced(area: str | None) -> list[tuple[str, RuleForm, DemandForm]]:
    return [each for each in timed(area) if each[2].within is not None and each[2].within.basis == "sourced"]


every_area = pytest.mark.parametrize("area", AREAS)


@every_area
def test_acceptance_b4_only_rows_whose_time_a_source_states_have_a_sourced_time(area: str | None) -> None:
    wrong = [
        f"{name}: {demand.action}"
        for name, form, demand in sourced(area)
        if not form.rows or not set(form.rows) <= STATED_BY_A_SOURCE | CARRIED_ROWS.get(name, set())
    ]
    assert wrong == []


@every_area
def test_acceptance_b4_no_demand_that_a_locality_carries_has_a_sourced_time(area: str | None) -> None:
    """No local page that was read names a time; a locality whose policy does is added here when it comes."""
    assert [name for name, _, demand in sourced(area) if demand.carried_by is not None] == []


@every_area
def test_acceptance_b4_a_sourced_time_cites_no_proposal(area: str | None) -> None:
    for name, _, demand in sourced(area):
        assert demand.within is not None
        assert demand.within.cites, name
        assert not [each for each in demand.within.cites if each.force == "proposal"], name


@every_area
def test_acceptance_b4_a_proposed_time_cites_a_proposal(area: str | None) -> None:
    for name, _, demand in timed(area):
        assert demand.within is not None
        if demand.within.basis == "proposed":
            assert [each for each in demand.within.cites if each.force == "proposal"], name


def test_acceptance_b4_wiltshires_phone_call_has_no_time_of_its_own() -> None:
    ((_, _, call),) = [
        each for each in timed("wiltshire") if each[2].carried_by == "wiltshire" and each[2].how == "by phone"
    ]
    assert call.within is not None
    assert (call.obligation, call.within.text, call.within.basis) == ("must", "at once", "proposed")


# --- what is printed


def demands(example: Example) -> Iterator[Demand]:
    return (each for evaluation in example.evaluations() for action in evaluation.actions for each in action.demands)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_b4_the_json_of_every_example_marks_each_time(example: Example) -> None:
    for evaluation in example.evaluations():
        tree = json.loads(evaluation.to_json())
        force = {each["statement"]: each["force"] for each in tree["cited"].values()}
        for action in tree["actions"]:
            for demand in action["demands"]:
                within = demand["within"]
                assert within is None or within["basis"] in ("sourced", "proposed")
                if within is not None and within["basis"] == "sourced":
                    assert "proposal" not in {force[each] for each in within["citations"]}


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_b4_the_text_of_every_example_marks_each_proposed_time(example: Example) -> None:
    for evaluation in example.evaluations():
        told = " ".join(evaluation_text(evaluation.document()).split())
        for action in evaluation.actions:
            for demand in action.demands:
                if demand.within is not None and demand.within.basis == "proposed" and action.standing != "done":
                    assert re.search(rf"{re.escape(demand.within.time)} \(proposed[),;]", told), demand.rule


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_acceptance_b4_each_demand_of_the_text_shows_how_its_own_time_is_known(example: Example) -> None:
    """In the part that lists every demand, a time that stands after the obligation is followed by its mark."""
    for evaluation in example.evaluations():
        for line in one_line_each(evaluation_text(evaluation.document())):
            title = re.search(r"– “(.+?)”", line)
            assert title is not None, line
            known = {
                (each.within.time, each.within.basis)
                for each in demands(example)
                if each.within is not None and each.title == title.group(1)
            }
            for time in {time for time, basis in known if basis == "proposed"} - {
                time for time, basis in known if basis == "sourced"
            }:
                bare = re.search(rf"(?:^|[:;] ){re.escape(time)}(?! \(proposed)(?=[;,]| –)", line)
                assert bare is None, line


def one_line_each(text: str) -> list[str]:
    """Each demand under “Each action, and who says so”, put back on one line."""
    part = text.partition("Each action, and who says so\n")[2].partition("\n\n")[0]
    joined = re.sub(r"\n        (?=\S)", " ", part)
    return [
        line.strip()
        for line in joined.splitlines()
        if re.match(r"      (must|should|consider)( not)?: ", line) and "–" in line
    ]


def test_acceptance_b4_the_check_of_the_text_finds_a_time_without_its_mark() -> None:
    text = "Each action, and who says so\n  - Report it\n      should: same day; local\n        policy – “Report”\n\n"
    assert one_line_each(text) == ["should: same day; local policy – “Report”"]
