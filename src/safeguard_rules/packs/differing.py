"""Two states of the same packs held against each other, in words: old reading, new reading, and what it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from safeguard_rules.language.english import reading
from safeguard_rules.language.tree import All, AnyOf, Condition
from safeguard_rules.packs.choosing import Shelf
from safeguard_rules.packs.differences import LESS, MORE, SAME, Difference, DifferenceKind, Effect, PackDifference
from safeguard_rules.packs.effects import Directions
from safeguard_rules.packs.facets import Facet, Facets, Thing, cases_of
from safeguard_rules.packs.files import CASES, PackFiles, case_files, read_locality
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import Plugins
from safeguard_rules.packs.tightening import shape
from safeguard_rules.packs.whereabouts import Found, locality_ids, shown_name
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.nodes import Node

_OPPOSITE: Mapping[Effect, Effect] = {MORE: LESS, LESS: MORE}
_MUSTS = ("must", "must_not")
_Read: TypeAlias = tuple[PackFiles, Found]


@dataclass(frozen=True)
class Side:
    """One state: the packs and localities in a folder; what they use and is not there comes from the plug-ins."""

    shown: str
    shelf: Shelf
    packs: tuple[str, ...]
    localities: Mapping[str, Path]

    @classmethod
    def of(cls, shown: str, folders: Iterable[Path], localities: Iterable[Path], plugins: Plugins) -> Side:
        """The state that some pack folders and locality files are in; raises PackError for files that are wrong."""
        given = tuple(folders)
        shelf = Shelf.beginning_with(given, plugins)
        own = {place.resolve() for place in given}
        places = {id_: found.place for id_, (_, found) in shelf.known.items()}
        packs = tuple(sorted(id_ for id_, at in places.items() if isinstance(at, Path) and at.resolve() in own))
        return cls(shown, shelf, packs, areas_in(localities))

    def knows(self, area: str) -> bool:
        """Whether there is a locality of this name, here or among those that plug-ins give."""
        return area in self.localities or area in locality_ids(self.shelf.plugins)

    def load(self, locality: str | None = None) -> Loaded:
        """What is in force on this side; a locality of the folder comes before one that plug-ins give."""
        at = self.localities.get(locality, locality) if locality is not None else None
        return load(self.packs or None, at, self.shelf)


def areas_in(localities: Iterable[Path]) -> Mapping[str, Path]:
    """The files of localities by their ids; what is wrong with a file is told when it is loaded."""
    read = {path: read_locality(path, shown_name(path), []) for path in sorted(localities)}
    return {files.id if files is not None else path.stem: path for path, files in read.items()}


def differences(before: Side, after: Side) -> tuple[PackDifference, ...]:
    """Everything that differs between two states, pack by pack; raises PackError for packs that do not load."""
    one, other = before.load(), after.load()
    ids = sorted({*before.packs, *after.packs})
    found = [_Pair(id_, before, after, one, other).told() for id_ in ids]
    for area in sorted({*before.localities, *after.localities}):
        local = (
            before.load(area) if area in before.localities else one,
            after.load(area) if area in after.localities else other,
        )
        found.append(_Pair(area, before, after, *local).told())
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Facing:
    """What two sides say of one pack, thing by thing and part by part."""

    pack: str
    one: Facets
    other: Facets

    def told(self, old: _Read | None, new: _Read | None) -> Iterator[Difference]:
        """Everything that differs."""
        before = {each.key: each for each in self.one.of(old[0])} if old is not None else {}
        after = {each.key: each for each in self.other.of(new[0])} if new is not None else {}
        lone = {f"{sort} {name}" for sort, name in before.keys() ^ after.keys()}
        for key in dict.fromkeys((*after, *before)):
            thing, was = after.get(key), before.get(key)
            if thing is not None and was is not None:
                yield from self._parts(was, thing)
            elif (there := thing or was) is not None and there.owner not in lone:
                yield self._whole(there, came=was is None)

    def _whole(self, thing: Thing, *, came: bool) -> Difference:
        effect = thing.comes if came else _OPPOSITE.get(thing.comes, thing.comes)
        kind: DifferenceKind = "added" if came else "removed"
        before, after = (None, thing.whole) if came else (thing.whole, None)
        lost = not came and thing.musts > 0
        return Difference(self.pack, thing.sort, thing.name, "", kind, effect, before, after, loses_must=lost)

    def _parts(self, one: Thing, other: Thing) -> Iterator[Difference]:
        for part, new in other.facets.items():
            old = one.facets[part]
            if old.same_as(new):
                continue
            effect = new.effect(old.value, new.value) if callable(new.effect) else new.effect
            lost = part == "obligation" and old.value in _MUSTS
            details = tuple(self._details(old, new))
            yield Difference(
                self.pack, one.sort, one.name, part, "changed", effect, old.says, new.says, details, loses_must=lost
            )

    def _details(self, before: Facet, after: Facet) -> Iterator[str]:
        """The parts of a condition that came or went, where both have parts in common."""
        old, new = before.value, after.value
        if not (isinstance(old, Condition) and isinstance(new, Condition)):
            return
        kind = next((each for each in (All, AnyOf) if isinstance(old, each) or isinstance(new, each)), None)
        parts = [{repr(shape(part)): part for part in _parts_of(each, kind)} for each in (old, new)]
        if not parts[0].keys() & parts[1].keys():
            return
        gone, come = ("no longer asks that", "also asks that") if kind is All else ("no longer if", "now also if")
        yield from (f"{gone}: {reading(parts[0][key], self.one.wording)}" for key in parts[0] if key not in parts[1])
        yield from (f"{come}: {reading(parts[1][key], self.other.wording)}" for key in parts[1] if key not in parts[0])


@dataclass(frozen=True, slots=True)
class _Pair:
    """One pack or locality on both sides."""

    id: str
    before: Side
    after: Side
    one: Loaded
    other: Loaded

    def told(self) -> PackDifference:
        old, new = self._files(self.one, self.before), self._files(self.other, self.after)
        directions = Directions.of(self.one.content, self.other.content)
        told = list(
            _Facing(self.id, *(Facets(each.content, each.vocabulary, directions) for each in self._loaded)).told(
                old, new
            )
        )
        told += self._cases(old, new)
        meanings = [{stamp.id: stamp.meaning for stamp in each.stamps}.get(self.id) for each in self._loaded]
        versions = [found[0].header.version if found is not None else None for found in (old, new)]
        kind = next(found[0].kind for found in (new, old) if found is not None)
        same = meanings[0] == meanings[1] and None not in versions
        return PackDifference(self.id, kind, versions[0], versions[1], same, tuple(told))

    @property
    def _loaded(self) -> tuple[Loaded, Loaded]:
        return (self.one, self.other)

    def _files(self, loaded: Loaded, side: Side) -> _Read | None:
        there = self.id in side.packs or self.id in side.localities
        found = (each for each in loaded.files if each[0].id == self.id)
        return next(found, None) if there else None

    # --- the cases beside them

    def _cases(self, old: _Read | None, new: _Read | None) -> Iterator[Difference]:
        if old is None or new is None:
            return
        one, other = cases_of(_nodes(*old)), cases_of(_nodes(*new))
        for title in dict.fromkeys((*other, *one)):
            if title not in one:
                yield Difference(self.id, "case", title, "", "added", SAME, None, title)
            elif title not in other:
                yield Difference(self.id, "case", title, "", "removed", SAME, title, None)
            elif one[title] != other[title]:
                yield from self._case(title, one[title], other[title])

    def _case(self, title: str, one: object, other: object) -> Iterator[Difference]:
        assert isinstance(one, dict)
        assert isinstance(other, dict)
        for key in dict.fromkeys((*other, *one)):
            if one.get(key) != other.get(key):
                yield Difference(self.id, "case", title, str(key), "changed", SAME, _line(one, key), _line(other, key))


def _parts_of(condition: Condition, kind: type[All] | type[AnyOf] | None) -> tuple[Condition, ...]:
    return condition.parts if kind is not None and isinstance(condition, kind) else (condition,)


def _line(case: dict[str, object], key: str) -> str:
    return str(case[key]) if key in case else "none"


def _nodes(files: PackFiles, found: Found) -> Iterator[Node]:
    beside = getattr(found.place, "parent", None) if files.kind == "locality" else None
    local = beside.joinpath(f"{files.id}{CASES}") if beside is not None else None
    for file in (local,) if local is not None else case_files(found.place):
        text = read_text(file, [], file.name) if file.is_file() else None
        node = read_node(text, []) if text is not None else None
        if node is not None:
            yield node
