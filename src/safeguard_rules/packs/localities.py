"""What a locality changes: contacts, carried demands, adopted and changed meanings, moved thresholds, waivers.

A locality can only tighten (promise 14). What would weaken needs a waiver: cited, dated, decided by somebody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from safeguard_rules import messages
from safeguard_rules.language.tree import All, AnyOf, ParameterValue
from safeguard_rules.messages import Message, nearest
from safeguard_rules.packs.citing import Span
from safeguard_rules.packs.content import Adoption, Contact, Definition, DefinitionForm, LocalityContent, Parameter
from safeguard_rules.packs.demands import DemandContext, demand_form
from safeguard_rules.packs.draft import Path
from safeguard_rules.packs.hours import opening_hours
from safeguard_rules.packs.local_draft import LocalDraft, with_added, with_meaning
from safeguard_rules.packs.parameters import parameter_value
from safeguard_rules.packs.tightening import MIXED, Polarity, tightens
from safeguard_rules.packs.waivers import waivers_of
from safeguard_rules.values.dates import When
from safeguard_rules.values.durations import Duration, shorter
from safeguard_rules.values.truth import T


def apply(local: LocalDraft) -> LocalityContent:
    """Puts a locality over the shared content, all but the waivers' effect, and checks that it only tightens."""
    contacts = _contacts(local)
    _carry(local)
    polarity = Polarity(local.draft.rules.values(), local.draft.definitions)
    adoptions = _adopt(local, polarity)
    _widen(local, polarity)
    _narrow(local, polarity)
    _move(local, polarity)
    return LocalityContent(
        local.files.id,
        local.file.title,
        contacts,
        adoptions,
        waivers_of(local),
        tuple(sorted(set(local.inactive))),
    )


def _contacts(local: LocalDraft) -> Mapping[str, Contact]:
    contacts = {}
    for key, file in local.file.contacts.items():
        cited = local.cites(file.cites, "contacts", key, "cites")
        contacts[key] = Contact(
            key, file.name, file.phone, opening_hours(local, key), file.out_of_hours, file.url, file.checked_on, cited
        )
    _check_contacts(local, (*contacts, *local.files.main.broken.get("contacts", ())))
    return contacts


def _check_contacts(local: LocalDraft, given: Sequence[str]) -> None:
    """Complains about each contact that an action needs and the locality lacks, once, for the first such action."""
    missing: dict[str, str] = {}
    for name, action in sorted(local.draft.actions.items()):
        if action.contact is not None and action.contact not in given:
            missing.setdefault(action.contact, name)
    for contact, name in missing.items():
        near = nearest(contact, given)
        local.complain(messages.contact_missing(contact, name, near), "contacts", *([near] if near else []))


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
                span = Span(None, form.end, follows=True)
                context = DemandContext(
                    local.files.main, form.for_each, (local.files.id,), (), (), span, local.files.id
                )
                added.append(demand_form(demand, ("carries", written, i), context, local.pack))
            forms.append(replace(form, demands=(*form.demands, *(each for each in added if each is not None))))
        local.draft.rules[rule.name] = replace(rule, forms=tuple(forms))


def _adopt(local: LocalDraft, polarity: Polarity) -> tuple[Adoption, ...]:
    adoptions = []
    for written, file in local.file.adopts.items():
        path = ("adopts", written)
        cited = local.cites(file.cites, *path, "cites")
        definition = local.definition(written, *path)
        if definition is None:
            continue
        if (file.variant is None) == (file.not_known is None):
            local.complain(messages.adopts_one(), *path)
            continue
        if file.variant is not None:
            variant = local.variant(definition, file.variant, *path, "variant")
            if variant is None:
                continue
            direction = polarity.definition(definition.name)
            if not tightens(definition.forms, variant.when, direction):
                local.complain(messages.weakens(definition.name, direction), *path)
                continue
            _replace(local, definition, [with_meaning(form, variant) for form in definition.forms], path)
        adoptions.append(Adoption(definition.name, file.variant, file.not_known, cited))
    return tuple(adoptions)


def _widen(local: LocalDraft, polarity: Polarity) -> None:
    for written, file in local.file.widens.items():
        path = ("widens", written)
        cited = local.cites(file.cites, *path, "cites")
        definition = local.definition(written, *path)
        if definition is None:
            continue
        added = local.condition(file.or_if, f"{local.files.id}:widens.{written}.or_if", definition.of)
        if polarity.definition(definition.name) <= MIXED:
            local.complain(messages.cannot_widen(definition.name, polarity.definition(definition.name)), *path)
        elif added is not None:
            forms = [
                with_added(form, AnyOf, added, f"{form.reads}, or {file.reads}", cited, "widened")
                for form in definition.forms
            ]
            _replace(local, definition, forms, path)


def _narrow(local: LocalDraft, polarity: Polarity) -> None:
    for written, file in local.file.narrows.items():
        path = ("narrows", written)
        cited = local.cites(file.cites, *path, "cites")
        definition = local.definition(written, *path)
        if definition is None:
            continue
        added = local.condition(file.and_only_if, f"{local.files.id}:narrows.{written}.and_only_if", definition.of)
        if polarity.definition(definition.name) >= MIXED:
            local.complain(messages.cannot_narrow(definition.name, polarity.definition(definition.name)), *path)
        elif added is not None:
            forms = [
                with_added(form, All, added, f"{form.reads}, and {file.reads}", cited, "narrowed")
                for form in definition.forms
            ]
            _replace(local, definition, forms, path)


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
        old = [form.value for form in parameter.forms]
        if any(type(each) is not type(value) for each in old):
            message = messages.other_kind_of_parameter(parameter.name, str(old[0]), str(value))
            local.draft.complain(message, file.value.place)
            continue
        moved = [_direction(each, value) for each in old]
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


def _replace(local: LocalDraft, definition: Definition, forms: Sequence[DefinitionForm], path: Path) -> None:
    """Gives a definition other forms; what is wrong with them is said where the locality asks for them."""
    local.draft.definitions[definition.name] = definition.changed(tuple(forms))
    local.draft.places[("definition", definition.name)] = local.place(*path)
