"""What the engine promises of every rule and case, on shaped ones; each test bears the number that it holds."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings

from safeguard_rules.case.case import Case
from safeguard_rules.engine.finding import assumed_of
from safeguard_rules.engine.outcomes import Result
from safeguard_rules.engine.residual import open_paths_of
from safeguard_rules.engine.walking import Trace, deciding, deciding_parts, unseen
from safeguard_rules.language.operators import count_test
from safeguard_rules.language.tree import All, AnyOf, Count, Not, Quantifier, Test, Use
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.values.truth import F, T, Truth, U, all_of, any_of, negate
from tests.engine.agreement import Situation, situations
from tests.engine.figures import show
from tests.engine.learning import (
    book_in_another_order,
    case_in_another_order,
    learn,
    with_irrelevant_facts,
    without_assumptions,
)
from tests.oracle.engines import case_of, rulebook_of
from tests.oracle.shapes import Example, corpus, examples

MANY = 700
SOME = 250


def each_situation(size: int, first: int) -> Iterator[Situation]:
    for example in corpus(size, first=first):
        yield from situations(example)


def whole(size: int, first: int) -> Iterator[Situation]:
    """Situations in which nothing was taken away from the case."""
    return (each for each in each_situation(size, first) if not each.removed)


def subject_of(result: Result) -> str:
    return "none" if result.empty else "child" if result.subject is None else result.subject.id


def truths(situation: Situation) -> dict[str, Truth]:
    """The plain outcome for each subject."""
    return {subject_of(result): result.truth for result in situation.results}


def same_with(situation: Situation, **changed: Any) -> Situation:
    """The situation with another book or case."""
    book = changed.get("book", situation.book)
    rulebook = situation.rulebook if book is situation.book else rulebook_of(book)
    return Situation(book, rulebook, changed.get("case", situation.written), situation.as_of, situation.removed)


def told(situation: Situation) -> dict[str, Any]:
    """What an evaluation says, by subject, free of every order that follows the records'."""
    evaluation = situation.rulebook.evaluate(situation.case, as_of=situation.as_of)
    findings = {
        str(each.subject.id): (
            each.outcome,
            each.certainty,
            each.assumed,
            each.open,
            {(reason.path, reason.says.partition(":")[0], reason.definition) for reason in each.why},
            each.rests_on_carer,
        )
        for each in evaluation.findings
    }
    actions = [
        (each.action, each.about, each.obligation, each.certainty, len(each.demands)) for each in evaluation.actions
    ]
    asked = {each.path: (each.settles, each.rules, each.already_a_precaution) for each in evaluation.questions}
    return {"findings": findings, "actions": actions, "asked": asked, "problems": evaluation.problems}


# --- decision 9: more knowledge


def flips(before: Situation, after: Situation) -> list[str]:
    """Outcomes that were reached without any assumption and are others now."""
    was, now = truths(before), truths(after)
    new = [subject for subject in now if subject not in was and subject != "none"]
    found = []
    for subject, truth in was.items():
        if truth == U or subject == "none":
            continue
        for later in (subject, *(new if subject == "?" else ())):
            if later in now and now[later] != truth:
                found.append(f"{later}: {truth} became {now[later]}")
        if subject != "?" and subject not in now:
            found.append(f"{subject} is gone")
    return found


def test_decision_9_outcomes_reached_without_any_assumption_never_flip() -> None:
    learned = settled_later = 0
    for n, situation in enumerate(whole(MANY, 600_000)):
        before = situation
        for step in range(4):
            more = learn(Seeded(10 * n + step), before.book, before.written, before.as_of)
            if more is None:
                break
            after = same_with(before, case=more.case)
            assert flips(before, after) == [], (before, more)
            learned += 1
            settled_later += sum(value == U for value in truths(before).values()) > sum(
                value == U for value in truths(after).values()
            )
            before = after
    show(f"{learned} things learned, {settled_later} of them settled something, none turned a certain outcome")
    assert learned > 2 * MANY
    assert settled_later > learned / 20


@settings(max_examples=80)
@given(examples(cases=1))
def test_decision_9_also_where_hypothesis_looks_for_it(example: Example) -> None:
    for situation in situations(example):
        more = learn(Seeded(len(situation.written)), situation.book, situation.written, situation.as_of)
        if more is not None and not situation.removed:
            assert flips(situation, same_with(situation, case=more.case)) == [], more


# --- decisions 6 and 8: assumptions


def test_decision_6_no_assumption_makes_an_outcome_other_than_applies() -> None:
    for situation in each_situation(MANY, 610_000):
        plain = truths(same_with(situation, book=without_assumptions(situation.book)))
        for result in situation.results:
            assert result.truth == plain[subject_of(result)], situation
            if result.level:
                assert result.truth == U
                assert result.outcome == "applies"
            if result.subject is not None and result.subject.existence != T:
                assert not result.applies, "nothing is assumed of a record that may not be there"


def test_decision_6_exceptions_alone_are_tried_first() -> None:
    seen = 0
    for situation in each_situation(MANY, 610_000):
        exceptions = frozenset(name for name, each in situation.book.definitions.items() if each.exception)
        only = same_with(situation, book=without_assumptions(situation.book, exceptions))
        for result, other in zip(situation.results, only.results, strict=True):
            if result.gate == T:
                assert (result.level == 1) == (other.level == 1), situation
                seen += result.level == 1
    assert seen > 20


def test_decision_8_what_is_listed_as_assumed_is_enough() -> None:
    seen = 0
    for situation in each_situation(MANY, 620_000):
        for n, result in enumerate(situation.results):
            if not result.level:
                continue
            listed = frozenset(each.name.partition(":")[2] for each in assumed_of(result) if ":" in each.name)
            for name in listed:
                assert situation.book.definitions[name].value is not None
            kept = same_with(situation, book=without_assumptions(situation.book, listed))
            assert kept.results[n].applies, (situation, listed)
            seen += 1
    assert seen > 100


def test_decision_8_questions_come_from_the_plain_evaluation() -> None:
    for situation in each_situation(SOME, 630_000):
        if any(each.ask_unless is not None for each in situation.book.definitions.values()):
            continue
        plain = same_with(situation, book=without_assumptions(situation.book))
        for result, other in zip(situation.results, plain.results, strict=True):
            assert open_paths_of(result) == open_paths_of(other), situation


def test_decision_8a_what_is_granted_is_never_asked_for() -> None:
    """Nothing is asked for a name that is taken for granted, unless something else needs the same fact."""
    seen = 0
    for situation in each_situation(MANY, 640_000):
        never = {
            name: each.__class__(each.of, each.when, each.value, each.exception)
            for name, each in situation.book.definitions.items()
        }
        asking = same_with(
            situation, book=situation.book.__class__(situation.book.rule, never, situation.book.parameters)
        )
        for result, other in zip(situation.results, asking.results, strict=True):
            assert set(open_paths_of(result)) <= set(open_paths_of(other)), situation
            assert result.level == other.level
            seen += len(open_paths_of(result)) < len(open_paths_of(other))
    assert seen > 20


# --- decisions 25 and 29: what decided, and what is left


def kept_only(trace: Trace, kept: frozenset[int]) -> Truth:
    """The value of a trace if every leaf that did not decide were unknown, and every such list open."""
    node = trace.node
    match node:
        case Test():
            return trace.value if id(trace) in kept else U
        case Use() if trace.replaced:
            return trace.value if id(trace) in kept else U
        case Use():
            return kept_only(trace.parts[0], kept)
        case Not():
            return negate(kept_only(trace.parts[0], kept))
        case All():
            return all_of([kept_only(part, kept) for part in trace.parts])
        case AnyOf():
            return any_of([kept_only(part, kept) for part in trace.parts])
        case Quantifier() | Count():
            return _list_kept(trace, kept)
    return trace.value


def _list_kept(trace: Trace, kept: frozenset[int]) -> Truth:
    node = trace.node
    closed = not trace.is_open and id(trace) in kept
    values = [(part, kept_only(part, kept)) for part in trace.parts]
    there = [(part, value) for part, value in values if not unseen(part)]
    if trace.is_open:
        beside = max((value for part, value in values if unseen(part)), default=U)
    else:
        beside = F if closed else U
    if isinstance(node, Count):
        sure = [min(value, part.item.existence if part.item is not None else U) for part, value in there]
        high = None if beside != F else sum(value != F for value in sure)
        low = sum(value == T for value in sure)
        # Only a test with a parameter can be in a book; its value is in the trace of the same count.
        return _counted(trace, low, high)
    assert isinstance(node, Quantifier)
    if node.every:
        if not trace.is_open:
            beside = T if closed else U
        return all_of([*(v if p.item and p.item.existence == T else max(U, v) for p, v in there), max(U, beside)])
    return any_of([*(min(v, p.item.existence if p.item else U) for p, v in there), min(U, beside)])


THRESHOLDS: dict[str, Any] = {}


def _counted(trace: Trace, low: int, high: int | None) -> Truth:
    node = trace.node
    assert isinstance(node, Count)
    operand = node.operand
    found = tuple(THRESHOLDS[each.name] for each in operand) if isinstance(operand, tuple) else THRESHOLDS[operand.name]
    return count_test(node.operator, low, high, found)


def test_decision_29_what_decided_is_enough() -> None:
    """All else may be unknown: the value stays."""
    seen = 0
    for situation in each_situation(MANY, 650_000):
        THRESHOLDS.clear()
        THRESHOLDS.update(situation.program.thresholds)
        for result in situation.results:
            if result.empty:
                continue
            trace = result.trace()
            if trace.value == U:
                continue
            leaves = frozenset(id(leaf) for leaf in deciding(trace))
            assert kept_only(trace, leaves) == trace.value, (situation, subject_of(result))
            seen += 1
    assert seen > 1000


def test_decision_29_every_part_with_the_deciding_value_is_named() -> None:
    for situation in each_situation(SOME, 660_000):
        for result in situation.results:
            if result.empty:
                continue
            waiting = [result.trace()]
            while waiting:
                trace = waiting.pop()
                waiting += trace.parts
                if isinstance(trace.node, All | AnyOf):
                    sure = F if isinstance(trace.node, All) else T
                    named = deciding_parts(trace)
                    wanted = (
                        trace.parts if trace.value == T - sure else [p for p in trace.parts if p.value == trace.value]
                    )
                    assert list(named) == list(wanted)


def in_hours(situation: Situation) -> bool:
    """Whether hours are counted: then the time of the evaluation may be all that is missing."""
    return any(str(value).endswith(("hour", "hours")) for value in situation.book.parameters.values())


def test_decision_25_what_is_open_names_something() -> None:
    for situation in whole(MANY, 670_000):
        granting = any(each.ask_unless is not None for each in situation.book.definitions.values())
        for result in situation.results:
            paths = open_paths_of(result)
            assert (paths == ()) or result.truth == U
            if result.truth == U and not granting and not (in_hours(situation) and "T" not in situation.as_of):
                assert paths, situation


def test_decision_25_no_fact_that_is_not_asked_for_can_settle_anything() -> None:
    tried = 0
    for n, situation in enumerate(whole(MANY, 680_000)):
        if any(each.ask_unless is not None for each in situation.book.definitions.values()):
            continue
        more = learn(Seeded(n), situation.book, situation.written, situation.as_of)
        if more is None:
            continue
        now = truths(same_with(situation, case=more.case))
        for result in situation.results:
            subject = subject_of(result)
            if result.truth == U and not set(more.paths) & set(open_paths_of(result)) and subject in now:
                assert now[subject] == U, (situation, more, open_paths_of(result))
                tried += 1
    assert tried > 100


# --- promise 5: order; and what has nothing to do with it


def test_promise_5_the_order_of_anything_changes_nothing() -> None:
    for n, situation in enumerate(each_situation(SOME, 690_000)):
        if situation.removed:
            continue
        dice = Seeded(n)
        case = case_in_another_order(dice, situation.written)
        other = same_with(situation, case=case, book=book_in_another_order(dice, situation.book))
        assert told(other) == told(situation), (situation, case)


def test_a_fact_that_no_rule_reads_changes_nothing() -> None:
    for situation in whole(SOME, 700_000):
        more = same_with(situation, case=with_irrelevant_facts(situation.book, situation.written))
        one, other = told(situation), told(more)
        # The child's label is shown and means nothing.
        for each in (one, other):
            each["actions"] = [(action, *rest) for action, _, *rest in each["actions"]]
        # That something done is no action of these packs, or lies ahead, is told, and is all that is different.
        other["problems"] = tuple(problem for problem in other["problems"] if not problem.code.startswith("done-"))
        assert one == other, situation


# --- nothing that is given is changed


def test_evaluation_changes_nothing_that_it_is_given() -> None:
    for situation in whole(SOME // 2, 710_000):
        case = situation.case
        content = repr(situation.rulebook.content)
        digest, first = case.digest(), situation.rulebook.evaluate(case, as_of=situation.as_of).to_json()
        assert (case.digest(), case) == (digest, case_of(situation.written))
        assert repr(situation.rulebook.content) == content
        assert situation.rulebook.evaluate(case, as_of=situation.as_of).to_json() == first


def test_cases_and_results_can_be_copied_and_pickled() -> None:
    for situation in whole(SOME // 4, 720_000):
        case = situation.case
        evaluation = situation.rulebook.evaluate(case, as_of=situation.as_of)
        document = evaluation.document()
        for other in (
            copy.copy(case),
            copy.deepcopy(case),
            pickle.loads(pickle.dumps(case)),
            case.model_copy(deep=True),
        ):
            assert isinstance(other, Case)
            assert other == case
            assert other.digest() == case.digest()
            assert situation.rulebook.evaluate(other, as_of=situation.as_of).document() == document
        assert copy.deepcopy(document) == document
        assert pickle.loads(pickle.dumps(document)) == document
        for again in (copy.copy(evaluation), copy.deepcopy(evaluation)):
            assert again.document() == document
        assert pickle.loads(pickle.dumps(evaluation)) == document, "what is pickled is the whole document"
