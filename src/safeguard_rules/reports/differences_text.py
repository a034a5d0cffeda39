"""What is different between two states of packs, as a text: a lost `must` first, then words, then cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from safeguard_rules.engine.action_changes import ORIGINS, CaseChanges, ChangedCases, TriedCase, state_text
from safeguard_rules.packs.differences import EFFECTS, LESS, UNCLEAR, Difference, PackDifference
from safeguard_rules.reports.lines import BLANK, Line, bullet, heading, line
from safeguard_rules.reports.words import count, listing
from safeguard_rules.results import ChangeKind

_TITLES: dict[ChangeKind, str] = {
    "withdrawn": "No longer",
    "weakened": "Weaker",
    "changed": "Changed",
    "strengthened": "Stronger",
    "added": "New",
    "masked": "Changed",
}
_WHERE = {
    "beside the packs": "beside the packs",
    "given": "given",
    "made": "made from these",
    "aimed": "made for the rules",
}
_SORTS = {"pack": "The pack", "locality": "The locality"}


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change of an action over all cases tried, and the smallest case that shows it, as a case file."""

    seen: ChangedCases
    cut_from: TriedCase
    smallest: str


@dataclass(frozen=True, slots=True)
class ToldDifferences:
    """All that is told: what the sides are called, the packs, and what came of trying cases (None: none were)."""

    before: str
    after: str
    packs: tuple[PackDifference, ...]
    cases: CaseChanges | None
    changes: tuple[ToldChange, ...]


def differences_lines(told: ToldDifferences) -> tuple[Line, ...]:
    """The text of all differences."""
    return tuple(_told(told))


def _told(told: ToldDifferences) -> Iterator[Line]:
    yield line(f"From {told.before} to {told.after}", "title")
    yield from (bullet(_meaning(pack)) for pack in told.packs)
    lost = [each for pack in told.packs for each in pack.differences if each.loses_must]
    if lost:
        yield from heading("A “must” is lost")
        for each in lost:
            yield from _difference(each, alone=True)
    for pack in told.packs:
        rest = [each for each in pack.differences if not each.loses_must]
        if rest:
            yield from heading(f"In words: {pack.id}")
            yield from _words(rest)
    if told.cases is not None:
        yield from _cases(told.cases, told.changes)


def _meaning(pack: PackDifference) -> str:
    if pack.before is None or pack.after is None:
        came = pack.before is None
        return f"{pack.id} {pack.after if came else pack.before}: {'new' if came else 'no longer there'}"
    versions = pack.before if pack.before == pack.after else f"{pack.before} to {pack.after}"
    nothing = not pack.differences
    if pack.same_meaning:
        return f"{pack.id} {versions}: means the same{', and nothing is different' if nothing else ''}"
    used = ", in what it uses, or in something that is not told here" if nothing else ""
    return f"{pack.id} {versions}: does not mean the same{used}"


def _words(found: Sequence[Difference]) -> Iterator[Line]:
    things = dict.fromkeys((each.sort, each.name) for each in found)
    for sort, name in sorted(
        things, key=lambda key: min(_rank(each) for each in found if (each.sort, each.name) == key)
    ):
        own = sorted((each for each in found if (each.sort, each.name) == (sort, name)), key=_rank)
        if own[0].part:
            yield line(f"{_SORTS.get(sort, sort.capitalize())} {name}", "title", indent=2)
        for each in own:
            yield from _difference(each, alone=not each.part)


def _rank(difference: Difference) -> int:
    return EFFECTS.index(difference.effect)


def _difference(each: Difference, *, alone: bool) -> Iterator[Line]:
    """One difference; `alone` it names what it is of."""
    named = f"{_SORTS.get(each.sort, each.sort.capitalize())} {each.name}" if alone else each.part
    what = f", {each.part}" if alone and each.part else "" if each.kind == "changed" else f" {each.kind}"
    style: Any = "warning" if each.effect in (LESS, UNCLEAR) or each.loses_must else "plain"
    indent = 2 if alone else 4
    yield line(f"{named}{what}: {each.effect}", style, indent=indent, hang=2, lead="-" if not alone else "")
    for label, text in (("before", each.before), ("after", each.after)):
        if text is not None:
            yield line(text, indent=indent + 2, hang=8, lead=label)
    for detail in each.details:
        yield line(detail, "quiet", indent=indent + 2, hang=2)


def _cases(found: CaseChanges, changes: Sequence[ToldChange]) -> Iterator[Line]:
    yield from heading("In cases")
    tried = [f"{found.tried[origin]} {_WHERE[origin]}" for origin in ORIGINS if found.tried[origin]]
    differing = sum(found.differing.values())
    yield line(f"Tried {listing(tried) or 'no case'}; in {count(differing, 'case')} some action is told differently.")
    if found.not_tried:
        yield line(f"Not tried: {count(found.not_tried, 'case')} of an area that one side does not have.", "warning")
    if not changes:
        yield line("That no case shows a difference does not prove that there is none.")
    for change in changes:
        yield from _change(change)


def _change(told: ToldChange) -> Iterator[Line]:
    change = told.seen.change
    lost = "a “must” is lost: " if change.loses_must else ""
    style: Any = "must" if change.loses_must else "warning" if change.kind in ("withdrawn", "weakened") else "title"
    yield BLANK
    yield line(f"{_TITLES[change.kind]}: {lost}{change.do} ({change.action})", style, indent=2, hang=2)
    yield line(f"was {state_text(change.before)}; is {state_text(change.after)}", indent=4, hang=2)
    seen = [f"{told.seen.count(origin)} {_WHERE[origin]}" for origin in ORIGINS if told.seen.count(origin)]
    area = f", in {told.cut_from.area}" if told.cut_from.area else ""
    yield line(f"in {listing(seen)}; the smallest, cut down from “{told.cut_from.title}”{area}:", indent=4, hang=2)
    for each in told.smallest.splitlines():
        yield Line(line(each).spans, indent=6 + len(each) - len(each.lstrip()), hang=2, whole=True)


def differences_tree(told: ToldDifferences) -> dict[str, object]:
    """The same as a tree for JSON."""
    cases = told.cases
    return {
        "before": told.before,
        "after": told.after,
        "packs": told.packs,
        "loses_must": [each for pack in told.packs for each in pack.differences if each.loses_must],
        "cases": None
        if cases is None
        else {
            "tried": dict(cases.tried),
            "differing": dict(cases.differing),
            "not_tried": cases.not_tried,
            "changes": [_change_tree(each) for each in told.changes],
        },
    }


def _change_tree(told: ToldChange) -> dict[str, object]:
    change = told.seen.change
    return {
        "kind": change.kind,
        "action": change.action,
        "do": change.do,
        "before": change.before,
        "after": change.after,
        "loses_must": change.loses_must,
        "seen": {origin: told.seen.count(origin) for origin in ORIGINS},
        "titles": list(dict.fromkeys(case.title for case in told.seen.cases if case.origin not in ("made", "aimed"))),
        "smallest": told.smallest,
        "cut_from": told.cut_from.title,
        "area": told.cut_from.area,
    }
