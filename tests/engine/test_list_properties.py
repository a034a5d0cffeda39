"""Lists, on shaped rules and cases: what the unseen record adds, ranges of counts, findings per record, one memo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from safeguard_rules.engine.running import LEVELS
from safeguard_rules.language.operators import count_test
from safeguard_rules.language.tree import Condition, Count, ParameterRef, Quantifier, Scope, Test, Use, walk
from safeguard_rules.values.truth import F, T, U
from safeguard_rules.vocabulary.records import Record
from tests.engine.agreement import Situation, situations
from tests.engine.figures import show
from tests.oracle.facts import LIST_STAGES, LISTS
from tests.oracle.shapes import corpus

MANY = 900
EVERYBODY = "all_regular_people_recorded"


def each_situation(size: int, first: int) -> Iterator[Situation]:
    for example in corpus(size, first=first):
        yield from (each for each in situations(example) if not each.removed)


def closed(case: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The same case in which a list is said to be complete."""
    name = LISTS[kind]
    said = {**case, name: list(case.get(name) or ())}
    said["incomplete"] = [each for each in case.get("incomplete", ()) if each != name]
    if kind == "person":
        said[EVERYBODY] = True
    return said


def reads_only_its_record(node: Quantifier | Count) -> bool:
    """Whether the body says the same of a given record when the list is closed."""
    for part in walk(node.where):
        if isinstance(part, Use) and part.scope is Scope.ONE:
            return False
        if isinstance(part, Test) and part.ref.fact.name in (EVERYBODY, "present", "against", "id"):
            return False
    return not any(isinstance(part, Use) for part in walk(node.where))


def lists_in(situation: Situation, condition: Condition) -> Iterator[tuple[Quantifier | Count, Record | None]]:
    """The quantifiers and counts of the rule over open lists, for each given subject."""
    for result in situation.results:
        if result.empty or (result.subject is not None and result.subject.unseen):
            continue
        for node in walk(condition):
            if (
                isinstance(node, Quantifier | Count)
                and result.plain.view.is_open(node.of)
                and reads_only_its_record(node)
            ):
                yield node, result.subject


def test_decisions_1_and_2_an_open_list_is_the_closed_one_and_the_unseen_record() -> None:
    compared = 0
    for situation in each_situation(MANY, 800_000):
        when = situation.program.rules[0].form.when
        for node, subject in lists_in(situation, when):
            run = situation.results[0].plain
            unseen = run.walker.walk(node.where, subject, run.view.unseen(node.of), 0).value
            now = run.walker.walk(node, subject, None, 0).value
            whole = Situation(situation.book, situation.rulebook, closed(situation.written, node.of), situation.as_of)
            other = whole.results[0].plain
            same = None if subject is None else next(r for r in other.view.records(subject.kind) if r.id == subject.id)
            without = other.walker.walk(node, same, None, 0)
            if isinstance(node, Quantifier):
                expected = min(without.value, max(U, unseen)) if node.every else max(without.value, min(U, unseen))
            else:
                values = [part.value for part in without.parts]
                high = sum(value != F for value in values) if unseen == F else None
                expected = count_test(node.operator, sum(v == T for v in values), high, _operand(situation, node))
            assert now == expected, (situation, node.id)
            compared += 1
    show(f"{compared} open lists held against closed ones")
    assert compared > 300


def _operand(situation: Situation, node: Count) -> Any:
    thresholds = situation.program.thresholds
    if isinstance(node.operand, ParameterRef):
        return thresholds[node.operand.name]
    return tuple(thresholds[each.name] for each in node.operand)


def test_decision_3_one_finding_per_record_and_one_for_the_unseen() -> None:
    seen = 0
    for situation in each_situation(MANY, 810_000):
        kind = situation.book.rule.for_each
        subjects = [None if result.subject is None else result.subject.id for result in situation.results]
        if kind is None:
            assert subjects == [None]
            continue
        case = situation.written
        given = [each["id"] for each in case.get(LISTS[kind]) or ()]
        # A list whose facts exist in none of the stages that are left holds nothing more.
        possible = bool(situation.results[0].plain.view.possible_stages & set(LIST_STAGES[kind]))
        is_open = case.get(LISTS[kind]) is None or LISTS[kind] in case.get("incomplete", ())
        is_open = (is_open or (kind == "person" and case.get(EVERYBODY) is not True)) and possible
        assert sorted(map(str, subjects)) == sorted([*given, *(["?"] if is_open else [] if given else ["None"])]), (
            situation
        )
        for result in situation.results:
            if result.empty:
                assert result.outcome == "does_not_apply"
            elif result.subject is not None and result.subject.unseen:
                seen += 1
                assert not result.applies
                body = result.plain.walker.walk(result.active.form.when, result.subject, None, 0).value
                assert (result.truth == F) == (min(body, result.gate) == F)
    assert seen > 200


def test_decision_10_a_definition_of_the_child_is_evaluated_once_for_all_records() -> None:
    """Its truth is kept for the child, at each level once, wherever it is used; nobody else's is kept there."""
    seen = 0
    for situation in each_situation(400, 820_000):
        kinds = situation.program.kinds
        names = [name for name in sorted(situation.program.forms) for _ in range(LEVELS)]
        for run in {id(each.plain): each.plain for each in situation.results}.values():
            of_child = [name for name, truth in zip(names, run.one, strict=True) if truth is not None]
            assert {kinds[name] for name in of_child} <= {"child"}
            seen += len(of_child)
            for of, listed in run.lists.items():
                for _, truths in listed.both:
                    kept = {kinds[name] for name, truth in zip(names, truths, strict=True) if truth is not None}
                    assert kept <= {of}
    assert seen > 300
