"""What loading gives: checked content, and what it was read from, which is read again only where somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from safeguard_rules.packs.content import Content, PackStamp, ShelfDays, Stamped, Statement
from safeguard_rules.source import Issue
from safeguard_rules.vocabulary.facts import Vocabulary

if TYPE_CHECKING:  # a rulebook from the cache does not read files, and needs nothing of what does
    from safeguard_rules.packs.choosing import Chosen
    from safeguard_rules.packs.files import PackFiles
    from safeguard_rules.packs.plugins import Plugins
    from safeguard_rules.packs.whereabouts import Found


class Origin:
    """The packs and the locality that a rulebook was made of, with their nodes and models.

    `choose` gives them, signed off; `stamped` is what a cache says of them, so that they need
    not be read for it.
    """

    def __init__(self, choose: Callable[[], Chosen], stamped: Stamped | None = None) -> None:
        self._choose = choose
        self._stamped = stamped

    @cached_property
    def chosen(self) -> Chosen:
        """What was read, before anything was looked up."""
        return self._choose()

    @cached_property
    def files(self) -> tuple[tuple[PackFiles, Found], ...]:
        """The packs in force, then the locality if there is one, with where each was found."""
        local = self.chosen.local
        return (*self.chosen.packs, *([local] if local is not None else ()))

    @cached_property
    def stamped(self) -> Stamped:
        """The stamps, sorted by kind and id, and how long the authors stand by what they wrote."""
        if self._stamped is not None:
            return self._stamped

        from safeguard_rules.packs.stamping import stamped_of  # reads every case of the packs

        return stamped_of(self.files, self.chosen.readable)


@dataclass(frozen=True)
class Loaded:
    """Checked content with what it was read from; digests are computed when asked for."""

    content: Content
    unwaived: Content | None
    """The content without the locality's waivers, where there are any."""
    vocabulary: Vocabulary
    plugins: Plugins
    origin: Origin
    warnings: tuple[Issue, ...] = ()

    @property
    def files(self) -> tuple[tuple[PackFiles, Found], ...]:
        """The packs in force, then the locality if there is one, with where each was found."""
        return self.origin.files

    @property
    def readable(self) -> Mapping[str, PackFiles]:
        """All packs there were to choose from, by id: a meaning takes in what it uses, loaded or not."""
        return self.origin.chosen.readable

    @property
    def stamps(self) -> tuple[PackStamp, ...]:
        """Id, version, status and digests of each pack and of the locality, sorted by kind and id."""
        return self.origin.stamped.stamps

    @property
    def shelf_days(self) -> tuple[ShelfDays, ...]:
        """How long the authors of each pack and of the locality stand by it."""
        return self.origin.stamped.shelf_days

    @property
    def statements(self) -> Mapping[str, Statement]:
        """Every statement that can be cited, by its full name."""
        return self.content.statements
