"""An evaluation as a text for people: what to do now, what to find out, why, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.reports.acting import what_to_do_now
from safeguard_rules.reports.asking import what_to_find_out
from safeguard_rules.reports.closing import meanings, not_in_force, problems, strengths, used, waivers
from safeguard_rules.reports.context import Context, Telling
from safeguard_rules.reports.detailing import already_done, each_action
from safeguard_rules.reports.lines import WIDTH, Line, heading, line, plain
from safeguard_rules.reports.notes import Notes
from safeguard_rules.reports.reasons import other_findings, ruled_out_by_carers, undecided, why
from safeguard_rules.reports.words import day, listing, words
from safeguard_rules.results import EvaluationDocument


def evaluation_text(document: EvaluationDocument, context: Context | None = None, width: int = WIDTH) -> str:
    """The text of an evaluation, plain, wrapped to a width in characters; it ends with a line end."""
    return plain(evaluation_lines(document, context), width)


def evaluation_lines(document: EvaluationDocument, context: Context | None = None) -> tuple[Line, ...]:
    """The same as lines whose words say what they are, for somebody who can show colours."""
    words_around = context or Context()
    telling = Telling(document, words_around, Notes(document.record.locality))
    return tuple(_parts(telling))


def _parts(telling: Telling) -> Iterator[Line]:
    yield from _header(telling)
    yield from what_to_do_now(telling)
    yield from what_to_find_out(telling)
    yield from each_action(telling)
    yield from why(telling)
    yield from ruled_out_by_carers(telling)
    yield from already_done(telling)
    yield from strengths(telling)
    yield from waivers(telling)
    yield from problems(telling)
    if telling.context.everything:
        yield from other_findings(telling)
        yield from meanings(telling)
        yield from not_in_force(telling)
    else:
        yield from _counts(telling)
    yield from used(telling)
    sources = telling.notes.lines()
    if sources:
        yield from heading("Sources")
        yield from sources


def _header(telling: Telling) -> Iterator[Line]:
    record = telling.document.record
    child = telling.context.child or "the child"
    area = f"in {telling.context.area or words(record.locality)}" if record.locality else "no area given"
    asking = f", asked by: {words(record.role)}" if record.role else ""
    yield line(f"{child[:1].upper()}{child[1:]}, {day(record.as_of)}, {area}{asking}", "title")
    drafts = [pack.id for pack in record.packs if pack.status == "draft"]
    if drafts and len(drafts) == len(record.packs):
        whose = "All packs used are drafts"
    elif drafts:
        whose = f"The packs {listing(drafts)} are drafts"
    else:
        whose = ""
    said = f"{whose}, not reviewed by a safeguarding lead. " if whose else ""
    yield line(f"{said}These are recommendations from guidance; a person decides.", "quiet")


def _counts(telling: Telling) -> Iterator[Line]:
    counted = list(undecided(telling))
    if counted:
        yield from heading("Everything else")
        yield from counted
