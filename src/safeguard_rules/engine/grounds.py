"""The grounds of a condition's truth: what decided it, as the functions of `deciding` find it.

Each ground is a tuple whose first part says what sort it is of; the sorts stand in the generated functions as
constants, and what differs from case to case comes after them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

from safeguard_rules.language.tree import Condition, Count, FactRef, Quantifier, Test
from safeguard_rules.values.truth import Truth
from safeguard_rules.vocabulary.records import Record

Ground: TypeAlias = tuple[Any, ...]

Grounds: TypeAlias = tuple[Truth, list[Ground]]
"""What a condition comes to, and what decided that."""

Decides: TypeAlias = Callable[..., Grounds]
"""A function from a run, the child's truths, the subject and its truths to the grounds of a condition."""


class Meanings(Protocol):
    """What tells what a definition came to."""

    def body(self, of: OfUse, run: Any, record: Record | None) -> Body:
        """What a definition came to for a record of a run, on which grounds; worked out once."""


class OfTest:
    """A test; after it come the record that it read, the subject, the quantifier's record, and what it came to."""

    __slots__ = ("entered", "everywhere", "name", "node", "within")

    def __init__(self, node: Test, within: str | None) -> None:
        fact = node.ref.fact
        self.node = node
        self.within = within
        self.name = fact.name
        self.entered = not (fact.derived or fact.name == "id" or isinstance(node.operand, FactRef))
        """Whether nothing but one entered fact was read."""


@dataclass(frozen=True, slots=True, eq=False)
class OfAlways:
    """`always` or `never`; after it come the subject and the quantifier's record."""

    node: Condition
    within: str | None


@dataclass(frozen=True, slots=True, eq=False)
class OfUse:
    """A definition at a level of assuming; after it comes the record that it was used of."""

    definition: str
    level: int
    meanings: Meanings


@dataclass(frozen=True, slots=True, eq=False)
class OfList:
    """A list as a whole; after it comes whether it is open."""

    node: Quantifier | Count
    within: str | None


@dataclass(frozen=True, slots=True, eq=False)
class OfUnseen:
    """The record that nobody has entered, which leaves a list open; after it come the grounds of what is asked of it.

    It decided nothing, but of the facts of the case that it was asked for together with, each may still be open.
    """

    of: str


class Body(NamedTuple):
    """What a definition came to for a record, on which grounds."""

    grounds: list[Ground]
    replaced: bool
    """Whether it is unknown, and was taken as assumed."""
    granted: bool
    """Whether it is unknown, and nobody would be asked for it."""
