"""Which facts a case does not give, of those that rules read: column by column, for a whole batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from safeguard_rules.case.shape import PARTS
from safeguard_rules.engine.columns.arrays import Bools, given
from safeguard_rules.engine.columns.chunks import Chunk, Part
from safeguard_rules.engine.columns.dates import Dates
from safeguard_rules.engine.columns.finding import by_owner
from safeguard_rules.engine.columns.keys import LIST_NAMES
from safeguard_rules.engine.columns.operations import EARLY
from safeguard_rules.engine.program import Program
from safeguard_rules.language.tree import Condition, Count, FactRef, Quantifier, Test, walk
from safeguard_rules.packs.graph import Reach
from safeguard_rules.vocabulary.fact import Fact
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.kinds import STAGES

STAGE = "child.stage"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules in force read: `names` are paths of entered facts and names of lists, sorted.

    `by_rule` holds for each rule in force the places of what it reads among the names. What extensions add is not in
    it: a column holds it as one JSON text.
    """

    names: tuple[str, ...]
    by_rule: tuple[tuple[int, ...], ...]


def reading_of(program: Program, vocabulary: Vocabulary) -> Reading:
    """What each rule in force reads, itself and through definitions and derived facts."""
    reach = Reach(lambda name: (program.forms[name].when,) if name in program.forms else ())
    found: list[dict[str, None]] = []
    for active in program.rules:
        read: dict[str, None] = {} if len(active.form.stages) == len(STAGES) else {STAGE: None}
        if active.form.for_each is not None:
            read[vocabulary.kinds[active.form.for_each].name] = None
        for condition in reach.conditions(active.form.when):
            read.update(dict.fromkeys(_read_in(condition, vocabulary)))
        found.append(read)
    names = tuple(sorted({name for read in found for name in read}))
    places = {name: place for place, name in enumerate(names)}
    return Reading(names, tuple(tuple(sorted(places[name] for name in read)) for read in found))


def _read_in(condition: Condition, vocabulary: Vocabulary) -> Iterator[str]:
    """The entered facts and lists that a condition reads, without its definitions."""
    for node in walk(condition):
        if isinstance(node, Quantifier | Count):
            yield vocabulary.kinds[node.of].name
        elif isinstance(node, Test):
            for ref in (node.ref, node.operand):
                if isinstance(ref, FactRef):
                    yield from _entered(ref.fact.path, vocabulary)


def _entered(path: str, vocabulary: Vocabulary) -> Iterator[str]:
    if vocabulary.kind_named(path) is not None:
        yield path
        return
    fact = vocabulary.facts[path]
    for read in fact.reads if fact.derived else ():
        yield from _entered(read, vocabulary)
    if not fact.derived and fact.name != "id" and not fact.owner.startswith("extra."):
        yield path


def not_given(chunk: Chunk, reading: Reading) -> Bools:
    """For each row of a chunk and each name of a reading whether the case does not give it; an array of booleans.

    A list or a set that is called incomplete is not given, nor are people unless all are recorded. A fact of a list
    is not given if one of its records lacks it. A date that lies ahead though it cannot counts as not given, and so
    does a stage that the date of birth contradicts. What does not exist in the stage of the child is never missed.
    """
    found = np.zeros((chunk.rows, len(reading.names)), np.bool_)
    for place, name in enumerate(reading.names):
        kind = chunk.vocabulary.kind_named(name)
        if kind is not None:
            missing, stages = chunk.bring(("is_open", kind.singular)), kind.stages
        else:
            fact = chunk.vocabulary.facts[name]
            missing, stages = _lacking(chunk, fact), fact.stages
        found[:, place] = missing & _exists_in(chunk, stages)
    return found


def _lacking(chunk: Chunk, fact: Fact) -> Bools:
    """Where a fact is not known: of each row, or of one of its records."""
    part = chunk.part(fact.owner)
    lacks = ~_known(chunk, part, fact)
    return lacks if part.rows is None else by_owner(part.rows, lacks)


def _known(chunk: Chunk, part: Part, fact: Fact) -> Bools:
    """Of which entries of a part a fact is known, as the rules see it on the day."""
    if fact.path == STAGE:
        known: Bools = chunk.bring(("stage",)) != 0
        return known
    if fact in chunk.vocabulary.entered_dates[fact.owner]:
        dates: Dates = chunk.bring(("cut", fact.owner, fact.name))
        return (dates.first > EARLY) | dates.not_yet
    column = part.fields(fact.name)
    if column is None:
        return np.zeros(part.length, np.bool_)
    if fact.name in PARTS[LIST_NAMES.get(fact.owner, fact.owner)].sets:
        return given(column) & ~part.is_incomplete(fact.name)
    return given(column)


def _exists_in(chunk: Chunk, stages: frozenset[str]) -> Bools:
    """Whether the child may be in one of these stages, as far as the case says."""
    mask = sum(1 << place for place, stage in enumerate(STAGES) if stage in stages)
    found: Bools = (chunk.bring(("stages",)) & mask) != 0
    return found
