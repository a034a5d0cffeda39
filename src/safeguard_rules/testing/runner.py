"""Running the cases of a pack or a locality: what failed and why, and which outcomes of each rule they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

from safeguard_rules import messages
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.packs.choosing import Shelf, choose
from safeguard_rules.packs.files import CASES, case_files
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.names import pack_of
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.whereabouts import locality_ids, shown_name
from safeguard_rules.source import Issue, Text
from safeguard_rules.testing.case_files import cases_in, read_cases
from safeguard_rules.testing.expecting import OUTCOMES, Names, directory_of
from safeguard_rules.testing.judging import Judge, Miss, Reached

Area: TypeAlias = str | Path | None
"""A locality, by its id or its file; None is none."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: passed, or failed with every expectation that was not met."""

    file: str
    line: int
    title: str
    reviewed: bool
    shows: tuple[str, ...]
    misses: tuple[Miss, ...]
    reached: tuple[Reached, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.misses


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """Which outcomes of a rule were expected by some case and came out, with the titles of those cases."""

    rule: str
    rows: tuple[str, ...]
    applies: tuple[str, ...]
    undetermined: tuple[str, ...]
    does_not_apply: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The outcomes that no case shows."""
        return tuple(outcome for outcome in OUTCOMES if not getattr(self, outcome))


@dataclass(frozen=True, slots=True)
class CaseRun:
    """All cases of one pack or locality, and what they show of its rules."""

    pack: str
    results: tuple[CaseResult, ...]
    coverage: tuple[RuleCoverage, ...]

    @property
    def unreviewed(self) -> tuple[CaseResult, ...]:
        """Generated cases that nobody has signed: they are run, and show nothing."""
        return tuple(result for result in self.results if not result.reviewed)

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases in which something came out another way than expected."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def uncovered(self) -> tuple[RuleCoverage, ...]:
        """The rules that do not apply, stay open and be ruled out in at least one case each."""
        return tuple(rule for rule in self.coverage if rule.missing)

    @property
    def passed(self) -> bool:
        """Whether every case passed and every rule was shown in each of its three outcomes."""
        return not self.failed and not self.uncovered

    def __str__(self) -> str:
        lines = []
        for result in self.failed:
            lines.append(f"{result.file}: {result.title}")
            lines.extend(f"  {line}" for miss in result.misses for line in str(miss).splitlines())
        lines.extend(f"{rule.rule}: no case shows {' or '.join(rule.missing)}" for rule in self.uncovered)
        passed = len(self.results) - len(self.failed)
        lines.append(f"{self.pack}: {passed} of {len(self.results)} cases passed")
        if self.unreviewed:
            lines.append(f"{self.pack}: {len(self.unreviewed)} generated cases await a person's review")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class CaseSet:
    """The cases of one pack or locality, read and with all their names looked up, and the rulebooks they run in."""

    pack: str
    cases: tuple[tuple[Names, Area], ...]
    """Each case with the locality that it runs in."""
    rulebooks: Mapping[Area, Rulebook]

    def reviewed(self) -> CaseSet:
        """The same without the cases that await a person's review."""
        return replace(self, cases=tuple(each for each in self.cases if each[0].case.reviewed))

    def run(self) -> CaseRun:
        """Evaluates all cases."""
        return self.summed(tuple(self.result(number) for number in range(len(self.cases))))

    def judge(self, number: int) -> Judge:
        """One case, evaluated, with what is expected of it."""
        names, area = self.cases[number]
        return self._judge(names, self.rulebooks[area])

    def result(self, number: int) -> CaseResult:
        """Evaluates one case, by its number from 0."""
        judge = self.judge(number)
        case = judge.names.case
        place = case.place("title")
        misses, reached = judge.misses(), judge.reached()
        return CaseResult(place.text.name, place.line, case.title, case.reviewed, case.shows, misses, reached)

    def summed(self, results: tuple[CaseResult, ...]) -> CaseRun:
        """What some cases of this pack show together."""
        return CaseRun(self.pack, results, self._coverage([result for result in results if result.reviewed]))

    def kills(self, rulebooks: Mapping[Area, Rulebook]) -> bool:
        """Whether some case fails in these rulebooks: what is quick to see first, texts last."""
        judges = [self._judge(names, rulebooks[area]) for names, area in self.cases]
        if any(judge.outcomes_missed() for judge in judges):
            return True
        if any(next(judge.quick_misses(), None) is not None for judge in judges):
            return True
        return any(next(judge.text_misses(), None) is not None for judge in judges)

    def _judge(self, names: Names, rulebook: Rulebook) -> Judge:
        case = names.case
        return Judge(names, rulebook.evaluate(case.case, as_of=case.as_of, role=case.role))

    def _coverage(self, results: Sequence[CaseResult]) -> tuple[RuleCoverage, ...]:
        rules = {
            name: rule
            for rulebook in self.rulebooks.values()
            for name, rule in rulebook.content.rules.items()
            if pack_of(name) == self.pack
        }
        found: dict[tuple[str, str], list[str]] = {}
        for result in results:
            for each in result.reached:
                found.setdefault((each.rule, each.outcome), []).append(result.title)
        return tuple(
            RuleCoverage(
                name,
                tuple(dict.fromkeys(row for form in rules[name].forms for row in form.rows)),
                *(tuple(found.get((name, outcome), ())) for outcome in OUTCOMES),
            )
            for name in sorted(rules)
        )


@dataclass(frozen=True, slots=True)
class _CasePlace:
    """Where cases stand: the pack or locality that they are of, what they run with, and their files."""

    own: str
    packs: tuple[str | Path, ...]
    locality: Area
    files: tuple[Traversable, ...]


@dataclass(slots=True)
class CaseRunner:
    """Finds packs and localities, reads their cases and keeps the rulebooks that they need.

    `plugins` are the names of plug-ins to activate.
    """

    plugins: Plugins
    rulebooks: dict[tuple[tuple[str | Path, ...], Area], Rulebook] = field(default_factory=dict)
    shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        self.shelf = Shelf.of(self.plugins)

    @classmethod
    def with_plugins(cls, names: Sequence[str] = ()) -> CaseRunner:
        """A runner that knows the bundled packs and those of the named plug-ins."""
        return cls(activate(names))

    def known(self) -> tuple[str, ...]:
        """The ids of all packs that have rules, then of all localities, each sorted."""
        packs = [id_ for id_, (files, _) in sorted(self.shelf.known.items()) if any(p.model.rules for p in files.parts)]
        return (*packs, *locality_ids(self.plugins))

    def read(self, pack: str | Path, instead: Mapping[str, Text | None] | None = None) -> CaseSet:
        """The cases of a pack or locality, by its id, folder or file; raises `PackError` with all that is wrong.

        `instead` has texts to take in place of the files of these names, or beside them, None to leave one out. Raises
        `CallError` for a pack that is not there.
        """
        place = self._place(pack)
        issues: list[Issue] = []
        others = instead or {}
        files = [file for file in place.files if file.name not in others]
        cases = [case for file in files for case in read_cases(file, shown_name(file), issues)]
        cases += [case for text in others.values() if text is not None for case in cases_in(text, issues)]
        rulebooks = {place.locality: self._rulebook(place.packs, place.locality)}
        checked = []
        for case in cases:
            # A locality's own cases may name it by its id, wherever its file lies.
            locality = place.locality if case.locality in (None, place.own) else case.locality
            if not self._is_locality(locality, place):
                known = locality_ids(self.plugins)
                issues.append(messages.unknown_locality(str(locality), known).at(case.place("locality")))
                continue
            rulebooks.setdefault(locality, self._rulebook(place.packs, locality))
            names = Names(place.own, rulebooks[locality], case)
            names.check(directory_of(place.own, rulebooks[locality]))
            issues.extend(names.issues)
            checked.append((names, locality))
        if issues:
            raise PackError(issues)
        return CaseSet(place.own, tuple(checked), rulebooks)

    def run(self, pack: str | Path) -> CaseRun:
        """Reads and runs the cases of a pack or locality; raises as `read` does."""
        return self.read(pack).run()

    def _place(self, pack: str | Path) -> _CasePlace:
        if self._names_locality(pack):
            # Only its file is read here: it is loaded with what it uses, and need not fit all packs that there are.
            chosen = choose((), pack, self.shelf)
            if chosen.local is None:
                raise PackError(chosen.issues)
            files, found = chosen.local
            folder: Traversable = getattr(found.place, "parent")  # noqa: B009 - paths, also in a zip, have one
            beside = folder.joinpath(f"{files.id}{CASES}")
            return _CasePlace(files.id, files.uses, pack, (beside,) if beside.is_file() else ())
        loaded = load([pack], None, self.shelf)
        files, found = next(each for each in loaded.files if pack in (each[0].id, each[1].place))
        return _CasePlace(files.id, (pack,), None, tuple(case_files(found.place)))

    def rulebook(self, pack: str | Path, locality: Area) -> Rulebook:
        """What the cases of a pack run in, with the locality that they name; raises as `read` does."""
        return self._rulebook(self._place(pack).packs, locality)

    def folder(self, pack: str | Path) -> Traversable | None:
        """The folder of a pack, None for a locality, which is a file; raises as `read` does."""
        loaded = load([pack], None, self.shelf) if not self._names_locality(pack) else None
        if loaded is None:
            return None
        return next(found.place for files, found in loaded.files if pack in (files.id, found.place))

    def _names_locality(self, pack: str | Path) -> bool:
        return str(pack) in locality_ids(self.plugins) or (isinstance(pack, Path) and pack.is_file())

    def _is_locality(self, locality: Area, place: _CasePlace) -> bool:
        return locality in (None, place.locality, place.own) or str(locality) in locality_ids(self.plugins)

    def _rulebook(self, packs: tuple[str | Path, ...], locality: Area) -> Rulebook:
        key = (packs, locality)
        if key not in self.rulebooks:
            self.rulebooks[key] = Rulebook(load(packs, locality, self.shelf))
        return self.rulebooks[key]


def run_cases(pack: str | Path, *, plugins: Sequence[str] = ()) -> CaseRun:
    """Runs the cases beside the rules of a pack, or of a locality.

    `pack` is the id of a bundled or plugged-in pack or locality, a pack's folder, or a locality's file. A case runs
    with the pack, all that it uses and the locality that it names. Raises `PackError` for a pack or a cases file that
    is wrong, `CallError` for one that is not there.
    """
    return CaseRunner.with_plugins(plugins).run(pack)
