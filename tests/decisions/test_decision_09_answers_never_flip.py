"""Decision 9: what was reached without any assumption never flips when a fact becomes known; the rest may."""

from pathlib import Path

import pytest

from safeguard_rules import Case, Evaluation, Rulebook
from safeguard_rules.case.paths import iter_paths
from safeguard_rules.case.without import without
from tests.examples import EXAMPLES, Example
from tests.packs_in_text import assumed, case, definition, evaluate, finding, load, names, rule

Key = tuple[str, str, str | None]


def settled(evaluation: Evaluation) -> dict[Key, str]:
    """The outcomes that were reached without assuming anything."""
    return {
        (each.rule, each.subject.kind, each.subject.id): each.outcome
        for each in evaluation.findings
        if each.outcome != "undetermined" and not each.assumed
    }


def kept(known: dict[Key, str], less: dict[Key, str], key: Key) -> bool:
    """Whether an outcome reached with less known is still there."""
    rule_, kind, id_ = key
    if key in known:
        return known[key] == less[key]
    # What was said of the unseen record of a list holds of every record that came into sight.
    return id_ == "?" and all(known[other] == less[key] for other in known if other[:2] == (rule_, kind))


def flips(evaluation: Evaluation, rulebook: Rulebook, poorer: Case) -> list[Key]:
    known = settled(evaluation)
    less = settled(rulebook.evaluate(poorer, as_of=evaluation.as_of))
    return [key for key in less if not kept(known, less, key)]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_decision_09_no_fact_flips_what_was_certain(example: Example) -> None:
    """Each fact of each example taken out and put back: whatever was certain without it is certain with it."""
    for evaluation in example.evaluations():
        for path in iter_paths(evaluation.case):
            assert flips(evaluation, example.rulebook(), without(evaluation.case, path)) == [], path


@pytest.mark.parametrize(
    ("value", "exception", "when", "answer"),
    [("true", False, "d", "false"), ("false", True, "{not: d}", "true")],
)
def test_decision_09_what_rests_on_an_assumption_may_flip_and_names_the_answer(
    tmp_path: Path, value: str, exception: bool, when: str, answer: str
) -> None:
    book = load(tmp_path, rule("r", when), definition("d", "{child.disabled: true}", more=assumed(value, exception)))
    before = evaluate(book)
    assert (finding(before).outcome, bool(finding(before).assumed)) == ("applies", True)
    after = book.evaluate(case(f"child: {{id: baby, stage: born, disabled: {answer}}}"), as_of=before.as_of)
    assert finding(after).outcome == "does_not_apply"
    assert names(after) == []
    causes = [cause for change in after.changes_since(before) for cause in change.causes]
    assert {(each.step, each.facts) for each in causes} == {("facts", ("child.disabled",))}
