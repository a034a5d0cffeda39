"""Generating the cases of one pack from beginning to end: what is kept, made, written and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError, PackError
from safeguard_rules.messages import nearest
from safeguard_rules.packs.names import short
from safeguard_rules.packs.whereabouts import shown_name
from safeguard_rules.reading.files import read_text
from safeguard_rules.reports.words import count
from safeguard_rules.source import Issue, Text
from safeguard_rules.testing.case_files import PackCase, cases_in
from safeguard_rules.testing.generated_file import NAME, Kept, Writing, kept, wanted_in_words
from safeguard_rules.testing.generating import Generated, Generator, KnownCase, MadeCase
from safeguard_rules.testing.mutants import InTurn, Mutant, MutantRun, run_mutants
from safeguard_rules.testing.runner import CaseRunner, CaseSet
from safeguard_rules.testing.suggesting import Suggesting


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a file of generated cases, None where there is nothing to write, and how many of them are new."""

    text: str | None
    new: int


@dataclass(slots=True)
class PackGenerator:
    """Makes the cases of a pack; `file` is where they will stand, None where they are only printed.

    `missing` leaves out what any reviewed case of the pack shows; what those in the file itself show is always left
    out. `only` names rules by their full or short names. Raises `PackError` for a pack or a file that is wrong,
    `CallError` for what is not there, and for a locality.
    """

    runner: CaseRunner
    pack: str | Path
    file: Path | None
    boundaries: bool = False
    missing: bool = False
    only: Sequence[str] = ()
    kept: Kept = field(init=False)
    rules: tuple[str, ...] = field(init=False)
    before: MutantRun | None = field(default=None, init=False)
    after: MutantRun | None = field(default=None, init=False)
    suggested: list[MadeCase] = field(default_factory=list, init=False)
    _known: CaseSet = field(init=False)
    _generator: Generator = field(init=False)

    def __post_init__(self) -> None:
        if self.runner.folder(self.pack) is None:
            raise CallError(
                f"`{self.pack}` is a locality, whose rules are those of its packs; generate cases for a pack"
            )
        if self.file is not None and self.file.name != NAME and self._is_by_hand():
            raise CallError(f"`{self.file.as_posix()}` has cases and was not made by this command; name another file")
        own = self.runner.rulebook(self.pack, None)
        id_ = self.runner.read(self.pack, {self._name: None}).pack
        self._generator = Generator(id_, self._rulebook_in, self.boundaries)
        self.rules = tuple(self._named(each) for each in self.only) or self._generator.rules()
        self.kept = self._read_kept()
        self._known = self.runner.read(self.pack, {self._name: self.kept.alone})
        assert own.content.rules.keys() >= set(self.rules)
        self._generator.known = [each for each, new in self._known_cases() if new or self.missing]

    # --- in order

    def look_for(self, rule: str) -> None:
        """Makes the cases of one rule, by its full name."""
        self._generator.look_for(rule)

    def try_mutants(self, *, suggest: bool, in_turn: InTurn = iter) -> None:
        """Counts the wrongs that are found out before and after; with `suggest` looks for cases for the others.

        Raises `CallError` where a reviewed case fails.
        """
        self.before = run_mutants(self._known.reviewed(), in_turn)
        self.after = run_mutants(self.together(), in_turn)
        if suggest and self.after.survivors:
            self.suggested = [
                made for mutant in in_turn(self.after.survivors) if (made := self._killer(mutant)) is not None
            ]
            self.after = run_mutants(self.together(), in_turn)

    def result(self) -> Generated:
        """What was made."""
        found = self._generator.result()
        return replace(found, cases=(*found.cases, *self.suggested))

    def written(self) -> Written:
        """The file as it is to be."""
        made = self.result().cases
        areas = dict.fromkeys((None, *(each.area for each in made)))
        books = {area: book for area in areas if (book := self._rulebook_in(area)) is not None}
        known = [each for each, _ in self._known_cases()]
        text, new = Writing(self._generator.pack, books).file(made, self.kept, known)
        return Written(text if new or self.kept.cases else None, new)

    def together(self) -> CaseSet:
        """All reviewed cases of the pack, and the new ones as if they were reviewed."""
        return self._cases_where(lambda case, is_new: case.reviewed or is_new)

    def alone(self) -> CaseSet:
        """The cases of the file that is written, and no other."""
        return self._cases_where(lambda _, is_new: is_new)

    def account(self, written: Written, file: str | None) -> str:
        """What was wanted, found and written, in a few lines."""
        return "\n".join(self._account(written, file))

    # --- within

    @property
    def _name(self) -> str:
        return self.file.name if self.file is not None else NAME

    def _is_by_hand(self) -> bool:
        text = _text(self.file)
        return text is not None and "safeguard-rules generate" not in text.content

    def _rulebook_in(self, area: str | None) -> Rulebook | None:
        try:
            return self.runner.rulebook(self.pack, area)
        except CallError:
            return None

    def _named(self, written: str) -> str:
        known = self._generator.rules()
        found = [name for name in known if written in (name, short(name))]
        if not found:
            near = nearest(written, [*known, *map(short, known)])
            hint = f"; did you mean `{near}`?" if near else ""
            raise CallError(f"`{self._generator.pack}` has no rule `{written}`{hint}")
        return found[0]

    def _read_kept(self) -> Kept:
        """What stays of the file as it is now: reviewed cases, and with `only` those that name other rules."""
        text = _text(self.file)
        if text is None:
            return Kept()
        issues: list[Issue] = []
        cases = cases_in(text, issues)
        if issues:
            raise PackError(issues)
        return kept(text, cases, self._stays)

    def _stays(self, case: PackCase) -> bool:
        mine = {name for rule in self.rules for name in (rule, short(rule))}
        return case.reviewed or bool(self.only and set(case.expect.findings) - mine)

    def _known_cases(self) -> Iterator[tuple[KnownCase, bool]]:
        """The cases that stay, each with whether it stands in the file that is written."""
        for names, area in self._known.cases:
            case = names.case
            in_file = self.kept.alone is not None and case.node.place.text.name == self.kept.alone.name
            if case.reviewed or in_file:
                rules = frozenset(names.meant[("rule", written)] for written in case.expect.findings)
                where = str(area) if area is not None else None
                yield KnownCase(case.title, case.case, case.as_of, where, rules), in_file

    def _cases_where(self, wanted: Callable[[PackCase, bool], bool]) -> CaseSet:
        """The pack's cases with the file as it is to be; they are chosen by whether they stand in it, among others."""
        text = self.written().text
        shown = self.kept.alone.name if self.kept.alone is not None else self._name
        every = self.runner.read(self.pack, {self._name: Text(shown, text) if text is not None else None})
        cases = [each for each in every.cases if wanted(each[0].case, each[0].case.node.place.text.name == shown)]
        return replace(every, cases=tuple(cases))

    def _killer(self, mutant: Mutant) -> MadeCase | None:
        """A case for a mutant, in any of the areas in which the pack has cases."""
        known = (str(area) for area in self._known.rulebooks if area is not None)
        made_in = (made.area for made in self._generator.result().cases)
        for area in dict.fromkeys((None, *made_in, *known)):
            rulebook = self._rulebook_in(area)
            made = Suggesting(self._generator.pack, rulebook, area).killer(mutant) if rulebook is not None else None
            if made is not None:
                return made
        return None

    def _account(self, written: Written, file: str | None) -> Iterator[str]:
        found, rules = self._generator.result(), count(len(self.rules), "rule")
        yield f"{found.pack}: {found.met} of {count(found.wanted, 'wanted case')} of {rules} found"
        if found.known:
            yield f"  shown by reviewed cases already: {found.known}"
        where = f", in {file}" if file is not None and written.text is not None else ""
        yield f"  cases that await a person's review: {written.new}{where}"
        if self.kept.cases:
            yield f"  cases kept as they were: {len(self.kept.cases)}"
        yield from (f"  no locality here for the areas of: {rule}" for rule in found.no_area)
        if found.not_found:
            yield f"  no such case found, which proves nothing: {len(found.not_found)}"
        yield from (f"    {wanted_in_words(each)}" for each in found.not_found)
        if self.before is not None and self.after is not None:
            total = len(self.before.killed) + len(self.before.survivors)
            now = len(self.after.killed)
            yield f"  mutants: {len(self.before.killed)} of {total} found out before, {now} with these cases"
            yield from (f"    survived: {mutant}" for mutant in self.after.survivors)


def _text(file: Path | None) -> Text | None:
    """The text of a file that is there."""
    if file is None or not file.is_file():
        return None
    issues: list[Issue] = []
    text = read_text(file, issues, shown_name(file))
    if issues:
        raise PackError(issues)
    return text
