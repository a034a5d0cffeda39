"""What to find out: three questions, the rest counted by topic, lists before fields, care taken."""

import pytest

from safeguard_rules.reports.asking import what_to_find_out
from safeguard_rules.reports.lines import plain
from safeguard_rules.results import Question
from tests.examples import EXAMPLES, Example
from tests.reports.made import action, citation, demand, finding, question, telling, text

FINDINGS = (finding("pack:a-rule", "undetermined", title="Report a bruise", open=("injuries",)),)


def asked(*questions: Question, everything: bool = False) -> str:
    return plain(what_to_find_out(telling(everything, questions=questions, findings=FINDINGS)))


def test_three_are_shown_and_the_rest_is_counted_by_topic_in_order() -> None:
    topics = ["injuries", "people", "child", "people", "abuse", "now"]
    printed = asked(*(question(f"list{n}", f"Question {n}?", topic=topic) for n, topic in enumerate(topics)))
    assert [f"Question {n}?" in printed for n in range(6)] == [True, True, True, False, False, False]
    assert "     3 more: 1 about what is happening now, 1 about people and 1 about abuse.\n" in printed


def test_a_question_says_what_it_bears_on_and_who_needs_it() -> None:
    assert asked(question()) == (
        "\nWhat to find out\n  1. Is there any injury?\n     could bring a “must”: “Report a bruise” [1a]\n"
    )


def test_a_question_behind_a_precaution_and_one_that_only_adds_reasons_say_so() -> None:
    printed = asked(
        question("a", "One?", already_a_precaution=True), question("b", "Two?", only_adds_reasons=True, demand="should")
    )
    assert "would settle a “must” that is not certain: “Report a bruise”" in printed
    assert "could only add reasons to what is recommended already: “Report a bruise”" in printed


def test_care_accounts_and_why_nothing_is_known_are_printed() -> None:
    printed = asked(
        question(
            care=("Ask only in private",), why_unknown="conflicting", accounts=("“fell”, mother", "“rolled”, partner")
        )
    )
    assert "not known: the accounts conflict\n" in printed
    assert "one account: “fell”, mother\n" in printed
    assert "ask with care: Ask only in private\n" in printed


def test_one_fact_of_several_records_is_one_question() -> None:
    printed = asked(
        question("people[p].sees_child", "Does this person see the child (partner)?", topic="people"),
        question("people[f].sees_child", "Does this person see the child (father)?", topic="people"),
        question("injuries"),
    )
    assert "  1. Does this person see the child (partner and father)?\n" in printed
    assert "  2. Is there any injury?\n" in printed


def test_all_of_them_stand_by_topic_with_lists_first() -> None:
    printed = asked(
        question("people[p].sees_child", "Does this person see the child (partner)?", topic="people"),
        question("people", "Who else is there?", topic="people"),
        question("child.stage", "Is the child born?", topic="child"),
        everything=True,
    )
    places = [
        printed.index(each) for each in ("About the child", "Is the child", "About people", "Who else", "Does this")
    ]
    assert places == sorted(places)
    assert "more:" not in printed


def test_the_rule_that_is_named_is_yours_then_the_one_that_waits_for_least() -> None:
    needs = ("pack:far", "pack:near", "pack:theirs")
    findings = (
        finding("pack:far", "undetermined", title="Far", open=("injuries", "people")),
        finding("pack:near", "undetermined", title="Near", open=("injuries",), citations=(citation("near/one"),)),
        finding("pack:theirs", title="Theirs"),
    )
    theirs = action("a:b", "Do", demand(rule="pack:theirs", for_you=False))
    printed = text(what_to_find_out, questions=(question(rules=needs),), findings=findings, actions=(theirs,))
    assert "“Near” and 2 other rules [1a]" in printed


def test_the_rule_that_is_named_has_the_demand_that_is_told() -> None:
    findings = (
        finding("pack:should", "undetermined", title="Only should", open=("injuries",)),
        finding("pack:must", "undetermined", title="Really must", open=("injuries", "people")),
    )
    one = question(rules=("pack:must", "pack:should"), demanded_by=("pack:must",))
    printed = text(what_to_find_out, questions=(one,), findings=findings)
    assert "could bring a “must”: “Really must” and 1 other rule [1a]" in printed


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_in_every_example_a_named_rule_has_a_demand_as_strong_as_is_told(example: Example) -> None:
    for evaluation in example.evaluations():
        wants = {finding.rule: finding.wants for finding in evaluation.findings}
        titles = {finding.title: finding.rule for finding in evaluation.findings}
        questions = [each for each in evaluation.questions if each.rules]
        assert questions
        for each in questions:
            assert each.demanded_by
            assert set(each.demanded_by) <= set(each.rules)
            printed = text(what_to_find_out, questions=(each,), findings=evaluation.findings)
            named = titles[" ".join(printed.split()).partition(": “")[2].partition("”")[0]]
            assert named in each.demanded_by
            assert any(want.startswith(f"{each.demand.replace('_', ' ')}: ") for want in wants[named])


def test_without_questions_there_is_nothing() -> None:
    assert asked() == ""
