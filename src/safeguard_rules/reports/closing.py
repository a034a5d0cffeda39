"""The rest of an evaluation's text: strengths, waivers, problems, what is not in force, and what was used."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.lines import Line, Span, bullet, heading
from safeguard_rules.reports.reasons import meaning_words
from safeguard_rules.reports.words import day, listing, words
from safeguard_rules.results import PackRecord, WaiverNotice

_STATES = {"in_force": "in force", "expired": "expired, and the shared form holds again", "not_yet": "not yet in force"}


def strengths(telling: Telling) -> Iterator[Line]:
    """Protective factors as recorded."""
    if telling.document.strengths:
        yield from heading("Strengths, which cancel nothing above")
    for strength in telling.document.strengths:
        known = [strength.evidence.rstrip(".")] if strength.evidence else []
        known.append(f"verified by {strength.verified_by}" if strength.verified_by else "nobody has verified this")
        yield bullet(f"{strength.what.rstrip('.')} ({'; '.join(known)})")


def waivers(telling: Telling) -> Iterator[Line]:
    """The area's waivers, also those that changed nothing."""
    if telling.document.waivers:
        yield from heading("Waivers of this area")
    for waiver in telling.document.waivers:
        marks = Span(telling.notes.marks(waiver.citations), "quiet")
        yield Line((Span(_waiver(waiver), "warning"), marks), 2, 2, Span("-"))


def _waiver(waiver: WaiverNotice) -> str:
    dates = f"from {day(waiver.start)} to {day(waiver.end)}, {_STATES[waiver.state]}"
    changed = f"It changed: {'; '.join(waiver.changed)}" if waiver.changed else "It changed nothing here"
    because = waiver.because.rstrip(".")
    return f"{words(waiver.waives)}: {waiver.instead}; {dates}; decided by {waiver.decided_by}: {because}. {changed}"


def problems(telling: Telling) -> Iterator[Line]:
    """What to look at again in the case and the packs."""
    if telling.document.problems:
        yield from heading("To look at again in the record")
    for problem in telling.document.problems:
        path = problem.path or ""
        where = f"{path}: " if ("." in path or "[" in path) and path not in problem.says else ""
        yield bullet(f"{where}{problem.says}", "warning")


def meanings(telling: Telling) -> Iterator[Line]:
    """Which form of a definition holds, where areas mean different things by it."""
    if telling.document.meanings:
        yield from heading("Meanings that differ from area to area")
    for meaning in telling.document.meanings:
        marks = Span(telling.notes.marks(meaning.citations), "quiet")
        yield Line((Span(f"{meaning_words(meaning)}: {meaning.reads}"), marks), 2, 2, Span("-"))


def not_in_force(telling: Telling) -> Iterator[Line]:
    """The rules that do not speak here, each with why."""
    if telling.document.not_in_force:
        yield from heading("Not in force")
    for rule in telling.document.not_in_force:
        yield bullet(f"{rule.title}: {rule.says}")


def used(telling: Telling) -> Iterator[Line]:
    """What the answer was made from, and where each setting came from."""
    record = telling.document.record
    yield from heading("What was used")
    for setting in telling.context.settings:
        yield bullet(f"{setting.name}: {setting.value}, from {setting.origin}")
    yield bullet(f"packs: {listing(map(_pack, record.packs))}")
    if record.plugins:
        yield bullet(f"plug-ins: {listing(f'{p.name} ({p.distribution} {p.version})' for p in record.plugins)}")
    replay = "" if record.replayable else f"; cannot be replayed: {record.why_not_replayable}"
    yield bullet(f"engine: safeguard-rules {record.engine}{replay}")


def _pack(pack: PackRecord) -> str:
    locality = f", {pack.kind}" if pack.kind != "pack" else ""
    return f"{pack.id} {pack.version} ({pack.status}{locality})"
