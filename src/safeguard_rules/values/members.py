"""The value of a set-typed fact: the members that are certain, and those that there may be besides."""

from collections.abc import Iterable
from dataclasses import dataclass

from safeguard_rules.values.truth import F, T, Truth, U, all_of, any_of


@dataclass(frozen=True, slots=True)
class Members:
    """What is known of a set of words (or of ids).

    The true set holds every `certain` word, and else only words of `possible`; `None` there means any word at
    all. A closed set has no possible words. A set of which nothing is known is `None` in place of this value.
    Each test is definite if every set that may be the true one agrees.
    """

    certain: frozenset[str]
    possible: frozenset[str] | None = frozenset()

    def __post_init__(self) -> None:
        if self.possible:
            object.__setattr__(self, "possible", self.possible - self.certain)

    @property
    def open(self) -> bool:
        """Whether there may be members besides the certain ones."""
        return self.possible is None or bool(self.possible)

    def includes(self, word: str) -> Truth:
        """Return whether the word is a member."""
        if word in self.certain:
            return T
        return U if self.possible is None or word in self.possible else F

    def includes_any(self, words: Iterable[str]) -> Truth:
        """Return whether at least one of the words is a member; "none of" is its negation."""
        return any_of([self.includes(word) for word in words])

    def includes_all(self, words: Iterable[str]) -> Truth:
        """Return whether each of the words is a member."""
        return all_of([self.includes(word) for word in words])

    def only(self, words: Iterable[str]) -> Truth:
        """Return whether there is no member besides the words; the empty set passes."""
        allowed = frozenset(words)
        if not self.certain <= allowed:
            return F
        return T if self.possible is not None and self.possible <= allowed else U

    def is_empty(self) -> Truth:
        """Return whether there is no member."""
        return self.only(())
