"""Definitions and thresholds on pages: what holds while unknown, other forms, areas, and values over time."""

from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.meanings import definition_page, threshold_shown


def test_a_definition_says_what_it_is_taken_as_while_unknown(told: Documented) -> None:
    cold = definition_page("tiny:cold", told)
    assert cold.while_unknown == "It is taken as so."
    assert [each.force for each in cold.assumed_from] == ["proposal"]
    recorded = definition_page("tiny:recorded", told)
    assert recorded.while_unknown.startswith("It is taken as not so, as an exception that would stop the rule")


def test_other_forms_say_where_they_hold(told: Documented) -> None:
    (worried,) = definition_page("tiny:cold", told).variants
    assert worried.area.text == "Form “worried”"
    assert worried.says[0] == "There is a worry."
    assert worried.says[-1] == "Holds in Here."
    assert worried.picture is not None


def test_each_area_says_what_it_means(told: Documented) -> None:
    here, there = definition_page("tiny:cold", told).local
    assert (here.area.to, here.says) == ("localities/here.html", ("The form “worried”: there is a worry.",))
    assert here.picture is not None
    assert there.says == ("The shared meaning, because the area's own is not known: Nobody has read it.",)
    assert there.picture is None
    (narrower,) = definition_page("tiny:recorded", told).local
    assert narrower.says == ("Narrower: the mark was recorded, and the mark is a bruise.",)


def test_the_rules_that_read_it_are_linked_those_of_areas_too(told: Documented) -> None:
    rules = [link.to for link in definition_page("tiny:cold", told).rules]
    assert rules == ["rules/here/here-too.html", "rules/tiny/report.html"]


def test_a_threshold_has_its_values_over_time_and_in_areas(told: Documented) -> None:
    shown = threshold_shown("tiny:enough", told)
    assert shown.anchor == "threshold-enough"
    values = [(value, dates) for value, dates, _ in shown.values_over_time]
    assert values[:2] == [("2", "to 31 December 2025"), ("3", "from 1 January 2026")]
    assert ("1", "in Here, from 1 January 2026") in values
    assert ("5", "in There, from 1 January 2026 to 31 December 2026") in values
    assert [link.to for link in shown.rules] == ["rules/tiny/many.html"]
