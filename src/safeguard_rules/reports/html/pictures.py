"""Conditions as pictures: what joins, what is tested, and, in a case, what each part comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from safeguard_rules.engine.program import Program
from safeguard_rules.language.english import Wording, reading
from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    Not,
    Quantifier,
    Use,
    children,
    walk,
)
from safeguard_rules.packs.content import DefinitionForm, RuleForm
from safeguard_rules.reports.html.models import Link, Picture
from safeguard_rules.reports.html.places import definition_path
from safeguard_rules.reports.words import upper_first
from safeguard_rules.results import Part, Reason

_GROUPS: dict[type[Condition], str] = {
    All: "All of these",
    AnyOf: "At least one of these",
    Not: "It is not so that",
}
_LISTS = (Quantifier, Count)


def picture(node: Condition, program: Program) -> Picture:
    """A condition as it is written, with the meanings of the definitions that it names, each drawn once."""
    return _drawn(node, program, set())


def _drawn(node: Condition, program: Program, drawn: set[str]) -> Picture:
    inner = () if _ranges_over_all(node) else children(node)
    if isinstance(node, Use) and node.definition not in drawn:
        drawn.add(node.definition)
        inner = (program.forms[node.definition].when,)
    parts = tuple(_drawn(part, program, drawn) for part in inner)
    return Picture(_says(node, program.wording), bool(inner) and not isinstance(node, Use), parts=parts)


@dataclass(frozen=True, slots=True)
class CasePictures:
    """Draws the explanations of one case.

    `nodes` are the conditions that can stand in it, by id; `records` gives the labels of the records of a list, in
    the order of the walk, the subject left out where only others are meant.
    """

    nodes: Mapping[str, Condition]
    wording: Wording
    records: Callable[[Quantifier | Count], tuple[str, ...]]

    def draw(self, part: Part) -> Picture:
        """A condition with what each part comes to; the meaning of a definition is drawn below its name."""
        node = self.nodes.get(part.id)
        if isinstance(node, _LISTS):
            return self._list(node, part)
        parts = tuple(self.draw(inner) for inner in part.parts)
        says = Link(upper_first(part.reads))
        if isinstance(node, Use):
            says = replace(says, to=definition_path(node.definition))
        elif node is not None and type(node) in _GROUPS and parts:
            says = _says(node, self.wording)
        group = bool(parts) and not isinstance(node, Use)
        return Picture(says, group, part.value, part.decided, _facts(part.facts), parts)

    def _list(self, node: Quantifier | Count, part: Part) -> Picture:
        """A list: below it each record with what its condition comes to there."""
        labels = self.records(node)
        if len(labels) != len(part.parts):
            labels = tuple(f"entry {number}" for number, _ in enumerate(part.parts, start=1))
        records = tuple(
            Picture(
                Link(upper_first(label)),
                True,
                inner.value,
                inner.decided,
                parts=() if _ranges_over_all(node) else (self.draw(inner),),
            )
            for label, inner in zip(labels, part.parts, strict=True)
        )
        return Picture(_says(node, self.wording), True, part.value, part.decided, _facts(part.facts), records)


def nodes_of(form: RuleForm, meanings: Mapping[str, DefinitionForm]) -> Mapping[str, Condition]:
    """Every condition of a rule and of all definitions in force, by id."""
    roots = (form.when, *(each.when for each in meanings.values()))
    return {node.id: node for root in roots for node in walk(root)}


def _facts(reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    told = (f"{each.says}, {each.known_by}" if each.known_by else each.says for each in reasons)
    return tuple(dict.fromkeys(told))


def _says(node: Condition, wording: Wording) -> Link:
    if type(node) in _GROUPS:
        return Link(_GROUPS[type(node)])
    if isinstance(node, _LISTS):
        anything = Always(node.where.id, node.where.place, True)
        text = upper_first(reading(replace(node, where=anything), wording).removesuffix(": always"))
        return Link(text if _ranges_over_all(node) else f"{text}{_where(node)}")
    to = definition_path(node.definition) if isinstance(node, Use) else None
    return Link(upper_first(reading(node, wording)), to)


def _where(node: Quantifier | Count) -> str:
    """How the name of a list goes on to what is asked of its records."""
    if isinstance(node, Count):
        return ", counting those where"
    return ", it is so that" if node.every else " where"


def _ranges_over_all(node: Condition) -> bool:
    """Whether a list's condition holds of every record: then there is nothing to draw below it."""
    return isinstance(node, _LISTS) and isinstance(node.where, Always) and node.where.value
