"""What only a carer's word rules out is told inside `What to do now`."""

from typing import Any

from safeguard_rules.reports.acting import MOST_LINES, what_to_do_now
from safeguard_rules.results import Finding
from tests.examples import EXAMPLES
from tests.reports.made import CHEEK, FATHER, action, demand, document, finding, record, text

REPORT = "must: Report it to children's social care"
ASSESS = "should: Assess this person"


def ruled_out(*wants: str, **given: Any) -> Finding:
    return finding(outcome="does_not_apply", rests_on_carer=True, wants=wants, **given)


def check(*findings: Finding, **given: Any) -> list[str]:
    printed = text(what_to_do_now, findings=findings, **given).splitlines()
    assert len(printed) <= MOST_LINES + 2
    return [line for line in printed if line.startswith("  CHECK")]


def test_a_must_that_only_a_carer_rules_out_is_to_check() -> None:
    assert check(ruled_out(REPORT)) == [
        "  CHECK     Ruled out only by what a parent or carer said: report it to children's social care (must). "
        "Check it against the record."
    ]


def test_several_stand_on_one_line_the_strongest_first_and_nothing_that_is_only_to_consider() -> None:
    found = check(
        ruled_out(ASSESS, "consider: Think again", subject=FATHER),
        ruled_out(REPORT, subject=CHEEK),
        ruled_out("should not: Tell the family", title="B"),
    )
    assert len(found) == 1
    assert (
        "report it to children's social care (bruise on the cheek) (must); assess this person (the father) (should); "
    )
    assert "; do not tell the family (should not). Check" in found[0]
    assert found[0].index("(must)") < found[0].index("assess this person (the father) (should)")
    assert "think again" not in found[0]


def test_only_what_should_be_done_may_be_counted() -> None:
    many = [ruled_out(f"should: Do what is told in step {n} with care", f"must: Do {n}") for n in range(30)]
    found = check(*many)
    assert all(f"do {n} (must)" in found[0] for n in range(30))
    assert "; and 30 should more, told below. Check" in found[0]


def test_what_is_known_otherwise_or_applies_is_not_to_check() -> None:
    known = finding(outcome="does_not_apply", wants=(REPORT,))
    assert check(known, finding(rests_on_carer=True, wants=(REPORT,))) == []


def test_what_is_recommended_as_strongly_all_the_same_is_not_told_twice() -> None:
    do = "Report it to children's social care"
    assert check(ruled_out(REPORT), actions=(action("a:b", do, demand("must")),)) == []
    assert check(ruled_out(REPORT), actions=(action("a:b", do, demand("should")),)) != []
    assert check(ruled_out(REPORT), actions=(action("a:b", do, demand("must"), about=FATHER),)) != []
    assert check(ruled_out(REPORT), actions=(action("a:b", do, demand("must", certainty="unless")),)) != []


def test_it_stands_within_the_seven_lines() -> None:
    many = [action(f"a:n{each}", f"Do what is told in step {each}", demand("must")) for each in range(20)]
    theirs = action("a:theirs", "Do theirs", demand("must", for_you=False, addressed=("police",)))
    always = action("a:always", "Look out", repeats=True)
    assert check(ruled_out(REPORT), actions=(*many, theirs, always), record=record(role="health_visitor"))


def test_a_headline_that_rests_on_a_carer_says_so_wherever_it_stands() -> None:
    said = "(only on what a carer said)"
    one = action("a:b", "Do it", demand("must", rests_on_carer=True))
    assert f"Do it {said}; " in text(what_to_do_now, actions=(one,))
    always = action("a:b", "Look", demand(rests_on_carer=True), repeats=True)
    assert f"Look (should) {said}" in text(what_to_do_now, actions=(always,))
    short = [action(f"a:{n}", f"Do {n}", demand(rests_on_carer=True)) for n in range(9)]
    assert text(what_to_do_now, actions=short).count(said) == 9


def test_in_every_example_what_only_a_carer_rules_out_is_in_the_lines_that_lead() -> None:
    seen = 0
    for example in EXAMPLES:
        for evaluation in example.evaluations():
            findings = evaluation.findings.does_not_apply
            wanted = [want for each in findings if each.rests_on_carer for want in each.wants]
            printed = text(what_to_do_now, actions=evaluation.actions, findings=evaluation.findings)
            for want in wanted:
                obligation, _, do = want.partition(": ")
                seen += obligation != "consider"
                assert obligation == "consider" or do[1:] in printed
    assert seen


def test_no_findings_no_line() -> None:
    assert document().findings == ()
    assert check() == []
