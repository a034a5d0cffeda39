"""Conditions, definitions and rules as operations on arrays: what `engine/composing.py` says, over whole columns."""

from __future__ import annotations

from typing import NamedTuple

from safeguard_rules.engine.columns import operations as do
from safeguard_rules.engine.columns.derived_facts import DerivedFacts
from safeguard_rules.engine.columns.frames import NO_BOUND, ROWS, Found, Frame, Place
from safeguard_rules.engine.columns.graph import NO, YES, Bit, Graph, Node, Truth3, turned
from safeguard_rules.engine.program import Program
from safeguard_rules.engine.running import EXCEPTIONS, PLAIN, PRECAUTION
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    Quantifier,
    Scope,
    Test,
    Use,
    children,
    definitions_in,
)
from safeguard_rules.packs.content import RuleForm
from safeguard_rules.values.dates import AsOf
from safeguard_rules.vocabulary.facts import Vocabulary

BORN = frozenset({"born"})


class RuleNodes(NamedTuple):
    """What a rule comes to: for the child, or for each record of a list and for those that nobody has entered.

    `is_open` says for which rows there may be records that nobody has entered.
    """

    name: str
    for_each: str | None
    seen: Truth3
    unseen: Truth3
    is_open: Bit


class Number(NamedTuple):
    """At least and at most how many records there are; `closed` says where there is an upper bound at all."""

    low: Node
    high: Node
    closed: Bit


class Conditions(DerivedFacts):
    """The conditions of one program on a day."""

    def __init__(
        self, graph: Graph, vocabulary: Vocabulary, as_of: AsOf, program: Program, children: frozenset[int]
    ) -> None:
        super().__init__(graph, vocabulary, as_of, program.thresholds, program.calendar, children)
        self.program = program
        self._meanings: dict[tuple[str, Frame], Found] = {}
        self._assuming: dict[tuple[str, int], bool] = {}

    def rules(self) -> tuple[RuleNodes, ...]:
        """All rules in force."""
        return tuple(self._rule(each.rule.name, each.form) for each in self.program.rules)

    # --- rules

    def _rule(self, name: str, form: RuleForm) -> RuleNodes:
        kind = form.for_each
        if kind is None:
            return RuleNodes(name, None, self._outcome(form, None), NO, False)
        seen, unseen = (self._outcome(form, Place(kind, is_seen)) for is_seen in (True, False))
        return RuleNodes(name, kind, seen, unseen, self._lists_unseen(form.stages, kind))

    def _lists_unseen(self, stages: frozenset[str], kind: str) -> Bit:
        """Where a rule has the record that nobody has entered among its subjects, in its own stages or outside them."""
        graph, of_kind = self.graph, self.vocabulary.kinds[kind].stages
        inside = graph.both(self.is_open(Frame(stages), kind), self.in_some(stages))
        outside = graph.both(graph.no(self.in_some(stages)), self.in_some(of_kind))
        return graph.either(inside, graph.both(graph.leaf("is_open", kind), outside))

    def _outcome(self, form: RuleForm, subject: Place | None) -> Truth3:
        """What a rule comes to, with the stage of the child and what may be assumed."""
        graph, frame = self.graph, Frame(form.stages, subject)
        want = frame.needs(Scope.SUBJECT)
        plain = self.lifted(self.value(form.when, frame), want, frame)
        inside, outside = self.only_in(form.stages), graph.no(self.in_some(form.stages))
        inside, outside = (self.lift_bit(each, ROWS, want, frame) for each in (inside, outside))
        no = graph.either(plain.no, outside)
        if subject is not None and not subject.seen:
            return Truth3(False, no)
        yes = graph.both(inside, graph.either(plain.yes, graph.both(graph.no(plain.no), self._assumed(form, frame))))
        yes = graph.either(yes, graph.both(graph.no(no), self._taken_as_born(form, frame, inside)))
        return Truth3(yes, no)

    def _assumed(self, form: RuleForm, frame: Frame) -> Bit:
        """Where a rule applies if something is assumed, at some level."""
        found: Bit = False
        for level in (EXCEPTIONS, PRECAUTION):
            if self._assumes_in(form.when, level):
                found = self.graph.either(found, self._at_level(form, frame.stages, frame.subject, level))
        return found

    def _taken_as_born(self, form: RuleForm, frame: Frame, inside: Bit) -> Bit:
        """Where the stage is not settled, and a rule applies if the child is taken as born."""
        if "born" not in form.stages or form.never_assume or inside is True or self.all_settled:
            return False
        graph = self.graph
        may_be_born = self.lift_bit(self.in_some(BORN), ROWS, frame.needs(Scope.SUBJECT), frame)
        unsettled = graph.both(graph.no(inside), may_be_born)
        return graph.both(unsettled, self._at_level(form, BORN, frame.subject, PRECAUTION))

    def _at_level(self, form: RuleForm, stages: frozenset[str], subject: Place | None, level: int) -> Bit:
        frame = Frame(stages, subject, level=level)
        return self.lifted(self.value(form.when, frame), frame.needs(Scope.SUBJECT), frame).yes

    def _assumes_in(self, condition: Condition, level: int) -> bool:
        return any(self._assumes(each, level) for each in definitions_in(condition))

    def _assumes(self, name: str, level: int) -> bool:
        """Whether a definition, or one that it reads, is taken as assumed at a level."""
        key = name, level
        if key not in self._assuming:
            form = self.program.forms[name]
            self._assuming[key] = self._taken_for(name, level) is not None or self._assumes_in(form.when, level)
        return self._assuming[key]

    def _taken_for(self, name: str, level: int) -> bool | None:
        """What a definition is taken for at a level where it is unknown; None for nothing."""
        assumption = self.program.forms[name].assumption
        if assumption is None or level < (EXCEPTIONS if assumption.exception else PRECAUTION):
            return None
        return assumption.value

    # --- conditions

    def value(self, condition: Condition, frame: Frame) -> Found:
        """The truth of a condition."""
        match condition:
            case Always(value=holds):
                return Found(YES if holds else NO, ROWS)
            case All(parts=parts):
                return self.every([self.value(part, frame) for part in parts], frame)
            case AnyOf(parts=parts):
                return self.some([self.value(part, frame) for part in parts], frame)
            case Not(part=part):
                found = self.value(part, frame)
                return Found(turned(found.truth), found.needs)
            case Test():
                return self.test(condition, frame)
            case Use(definition=name, scope=scope):
                return self._use(name, scope, frame)
            case Quantifier(every=every, of=of, others=others, where=where):
                over = self.every_of if every else self.some_of
                read = self._is_read(where, frame.stages)
                return over(frame, of, lambda inner: self.value(where, inner), others=others, read=read)
            case Count():
                return self._count(condition, frame)
        raise TypeError(f"no columns for {condition!r}")

    def _is_read(self, where: Condition, stages: frozenset[str]) -> bool:
        """Whether a condition reads nothing but entered facts of a record, in stages in which they exist."""
        if isinstance(where, Test):
            own = where.ref.scope is Scope.ITEM and not isinstance(where.operand, FactRef)
            return own and not where.ref.fact.derived and stages <= where.ref.fact.stages
        parts = children(where)
        return isinstance(where, All | AnyOf | Not) and bool(parts) and all(self._is_read(p, stages) for p in parts)

    def _count(self, count: Count, frame: Frame) -> Found:
        low, high, closed, needs = self.counted(
            frame, count.of, lambda inner: self.value(count.where, inner), others=count.others
        )
        number = Number(low, high, closed)
        return Found(self._count_test(number, count.operator.name, self._operand(count.operand)), needs)

    def _count_test(self, number: Number, name: str, operand: int | tuple[int, int]) -> Truth3:
        if isinstance(operand, tuple):
            if operand[0] > operand[1]:
                return NO
            return self.graph.every(
                [self._count_test(number, "at_least", operand[0]), self._count_test(number, "at_most", operand[1])]
            )
        op = self.graph.op
        match name:
            case "at_least":
                wanted = min(operand, NO_BOUND)
                fewer = self.graph.both(op(do.at_most(wanted - 1), number.high), number.closed)
                return Truth3(op(do.at_least(wanted), number.low), fewer)
            case "at_most":
                return turned(self._count_test(number, "at_least", operand + 1))
            case "more_than":
                return self._count_test(number, "at_least", operand + 1)
            case "less_than":
                return turned(self._count_test(number, "at_least", operand))
            case "is_not":
                return turned(self._count_test(number, "is", operand))
        return self._count_test(number, "between", (operand, operand))

    # --- definitions

    def _use(self, name: str, scope: Scope, frame: Frame) -> Found:
        """A definition of the child, the subject or the quantifier's record."""
        place = frame.place(scope)
        level = frame.level if self._assumes(name, frame.level) else PLAIN
        found = self._meaning(name, Frame(frame.stages, place, level=level))
        return Found(found.truth, frozenset({scope}) if found.needs else ROWS)

    def _meaning(self, name: str, frame: Frame) -> Found:
        key = name, frame
        if key not in self._meanings:
            self._meanings[key] = self._definition(name, frame)
        return self._meanings[key]

    def _definition(self, name: str, frame: Frame) -> Found:
        form = self.program.forms[name]
        if frame.level == PLAIN:
            return self.value(form.when, frame)
        plain = self._meaning(name, Frame(frame.stages, frame.subject))
        taken = self._taken_for(name, frame.level)
        instead = Found(YES if taken else NO, ROWS) if taken is not None else self.value(form.when, frame)
        yes, no = (
            self._where_unknown(plain, instead, frame),
            self._where_unknown(_turned(plain), _turned(instead), frame),
        )
        return self.combined(yes, no, frame)

    def _where_unknown(self, plain: Found, instead: Found, frame: Frame) -> Found:
        """Where it is true, or is not known and what stands in its place is true."""
        not_false = Found(Truth3(self.graph.no(plain.truth.no), False), plain.needs)
        replaced = self.every([not_false, _only_yes(instead)], frame)
        return self.some([_only_yes(plain), replaced], frame)


def _only_yes(found: Found) -> Found:
    return Found(Truth3(found.truth.yes, False), found.needs)


def _turned(found: Found) -> Found:
    return Found(turned(found.truth), found.needs)
