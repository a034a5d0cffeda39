"""Promise 7: a finding that rests only on what a parent or carer said says so, also if it is "does not apply"."""

import pytest

from safeguard_rules import Case, Evaluation
from safeguard_rules.case.paths import iter_paths, parse_path
from tests.examples import EXAMPLES, Example
from tests.packs_in_text import text_of


def on_a_carers_word(example: Example, evaluation: Evaluation) -> Evaluation:
    """The same case, with every fact known only from a carer."""
    paths = [path for path in iter_paths(evaluation.case) if parse_path(path)]
    evidence = {path: [{"basis": "told_by_carer"}] for path in paths}
    kept = {path: found for path, found in evaluation.case.evidence.items() if any(each.why for each in found)}
    fields = {**dict(evaluation.case), "evidence": {**evidence, **kept}}
    return example.rulebook().evaluate(Case.model_validate(fields), as_of=evaluation.as_of)


def seen(example: Example, evaluation: Evaluation) -> Evaluation:
    """The same case, with every fact seen by a practitioner."""
    told = on_a_carers_word(example, evaluation)
    evidence = {
        path: [{"basis": "observed"}] if all(each.why is None for each in found) else found
        for path, found in told.case.evidence.items()
    }
    fields = {**dict(evaluation.case), "evidence": evidence}
    return example.rulebook().evaluate(Case.model_validate(fields), as_of=evaluation.as_of)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_07_what_only_a_carer_said_is_said_to_rest_on_it(example: Example) -> None:
    """With all known from a carer only, all that is settled rests on that: also what is ruled out."""
    for evaluation in example.evaluations():
        told = on_a_carers_word(example, evaluation)
        outcomes = [each.outcome for each in told.findings]
        assert outcomes == [each.outcome for each in evaluation.findings]
        for each in told.findings:
            if each.outcome != "undetermined":
                assert each.rests_on_carer, each.rule
                assert each.carer_paths, each.rule


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_07_what_a_practitioner_saw_does_not(example: Example) -> None:
    for evaluation in example.evaluations():
        told = seen(example, evaluation)
        assert not any(each.rests_on_carer for each in told.findings)
        assert not any(each.rests_on_carer for each in told.actions)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_07_the_text_says_what_is_ruled_out_by_a_carers_word_only(example: Example) -> None:
    for evaluation in example.evaluations():
        told = on_a_carers_word(example, evaluation)
        if not told.findings.does_not_apply:
            continue
        text = text_of(told).casefold()
        assert "carer" in text
