"""Lints of words: what is too long to be read in a hurry, and reasons that give none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safeguard_rules import messages
from safeguard_rules.packs.linting.subject import LintSubject
from safeguard_rules.source import Issue

LONGEST_DO = 80
"""Characters of an action: with its obligation and its time it then takes one line of the text report, or two."""

LONGEST_TITLE = 90
"""Characters of a rule's title: it stands before the words that tell why, in one line."""

_WORD = re.compile(r"[^\W\d_]+")
_SAYS_NOTHING = frozenset(
    _WORD.findall("a an and are as at be because by for from has have in is it of on or so that the this to")
)


def too_long(subject: LintSubject) -> Iterator[Issue]:
    """An action or a title that nobody takes in at a glance."""
    for action in subject.actions():
        if len(action.do) > LONGEST_DO:
            message = messages.too_long("do", len(action.do), LONGEST_DO)
            yield subject.issue(message, "actions", action.name, "do")
    for rule, i, form in subject.rules():
        if len(form.title) > LONGEST_TITLE:
            message = messages.too_long("title", len(form.title), LONGEST_TITLE)
            yield subject.issue(message, "rules", rule.name, i, "title")


def because_repeats_title(subject: LintSubject) -> Iterator[Issue]:
    """A `because` with no word that is not in the title already: it gives no reason."""
    for rule, i, form in subject.rules():
        if _words(form.because) <= _words(form.title):
            yield subject.issue(messages.because_repeats_title(), "rules", rule.name, i, "because")


def _words(text: str) -> frozenset[str]:
    """The words that carry meaning, in small letters, a plural like its singular."""
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in _SAYS_NOTHING)
