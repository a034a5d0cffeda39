"""Packs from a cache where it has them, else read, built and checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from safeguard_rules.errors import CallError
from safeguard_rules.packs.loaded import Loaded, Origin
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.vocabulary.facts import Vocabulary

if TYPE_CHECKING:  # what reads and checks is imported when something is to be read
    from safeguard_rules.packs.choosing import Chosen
    from safeguard_rules.packs.whereabouts import CopyingFinder

Packs = Sequence[str | Path] | None


def open_packs(
    packs: Packs, locality: str | Path | None, plugins: Sequence[str] | Plugins, cache: str | Path | None = None
) -> Loaded:
    """Packs and a locality, checked; `cache` is a folder in which they are kept from one run to the next.

    The result is the same with and without it. Raises as `loading.load` does.
    """
    if isinstance(packs, str | Path):
        raise CallError(f"packs: expected a list of ids or folders, got one alone; write [{str(packs)!r}]")
    active = plugins if isinstance(plugins, Plugins) else activate(plugins)
    if cache is None:
        from safeguard_rules.packs.loading import load

        return load(packs, locality, active)
    return _Cached(packs, locality, active, _folder(cache)).loaded()


def _folder(given: object) -> Path:
    if not isinstance(given, str | Path) or not str(given).strip():
        raise CallError(f"cache: expected a folder, or None to keep nothing, got {given!r}")
    return Path(given)


class _Cached:
    """One look into the cache, and what is done where it has nothing to give."""

    def __init__(self, packs: Packs, locality: str | Path | None, plugins: Plugins, cache: Path) -> None:
        from safeguard_rules.packs.cache.store import Store

        self.packs = packs
        self.locality = locality
        self.plugins = plugins
        self.vocabulary = Vocabulary.extended(plugins.extensions, plugins.derived)
        self.store = Store(cache)

    def loaded(self) -> Loaded:
        from safeguard_rules.packs.cache import entries, keys
        from safeguard_rules.packs.whereabouts import CopyingFinder

        finder = CopyingFinder()
        try:
            source = keys.source_of(self.packs, self.locality, self.plugins, self.vocabulary, finder)
        except CallError:
            source = None  # said again by whoever reads, in the order of reading
        if source is None:
            return self._anew(finder)
        made_from = {**keys.library(), "packs": source}
        name = keys.name_of(self.packs, self.locality, self.plugins, made_from["engine"])
        texts = entries.Texts(finder.kept)
        payload = self.store.read(name, made_from)
        kept = entries.read(payload, texts, self.vocabulary) if payload is not None else None
        if kept is not None:
            origin = Origin(lambda: self._signed(finder), kept.stamped)
            return Loaded(kept.content, kept.unwaived, self.vocabulary, self.plugins, origin, kept.warnings)
        loaded = self._anew(finder)
        found = entries.Kept(loaded.content, loaded.unwaived, loaded.warnings, loaded.origin.stamped)
        written = entries.written(found, texts, self.vocabulary)
        if written is not None:
            self.store.write(name, made_from, written)
        return loaded

    def _anew(self, finder: CopyingFinder) -> Loaded:
        from safeguard_rules.packs.loading import load_chosen

        return load_chosen(self._chosen(finder), self.plugins, self.vocabulary)

    def _chosen(self, finder: CopyingFinder) -> Chosen:
        from safeguard_rules.packs.choosing import Shelf, choose

        return choose(self.packs, self.locality, Shelf.of(self.plugins, finder))

    def _signed(self, finder: CopyingFinder) -> Chosen:
        from safeguard_rules.packs.signing import with_sign_offs

        return with_sign_offs(self._chosen(finder), [])
