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
        yield line(f"{len(rest)} more: {_by_topic(rest)}.", indent=5)


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
        yield Line((Span(why), Span(_marks(asked, telling), "quiet")), inner, 2)
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
    rule = _nearest(asked, telling)
    others = len({each for one in asked.questions for each in one.rules}) - 1
    named = f"“{telling.titles.get(rule, rule)}”" + (f" and {count(others, 'other rule')}" if others else "")
    if question.only_adds_reasons:
        return f"could only add reasons to what is recommended already: {named}"
    word = OBLIGATION_WORDS[question.demand]
    if question.already_a_precaution:
        return f"would settle a “{word}” that is not certain: {named}"
    return f"could bring a “{word}”: {named}"


def _nearest(asked: Asked, telling: Telling) -> str:
    """Of the rules with the demand that is told, the one that waits for least, of actions that come first."""
    ranks: dict[str, int] = {}
    for place, action in enumerate(telling.document.actions):
        for demand in action.demands:
            if demand.for_you:
                ranks.setdefault(demand.rule, place)
    open_: dict[str, int] = {}
    for finding in telling.document.findings:
        if finding.open and asked.first.path in finding.open:
            open_[finding.rule] = min(len(finding.open), open_.get(finding.rule, len(finding.open)))
    rules = asked.first.demanded_by or asked.first.rules
    return min(rules, key=lambda rule: (ranks.get(rule, len(ranks)), open_.get(rule, len(rules)), rules.index(rule)))


def _marks(asked: Asked, telling: Telling) -> str:
    """The marks of the rule that is named."""
    if not asked.first.rules:
        return ""
    rule = _nearest(asked, telling)
    cited = next((each.citations for each in telling.document.findings if each.rule == rule), asked.first.citations)
    return telling.notes.short_marks(cited)


_UNKNOWN_WORDS = {
    "not_asked": "nobody has asked",
    "declined": "asked, and not answered; an answer may come at another time",
    "conflicting": "the accounts conflict",
    "after as_of": "the date given lies ahead",
    "partial": "only roughly known",
}


def _unknown(reason: str) -> str:
    return _UNKNOWN_WORDS.get(reason, reason.replace("_", " "))
