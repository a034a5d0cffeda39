"""What a condition can come to without any case: with nothing known, or with a list that is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from safeguard_rules.language.operators import Operator, count_test
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    Not,
    ParameterRef,
    Quantifier,
    Scope,
    Use,
)
from safeguard_rules.packs.content import Content, DefinitionForm
from safeguard_rules.values.truth import F, T, Truth, U, negate

PLAIN, EXCEPTIONS, PRECAUTION = 0, 1, 2
"""How much is assumed: nothing, what is marked as an exception, everything (semantics, decision 6)."""

Pair = tuple[Truth, Truth]
"""What a condition comes to as it is, and with one node in it turned to false."""

FREE: frozenset[Pair] = frozenset({(F, F), (U, U), (T, T)})


def with_nothing_known(condition: Condition, content: Content, level: int = PLAIN) -> Truth:
    """What a condition comes to while no fact and no list is known, with as much assumed as `level` says.

    It never over-states: a fact that the rule's stage settles counts as unknown too.
    """
    match condition:
        case Always(value=value):
            return T if value else F
        case All(parts=parts):
            return min(with_nothing_known(part, content, level) for part in parts)
        case AnyOf(parts=parts):
            return max(with_nothing_known(part, content, level) for part in parts)
        case Not(part=part):
            return negate(with_nothing_known(part, content, level))
        case Quantifier(every=every, where=where):
            body = with_nothing_known(where, content)  # nothing is assumed of a record that nobody has entered
            return max(U, body) if every else min(U, body)
        case Count(where=where, operator=operator, operand=operand):
            most = 0 if with_nothing_known(where, content) == F else None
            return _same(_counts(operator, operand, 0, most, content))
        case Use(definition=name, scope=scope):
            forms = content.definitions[name].forms
            return _same(_assumed(form, content, PLAIN if scope is Scope.ITEM else level) for form in forms)
    return U


def _assumed(form: DefinitionForm, content: Content, level: int) -> Truth:
    """What a form of a definition comes to: the outermost assumption wins."""
    plain = with_nothing_known(form.when, content)
    if plain != U or level == PLAIN:
        return plain
    if form.assumption is None:
        return with_nothing_known(form.when, content, level)
    if level == PRECAUTION or form.assumption.exception:
        return T if form.assumption.value else F
    return U


def _same(values: Iterable[Truth]) -> Truth:
    found = set(values)
    return found.pop() if len(found) == 1 else U


def _counts(operator: Operator, operand: object, low: int, high: int | None, content: Content) -> Iterable[Truth]:
    """What a count comes to, for each value over time of the parameter that it is held against."""
    if isinstance(operand, ParameterRef):
        return [count_test(operator, low, high, form.value) for form in content.parameters[operand.name].forms]
    if isinstance(operand, tuple):
        least, most = (content.parameters[each.name].forms for each in operand)
        return [count_test(operator, low, high, (a.value, b.value)) for a in least for b in most]
    return [U]


@dataclass(eq=False)
class WithoutRecords:
    """What conditions can come to where one list is empty, with and without one node that an empty list makes true.

    `others` says that the list is the rule's own one without its subject. Everything else may come to anything, each
    part for itself, so it may name more than there is and misses nothing.
    """

    content: Content
    node: Condition
    of: str
    others: bool
    _known: dict[str, frozenset[Pair]] = field(default_factory=dict)

    def can_rest_on_it(self, condition: Condition) -> bool:
        """Whether the condition can be true where it would not be with the node false."""
        return bool({(T, F), (T, U)} & self._pairs(condition))

    def _pairs(self, condition: Condition) -> frozenset[Pair]:
        if condition is self.node:
            return frozenset({(T, F)})
        match condition:
            case Always(value=value):
                return frozenset({(T, T) if value else (F, F)})
            case All(parts=parts):
                return self._combined(parts, min)
            case AnyOf(parts=parts):
                return self._combined(parts, max)
            case Not(part=part):
                return frozenset((negate(one), negate(other)) for one, other in self._pairs(part))
            case Quantifier(every=every) if self._is_empty(condition):
                return frozenset({(T, T) if every else (F, F)})
            case Count(operator=operator, operand=operand) if self._is_empty(condition):
                return frozenset((each, each) for each in _counts(operator, operand, 0, 0, self.content))
            case Use(definition=name):
                return self._of_definition(name)
        return FREE

    def _is_empty(self, node: Quantifier | Count) -> bool:
        return (node.of, node.others) == (self.of, self.others)

    def _combined(self, parts: Iterable[Condition], pick: Callable[[Truth, Truth], Truth]) -> frozenset[Pair]:
        found: frozenset[Pair] | None = None
        for part in parts:
            pairs = self._pairs(part)
            if found is not None:
                pairs = frozenset((pick(a, c), pick(b, d)) for a, b in found for c, d in pairs)
            found = pairs
        return found or FREE

    def _of_definition(self, name: str) -> frozenset[Pair]:
        if name not in self._known:
            forms = self.content.definitions[name].forms
            self._known[name] = frozenset(pair for form in forms for pair in self._pairs(form.when))
        return self._known[name]
