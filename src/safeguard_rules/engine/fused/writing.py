"""The rules of a program as one function, which gives what each comes to for a case on a day."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.engine.fused.asking import LazyView
from safeguard_rules.engine.fused.blocks import Block
from safeguard_rules.engine.fused.days import Days
from safeguard_rules.engine.fused.lowering import NOTHING, Ruling, Spoken
from safeguard_rules.engine.fused.names import Names
from safeguard_rules.engine.fused.nodes import Node
from safeguard_rules.engine.fused.reading import Reader, bound_name
from safeguard_rules.engine.syntax import (
    add,
    attribute,
    call,
    choose,
    const,
    do,
    empty_list,
    for_each,
    function,
    let,
    let_all,
    name,
    spread,
    times,
    together,
    when,
)
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.truth import F, Truth
from safeguard_rules.values.working_days import WorkingDays
from safeguard_rules.vocabulary.facts import Vocabulary

Code = Truth | tuple[Truth, ...]
"""What a rule comes to: one truth for the child, else one for each record."""

Codes = tuple[Code, ...]
Deciding = Callable[[CaseContents], Codes]
"""What gives the codes of a case on some day."""

Written = Callable[[Any, tuple[Any, ...], AsOf, LazyView | None], Codes]

TAKES = ("case", "bounds", "as_of", "asked")
PASSED = "<fused rules>"


class Made(NamedTuple):
    """A function, the days that it is given as bounds, and whether it asks a view for anything."""

    run: Written
    days: Days
    asks: bool


@dataclass(slots=True)
class Function:
    """One function as it is being written."""

    names: Names
    top: Block

    def codes(self, spoken: Sequence[Spoken]) -> tuple[list[ast.stmt], list[ast.expr]]:
        """Statements, and after them what each rule comes to."""
        alone = [each.ruling for each in spoken if each.of is None]
        unseen = [each.unseen for each in spoken if each.of is not None]
        inside = [each.ruling for each in spoken if each.of is not None]
        made = self.top.statements(nodes_of([*alone, *unseen]), nodes_of(inside))
        given: dict[int, ast.expr] = {}
        groups: dict[tuple[str, bool, bool], list[int]] = {}
        for index, each in enumerate(spoken):
            if each.of is None:
                given[index] = code(self.top, each.ruling)
            else:
                groups.setdefault((each.of, each.may_be_open, each.ruling == NOTHING), []).append(index)
        for (of, may_be_open, silent), places in groups.items():
            write = self._silent if silent else self._for_each
            statements, found = write(of, may_be_open, [spoken[place] for place in places])
            made += statements
            given.update(zip(places, found, strict=True))
        return made, [given[index] for index in range(len(spoken))]

    def _silent(self, of: str, may_be_open: bool, spoken: Sequence[Spoken]) -> tuple[list[ast.stmt], list[ast.expr]]:
        """Rules for another stage: they apply to nobody, whoever there is."""
        number = call(name("len"), self.top.reader.listed(of))
        if may_be_open:
            number = add(number, self.top.reader.is_open(of))
        kept = self.names.fresh("silent")
        return [let(kept, times(const((F,)), number))], [name(kept)] * len(spoken)

    def _for_each(self, of: str, may_be_open: bool, spoken: Sequence[Spoken]) -> tuple[list[ast.stmt], list[ast.expr]]:
        """One loop for all rules about the records of a list: a row for each record, a column for each rule."""
        rows, columns = self.names.fresh("rows"), [self.names.fresh("column") for _ in spoken]
        block = self.top.within(of)
        body = block.statements(nodes_of(each.ruling for each in spoken))
        row = together([code(block, each.ruling) for each in spoken])
        body.append(do(call(attribute(name(rows), "append"), row)))
        loop = for_each([block.reader.entry], self.top.reader.listed(of), block.reader.opening(body))
        made = [let(rows, empty_list()), loop]
        if may_be_open:
            unseen = together([code(self.top, each.unseen) for each in spoken])
            made.append(when(self.top.reader.is_open(of), do(call(attribute(name(rows), "append"), unseen))))
        turned = choose(name(rows), call(name("zip"), spread(name(rows))), const(((),) * len(spoken)))
        return [*made, let_all(columns, turned)], [name(column) for column in columns]


def write(spoken: Sequence[Spoken], vocabulary: Vocabulary, calendar: WorkingDays | None, timed: bool) -> Made:
    """The function of some rules; `timed` says that it is for evaluations at an instant."""
    names = Names(vocabulary, Days(calendar), timed)
    listed = frozenset(each.of for each in spoken if each.of is not None and each.ruling != NOTHING)
    top = Block(names, Reader(names, sorted_lists=listed))
    body, codes = Function(names, top).codes(spoken)
    start = [let("today", attribute(name("as_of"), "day"))]
    bounds = [bound_name(place) for place in range(len(names.days.places))]
    if bounds:
        start.append(let_all(bounds, name("bounds")))
    module = function("verdicts", TAKES, [*start, *top.reader.opening(body)], together(codes))
    found: dict[str, Written] = {}
    exec(compile(module, PASSED, "exec"), names.namespace, found)
    return Made(found["verdicts"], names.days, names.asks)


def code(block: Block, ruling: Ruling) -> ast.expr:
    """What a rule comes to, as a number."""
    return block.truth(ruling.plain, ruling.applies)


def nodes_of(rulings: Iterable[Ruling]) -> list[Node]:
    """The nodes of some rulings."""
    return [node for ruling in rulings for node in dict.fromkeys(ruling)]
