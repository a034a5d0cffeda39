"""The account of every statement with the cases that test it: what `safeguard-rules coverage` shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

from safeguard_rules import messages
from safeguard_rules.errors import PackError
from safeguard_rules.messages import Message
from safeguard_rules.packs.accounting import account
from safeguard_rules.packs.choosing import closure
from safeguard_rules.packs.coverage import CasesOf, Coverage, TestingCase
from safeguard_rules.packs.files import CASES, PackFiles, case_files
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.names import Directory, pack_of, short
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.whereabouts import Found, locality_ids, shown_name
from safeguard_rules.source import Issue
from safeguard_rules.testing.case_files import FindingExpectation, PackCase, Shorthand, read_cases
from safeguard_rules.testing.expecting import OUTCOMES


def cover(
    packs: Sequence[str | Path] | None = None,
    localities: Sequence[str | Path] | None = None,
    *,
    plugins: Plugins | Sequence[str] = (),
) -> Coverage:
    """The account of every statement of the sources of some packs, over some localities.

    `packs` are ids or folders, None means all that plug-ins give; of the packs that they use only what they cite is
    listed. `localities` are ids or files, None means all that plug-ins give, or none where packs are named. Cases are
    read, not run: that they pass is another question. Raises `PackError` with all that is wrong with packs and their
    cases, `CallError` for a pack or locality that is not there.
    """
    active = plugins if isinstance(plugins, Plugins) else activate(plugins)
    if localities is None:
        localities = locality_ids(active) if packs is None else ()
    shared = load(packs, None, active)
    local = [load(packs, locality, active) for locality in localities]
    named = _named(packs, shared)
    cases = _Reading(packs, shared, {_local_files(each)[0].id: each for each in local}, active).cases()
    return account(shared, [each.content for each in local], cases, named)


def _named(packs: Sequence[str | Path] | None, shared: Loaded) -> frozenset[str]:
    """The ids of the packs that were asked for."""
    if packs is None:
        return frozenset(files.id for files, _ in shared.files)
    asked = {str(pack) for pack in packs} | {shown_name(Path(pack)) for pack in packs}
    return frozenset(files.id for files, found in shared.files if files.id in asked or found.shown in asked)


@dataclass(slots=True)
class _Reading:
    """Reads the cases beside packs and localities, and finds the rules that each expects something of."""

    packs: Sequence[str | Path] | None
    shared: Loaded
    local: dict[str, Loaded]
    plugins: Plugins
    issues: list[Issue] = field(default_factory=list)
    found: dict[str, list[TestingCase]] = field(default_factory=dict)
    directories: dict[tuple[str, str | None], Directory] = field(default_factory=dict)

    def cases(self) -> CasesOf:
        """The cases that test each rule; raises PackError with all that is wrong with them."""
        for pack, area, file in self._files():
            for case in read_cases(file, shown_name(file), self.issues):
                if not case.reviewed:
                    continue  # it tests nothing yet
                self._look_at(pack, case.locality or area, file.name, case)
        if self.issues:
            raise PackError(self.issues)
        return {rule: tuple(cases) for rule, cases in self.found.items()}

    def _files(self) -> Iterator[tuple[str, str | None, Traversable]]:
        """Each file of cases, with the pack or locality that it is of, and the locality that its cases run in."""
        for files, found in self.shared.files:
            yield from ((files.id, None, file) for file in case_files(found.place))
        for area, loaded in self.local.items():
            folder: Traversable = getattr(_local_files(loaded)[1].place, "parent")  # noqa: B009 - paths have one
            beside = folder.joinpath(f"{area}{CASES}")
            if beside.is_file():
                yield area, area, beside

    def _look_at(self, own: str, area: str | None, file: str, case: PackCase) -> None:
        known = (*self.local, *locality_ids(self.plugins))
        if area is not None and area not in known:
            self.issues.append(messages.unknown_locality(area, sorted(set(known))).at(case.place("locality")))
            return
        directory = self._directory(own, area)
        for written, expected in case.expect.findings.items():
            rule = directory.find("rule", own, written)
            if isinstance(rule, Message):
                self.issues.append(rule.at(case.place("expect", "findings", written)))
            else:
                self.found.setdefault(rule, []).append(TestingCase(own, file, case.title, _outcomes(expected)))

    def _directory(self, own: str, area: str | None) -> Directory:
        """What can be named in the cases of a pack or locality: its own rules first, then those of what it uses."""
        key = (own, area)
        if key not in self.directories:
            self.directories[key] = _directory_of(own, self._loaded(own, area), area)
        return self.directories[key]

    def _loaded(self, own: str, area: str | None) -> Loaded:
        """What was loaded, or, for a locality that builds on more than that, what it builds on."""
        if area is None:
            return self.shared
        loaded = self.local.get(area)
        if loaded is None:
            return load(self.packs, area, self.plugins)
        files, found = _local_files(loaded)
        if own != area or {each.id for each, _ in loaded.files}.issuperset(files.uses):
            return loaded
        given = Path(found.shown) if found.plugin is None else area
        return load(files.uses, given, self.plugins)


def _directory_of(own: str, loaded: Loaded, area: str | None) -> Directory:
    known = {files.id: files for files, _ in loaded.files}
    packs = {*closure([own], known), *([area] if area is not None else [])}
    directory = Directory(uses={own: tuple(sorted(packs - {own}))})
    for name in loaded.content.rules:
        if pack_of(name) in packs:
            directory.declare("rule", pack_of(name), [short(name)])
    return directory


def _local_files(loaded: Loaded) -> tuple[PackFiles, Found]:
    return next(each for each in loaded.files if each[0].kind == "locality")


def _outcomes(expected: Shorthand | FindingExpectation) -> tuple[str, ...]:
    if isinstance(expected, FindingExpectation):
        return tuple(outcome for outcome in OUTCOMES if getattr(expected, outcome))
    return (expected,)
