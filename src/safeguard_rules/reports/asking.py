"""What to find out: the three questions that matter most, and a count of the rest by topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.lines import Line, Span, heading, line
from safeguard_rules.reports.words import OBLIGATION_WORDS, TOPICS, count, listing
from safeguard_rules.results import Question

MOST_QUESTIONS = 3

_RECORD = re.compile(r"\[([^]]*)\]")
_LABEL = re.compile(r" \(([^()]*)\)(?=\?|$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about one subject or several."""

    questions: tuple[Question, ...]

    @property
    def first(self) -> Question:
        """The one that stands for all."""
        return self.questions[0]

    @property
    def text(self) -> str:
        """The question with the labels of all its subjects."""
        labels = [found[-1] for each in self.questions if (found := _LABEL.findall(each.question))]
        if len(self.questions) == 1 or len(labels) != len(self.questions):
            return self.first.question
        return f"{_LABEL.sub('', self.first.question).removesuffix('?')} ({listing(labels)})?"


def together(questions: Sequence[Question]) -> tuple[Asked, ...]:
    """Questions for the same fact of several records, as one, at the place of the first."""
    found: dict[object, list[Question]] = {}
    for question in questions:
        key = (_RECORD.sub("[]", question.path), _LABEL.sub("", question.question), question.care, question.why_unknown)
        alone = question.path if question.accounts else None
        found.setdefault((*key, alone), []).append(question)
    return tuple(Asked(tuple(each)) for each in found.values())


def what_to_find_out(telling: Telling) -> Iterator[Line]:
    """The questions; all of them, by topic, where everything is asked for."""
    asked = together(telling.document.questions)
    if not asked:
        return
    yield from heading("What to find out")
    if telling.context.everything:
        yield from _all(asked, telling)
        return
    for number, each in enumerate(asked[:MOST_QUESTIONS], start=1):
        yield from _question(each, f"{number}.", telling)
    rest = asked[MOST_QUESTIONS:]
    if rest:
        yield line(f"{len(rest)} more: {_by_topic(rest)}", indent=2, hang=3)


def _all(asked: Sequence[Asked], telling: Telling) -> Iterator[Line]:
    number = 0
    for topic in [*TOPICS, *sorted({each.first.topic for each in asked} - set(TOPICS))]:
        here = [each for each in asked if each.first.topic == topic]
        if here:
            yield line(f"About {TOPICS.get(topic, topic)}", "title", indent=2)
        for each in sorted(here, key=lambda each: not each.first.is_list):
            number += 1
            yield from _question(each, f"{number}.", telling)


def _by_topic(asked: Sequence[Asked]) -> str:
    counted = dict.fromkeys(TOPICS, 0)
    for each in asked:
        counted[each.first.topic] = counted.get(each.first.topic, 0) + 1
    return listing(f"{number} about {TOPICS.get(topic, topic)}" for topic, number in counted.items() if number)


def _question(asked: Asked, number: str, telling: Telling) -> Iterator[Line]:
    question = asked.first
    hang = max(3, len(number) + 1)
    yield Line((Span(asked.text),), 2, hang, Span(number))
    inner = 2 + hang
    why = _why(asked, telling)
    if why:
        marks = telling.notes.short_marks(question.citations)
        yield Line((Span(why), Span(marks, "quiet")), inner, 2)
    if question.why_unknown:
        yield line(f"not known: {_unknown(question.why_unknown)}", indent=inner, hang=2)
    for account in question.accounts:
        yield line(f"one account: {account}", indent=inner, hang=2)
    for care in question.care:
        yield line(f"ask with care: {care}", "warning", indent=inner, hang=2)


def _why(asked: Asked, telling: Telling) -> str:
    """What the answer bears on: the strongest demand behind it, and the rules that need it."""
    question = asked.first
    if not question.rules:
        return "some rules hold only in certain areas" if question.path == "locality" else ""
    titles = [telling.titles.get(rule, rule) for rule in question.rules]
    named = f"“{titles[0]}”" + (f" and {count(len(titles) - 1, 'other rule')}" if len(titles) > 1 else "")
    if question.only_adds_reasons:
        return f"could only add reasons to what is recommended already: {named}"
    state = "already a precaution" if question.already_a_precaution else "still open"
    return f"{state}, {OBLIGATION_WORDS[question.demand]}: {named}"


_UNKNOWN_WORDS = {
    "not_asked": "nobody has asked",
    "declined": "asked, and not answered; an answer may come at another time",
    "conflicting": "the accounts conflict",
    "after as_of": "the date given lies ahead",
    "partial": "only roughly known",
}


def _unknown(reason: str) -> str:
    return _UNKNOWN_WORDS.get(reason, reason.replace("_", " "))
