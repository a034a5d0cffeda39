"""Promise 13: each demand shows its obligation and the force of its source; roles group and never change a result."""

from dataclasses import replace

import pytest

from safeguard_rules import Evaluation, RecommendedAction
from safeguard_rules.language.roles import ROLES
from safeguard_rules.packs.content import FORCES
from tests.examples import EXAMPLES, Example
from tests.packs_in_text import text_of


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_13_each_demand_shows_obligation_force_addressees_and_how_its_time_is_known(
    example: Example,
) -> None:
    for evaluation in example.evaluations():
        for action in evaluation.actions:
            for demand in action.demands:
                assert demand.force in FORCES
                assert demand.force in {citation.force for citation in demand.citations}
                assert isinstance(demand.addressed, tuple)
                if demand.within is not None:
                    sourced = any(citation.force != "proposal" for citation in demand.within.citations)
                    assert demand.within.citations
                    assert demand.within.basis == ("sourced" if sourced else "proposed")


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_13_a_must_never_rests_on_a_proposal_or_on_another_areas_policy(example: Example) -> None:
    locality = example.file().header.locality
    for evaluation in example.evaluations():
        for demand in (demand for action in evaluation.actions for demand in action.demands):
            if demand.obligation in ("must", "must_not"):
                assert demand.force != "proposal"
                assert any(each.force == demand.force and each.area in (None, locality) for each in demand.citations)


def test_promise_13_a_local_must_is_shown_as_local_policy() -> None:
    example = next(each for each in EXAMPLES if str(each) == "cheek")
    (evaluation,) = example.evaluations()
    report = next(each for each in evaluation.actions if each.action == "guidance:report-to-social-care")
    head = report.demands[0]
    assert (head.obligation, head.force, head.carried_by) == ("must", "local policy", "wiltshire")
    line = next(line for line in text_of(evaluation).splitlines() if line.strip().startswith("MUST"))
    assert "local policy" in line
    assert not any(demand.obligation == "must" and demand.carried_by is None for demand in report.demands)


def without_role(action: RecommendedAction) -> RecommendedAction:
    demands = tuple(replace(demand, for_you=False) for demand in action.demands)
    return replace(action, for_you=False, demands=demands)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_13_roles_never_change_what_comes_out(example: Example) -> None:
    def out(evaluation: Evaluation) -> object:
        return (
            [without_role(each) for each in evaluation.actions],
            evaluation.findings,
            evaluation.questions,
            evaluation.conflicts,
        )

    for evaluation in example.evaluations():
        plain = out(example.rulebook().evaluate(evaluation.case, as_of=evaluation.as_of))
        for role in ROLES:
            assert out(example.rulebook().evaluate(evaluation.case, as_of=evaluation.as_of, role=role)) == plain
