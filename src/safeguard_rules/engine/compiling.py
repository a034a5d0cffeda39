"""Conditions as functions of Python, made from syntax-tree nodes when they are first run: what an evaluation runs.

A function takes the run, the truths kept for the child, the subject's record and the truths kept for it, and gives a
truth. One is made per rule and definition and level of assuming; a level at which nothing is assumed shares the plain
one. A definition is worked out once per record, wherever it is used. All this agrees with the plain walk of
`walking.py`, which explains; differential tests hold the two together.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from safeguard_rules.engine.compiled_tests import opposite, test_expression
from safeguard_rules.engine.syntax import (
    EQUAL,
    IN,
    IS,
    LESS,
    MORE,
    add_to,
    at,
    attribute,
    call,
    choose,
    compare,
    const,
    for_each,
    function,
    is_none,
    keep,
    let,
    name,
    when,
)
from safeguard_rules.language.operators import count_test
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
    definitions_in,
)
from safeguard_rules.packs.content import DefinitionForm
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import Special
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import CaseView

PLAIN, EXCEPTIONS, PRECAUTION = 0, 1, 2
"""Levels of assuming: nothing, exceptions only, everything that has a `while_unknown`."""

LEVELS = 3
TAKES = ("run", "one", "subject", "own")
PASSED = "<compiled condition>"

Truths = list[Truth | None]
"""What the definitions come to for a record, each at its place for each level; None where it was not asked yet."""

Seen = tuple[tuple[Record, Truths], ...]


class Listed(NamedTuple):
    """The records of a list with their truths: those seen, the unseen one if the list is open, and all of them."""

    seen: Seen
    unseen: Seen
    both: Seen


class Running(Protocol):
    """What a compiled condition needs of a run."""

    @property
    def view(self) -> CaseView:
        """The case as the rules see it."""

    @property
    def one(self) -> Truths:
        """The truths of the child."""

    def listed(self, of: str) -> Listed:
        """A list with the truths of its records."""

    def truths(self, record: Record | None) -> Truths:
        """The truths of a record."""


Function = Callable[[Any, Truths, Record | None, Truths], Truth]


class Holds(Protocol):
    """A condition that can be run at each level of assuming."""

    def at(self, level: int) -> Function:
        """The function of a level: the plain one where there is nothing to assume."""


class Compiler:
    """Compiles conditions against the definitions and thresholds in force; each definition once per level."""

    def __init__(
        self,
        forms: Mapping[str, DefinitionForm],
        thresholds: Mapping[str, ParameterValue],
        calendar: WorkingDays | None,
    ) -> None:
        self.forms = forms
        self.thresholds = thresholds
        self.calendar = calendar
        self.places = {name: index * LEVELS for index, name in enumerate(sorted(forms))}
        self.namespace: dict[str, Any] = {
            "count_test": count_test,
            "Members": Members,
            "int": int,
            "calendar": calendar,
        }
        self._assuming: dict[tuple[str, int], bool] = {}

    def compile(self, condition: Condition) -> Compiled:
        """The condition, ready to be run."""
        return Compiled(self, condition)

    def function(self, condition: Condition, level: int) -> Function:
        """The function of a condition at a level."""
        writing = Writing(self, level)
        return self._made("condition", writing, writing.value(condition, "truth"))

    def definition(self, name_: str, level: int) -> str:
        """The name of the function of a definition at a level, which is made when it is first called."""
        made = f"definition_{self.places[name_] + level}"
        if made not in self.namespace:

            def first(run: Running, one: Truths, subject: Record | None, own: Truths) -> Truth:
                found = self.namespace[made] = self._definition(name_, level, made)
                return found(run, one, subject, own)

            self.namespace[made] = first
        return made

    def assumes(self, condition: Condition, level: int) -> bool:
        """Whether a definition that is read, directly or through others, is taken as assumed at a level."""
        return level != PLAIN and any(self._assumes(each, level) for each in definitions_in(condition))

    def assumed(self, name_: str, level: int) -> Truth | None:
        """What a definition is taken for at a level if it is unknown; None for nothing."""
        assumption = self.forms[name_].assumption
        if assumption is None or level < (EXCEPTIONS if assumption.exception else PRECAUTION):
            return None
        return T if assumption.value else F

    def constant(self, value: object) -> ast.expr:
        """A value that stands in the code, or one that the code names."""
        if value is None or isinstance(value, str | bool | int):
            return const(value)
        if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
            return const(frozenset(value))
        named = f"constant_{id(value)}"
        self.namespace[named] = value
        return name(named)

    def _assumes(self, name_: str, level: int) -> bool:
        key = name_, level
        if key not in self._assuming:
            form = self.forms[name_]
            self._assuming[key] = self.assumed(name_, level) is not None or self.assumes(form.when, level)
        return self._assuming[key]

    def _definition(self, name_: str, level: int, made: str) -> Function:
        writing = Writing(self, level)
        form, place = self.forms[name_], self.places[name_]
        if level == PLAIN:
            body = writing.value(form.when, "truth")
        else:
            assumed = self.assumed(name_, level)
            instead = writing.value(form.when, "truth") if assumed is None else [let("truth", const(assumed))]
            plain = self.definition(name_, PLAIN)
            body = [
                *known_or_asked("truth", name("own"), place, plain, name("subject")),
                when(compare(name("truth"), EQUAL, const(U)), *instead),
            ]
        return self._made(made, writing, [*body, keep(name("own"), place + level, name("truth"))])

    def _made(self, written: str, writing: Writing, body: list[ast.stmt]) -> Function:
        module = function(written, TAKES, [*writing.opening(), *body], name("truth"))
        found: dict[str, Function] = {}
        exec(compile(module, PASSED, "exec"), self.namespace, found)  # noqa: S102 - nodes made here, from checked trees
        return found[written]


class Compiled:
    """A condition and its functions, each made when it is first asked for."""

    __slots__ = ("_compiler", "_functions", "condition")

    def __init__(self, compiler: Compiler, condition: Condition) -> None:
        self.condition = condition
        self._compiler = compiler
        self._functions: list[Function | None] = [None] * LEVELS

    def at(self, level: int) -> Function:
        """The function of a level: the plain one where there is nothing to assume."""
        found = self._functions[level]
        if found is None:
            shared = level != PLAIN and not self._compiler.assumes(self.condition, level)
            found = self.at(PLAIN) if shared else self._compiler.function(self.condition, level)
            self._functions[level] = found
        return found

    def __call__(self, run: Running, subject: Record | None, level: int) -> Truth:
        """What the condition comes to for a subject."""
        return self.at(level)(run, run.one, subject, run.truths(subject))


def known_or_asked(target: str, truths: ast.expr, place: int, made: str, record: ast.expr) -> list[ast.stmt]:
    """`target` is what is kept of a definition, or what its function says."""
    asked = call(name(made), name("run"), name("one"), record, truths)
    return [let(target, at(truths, place)), when(is_none(name(target)), let(target, asked))]


@dataclass
class Writing:
    """One function as it is being written: the level, the record of the quantifier, and what is read of records."""

    compiler: Compiler
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
            apply = self.compiler.constant(test.operator)
            day = attribute(name("run"), "view", "as_of")
            found = call(attribute(apply, "apply"), name(value), operand, day, name("calendar"))
            found = opposite(found) if turned else found
        return [*made, let(target, found)]

    def _operand(self, operand: Operand) -> ast.expr:
        thresholds = self.compiler.thresholds
        if isinstance(operand, FactRef):
            return self._read(operand)
        if isinstance(operand, ParameterRef):
            return self.compiler.constant(thresholds[operand.name])
        if isinstance(operand, tuple) and operand and isinstance(operand[0], ParameterRef):
            return self.compiler.constant(tuple(thresholds[each.name] for each in operand))
        return self.compiler.constant(operand)

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
        level = self.level if self.compiler.assumes(use, self.level) else PLAIN
        made = self.compiler.definition(use.definition, level)
        records = {
            Scope.ONE: (const(None), "one"),
            Scope.SUBJECT: (name("subject"), "own"),
            Scope.ITEM: (name(f"item_{self.depth}"), f"truths_{self.depth}"),
        }
        record, truths = records[use.scope]
        return known_or_asked(target, name(truths), self.compiler.places[use.definition] + level, made, record)

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
            when(decided, ast.Break()),
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
        operator = self.compiler.constant(count.operator)
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
            body.insert(0, when(ast.BoolOp(ast.And(), [itself, entered]), ast.Continue()))
        records = attribute(call(attribute(name("run"), "listed"), const(node.of)), which)
        return for_each((item, truths), records, body)
