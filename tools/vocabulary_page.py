"""Writes `docs/vocabulary.md`: every fact that a case can hold and a rule can read, taken from the vocabulary.

python tools/vocabulary_page.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from safeguard_rules.vocabulary.fact import Fact, RecordKind
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.kinds import STAGES, TOPICS, Kind

PAGE = Path(__file__).parents[1] / "docs" / "vocabulary.md"

_HOLDS = {
    Kind.BOOLEAN: "`true` or `false`",
    Kind.WORD: "One word: {words}.",
    Kind.WORDS: "A set of words: {words}.",
    Kind.NUMBER: "A whole number",
    Kind.DATE: "A date",
    Kind.LENGTH: "A length of time, such as `6 weeks`",
    Kind.TEXT: "Text, shown and never tested",
    Kind.REFERENCE: "The id of one {to}",
    Kind.REFERENCES: "A set of ids, each of one {to}",
}
_ONE = {"case": "The case as a whole", "child": "The child", "pregnancy": "The pregnancy"}

_TOP = """\
# Vocabulary

<!-- Written by tools/vocabulary_page.py from the models of a case. Change the models, not this page. -->

Every fact that a case can hold and a rule can read. In a case file the facts of a list stand in its entries, under the
list's name (`injuries`); in a rule they are written with its singular (`injury.kind`). Whatever is left out of a case
is unknown, and unknown is never "no". Names, ethnicity, religion and postcode are not here, and never will be.

- Each fact has the phrase that stands for it in a sentence, what it means, what it holds, and its question.
- Facts of the case as a whole (`case.plan` in a rule) stand at the top of a case file (`plan`).
- **Only for** names the stages of the child in which a fact exists, where these are not all three.
- A date in the past cannot lie after the day of the evaluation. A date may be a day, a month (`2026-03`) or a year.
- **Worked out** facts are never entered. They follow from the facts named, and a question asks for those.
- Sets and lists are complete when they are given, unless their names stand under `incomplete`.
- A case also holds `protective_factors`, `done` and `evidence`, which no rule tests, and `extra`, facts of plug-ins.
"""


def page(vocabulary: Vocabulary | None = None) -> str:
    """The whole page."""
    return "\n".join(_lines(vocabulary or Vocabulary.standard())) + "\n"


def _lines(vocabulary: Vocabulary) -> Iterator[str]:
    yield _TOP
    yield "| topic of a question | lists that belong to it |"
    yield "| --- | --- |"
    for topic, title in TOPICS.items():
        lists = [kind.name for kind in vocabulary.kinds.values() if kind.topic == topic]
        yield f"| {title} | {', '.join(f'`{name}`' for name in lists) or 'single facts only'} |"
    for owner, title in _ONE.items():
        yield from ("", f"## {title}", "")
        yield from _facts(vocabulary.facts_of(owner))
    for kind in vocabulary.kinds.values():
        yield from _list(kind, vocabulary)


def _list(kind: RecordKind, vocabulary: Vocabulary) -> Iterator[str]:
    yield from ("", f"## {kind.name.replace('_', ' ').capitalize()}", "")
    yield f"`{kind.name}` in a case, `{kind.singular}` in a rule: {kind.plural_phrase}."
    yield f"“{kind.question}” Where there may be more: “{kind.more_question}”"
    yield ""
    yield from _facts(vocabulary.facts_of(kind.singular))


def _facts(facts: tuple[Fact, ...]) -> Iterator[str]:
    for fact in facts:
        yield f"- **`{fact.path}`** ({fact.phrase}): {_first_small(fact.description)}"
        yield f"  - {_holds(fact)}{_stages(fact)}"
        if fact.derived:
            yield f"  - Worked out from {', '.join(f'`{path}`' for path in fact.reads)}."
        elif fact.name != "id":
            yield f"  - “{fact.question}”"


def _first_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _stages(fact: Fact) -> str:
    if fact.stages == frozenset(STAGES):
        return ""
    return f" Only for: {', '.join(stage.replace('_', ' ') for stage in STAGES if stage in fact.stages)}."


def _holds(fact: Fact) -> str:
    words = ", ".join(f"`{word}`" for word in fact.words)
    text = _HOLDS[fact.kind].format(words=words, to=fact.refers_to)
    if fact.kind is Kind.DATE and fact.past:
        text += " in the past"
    if fact.may_be_not_yet:
        text += ", or `not_yet`"
    return text if text.endswith(".") else f"{text}."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
