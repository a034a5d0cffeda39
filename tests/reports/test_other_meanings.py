"""What other areas mean: two lines at most for a definition, and never a word that takes something back."""

from typing import Any

from safeguard_rules.reports.other_meanings import area_words, other_meanings
from safeguard_rules.results import Clause, Elsewhere
from tests.reports.made import CHEEK, citation, finding, text

MOBILE = "pack:not_mobile"
YOUNG = Clause(MOBILE, "surrey", "the age: under 6 months", "true")
MOVES = Clause(MOBILE, "south", "any of walks", "false")


def form(name: str, *areas: str, outcome: Any = "applies", clauses: tuple[Clause, ...] = (YOUNG,)) -> Elsewhere:
    return Elsewhere(MOBILE, name, areas, "is not mobile", outcome, "certain", clauses, (citation(f"g:{name}/one"),))


def printed(*findings: Any) -> str:
    return " ".join(text(other_meanings, findings=findings).split())


def test_nothing_is_said_where_no_meaning_would_change_anything() -> None:
    assert printed(finding()) == ""


def test_what_would_apply_elsewhere_is_one_line_for_all_rules_and_areas() -> None:
    forms = (form("surrey", "Surrey"), form("durham", "Durham"), form("south", "South Devon", clauses=(MOVES,)))
    out = [finding(f"pack:{n}", "does_not_apply", title=f"Rule {n}", elsewhere=forms) for n in ("a", "b")]
    assert printed(*out) == (
        "What other areas mean, which changes nothing here - By what “not mobile” means in Surrey; Durham (the age: "
        "under 6 months) and in South Devon, 2 rules would apply that do not here, “Rule a” among them [1a, 2a, 3a]"
    )


def test_what_applies_here_stands() -> None:
    applies = finding(title="Report it", subject=CHEEK, elsewhere=(form("south", "South", outcome="does_not_apply"),))
    assert printed(applies).endswith("1 rule would not apply, “Report it”; here they apply, and that stands [1a]")


def test_the_rule_that_is_named_is_of_the_definitions_own_pack_and_asks_for_most() -> None:
    forms = (form("surrey", "Surrey"),)
    rules = (
        finding("aaa:x", "does_not_apply", title="Another pack", wants=("must: Do it",), elsewhere=forms),
        finding("pack:a", "does_not_apply", title="Weak", wants=("should: Do it",), elsewhere=forms),
        finding("pack:b", "does_not_apply", title="Strong", wants=("must: Do it", "should: Too"), elsewhere=forms),
    )
    assert "3 rules would apply that do not here, “Strong” among them" in printed(*rules)


def test_where_forms_differ_in_what_they_change_the_number_is_a_bound() -> None:
    both = (form("surrey", "Surrey"), form("durham", "Durham"))
    rules = (finding("pack:a", "does_not_apply", elsewhere=both), finding("pack:b", "undetermined", elsewhere=both[:1]))
    assert "up to 2 rules would apply" in printed(*rules)


def test_what_would_only_be_more_or_less_certain_is_left_to_explain() -> None:
    assert printed(finding(certainty="as_precaution", elsewhere=(form("surrey", "Surrey"),))) == ""
    assert printed(finding(outcome="does_not_apply", elsewhere=(form("s", "S", outcome="undetermined"),))) == ""


def test_whose_a_form_is() -> None:
    assert area_words([form("surrey", "Surrey")]) == "in Surrey"
    assert area_words([form("national")]) == "as areas share it"
    assert area_words([form("own_words")]) == "in the form “own words”"
    assert area_words([form("a", "A"), form("national"), form("b")]) == "in A, as areas share it and in the form “b”"
