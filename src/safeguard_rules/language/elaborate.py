"""From nodes to the condition tree: every word looked up, every type checked, every complaint at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from safeguard_rules import messages
from safeguard_rules.language.operators import COUNTING, OPERATORS, WRITTEN, Operator, Takes, operators_for
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    Operand,
    ParameterRef,
    ParameterValue,
    Quantifier,
    Scope,
    Test,
    Use,
)
from safeguard_rules.messages import Message
from safeguard_rules.reading.nodes import Entry, ListNode, MapNode, Node, Scalar
from safeguard_rules.source import Issue
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.special import NOT_YET
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary

COMBINING = ("all", "any", "not", "some", "every", "count")
_BARE_NUMBER = re.compile(r"-?\d+(\s+\w+)*$")


@dataclass(frozen=True, slots=True)
class DefinitionName:
    """A definition that a name was resolved to: its full name and what it is a definition of."""

    full: str
    of: str


@dataclass(frozen=True, slots=True)
class ParameterName:
    """A parameter that a name was resolved to, with the values it has over time."""

    full: str
    values: tuple[ParameterValue, ...]


class Names(Protocol):
    """How a condition's names are looked up: in the own pack, then in those it uses."""

    def definition(self, written: str) -> DefinitionName | Message:
        """The definition of this name, or what to say where there is none or more than one."""
        ...

    def parameter(self, written: str) -> ParameterName | Message:
        """The parameter of this name, or what to say."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """What a condition may read where it stands: the subject's kind of record, and the quantifier's if inside one."""

    subject: str | None = None
    item: str | None = None

    @property
    def others(self) -> bool:
        """Whether the quantifier ranges over the subject's own list, so that it means the other records."""
        return self.item is not None and self.item == self.subject


@dataclass(slots=True)
class Elaborator:
    """Turns nodes into conditions and collects what is wrong with them in `issues`."""

    vocabulary: Vocabulary
    names: Names
    issues: list[Issue]

    def condition(self, node: Node, id_: str, frame: Frame) -> Condition | None:
        """The condition that a node says, or None where something in it is wrong (then there is an issue)."""
        if isinstance(node, Scalar):
            return self._name(node, id_, frame)
        if isinstance(node, ListNode):
            return self._complain(node, messages.condition_is_list())
        if not node.entries:
            return self._complain(node, messages.empty_condition("mapping"))
        operators = [key for key in node.entries if key in COMBINING]
        if operators and len(node.entries) > 1:
            return self._complain(node.entries[operators[0]].key, messages.operator_beside_others(operators[0]))
        if operators:
            return self._operator(operators[0], node.entries[operators[0]], id_, frame)
        return self._facts(node, id_, frame)

    # --- names

    def _name(self, node: Scalar, id_: str, frame: Frame) -> Condition | None:
        if node.plain and node.text in ("always", "never"):
            return Always(id_, node.place, node.text == "always")
        written, scope = node.text, None
        if written.startswith("other."):
            if not frame.others:
                return self._complain(node, messages.other_without_quantifier(written))
            written, scope = written.removeprefix("other."), Scope.ITEM
        found = self.names.definition(written)
        if isinstance(found, Message):
            return self._complain(node, found)
        if found.of == "child":
            return Use(id_, node.place, found.full, Scope.ONE)
        scope = scope or self._scope_of(found.of, frame)
        if scope is None or (scope is Scope.ITEM and found.of != frame.item):
            return self._complain(node, messages.definition_without_record(written, found.of))
        return Use(id_, node.place, found.full, scope)

    @staticmethod
    def _scope_of(kind: str, frame: Frame) -> Scope | None:
        if kind == frame.subject:
            return Scope.SUBJECT
        return Scope.ITEM if kind == frame.item else None

    # --- operators

    def _operator(self, name: str, entry: Entry, id_: str, frame: Frame) -> Condition | None:
        where = f"{id_}.{name}"
        if name in ("all", "any"):
            parts = self._parts(entry, where, frame, name)
            if parts is None:
                return None
            return All(id_, entry.key.place, parts) if name == "all" else AnyOf(id_, entry.key.place, parts)
        if name == "not":
            part = self.condition(entry.value, where, frame)
            return None if part is None else Not(id_, entry.key.place, part)
        return self._over_list(name, entry, id_, frame)

    def _parts(self, entry: Entry, id_: str, frame: Frame, name: str) -> tuple[Condition, ...] | None:
        if not isinstance(entry.value, ListNode):
            self._complain(entry.value, messages.expected_list_of_conditions(name))
            return None
        if not entry.value.items:
            self._complain(entry.value, messages.empty_condition(name))
            return None
        parts = [self.condition(item, f"{id_}[{i}]", frame) for i, item in enumerate(entry.value.items)]
        return None if any(part is None for part in parts) else tuple(part for part in parts if part is not None)

    def _over_list(self, name: str, entry: Entry, id_: str, frame: Frame) -> Condition | None:
        if frame.item is not None:
            return self._complain(entry.key, messages.nested_quantifier(name))
        body = entry.value
        keys = ("of", "where", "is") if name == "count" else ("of", "where")
        if not isinstance(body, MapNode):
            return self._complain(body, messages.quantifier_needs_mapping(name))
        if not self._only_keys(body, keys, name):
            return None
        of = self._list_kind(body, entry, name)
        if of is None:
            return None
        inner = replace(frame, item=of)
        where = self._where(body, entry, name, f"{id_}.{name}.where", inner)
        if name != "count":
            if where is None:
                return None
            return Quantifier(id_, entry.key.place, name == "every", of, inner.others, where)
        operator, operand = self._count_test(body, entry)
        if where is None or operator is None or operand is None:
            return None
        return Count(id_, entry.key.place, of, inner.others, where, operator, operand)

    def _only_keys(self, body: MapNode, keys: Sequence[str], name: str) -> bool:
        wrong = [entry.key for key, entry in body.entries.items() if key not in keys]
        for key in wrong:
            self._complain(key, messages.unknown_key(key.text, keys))
        if "of" not in body.entries:
            self._complain(body, messages.quantifier_without_list(name))
            return False
        return not wrong

    def _list_kind(self, body: MapNode, entry: Entry, name: str) -> str | None:
        node = body.entries["of"].value
        kinds = readable_kinds(self.vocabulary)
        if isinstance(node, Scalar) and node.text in kinds:
            return node.text
        written = node.text if isinstance(node, Scalar) else name
        plural = {self.vocabulary.kinds[kind].name: kind for kind in kinds}
        self._complain(node, messages.unknown_list(written, kinds, plural.get(written)))
        return None

    def _where(self, body: MapNode, entry: Entry, name: str, id_: str, frame: Frame) -> Condition | None:
        if "where" in body.entries:
            return self.condition(body.entries["where"].value, id_, frame)
        if name == "every":
            return self._complain(body, messages.quantifier_without_where(name))
        return Always(id_, entry.key.place, True)

    def _count_test(
        self, body: MapNode, entry: Entry
    ) -> tuple[Operator | None, ParameterRef | tuple[ParameterRef, ParameterRef] | None]:
        if "is" not in body.entries:
            self._complain(entry.key, messages.count_without_is())
            return None, None
        node = body.entries["is"].value
        if isinstance(node, Scalar):
            return OPERATORS["is"], self._parameter(node, (int,), "a whole number")
        if not isinstance(node, MapNode) or len(node.entries) != 1:
            self._complain(node, messages.count_needs_one_test(COUNTING))
            return None, None
        ((key, value),) = node.entries.items()
        if key not in COUNTING:
            self._complain(value.key, messages.unknown_operator(key, COUNTING, "a count"))
            return None, None
        if key == "between":
            return OPERATORS[key], self._two_parameters(value.value, (int,), "a whole number")
        return OPERATORS[key], self._parameter(value.value, (int,), "a whole number")

    # --- facts and tests

    def _facts(self, node: MapNode, id_: str, frame: Frame) -> Condition | None:
        tests: list[Condition] = []
        whole = True
        for key, entry in node.entries.items():
            ref = self.fact(entry.key, frame)
            found = self._tests(ref, entry, f"{id_}.{key}", frame) if ref is not None else None
            whole = whole and found is not None
            tests.extend(found or ())
        if not whole:
            return None
        return tests[0] if len(tests) == 1 else All(id_, node.place, tuple(tests))

    def fact(self, key: Scalar, frame: Frame) -> FactRef | None:
        """The fact that a path names where it stands, or None with an issue."""
        written = key.text
        owner, _, name = written.rpartition(".")
        if owner == "other":
            if not frame.others or frame.item is None:
                self._complain(key, messages.other_without_quantifier(written))
                return None
            return self._known_fact(key, f"{frame.item}.{name}", Scope.ITEM)
        if owner in readable_kinds(self.vocabulary):
            scope = self._scope_of(owner, frame)
            fact = self.vocabulary.fact(written)
            if scope is None and fact is not None:
                self._complain(key, messages.no_record_here(written, owner, frame.item))
                return None
            return self._known_fact(key, written, scope or Scope.ONE)
        return self._known_fact(key, written, Scope.ONE)

    def _known_fact(self, key: Scalar, path: str, scope: Scope) -> FactRef | None:
        fact = self.vocabulary.fact(path)
        if fact is None or not readable(fact, self.vocabulary):
            self._complain(key, messages.unknown_fact(key.text, readable_facts(self.vocabulary), COMBINING))
            return None
        return FactRef(fact, scope, key.text)

    def _tests(self, ref: FactRef, entry: Entry, id_: str, frame: Frame) -> list[Condition] | None:
        fact, node = ref.fact, entry.value
        if fact.kind is Kind.TEXT:
            self._complain(entry.key, messages.text_is_not_tested(ref.written))
            return None
        if not isinstance(node, MapNode):
            test = self._bare(ref, node, id_, entry)
            return None if test is None else [test]
        if not node.entries:
            self._complain(node, messages.empty_condition("mapping"))
            return None
        several = len(node.entries) > 1
        tests = [
            self._named(ref, inner, f"{id_}.{name}" if several else id_, frame) for name, inner in node.entries.items()
        ]
        return None if any(test is None for test in tests) else [test for test in tests if test is not None]

    def _bare(self, ref: FactRef, node: Scalar | ListNode, id_: str, entry: Entry) -> Condition | None:
        kind = ref.fact.kind
        if isinstance(node, ListNode):
            if kind is Kind.WORD:
                return self._test(ref, "one_of", node, (Takes.WORDS,), id_, entry)
            if kind in (Kind.WORDS, Kind.REFERENCES):
                return self._complain(node, messages.bare_list_on_set(ref.written))
            return self._complain(node, messages.list_on_single(ref.written, expected_text(ref.fact)))
        if kind in (Kind.WORDS, Kind.REFERENCES):
            return self._complain(node, messages.bare_word_on_set(ref.written, node.text))
        if kind in (Kind.NUMBER, Kind.LENGTH):
            return self._complain(node, messages.bare_quantity(ref.written, node.text, operators_for(kind)))
        if kind is Kind.REFERENCE:
            return self._complain(node, messages.bare_reference(ref.written))
        return self._test(ref, "is", node, OPERATORS["is"].takes[kind], id_, entry)

    def _named(self, ref: FactRef, entry: Entry, id_: str, frame: Frame) -> Condition | None:
        name = entry.key.text
        if name == "fact":
            return self._complain(entry.key, messages.fact_without_operator())
        if name in ("known", "unknown", "is_known", "is_unknown"):
            return self._complain(entry.key, messages.no_test_for_known(name))
        if name not in WRITTEN:
            return self._complain(
                entry.key, messages.unknown_operator(name, operators_for(ref.fact.kind), f"`{ref.written}`")
            )
        takes = OPERATORS[name].takes.get(ref.fact.kind)
        if takes is None:
            allowed = operators_for(ref.fact.kind)
            return self._complain(
                entry.key, messages.operator_not_for(name, ref.written, expected_text(ref.fact), allowed)
            )
        return self._test(ref, name, entry.value, takes, id_, entry, frame)

    def _test(
        self,
        ref: FactRef,
        name: str,
        node: Node,
        takes: tuple[Takes, ...],
        id_: str,
        entry: Entry,
        frame: Frame | None = None,
    ) -> Condition | None:
        operand = self._operand(ref, node, takes, frame or Frame())
        return None if operand is None else Test(id_, entry.key.place, ref, OPERATORS[name], operand)

    # --- right-hand sides

    def _operand(self, ref: FactRef, node: Node, takes: tuple[Takes, ...], frame: Frame) -> Operand | None:
        fact = ref.fact
        match takes[0]:
            case Takes.WORD:
                return self._word(fact, node)
            case Takes.WORDS:
                return self._words(fact, node)
            case Takes.FLAG:
                return self._flag(ref, node)
            case Takes.EMPTY:
                return self._empty(ref, node)
            case Takes.NOT_YET:
                return self._not_yet(ref, node)
            case Takes.THRESHOLD:
                return self._parameter(node, *_quantity(fact))
            case Takes.THRESHOLDS:
                return self._two_parameters(node, *_quantity(fact))
            case Takes.LENGTH:
                return self._parameter(node, (Duration,), "a length of time")
            case Takes.MOMENT:
                if isinstance(node, MapNode):
                    return self._other_fact(ref, node, frame)
                return self._parameter(node, (When,), "a date")
            case Takes.REFERENCE:
                return self._other_fact(ref, node, frame)

    def _word(self, fact: Fact, node: Node) -> str | None:
        if isinstance(node, Scalar) and node.text in fact.words:
            return node.text
        if isinstance(node, Scalar):
            self._complain(node, messages.unknown_word(node.text, fact.path, fact.words))
        else:
            self._complain(node, messages.expected_one_word(fact.path, fact.words))
        return None

    def _words(self, fact: Fact, node: Node) -> tuple[str, ...] | None:
        if not isinstance(node, ListNode):
            self._complain(node, messages.expected_words(fact.path))
            return None
        if not node.items:
            self._complain(node, messages.empty_choice(fact.path))
            return None
        words = [self._word(fact, item) for item in node.items]
        for item, word in zip(node.items, words, strict=True):
            if word is not None and words.count(word) > 1 and words.index(word) != node.items.index(item):
                self._complain(item, messages.word_twice(word))
                return None
        return None if None in words else tuple(word for word in words if word is not None)

    def _flag(self, ref: FactRef, node: Node) -> bool | None:
        if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
            return node.text == "true"
        self._complain(node, messages.expected_flag(ref.written, node.text if isinstance(node, Scalar) else None))
        return None

    def _empty(self, ref: FactRef, node: Node) -> tuple[str, ...] | None:
        if isinstance(node, ListNode) and not node.items:
            return ()
        self._complain(node, messages.set_is_only_empty(ref.written))
        return None

    def _not_yet(self, ref: FactRef, node: Node) -> Operand | None:
        if isinstance(node, Scalar) and node.text == "not_yet" and ref.fact.may_be_not_yet:
            return NOT_YET
        written = node.text if isinstance(node, Scalar) else "this"
        self._complain(node, messages.date_is_only_not_yet(ref.written, written, ref.fact.may_be_not_yet))
        return None

    def _parameter(self, node: Node, types: tuple[type, ...], expected: str) -> ParameterRef | None:
        if not isinstance(node, Scalar):
            self._complain(node, messages.expected_parameter(expected))
            return None
        if _BARE_NUMBER.match(node.text):
            self._complain(node, messages.bare_value(node.text))
            return None
        found = self.names.parameter(node.text)
        if isinstance(found, Message):
            self._complain(node, found)
            return None
        if not all(isinstance(value, types) and not isinstance(value, bool) for value in found.values):
            self._complain(node, messages.parameter_of_wrong_type(node.text, expected, str(found.values[0])))
            return None
        return ParameterRef(found.full)

    def _two_parameters(
        self, node: Node, types: tuple[type, ...], expected: str
    ) -> tuple[ParameterRef, ParameterRef] | None:
        if not isinstance(node, ListNode) or len(node.items) != 2:
            self._complain(node, messages.between_needs_two())
            return None
        low, high = (self._parameter(item, types, expected) for item in node.items)
        return None if low is None or high is None else (low, high)

    def _other_fact(self, ref: FactRef, node: Node, frame: Frame) -> FactRef | None:
        if not isinstance(node, MapNode) or list(node.entries) != ["fact"]:
            self._complain(node, messages.expected_fact(ref.written))
            return None
        value = node.entries["fact"].value
        if not isinstance(value, Scalar):
            self._complain(value, messages.expected_fact(ref.written))
            return None
        other = self.fact(value, frame)
        if other is None:
            return None
        if not comparable(ref.fact, other.fact):
            self._complain(
                value,
                messages.facts_not_comparable(
                    ref.written, expected_text(ref.fact), other.written, expected_text(other.fact)
                ),
            )
            return None
        return other

    def _complain(self, node: Node, message: Message) -> None:
        self.issues.append(message.at(node.place))


def readable_kinds(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The singulars of the lists that a condition may range over."""
    return tuple(kind for kind in vocabulary.kinds if kind not in ("done", "protective_factor"))


def readable(fact: Fact, vocabulary: Vocabulary) -> bool:
    """Whether a rule may read a fact: what was done, and strengths, are shown and never tested."""
    return fact.owner not in vocabulary.kinds or fact.owner in readable_kinds(vocabulary)


def readable_facts(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The paths of all facts that a condition may read."""
    return tuple(path for path, fact in vocabulary.facts.items() if readable(fact, vocabulary))


def comparable(left: Fact, right: Fact) -> bool:
    """Whether one fact may stand against another: dates with dates, references with references to the same list."""
    if left.kind is Kind.DATE:
        return right.kind is Kind.DATE
    return right.kind is Kind.REFERENCE and left.refers_to == right.refers_to


def expected_text(fact: Fact) -> str:
    """What kind of value a fact holds, in plain words."""
    return {
        Kind.BOOLEAN: "true or false",
        Kind.WORD: "one word",
        Kind.WORDS: "a set of words",
        Kind.NUMBER: "a whole number",
        Kind.DATE: "a date",
        Kind.LENGTH: "a length of time",
        Kind.TEXT: "text",
        Kind.REFERENCE: f"a reference to one {fact.refers_to}",
        Kind.REFERENCES: f"a set of references to {fact.refers_to}",
    }[fact.kind]


def _quantity(fact: Fact) -> tuple[tuple[type, ...], str]:
    return ((int,), "a whole number") if fact.kind is Kind.NUMBER else ((Duration,), "a length of time")
