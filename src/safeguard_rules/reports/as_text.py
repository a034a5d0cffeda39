"""An evaluation as a text for people: what to do now, what to find out, why, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from safeguard_rules.reports.acting import what_to_do_now
from safeguard_rules.reports.asking import what_to_find_out
from safeguard_rules.reports.closing import meanings, not_in_force, problems, strengths, used, waivers
from safeguard_rules.reports.context import Context, Telling
from safeguard_rules.reports.detailing import already_done, each_action
from safeguard_rules.reports.family import ChildrensAction, ChildsEvaluation, over_all_children
from safeguard_rules.reports.lines import BLANK, WIDTH, Line, heading, line, plain
from safeguard_rules.reports.notes import Notes
from safeguard_rules.reports.other_meanings import other_meanings
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
    yield from _about_one_child(telling)
    yield from _closing(telling)


def _about_one_child(telling: Telling) -> Iterator[Line]:
    yield from what_to_find_out(telling)
    yield from each_action(telling)
    yield from why(telling)
    yield from ruled_out_by_carers(telling)
    yield from other_meanings(telling)
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


def _closing(telling: Telling) -> Iterator[Line]:
    yield from used(telling)
    sources = telling.notes.lines()
    if sources:
        yield from heading("Sources")
        yield from sources


# --- a family


def family_text(children: Sequence[ChildsEvaluation], actions: Sequence[ChildrensAction], width: int = WIDTH) -> str:
    """The text of a family's evaluation, plain, wrapped to a width in characters."""
    return plain(family_lines(children, actions), width)


def family_lines(children: Sequence[ChildsEvaluation], actions: Sequence[ChildrensAction]) -> tuple[Line, ...]:
    """What to do now over all children, then each child's questions and reasons, as lines; at least one child."""
    return tuple(_family_parts(children, actions))


def _family_parts(children: Sequence[ChildsEvaluation], actions: Sequence[ChildrensAction]) -> Iterator[Line]:
    first = children[0]
    notes = Notes(first.document.record.locality)
    together = replace(first.context, child=listing(each.name for each in children))
    over_all = Telling(over_all_children(children, actions), together, notes)
    yield from _header(over_all)
    yield from what_to_do_now(over_all)
    for child in children:
        yield BLANK
        yield line(child.name[:1].upper() + child.name[1:], "title")
        yield from _about_one_child(Telling(child.document, child.context, notes))
    yield from _closing(over_all)


def _header(telling: Telling) -> Iterator[Line]:
    record = telling.document.record
    child = telling.context.child or "the child"
    area = f"in {telling.context.area or words(record.locality)}" if record.locality else "no area given"
    asking = f", asked by: {words(record.role)}" if record.role else ""
    yield line(f"{child[:1].upper()}{child[1:]}, {day(record.as_of)}, {area}{asking}", "title")
    drafts = [pack.id for pack in record.packs if pack.status == "draft"]
    said = ""
    if drafts:
        which = "All packs" if len(drafts) == len(record.packs) else f"The packs {listing(drafts)}"
        said = f"{which} are drafts that no safeguarding lead has reviewed. "
    yield line(f"{said}Recommendations only: a person decides.", "quiet")


def _counts(telling: Telling) -> Iterator[Line]:
    counted = list(undecided(telling))
    if counted:
        yield from heading("Everything else")
        yield from counted
