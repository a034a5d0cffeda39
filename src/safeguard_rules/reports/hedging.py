"""What a demand hangs on, in words: an exception, a precaution, only a carer's word."""

from __future__ import annotations

from safeguard_rules.reports.words import exceptions, listing, words
from safeguard_rules.results import Assumed, Demand

LONG_READING = 100
"""How many characters of what a definition reads stand on a line of its own."""

SHORT_READING = 64
"""The same on a line that tells several things."""

ONLY_A_CARER = " (only on what a carer said)"

_VERBS = ("are", "were", "have", "had", "can", "did", "may", "must")
_NOUNS = {"child": "the child", "person": "this person"}


def certainty_words(demand: Demand, most: int = LONG_READING) -> tuple[str, ...]:
    """What a demand that is not certain hangs on: `unless it is seen already`, or `as a precaution`.

    What a definition reads is told in up to `most` characters, else by the words of its name. A precaution behind a
    statute says what was assumed.
    """
    if demand.certainty == "unless":
        told = dict.fromkeys(_reading(each, most) or words(each.name) for each in exceptions(demand.assumed))
        return (f"unless {listing(told, 'or')}",)
    if demand.certainty == "as_precaution":
        return (f"as a precaution{_taken(demand, most) if demand.force == 'statute' else ''}",)
    return ()


def carers_word(demand: Demand) -> str:
    """What stands behind a headline that rests only on what a parent or carer said; else nothing."""
    return ONLY_A_CARER if demand.rests_on_carer else ""


def _taken(demand: Demand, most: int) -> str:
    """What was taken for a precaution: `, taking it that the child has been born`."""
    told = dict.fromkeys(
        f"{'' if each.value else 'it is not so that '}{_reading(each, most) or f'“{words(each.name)}”'}"
        for each in demand.assumed
        if not each.exception and not each.taken_for_granted
    )
    return f", taking it that {listing(told)}" if told else ""


def _reading(assumed: Assumed, most: int) -> str | None:
    """What a definition reads as a clause, or None where it would be too long or does not say what it speaks of."""
    text = assumed.reads
    first = text.partition(" ")[0]
    if len(text) > most or (assumed.of is None and _is_verb(first)):
        return None
    return f"{_NOUNS.get(assumed.of or '', 'it')} {text}" if _is_verb(first) else text


def _is_verb(word: str) -> bool:
    """Whether a reading that begins with this speaks of something not named, as `reaches the child` does."""
    return word in _VERBS or (word.endswith("s") and word not in ("this", "its", "his"))
