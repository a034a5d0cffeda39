"""Lints of what is said twice: rules and definitions that say the same, rules that cannot be told apart by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from safeguard_rules import messages
from safeguard_rules.packs.content import Action, Definition, Rule, RuleForm
from safeguard_rules.packs.linting.subject import LintSubject
from safeguard_rules.packs.names import pack_of
from safeguard_rules.packs.tightening import shape
from safeguard_rules.source import Issue

Named = TypeVar("Named", Rule, Definition, Action)


def same_rule(subject: LintSubject) -> Iterator[Issue]:
    """Two rules that ask for the same, of the same roles, under the same condition, on the same days."""
    seen: list[tuple[object, str, RuleForm]] = []
    for rule in _own_last(subject.content.rules.values(), subject):
        for form in rule.forms:
            key = _rule_key(form)
            other = next((name for k, name, f in seen if k == key and name != rule.name and _meet(f, form)), None)
            if other is not None and pack_of(rule.name) in subject.own:
                yield subject.issue(messages.same_rule(other), "rules", rule.name)
            seen.append((key, rule.name, form))


def _rule_key(form: RuleForm) -> object:
    demands = frozenset(
        (demand.obligation, demand.action, demand.about.fact.path if demand.about else None, demand.addressed)
        for demand in form.demands
        if demand.carried_by is None
    )
    return form.for_each, form.stages, form.areas, shape(form.when), demands


def _meet(one: RuleForm, other: RuleForm) -> bool:
    """Whether there is a day on which both are in force."""
    starts = max(one.start or date.min, other.start or date.min)
    return starts <= min(one.end or date.max, other.end or date.max)


def same_definition(subject: LintSubject) -> Iterator[Issue]:
    """Two definitions with the same condition, of which the same is assumed."""
    seen: dict[object, str] = {}
    for definition in _own_last(subject.content.definitions.values(), subject):
        other = seen.setdefault(_definition_key(definition), definition.name)
        if other != definition.name and pack_of(definition.name) in subject.own:
            yield subject.issue(messages.same_definition(other), "definitions", definition.name)


def _definition_key(definition: Definition) -> object:
    return definition.of, tuple(
        (
            shape(form.when),
            form.start,
            form.end,
            (form.assumption.value, form.assumption.exception) if form.assumption else None,
        )
        for form in definition.shared
    )


def same_title(subject: LintSubject) -> Iterator[Issue]:
    """Two rules with one title: nobody can tell them apart where titles are all that is shown."""
    seen: dict[str, str] = {}
    for rule in _own_last(subject.content.rules.values(), subject):
        for i, form in enumerate(rule.forms):
            other = seen.setdefault(form.title.casefold(), rule.name)
            if other != rule.name and pack_of(rule.name) in subject.own:
                yield subject.issue(messages.same_title(other), "rules", rule.name, i, "title")


def same_wording(subject: LintSubject) -> Iterator[Issue]:
    """Two actions of different packs with the same words: the loader's warning, told where it can be mended."""
    seen: dict[str, str] = {}
    for action in _own_last(subject.content.actions.values(), subject):
        other = seen.setdefault(action.do.casefold(), action.name)
        if pack_of(other) != action.pack and action.pack in subject.own:
            yield subject.issue(messages.same_wording(action.do, other), "actions", action.name)


def _own_last(found: Iterable[Named], subject: LintSubject) -> list[Named]:
    """What is looked at after all else, so that the issue is about it, each group in the order of names."""
    return sorted(found, key=lambda each: pack_of(each.name) in subject.own)
