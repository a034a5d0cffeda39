"""Finding what a condition names: definitions, parameters and facts, where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from safeguard_rules import messages
from safeguard_rules.language.readable import NEVER_READ, readable, readable_facts, readable_kinds
from safeguard_rules.language.tree import FactRef, ParameterRef, ParameterValue, Scope, Use
from safeguard_rules.messages import Message
from safeguard_rules.reading.nodes import Node, Scalar
from safeguard_rules.source import Issue
from safeguard_rules.vocabulary.facts import Vocabulary

COMBINING = ("all", "any", "not", "some", "every", "count")
"""The operators that combine conditions."""

_BARE_VALUE = re.compile(r"-?\d+([-\s.].*)?")


X = TypeVar("X")
Y = TypeVar("Y")


class WrongConditionError(Exception):
    """A condition cannot be made; what is wrong with it is among the issues already."""


@dataclass(frozen=True, slots=True)
class DefinitionName:
    """A definition that a name was resolved to: its full name and what it is a definition of."""

    full: str
    of: str


@dataclass(frozen=True, slots=True)
class ParameterName:
    """A parameter that a name was resolved to, with the values it has over time."""

    full: str
    values: tuple[ParameterValue, ...]


class Names(Protocol):
    """How a condition's names are looked up: in the own pack, then in those it uses."""

    def definition(self, written: str) -> DefinitionName | Message:
        """The definition of this name, or what to say where there is none or more than one."""
        ...

    def parameter(self, written: str) -> ParameterName | Message:
        """The parameter of this name, or what to say."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """What a condition may read where it stands: the subject's kind of record, and the quantifier's if inside one."""

    subject: str | None = None
    item: str | None = None

    @property
    def others(self) -> bool:
        """Whether the quantifier ranges over the subject's own list, so that it means the other records."""
        return self.item is not None and self.item == self.subject

    def scope_of(self, kind: str) -> Scope | None:
        """Whose record is meant by the singular of a list; None where no one record is."""
        if kind == self.subject:
            return Scope.SUBJECT
        return Scope.ITEM if kind == self.item else None


@dataclass(slots=True)
class Finder:
    """Looks up what conditions name. What is not found is added to `issues` and raises `WrongConditionError`."""

    vocabulary: Vocabulary
    names: Names
    issues: list[Issue]

    def complain(self, node: Node, message: Message) -> None:
        """Adds an issue at a node."""
        self.issues.append(message.at(node.place))

    def wrong(self, node: Node, message: Message) -> WrongConditionError:
        """Adds an issue at a node; returns what to raise, for the condition is given up."""
        self.complain(node, message)
        return WrongConditionError()

    def definition(self, node: Scalar, id_: str, frame: Frame) -> Use:
        """The use of the definition that a word names."""
        written = node.text.removeprefix("other.")
        other = written != node.text
        if other and not frame.others:
            raise self.wrong(node, messages.other_without_quantifier(node.text))
        found = self.names.definition(written)
        if isinstance(found, Message):
            raise self.wrong(node, found)
        if found.of == "child":
            return Use(id_, node.place, found.full, Scope.ONE)
        scope = Scope.ITEM if other else frame.scope_of(found.of)
        if scope is None or (scope is Scope.ITEM and found.of != frame.item):
            raise self.wrong(node, messages.definition_without_record(written, found.of))
        return Use(id_, node.place, found.full, scope)

    def fact(self, key: Scalar, frame: Frame) -> FactRef:
        """The fact that a path names."""
        owner, _, name = key.text.rpartition(".")
        if owner == "other":
            if not frame.others:
                raise self.wrong(key, messages.other_without_quantifier(key.text))
            return self._known(key, f"{frame.item}.{name}", Scope.ITEM)
        if owner not in readable_kinds(self.vocabulary):
            return self._known(key, key.text, Scope.ONE)
        scope = frame.scope_of(owner)
        if scope is None and self.vocabulary.fact(key.text) is not None:
            raise self.wrong(key, messages.no_record_here(key.text, owner, frame.item))
        return self._known(key, key.text, scope or Scope.ONE)

    def _known(self, key: Scalar, path: str, scope: Scope) -> FactRef:
        fact = self.vocabulary.fact(path)
        if path.partition(".")[0] in NEVER_READ:
            raise self.wrong(key, messages.never_read(key.text))
        if fact is None or not readable(fact, self.vocabulary):
            raise self.wrong(key, messages.unknown_fact(key.text, readable_facts(self.vocabulary), COMBINING))
        return FactRef(fact, scope, key.text)

    def parameter(self, node: Node, types: tuple[type, ...], expected: str) -> ParameterRef:
        """The parameter that a node names, whose values are all of these types, in plain words `expected`."""
        if not isinstance(node, Scalar):
            raise self.wrong(node, messages.expected_parameter(expected))
        if _BARE_VALUE.fullmatch(node.text):
            raise self.wrong(node, messages.bare_value(node.text))
        found = self.names.parameter(node.text)
        if isinstance(found, Message):
            raise self.wrong(node, found)
        wrong = [value for value in found.values if not isinstance(value, types)]
        if wrong:
            raise self.wrong(node, messages.parameter_of_wrong_type(node.text, expected, str(wrong[0])))
        return ParameterRef(found.full)


def each_of(step: Callable[[X], Y], items: Iterable[X]) -> tuple[Y, ...]:
    """Every item after a step; what is wrong with each is told before the whole is given up."""
    found: list[Y] = []
    whole = True
    for item in items:
        try:
            found.append(step(item))
        except WrongConditionError:
            whole = False
    if not whole:
        raise WrongConditionError
    return tuple(found)
