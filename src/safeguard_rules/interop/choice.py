"""Which packs to load, said in names and paths, so that another process or machine can load the same ones."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol, TypeAlias

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.packs.differing import Side, areas_in
from safeguard_rules.packs.files import MAIN
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.opening import open_packs
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.nodes import MapNode, Scalar

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

    `cache` is a folder in which they are kept from one run to the next, as those in force may be.
    """

    folders: tuple[Path, ...]
    localities: tuple[Path, ...] = ()
    locality: str | Path | None = None
    plugins: tuple[str, ...] = ()
    cache: str | Path | None = None

    def load(self) -> Rulebook:
        """The rulebook of that state, with its own file for the locality if it has one; raises as `Rulebook.load`."""
        active = activate(self.plugins)
        if self.cache is not None:
            # What is wrong with packs is said below, the same as without a cache.
            with suppress(PackError):
                return Rulebook(self._kept(active))
        side = Side.of(", ".join(map(str, self.folders)), self.folders, self.localities, active)
        return Rulebook(side.load(str(self.locality) if self.locality is not None else None))

    def _kept(self, plugins: Plugins) -> Loaded:
        """The packs of the folders, with those of plug-ins that no folder has, from the cache if it has them."""
        own = {_pack_in(folder) for folder in self.folders}
        others = tuple((plugin, place) for plugin, place in plugins.packs if _pack_in(place) not in own)
        area = str(self.locality) if self.locality is not None else None
        local = areas_in(self.localities).get(area, area) if area is not None else None
        return open_packs(self.folders, local, replace(plugins, packs=others), self.cache)


def _pack_in(folder: Traversable) -> str | None:
    """The id of the pack in a folder, None where it does not say."""
    main = folder.joinpath(MAIN)
    text = read_text(main, [], MAIN)
    node = read_node(text, []) if text is not None else None
    named = node.get("pack") if isinstance(node, MapNode) else None
    return named.text if isinstance(named, Scalar) else None


def stamps_of(rulebook: Rulebook) -> Stamps:
    """What a rulebook was loaded from, in short."""
    return tuple((stamp.id, stamp.digest) for stamp in rulebook.packs)
