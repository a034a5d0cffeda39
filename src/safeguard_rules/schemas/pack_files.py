"""The schemas of a pack's own files: `pack.yaml`, `*.rules.yaml` and the registers of sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pydantic import BaseModel

from safeguard_rules.language.readable import readable_kinds
from safeguard_rules.language.roles import ADDRESSES
from safeguard_rules.language.times import WORDS
from safeguard_rules.packs.citing import ID
from safeguard_rules.packs.content import OBLIGATIONS
from safeguard_rules.packs.draft import NAME, RESERVED
from safeguard_rules.packs.models import PackFile, RulesFile, SourceFile
from safeguard_rules.reports.words import sentence
from safeguard_rules.schemas.conditions import condition_definitions, condition_of
from safeguard_rules.schemas.facts import fact_offers, facts_of_conditions
from safeguard_rules.schemas.files import (
    Definitions,
    file_schema,
    name_like,
    named_here,
    put,
    put_everywhere,
    taken_out,
)
from safeguard_rules.schemas.known import Known, offers, written
from safeguard_rules.schemas.pieces import Offer, Schema, any_of, chosen, described, offered, ref
from safeguard_rules.schemas.shapes import definitions_of, tidied
from safeguard_rules.values.durations import Duration
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary

_DECLARED = {"actions": (), "parameters": (), "definitions": RESERVED, "rules": (), "ask_with_care": ()}


def pack_schema(vocabulary: Vocabulary, known: Known) -> Schema:
    """The schema of a `pack.yaml`."""
    definitions = rules_definitions(PackFile, vocabulary, known)
    put(definitions, "PackFile", "pack", {"type": "string", **name_like(NAME)})
    return file_schema(definitions, "PackFile")


def rules_schema(vocabulary: Vocabulary, known: Known) -> Schema:
    """The schema of a `*.rules.yaml`."""
    return file_schema(rules_definitions(RulesFile, vocabulary, known), "RulesFile")


def source_schema(known: Known) -> Schema:
    """The schema of the register of a source."""
    definitions = definitions_of(SourceFile)
    put(definitions, "SourceFile", "area", offered(known.areas))
    put(definitions, "SourceFile", "source", {"type": "string", **name_like(ID)})
    statements = definitions["SourceFile"]["properties"]["statements"]
    statements["propertyNames"] = name_like(ID)
    return file_schema(definitions, "SourceFile")


def rules_definitions(model: type[BaseModel], vocabulary: Vocabulary, known: Known) -> Definitions:
    """The models of a file that can hold rules, with what each of their keys takes: names, conditions, thresholds."""
    definitions = {**condition_definitions(vocabulary, known), **definitions_of(model), **_names(vocabulary, known)}
    put_everywhere(definitions, "cites", ref("statement"))
    put_everywhere(definitions, "uses", ref("pack"))
    for (inner, key), name in _PLACES.items():
        put(definitions, inner, key, ref(name))
    for key, refused in _DECLARED.items():
        top = definitions[model.__name__]["properties"]
        top[key] = named_here(top[key], refused)
    _oblige(definitions["DemandFile"])
    _conditions_of_rules(definitions, vocabulary)
    _conditions_of_definitions(definitions, vocabulary)
    return definitions


_PLACES = {
    ("ActionFile", "about"): "subject",
    ("ActionFile", "contact"): "contact",
    ("ActionFile", "after"): "action",
    ("NeverWithFile", "action"): "action",
    ("DemandFile", "about"): "reference",
    ("DemandFile", "for"): "role",
    ("WithinFile", "time"): "time",
    ("WithinFile", "from"): "date fact",
    ("ParameterFile", "value"): "threshold",
    ("DefinitionFile", "of"): "subject",
    ("RuleFile", "for_each"): "list",
    ("RuleFile", "for"): "role",
    ("RuleFile", "in"): "area",
    ("AskWithCareFile", "facts"): "what is asked for",
    ("AskWithCareFile", "action"): "action",
}
"""What the keys of packs take that the models only call text: by model and key the name of a definition."""


def _names(vocabulary: Vocabulary, known: Known) -> Definitions:
    """What can be named, by what it is."""
    readable = [vocabulary.kinds[kind] for kind in readable_kinds(vocabulary)]
    kinds = [Offer(kind.singular, sentence(f"one of the {kind.plural_phrase}")) for kind in readable]
    facts = facts_of_conditions(vocabulary)
    lists = [Offer(kind.name, sentence(kind.plural_phrase)) for kind in vocabulary.kinds.values()]
    return {
        "statement": chosen(offers(known.statements), written(known.statements), "statement to cite"),
        "action": chosen(offers(known.actions), written(known.actions), "action"),
        "pack": chosen(known.packs, (), "pack"),
        "area": chosen(known.areas, (), "locality"),
        "contact": offered(known.contacts),
        "list": chosen(kinds, (), "list"),
        "subject": chosen([Offer("child", "The child."), *kinds], (), "list"),
        "date fact": _facts(facts, Kind.DATE),
        "reference": _facts(facts, Kind.REFERENCE),
        "what is asked for": chosen([*lists, *fact_offers(facts, others=False)], (), "fact or list"),
        "role": {"type": "string", "enum": list(ADDRESSES)},
        "time": any_of([{"enum": list(WORDS)}, tidied(Duration.json_schema)]),
        "threshold": _threshold(),
    }


def _facts(facts: Iterable[Fact], kind: Kind) -> Schema:
    return chosen(fact_offers((fact for fact in facts if fact.kind is kind), others=False), (), "fact to use here")


def _threshold() -> Schema:
    length = described(tidied(Duration.json_schema), "A length of time, such as `24 hours` or `6 months`.")
    return {"anyOf": [length, {"type": "integer", "minimum": 0}, {"type": "string", "format": "date"}]}


def _follow(
    model: Schema, key: str, vocabulary: Vocabulary, conditions: Callable[[str | None], dict[str, Schema]]
) -> None:
    """Lets the conditions of a model follow the list that one of its keys names, or the child where it names none."""
    kinds = readable_kinds(vocabulary)
    model["allOf"] = [
        *(_branch({"properties": {key: {"const": kind}}, "required": [key]}, conditions(kind)) for kind in kinds),
        _branch({"not": {"properties": {key: {"enum": list(kinds)}}, "required": [key]}}, conditions(None)),
    ]


def _branch(where: Schema, properties: dict[str, Schema]) -> Schema:
    return {"if": where, "then": {"properties": properties}}


def _conditions_of_rules(definitions: Definitions, vocabulary: Vocabulary) -> None:
    text = taken_out(definitions, "RuleFile", "when")
    rule = definitions["RuleFile"]
    _follow(rule, "for_each", vocabulary, lambda kind: {"when": described(condition_of(kind), text)})


def _conditions_of_definitions(definitions: Definitions, vocabulary: Vocabulary) -> None:
    own = taken_out(definitions, "DefinitionFile", "when")
    variant = taken_out(definitions, "VariantFile", "when")
    unless = taken_out(definitions, "WhileUnknownFile", "ask_unless")

    def conditions(kind: str | None) -> dict[str, Schema]:
        condition = condition_of(kind)
        return {
            "when": described(condition, own),
            "variants": {"additionalProperties": {"properties": {"when": described(condition, variant)}}},
            "while_unknown": {"properties": {"ask_unless": described(condition, unless)}},
        }

    _follow(definitions["DefinitionFile"], "of", vocabulary, conditions)


def _oblige(demand: Schema) -> None:
    """Exactly one of the obligations, and it names an action."""
    for word in OBLIGATIONS:
        demand["properties"][word] = described(ref("action"), demand["properties"][word].get("description", ""))
    demand["anyOf"] = [{"required": [word]} for word in OBLIGATIONS]
    demand["dependentSchemas"] = {
        word: {
            "properties": {other: False for other in OBLIGATIONS if other != word},
            "errorMessage": "a demand has one obligation; give the other one a demand of its own",
        }
        for word in OBLIGATIONS
    }
