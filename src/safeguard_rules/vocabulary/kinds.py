"""The kinds of value that a fact can have, and the topics that questions are grouped by."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of value a fact has; decides which tests a rule may use on it."""

    BOOLEAN = "boolean"
    WORD = "word"
    WORDS = "words"
    NUMBER = "number"
    DATE = "date"
    LENGTH = "length"
    TEXT = "text"
    REFERENCE = "reference"
    REFERENCES = "references"


STAGES = ("unborn", "born", "has_died")

TOPICS = {
    "now": "now",
    "child": "the child",
    "injuries": "injuries",
    "people": "people",
    "abuse": "abuse",
    "sharing": "sharing and referrals",
    "reviewed": "seen, assessed, changed",
    "support": "sleep and support",
}
