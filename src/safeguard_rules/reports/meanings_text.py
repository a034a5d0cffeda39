"""The forms of each definition that areas mean differently: in words, whose they are, and what adopting one takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from safeguard_rules.language.english import Wording, reading
from safeguard_rules.packs.checking import in_force
from safeguard_rules.packs.content import Content, Definition, DefinitionForm, Statement, Unformed
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.models import LocalityFile
from safeguard_rules.packs.tightening import Polarity, tightens
from safeguard_rules.reports.lines import BLANK, Line, Span, bullet, line
from safeguard_rules.reports.words import areas_named, day, listing, words
from safeguard_rules.values.dates import AsOf

Adopting = Literal["shared", "free", "waiver"]
"""What adopting a form takes: nothing, as it is the shared one; nothing more; or a waiver."""

_TAKES: dict[Adopting, str] = {
    "shared": "holds wherever no other form is adopted",
    "free": "may be adopted freely: it never asks for less than the shared form",
    "waiver": "needs a waiver: it may ask for less than the shared form",
}
_USED = {1: "plainly, so a wider form asks for more", -1: "under `not`, so a narrower form asks for more"}
_MIXED = "both plainly and under `not`, so every other form needs a waiver"


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """One form of a definition, and what adopting it takes."""

    form: DefinitionForm
    adopting: Adopting


@dataclass(frozen=True, slots=True)
class LocalForm:
    """What a locality says of a definition: the variant that it has, or why its own form is not known."""

    locality: str
    title: str
    variant: str | None
    waived: bool
    not_known: str | None


@dataclass(frozen=True, slots=True)
class OfferedMeaning:
    """A definition with its forms on a day: the shared one first, then the variants by name.

    `direction` says how the rules use it: 1 plainly, -1 under `not`, 0 both.
    """

    definition: Definition
    direction: int
    forms: tuple[OfferedForm, ...]
    localities: tuple[LocalForm, ...]


def offered_meanings(content: Content, localities: Sequence[PackFiles], as_of: AsOf) -> tuple[OfferedMeaning, ...]:
    """The definitions of some packs, without a locality over them, of which there is more than one form, by name."""
    polarity = Polarity(content.rules.values(), content.definitions)
    return tuple(
        OfferedMeaning(
            definition,
            polarity.definition(name),
            tuple(_forms(definition, polarity.definition(name), as_of)),
            tuple(_local_forms(name, localities)),
        )
        for name, definition in content.definitions.items()
        if definition.variants or definition.no_form_from
    )


def _forms(definition: Definition, direction: int, as_of: AsOf) -> Iterator[OfferedForm]:
    for form in in_force(definition.forms, as_of.day):
        yield OfferedForm(form, "shared")
    for _, form in sorted(definition.variants.items()):
        freely = tightens(definition.forms, form.when, direction)
        yield OfferedForm(form, "free" if freely else "waiver")


def _local_forms(name: str, localities: Iterable[PackFiles]) -> Iterator[LocalForm]:
    meant = (name, name.rpartition(":")[2])
    for files in localities:
        header = files.header
        assert isinstance(header, LocalityFile)
        for written, adopted in header.adopts.items():
            if written in meant:
                yield LocalForm(files.id, header.title, adopted.variant, False, adopted.not_known)
        for waiver in header.waivers:
            if waiver.waives in meant and waiver.variant is not None:
                yield LocalForm(files.id, header.title, waiver.variant, True, None)


# --- text


def meanings_lines(meanings: Sequence[OfferedMeaning], wording: Wording, as_of: AsOf) -> tuple[Line, ...]:
    """The forms of each definition as a text."""
    return tuple(_meanings(meanings, wording, as_of))


def _meanings(meanings: Sequence[OfferedMeaning], wording: Wording, as_of: AsOf) -> Iterator[Line]:
    yield line(f"Meanings that differ from area to area, {day(str(as_of))}", "title")
    yield line("A locality says with `adopts` which form holds there. In all others the shared form holds.", "quiet")
    for each in meanings:
        yield BLANK
        yield from _meaning(each, wording)


def _meaning(meaning: OfferedMeaning, wording: Wording) -> Iterator[Line]:
    definition = meaning.definition
    yield Line((Span(words(definition.name), "heading"), Span(f" ({definition.name})", "quiet")))
    yield line(f"The rules use it {_USED.get(meaning.direction, _MIXED)}.", indent=2, hang=2)
    for offered in meaning.forms:
        yield from _form(offered, wording)
    if definition.no_form_from:
        yield line("No form is made of", indent=2)
    for unformed in definition.no_form_from:
        yield _unformed(unformed)
    if meaning.localities:
        yield line("Localities that say which form is theirs", indent=2)
    for local in meaning.localities:
        yield bullet(f"{local.title} ({local.locality}): {_local(local)}")


def _form(offered: OfferedForm, wording: Wording) -> Iterator[Line]:
    form = offered.form
    whose = f", as in {areas_named([area.title for area in form.used_by])}" if form.used_by else ""
    name = "shared form" if offered.adopting == "shared" else form.form
    yield Line((Span(name, "title"), Span(f"{whose}: {form.reads}")), 2, 2, Span("-"))
    yield line(reading(form.when, wording), indent=4, hang=6, lead="when")
    yield line(_TAKES[offered.adopting], "warning" if offered.adopting == "waiver" else "plain", indent=4, hang=2)
    yield line("; ".join(_sources(form.cites)), "quiet", indent=4, hang=6, lead="from")


def _sources(statements: Iterable[Statement]) -> Iterator[str]:
    """Each source once, with the places in it and how well they are known."""
    places: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for each in statements:
        places.setdefault((each.title, each.publisher, each.force, each.known), {})[each.at] = None
    for (title, publisher, force, known), at in places.items():
        yield f"{title} ({publisher}; {force}; {known}): {listing(at)}"


def _unformed(unformed: Unformed) -> Line:
    return bullet(f"{next(_sources([unformed.statement]))}. {unformed.why}")


def _local(local: LocalForm) -> str:
    if local.variant is None:
        return f"not known, so the shared form holds. {local.not_known}"
    return f"the form {local.variant}{', by a waiver' if local.waived else ''}"


# --- JSON


def meanings_tree(meanings: Sequence[OfferedMeaning], wording: Wording, as_of: AsOf) -> dict[str, object]:
    """The forms of each definition as a tree for JSON."""
    return {"as_of": str(as_of), "definitions": [_meaning_tree(each, wording) for each in meanings]}


def _meaning_tree(meaning: OfferedMeaning, wording: Wording) -> dict[str, object]:
    return {
        "definition": meaning.definition.name,
        "of": meaning.definition.of,
        "used": {1: "plainly", -1: "under not"}.get(meaning.direction, "both"),
        "forms": [_form_tree(each, wording) for each in meaning.forms],
        "no_form_from": [
            {**_statement_tree(each.statement), "why": each.why} for each in meaning.definition.no_form_from
        ],
        "localities": [
            {
                "id": each.locality,
                "title": each.title,
                "form": each.variant,
                "waived": each.waived,
                "not_known": each.not_known,
            }
            for each in meaning.localities
        ],
    }


def _form_tree(offered: OfferedForm, wording: Wording) -> dict[str, object]:
    form = offered.form
    return {
        "form": form.form,
        "adopting": offered.adopting,
        "reads": form.reads,
        "when": reading(form.when, wording),
        "used_by": [{"id": area.id, "title": area.title} for area in form.used_by],
        "cites": [_statement_tree(each) for each in form.cites],
    }


def _statement_tree(statement: Statement) -> dict[str, object]:
    return {
        "statement": statement.name,
        "source": statement.title,
        "publisher": statement.publisher,
        "at": statement.at,
        "says": statement.says,
        "force": statement.force,
        "known": statement.known,
        "area": statement.area,
    }
