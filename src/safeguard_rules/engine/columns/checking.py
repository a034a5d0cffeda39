"""Which rows may be no cases: all that the models and `case/links.py` check, over whole columns.

Nothing here says that a row is wrong. A row that is doubted is made a case by itself, which tells what is wrong with
it, if anything is; a row that is not doubted is a case, and its columns hold all that the rules read.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.engine.columns.arrays import (
    Array,
    Bools,
    Coded,
    Listed,
    fields,
    flags,
    given,
    listed,
    looked_up,
    whole,
)
from safeguard_rules.engine.columns.chunks import ROWS, Chunk, Part, read_length
from safeguard_rules.engine.columns.dates import dates
from safeguard_rules.engine.columns.evidence import doubtful_evidence
from safeguard_rules.engine.columns.finding import by_owner, led_to, named_in_row
from safeguard_rules.engine.columns.keys import LIST_NAMES, as_text, bounds, endings
from safeguard_rules.engine.columns.shapes import Form, Shape, case_shape, inner
from safeguard_rules.reading.sizes import LONGEST_LIST

CLOSE = 8
"""Lists of so many records have their ids compared one with another; those of longer ones are sorted."""

_IN_ID = np.array([chr(byte).isalnum() or chr(byte) in "_.:/-" for byte in range(128)] + [False] * 128)
_GAPS = (b":A", b"Z_", b"_a", b"z-")
"""What may stand in an id on either side of bytes that may not; behind the last byte comes the first."""
_NOT_FIRST = np.array([*b".:/-"], np.uint8)
"""What may stand in an id, but not begin it."""
LONGEST_ID = 80


def doubtful(chunk: Chunk) -> Bools:
    """The rows that may be no cases, or that hold what columns do not."""
    found = np.zeros(chunk.rows, bool)
    for owner in (*ROWS, *SINGULARS.values()):
        if owner != "case" and chunk.column(LIST_NAMES.get(owner, owner)) is None:
            continue  # of which nothing is said
        part = chunk.part(owner)
        if not part.length:
            continue
        for doubts in _of_part(chunk, owner, part):
            found |= doubts if part.rows is None else by_owner(part.rows, doubts)
    return found | _done(chunk) | _extra(chunk) | doubtful_evidence(chunk) | _everybody(chunk)


def _of_part(chunk: Chunk, owner: str, part: Part) -> Iterator[Bools]:
    """The entries of a part that are doubted, for one reason after the other."""
    shape = _shape(owner)
    for name, field in shape.fields.items():
        column = part.fields(name)
        if column is not None and not (owner == "case" and field.form in (Form.LIST, Form.RECORD) and name in _PARTS):
            yield from _of_field(chunk, owner, name, field, column)
    yield from _incomplete(owner, part)
    if part.rows is not None:
        yield from _of_list(chunk, owner, part, part.rows)
    elif owner == "child":
        yield _without_id(chunk, part)


def _of_field(chunk: Chunk, owner: str, name: str, shape: Shape, column: pa.Array) -> Iterator[Bools]:
    match shape.form:
        case Form.WORD:
            yield from _strange_words(chunk.part(owner).coded(name), shape)
        case Form.LENGTH:
            values = chunk.part(owner).coded(name)
            yield looked_up(values, np.array([read_length(each) is None for each in values.values], bool), False)
        case Form.DATE:
            yield chunk.dates(owner, name).doubtful
        case Form.NUMBER:
            yield given(column) & (whole(column, np.int64) < 0)
        case Form.LIST if inner(shape).form is Form.WORD:
            sets, words = chunk.part(owner).listed(name), chunk.part(owner).members(name)
            for strange in _strange_words(words, inner(shape)):
                yield by_owner(sets, strange)
            if not words.given.all():
                yield by_owner(sets, ~words.given)
    if name in PARTS[LIST_NAMES.get(owner, owner)].references:
        yield from _references(chunk, owner, name)


def _strange_words(column: Coded, shape: Shape) -> Iterator[Bools]:
    strange = [each not in shape.words for each in column.values]
    if any(strange):
        yield looked_up(column, np.array(strange, bool), False)


# --- lists


def _of_list(chunk: Chunk, owner: str, part: Part, rows: Listed) -> Iterator[Bools]:
    yield _without_id(chunk, part, owner)
    twice = _twice(endings(chunk.keys.texts(owner, "id")), rows)
    if twice.any():
        yield _twice(chunk.keys.of(owner, "id"), rows)
    if (rows.counts > LONGEST_LIST).any():
        yield np.repeat(rows.counts > LONGEST_LIST, rows.counts)


def _without_id(chunk: Chunk, part: Part, owner: str = "child") -> Bools:
    """Where an id is missing, or may not be one."""
    if owner != "child":
        return _strange_ids(chunk.keys.texts(owner, "id"), given(chunk.keys.texts(owner, "id")), part.length)
    column = chunk.column("child")
    there = np.zeros(chunk.rows, bool) if column is None else given(column)
    ids = part.fields("id")
    if ids is None:
        return there
    return there & _strange_ids(as_text(ids), given(ids), part.length)


def _strange_ids(texts: pa.Array, there: Bools, length: int) -> Bools:
    """Where a text is none, is too long, or has a character that few ids have."""
    if not there.any():
        return np.ones(length, bool)
    ends = bounds(texts)
    if ends[0] == ends[-1]:  # nothing but empty texts
        return np.ones(length, bool)
    data = np.frombuffer(texts.buffers()[2], np.uint8)[ends[0] : ends[-1]]
    starts, lengths = ends[:-1] - ends[0], ends[1:] - ends[:-1]
    strange: Bools = ~there | (lengths == 0) | (lengths > LONGEST_ID)
    first = data.take(starts, mode="clip")
    for byte in _NOT_FIRST:
        strange |= first == byte
    if not _all_in_id(data):
        wrong = np.flatnonzero(~_IN_ID[data])
        strange[np.searchsorted(ends, wrong + ends[0], side="right") - 1] = True
    return strange


def _all_in_id(data: Array) -> bool:
    """Whether no byte lies in a gap, each counted from the beginning of the gap."""
    return all((data - np.uint8(low + 1)).min(initial=255) >= (high - low - 1) % 256 for low, high in _GAPS)


def _twice(ids: Array, rows: Listed) -> Bools:
    """Where an id stands a second time in the list of a row."""
    counts, found = rows.counts, np.zeros(len(ids), bool)
    longest = int(counts.max(initial=0))
    if longest < 2:
        return found
    begins = np.zeros(len(ids) + 1, bool)
    begins[rows.offsets] = True
    follows = ~begins[:-1]  # the record before is of the same row
    same_row = follows[1:]
    for apart in range(1, min(longest, CLOSE)):
        same_row = same_row if apart == 1 else same_row[1:] & follows[1 : len(ids) - apart + 1]
        found[apart:] |= (ids[apart:] == ids[:-apart]) & same_row
    if longest > CLOSE:
        row = np.repeat(np.arange(len(counts)), counts)
        long = np.flatnonzero(np.repeat(counts > CLOSE, counts))
        order = long[np.lexsort((ids[long], row[long]))]
        same = (ids[order][1:] == ids[order][:-1]) & (row[order][1:] == row[order][:-1])
        found[order[1:][same]] = True
    return found


def _references(chunk: Chunk, owner: str, name: str) -> Iterator[Bools]:
    """Where a reference leads to no record of its list."""
    fact = chunk.vocabulary.facts[f"{owner}.{name}"]
    assert fact.refers_to is not None
    texts, keys = chunk.keys.texts(owner, name), chunk.keys.of(owner, name)
    there = given(texts)
    if not there.any() and name not in PARTS[LIST_NAMES[owner]].sets:
        return
    part = chunk.part(owner)
    assert part.rows is not None
    row = np.repeat(np.arange(chunk.rows), part.rows.counts)
    sets = chunk.bring(("set", owner, name)) if name in PARTS[LIST_NAMES[owner]].sets else None
    if sets is not None:
        row = np.repeat(row, sets.counts)
        there = np.ones(len(there), bool)  # null is no reference, and may not stand in a set
    led, certain = led_to(chunk, fact.refers_to, row, texts, keys)
    lost = (there & (led < 0)) | ~certain
    yield lost if sets is None else by_owner(sets, lost)


# --- completeness


def _incomplete(owner: str, part: Part) -> Iterator[Bools]:
    """Where something is called incomplete that is not there, or cannot be."""
    if not part.any_members("incomplete"):
        return
    names, sets = part.members("incomplete"), part.listed("incomplete")
    shape = PARTS[LIST_NAMES.get(owner, owner)]
    own = {*shape.sets, *(SINGULARS if owner == "case" else ())}
    known = [name in own for name in names.values]
    strange = ~names.given | ~looked_up(names, np.array(known, bool), False)
    yield by_owner(sets, strange)
    for name in own & set(names.values):
        column = part.fields(name)
        yield part.is_incomplete(name) & (np.ones(part.length, bool) if column is None else ~given(column))


def _everybody(chunk: Chunk) -> Bools:
    """Where all people are said to be recorded, and the list of them is not there or called incomplete."""
    said = chunk.part("case").fields("all_regular_people_recorded")
    if said is None:
        return np.zeros(chunk.rows, bool)
    people = chunk.part("person").rows
    assert people is not None
    return flags(said) & given(said) & (~people.given | chunk.part("case").is_incomplete("people"))


def _extra(chunk: Chunk) -> Bools:
    """Where there is anything of an extension, which columns know nothing of."""
    column = chunk.column("extra")
    return np.zeros(chunk.rows, bool) if column is None else given(column)


def _done(chunk: Chunk) -> Bools:
    """Where what is done is not plainly of the child or of one of its records, or may not be in order."""
    column = chunk.column("done")
    if column is None:
        return np.zeros(chunk.rows, bool)
    rows = listed(column)
    parts, length = fields(rows.values), len(rows.values)
    action, about = parts.get("action"), parts.get("about")
    strange = ~given(rows.values) | dates(parts.get("done_on"), length, False).doubtful
    strange |= True if action is None else ~given(action)
    if about is not None:
        at = np.flatnonzero(given(about))
        row = np.repeat(np.arange(chunk.rows), rows.counts)[at]
        strange[at] |= ~named_in_row(chunk, row, as_text(about).take(pa.array(at)))
    return by_owner(rows, strange) | (rows.counts > LONGEST_LIST)


_PARTS = (*SINGULARS, "done", "extra", "evidence", "child", "pregnancy")


def _shape(owner: str) -> Shape:
    shape = case_shape()
    if owner == "case":
        return shape
    found = shape.fields[LIST_NAMES.get(owner, owner)]
    return inner(found) if owner in LIST_NAMES else found
