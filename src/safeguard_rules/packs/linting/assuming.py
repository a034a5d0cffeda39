"""Lints of what is gone by while nobody knows: assumptions that do nothing, that nobody asks about, that hit all."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules import messages
from safeguard_rules.packs.linting.subject import LintSubject
from safeguard_rules.packs.linting.truths import EXCEPTIONS, PLAIN, PRECAUTION, with_nothing_known
from safeguard_rules.packs.tightening import MIXED
from safeguard_rules.source import Issue
from safeguard_rules.values.truth import T


def never_asked(subject: LintSubject) -> Iterator[Issue]:
    """A definition that is taken for granted whatever the case, so that nobody is ever asked about it."""
    for definition in subject.definitions():
        for i, form in enumerate(definition.shared):
            unless = form.assumption.ask_unless if form.assumption is not None else None
            if unless is not None and with_nothing_known(unless, subject.content) == T:
                path = (i, "while_unknown", "ask_unless")
                yield subject.issue(messages.never_asked(), "definitions", definition.name, *path)


def idle_assumption(subject: LintSubject) -> Iterator[Issue]:
    """An assumption in the direction in which it can never make a rule apply."""
    for definition in subject.definitions():
        signs = subject.polarity.of_definitions.get(definition.name, {MIXED})
        for i, form in enumerate(definition.shared):
            taken = form.assumption
            if taken is not None and signs == {-1 if taken.value else 1}:
                path = (i, "while_unknown", "value")
                message = messages.idle_assumption(taken.value)
                yield subject.issue(message, "definitions", definition.name, *path)


def applies_to_everybody(subject: LintSubject) -> Iterator[Issue]:
    """A rule that applies to a child of whom nothing is known, certainly or as a precaution; standing advice may."""
    for rule, _, form in subject.rules():
        actions = [subject.content.actions[demand.action] for demand in form.demands]
        if form.for_each is not None or all(action.repeats for action in actions):
            continue
        levels = (PLAIN, EXCEPTIONS, PRECAUTION)
        if any(with_nothing_known(form.when, subject.content, level) == T for level in levels):
            yield messages.applies_to_everybody(rule.name).at(form.place)
