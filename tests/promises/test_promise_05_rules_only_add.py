"""Promise 5: no rule removes, weakens or hides another's action; what speaks for a family cancels nothing."""

from functools import cache
from pathlib import Path
from random import Random

import pytest

from safeguard_rules import Case, Demand, Evaluation, Rulebook
from tests.examples import EXAMPLES, Example
from tests.packs_in_text import Piece, action, assumed, case, definition, evaluate, load, rule

PACKS = ("non-mobile-injury", "domestic-abuse-exposure", "unassessed-male-carers", "consent-clarity")


@cache
def loaded(packs: tuple[str, ...], locality: str | None) -> Rulebook:
    return Rulebook.load(packs, locality=locality)


def demands(evaluation: Evaluation) -> dict[tuple[str, str | None], set[Demand]]:
    return {(each.action, each.about.id): set(each.demands) for each in evaluation.actions}


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_05_more_packs_take_no_demand_away(example: Example, pack: str) -> None:
    """All that a pack demands by itself is demanded, word by word, beside all the others."""
    locality = example.file().header.locality
    alone = loaded((pack,), locality)
    for evaluation in example.evaluations():
        together = demands(evaluation)
        by_itself = alone.evaluate(evaluation.case, as_of=evaluation.as_of, role=evaluation.role)
        for key, wanted in demands(by_itself).items():
            assert wanted <= together[key]


def test_promise_05_a_rule_against_an_action_leaves_the_other_demands(tmp_path: Path) -> None:
    one = load(tmp_path / "1", rule("r", "always", "{must: act}"))
    two = load(tmp_path / "2", rule("r", "always", "{must: act}"), rule("s", "always", "{must_not: act}"))
    before, after = demands(evaluate(one)), demands(evaluate(two))
    assert all(before[key] < after[key] for key in before)


GOOD_NEWS = {
    "protective factors": """
protective_factors:
  - {id: warm, what: The mother comforts the baby at once., evidence: Seen twice., verified_by: health visitor}
""",
}


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_05_strengths_are_listed_and_cancel_nothing(example: Example) -> None:
    factor = case(GOOD_NEWS["protective factors"]).protective_factors
    assert factor is not None
    for evaluation in example.evaluations():
        fields = dict(evaluation.case)
        fields["protective_factors"] = (*(evaluation.case.protective_factors or ()), *factor)
        with_factor = example.rulebook().evaluate(
            Case.model_validate(fields), as_of=evaluation.as_of, role=evaluation.role
        )
        assert with_factor.actions == evaluation.actions
        assert with_factor.findings == evaluation.findings
        assert "warm" in [each.id for each in with_factor.strengths]


def test_promise_05_a_good_explanation_and_a_warm_contact_cancel_no_report() -> None:
    example = next(each for each in EXAMPLES if str(each) == "cheek")
    (evaluation,) = example.evaluations()
    (injury,) = evaluation.case.injuries or ()
    good = injury.model_copy(update={"explanation": "given", "explanation_problems": ()})
    fields = {**dict(evaluation.case), "injuries": (good,)}
    found = example.rulebook().evaluate(Case.model_validate(fields), as_of=evaluation.as_of)
    report = next(each for each in found.actions if each.action == "guidance:report-to-social-care")
    assert report.obligation == "must"


PIECES: list[Piece] = [
    action("b", "after: [act]"),
    action("c", about="injury"),
    rule("r", "{injury.kind: [bruise, bite]}", "{must: act}", "for_each: injury"),
    rule("s", "d", "{should: act}, {consider: b}"),
    rule("t", "{injury.kind: bruise}", "{should: c}", "for_each: injury"),
    rule("u", "always", "{should_not: b}"),
    definition("d", "{any: [{child.disabled: true}, {child.seriously_ill_or_hurt: true}]}", more=assumed("true")),
]
CASE = "injuries: [{id: a, kind: bruise}, {id: b, kind: bite}, {id: c}]"


@pytest.mark.parametrize("seed", range(6))
def test_promise_05_the_order_of_rules_never_changes_a_result(tmp_path: Path, seed: int) -> None:
    shuffled = PIECES[:]
    Random(seed).shuffle(shuffled)
    one, other = load(tmp_path / "1", *PIECES), load(tmp_path / "2", *shuffled)
    assert evaluate(other, CASE).document() == evaluate(one, CASE).document()


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_05_the_order_of_packs_never_changes_a_result(example: Example) -> None:
    ids = (*PACKS, "guidance")
    locality = example.file().header.locality
    forward, backward = (loaded(order, locality) for order in (ids, ids[::-1]))
    for evaluation in example.evaluations():
        one, other = (book.evaluate(evaluation.case, as_of=evaluation.as_of) for book in (forward, backward))
        assert one.to_json() == other.to_json()


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_promise_05_the_order_of_list_items_never_changes_a_result(example: Example) -> None:
    for evaluation in example.evaluations():
        fields = {
            name: value[::-1] if isinstance(value, tuple) and name not in ("incomplete",) else value
            for name, value in dict(evaluation.case).items()
        }
        turned = example.rulebook().evaluate(Case.model_validate(fields), as_of=evaluation.as_of, role=evaluation.role)
        assert turned.record.case == evaluation.record.case
        assert turned.to_json() == evaluation.to_json()
