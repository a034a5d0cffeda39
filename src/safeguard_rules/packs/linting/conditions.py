"""Lints of conditions: empty and open lists, tests that cancel each other, parts that say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from safeguard_rules import messages
from safeguard_rules.language.tree import All, AnyOf, Condition, Count, Not, Quantifier, Test, Use, walk
from safeguard_rules.packs.linting.subject import LintSubject
from safeguard_rules.packs.linting.truths import WithoutRecords
from safeguard_rules.packs.tightening import implies, shape
from safeguard_rules.source import Issue, Place
from safeguard_rules.vocabulary.facts import Kind

OPEN = "person"
"""The list that is open unless somebody says that everybody is recorded (semantics, 1)."""

_OPPOSITE = {
    ("at_least", "less_than"),
    ("more_than", "at_most"),
    ("includes", "none_of"),
    ("includes_any", "none_of"),
    ("is", "is_not"),
    ("one_of", "none_of"),
}
"""Tests of one fact that say the opposite of each other when they are held against the same."""

_NEEDS_ALL = {1: ("at_most", "less_than", "is", "between"), -1: ("at_least", "more_than", "is_not", "between")}
"""The tests of a count that are true, or under `not` false, only of a list that is complete."""


def true_of_nothing(subject: LintSubject) -> Iterator[Issue]:
    """An `every`, or a `not` around records that do not, which makes a rule apply where there is no record at all."""
    told: set[Place] = set()
    for rule, _, form in subject.rules():
        for condition in subject.reach.conditions(form.when):
            for node, quantifier in _true_of_none(condition):
                if quantifier.of == form.for_each and not quantifier.others:
                    continue  # the rule looks at one of them, so there is one
                empty = WithoutRecords(subject.content, node, quantifier.of, quantifier.others)
                place = node.place if subject.is_own(node.place) else form.place
                if place not in told and empty.can_rest_on_it(form.when):
                    told.add(place)
                    yield messages.true_of_nothing(quantifier.of, quantifier.every, rule.name).at(place)


def _true_of_none(condition: Condition) -> Iterator[tuple[Condition, Quantifier]]:
    for node in walk(condition):
        match node:
            case Quantifier(every=True):
                yield node, node
            case Not(part=Quantifier(every=False, where=Not()) as inner):
                yield node, inner


def list_left_open(subject: LintSubject) -> Iterator[Issue]:
    """A rule that can apply only where a case says that everybody is recorded, which few cases do."""
    told: set[Place] = set()
    for _, _, form in subject.rules():
        for node in _needing_everybody(form.when, 1, subject):
            place = node.place if subject.is_own(node.place) else form.place
            if place not in told:
                told.add(place)
                yield messages.list_left_open(OPEN).at(place)


def _needing_everybody(condition: Condition, sign: int, subject: LintSubject) -> Iterator[Condition]:
    """The nodes that help a rule to apply only where the list is complete; what is assumed while unknown is passed."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _needing_everybody(part, sign, subject)
        case Not(part=part):
            yield from _needing_everybody(part, -sign, subject)
        case Quantifier(of=of, every=every) if of == OPEN and every is (sign > 0):
            yield condition
        case Count(of=of, operator=operator) if of == OPEN and operator.name in _NEEDS_ALL[sign]:
            yield condition
        case Use(definition=name):
            for form in subject.content.definitions[name].forms:
                if form.assumption is None:
                    yield from _needing_everybody(form.when, sign, subject)


def complementary_tests(subject: LintSubject) -> Iterator[Issue]:
    """Tests of one fact that together can never be false under `any`, or never be true under `all`."""
    for whole in subject.conditions():
        for node in walk(whole):
            if isinstance(node, All | AnyOf):
                yield from _complementary(node)


def _complementary(node: All | AnyOf) -> Iterator[Issue]:
    under_any = isinstance(node, AnyOf)
    for one, other in combinations(node.parts, 2):
        if _opposite(one, other):
            yield messages.complementary_tests(_what(other), under_any).at(other.place)
            return
    for tests in _of_one_fact(node.parts):
        allowed = [_allowed(test) for test in tests]
        domain = frozenset(tests[0].ref.fact.words)
        if domain and (frozenset().union(*allowed) >= domain if under_any else not domain.intersection(*allowed)):
            yield messages.complementary_tests(_what(tests[-1]), under_any).at(tests[-1].place)
            return


def _opposite(one: Condition, other: Condition) -> bool:
    if isinstance(one, Not):
        return shape(one.part) == shape(other)
    if isinstance(other, Not):
        return shape(other.part) == shape(one)
    if not (isinstance(one, Test) and isinstance(other, Test)) or not _same_fact(one, other):
        return False
    if isinstance(one.operand, bool) and isinstance(other.operand, bool):
        same = one.operator.name == other.operator.name
        return same is (one.operand is not other.operand)
    names = (one.operator.name, other.operator.name)
    return (names in _OPPOSITE or names[::-1] in _OPPOSITE) and _operands(one) == _operands(other)


def _same_fact(one: Test, other: Test) -> bool:
    return (one.ref.fact.path, one.ref.scope) == (other.ref.fact.path, other.ref.scope)


def _operands(test: Test) -> object:
    """The right-hand side; one word and a list of it are the same, and the order of words does not count."""
    if isinstance(test.operand, str):
        return frozenset({test.operand})
    if isinstance(test.operand, tuple) and all(isinstance(each, str) for each in test.operand):
        return frozenset(test.operand)
    return test.operand


def _of_one_fact(parts: Sequence[Condition]) -> list[list[Test]]:
    """The tests among the parts that allow some words of a fact with one word, by fact; where there are several."""
    found: dict[tuple[str, str], list[Test]] = {}
    for part in parts:
        if isinstance(part, Test) and part.ref.fact.kind is Kind.WORD and _allowed(part):
            found.setdefault((part.ref.fact.path, part.ref.scope), []).append(part)
    return [tests for tests in found.values() if len(tests) > 1]


def _allowed(test: Test) -> frozenset[str]:
    """The words of its fact of which a test is true; none where that cannot be said."""
    named = _operands(test)
    if not isinstance(named, frozenset):
        return frozenset()
    return frozenset(test.ref.fact.words) - named if test.operator.negative else named


def _what(condition: Condition) -> str:
    match condition:
        case Test(ref=ref):
            return ref.written
        case Use(definition=name):
            return name.rpartition(":")[2]
        case Not(part=part):
            return _what(part)
    return "this"


def part_says_nothing(subject: LintSubject) -> Iterator[Issue]:
    """A part of `all` that another part implies, or of `any` that implies another: without it all is the same."""
    for whole in subject.conditions():
        for node in walk(whole):
            if isinstance(node, All | AnyOf):
                yield from _idle_parts(node)


def _idle_parts(node: All | AnyOf) -> Iterator[Issue]:
    kept = list(range(len(node.parts)))
    for n in reversed(range(len(node.parts))):
        others = [other for other in kept if other != n]
        covering = next((other for other in others if _covers(node, n, other)), None)
        if covering is not None:
            kept.remove(n)
            line = node.parts[covering].place.line
            yield messages.part_says_nothing(isinstance(node, AnyOf), line).at(node.parts[n].place)


def _covers(node: All | AnyOf, part: int, by: int) -> bool:
    one, other = node.parts[part], node.parts[by]
    return implies(one, other) if isinstance(node, AnyOf) else implies(other, one)
