"""Two states of packs tried on cases: those beside the packs, those that somebody names, and made ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.resources.abc import Traversable
from itertools import zip_longest

from safeguard_rules.case.case import Case
from safeguard_rules.engine.action_changes import (
    ORIGINS,
    Books,
    CaseChanges,
    ChangedCases,
    TriedCase,
    action_changes,
    try_cases,
)
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import PackError
from safeguard_rules.packs.differing import Side
from safeguard_rules.packs.files import CASES, case_files
from safeguard_rules.packs.whereabouts import shown_name
from safeguard_rules.reports.differences_text import ToldChange
from safeguard_rules.source import Issue
from safeguard_rules.testing.case_files import read_cases
from safeguard_rules.testing.case_text import as_yaml
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.situation import DAY
from safeguard_rules.testing.smaller_cases import cut_down, size, without_one_part


def own_cases(sides: Sequence[Side]) -> tuple[TriedCase, ...]:
    """The cases beside the packs and localities of all sides, each once; raises `PackError` with what is wrong."""
    issues: list[Issue] = []
    found: dict[tuple[object, ...], TriedCase] = {}
    for side in sides:
        for file, area in _files(side):
            for case in read_cases(file, shown_name(file), issues):
                local = case.locality or area
                tried = TriedCase(case.case, case.as_of, local, case.role, "beside the packs", case.title)
                found.setdefault(_sameness(tried), tried)
    if issues:
        raise PackError(issues)
    return tuple(found.values())


def _files(side: Side) -> Iterator[tuple[Traversable, str | None]]:
    for pack in side.packs:
        yield from ((file, None) for file in case_files(side.shelf.known[pack][1].place))
    for area, path in side.localities.items():
        beside = path.with_name(f"{area}{CASES}")
        if beside.is_file():
            yield beside, area


def books_for(before: Side, after: Side, cases: Iterable[TriedCase]) -> Books:
    """The rulebooks of both sides for the areas of some cases; an area that one side lacks is left out."""
    areas = sorted({case.area for case in cases if case.area is not None})
    there = [None, *(area for area in areas if before.knows(area) and after.knows(area))]
    return {area: (Rulebook(before.load(area)), Rulebook(after.load(area))) for area in there}


def made_cases(cases: Sequence[TriedCase], most: int) -> tuple[TriedCase, ...]:
    """At most so many cases that are made from some: each of them with one part less, one of each in turn."""
    made = (each for row in zip_longest(*map(_variations, cases)) for each in row if each is not None)
    known = {_sameness(case) for case in cases}
    found: dict[tuple[object, ...], TriedCase] = {}
    for each in made:
        if len(found) == most:
            break
        if (key := _sameness(each)) not in known:
            found.setdefault(key, each)
    return tuple(found.values())


def aimed_cases(books: Books, most: int) -> tuple[TriedCase, ...]:
    """At most so many cases that are made towards outcomes of the rules of both sides in turn; always the same."""
    makers = [Maker(book, DAY) for book in books[None]]
    found: dict[str, Case] = {}
    for seed in range(most):
        case = Case.model_validate(makers[seed % len(makers)].any_case(Seeded(seed)))
        found.setdefault(case.digest(), case)
    return tuple(
        TriedCase(case, DAY, None, None, "aimed", f"made case {n}") for n, case in enumerate(found.values(), start=1)
    )


def _variations(tried: TriedCase) -> Iterator[TriedCase]:
    return (replace(tried, case=smaller, origin="made") for smaller in without_one_part(tried.case))


def _sameness(tried: TriedCase) -> tuple[object, ...]:
    return (tried.case.digest(), str(tried.as_of), tried.area, tried.role)


def diff_cases(books: Books, cases: Iterable[TriedCase]) -> tuple[CaseChanges, tuple[ToldChange, ...]]:
    """Tries cases on both sides; each change comes with the smallest case that shows it."""
    found = try_cases(books, cases)
    return found, tuple(_shown(books, each) for each in found.changes)


def _shown(books: Books, seen: ChangedCases) -> ToldChange:
    smallest = min(seen.cases, key=lambda each: (ORIGINS.index(each.origin), size(each.case)))

    def still(case: Case) -> bool:
        return seen.change in action_changes(*books[smallest.area], replace(smallest, case=case))

    return ToldChange(seen, smallest, as_yaml(cut_down(smallest.case, still), smallest.as_of))
