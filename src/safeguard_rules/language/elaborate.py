"""From nodes to the condition tree: every word looked up, every type checked, every complaint at its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from safeguard_rules import messages
from safeguard_rules.language.finding import COMBINING, Finder, Frame, Names, WrongConditionError, each_of
from safeguard_rules.language.operands import KNOWN_TESTS, Operands
from safeguard_rules.language.operators import COUNTING, OPERATORS, WRITTEN, Operator, comparing_facts, operators_for
from safeguard_rules.language.readable import expected_text, readable_kinds
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    ParameterRef,
    Quantifier,
    Test,
)
from safeguard_rules.reading.nodes import Entry, ListNode, MapNode, Node, Scalar
from safeguard_rules.source import Issue
from safeguard_rules.vocabulary.facts import Kind, Vocabulary

_WHOLE_NUMBER = ((int,), "a whole number")


@dataclass(slots=True)
class Elaborator:
    """Turns nodes into conditions and collects what is wrong with them in `issues`."""

    vocabulary: Vocabulary
    names: Names
    issues: list[Issue]
    _finder: Finder = field(init=False, repr=False)
    _operands: Operands = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._finder = Finder(self.vocabulary, self.names, self.issues)
        self._operands = Operands(self._finder)

    def condition(self, node: Node, id_: str, frame: Frame) -> Condition | None:
        """The condition that a node says, or None where something in it is wrong (then there is an issue)."""
        try:
            return self._condition(node, id_, frame)
        except WrongConditionError:
            return None

    def fact(self, key: Scalar, frame: Frame) -> FactRef | None:
        """The fact that a path names where it stands, or None with an issue."""
        try:
            return self._finder.fact(key, frame)
        except WrongConditionError:
            return None

    def _condition(self, node: Node, id_: str, frame: Frame) -> Condition:
        if isinstance(node, Scalar):
            if node.plain and node.text in ("always", "never"):
                return Always(id_, node.place, node.text == "always")
            return self._finder.definition(node, id_, frame)
        if isinstance(node, ListNode):
            raise self._finder.wrong(node, messages.condition_is_list())
        if not node.entries:
            raise self._finder.wrong(node, messages.empty_condition("{}"))
        operators = [key for key in node.entries if key in COMBINING]
        if operators and len(node.entries) > 1:
            raise self._finder.wrong(node.entries[operators[0]].key, messages.operator_beside_others(operators[0]))
        if operators:
            return self._operator(operators[0], node.entries[operators[0]], id_, frame)
        return self._facts(node, id_, frame)

    # --- operators

    def _operator(self, name: str, entry: Entry, id_: str, frame: Frame) -> Condition:
        if name == "not":
            return Not(id_, entry.key.place, self._condition(entry.value, f"{id_}.not", frame))
        if name in ("all", "any"):
            parts = self._parts(entry, f"{id_}.{name}", frame, name)
            return All(id_, entry.key.place, parts) if name == "all" else AnyOf(id_, entry.key.place, parts)
        if frame.item is not None:
            raise self._finder.wrong(entry.key, messages.nested_quantifier(name))
        return self._count(entry, id_, frame) if name == "count" else self._quantifier(name, entry, id_, frame)

    def _parts(self, entry: Entry, id_: str, frame: Frame, name: str) -> tuple[Condition, ...]:
        if not isinstance(entry.value, ListNode):
            raise self._finder.wrong(entry.value, messages.expected_list_of_conditions(name))
        if not entry.value.items:
            raise self._finder.wrong(entry.value, messages.empty_condition(f"{name}: []"))
        numbered = list(enumerate(entry.value.items))
        return each_of(lambda pair: self._condition(pair[1], f"{id_}[{pair[0]}]", frame), numbered)

    def _quantifier(self, name: str, entry: Entry, id_: str, frame: Frame) -> Condition:
        body, inner = self._over(entry, name, ("of", "where"), frame)
        where = self._where(body, entry, name, f"{id_}.{name}.where", inner)
        return Quantifier(id_, entry.key.place, name == "every", str(inner.item), inner.others, where)

    def _count(self, entry: Entry, id_: str, frame: Frame) -> Condition:
        body, inner = self._over(entry, "count", ("of", "where", "is"), frame)
        where = self.condition(body.entries["where"].value, f"{id_}.count.where", inner) if body.get("where") else None
        operator, operand = self._how_many(body, entry)
        if body.get("where") is not None and where is None:
            raise WrongConditionError
        counted = where or Always(f"{id_}.count.where", entry.key.place, True)
        return Count(id_, entry.key.place, str(inner.item), inner.others, counted, operator, operand)

    def _over(self, entry: Entry, name: str, keys: Sequence[str], frame: Frame) -> tuple[MapNode, Frame]:
        """The mapping of a quantifier, and the frame inside it."""
        body = entry.value
        if not isinstance(body, MapNode):
            raise self._finder.wrong(body, messages.quantifier_needs_mapping(name))
        wrong = [each.key for key, each in body.entries.items() if key not in keys]
        for key in wrong:
            self._finder.complain(key, messages.unknown_key(key.text, keys))
        if "of" not in body.entries:
            raise self._finder.wrong(entry.key, messages.quantifier_without_list(name))
        if wrong:
            raise WrongConditionError
        return body, replace(frame, item=self._list_kind(body.entries["of"].value))

    def _list_kind(self, node: Node) -> str:
        kinds = readable_kinds(self.vocabulary)
        if isinstance(node, Scalar) and node.text in kinds:
            return node.text
        if not isinstance(node, Scalar):
            raise self._finder.wrong(node, messages.list_not_named(kinds))
        plural = {self.vocabulary.kinds[kind].name: kind for kind in kinds}
        raise self._finder.wrong(node, messages.unknown_list(node.text, kinds, plural.get(node.text)))

    def _where(self, body: MapNode, entry: Entry, name: str, id_: str, frame: Frame) -> Condition:
        where = body.get("where")
        if where is not None:
            return self._condition(where, id_, frame)
        if name == "every":
            raise self._finder.wrong(entry.key, messages.quantifier_without_where(name))
        return Always(id_, entry.key.place, True)

    def _how_many(
        self, body: MapNode, entry: Entry
    ) -> tuple[Operator, ParameterRef | tuple[ParameterRef, ParameterRef]]:
        node = body.get("is")
        if node is None:
            raise self._finder.wrong(entry.key, messages.count_without_is())
        if isinstance(node, Scalar):
            return OPERATORS["is"], self._finder.parameter(node, *_WHOLE_NUMBER)
        if not isinstance(node, MapNode) or len(node.entries) != 1:
            raise self._finder.wrong(node, messages.count_needs_one_test(COUNTING))
        ((name, test),) = node.entries.items()
        if name not in COUNTING:
            raise self._finder.wrong(test.key, messages.unknown_operator(name, COUNTING, "a count"))
        if name == "between":
            return OPERATORS[name], self._operands.two_parameters(test.value, *_WHOLE_NUMBER)
        return OPERATORS[name], self._finder.parameter(test.value, *_WHOLE_NUMBER)

    # --- facts and tests

    def _facts(self, node: MapNode, id_: str, frame: Frame) -> Condition:
        found = each_of(lambda entry: self._tests(entry, f"{id_}.{entry.key.text}", frame), list(node.entries.values()))
        tests = tuple(test for of_fact in found for test in of_fact)
        return tests[0] if len(tests) == 1 else All(id_, node.place, tests)

    def _tests(self, entry: Entry, id_: str, frame: Frame) -> tuple[Condition, ...]:
        """The tests of one fact: several operators in its mapping mean all of them."""
        ref = self._finder.fact(entry.key, frame)
        if ref.fact.kind is Kind.TEXT:
            raise self._finder.wrong(entry.key, messages.text_is_not_tested(ref.written))
        node = entry.value
        if not isinstance(node, MapNode):
            return (self._test(ref, self._bare(ref, node), entry, id_, frame),)
        if not node.entries:
            raise self._finder.wrong(node, messages.empty_condition(f"{ref.written}: {{}}"))
        several = len(node.entries) > 1
        return each_of(
            lambda each: self._test(
                ref, self._named(ref, each), each, f"{id_}.{each.key.text}" if several else id_, frame
            ),
            list(node.entries.values()),
        )

    def _bare(self, ref: FactRef, node: Scalar | ListNode) -> str:
        """The operator that a bare right-hand side means."""
        kind = ref.fact.kind
        if isinstance(node, ListNode):
            if kind is Kind.WORD:
                return "one_of"
            if kind in (Kind.WORDS, Kind.REFERENCES):
                raise self._finder.wrong(node, messages.bare_list_on_set(ref.written, kind is Kind.REFERENCES))
            raise self._finder.wrong(node, messages.list_on_single(ref.written, expected_text(ref.fact)))
        if kind in (Kind.WORDS, Kind.REFERENCES):
            raise self._finder.wrong(node, messages.bare_word_on_set(ref.written, node.text, kind is Kind.REFERENCES))
        if kind in (Kind.NUMBER, Kind.LENGTH):
            raise self._finder.wrong(node, messages.bare_quantity(ref.written, node.text))
        if kind is Kind.REFERENCE:
            raise self._finder.wrong(node, messages.bare_reference(ref.written))
        return "is"

    def _named(self, ref: FactRef, entry: Entry) -> str:
        """The operator that a key names."""
        name = entry.key.text
        allowed = operators_for(ref.fact.kind)
        if name == "fact":
            raise self._finder.wrong(entry.key, messages.fact_without_operator(comparing_facts(ref.fact.kind)))
        if name in KNOWN_TESTS:
            raise self._finder.wrong(entry.key, messages.no_test_for_known(name))
        if name not in WRITTEN:
            raise self._finder.wrong(entry.key, messages.unknown_operator(name, allowed, f"`{ref.written}`"))
        if ref.fact.kind not in OPERATORS[name].takes:
            holds = expected_text(ref.fact)
            raise self._finder.wrong(entry.key, messages.operator_not_for(name, ref.written, holds, allowed))
        return name

    def _test(self, ref: FactRef, name: str, entry: Entry, id_: str, frame: Frame) -> Condition:
        operator = OPERATORS[name]
        operand = self._operands.operand(ref, entry.value, operator.takes[ref.fact.kind], frame)
        return Test(id_, entry.key.place, ref, operator, operand)
