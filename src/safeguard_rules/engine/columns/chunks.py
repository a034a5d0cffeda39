"""The columns of a chunk of rows, each turned into the arrays that the rules read, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache, partial
from typing import Any
from weakref import proxy

import numpy as np
import pyarrow as pa
import pyarrow.types as is_type

from safeguard_rules.engine.columns.arrays import (
    Array,
    Bools,
    Coded,
    Listed,
    coded,
    fields,
    flags,
    given,
    listed,
    looked_up,
    or_none,
    values_of,
    whole,
)
from safeguard_rules.engine.columns.dates import NEVER, Dates, dates, ordinal
from safeguard_rules.engine.columns.graph import Leaf
from safeguard_rules.engine.columns.keys import LIST_NAMES, Keys
from safeguard_rules.engine.columns.layouts import Layout, of_rows, pairs, places_in
from safeguard_rules.engine.columns.operations import EARLY, LATE
from safeguard_rules.engine.columns.word_bits import bit_table, bits_for, end_of, joined_bits
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.durations import Duration
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.kinds import STAGES

Asking = Callable[[str, str, frozenset[str], bool], Array]
"""Gives the values of a fact one by one: of all rows, or of the records of a list one after the other."""

EARLY_TO_LATE = np.int32(EARLY ^ LATE)
"""The bits in which a day before all days and one after all days differ."""

ROWS = ("case", "child", "pregnancy")


class Part:
    """One part of a case over all rows: the case itself, the child, the pregnancy, or the entries of a list.

    `length` is the number of rows, or of entries; `rows` says for a list where the entries of each row lie.
    """

    def __init__(self, column: Callable[[str], pa.Array | None], length: int, rows: Listed | None = None) -> None:
        self._column = column
        self.length = length
        self.rows = rows
        self._coded: dict[str, Coded] = {}
        self._listed: dict[str, Listed] = {}

    def fields(self, name: str) -> pa.Array | None:
        """A column by its name, None where there is none, or nothing is given in it."""
        return self._column(name)

    def coded(self, name: str) -> Coded:
        """A column of words or texts, by their places among the different ones."""
        if name not in self._coded:
            column = self.fields(name)
            self._coded[name] = coded(pa.nulls(self.length) if column is None else column)
        return self._coded[name]

    def listed(self, name: str) -> Listed:
        """A column of lists."""
        if name not in self._listed:
            column = self.fields(name)
            self._listed[name] = listed(pa.nulls(self.length) if column is None else column)
        return self._listed[name]

    def members(self, name: str) -> Coded:
        """The words of all sets of a column, one after the other."""
        key = f"{name}[]"
        if key not in self._coded:
            self._coded[key] = coded(self.listed(name).values)
        return self._coded[key]

    def any_members(self, name: str) -> bool:
        """Whether there is any word in a set of a column."""
        column = self.fields(name)
        return column is not None and not is_type.is_null(column.type) and len(values_of(column)) > 0

    def is_incomplete(self, name: str) -> Bools:
        """Where a set or a list is called incomplete."""
        found = np.zeros(self.length, bool)
        if not self.any_members("incomplete"):
            return found
        names = self.members("incomplete")
        if name in names.values:
            places = [place for place, each in enumerate(names.values) if each == name]
            named = np.isin(names.places, places) & names.given
            found[np.repeat(np.arange(self.length), self.listed("incomplete").counts)[named]] = True
        return found


class Chunk:
    """A chunk of rows on a day.

    `bring` gives what the operations of a graph start from. What is laid out as a list has one more entry behind all
    records while it is made: what is true where there is no record.
    """

    def __init__(self, batch: pa.RecordBatch, vocabulary: Vocabulary, as_of: AsOf, ask: Asking | None = None) -> None:
        self.batch = batch
        self.ask = ask
        self.vocabulary = vocabulary
        self.as_of = as_of
        self.rows = batch.num_rows
        self._columns = lru_cache(None)(partial(_column, batch))
        self._parts: dict[str, Part] = {}
        self._layouts: dict[tuple[str, ...], Layout] = {}
        self._dates: dict[tuple[str, str], Dates] = {}
        self._brought: dict[Leaf, Any] = {}

    def part(self, owner: str) -> Part:
        """A part of the cases by the owner of its facts: `case`, `child`, `pregnancy`, the singular of a list."""
        if owner not in self._parts:
            self._parts[owner] = self._make_part(owner)
        return self._parts[owner]

    def _make_part(self, owner: str) -> Part:
        if owner == "case":
            return Part(self._columns, self.rows)
        column = self.column(LIST_NAMES.get(owner, owner))
        struct = pa.nulls(self.rows) if column is None else column
        rows = None
        if owner not in ROWS:
            rows = listed(struct)
            struct = rows.values
        return Part(fields(struct).get, len(struct), rows)

    def column(self, name: str) -> pa.Array | None:
        """A column of the batch, None if there is no such column."""
        return self._columns(name)

    def bring(self, leaf: Leaf) -> Any:
        """What a leaf of a graph stands for; made once."""
        if leaf not in self._brought:
            kind, *of = leaf
            self._brought[leaf] = getattr(self, f"_{kind}")(*of)
        return self._brought[leaf]

    # --- lists

    def layout(self, *of: str) -> Layout:
        """How the records of a list lie, or those of pairs of lists; `apart` as a third word leaves each itself out."""
        if of not in self._layouts:
            if len(of) == 1:
                rows = self.part(of[0]).rows
                assert rows is not None
                self._layouts[of] = of_rows(rows.offsets)
            else:
                self._layouts[of] = pairs(self.layout(of[0]), self.layout(of[1]), apart=len(of) == 3)
        return self._layouts[of]

    _layout = layout

    def _places(self, *of: str) -> Array:
        return places_in(self.layout(*of), self.layout(of[1]))

    def _is_open(self, kind: str) -> Bools:
        """Where a list may hold records that nobody has entered, whatever the stage of the child."""
        part = self.part(kind)
        assert part.rows is not None
        case = self.part("case")
        found = ~part.rows.given | case.is_incomplete(LIST_NAMES[kind])
        if kind == "person":
            found |= ~self._yes("case", "all_regular_people_recorded")
        return found

    # --- what is the same for all rows

    def _constant(self, value: bool) -> Bools:
        return np.full(self.rows, value)

    def _early(self) -> Array:
        return np.full(self.rows, EARLY, np.int32)

    def _late(self) -> Array:
        return np.full(self.rows, LATE, np.int32)

    def _no_moments(self) -> None:
        return None

    def _no_key(self) -> Array:
        return np.zeros(self.rows, np.int64)

    # --- stages

    def _stages(self) -> Array:
        """The stages that are possible for each row, one bit for each."""
        born = self.dates("child", "born_on")
        given_stage = self._bits("child", "stage")
        is_past = (born.first > EARLY) & (born.last <= _today(self.as_of))
        if born.moments is not None and self.as_of.instant is not None:
            is_past &= born.cut(self.as_of).first > EARLY
        every, unborn = (1 << len(STAGES)) - 1, 1 << STAGES.index("unborn")
        left = np.where(is_past, every - unborn, every).astype(np.uint8)
        settled = (given_stage != 0) & ~((given_stage == unborn) & is_past)
        return np.where(settled, given_stage, left).astype(np.uint8)

    @cached_property
    def children(self) -> frozenset[int]:
        """The sets of stages that the children of the rows may be in, as bits."""
        return frozenset(np.flatnonzero(np.bincount(self.bring(("stages",)), minlength=1)).tolist())

    def _stage(self) -> Array:
        """The bit of the stage, where only one is possible."""
        stages = self.bring(("stages",))
        return np.where((stages & (stages - 1)) == 0, stages, 0).astype(np.uint8)

    # --- facts

    def lay(self, owner: str, values: Array, otherwise: Any) -> Array:
        """What is known of each record, as its list lies; of the child, the case and the pregnancy as it is."""
        if owner not in LIST_NAMES:
            return values
        whole_ = np.empty(len(values) + 1, values.dtype)
        whole_[:-1] = values
        whole_[-1] = otherwise
        return self.layout(owner).lay(whole_)

    def words(self, owner: str, name: str) -> tuple[str, ...]:
        """The words of a fact."""
        return self.vocabulary.facts[f"{owner}.{name}"].words

    def _bits(self, owner: str, name: str) -> Array:
        part = self.part(owner)
        array = part.fields(name)
        words = self.words(owner, name)
        if array is None:
            return self.lay(owner, np.zeros(part.length, bits_for(words)), 0)
        column = part.coded(name)
        return self.lay(owner, looked_up(column, bit_table(column.values, words), 0), 0)

    def _known(self, owner: str, name: str) -> Bools:
        """Where it is known which word it is."""
        bits = self.bring(("stage",) if (owner, name) == ("child", "stage") else ("bits", owner, name))
        found: Bools = bits != 0
        return found

    def _flag(self, owner: str, name: str) -> Array:
        """1 where it is true and 2 where it is false: laid out together, which takes longer than to tell them apart."""
        part = self.part(owner)
        array = part.fields(name)
        if array is None:
            return self.lay(owner, np.zeros(part.length, np.uint8), 0)
        there = given(array)
        return self.lay(owner, there.view(np.uint8) * np.uint8(2) - (there & flags(array)).view(np.uint8), 0)

    def _yes(self, owner: str, name: str) -> Bools:
        found: Array = self.bring(("flag", owner, name)) & np.uint8(1)
        return found.view(bool)

    def _no(self, owner: str, name: str) -> Bools:
        found: Array = self.bring(("flag", owner, name)) >> np.uint8(1)
        return found.view(bool)

    def _number(self, owner: str, name: str) -> Array:
        array = self.part(owner).fields(name)
        if array is None:
            return self.lay(owner, np.full(self.part(owner).length, np.nan), np.nan)
        nothing = np.array([np.nan, 0]).take(given(array), mode="wrap")  # to add it is quicker than to choose
        return self.lay(owner, whole(array, np.float64) + nothing, np.nan)

    def _numbered(self, owner: str, name: str) -> Bools:
        """Where a number is known."""
        found: Bools = ~np.isnan(self.bring(("number", owner, name)))
        return found

    def _lengths(self, owner: str, name: str) -> tuple[Array, list[Duration | None]]:
        array = self.part(owner).fields(name)
        if array is None:
            return self.lay(owner, np.zeros(self.part(owner).length, np.intp), 0), [None]
        column = self.part(owner).coded(name)
        values = [*map(read_length, column.values), None]
        unknown = len(values) - 1
        return self.lay(owner, looked_up(column, np.arange(unknown, dtype=np.intp), unknown), unknown), values

    # --- dates

    def dates(self, owner: str, name: str) -> Dates:
        """A column of dates as they were given."""
        key = owner, name
        if key not in self._dates:
            may_be_not_yet = self.vocabulary.facts[f"{owner}.{name}"].may_be_not_yet
            part = self.part(owner)
            self._dates[key] = dates(part.fields(name), part.length, may_be_not_yet)
        return self._dates[key]

    def _cut(self, owner: str, name: str) -> Dates:
        """The dates as the rules see them on the day."""
        found = self.dates(owner, name)
        return found.cut(self.as_of) if self.vocabulary.facts[f"{owner}.{name}"].past else found

    def _first(self, owner: str, name: str) -> Array:
        return self.lay(owner, self.bring(("cut", owner, name)).first, EARLY)

    def _last(self, owner: str, name: str) -> Array:
        known = self.bring(("single", owner, name))
        if known is not None and owner in LIST_NAMES:  # quicker than to lay out these too: only what is unknown differs
            found: Array = self.bring(("first", owner, name)) ^ (~known * EARLY_TO_LATE)
            return found
        return self.lay(owner, self.bring(("cut", owner, name)).last, LATE)

    def _dated(self, owner: str, name: str) -> Bools:
        """Which dates are known."""
        found: Bools = self.bring(("first", owner, name)) > EARLY
        return found

    def _single(self, owner: str, name: str) -> Bools | None:
        """Which dates are known, if each of those is a single day."""
        return self.bring(("dated", owner, name)) if self.bring(("cut", owner, name)).single else None

    def _not_yet(self, owner: str, name: str) -> Bools:
        return self.lay(owner, self.bring(("cut", owner, name)).not_yet, False)

    def _moments(self, owner: str, name: str) -> Array | None:
        found = self.bring(("cut", owner, name)).moments
        return None if found is None else self.lay(owner, found, NEVER)

    # --- sets and references

    def _set(self, owner: str, name: str) -> Listed:
        return self.part(owner).listed(name)

    def _closed_flat(self, owner: str, name: str) -> Bools:
        closed: Bools = self.bring(("set", owner, name)).given & ~self.part(owner).is_incomplete(name)
        return closed

    def _closed(self, owner: str, name: str) -> Bools:
        if not self.words(owner, name):
            return self.lay(owner, self.bring(("closed_flat", owner, name)), False)
        held = self.bring(("held", owner, name))
        found: Bools = held >= end_of(held)
        return found

    def _filled(self, owner: str, name: str) -> Bools:
        return self.lay(owner, self.bring(("set", owner, name)).counts > 0, False)

    def _held(self, owner: str, name: str) -> Array:
        """The words that are there, and the last bit where there are no others: laid out together."""
        found, words = self.bring(("set", owner, name)), self.words(owner, name)
        column = self.part(owner).members(name)
        bits = joined_bits(found, looked_up(column, bit_table(column.values, words), 0))
        return self.lay(owner, bits | self.bring(("closed_flat", owner, name)) * end_of(bits), 0)

    def _certain(self, owner: str, name: str) -> Array:
        held: Array = self.bring(("held", owner, name))
        found: Array = held & ~end_of(held)
        return found

    def _asked(self, owner: str, name: str, stages: tuple[str, ...], seen: bool) -> Array:
        """What the view of each row gives out, value by value."""
        assert self.ask is not None
        values = self.ask(owner, name, frozenset(stages), seen)
        return self.lay(owner, values, None) if seen else values

    @cached_property
    def keys(self) -> Keys:
        """The ids of all records and all references to them, as numbers."""
        # A ring of references would keep all arrays of the chunk until the next collection of garbage.
        return Keys(proxy(self))

    def _key(self, owner: str, name: str) -> Array:
        return self.lay(owner, self.keys.of(owner, name), 0)

    def _keys(self, owner: str, name: str) -> tuple[Array, ...]:
        """The references of a set: the first of each, the second of each, and so on."""
        found = self.bring(("set", owner, name))
        keys, counts = self.keys.of(owner, name), found.counts
        columns = []
        for k in range(max(1, int(counts.max(initial=0)))):
            there = counts > k
            column = np.zeros(len(counts), keys.dtype)
            column[there] = keys[found.offsets[:-1][there] + k]
            columns.append(self.lay(owner, column, 0))
        return tuple(columns)


def _column(batch: pa.RecordBatch, name: str) -> pa.Array | None:
    index = batch.schema.get_field_index(name)
    return None if index < 0 else or_none(batch.column(index))


def _today(as_of: AsOf) -> int:
    return ordinal(as_of.day)


@lru_cache(maxsize=2**12)
def read_length(text: Any) -> Duration | None:
    """A length of time, None where the text is none."""
    try:
        return Duration.parse(text) if isinstance(text, str) else None
    except ValueError:
        return None
