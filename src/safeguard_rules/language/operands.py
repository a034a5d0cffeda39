"""The right-hand sides of tests: words, flags, parameters and other facts, each held against what the fact takes."""

from __future__ import annotations

from dataclasses import dataclass

from safeguard_rules import messages
from safeguard_rules.language.finding import Finder, Frame, each_of
from safeguard_rules.language.operators import Takes
from safeguard_rules.language.readable import comparable, expected_text, quantity
from safeguard_rules.language.tree import FactRef, Operand, ParameterRef
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.special import NOT_YET
from safeguard_rules.vocabulary.facts import Fact

KNOWN_TESTS = ("known", "unknown", "not_known", "is_known", "is_unknown", "null")
"""What authors write who look for a test of being known; there is none (decision 4)."""


@dataclass(frozen=True, slots=True)
class Operands:
    """Reads right-hand sides; what is wrong is among the finder's issues and raises `WrongConditionError`."""

    finder: Finder

    def operand(self, ref: FactRef, node: Node, takes: Takes, frame: Frame) -> Operand:
        """The right-hand side of a test of a fact, of the kind that the operator takes for it."""
        match takes:
            case Takes.WORD:
                return self._word(ref.fact, node)
            case Takes.WORDS:
                return self._words(ref.fact, node)
            case Takes.FLAG:
                return self._flag(ref, node)
            case Takes.EMPTY:
                return self._empty(ref, node)
            case Takes.NOT_YET:
                return self._not_yet(ref, node)
            case Takes.THRESHOLD:
                return self.finder.parameter(node, *quantity(ref.fact))
            case Takes.THRESHOLDS:
                return self.two_parameters(node, *quantity(ref.fact))
            case Takes.LENGTH:
                return self.finder.parameter(node, (Duration,), "a length of time")
            case Takes.MOMENT:
                if isinstance(node, MapNode):
                    return self._other_fact(ref, node, frame)
                return self.finder.parameter(node, (When,), "a date")
            case Takes.REFERENCE:
                return self._other_fact(ref, node, frame)

    def two_parameters(self, node: Node, types: tuple[type, ...], expected: str) -> tuple[ParameterRef, ParameterRef]:
        """The lowest and the highest of a `between`."""
        if not isinstance(node, ListNode) or len(node.items) != 2:
            raise self.finder.wrong(node, messages.between_needs_two())
        low, high = each_of(lambda item: self.finder.parameter(item, types, expected), node.items)
        return low, high

    def _word(self, fact: Fact, node: Node) -> str:
        if not isinstance(node, Scalar):
            raise self.finder.wrong(node, messages.expected_one_word(fact.path, fact.words))
        if node.text not in fact.words and node.text in KNOWN_TESTS:
            raise self.finder.wrong(node, messages.no_test_for_known(node.text))
        if node.text not in fact.words:
            raise self.finder.wrong(node, messages.unknown_word(node.text, fact.path, fact.words))
        return node.text

    def _words(self, fact: Fact, node: Node) -> tuple[str, ...]:
        if not isinstance(node, ListNode):
            raise self.finder.wrong(
                node, messages.expected_words(fact.path, node.text if isinstance(node, Scalar) else None)
            )
        if not node.items:
            raise self.finder.wrong(node, messages.empty_choice(fact.path))
        words = each_of(lambda item: self._word(fact, item), node.items)
        for i, word in enumerate(words):
            if word in words[:i]:
                raise self.finder.wrong(node.items[i], messages.word_twice(word))
        return words

    def _flag(self, ref: FactRef, node: Node) -> bool:
        if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
            return node.text == "true"
        written = node.text if isinstance(node, Scalar) else None
        raise self.finder.wrong(node, messages.expected_flag(ref.written, written))

    def _empty(self, ref: FactRef, node: Node) -> tuple[str, ...]:
        if isinstance(node, ListNode) and not node.items:
            return ()
        raise self.finder.wrong(node, messages.set_is_only_empty(ref.written))

    def _not_yet(self, ref: FactRef, node: Node) -> Operand:
        if isinstance(node, Scalar) and node.text == "not_yet" and ref.fact.may_be_not_yet:
            return NOT_YET
        written = node.text if isinstance(node, Scalar) else None
        raise self.finder.wrong(node, messages.date_is_only_not_yet(ref.written, written, ref.fact.may_be_not_yet))

    def _other_fact(self, ref: FactRef, node: Node, frame: Frame) -> FactRef:
        value = node.get("fact") if isinstance(node, MapNode) and len(node.entries) == 1 else None
        if not isinstance(value, Scalar):
            raise self.finder.wrong(node, messages.expected_fact(ref.written))
        other = self.finder.fact(value, frame)
        if not comparable(ref.fact, other.fact):
            message = messages.facts_not_comparable(
                ref.written, expected_text(ref.fact), other.written, expected_text(other.fact)
            )
            raise self.finder.wrong(value, message)
        return other
