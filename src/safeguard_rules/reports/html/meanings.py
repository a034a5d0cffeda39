"""Definitions and thresholds: what they mean, what they are taken as while unknown, and what areas mean by them."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.language.english import reading
from safeguard_rules.packs.content import Adoption, Assumption, Definition, DefinitionForm, ParameterForm
from safeguard_rules.packs.names import pack_of
from safeguard_rules.reports.html.documented import Documented, dates
from safeguard_rules.reports.html.linking import Links
from safeguard_rules.reports.html.models import DefinitionPage, FormShown, Link, LocalPart, ReadShown, ThresholdShown
from safeguard_rules.reports.html.pictures import picture
from safeguard_rules.reports.html.places import definition_path, threshold_anchor
from safeguard_rules.reports.reasons import NATIONAL
from safeguard_rules.reports.words import sentence, upper_first, words


def definition_page(name: str, documented: Documented) -> DefinitionPage:
    """The page of a definition, with its other forms and with what each locality means by it."""
    links = Links(documented)
    definition = documented.definitions[name]
    pack = pack_of(name)
    book = documented.book_of(pack)
    form = documented.main_form(definition.forms)
    program = documented.program(book, form)
    assumption = form.assumption
    return DefinitionPage(
        head=links.head(definition_path(name), upper_first(words(name)), "Definition", links.pack(pack), of=pack),
        facts=(("Pack", documented.title(pack)), ("Name", name), ("Of", of_words(definition)), ("Holds", dates(form))),
        reads=sentence(form.reads),
        when=sentence(reading(form.when, program.wording)),
        picture=picture(form.when, program),
        while_unknown=_while_unknown(assumption, book, documented, form),
        assumed_from=links.cited(assumption.cites) if assumption is not None else (),
        cited=links.cited(form.cites),
        variants=tuple(_variant(definition, each, book, documented) for each in definition.variants),
        local=tuple(_local(name, documented)),
        history=tuple(_form(each, form, book, documented) for each in definition.forms),
        rules=links.rules(documented.users("definition", name)),
    )


def definition_read(name: str, book: Rulebook, documented: Documented) -> ReadShown:
    """A definition in a list: its name, what it reads, and what areas mean by it."""
    links = Links(documented)
    form = documented.main_form(book.content.definitions[name].forms)
    local = tuple((part.area, part.says[0]) for part in _local(name, documented))
    return ReadShown(links.definition(name), sentence(form.reads), local)


def threshold_read(name: str, book: Rulebook, documented: Documented) -> ReadShown:
    """A threshold in a list: its name, its value on the day, and the values of areas that move it."""
    links = Links(documented)
    form = documented.main_form(book.content.parameters[name].forms)
    return ReadShown(links.threshold(name), str(form.value), tuple(_moved(name, documented)))


def threshold_shown(name: str, documented: Documented) -> ThresholdShown:
    """A threshold with its values over time and in areas."""
    links = Links(documented)
    values = [(str(form.value), dates(form), links.cited(form.cites)) for form in documented.parameters[name].forms]
    values += [
        (str(form.value), f"in {documented.title(id_)}, {dates(form)}", links.cited(form.cites))
        for id_, form in _moved_forms(name, documented)
    ]
    used = links.rules(documented.users("parameter", name))
    return ThresholdShown(threshold_anchor(name), upper_first(words(name)), tuple(values), used)


def of_words(definition: Definition) -> str:
    """Whom or what a definition is of."""
    return "the child" if definition.of == "child" else f"one {words(definition.of)}"


# --- over time, and while unknown


def _form(form: DefinitionForm, main: DefinitionForm, book: Rulebook, documented: Documented) -> FormShown:
    when = sentence(reading(form.when, documented.program(book, form).wording))
    return FormShown(dates(form), sentence(form.reads), when, form is main, Links(documented).cited(form.cites))


def _while_unknown(assumption: Assumption | None, book: Rulebook, documented: Documented, form: DefinitionForm) -> str:
    if assumption is None:
        return "Nothing is assumed: what depends on it stays open, and it is asked."
    taken = "so" if assumption.value else "not so"
    how = ", as an exception that would stop the rule if it turned out to be so" if assumption.exception else ""
    granted = ""
    if assumption.ask_unless is not None:
        said = reading(assumption.ask_unless, documented.program(book, form).wording)
        granted = f" It is taken for granted, and nobody is asked, where this holds: {sentence(said)}"
    return f"It is taken as {taken}{how}.{granted}"


# --- other forms, and areas


def _variant(definition: Definition, name: str, book: Rulebook, documented: Documented) -> LocalPart:
    links, variant = Links(documented), definition.variants[name]
    adopted = [
        links.pack(id_).text
        for id_, (_, _, content) in documented.localities.items()
        for each in content.adoptions
        if (each.definition, each.variant) == (definition.name, name)
    ]
    program = documented.program(book)
    when = sentence(reading(variant.when, program.wording))
    says = (sentence(variant.reads), when, *(f"Holds in {area}." for area in adopted))
    drawn = picture(variant.when, program)
    return LocalPart(Link(f"Form “{words(name)}”"), says, (), links.cited(variant.cites), drawn)


def _local(name: str, documented: Documented) -> Iterator[LocalPart]:
    """What each locality means by a definition, where that is not just what the packs mean."""
    links = Links(documented)
    for id_, (_, book, content) in documented.localities.items():
        if id_ == pack_of(name) or name not in book.content.definitions:
            continue
        form = documented.main_form(book.content.definitions[name].forms)
        adopted = next((each for each in content.adoptions if each.definition == name), None)
        if form.form == NATIONAL and adopted is None:
            continue
        cited = dict.fromkeys((*form.cites, *(adopted.cites if adopted is not None else ())))
        drawn = None if form.form == NATIONAL else picture(form.when, documented.program(book, form))
        yield LocalPart(links.pack(id_), _meant(form, adopted), (), links.cited(cited), drawn)


def _meant(form: DefinitionForm, adopted: Adoption | None) -> tuple[str, ...]:
    if adopted is not None and adopted.not_known is not None:
        return (f"The shared meaning, because the area's own is not known: {sentence(adopted.not_known)}",)
    how = {"widened": "Wider: ", "narrowed": "Narrower: ", "waived": "By a waiver: "}.get(form.form)
    return (f"{how}{form.reads}." if how else f"The form “{words(form.form)}”: {form.reads}.",)


def _moved(name: str, documented: Documented) -> Iterator[tuple[Link, str]]:
    links = Links(documented)
    for id_, form in _moved_forms(name, documented):
        yield links.pack(id_), str(form.value)


def _moved_forms(name: str, documented: Documented) -> Iterator[tuple[str, ParameterForm]]:
    """The values of a threshold in localities that have another one than the packs."""
    shared = documented.parameters[name].forms
    for id_, (_, book, _) in documented.localities.items():
        if id_ == pack_of(name) or name not in book.content.parameters:
            continue
        yield from ((id_, form) for form in book.content.parameters[name].forms if form not in shared)
