"""What decided a condition, as statements of Python: one function as it is being written, node by node.

First every part is worked out, for what decides is every part with the deciding value (semantics, decision 29); then
the function goes down to the leaves that decided, and adds the ground of each. It agrees with `deciding` of the plain
walk; differential tests hold the two together.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from safeguard_rules.engine.composing import Writing
from safeguard_rules.engine.grounds import OfAlways, OfList, OfTest, OfUnseen
from safeguard_rules.engine.running import PLAIN
from safeguard_rules.engine.syntax import (
    AT_LEAST,
    CONTINUE,
    EQUAL,
    IS,
    IS_NOT,
    LESS,
    MORE,
    add_to,
    attribute,
    both,
    call,
    choose,
    compare,
    const,
    do,
    each_holds,
    either,
    empty_list,
    for_each,
    is_known,
    is_none,
    less,
    let,
    name,
    together,
    when,
)
from safeguard_rules.language.tree import All, Always, AnyOf, Condition, Count, Not, Quantifier, Scope, Test, Use
from safeguard_rules.values.truth import F, T, U

FOUND = "found"
"""The list of the grounds."""


@dataclass(frozen=True, slots=True)
class Range:
    """A list that was gone through: `rows` keeps, for each record, what was worked out of it."""

    rows: str
    item: str
    where: Looked
    given: str
    """What a record adds to a quantifier; a record that may not be there can only leave things open."""
    ends: bool
    """Whether the unseen record may be among its records."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The variables of a row."""
        return self.item, self.given, *self.where.names


@dataclass(frozen=True, slots=True)
class Looked:
    """A condition whose truth stands in a variable."""

    node: Condition
    truth: str
    parts: tuple[Looked, ...] = ()
    record: ast.expr | None = None
    """The record that was read, or that a definition was used of."""
    item: ast.expr | None = None
    level: int = PLAIN
    ranges: tuple[Range, ...] = ()
    unseen: str = ""
    """What the unseen record adds, None where the list is closed."""
    names: tuple[str, ...] = field(init=False)
    """Every variable that was given a value for it."""

    def __post_init__(self) -> None:
        own = [self.truth, *(each.rows for each in self.ranges), *([self.unseen] if self.unseen else ())]
        object.__setattr__(self, "names", (*own, *(name_ for part in self.parts for name_ in part.names)))


Written = tuple[list[ast.stmt], Looked]


@dataclass
class Deciding(Writing):
    """One function that tells what decided, as it is being written."""

    within: str | None = None
    """The definition in which the condition stands."""

    def body(self, condition: Condition) -> tuple[list[ast.stmt], ast.expr]:
        """What the function does, and what it gives: the truth and the grounds."""
        worked_out, looked = self.looked(condition)
        told = self._grounds(looked, FOUND)
        return [*worked_out, let(FOUND, empty_list()), *told], together([name(looked.truth), name(FOUND)])

    # --- working out

    def looked(self, node: Condition) -> Written:
        """Statements that work a condition out, every part of it."""
        truth = self._fresh()
        match node:
            case Always(value=holds):
                return [let(truth, const(T if holds else F))], Looked(node, truth, item=self._current())
            case All(parts=parts) | AnyOf(parts=parts):
                return self._all_of(node, parts, truth)
            case Not(part=part):
                made, looked = self.looked(part)
                return [*made, let(truth, less(const(T), name(looked.truth)))], Looked(node, truth, (looked,))
            case Test(ref=ref):
                made = self._test(node, truth, turned=False)
                return made, Looked(node, truth, record=name(self._record(ref)), item=self._current())
            case Use(scope=scope):
                record = {Scope.ONE: const(None), Scope.SUBJECT: name("subject"), Scope.ITEM: self._current()}[scope]
                return self._use(node, truth), Looked(node, truth, record=record, level=self.level)
            case Quantifier():
                return self._of_quantifier(node, truth)
            case Count():
                return self._of_count(node, truth)
        raise TypeError(f"cannot tell what decides {node!r}")

    def _current(self) -> ast.expr:
        """The record of the innermost quantifier."""
        return name(f"item_{self.depth}") if self.depth else const(None)

    def _all_of(self, node: Condition, parts: Sequence[Condition], truth: str) -> Written:
        written = [self.looked(part) for part in parts]
        made = [statement for statements, _ in written for statement in statements]
        looked = tuple(each for _, each in written)
        least = isinstance(node, All)
        value: ast.expr = const(T if least else F)
        if looked:
            value = name(looked[0].truth)
        if len(looked) == 2:
            other = name(looked[1].truth)
            value = choose(compare(other, LESS if least else MORE, value), other, value)
        elif looked[2:]:
            value = call(name("min" if least else "max"), *(name(each.truth) for each in looked))
        return [*made, let(truth, value)], Looked(node, truth, looked)

    # --- lists

    def _of_quantifier(self, node: Quantifier, truth: str) -> Written:
        better = LESS if node.every else MORE
        unseen, made = self._fresh(), []
        ranges = []
        for which in self._passes():
            written, found = self._gone_through(node, which)
            where, given, item = name(found.where.truth), name(found.given), name(found.item)
            may_be = choose(compare(where, MORE if node.every else LESS, const(U)), where, const(U))
            certain = compare(attribute(item, "existence"), EQUAL, const(T))
            then = [
                let(found.given, choose(certain, where, may_be)),
                when(compare(given, better, name(truth)), let(truth, given)),
                *([when(is_unseen(item), let(unseen, given))] if found.ends else ()),
            ]
            made.append(self._loop_over(node, which, found, [*written, *then]))
            ranges.append(found)
        start = [let(truth, const(T if node.every else F)), let(unseen, const(None))]
        starts = [let(each.rows, empty_list()) for each in ranges]
        return [*start, *starts, *made], Looked(node, truth, ranges=tuple(ranges), unseen=unseen)

    def _of_count(self, node: Count, truth: str) -> Written:
        low, high, unseen, made = self._fresh(), self._fresh(), self._fresh(), []
        ranges = []
        for which in self._passes():
            written, found = self._gone_through(node, which)
            where, item = name(found.where.truth), name(found.item)
            certain = both(compare(where, EQUAL, const(T)), compare(attribute(item, "existence"), EQUAL, const(T)))
            seen = [add_to(high, const(1)), when(certain, add_to(low, const(1)))]
            then = [let(found.given, where), when(both(where, is_seen(item)), *seen)]
            then += [when(is_unseen(item), let(unseen, where))] if found.ends else []
            made.append(self._loop_over(node, which, found, [*written, *then]))
            ranges.append(found)
        counts = [let(low, const(0)), let(high, const(0)), let(unseen, const(None))]
        starts = [let(each.rows, empty_list()) for each in ranges]
        bound = choose(name(unseen), const(None), name(high))
        operator, operand = self.naming.constant(node.operator), self._operand(node.operand)
        value = call(name("count_test"), operator, name(low), bound, operand)
        return [*counts, *starts, *made, let(truth, value)], Looked(node, truth, ranges=tuple(ranges), unseen=unseen)

    def _passes(self) -> tuple[str, ...]:
        """Nothing is replaced for the unseen record: it is read at the plain level."""
        return ("both",) if self.level == PLAIN else ("seen", "unseen")

    def _gone_through(self, node: Quantifier | Count, which: str) -> tuple[list[ast.stmt], Range]:
        """What works out what is asked of each record."""
        rows, given, level = self._fresh(), self._fresh(), self.level
        self.depth += 1
        if which == "unseen":
            self.level = PLAIN
        item = f"item_{self.depth}"
        made, where = self.looked(node.where)
        self.depth -= 1
        self.level = level
        return made, Range(rows, item, where, given, which != "seen")

    def _loop_over(self, node: Quantifier | Count, which: str, found: Range, then: list[ast.stmt]) -> ast.stmt:
        """The loop over the records, each of which leaves a row."""
        item = name(found.item)
        row = together([name(each) for each in found.columns])
        body = [
            let(f"{found.item}_values", attribute(item, "values")),
            *then,
            do(call(attribute(name(found.rows), "append"), row)),
        ]
        if node.others and which != "unseen":
            body.insert(0, when(both(compare(item, IS, name("subject")), is_seen(item)), CONTINUE))
        listed = call(attribute(name("run"), "listed"), const(node.of))
        truths = found.item.replace("item", "truths")
        return for_each((found.item, truths), attribute(listed, which), body)

    # --- telling

    def _grounds(self, looked: Looked, into: str) -> list[ast.stmt]:
        """Statements that add what decided a condition that is itself among what decided."""
        node, record, item = looked.node, looked.record or const(None), looked.item or const(None)
        match node:
            case Test():
                return self._add(into, OfTest(node, self.within), record, name("subject"), item, name(looked.truth))
            case Always():
                return self._add(into, OfAlways(node, self.within), name("subject"), item)
            case Use(definition=definition):
                return self._add(into, self.naming.of_use(definition, looked.level), record)
            case Quantifier() | Count():
                return self._of_list(node, looked, into)
        if len(looked.parts) == 1:
            return self._grounds(looked.parts[0], into)
        return [
            when(compare(name(part.truth), EQUAL, name(looked.truth)), *self._grounds(part, into))
            for part in looked.parts
        ]

    def _add(self, into: str, sort: object, *rest: ast.expr) -> list[ast.stmt]:
        made = together([self.naming.constant(sort), *rest])
        return [do(call(attribute(name(into), "append"), made))]

    def _of_list(self, node: Quantifier | Count, looked: Looked, into: str) -> list[ast.stmt]:
        """The list itself where it is a part of what decided, and the records that are."""
        unseen, truth = name(looked.unseen), name(looked.truth)
        unknown = compare(truth, EQUAL, const(U))
        if isinstance(node, Quantifier):
            whole = compare(truth, EQUAL, const(T if node.every else F))
            opens = both(unknown, compare(unseen, EQUAL, const(U)))
            closed = both(whole, is_none(unseen))
        else:
            whole = compare(truth, ast.NotEq(), const(U))
            opens, closed = both(unknown, unseen), both(whole, is_none(unseen))
        told = [when(either(opens, closed), *self._add(into, OfList(node, self.within), is_known(unseen)))]
        for each in looked.ranges:
            told += self._of_records(node, each, looked, into)
        return told

    def _of_records(self, node: Quantifier | Count, found: Range, looked: Looked, into: str) -> list[ast.stmt]:
        inner = f"{into}_{found.rows}"
        item, where, truth = name(found.item), name(found.where.truth), name(looked.truth)
        unknown = compare(truth, EQUAL, const(U))
        both_open = each_holds(unknown, compare(where, EQUAL, const(U)))
        told = self._grounds(found.where, inner)
        left_open = choose(both(is_unseen(item), both_open), empty_list(), const(None))
        body = [
            let(
                inner, choose(self._decides(node, found, looked), name(into), left_open if found.ends else const(None))
            ),
            when(is_none(name(inner)), CONTINUE),
            *told,
        ]
        if found.ends:
            kept = self._add(into, OfUnseen(node.of), name(inner))
            body.append(when(compare(name(inner), IS_NOT, name(into)), *kept))
        return [for_each(found.columns, name(found.rows), body)]

    def _decides(self, node: Quantifier | Count, found: Range, looked: Looked) -> ast.expr:
        """Whether a record is among what decided."""
        item, where, truth = name(found.item), name(found.where.truth), name(looked.truth)
        same = compare(where, EQUAL, truth)
        if isinstance(node, Quantifier):
            whole = compare(truth, EQUAL, const(T if node.every else F))
            return either(whole, each_holds(same, compare(name(found.given), EQUAL, truth), is_seen(item)))
        unknown, open_ = compare(truth, EQUAL, const(U)), compare(where, EQUAL, const(U))
        return choose(unknown, both(open_, is_seen(item)), compare(where, ast.NotEq(), const(U)))


def is_seen(item: ast.expr) -> ast.expr:
    """Whether a record was entered."""
    return compare(attribute(item, "index"), AT_LEAST, const(0))


def is_unseen(item: ast.expr) -> ast.expr:
    """Whether a record stands for those that nobody has entered."""
    return compare(attribute(item, "index"), LESS, const(0))
