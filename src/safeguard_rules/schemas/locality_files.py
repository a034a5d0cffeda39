"""The schema of a locality's file: what it changes is named by what the packs that it uses declare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeguard_rules.packs.draft import NAME
from safeguard_rules.packs.models import LocalityFile
from safeguard_rules.schemas.conditions import condition_of
from safeguard_rules.schemas.files import Definitions, by_name, file_schema, name_like, put, taken_out
from safeguard_rules.schemas.known import Known, Named, offers, written
from safeguard_rules.schemas.pack_files import rules_definitions
from safeguard_rules.schemas.pieces import Schema, chosen, described, exactly, one_or_many, ref
from safeguard_rules.vocabulary.facts import Vocabulary

_MEANINGS = {"widens": ("WidensFile", "or_if"), "narrows": ("NarrowsFile", "and_only_if")}


def locality_schema(vocabulary: Vocabulary, known: Known) -> Schema:
    """The schema of a locality's file."""
    definitions = rules_definitions(LocalityFile, vocabulary, known)
    put(definitions, "LocalParameterFile", "value", ref("threshold"))
    put(definitions, "WaiverFile", "value", ref("threshold"))
    put(definitions, "LocalityFile", "locality", {"type": "string", **name_like(NAME)})
    top: dict[str, Schema] = definitions["LocalityFile"]["properties"]
    _set(top, "carries", by_name(known.rules, lambda _: one_or_many(ref("DemandFile")), "rule"))
    _set(top, "moves", by_name(known.parameters, lambda _: ref("LocalParameterFile"), "parameter"))
    _set(top, "adopts", by_name(known.definitions, lambda each: ref(_adopting(each, definitions)), "definition"))
    for key, (model, place) in _MEANINGS.items():
        _changing(definitions, model, place, known)
        _set(top, key, _changes(known, model))
    _contacts(top, known)
    _waive(definitions, known)
    return file_schema(definitions, "LocalityFile")


def _set(top: dict[str, Schema], key: str, schema: Schema) -> None:
    """Gives a key of the file another schema; the key keeps its description."""
    top[key] = described(schema, top[key].get("description", ""))


def _adopting(definition: Named, definitions: Definitions) -> str:
    """The name of what a locality may say of one definition: one of its variants, or that its own form is not known."""
    if not definition.variants:
        return "AdoptsFile"
    name = f"AdoptsFile of {definition.full}"
    variant = chosen(definition.variants, (), "variant of this definition")
    definitions[name] = {"allOf": [ref("AdoptsFile"), {"properties": {"variant": variant}}]}
    return name


def _changing(definitions: Definitions, model: str, place: str, known: Known) -> None:
    """What a locality may add to a definition: a condition that reads what the definition itself reads."""
    text = taken_out(definitions, model, place)
    for of in _kinds(known.definitions):
        condition = described(condition_of(None if of == "child" else of), text)
        definitions[f"{model} of {of}"] = {"allOf": [ref(model), {"properties": {place: condition}}]}


def _changes(known: Known, model: str) -> Schema:
    return by_name(known.definitions, lambda each: ref(f"{model} of {each.of}"), "definition")


def _contacts(top: dict[str, Schema], known: Known) -> None:
    """The contacts that actions ask for are offered; a locality may have others."""
    contact = ref("ContactFile")
    shown = {offer.name: described(contact, offer.means) for offer in known.contacts}
    top["contacts"] = {**top["contacts"], "properties": shown}


def _waive(definitions: Definitions, known: Known) -> None:
    waived = (*known.definitions, *known.parameters)
    put(definitions, "WaiverFile", "waives", chosen(offers(waived), written(waived), "definition or parameter"))
    variants = {offer.name: offer for each in known.definitions for offer in each.variants}
    put(definitions, "WaiverFile", "adopts", chosen(variants.values(), (), "variant"))
    texts = {key: taken_out(definitions, "WaiverFile", key) for key in ("or_if", "and_only_if")}
    definitions["WaiverFile"]["allOf"] = [_waiving(of, known.definitions, texts) for of in _kinds(known.definitions)]


def _kinds(named: Iterable[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.of for each in named))


def _waiving(of: str, named: Iterable[Named], texts: Mapping[str, str]) -> Schema:
    """The conditions of a waiver read what the definition reads that it waives."""
    names = written(each for each in named if each.of == of)
    condition = condition_of(None if of == "child" else of)
    return {
        "if": {"properties": {"waives": {"pattern": exactly(names)}}, "required": ["waives"]},
        "then": {"properties": {key: described(condition, text) for key, text in texts.items()}},
    }
