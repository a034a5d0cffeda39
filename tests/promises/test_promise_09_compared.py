"""Promise 9: new information is compared, and each difference has its cause: a fact, time, or another pack version."""

from datetime import timedelta

import pytest

from safeguard_rules import Changes, Evaluation
from safeguard_rules.case.paths import iter_paths
from safeguard_rules.case.without import without
from tests.examples import EXAMPLES, Example

KINDS = {"added", "strengthened", "weakened", "changed", "withdrawn", "masked"}


def example(name: str) -> Example:
    return next(each for each in EXAMPLES if str(each) == name)


def check(changes: Changes) -> None:
    assert changes.without_causes is None
    for each in changes:
        assert each.kind in KINDS
        assert any(cause.kind is not None for cause in each.causes), each
        assert each.says
        assert (each.withdrawn_as is not None) == (each.kind == "withdrawn")


def test_promise_09_three_days_on_each_difference_has_its_cause() -> None:
    (before,), (after,) = example("cheek").evaluations(), example("cheek-three-days-on").evaluations()
    changes = after.changes_since(before)
    check(changes)
    assert {each.kind for each in changes} >= {"added"}
    assert {cause.step for each in changes for cause in each.causes} <= {"time", "facts"}
    by_facts = [each for each in changes if {cause.step for cause in each.causes} == {"facts"}]
    assert any(cause.facts for each in by_facts for cause in each.causes)


def what_is_said(evaluation: Evaluation) -> dict[tuple[str, str | None], object]:
    actions = {(each.action, each.about.id): (each.obligation, each.certainty) for each in evaluation.actions}
    findings = {(each.rule, each.subject.id): (each.outcome, each.certainty) for each in evaluation.findings}
    return {**actions, **findings}


@pytest.mark.parametrize("named", EXAMPLES, ids=str)
def test_promise_09_every_difference_is_told_for_a_fact_that_is_learned(named: Example) -> None:
    """Every twelfth fact taken out and learned again: whatever it brings is told, with the facts as the cause."""
    for after in named.evaluations():
        for path in list(iter_paths(after.case))[::12]:
            before = named.rulebook().evaluate(without(after.case, path), as_of=after.as_of, role=after.role)
            changes = after.changes_since(before)
            check(changes)
            told = {(each.name, each.subject.id) for each in changes}
            old, new = what_is_said(before), what_is_said(after)
            for key in {*old, *new}:
                if old.get(key) != new.get(key) and key in old and key in new:
                    assert key in told, (path, key)
            assert {cause.step for each in changes for cause in each.causes} <= {"facts"}


@pytest.mark.parametrize("named", EXAMPLES, ids=str)
def test_promise_09_the_same_evaluation_has_no_changes(named: Example) -> None:
    for evaluation in named.evaluations():
        assert len(evaluation.changes_since(evaluation)) == 0


@pytest.mark.parametrize("named", EXAMPLES, ids=str)
def test_promise_09_what_time_brings_has_time_as_its_cause(named: Example) -> None:
    for before in named.evaluations():
        later = before.as_of.day + timedelta(days=300)
        changes = named.rulebook().evaluate(before.case, as_of=later, role=before.role).changes_since(before)
        check(changes)
        assert {cause.step for each in changes for cause in each.causes} <= {"time"}
