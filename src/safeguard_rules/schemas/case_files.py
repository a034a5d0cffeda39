"""The schemas of cases: a case, a family, and the cases beside the rules of a pack, with what is expected of them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.case.document import CaseDocument
from safeguard_rules.case.family_contents import FamilyDocument
from safeguard_rules.case.shape import PARTS, SINGULARS
from safeguard_rules.reports.words import sentence
from safeguard_rules.schemas.files import Definitions, by_name, file_schema, put
from safeguard_rules.schemas.known import Known, offers, written
from safeguard_rules.schemas.pieces import Offer, Schema, chosen, described, offered, ref
from safeguard_rules.schemas.shapes import definitions_of
from safeguard_rules.testing.case_files import CasesFile
from safeguard_rules.testing.expecting import OBLIGATIONS
from safeguard_rules.vocabulary.facts import Vocabulary

_NEVER_SHORT = ("incomplete", "done", "children")
"""Lists that are no facts: nothing can be said to be missing from them."""

_ID = r"^[0-9A-Za-z_\u0080-\uffff][0-9A-Za-z_.:/\u0080-\uffff-]{0,79}$"
"""As the reader takes ids, in words that Python and JavaScript read alike: letters of any script, digits, `_.:/-`."""

_PLAIN_PARTS = ("case", "child", "pregnancy")


def case_schema(vocabulary: Vocabulary, known: Known) -> Schema:
    """The schema of a file with the case of one child, in YAML or JSON."""
    return file_schema(_case_definitions(CaseDocument, vocabulary, known), "CaseDocument")


def family_schema(vocabulary: Vocabulary, known: Known) -> Schema:
    """The schema of a file with a family, in YAML or JSON."""
    return file_schema(_case_definitions(FamilyDocument, vocabulary, known), "FamilyDocument")


def cases_schema(vocabulary: Vocabulary, known: Known) -> Schema:
    """The schema of a `*.cases.yaml`: made-up cases with what is expected of the rules."""
    definitions = {**_case_definitions(CaseContents, vocabulary, known), **definitions_of(CasesFile)}
    definitions |= {
        "action": chosen(offers(known.actions), written(known.actions), "action"),
        "definition": chosen(offers(known.definitions), written(known.definitions), "definition"),
        "path": _path(vocabulary),
    }
    put(definitions, "CaseEntry", "given", ref("CaseContents"))
    put(definitions, "CaseEntry", "locality", chosen(known.areas, (), "locality"))
    _expectations(definitions, known)
    return file_schema(definitions, "CasesFile")


# --- a case


def _case_definitions(model: type[BaseModel], vocabulary: Vocabulary, known: Known) -> Definitions:
    definitions = definitions_of(model)
    put(definitions, "Done", "action", offered(offers(known.actions)))
    for name, definition in definitions.items():
        properties = definition["properties"]
        _ids(properties)
        _incomplete(properties)
        _whole_numbers(properties)
        if "additionalProperties" in properties.get("evidence", {}):
            properties["evidence"] = _evidence(properties["evidence"], vocabulary)
        if "children" in properties:
            properties["children"]["minItems"] = 1
        if "extra" in properties:
            properties["extra"] = _extra(properties["extra"], vocabulary)
        if name == model.__name__ and "locality" in properties:
            put(definitions, name, "locality", offered(known.areas))
    return definitions


def _ids(properties: dict[str, Schema]) -> None:
    if "id" in properties:
        properties["id"].update(pattern=_ID, minimum=0)


def _incomplete(properties: dict[str, Schema]) -> None:
    """Only sets and lists of the same part can be said not to hold everything."""
    if "incomplete" not in properties:
        return
    sets = [name for name, each in properties.items() if name not in _NEVER_SHORT and _is_list(each)]
    found = {key: value for key, value in properties["incomplete"].items() if key != "items"}
    holds = {"items": {"type": "string", "enum": sets}} if sets else {"maxItems": 0}
    properties["incomplete"] = {**found, **holds}


def _is_list(schema: Schema) -> bool:
    return schema.get("type") == "array" or any(_is_list(each) for each in schema.get("anyOf", ()))


def _whole_numbers(properties: dict[str, Schema]) -> None:
    """No number of a case is negative."""
    for schema in properties.values():
        for each in (schema, *schema.get("anyOf", ())):
            if each.get("type") == "integer":
                each["minimum"] = 0


def _evidence(schema: Schema, vocabulary: Vocabulary) -> Schema:
    """Evidence by path: what needs no id is offered, the rest follows a pattern."""
    entry = schema["additionalProperties"]
    shown = {offer.name: described(entry, offer.means) for offer in _plain_paths(vocabulary)}
    paths = {"pattern": _paths(), "patternErrorMessage": "no list or fact of a case has this path"}
    return {**schema, "properties": shown, "propertyNames": paths}


def _extra(schema: Schema, vocabulary: Vocabulary) -> Schema:
    """What extensions add: of those in force what their models say, of others anything."""
    shown: dict[str, Schema] = {}
    for name, model in vocabulary.extensions.items():
        inner = {key: each for key, each in definitions_of(model)[model.__name__].items() if key != "required"}
        shown[name] = inner
    return {**schema, "properties": shown} if shown else schema


def _plain_paths(vocabulary: Vocabulary) -> list[Offer]:
    """The paths of lists, and of facts that need no id."""
    lists = [Offer(kind.name, sentence(kind.plural_phrase)) for kind in vocabulary.kinds.values()]
    facts = [
        Offer(fact.path, fact.description)
        for part in _PLAIN_PARTS
        for fact in vocabulary.facts_of(part)
        if not fact.derived
    ]
    return [*lists, *facts]


def _paths() -> str:
    """A pattern of all paths that a case can have."""
    plain = [rf"{part}\.(?:{'|'.join(PARTS[part].facts)})" for part in _PLAIN_PARTS]
    entries = [rf"{name}(?:\[[^\[\]]+\](?:\.(?:{'|'.join(PARTS[name].facts)}))?)?" for name in SINGULARS]
    extra = r"extra\.[^.\[\]]+\.[^.\[\]]+"
    return f"^(?:{'|'.join([*plain, *entries, extra])})$"


def _path(vocabulary: Vocabulary) -> Schema:
    known = [described({"const": offer.name}, offer.means) for offer in _plain_paths(vocabulary)]
    message = "no list or fact of a case has this path"
    return {"type": "string", "pattern": _paths(), "patternErrorMessage": message, "anyOf": [*known, {}]}


# --- what is expected


def _expectations(definitions: Definitions, known: Known) -> None:
    for word in OBLIGATIONS:
        put(definitions, "ActionsExpectation", word, ref("action"))
    for key in ("no_actions", "conflicts"):
        put(definitions, "Expectation", key, ref("action"))
    for key in ("questions", "no_questions"):
        put(definitions, "Expectation", key, ref("path"))
    for key in ("unless", "as_precaution"):
        put(definitions, "FindingExpectation", key, _assumed(known) if key == "as_precaution" else ref("definition"))
    expected: dict[str, Any] = definitions["Expectation"]["properties"]
    definitions["expected of a rule"] = expected["findings"]["additionalProperties"]
    findings = by_name(known.rules, lambda _: ref("expected of a rule"), "rule")
    expected["findings"] = described(findings, expected["findings"].get("description", ""))
    contact = expected["contacts"]["additionalProperties"]
    expected["contacts"]["properties"] = {each.name: described(contact, each.means) for each in known.contacts}


def _assumed(known: Known) -> Schema:
    """What a precaution may have assumed: a definition, or that the child is born."""
    stage = Offer("child.stage", "That the child is born.")
    return chosen((stage, *offers(known.definitions)), written(known.definitions), "definition")
