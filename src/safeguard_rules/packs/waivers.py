"""Waivers: cited, dated permissions to weaken a shared meaning or threshold, shown in every result (decision 39)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from safeguard_rules import messages
from safeguard_rules.language.tree import All, AnyOf
from safeguard_rules.messages import Message
from safeguard_rules.packs.content import Definition, DefinitionForm, Parameter, ParameterForm, Waiver
from safeguard_rules.packs.local_draft import Cited, LocalDraft, with_added, with_meaning
from safeguard_rules.packs.models import WaiverFile
from safeguard_rules.packs.parameters import parameter_value

Form = TypeVar("Form", DefinitionForm, ParameterForm)

_INSTEAD = {"variant": "adopts", "value": "value", "or_if": "or_if", "and_only_if": "and_only_if"}
"""What may hold instead: the field and the key as written."""


def waivers_of(local: LocalDraft) -> tuple[Waiver, ...]:
    """The waivers of a locality; what is wrong with one is an issue."""
    found: list[Waiver] = []
    for i, file in enumerate(local.file.waivers):
        cited = local.cites(file.cites, "waivers", i, "cites")
        waiver = _waiver(local, file, i, cited)
        if waiver is None:
            continue
        if any(each.waives == waiver.waives and _meet(each, waiver) for each in found):
            local.complain(messages.waivers_meet(waiver.waives), "waivers", i)
        found.append(waiver)
    return tuple(found)


def _meet(one: Waiver, other: Waiver) -> bool:
    return one.start <= other.end and other.start <= one.end


def _waiver(local: LocalDraft, file: WaiverFile, i: int, cited: Cited) -> Waiver | None:
    given = [written for name, written in _INSTEAD.items() if getattr(file, name) is not None]
    if len(given) != 1:
        local.complain(messages.waiver_says_one(given), "waivers", i)
        return None
    if file.end < file.start:
        local.complain(messages.ends_before_start(file.start, file.end), "waivers", i, "to")
        return None
    waiver = Waiver(file.waives, file.instead, file.start, file.end, file.decided_by, file.because, cited)
    if file.value is not None:
        return _of_parameter(local, file, i, waiver)
    return _of_definition(local, file, i, waiver)


def _of_parameter(local: LocalDraft, file: WaiverFile, i: int, waiver: Waiver) -> Waiver | None:
    name = local.find("parameter", file.waives, "waivers", i, "waives")
    assert file.value is not None
    value = parameter_value(file.value)
    if isinstance(value, Message):
        local.draft.complain(value, file.value.place)
        return None
    if name is None or name not in local.draft.parameters:
        return None
    old = [form.value for form in local.draft.parameters[name].forms]
    if any(type(each) is not type(value) for each in old):
        local.complain(messages.other_kind_of_parameter(name, str(old[0]), str(value)), "waivers", i, "value")
        return None
    return replace(waiver, waives=name, parameter=ParameterForm(value, waiver.cites, waiver.start, waiver.end))


def _of_definition(local: LocalDraft, file: WaiverFile, i: int, waiver: Waiver) -> Waiver | None:
    definition = local.definition(file.waives, "waivers", i, "waives")
    if definition is None or not definition.forms:
        return None
    base = next((form for form in definition.forms if _holds_on(form, waiver.start)), definition.forms[0])
    form = _form(local, file, i, definition, base, waiver.cites)
    if form is None:
        return None
    waived = replace(form, start=waiver.start, end=waiver.end)
    return replace(waiver, waives=definition.name, definition=waived)


def _form(
    local: LocalDraft, file: WaiverFile, i: int, definition: Definition, base: DefinitionForm, cited: Cited
) -> DefinitionForm | None:
    if file.variant is not None:
        variant = local.variant(definition, file.variant, "waivers", i, "adopts")
        if variant is None:
            return None
        return replace(with_meaning(base, variant), cites=(*variant.cites, *cited))
    node = file.or_if if file.or_if is not None else file.and_only_if
    assert node is not None
    added = local.condition(node, f"{local.files.id}:waivers[{i}]", definition.of)
    how = AnyOf if file.or_if is not None else All
    return None if added is None else with_added(base, how, added, file.instead, cited, "waived")


def _holds_on(form: DefinitionForm, day: date) -> bool:
    return (form.start is None or form.start <= day) and (form.end is None or day <= form.end)


def with_waivers(
    definitions: Mapping[str, Definition], parameters: Mapping[str, Parameter], waivers: Sequence[Waiver]
) -> tuple[dict[str, Definition], dict[str, Parameter]]:
    """The meanings and thresholds as the waivers have them on their days; on all other days nothing changes."""
    waived_definitions, waived_parameters = dict(definitions), dict(parameters)
    for waiver in waivers:
        if waiver.definition is not None:
            old = waived_definitions[waiver.waives]
            forms = (*_outside(old.forms, waiver.start, waiver.end), waiver.definition)
            waived_definitions[waiver.waives] = old.changed(forms)
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
