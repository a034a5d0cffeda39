"""Which packs to load, said in names and paths, so that another process or machine can load the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.packs.differing import Side
from safeguard_rules.packs.plugins import activate

Stamps: TypeAlias = tuple[tuple[str, str], ...]
"""The id and digest of each pack and of the locality: what two processes must agree on."""


class Choice(Protocol):
    """What gives a rulebook by names alone; it can be pickled."""

    def load(self) -> Rulebook:
        """The rulebook. Raises CallError, PackError and PluginError as `Rulebook.load` does."""


@dataclass(frozen=True, slots=True)
class PackChoice:
    """Packs, locality, plug-ins and cache as `Rulebook.load` takes them."""

    packs: tuple[str | Path, ...] | None = None
    locality: str | Path | None = None
    plugins: tuple[str, ...] = ()
    cache: str | Path | None = None

    def load(self) -> Rulebook:
        """The rulebook; raises as `Rulebook.load` does."""
        return Rulebook.load(self.packs, locality=self.locality, plugins=self.plugins, cache=self.cache)


@dataclass(frozen=True, slots=True)
class OtherPacks:
    """Another state of packs: folders of packs and files of localities, before any that plug-ins give.

    It is read each time: a cache keeps what is in force, not what was.
    """

    folders: tuple[Path, ...]
    localities: tuple[Path, ...] = ()
    locality: str | Path | None = None
    plugins: tuple[str, ...] = ()

    def load(self) -> Rulebook:
        """The rulebook of that state, with its own file for the locality if it has one; raises as `Rulebook.load`."""
        side = Side.of(", ".join(map(str, self.folders)), self.folders, self.localities, activate(self.plugins))
        return Rulebook(side.load(str(self.locality) if self.locality is not None else None))


def stamps_of(rulebook: Rulebook) -> Stamps:
    """What a rulebook was loaded from, in short."""
    return tuple((stamp.id, stamp.digest) for stamp in rulebook.packs)
