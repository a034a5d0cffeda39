"""Whether a local change asks for at least as much as the shared form (promise 14, semantics 37 and 38).

Structure decides, soundly and at load: a change in a direction that cannot be shown to tighten needs a waiver.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    Not,
    ParameterRef,
    Quantifier,
    Test,
    Use,
)
from safeguard_rules.packs.content import Definition, DefinitionForm, Rule

MIXED = 0


class Polarity:
    """In which directions definitions and parameters are used: 1 truer asks for more, -1 less, 0 both ways."""

    def __init__(self, rules: Iterable[Rule], definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        self.of_definitions: dict[str, set[int]] = {}
        self.of_parameters: dict[str, set[int]] = {}
        self._seen: set[tuple[str, int]] = set()
        for rule in rules:
            for form in rule.forms:
                self._condition(form.when, 1)
        for definition in definitions.values():
            for meaning in definition.forms:
                if meaning.assumption is not None and meaning.assumption.ask_unless is not None:
                    self._condition(meaning.assumption.ask_unless, MIXED)

    def definition(self, name: str) -> int:
        """The one direction in which a definition is used; 0 where it is used both ways."""
        return _one(self.of_definitions.get(name, {1}))

    def parameter(self, name: str) -> int:
        """The direction in which raising a parameter asks for more: 1 up, -1 down, 0 neither for sure."""
        return _one(self.of_parameters.get(name, {MIXED}))

    def _condition(self, condition: Condition, sign: int) -> None:
        match condition:
            case All(parts=parts) | AnyOf(parts=parts):
                for part in parts:
                    self._condition(part, sign)
            case Not(part=part):
                self._condition(part, -sign)
            case Quantifier(where=where):
                self._condition(where, sign)
            case Count(where=where, operator=operator, operand=operand):
                # More records make `at_least` truer; raising its parameter makes it falser.
                self._condition(where, -sign * operator.rising)
                self._parameters(operand, sign * operator.rising)
            case Test(operator=operator, operand=operand):
                self._parameters(operand, sign * operator.rising)
            case Use(definition=definition):
                self._use(definition, sign)

    def _use(self, name: str, sign: int) -> None:
        self.of_definitions.setdefault(name, set()).add(sign)
        if (name, sign) in self._seen or name not in self._definitions:
            return
        self._seen.add((name, sign))
        definition = self._definitions[name]
        for form in (*definition.forms, *definition.variants.values()):
            self._condition(form.when, sign)

    def _parameters(self, operand: object, sign: int) -> None:
        for part in operand if isinstance(operand, tuple) else (operand,):
            if isinstance(part, ParameterRef):
                self.of_parameters.setdefault(part.name, set()).add(sign)


def _one(signs: set[int]) -> int:
    return next(iter(signs)) if len(signs) == 1 else MIXED


def tightens(forms: Iterable[DefinitionForm], when: Condition, direction: int) -> bool:
    """Whether a definition that means `when` asks for at least as much as each of its forms, used in a direction."""
    for form in forms:
        wider, narrower = implies(form.when, when), implies(when, form.when)
        if not ((direction > 0 and wider) or (direction < 0 and narrower) or (wider and narrower)):
            return False
    return True


def implies(one: Condition, other: Condition) -> bool:
    """Whether `one` is never truer than `other`, whatever is known: shown by structure, else False."""
    if _same(one, other) or _is(one, False) or _is(other, True):
        return True
    match one, other:
        case AnyOf(parts=parts), _:
            return all(implies(part, other) for part in parts)
        case _, All(parts=parts):
            return all(implies(one, part) for part in parts)
        case Not(part=left), Not(part=right):
            return implies(right, left)
        case Test(), Test() if _test_implies(one, other):
            return True
        case Quantifier(), Quantifier() if (one.every, one.of, one.others) == (other.every, other.of, other.others):
            return implies(one.where, other.where)
    if isinstance(one, All) and any(implies(part, other) for part in one.parts):
        return True
    return isinstance(other, AnyOf) and any(implies(one, part) for part in other.parts)


def _is(condition: Condition, value: bool) -> bool:
    return isinstance(condition, Always) and condition.value is value


def _test_implies(one: Test, other: Test) -> bool:
    if (one.ref.fact.path, one.ref.scope) != (other.ref.fact.path, other.ref.scope):
        return False
    left, right = _words(one), _words(other)
    names = (one.operator.name, other.operator.name)
    match names:
        case (
            ("is" | "one_of", "is" | "one_of")
            | ("includes" | "includes_any", "includes" | "includes_any")
            | (
                "only",
                "only",
            )
        ):
            return left is not None and right is not None and left <= right
        case ("includes" | "includes_all", "includes" | "includes_all") | ("none_of" | "is_not", "none_of" | "is_not"):
            return left is not None and right is not None and right <= left
        case ("includes_all", "includes_any"):
            return left is not None and right is not None and bool(left & right)
    return False


def _words(test: Test) -> frozenset[str] | None:
    """The words on the right-hand side; None where there are none: `is_not: []` is no `none_of` no words."""
    if isinstance(test.operand, str):
        return frozenset({test.operand})
    if isinstance(test.operand, tuple) and test.operand and all(isinstance(word, str) for word in test.operand):
        return frozenset(str(word) for word in test.operand)
    return None


def _same(one: Condition, other: Condition) -> bool:
    """Whether two conditions say the same, apart from where they stand."""
    return shape(one) == shape(other)


def shape(condition: Condition) -> object:
    """What a condition says, without ids and places."""
    match condition:
        case Always(value=value):
            return ("always", value)
        case All(parts=parts):
            return ("all", *(shape(part) for part in parts))
        case AnyOf(parts=parts):
            return ("any", *(shape(part) for part in parts))
        case Not(part=part):
            return ("not", shape(part))
        case Test(ref=ref, operator=operator, operand=operand):
            return ("test", ref.fact.path, ref.scope, operator.name, operand)
        case Use(definition=definition, scope=scope):
            return ("use", definition, scope)
        case Quantifier(every=every, of=of, others=others, where=where):
            return ("quantifier", every, of, others, shape(where))
        case Count(of=of, others=others, where=where, operator=operator, operand=operand):
            return ("count", of, others, shape(where), operator.name, operand)
    raise TypeError(f"no shape for {condition!r}")
