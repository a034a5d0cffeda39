"""Promise 6: for each undetermined or precautionary finding it asks for what is left unknown, worst first."""

import pytest

from safeguard_rules import Evaluation, Question
from safeguard_rules.engine.merging import RANK
from tests.examples import EXAMPLES, Example


def needs_answers(evaluation: Evaluation) -> list[tuple[str, tuple[str, ...]]]:
    """The findings that are undetermined, or apply unless or as a precaution, with what would settle them."""
    return [
        (each.rule, each.open)
        for each in evaluation.findings
        if each.outcome == "undetermined" or each.certainty != "certain"
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_06_every_open_finding_asks(example: Example) -> None:
    for evaluation in example.evaluations():
        by_path: dict[str, Question] = {each.path: each for each in evaluation.questions}
        for rule, paths in needs_answers(evaluation):
            assert paths, rule
            for path in paths:
                assert rule in by_path[path].rules


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_06_each_question_has_its_rules_and_citations(example: Example) -> None:
    rules = example.rulebook().content.rules
    for evaluation in example.evaluations():
        for each in evaluation.questions:
            assert each.question.strip().endswith("?")
            if each.path == "locality":
                continue
            assert each.rules
            assert set(each.rules) <= set(rules)
            assert each.citations
            assert each.actions


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_06_the_worst_possible_outcome_comes_first(example: Example) -> None:
    """But for lists, which come before their own fields, and what would dissolve a conflict."""
    for evaluation in example.evaluations():
        if any(not each.certain for each in evaluation.conflicts):
            continue
        lists = {each.path for each in evaluation.questions if each.is_list}
        alone = [
            each
            for each in evaluation.questions
            if each.path != "locality" and each.path not in lists and each.path.partition("[")[0] not in lists
        ]
        assert len(alone) > 1 or str(example) != "cheek"
        ranks = [(each.only_adds_reasons, RANK[each.demand]) for each in alone]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_06_a_must_that_is_open_is_asked_about_before_what_is_only_considered(example: Example) -> None:
    for evaluation in example.evaluations():
        paths = [each.path for each in evaluation.questions]
        assert len(paths) == len(set(paths))
