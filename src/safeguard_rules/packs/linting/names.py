"""Lints of names: what is declared and never used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeguard_rules import messages
from safeguard_rules.language.tree import Condition, definitions_in, parameters_in
from safeguard_rules.packs.checking import meanings
from safeguard_rules.packs.content import Definition
from safeguard_rules.packs.linting.subject import LintSubject
from safeguard_rules.packs.names import short
from safeguard_rules.source import Issue


def unused(subject: LintSubject) -> Iterator[Issue]:
    """Definitions that no rule reaches, actions that no rule recommends, parameters that no condition reads."""
    content = subject.content
    reached = _reached(subject)
    for definition in subject.definitions():
        if definition.name not in reached:
            yield subject.issue(messages.unused("definition", definition.name), "definitions", definition.name)
    recommended = {demand.action for rule in content.rules.values() for form in rule.forms for demand in form.demands}
    for action in subject.actions():
        if action.name not in recommended and not _named(action.name, subject):
            yield subject.issue(messages.unused("action", action.name), "actions", action.name)
    read = set(_parameters(content.definitions.values()))
    read.update(name for rule in content.rules.values() for form in rule.forms for name in parameters_in(form.when))
    for parameter in subject.parameters():
        if parameter.name not in read and not _named(parameter.name, subject):
            yield subject.issue(messages.unused("parameter", parameter.name), "parameters", parameter.name)


def _reached(subject: LintSubject) -> frozenset[str]:
    """The definitions that a rule reaches, or that something outside the rulebook names, with all that they use."""
    definitions = subject.content.definitions
    waiting = [
        name for rule in subject.content.rules.values() for form in rule.forms for name in definitions_in(form.when)
    ]
    waiting += [name for name in definitions if _named(name, subject)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(used for each in _conditions(definitions[name]) for used in definitions_in(each))
    return frozenset(found)


def _parameters(definitions: Iterable[Definition]) -> Iterator[str]:
    for definition in definitions:
        for condition in _conditions(definition):
            yield from parameters_in(condition)


def _conditions(definition: Definition) -> Iterator[Condition]:
    for form in meanings(definition):
        yield form.when
        if form.assumption is not None and form.assumption.ask_unless is not None:
            yield form.assumption.ask_unless


def _named(name: str, subject: LintSubject) -> bool:
    return name in subject.elsewhere or short(name) in subject.elsewhere
