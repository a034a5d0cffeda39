"""What compiled conditions and those who run them have in common: levels of assuming, truths that are kept, a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from safeguard_rules.engine.grounds import Decides
from safeguard_rules.values.truth import Truth
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import CaseView

PLAIN, EXCEPTIONS, PRECAUTION = 0, 1, 2
"""Levels of assuming: nothing, exceptions only, everything that has a `while_unknown`."""

LEVELS = 3

Truths = list[Truth | None]
"""What the definitions come to for a record, each at its place for each level; None where it was not asked yet."""

Seen = tuple[tuple[Any, Truths], ...]
"""Records, or None for the child, each with its truths."""


class Listed(NamedTuple):
    """The records of a list with their truths: those seen, the unseen one if the list is open, and all of them."""

    seen: Seen
    unseen: Seen
    both: Seen


class Running(Protocol):
    """What a compiled condition needs of a run."""

    @property
    def view(self) -> CaseView:
        """The case as the rules see it."""

    @property
    def one(self) -> Truths:
        """The truths of the child."""

    @property
    def lists(self) -> Mapping[str, Listed]:
        """The lists that were asked for so far."""

    def listed(self, of: str) -> Listed:
        """A list with the truths of its records."""

    def truths(self, record: Record | None) -> Truths:
        """The truths of a record."""


Function = Callable[[Any, Truths, Record | None, Truths], Truth]
Assuming = tuple[tuple[int, Function], ...]


class Holds(Protocol):
    """A condition that can be run at each level of assuming."""

    @property
    def plain(self) -> Function:
        """The function that assumes nothing."""

    @property
    def assuming(self) -> Assuming:
        """The levels at which something is assumed, the least first, with their functions."""

    def at(self, level: int) -> Function:
        """The function of a level: the plain one where there is nothing to assume."""

    def deciding(self, level: int) -> Decides | None:
        """The function that tells what decided at a level; None where it has to be walked."""
