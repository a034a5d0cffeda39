"""From conditions to nodes: definitions are looked up, assumed ones replaced, and what the stage settles is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from safeguard_rules.engine.fused.meanings import HERE, MEANINGS, NEWS, news_test
from safeguard_rules.engine.fused.nodes import FALSE, Node, Nodes, known
from safeguard_rules.engine.fused.values import (
    TOP,
    Fixed,
    Frame,
    OfView,
    ReadValue,
    Slot,
    Values,
    Viewpoint,
    viewpoints,
)
from safeguard_rules.engine.running import EXCEPTIONS, LEVELS, PLAIN, PRECAUTION
from safeguard_rules.language.operators import Operator
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
    walk,
)
from safeguard_rules.packs.content import DefinitionForm, RuleForm
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, T, U

BORN = "born"
AT_THE_TOP = ("child", "case", "pregnancy")
ANY_DAY = AsOf.of("2000-01-01")
"""For tests of what has no value: they read no day."""


class Ruling(NamedTuple):
    """What a rule comes to for a subject: not at all where `plain` is false, and it applies where `applies` is true."""

    plain: Node
    applies: Node


class Spoken(NamedTuple):
    """A rule in one function: for the child, or for each record of a list and for the unseen one if it may be open."""

    of: str | None
    may_be_open: bool
    ruling: Ruling
    unseen: Ruling


class Place(NamedTuple):
    """Where a condition is read: of which subject and record, at which level of assuming, from which viewpoint."""

    subject: Slot | None
    item: Slot | None
    level: int
    seen: Viewpoint

    def assuming(self, level: int) -> Place:
        """The same at another level."""
        return self._replace(level=level)


NOTHING = Ruling(FALSE, FALSE)


@dataclass(slots=True)
class Lowering:
    """Lowers the rules of a program for the stages that are left."""

    forms: Mapping[str, DefinitionForm]
    thresholds: Mapping[str, ParameterValue]
    values: Values
    left: frozenset[str]
    nodes: Nodes = field(default_factory=Nodes)
    known: dict[tuple[str, Slot | None, int, Viewpoint], Node] = field(default_factory=dict)

    def rule(self, form: RuleForm) -> Spoken:
        """A rule for the child, or for each record of its list."""
        gate, seen = viewpoints(self.left, form.stages)
        may_be_open = form.for_each is not None and self.values.may_be_open(form.for_each, seen)
        if gate == F:
            return Spoken(form.for_each, may_be_open, NOTHING, NOTHING)
        subject = None if form.for_each is None else Slot((form.for_each,))
        ruling = self._ruling(form, Place(subject, None, PLAIN, seen), gate == T)
        unseen = NOTHING
        if form.for_each is not None and may_be_open:
            place = Place(Slot(TOP, unseen=True), None, PLAIN, seen)
            unseen = Ruling(self.node(form.when, place), FALSE)
        return Spoken(form.for_each, may_be_open, ruling, unseen)

    def _ruling(self, form: RuleForm, place: Place, certain: bool) -> Ruling:
        plain = self.node(form.when, place)
        if certain:
            levels = [self.node(form.when, place.assuming(level)) for level in range(1, LEVELS)]
            return Ruling(plain, self.nodes.joined(False, [plain, *levels]))
        # Wherever the stage is open, born is among those that are left.
        if BORN in form.stages and not form.never_assume:
            born = place._replace(level=PRECAUTION, seen=Viewpoint(frozenset({BORN}), None))
            return Ruling(plain, self.nodes.joined(False, [self.node(form.when, born)]))
        return Ruling(plain, FALSE)

    def node(self, condition: Condition, place: Place) -> Node:
        """The node of a condition."""
        match condition:
            case Always(value=holds):
                return known(T if holds else F)
            case All(parts=parts) | AnyOf(parts=parts):
                return self.nodes.joined(isinstance(condition, All), [self.node(part, place) for part in parts])
            case Not(part=part):
                return self.nodes.opposite(self.node(part, place))
            case Test():
                return self._test(condition, place)
            case Use():
                return self._use(condition, place)
            case Quantifier():
                return self._quantifier(condition, place)
            case Count():
                return self._count(condition, place)
        raise TypeError(f"cannot lower {condition!r}")

    # --- tests

    def _test(self, test: Test, place: Place) -> Node:
        value = self._value(test.ref, place)
        operand = self._operand(test.operand, place)
        if isinstance(value, OfView):
            meant = self._meant(value, test.operator.name, operand, place)
            if meant is not None:
                return meant
        return self._leaf(value, test.operator, operand)

    def _leaf(self, value: ReadValue, operator: Operator, operand: object) -> Node:
        bare = operand.value if isinstance(operand, Fixed) else operand
        if isinstance(value, Fixed) and (value.value is None or not isinstance(bare, ReadValue)):
            return known(U if value.value is None else operator.apply(value.value, bare, ANY_DAY, None))
        return known(U) if bare is None else self.nodes.leaf(value, operator, operand)

    def _meant(self, value: OfView, operator: str, operand: object, place: Place) -> Node | None:
        """A test of a derived fact that is a condition at heart; None where a view has to be asked."""
        tell, path = Telling(self, place.seen), value.fact.path
        try:
            if path in NEWS:
                return news_test(tell, path, operator, operand)
            if path in MEANINGS:
                meant = MEANINGS[path](tell, Slot(value.frame))
                return meant if (operator == "is") == operand else self.nodes.opposite(meant)
        except AbsentError:
            pass
        return None

    def _value(self, ref: FactRef, place: Place) -> ReadValue:
        slot = {Scope.ONE: HERE, Scope.SUBJECT: place.subject, Scope.ITEM: place.item}[ref.scope]
        assert slot is not None
        return self.values.value(ref.fact, slot, place.seen)

    def _operand(self, operand: Operand, place: Place) -> object:
        if isinstance(operand, FactRef):
            return self._value(operand, place)
        if isinstance(operand, ParameterRef):
            return self.thresholds[operand.name]
        if isinstance(operand, tuple) and operand and isinstance(operand[0], ParameterRef):
            return tuple(self.thresholds[each.name] for each in operand)
        return operand

    # --- definitions

    def _use(self, use: Use, place: Place) -> Node:
        slot = {Scope.ONE: None, Scope.SUBJECT: place.subject, Scope.ITEM: place.item}[use.scope]
        return self._definition(use.definition, slot, place.level, place.seen)

    def _definition(self, name: str, slot: Slot | None, level: int, seen: Viewpoint) -> Node:
        """What a definition comes to for a record: it is taken as assumed where it is unknown, the outermost first."""
        key = name, slot, level, seen
        if key not in self.known:
            form, place = self.forms[name], Place(slot, None, level, seen)
            if level == PLAIN:
                self.known[key] = self.node(form.when, place)
            else:
                taken = self._assumed(form, level)
                other = self.node(form.when, place) if taken is None else taken
                self.known[key] = self.nodes.instead(self._definition(name, slot, PLAIN, seen), other)
        return self.known[key]

    def _assumed(self, form: DefinitionForm, level: int) -> Node | None:
        assumption = form.assumption
        if assumption is None or level < (EXCEPTIONS if assumption.exception else PRECAUTION):
            return None
        return known(T if assumption.value else F)

    # --- lists

    def _quantifier(self, node: Quantifier, place: Place) -> Node:
        """Some other record is one at least, without the record itself; every is not some that does not."""
        ranging = self._ranging(node, place, node.every)
        if ranging.own is None:
            found = self.nodes.some(ranging.frame, node.of, ranging.body, ranging.unseen)
        else:
            tally = self.nodes.tally(ranging.frame, node.of, ranging.body, ranging.unseen)
            found = self.nodes.how_many(tally, ranging.own, 1, None)
        return self.nodes.opposite(found) if node.every else found

    def _count(self, node: Count, place: Place) -> Node:
        ranging = self._ranging(node, place, False)
        tally = self.nodes.tally(ranging.frame, node.of, ranging.body, ranging.unseen)
        low, high, turned = bounds(node.operator, self._operand(node.operand, place))
        found = self.nodes.how_many(tally, ranging.own, low, high)
        return self.nodes.opposite(found) if turned else found

    def _ranging(self, node: Quantifier | Count, place: Place, turned: bool) -> Ranged:
        """The condition for the records of a list: one for all subjects, unless it is about the subject."""
        subject = place.subject if any(map(_reads_subject, walk(node.where))) else None
        frame = TOP if subject is None else subject.frame

        def read(item: Slot, level: int) -> Node:
            found = self.node(node.where, place._replace(item=item, level=level, subject=subject))
            return self.nodes.opposite(found) if turned else found

        body = read(Slot((*frame, node.of)), place.level)
        # Nothing is replaced for the unseen record, and a list that is never open has none.
        may_be_open = self.values.may_be_open(node.of, place.seen)
        unseen = read(Slot(TOP, unseen=True), PLAIN) if may_be_open else FALSE
        own = None
        if node.others and place.subject is not None and not place.subject.unseen:
            own = read(place.subject, place.level)
        return Ranged(frame, body, unseen, own)


class AbsentError(Exception):
    """A fact that a derived one reads does not exist in any stage that is left."""


class Telling(NamedTuple):
    """What the meaning of a derived fact is built with."""

    lowering: Lowering
    seen: Viewpoint

    @property
    def nodes(self) -> Nodes:
        """Makes nodes."""
        return self.lowering.nodes

    def test(self, path: str, slot: Slot, operator: Operator, operand: object) -> Node:
        """A fact of a record against a constant, or another fact as its path and record."""
        other = self._value(*operand) if isinstance(operand, tuple) and isinstance(operand[-1], Slot) else operand
        return self.lowering._leaf(self._value(path, slot), operator, other)

    def absent(self, path: str) -> bool:
        """Whether a fact does not exist in any stage that is left."""
        return not self.seen.stages & self.lowering.values.vocabulary.facts[path].stages

    def may_be_open(self, of: str) -> bool:
        """Whether a list may hold records that nobody has entered."""
        return self.lowering.values.may_be_open(of, self.seen)

    def _value(self, path: str, slot: Slot) -> ReadValue:
        if self.absent(path):
            raise AbsentError
        fact = self.lowering.values.vocabulary.facts[path]
        return self.lowering.values.value(fact, HERE if fact.owner in AT_THE_TOP else slot, self.seen)


class Ranged(NamedTuple):
    """A quantifier's condition: in its frame, of a record, of the unseen one, and of the subject if it is left out."""

    frame: Frame
    body: Node
    unseen: Node
    own: Node | None


def bounds(operator: Operator, operand: object) -> tuple[int, int | None, bool]:
    """The least and the greatest count (None: no bound) for which a test is true, or false if it is `turned`."""
    if isinstance(operand, tuple):
        low, high = operand
        return low, high, False
    assert isinstance(operand, int)
    return {
        "is": (operand, operand, False),
        "is_not": (operand, operand, True),
        "at_least": (operand, None, False),
        "more_than": (operand + 1, None, False),
        "at_most": (operand + 1, None, True),
        "less_than": (operand, None, True),
    }[operator.name]


def _reads_subject(node: Condition) -> bool:
    """Whether a part of a condition is about the subject of the rule."""
    if isinstance(node, Use):
        return node.scope is Scope.SUBJECT
    if not isinstance(node, Test):
        return False
    refs = (node.ref, node.operand) if isinstance(node.operand, FactRef) else (node.ref,)
    return any(ref.scope is Scope.SUBJECT for ref in refs)
