"""A caseload by columns: record batches in, for each rule and row a code out; reasons for chosen rows are asked for.

    load = Caseload(rulebook, "2026-03-31")
    codes = load.codes(batch)
    codes.to_batch()

A row that is no case has an error in place of codes. Why a rule came out as it did is asked of one row:
`load.evaluate(batch, row)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safeguard_rules.engine.columns import operations as do
from safeguard_rules.engine.columns.arrays import Offsets
from safeguard_rules.engine.columns.checking import doubtful
from safeguard_rules.engine.columns.chunks import Chunk
from safeguard_rules.engine.columns.conditions import Conditions, RuleNodes
from safeguard_rules.engine.columns.graph import Bit, Graph, Node, Tape, Truth3
from safeguard_rules.engine.columns.keys import LIST_NAMES
from safeguard_rules.engine.columns.one_by_one import OneByOne, path_of
from safeguard_rules.engine.columns.rows import row_to_case
from safeguard_rules.engine.columns.schema import check_schema
from safeguard_rules.engine.columns.utf8 import Readable, readable
from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.outcomes import CHILD, OUTCOMES, Key
from safeguard_rules.engine.rulebook import Day, Rulebook, day_of
from safeguard_rules.results import Outcome
from safeguard_rules.values.dates import AsOf

Codes8 = npt.NDArray[np.int8]

CODES: Mapping[Outcome, int] = {outcome: truth for truth, outcome in OUTCOMES.items()}
"""What stands for each outcome, from 0 on: the truth that it comes from."""

NO_CODE = -1
CHUNK = 32_768
"""So many rows are worked on at a time: few enough to stay in the processor's cache, enough to be worth a call."""


class RuleCodes(NamedTuple):
    """The codes of one rule.

    For a rule about the child there is one code per row. For one with `for_each` there is one per record, in the order
    of the rows and of their lists, with `offsets` where those of each row begin; and `unseen` has one per row for the
    records that nobody has entered, where the list is open. `NO_CODE` stands where there is nothing to say.
    """

    rule: str
    for_each: str | None
    codes: Codes8
    offsets: Offsets | None
    unseen: Codes8 | None


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """What every rule in force comes to for each row of a batch; `errors` says for rows that are no cases why."""

    rows: int
    rules: tuple[RuleCodes, ...]
    errors: Mapping[int, str]

    def to_batch(self) -> pa.RecordBatch:
        """One column per rule, by its full name, and `error` before them; null where there is no code.

        0 is "does not apply", 1 "undetermined", 2 "applies". A rule with `for_each` has a list: one code per record, in
        the order of the row's list, and where the list is open one more, for records that nobody has entered.
        """
        names = ["error", *(each.rule for each in self.rules)]
        errors = pa.array([self.errors.get(row) for row in range(self.rows)], pa.string())
        return pa.RecordBatch.from_arrays([errors, *(self._column(each) for each in self.rules)], names=names)

    def _column(self, rule: RuleCodes) -> pa.Array:
        if rule.offsets is None or rule.unseen is None:
            return pa.array(rule.codes, pa.int8(), mask=rule.codes == NO_CODE)
        is_open = rule.unseen != NO_CODE
        values = np.insert(rule.codes, rule.offsets[1:][is_open], rule.unseen[is_open])
        offsets = rule.offsets + np.concatenate([[0], np.cumsum(is_open)])
        there = np.ones(self.rows, bool)
        there[list(self.errors)] = False
        return pa.ListArray.from_arrays(
            pa.array(offsets.astype(np.int32), mask=np.append(~there, False))
            if self.errors
            else offsets.astype(np.int32),
            pa.array(values, pa.int8()),
        )


class Output(NamedTuple):
    """A rule with the nodes of its codes; a code that is the same everywhere stands for itself."""

    rule: RuleNodes
    seen: Coded
    unseen: Coded


class Coded(NamedTuple):
    """The node of an array of codes, or the code that all of them are."""

    node: Node | None
    code: int


class Plan(NamedTuple):
    """The operations of all rules, and which of their results are the codes."""

    outputs: tuple[Output, ...]
    tape: Tape


ANY_CHILDREN = frozenset({1, 2, 4, 6, 7})
"""Every set of stages that a child may be in, as bits: one stage, any but unborn, or any."""


class Caseload:
    """The rules in force on a day, ready to be held against batches of cases."""

    def __init__(self, rulebook: Rulebook, as_of: Day) -> None:
        self.rulebook = rulebook
        self.as_of = day_of(as_of)
        self._plans: dict[frozenset[int], Plan] = {}
        self._checked: pa.Schema | None = None

    def plan(self, children: frozenset[int] = ANY_CHILDREN) -> Plan:
        """The operations for children who may be in these sets of stages, made once."""
        if children not in self._plans:
            self._plans[children] = _plan(self.rulebook, self.as_of, children)
        return self._plans[children]

    def codes(self, batch: pa.RecordBatch | Readable) -> Codes:
        """The codes of all rows. Raises `CallError` for columns that cannot be read as cases at all.

        Who has looked a batch over already gives what came of it (`Readable`), and it is not looked over again.
        """
        return joined([codes for codes, _ in self.by_chunks(batch)])

    def by_chunks(self, batch: pa.RecordBatch | Readable) -> Iterator[tuple[Codes, Chunk]]:
        """The codes of so many rows after the other, each with the columns that were read for them; raises as `codes`.

        Who wants more of the columns than codes asks the chunk, and nothing is read twice.
        """
        given = batch.batch if isinstance(batch, Readable) else batch
        if self._checked is None or not given.schema.equals(self._checked):
            check_schema(given.schema)
            self._checked = given.schema
        whole, unreadable = batch if isinstance(batch, Readable) else readable(given)
        for start in range(0, whole.num_rows, CHUNK) or [0]:
            yield self._chunk(whole.slice(start, CHUNK), start, unreadable)

    def evaluate(self, batch: pa.RecordBatch, row: int, *, role: str | None = None) -> Evaluation:
        """The evaluation of one row: actions, reasons, questions. Raises `CaseError` for a row that is no case."""
        return self.rulebook.evaluate(row_to_case(batch, row), as_of=self.as_of, role=role)

    # --- one chunk

    def _chunk(self, batch: pa.RecordBatch, start: int, unreadable: Mapping[int, str]) -> tuple[Codes, Chunk]:
        singly = OneByOne(batch, self.rulebook, self.as_of)
        own = range(start, start + batch.num_rows)
        singly.errors.update({row - start: why for row, why in unreadable.items() if row in own})
        chunk = Chunk(batch, self.rulebook.vocabulary, self.as_of, singly.ask)
        doubted = np.flatnonzero(doubtful(chunk))
        outcomes = {int(row): singly.outcomes(int(row)) for row in doubted}
        rules = self.run(chunk)
        for row in singly.errors:
            outcomes[row] = None
        for rule in rules:
            _put(rule, chunk, outcomes)
        return Codes(batch.num_rows, rules, dict(sorted(singly.errors.items()))), chunk

    def run(self, chunk: Chunk) -> tuple[RuleCodes, ...]:
        """The codes of a chunk whose rows are all cases."""
        plan = self.plan(chunk.children)
        found = plan.tape.run(chunk.bring)
        return tuple(_rule_codes(each, chunk, found) for each in plan.outputs)


def _plan(rulebook: Rulebook, as_of: AsOf, children: frozenset[int]) -> Plan:
    graph = Graph()
    rules = Conditions(graph, rulebook.vocabulary, as_of, rulebook.program(as_of), children).rules()
    outputs = tuple(_output(graph, each) for each in rules)
    wanted: list[Bit] = [each.rule.is_open for each in outputs]
    wanted += [node for each in outputs for node in (each.seen.node, each.unseen.node) if node is not None]
    return Plan(outputs, graph.tape(wanted))


def _output(graph: Graph, rule: RuleNodes) -> Output:
    return Output(rule, _code(graph, rule.seen), _code(graph, rule.unseen))


def _code(graph: Graph, truth: Truth3) -> Coded:
    yes, no = truth
    if not isinstance(yes, bool) and not isinstance(no, bool):
        return Coded(graph.op(do.code, yes, no), 0)
    if isinstance(yes, bool) and isinstance(no, bool):
        return Coded(None, CODES["applies" if yes else "does_not_apply" if no else "undetermined"])
    if isinstance(yes, bool):
        return Coded(None, CODES["applies"]) if yes else Coded(graph.op(do.code_of_no, no), 0)
    return Coded(None, CODES["does_not_apply"]) if no else Coded(graph.op(do.code_of_yes, yes), 0)


def _rule_codes(output: Output, chunk: Chunk, found: Mapping[int, Any]) -> RuleCodes:
    rule, kind = output.rule, output.rule.for_each
    if kind is None:
        return RuleCodes(rule.name, None, _array(output.seen, found, chunk.rows), None, None)
    layout, rows = chunk.layout(kind), chunk.part(kind).rows
    assert rows is not None
    codes = layout.flat(_array(output.seen, found, layout.size))
    unseen = _array(output.unseen, found, chunk.rows)
    is_open = rule.is_open if isinstance(rule.is_open, bool) else found[rule.is_open]
    return RuleCodes(rule.name, kind, codes, rows.offsets, np.where(is_open, unseen, np.int8(NO_CODE)))


def _array(coded: Coded, found: Mapping[int, Any], size: int) -> Codes8:
    return np.full(size, coded.code, np.int8) if coded.node is None else found[coded.node]


def _put(rule: RuleCodes, chunk: Chunk, outcomes: Mapping[int, Mapping[Key, Outcome] | None]) -> None:
    """Puts what was said of single rows in the place of what the columns say of them."""
    for row, said in outcomes.items():
        if rule.offsets is None or rule.unseen is None:
            rule.codes[row] = NO_CODE if said is None else CODES[said[rule.rule, CHILD]]
            continue
        begin, end = int(rule.offsets[row]), int(rule.offsets[row + 1])
        if said is None:
            rule.codes[begin:end] = rule.unseen[row] = NO_CODE
            continue
        assert rule.for_each is not None
        name, ids = LIST_NAMES[rule.for_each], chunk.keys.texts(rule.for_each, "id")
        for place in range(begin, end):
            rule.codes[place] = CODES[said[rule.rule, path_of(name, ids[place].as_py())]]
        unseen = said.get((rule.rule, path_of(name, None)))
        rule.unseen[row] = NO_CODE if unseen is None else CODES[unseen]


def joined(parts: Sequence[Codes]) -> Codes:
    """The codes of several chunks, one after the other."""
    errors: dict[int, str] = {}
    rows = 0
    for part in parts:
        errors |= {rows + row: why for row, why in part.errors.items()}
        rows += part.rows
    if len(parts) == 1:
        return parts[0]
    return Codes(rows, tuple(map(_joined_rule, zip(*(part.rules for part in parts), strict=True))), errors)


def _joined_rule(parts: tuple[RuleCodes, ...]) -> RuleCodes:
    codes = np.concatenate([part.codes for part in parts])
    first = parts[0]
    if first.offsets is None:
        return RuleCodes(first.rule, None, codes, None, None)
    ends = [part.offsets for part in parts if part.offsets is not None]
    offsets, behind = [ends[0]], int(ends[0][-1])
    for each in ends[1:]:
        offsets.append(each[1:] + behind)
        behind += int(each[-1])
    unseen = np.concatenate([part.unseen for part in parts if part.unseen is not None])
    return RuleCodes(first.rule, first.for_each, codes, np.concatenate(offsets), unseen)
