"""Why: facts in the case's words, what was assumed, which clause of which meaning decided."""

from safeguard_rules.reports.reasons import other_findings, ruled_out_by_carers, undecided, why
from safeguard_rules.results import Clause, Meaning, NotInForce
from tests.reports.made import CHEEK, FATHER, PARTNER, action, assumed, citation, demand, finding, reason, text

MOBILE = "pack:not_independently_mobile"


def test_a_finding_has_its_title_because_facts_and_marks() -> None:
    facts = (reason(known_by="seen by a practitioner"), reason("child.stage", "the stage: born"))
    printed = text(why, findings=(finding(subject=CHEEK, title="Report a bruise", why=facts),))
    assert printed == (
        "\nWhy\n"
        "  How a fact is known stands behind it, where the case says so.\n"
        "  - Report a bruise (bruise on the cheek) [1a]\n"
        "    It helps.\n"
        "    * the kind of injury: bruise, seen by a practitioner\n"
    )


def test_findings_stand_in_the_order_in_which_actions_need_them() -> None:
    findings = (finding("pack:a", title="Second"), finding("pack:b", title="First"))
    actions = (action("x:one", "One", demand(rule="pack:b")), action("x:two", "Two", demand(rule="pack:a")))
    printed = text(why, findings=findings, actions=actions)
    assert printed.index("First") < printed.index("Second")


def test_one_rule_about_two_people_is_told_once() -> None:
    printed = text(why, findings=(finding(subject=PARTNER), finding(subject=FATHER)))
    assert printed.count("A rule") == 1
    assert "A rule (mother's partner and the father)" in printed


def test_facts_that_were_told_are_told_in_short() -> None:
    more = (reason(), reason("child.movements", "the movements: none"))
    findings = (
        finding("pack:a", title="First"),
        finding("pack:b", title="Second"),
        finding("pack:c", title="Third", why=more),
    )
    printed = text(why, findings=findings)
    assert printed.count("* the kind of injury: bruise") == 1
    assert "for the same facts as “First”" in printed
    assert "* the movements: none\n    as above: the kind of injury: bruise\n" in printed


def test_what_was_assumed_is_told_with_its_source() -> None:
    taken = (
        assumed(),
        assumed("pack:mobile", reads="does not crawl", value=True, exception=False),
        assumed("pack:young", reads="is too young", value=True, exception=False, taken_for_granted=True),
    )
    printed = text(why, findings=(finding(assumed=taken, certainty="as_precaution"),))
    assert "unless already recorded, which is not known (“was recorded before”) [1b]" in printed
    assert "as a precaution, not known and taken as so: “does not crawl” [1b]" in printed
    assert "taken for granted: “is too young” [1b]" in printed


def test_the_clause_and_the_meaning_that_decided_are_named() -> None:
    meaning = Meaning(MOBILE, "national", "does not crawl", "the page does not say", (citation("panel/meaning"),))
    clauses = (
        Clause(MOBILE, "national", "any of crawls", "false"),
        Clause(MOBILE, "national", "under six months", "true"),
        Clause(MOBILE, "national", "any of walks", "unknown"),
    )
    printed = " ".join(text(why, findings=(finding(clauses=clauses),), meanings=(meaning,)).split())
    assert (
        "“not independently mobile” is taken in its shared meaning, from “Page panel”, because the area's own is not "
        "known (the page does not say); here decided by: not: any of crawls; under six months [2a]"
    ) in printed


def test_a_local_meaning_is_named() -> None:
    for form, areas, said in (
        ("widened", (), "as the area widens it"),
        ("cannot_crawl", (), "in the form “cannot crawl”, from “Page p”"),
        ("cannot_crawl", ("Durham", "Surrey"), "as in Durham; Surrey, from “Page p”"),
    ):
        meaning = Meaning(MOBILE, form, "does not crawl", None, (citation("p/one"),), areas)
        clauses = (Clause(MOBILE, form, "any of crawls", "unknown"),)
        assert said in text(why, findings=(finding(clauses=clauses),), meanings=(meaning,))


def test_a_carers_word_and_a_waiver_are_told() -> None:
    printed = text(why, findings=(finding(rests_on_carer=True, waived_from="does_not_apply"),))
    assert "rests only on what a parent or carer said" in printed
    assert "a waiver of the area changed this; by the shared form it does not apply" in printed


def test_what_only_a_carer_ruled_out_is_never_left_to_the_long_form() -> None:
    told = reason("injuries[cheek].kind", "the kind of injury: birth mark", known_by="told by a parent or carer")
    out = finding(outcome="does_not_apply", rests_on_carer=True, carer_paths=("injuries[cheek].kind",), why=(told,))
    printed = text(ruled_out_by_carers, findings=(out, finding("pack:b", "does_not_apply")))
    assert printed.startswith(
        "\nRuled out only by what a parent or carer said\n  - “A rule”: the kind of injury: birth"
    )
    assert text(ruled_out_by_carers, findings=(finding(outcome="does_not_apply"),)) == ""


def test_the_long_form_lists_what_is_open_and_what_is_ruled_out() -> None:
    findings = (
        finding("pack:a", "undetermined", open=("injuries", "child.stage")),
        finding("pack:b", "does_not_apply"),
    )
    printed = text(other_findings, findings=findings)
    assert "Not decided" in printed
    assert "would be settled by: injuries and child.stage" in printed
    assert "Does not apply" in printed


def test_the_short_form_counts_rules() -> None:
    findings = (
        finding("pack:a", "undetermined"),
        finding("pack:a", "does_not_apply"),
        finding("pack:b", "does_not_apply"),
    )
    printed = text(undecided, findings=findings, not_in_force=(NotInForce("pack:c", "C", "other_area", "for x"),))
    assert printed == (
        "  - 1 rule not decided for want of an answer\n"
        "  - 1 rule ruled out by what is recorded\n"
        "  - 1 rule not in force on this day or in this area\n"
    )
