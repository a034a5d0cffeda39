"""One list of actions over all children of a family, told like that of one child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from safeguard_rules.reports.context import Context
from safeguard_rules.reports.words import listing
from safeguard_rules.results import Conflict, EvaluationDocument, RecommendedAction, Subject


class ChildrensAction(Protocol):
    """One action over a family: what it is, and for which children it came out."""

    @property
    def action(self) -> RecommendedAction:
        """The action, as the child with the strongest demand has it."""

    @property
    def children(self) -> tuple[str, ...]:
        """The children's ids."""


@dataclass(frozen=True, slots=True)
class ChildsEvaluation:
    """One child's evaluation, with the words around it."""

    child: str
    """The child's id."""
    document: EvaluationDocument
    context: Context

    @property
    def name(self) -> str:
        """How the child is called."""
        return self.context.child or self.child


def over_all_children(children: Sequence[ChildsEvaluation], actions: Sequence[ChildrensAction]) -> EvaluationDocument:
    """The first child's document with the actions of all, each saying which child it is about."""
    names = {each.child: each.name for each in children}
    named: list[RecommendedAction] = []
    conflicts: list[Conflict] = []
    for each in actions:
        about = _about(each, names)
        named.append(replace(each.action, about=about))
        conflicts += [replace(found, about=about) for found in _conflicts(each, children)]
    findings = tuple(
        replace(finding, subject=_of_child(finding.subject, child.name))
        for child in children
        for finding in child.document.findings
    )
    questions = tuple(question for child in children for question in child.document.questions)
    return replace(
        children[0].document,
        actions=tuple(named),
        conflicts=tuple(dict.fromkeys(conflicts)),
        findings=findings,
        questions=questions,
    )


def _about(action: ChildrensAction, names: dict[str, str]) -> Subject:
    subject = action.action.about
    children = listing(names.get(child, child) for child in action.children)
    if subject.kind == "child":
        return Subject("children", subject.id, children)
    if len(action.children) == len(names):
        return subject
    return replace(subject, label=f"{subject}, for {children}")


def _of_child(subject: Subject, child: str) -> Subject:
    """Whom a finding of one child is about, with the child's name."""
    if subject.kind == "child":
        return Subject("children", subject.id, child)
    return replace(subject, label=f"{subject}, for {child}")


def _conflicts(action: ChildrensAction, children: Sequence[ChildsEvaluation]) -> Iterator[Conflict]:
    for child in children:
        if child.child in action.children:
            for conflict in child.document.conflicts:
                sides = (conflict.positive, conflict.negative)
                if action.action.action in sides and conflict.about == action.action.about:
                    yield conflict
