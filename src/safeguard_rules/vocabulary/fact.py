"""What a fact is, and what a list of records is, to those who check, ask and explain."""

from dataclasses import dataclass

from safeguard_rules.vocabulary.kinds import STAGES, Kind


@dataclass(frozen=True, slots=True)
class Fact:
    """One typed path of a case, such as `injury.kind`, with all that a reader or checker needs to know of it.

    `owner` is `child`, `case`, `pregnancy`, the singular of a list or `extra.<name>`. `reads` names the entered
    facts and lists that a derived fact is made of; a derived fact has no question of its own.
    """

    path: str
    owner: str
    name: str
    kind: Kind
    words: tuple[str, ...]
    refers_to: str | None
    description: str
    phrase: str
    question: str
    topic: str
    stages: frozenset[str]
    past: bool = False
    may_be_not_yet: bool = False
    derived: bool = False
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One list of a case: its singular (`injury`), its name (`injuries`) and its words for people.

    `stages` are those in which any of its facts exists.
    """

    singular: str
    name: str
    phrase: str
    plural_phrase: str
    question: str
    more_question: str
    topic: str
    stages: frozenset[str] = frozenset(STAGES)
