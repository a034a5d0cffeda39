"""The condition tree: frozen, each node with its place and a stable id.

Traces, coverage, mutants and citations key on the ids, which are the path of the node in its pack:
`non-mobile-injury:report-injury.when.all[1].not`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from safeguard_rules.language.operators import Operator
from safeguard_rules.source import Place
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration
from safeguard_rules.values.special import Special
from safeguard_rules.vocabulary.facts import Fact


class Scope(StrEnum):
    """Whose fact is read: one of a kind (child, case, pregnancy), the subject's, or the quantifier's record's."""

    ONE = "one"
    SUBJECT = "subject"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact as a condition reads it."""

    fact: Fact
    scope: Scope
    written: str
    """As the author wrote it: `other.identified` for the quantifier's record over the subject's own list."""


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A named threshold, by its full name."""

    name: str


Literal_ = str | bool | Special
Operand = Literal_ | tuple[str, ...] | ParameterRef | tuple[ParameterRef, ParameterRef] | FactRef
"""The right-hand side of a test."""

ParameterValue = int | Duration | When


@dataclass(frozen=True, slots=True)
class Condition:
    """A node of the tree."""

    id: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Always(Condition):
    """`always` (true) or `never` (false)."""

    value: bool


@dataclass(frozen=True, slots=True)
class All(Condition):
    """True if every part is: the least of the parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """True if some part is: the greatest of the parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The part, turned round; unknown stays unknown."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Test(Condition):
    """One fact held against a right-hand side."""

    __test__ = False

    ref: FactRef
    operator: Operator
    operand: Operand


@dataclass(frozen=True, slots=True)
class Use(Condition):
    """A definition by its full name, applied to the child, the subject or the quantifier's record."""

    definition: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Quantifier(Condition):
    """`some` or `every` over the records of a list; `others` leaves the rule's own subject out."""

    every: bool
    of: str
    others: bool
    where: Condition


@dataclass(frozen=True, slots=True)
class Count(Condition):
    """How many records of a list there are, held against a parameter."""

    of: str
    others: bool
    where: Condition
    operator: Operator
    operand: ParameterRef | tuple[ParameterRef, ParameterRef]


def children(condition: Condition) -> tuple[Condition, ...]:
    """The parts of a node, in the order written."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case Quantifier(where=where) | Count(where=where):
            return (where,)
        case _:
            return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """The node and all below it, from the top, in the order written; definitions are not entered."""
    yield condition
    for part in children(condition):
        yield from walk(part)


def definitions_in(condition: Condition) -> tuple[str, ...]:
    """The full names of the definitions that a condition names, each once, in the order written."""
    return tuple(dict.fromkeys(node.definition for node in walk(condition) if isinstance(node, Use)))


def parameters_in(condition: Condition) -> tuple[str, ...]:
    """The full names of the parameters that a condition names, each once, in the order written."""
    found: dict[str, None] = {}
    for node in walk(condition):
        if isinstance(node, Test | Count):
            for part in node.operand if isinstance(node.operand, tuple) else (node.operand,):
                if isinstance(part, ParameterRef):
                    found[part.name] = None
    return tuple(found)


def facts_in(condition: Condition) -> tuple[FactRef, ...]:
    """The facts that a condition reads itself, each once, in the order written."""
    found: dict[tuple[str, Scope], FactRef] = {}
    for node in walk(condition):
        if isinstance(node, Test):
            found.setdefault((node.ref.fact.path, node.ref.scope), node.ref)
            if isinstance(node.operand, FactRef):
                found.setdefault((node.operand.fact.path, node.operand.scope), node.operand)
    return tuple(found.values())


def has_quantifier(condition: Condition) -> bool:
    """Whether the condition itself ranges over a list."""
    return any(isinstance(node, Quantifier | Count) for node in walk(condition))
