"""Conditions as statements of Python: one function as it is being written, node by node."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from safeguard_rules.engine.compiled_tests import opposite, test_expression
from safeguard_rules.engine.grounds import OfUse
from safeguard_rules.engine.running import PLAIN
from safeguard_rules.engine.syntax import (
    BREAK,
    CONTINUE,
    EQUAL,
    IN,
    IS,
    LESS,
    MORE,
    add_to,
    at,
    attribute,
    both,
    call,
    choose,
    compare,
    const,
    for_each,
    is_none,
    let,
    name,
    when,
)
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
from safeguard_rules.values.special import Special
from safeguard_rules.values.truth import F, T, U


class Naming(Protocol):
    """What the code of one condition shares with that of others: definitions, thresholds and constants, by name."""

    @property
    def thresholds(self) -> Mapping[str, ParameterValue]:
        """The values of parameters."""

    @property
    def places(self) -> Mapping[str, int]:
        """Where among the truths of a record those of a definition are kept."""

    def definition(self, name_: str, level: int) -> str:
        """The name of the function of a definition at a level."""

    def assumes(self, condition: Condition, level: int) -> bool:
        """Whether anything that a condition reads is taken as assumed at a level."""

    def constant(self, value: object) -> ast.expr:
        """A value that stands in the code, or one that the code names."""

    def of_use(self, name_: str, level: int) -> OfUse:
        """The ground that a definition is, used at a level."""


def known_or_asked(target: str, truths: ast.expr, place: int, made: str, record: ast.expr) -> list[ast.stmt]:
    """`target` is what is kept of a definition, or what its function says."""
    asked = call(name(made), name("run"), name("one"), record, truths)
    return [let(target, at(truths, place)), when(is_none(name(target)), let(target, asked))]


@dataclass
class Writing:
    """One function as it is being written: the level, the record of the quantifier, and what is read of records."""

    naming: Naming
    level: int
    depth: int = 0
    """How many quantifiers we are in; the record of the innermost is `item_<depth>`."""
    opened: dict[str, ast.expr] = field(default_factory=dict)
    """The records of which facts are read, by the name of the variable."""
    names: int = 0

    def opening(self) -> list[ast.stmt]:
        """What comes before all else: the values of the records that are read."""
        found = []
        for each, record in self.opened.items():
            if each != "subject":
                found.append(let(each, record))
            found.append(let(f"{each}_values", attribute(name(each), "values")))
        return found

    def value(self, condition: Condition, target: str, turned: bool = False) -> list[ast.stmt]:
        """Statements that give `target` the truth of a condition, or of its opposite if `turned`."""
        match condition:
            case Always(value=holds):
                return [let(target, const(T if holds != turned else F))]
            case All(parts=parts) | AnyOf(parts=parts):
                ordered = sorted(parts, key=self._cost)
                return self._joined(ordered, isinstance(condition, All) != turned, target, turned)
            case Not(part=part):
                return self.value(part, target, not turned)
            case Test():
                return self._test(condition, target, turned)
            case Use():
                found = self._use(condition, target)
            case Quantifier():
                found = self._quantifier(condition, target)
            case Count():
                found = self._count(condition, target)
            case _:
                raise TypeError(f"cannot compile {condition!r}")
        return [*found, let(target, opposite(name(target)))] if turned else found

    # --- parts

    def _joined(self, parts: list[Condition], least: bool, target: str, turned: bool) -> list[ast.stmt]:
        """The least or the greatest of the parts; nothing more is read once it is decided."""
        if not parts:
            return [let(target, const(T if least else F))]
        made = self.value(parts[-1], target, turned)
        if len(parts) == 1:
            return made
        made = self.value(parts[0], target, turned)
        return [*made, *self._further(parts[1:], least, target, turned)]

    def _further(self, parts: list[Condition], least: bool, target: str, turned: bool) -> list[ast.stmt]:
        further = self._fresh()
        body = [*self.value(parts[0], further, turned), self._better(target, further, least)]
        if len(parts) > 1:
            body += self._further(parts[1:], least, target, turned)
        undecided = name(target) if least else compare(name(target), LESS, const(T))
        return [when(undecided, *body)]

    def _better(self, target: str, other: str, least: bool) -> ast.stmt:
        """The lesser, or the greater, of two stays in `target`."""
        return when(compare(name(other), LESS if least else MORE, name(target)), let(target, name(other)))

    def _cost(self, condition: Condition) -> int:
        """What is cheap to look at comes first, for it may decide: the order of parts shows in nothing."""
        match condition:
            case Always():
                return 0
            case Test(ref=ref):
                return 3 if ref.fact.derived else 1
            case All(parts=parts) | AnyOf(parts=parts):
                return 1 + max((self._cost(part) for part in parts), default=0)
            case Not(part=part):
                return self._cost(part)
            case Use():
                return 2
        return 4

    def _fresh(self) -> str:
        self.names += 1
        return f"part_{self.names}"

    # --- tests

    def _test(self, test: Test, target: str, turned: bool) -> list[ast.stmt]:
        value = self._fresh()
        made = [let(value, self._read(test.ref))]
        operand = self._operand(test.operand)
        if isinstance(test.operand, FactRef):
            other = self._fresh()
            made.append(let(other, operand))
            operand = name(other)
        by_identity = isinstance(test.operand, bool | Special)
        found = test_expression(test, name(value), operand, turned, by_identity)
        if found is None:
            apply = self.naming.constant(test.operator)
            day = attribute(name("run"), "view", "as_of")
            found = call(attribute(apply, "apply"), name(value), operand, day, name("calendar"))
            found = opposite(found) if turned else found
        return [*made, let(target, found)]

    def _operand(self, operand: Operand) -> ast.expr:
        thresholds = self.naming.thresholds
        if isinstance(operand, FactRef):
            return self._read(operand)
        if isinstance(operand, ParameterRef):
            return self.naming.constant(thresholds[operand.name])
        if isinstance(operand, tuple) and operand and isinstance(operand[0], ParameterRef):
            return self.naming.constant(tuple(thresholds[each.name] for each in operand))
        return self.naming.constant(operand)

    def _read(self, ref: FactRef) -> ast.expr:
        """The value of a fact: what is kept of it, or what the view says."""
        record, fact = self._record(ref), const(ref.fact.name)
        values = name(f"{record}_values")
        asked = call(attribute(name("run"), "view", "value"), name(record), fact)
        return choose(compare(fact, IN, values), at(values, ref.fact.name), asked)

    def _record(self, ref: FactRef) -> str:
        """The variable of the record that a fact is of."""
        if ref.scope is Scope.ITEM:
            return f"item_{self.depth}"
        if ref.scope is Scope.SUBJECT:
            self.opened["subject"] = name("subject")
            return "subject"
        owner, view = ref.fact.owner, attribute(name("run"), "view")
        if owner.startswith("extra."):
            named = owner.removeprefix("extra.")
            self.opened[f"extra_{named}"] = call(attribute(view, "extra"), const(named))
            return f"extra_{named}"
        self.opened[owner] = attribute(view, owner)
        return owner

    # --- definitions

    def _use(self, use: Use, target: str) -> list[ast.stmt]:
        """A definition of the child, the subject or the quantifier's record, worked out once for it."""
        level = self.level if self.naming.assumes(use, self.level) else PLAIN
        made = self.naming.definition(use.definition, level)
        records = {
            Scope.ONE: (const(None), "one"),
            Scope.SUBJECT: (name("subject"), "own"),
            Scope.ITEM: (name(f"item_{self.depth}"), f"truths_{self.depth}"),
        }
        record, truths = records[use.scope]
        return known_or_asked(target, name(truths), self.naming.places[use.definition] + level, made, record)

    # --- lists

    def _quantifier(self, quantifier: Quantifier, target: str) -> list[ast.stmt]:
        """The least or the greatest over the records; a record that may not be there can only leave things open."""
        every = quantifier.every
        value = self._fresh()
        certain = compare(attribute(name(self._item), "existence"), EQUAL, const(T))
        decided = compare(name(target), EQUAL, const(F if every else T))
        counted = [
            let(value, choose(certain, name(value), const(U))),
            self._better(target, value, every),
            when(decided, BREAK),
        ]
        better = compare(name(value), LESS if every else MORE, name(target))
        start = let(target, const(T if every else F))
        # Nothing is replaced for the unseen record: it is read at the plain level.
        return [start, *self._over(quantifier, value, [when(better, *counted)])]

    def _over(self, node: Quantifier, value: str, then: list[ast.stmt]) -> list[ast.stmt]:
        if self.level == PLAIN:
            return [self._loop(node, "both", value, then)]
        return [self._loop(node, "seen", value, then), self._loop(node, "unseen", value, then)]

    def _count(self, count: Count, target: str) -> list[ast.stmt]:
        low, high, value, open_ = (self._fresh() for _ in range(4))
        certain = compare(attribute(name(self._item), "existence"), EQUAL, const(T))
        seen = [
            when(
                name(value),
                add_to(high, const(1)),
                when(compare(name(value), EQUAL, const(T)), when(certain, add_to(low, const(1)))),
            )
        ]
        operand = self._operand(count.operand)
        operator = self.naming.constant(count.operator)
        bound = choose(name(open_), const(None), name(high))
        return [
            let(low, const(0)),
            let(high, const(0)),
            let(open_, const(F)),
            self._loop(count, "seen", value, seen),
            self._loop(count, "unseen", value, [let(open_, name(value))]),
            let(target, call(name("count_test"), operator, name(low), bound, operand)),
        ]

    @property
    def _item(self) -> str:
        """The record of the quantifier that comes next."""
        return f"item_{self.depth + 1}"

    def _loop(self, node: Quantifier | Count, which: str, value: str, then: list[ast.stmt]) -> ast.stmt:
        """`then` for each record, with `value` what the condition says of it."""
        level = self.level
        self.depth += 1
        if which == "unseen":
            self.level = PLAIN
        where = self.value(node.where, value)
        item, truths = f"item_{self.depth}", f"truths_{self.depth}"
        self.depth -= 1
        self.level = level
        body = [let(f"{item}_values", attribute(name(item), "values")), *where, *then]
        if node.others and which != "unseen":
            itself = compare(name(item), IS, name("subject"))
            entered = compare(attribute(name(item), "index"), ast.GtE(), const(0))
            body.insert(0, when(both(itself, entered), CONTINUE))
        lists, of = attribute(name("run"), "lists"), const(node.of)
        listed = choose(compare(of, IN, lists), at(lists, node.of), call(attribute(name("run"), "listed"), of))
        return for_each((item, truths), attribute(listed, which), body)
