"""What a locality changes: contacts, carried demands, adopted, widened and narrowed meanings, moved thresholds, waivers.

A locality can only tighten (promise 14). What would weaken needs a waiver: cited, dated, decided by somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from safeguard_rules import messages
from safeguard_rules.language.elaborate import Elaborator, Frame
from safeguard_rules.language.tree import All, AnyOf, Condition, ParameterValue
from safeguard_rules.messages import Message
from safeguard_rules.packs.building import DemandContext, Draft, PackNames, carried_demand, cites, parameter_value
from safeguard_rules.packs.content import (
    Adoption,
    Contact,
    Definition,
    DefinitionForm,
    LocalityContent,
    Parameter,
    ParameterForm,
    Statement,
    Waiver,
)
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.models import LocalityFile, WaiverFile
from safeguard_rules.packs.names import Directory, Sort
from safeguard_rules.packs.tightening import MIXED, Polarity, implies
from safeguard_rules.reading.nodes import Node
from safeguard_rules.source import Place
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration, shorter
from safeguard_rules.values.truth import T

Form = TypeVar("Form", DefinitionForm, ParameterForm)
Cited = tuple[Statement, ...]


@dataclass(slots=True)
class LocalDraft:
    """A locality being put over the shared content in `draft`."""

    files: PackFiles
    draft: Draft
    background: Directory
    """The names of packs that the locality uses and that are not in the rulebook."""
    inactive: list[str] = field(default_factory=list)

    @property
    def file(self) -> LocalityFile:
        """What the locality's file holds."""
        assert isinstance(self.files.header, LocalityFile)
        return self.files.header

    def place(self, *path: str | int) -> Place:
        """A place in the locality's file."""
        return self.files.main.place(*path)

    def complain(self, message: Message, *path: str | int) -> None:
        """Adds an issue at a path of the locality's file."""
        self.draft.complain(message, self.place(*path))

    def find(self, sort: Sort, written: str, *path: str | int) -> str | None:
        """The full name of something shared; None where it is not in the rulebook (then inactive) or wrong (an issue)."""
        found = self.draft.directory.find(sort, self.files.id, written)
        if not isinstance(found, Message):
            return found
        elsewhere = self.background.find(sort, self.files.id, written)
        if isinstance(elsewhere, Message):
            self.complain(found, *path)
        else:
            self.inactive.append(elsewhere)
        return None

    def cites(self, written: Sequence[str], *path: str | int) -> Cited:
        """The statements that a list in the locality's file cites."""
        return cites(self.draft, self.files.id, self.files.main, written, path)

    def condition(self, node: Node, id_: str, of: str) -> Condition | None:
        """A condition of the locality's file."""
        names = PackNames(self.draft, self.files.id)
        elaborator = Elaborator(self.draft.vocabulary, names, self.draft.issues)
        return elaborator.condition(node, id_, Frame(None if of == "child" else of))


def apply(local: LocalDraft) -> LocalityContent:
    """Puts a locality over the shared content, all but the waivers' effect, and checks that it only tightens."""
    contacts = _contacts(local)
    _carry(local)
    polarity = Polarity(local.draft.rules.values(), local.draft.definitions)
    adoptions = _adopt(local, polarity)
    _widen(local, polarity)
    _narrow(local, polarity)
    _move(local, polarity)
    waivers = tuple(waiver for waiver in _waivers(local) if waiver is not None)
    return LocalityContent(
        local.files.id,
        local.file.title,
        contacts,
        adoptions,
        waivers,
        tuple(sorted(set(local.inactive))),
    )


def _contacts(local: LocalDraft) -> Mapping[str, Contact]:
    contacts = {}
    for key, file in local.file.contacts.items():
        cited = local.cites(file.cites, "contacts", key, "cites")
        contacts[key] = Contact(
            key, file.name, file.phone, file.hours, file.out_of_hours, file.url, file.checked_on, cited
        )
    needed = {
        action.contact: action for action in sorted(local.draft.actions.values(), key=lambda a: a.name, reverse=True)
    }
    for contact, action in sorted((key, action) for key, action in needed.items() if key is not None):
        if contact not in contacts:
            local.complain(messages.contact_missing(contact, action.name, sorted(contacts)), "contacts")
    return contacts


def _carry(local: LocalDraft) -> None:
    for written, demands in local.file.carries.items():
        name = local.find("rule", written, "carries", written)
        rule = local.draft.rules.get(name) if name is not None else None
        if rule is None:
            continue
        forms = []
        for form in rule.forms:
            added = []
            for i, demand in enumerate(demands):
                if not demand.cites:
                    local.complain(messages.missing_key("cites"), "carries", written, i)
                    continue
                context = DemandContext(local.files.main, form.for_each, (local.files.id,), (), (), local.files.id)
                added.append(carried_demand(demand, ("carries", written, i), context, local.files, local.draft))
            forms.append(replace(form, demands=(*form.demands, *(each for each in added if each is not None))))
        local.draft.rules[rule.name] = replace(rule, forms=tuple(forms))


def _adopt(local: LocalDraft, polarity: Polarity) -> tuple[Adoption, ...]:
    adoptions = []
    for written, file in local.file.adopts.items():
        path = ("adopts", written)
        cited = local.cites(file.cites, *path, "cites")
        definition = _definition(local, written, path)
        if definition is None:
            continue
        if (file.variant is None) == (file.not_known is None):
            local.complain(messages.adopts_one(), *path)
            continue
        if file.variant is not None:
            variant = _variant(local, definition, file.variant, *path, "variant")
            if variant is None or not _tightens(local, definition, variant.when, polarity, *path):
                continue
            _replace(local.draft, definition, [_meaning(form, variant) for form in definition.forms])
        adoptions.append(Adoption(definition.name, file.variant, file.not_known, cited))
    return tuple(adoptions)


def _definition(local: LocalDraft, written: str, path: Sequence[str | int]) -> Definition | None:
    name = local.find("definition", written, *path)
    return local.draft.definitions.get(name) if name is not None else None


def _variant(local: LocalDraft, definition: Definition, name: str, *path: str | int) -> DefinitionForm | None:
    variant = definition.variants.get(name)
    if variant is None:
        local.complain(messages.unknown_name("variant", name, sorted(definition.variants), ()), *path)
    return variant


def _meaning(form: DefinitionForm, meaning: DefinitionForm) -> DefinitionForm:
    """A form with another meaning; what holds while it is unknown stays (semantics, decision 7)."""
    return replace(form, reads=meaning.reads, when=meaning.when, cites=meaning.cites, form=meaning.form)


def _tightens(local: LocalDraft, definition: Definition, when: Condition, polarity: Polarity, *path: str | int) -> bool:
    direction = polarity.definition(definition.name)
    for form in definition.forms:
        wider, narrower = implies(form.when, when), implies(when, form.when)
        if not ((direction > 0 and wider) or (direction < 0 and narrower) or (wider and narrower)):
            local.complain(messages.weakens(definition.name, direction), *path)
            return False
    return True


def _widen(local: LocalDraft, polarity: Polarity) -> None:
    for written, file in local.file.widens.items():
        path = ("widens", written)
        cited = local.cites(file.cites, *path, "cites")
        definition = _definition(local, written, path)
        if definition is None:
            continue
        added = local.condition(file.or_if, f"{local.files.id}:widens.{written}.or_if", definition.of)
        if polarity.definition(definition.name) <= MIXED:
            local.complain(messages.cannot_widen(definition.name, polarity.definition(definition.name)), *path)
        elif added is not None:
            forms = [
                _with(form, AnyOf, added, f"{form.reads}, or {file.reads}", cited, "widened")
                for form in definition.forms
            ]
            _replace(local.draft, definition, forms)


def _narrow(local: LocalDraft, polarity: Polarity) -> None:
    for written, file in local.file.narrows.items():
        path = ("narrows", written)
        cited = local.cites(file.cites, *path, "cites")
        definition = _definition(local, written, path)
        if definition is None:
            continue
        added = local.condition(file.and_only_if, f"{local.files.id}:narrows.{written}.and_only_if", definition.of)
        if polarity.definition(definition.name) >= MIXED:
            local.complain(messages.cannot_narrow(definition.name, polarity.definition(definition.name)), *path)
        elif added is not None:
            forms = [
                _with(form, All, added, f"{form.reads}, and {file.reads}", cited, "narrowed")
                for form in definition.forms
            ]
            _replace(local.draft, definition, forms)


def _with(
    form: DefinitionForm,
    how: type[All] | type[AnyOf],
    added: Condition,
    reads: str,
    cited: Cited,
    label: str,
) -> DefinitionForm:
    when = how(f"{added.id}.with", added.place, (form.when, added))
    return replace(form, reads=reads, when=when, cites=(*form.cites, *cited), form=label)


def _move(local: LocalDraft, polarity: Polarity) -> None:
    for written, file in local.file.moves.items():
        path = ("moves", written)
        cited = local.cites(file.cites, *path, "cites")
        name = local.find("parameter", written, *path)
        parameter = local.draft.parameters.get(name) if name is not None else None
        value = parameter_value(file.value)
        if isinstance(value, Message):
            local.draft.complain(value, file.value.place)
            continue
        if parameter is None:
            continue
        direction = polarity.parameter(parameter.name)
        moved = [_direction(form.value, value) for form in parameter.forms]
        if any(way is None or (way != 0 and way != direction) for way in moved):
            local.complain(messages.weakens_parameter(parameter.name, direction), *path)
            continue
        forms = tuple(replace(form, value=value, cites=cited) for form in parameter.forms)
        local.draft.parameters[parameter.name] = Parameter(parameter.name, forms)


def _direction(old: ParameterValue, new: ParameterValue) -> int | None:
    """1 if the new value is certainly the larger, -1 the smaller, 0 the same; None if they do not compare."""
    match old, new:
        case int(), int():
            return (new > old) - (new < old)
        case Duration(), Duration():
            if old == new:
                return 0
            return 1 if shorter(old, new) == T else -1 if shorter(new, old) == T else None
        case When(), When():
            return (new.first > old.first) - (new.first < old.first)
    return None


# --- waivers


def _waivers(local: LocalDraft) -> Iterator[Waiver | None]:
    for i, file in enumerate(local.file.waivers):
        cited = local.cites(file.cites, "waivers", i, "cites")
        if file.end < file.start:
            local.complain(messages.ends_before_start(file.start, file.end), "waivers", i, "to")
            continue
        if file.value is not None:
            yield _parameter_waiver(local, file, i, cited)
        else:
            yield _definition_waiver(local, file, i, cited)


def _parameter_waiver(local: LocalDraft, file: WaiverFile, i: int, cited: Cited) -> Waiver | None:
    name = local.find("parameter", file.waives, "waivers", i, "waives")
    assert file.value is not None
    value = parameter_value(file.value)
    if isinstance(value, Message):
        local.draft.complain(value, file.value.place)
        return None
    if name is None or name not in local.draft.parameters:
        return None
    if any(type(form.value) is not type(value) for form in local.draft.parameters[name].forms):
        local.complain(messages.wrong_parameter_value(str(value)), "waivers", i, "value")
        return None
    form = ParameterForm(value, cited, file.start, file.end)
    return _waiver(name, file, cited, parameter=form)


def _definition_waiver(local: LocalDraft, file: WaiverFile, i: int, cited: Cited) -> Waiver | None:
    definition = _definition(local, file.waives, ("waivers", i, "waives"))
    given = [key for key in ("variant", "or_if", "and_only_if") if getattr(file, key) is not None]
    if len(given) != 1:
        local.complain(messages.waiver_says_one(), "waivers", i)
        return None
    if definition is None:
        return None
    base = definition.forms[0]
    if file.variant is not None:
        variant = _variant(local, definition, file.variant, "waivers", i, "adopts")
        form = None if variant is None else _meaning(base, variant)
    else:
        node = file.or_if if file.or_if is not None else file.and_only_if
        assert node is not None
        added = local.condition(node, f"{local.files.id}:waivers[{i}]", definition.of)
        how = AnyOf if file.or_if is not None else All
        form = None if added is None else _with(base, how, added, file.instead, cited, "waived")
    if form is None:
        return None
    waived = replace(form, start=file.start, end=file.end, cites=(*form.cites, *cited))
    return _waiver(definition.name, file, cited, definition=waived)


def _waiver(
    name: str,
    file: WaiverFile,
    cited: Cited,
    definition: DefinitionForm | None = None,
    parameter: ParameterForm | None = None,
) -> Waiver:
    return Waiver(name, file.instead, file.start, file.end, file.decided_by, file.because, cited, definition, parameter)


def with_waivers(
    definitions: Mapping[str, Definition], parameters: Mapping[str, Parameter], waivers: Sequence[Waiver]
) -> tuple[dict[str, Definition], dict[str, Parameter]]:
    """The meanings and thresholds as the waivers have them on their days; on all other days nothing changes."""
    waived_definitions, waived_parameters = dict(definitions), dict(parameters)
    for waiver in waivers:
        if waiver.definition is not None:
            old = waived_definitions[waiver.waives]
            forms = (*_outside(old.forms, waiver.start, waiver.end), waiver.definition)
            waived_definitions[waiver.waives] = replace(old, forms=forms)
        if waiver.parameter is not None:
            threshold = waived_parameters[waiver.waives]
            values = (*_outside(threshold.forms, waiver.start, waiver.end), waiver.parameter)
            waived_parameters[waiver.waives] = replace(threshold, forms=values)
    return waived_definitions, waived_parameters


def _outside(forms: Sequence[Form], start: date, end: date) -> Iterator[Form]:
    """The forms over the days before `start` and after `end`."""
    day = timedelta(days=1)
    for form in forms:
        if form.start is None or form.start < start:
            yield replace(form, end=start - day if form.end is None else min(form.end, start - day))
        if form.end is None or form.end > end:
            yield replace(form, start=end + day if form.start is None else max(form.start, end + day))


def _replace(draft: Draft, definition: Definition, forms: Sequence[DefinitionForm]) -> None:
    draft.definitions[definition.name] = replace(definition, forms=tuple(forms))
