"""The tests of facts: for each fact exactly the operators that its kind takes, with its words, in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeguard_rules.language.operators import OPERATORS, Takes, operators_for
from safeguard_rules.language.readable import readable_facts
from safeguard_rules.reports.words import sentence
from safeguard_rules.schemas.known import Known, Threshold, offers, written
from safeguard_rules.schemas.pieces import Offer, Schema, chosen, closed, described, ref
from safeguard_rules.values.special import NOT_YET
from safeguard_rules.vocabulary.facts import Fact, Kind, Vocabulary
from safeguard_rules.vocabulary.kinds import STAGES

_SEVERAL = {"minItems": 1, "uniqueItems": True}


def facts_of_conditions(vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """The facts that a condition may test, in the order of the vocabulary; text is shown and never tested."""
    facts = (vocabulary.facts[path] for path in readable_facts(vocabulary))
    return tuple(fact for fact in facts if fact.kind is not Kind.TEXT)


def definition_name(fact: Fact) -> str:
    """Under which name the tests of a fact stand in a schema."""
    return f"tests of {fact.path}"


def fact_definitions(vocabulary: Vocabulary, known: Known) -> dict[str, Schema]:
    """The tests of every fact, and what stands on their right-hand sides."""
    found: dict[str, Schema] = {f"parameter of {each}": _parameter(known, each) for each in _THRESHOLDS}
    found["moment"] = {"anyOf": [ref("parameter of date"), _other_fact(_facts_like(Kind.DATE, None, vocabulary))]}
    for fact in facts_of_conditions(vocabulary):
        found[definition_name(fact)] = described(_tests(fact, vocabulary), fact_text(fact))
    return found


def fact_text(fact: Fact) -> str:
    """What a fact means, with its question; of a derived fact what it is worked out from."""
    parts = [fact.description]
    if fact.derived:
        parts.append(f"Worked out from {', '.join(f'`{path}`' for path in fact.reads)}; it is never entered.")
    elif fact.name != "id":
        parts.append(f"Asked as: {fact.question}")
    if len(fact.stages) < len(STAGES):
        parts.append(f"Only for: {', '.join(f'`{stage}`' for stage in STAGES if stage in fact.stages)}.")
    return "\n\n".join(parts)


def fact_offers(facts: Iterable[Fact], *, others: bool = True) -> Iterator[Offer]:
    """Paths of facts as names that complete, those of lists also as the `other` record's."""
    of_other: dict[str, Offer] = {}
    for fact in facts:
        yield Offer(fact.path, fact_text(fact))
        if others and fact.owner not in ("child", "case", "pregnancy") and not fact.owner.startswith("extra."):
            means = f"The same fact of the other record: {fact.phrase}."
            of_other.setdefault(fact.name, Offer(f"other.{fact.name}", means))
    yield from of_other.values()


# --- the right-hand sides

_THRESHOLDS: tuple[Threshold, ...] = ("number", "length", "date")
_HELD = {"number": "a whole number", "length": "a length of time", "date": "a day"}


def _parameter(known: Known, kind: Threshold) -> Schema:
    fitting = [each for each in known.parameters if kind in each.holds]
    return chosen(offers(fitting), written(fitting), f"parameter with {_HELD[kind]}")


def _tests(fact: Fact, vocabulary: Vocabulary) -> Schema:
    """What may stand alone, and the operators; one schema for all, so that a complaint is of the one that is meant."""
    named = {
        name: described(_operand(fact, OPERATORS[name].takes[fact.kind], vocabulary), _english(fact, name))
        for name in operators_for(fact.kind)
        if fact.may_be_not_yet or OPERATORS[name].takes[fact.kind] is not Takes.NOT_YET
    }
    types, alone = _bare(fact)
    message = f"{fact.path} takes {_ALONE[fact.kind] if types else ''}{', '.join(named)}"
    return {**closed(named), **alone, "type": ["object", *types], "minProperties": 1, "errorMessage": message}


_ALONE = {
    Kind.WORD: "one of its words, a list of them, or ",
    Kind.BOOLEAN: "true or false, or ",
    Kind.DATE: "not_yet, or ",
}


def _bare(fact: Fact) -> tuple[list[str], Schema]:
    """What may stand alone, without an operator: its types, and what is asked of them."""
    if fact.kind is Kind.WORD:
        either = [_word(fact), {"type": ["object", "array"]}]
        return ["string", "array"], {"anyOf": either, **_words(fact)}
    if fact.kind is Kind.BOOLEAN:
        return ["boolean"], {}
    if fact.kind is Kind.DATE and fact.may_be_not_yet:
        return ["string"], {"anyOf": [{"const": NOT_YET.word}, {"type": "object"}]}
    return [], {}


def _english(fact: Fact, operator: str) -> str:
    return sentence(OPERATORS[operator].english.format(fact=fact.phrase, value="…"))


def _operand(fact: Fact, takes: Takes, vocabulary: Vocabulary) -> Schema:
    parameter = ref("parameter of number" if fact.kind is Kind.NUMBER else "parameter of length")
    match takes:
        case Takes.WORD:
            return _word(fact)
        case Takes.WORDS:
            return _words(fact)
        case Takes.FLAG:
            return {"type": "boolean"}
        case Takes.EMPTY:
            return {"const": []}
        case Takes.THRESHOLD | Takes.LENGTH:
            return parameter
        case Takes.THRESHOLDS:
            return {"type": "array", "items": parameter, "minItems": 2, "maxItems": 2}
        case Takes.MOMENT:
            return ref("moment")
        case Takes.NOT_YET:
            return {"const": NOT_YET.word}
        case Takes.REFERENCE:
            return _other_fact(_facts_like(Kind.REFERENCE, fact.refers_to, vocabulary))


def _word(fact: Fact) -> Schema:
    return {"type": "string", "enum": list(fact.words)}


def _words(fact: Fact) -> Schema:
    return {"type": "array", "items": _word(fact), **_SEVERAL}


def _facts_like(kind: Kind, refers_to: str | None, vocabulary: Vocabulary) -> list[Fact]:
    return [fact for fact in facts_of_conditions(vocabulary) if fact.kind is kind and fact.refers_to == refers_to]


def _other_fact(facts: Iterable[Fact]) -> Schema:
    found = list(fact_offers(facts))
    return closed({"fact": chosen(found, (), "fact to hold it against")}, ["fact"])
