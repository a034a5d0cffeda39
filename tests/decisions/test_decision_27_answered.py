"""Decision 27: a question that would only add reasons ranks last; an answered path is not asked again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safeguard_rules import Case, Evaluation, Rulebook
from safeguard_rules.case.child import Child, Pregnancy
from safeguard_rules.case.paths import parse_path
from safeguard_rules.case.shape import SINGULARS
from safeguard_rules.vocabulary.kinds import Kind
from tests.examples import EXAMPLES, Example
from tests.packs_in_text import action, asked, evaluate, load, question, rule

SICK, DISABLED = "{child.seriously_ill_or_hurt: true}", "{child.disabled: true}"


def test_decision_27_what_would_only_add_reasons_ranks_last_and_is_not_hidden(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        action("b"),
        rule("r", "always", "{must: act}"),
        rule("s", DISABLED, "{must: act}"),
        rule("t", SICK, "{consider: b}"),
    )
    found = evaluate(book)
    assert asked(found) == ["child.seriously_ill_or_hurt", "child.disabled"]
    assert [each.only_adds_reasons for each in found.questions] == [False, True]


def test_decision_27_a_stronger_demand_is_more_than_a_reason(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "always", "{should: act}"), rule("s", DISABLED, "{must: act}"))
    assert not question(evaluate(book), "child.disabled").only_adds_reasons


def test_decision_27_the_same_demand_about_another_is_more_than_a_reason(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        action("look", about="injury"),
        rule("r", "{injury.kind: bruise}", "{should: look}", "for_each: injury"),
    )
    found = evaluate(book, "injuries: [{id: a, kind: bruise}, {id: b}]")
    assert not question(found, "injuries[b].kind").only_adds_reasons


def answers(evaluation: Evaluation) -> Iterator[tuple[str, Case]]:
    """For each question with a yes-or-no answer, and each open list of the case: the path, answered."""
    vocabulary = evaluation.rulebook.vocabulary
    for each in evaluation.questions:
        path = parse_path(each.path)
        if path is None:
            continue
        if path.id is None and path.part in SINGULARS:
            yield each.path, closed(evaluation.case, path.part)
            continue
        owner = SINGULARS.get(path.part, path.part)
        fact = vocabulary.fact(f"{owner}.{path.name}")
        if fact is not None and fact.kind is Kind.BOOLEAN and path.name is not None:
            for value in (True, False):
                yield each.path, answered(evaluation.case, path.part, path.id, path.name, value)


def closed(case: Case, name: str) -> Case:
    fields: dict[str, Any] = dict(case)
    fields[name] = fields[name] or ()
    fields["incomplete"] = tuple(each for each in case.incomplete if each != name)
    fields["evidence"] = {key: found for key, found in case.evidence.items() if key != name}
    if name == "people":
        fields["all_regular_people_recorded"] = True
    return Case.model_validate(fields)


def answered(case: Case, part: str, record: str | None, name: str, value: bool) -> Case:
    fields: dict[str, Any] = dict(case)
    path = f"{part}.{name}" if record is None else f"{part}[{record}].{name}"
    fields["evidence"] = {key: found for key, found in case.evidence.items() if key != path}
    if part == "case":
        fields[name] = value
        if name == "all_regular_people_recorded":
            fields["people"] = case.people or ()
    elif part == "child" and case.child is None:
        fields["child"] = Child.model_validate({"id": "baby", name: value})
    elif part == "pregnancy" and case.pregnancy is None:
        fields["pregnancy"] = Pregnancy.model_validate({name: value})
    elif record is None:
        fields[part] = fields[part].model_copy(update={name: value})
    else:
        fields[part] = tuple(
            each.model_copy(update={name: value}) if each.id == record else each for each in fields[part]
        )
    return Case.model_validate(fields)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_decision_27_an_answered_path_is_not_asked_again(example: Example) -> None:
    for evaluation in example.evaluations():
        for path, case in answers(evaluation):
            again = example.rulebook().evaluate(case, as_of=evaluation.as_of)
            assert path not in asked(again)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_decision_26_what_an_answer_settles_is_never_missed(example: Example) -> None:
    """Decision 26 may over-state what an answer settles, and never misses it."""
    for evaluation in example.evaluations():
        before = {(each.rule, str(each.subject)): each for each in evaluation.findings}
        for path, case in answers(evaluation):
            said = question(evaluation, path)
            for now in example.rulebook().evaluate(case, as_of=evaluation.as_of).findings:
                old = before.get((now.rule, str(now.subject)))
                if old is None or path not in old.open or now.outcome == "undetermined" or now.assumed:
                    continue
                assert now.outcome in said.settles, (path, now.rule)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_decision_27_there_are_no_more_questions_than_facts_and_open_lists(example: Example) -> None:
    for evaluation in example.evaluations():
        assert len(evaluation.questions) <= bound(example.rulebook(), evaluation.case)


def bound(rulebook: Rulebook, case: Case) -> int:
    facts = rulebook.vocabulary.facts_of
    count = sum(len(facts(owner)) for owner in ("case", "child", "pregnancy"))
    for name, singular in SINGULARS.items():
        count += 1 + len(facts(singular)) * len(getattr(case, name) or ())
    return count + 1  # the area
