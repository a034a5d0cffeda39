"""The page of a rule: what it asks for and on whose word, when, in which areas further, and its history."""

from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.models import Link
from safeguard_rules.reports.html.rule_pages import rule_listed, rule_page


def test_a_demand_says_how_strongly_by_when_and_on_whose_word(told: Documented) -> None:
    must, should_not = rule_page(told.rules["tiny:report"], told).demands
    assert (must.obligation, must.strength) == ("must", "must")
    assert must.do == Link("Tell the nurse", "actions/tiny.html#action-tell")
    assert must.details == (
        ("How", "by phone"),
        ("Time", "within 2 days of learning of it (proposed by the pack: no source states a time)"),
        ("Force", "statute"),
        ("Contact", "the nurse of the area"),
    )
    assert [(each.source.text, each.force) for each in must.cited] == [("A statute", "statute")]
    assert [each.source.to for each in must.time_cited] == ["sources/tiny/ours.html#statement-choice"]
    assert (should_not.obligation, should_not.strength) == ("should", "not")
    assert should_not.do.text == "Do not tell the neighbours"
    assert ("Addressed to", "GP") in should_not.details


def test_a_time_that_a_source_states_is_told_apart(told: Documented) -> None:
    (demand,) = rule_page(told.rules["tiny:many"], told).demands
    assert ("Time", "at once (a source states this time)") in demand.details


def test_what_an_area_asks_for_further_stands_under_its_name(told: Documented) -> None:
    (local,) = rule_page(told.rules["tiny:report"], told).local
    assert local.area == Link("Here", "localities/here.html")
    assert [(each.obligation, each.do.text) for each in local.demands] == [("must", "Do act")]
    assert ("Force", "statute, asked for in Here") in local.demands[0].details


def test_the_form_of_the_day_is_told_first_and_all_forms_are_its_history(told: Documented) -> None:
    page = rule_page(told.rules["tiny:report"], told)
    assert page.head.title == "Tell of a cold baby"
    assert page.when == "The child is cold."
    assert [(form.dates, form.title, form.current) for form in page.history] == [
        ("from 1 January 2026", "Tell of a cold baby", True),
        ("to 31 December 2025", "Tell of a baby who was cold", False),
    ]
    assert page.history[1].when == "The child is cold, and not: (there is a concern)."


def test_a_rule_that_is_not_yet_in_force_says_from_when(told: Documented) -> None:
    rule = told.rules["tiny:later"]
    assert rule_page(rule, told).not_in_force == "It is not in force on this day, but from 1 January 2027."
    assert rule_listed(rule, told).note == "Not in force on this day, but from 1 January 2027."
    assert rule_page(told.rules["tiny:report"], told).not_in_force is None


def test_it_says_whom_it_is_for_and_what_while_that_is_not_known(told: Documented) -> None:
    facts = dict(rule_page(told.rules["tiny:marks"], told).facts)
    assert facts["Looks at"] == "each injury by itself"
    assert facts["For a child who"] == "has been born"
    assert facts["If nobody knows whether the child is born"] == "it is asked, and the rule speaks as a precaution"
    assert dict(rule_page(told.rules["tiny:report"], told).facts)["Rows of the table of rules"] == "T-1"


def test_definitions_and_thresholds_are_told_with_what_areas_mean_by_them(told: Documented) -> None:
    (cold,) = rule_page(told.rules["tiny:report"], told).definitions
    assert (cold.name.to, cold.says) == ("definitions/tiny/cold.html", "The child is cold.")
    assert [(area.text, says) for area, says in cold.local] == [
        ("Here", "The form “worried”: there is a worry."),
        ("There", "The shared meaning, because the area's own is not known: Nobody has read it."),
    ]
    (enough,) = rule_page(told.rules["tiny:many"], told).thresholds
    assert (enough.name.to, enough.says) == ("packs/tiny.html#threshold-enough", "3")
    assert {area.text for area, _ in enough.local} == {"Here", "There"}


def test_its_cases_are_listed_with_their_outcomes(told: Documented) -> None:
    page = rule_page(told.rules["tiny:marks"], told)
    assert [(case.title, case.outcomes) for case in page.cases] == [
        ("a cold baby with two marks", "applies and does not apply"),
        ("a baby of whom little is known", "not known"),
        ("a warm baby without a mark", "does not apply"),
    ]
    assert page.tested == "3 cases: applies 1, does not apply 2, not known 1."


def test_in_a_list_it_says_in_short_what_it_asks_for(told: Documented) -> None:
    assert rule_listed(told.rules["tiny:report"], told).asks == (
        ("must", "must: tell the nurse by phone, within 2 days of learning of it (proposed); statute"),
        ("not", "should: do not tell the neighbours; statute"),
    )
