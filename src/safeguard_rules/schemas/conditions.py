"""Conditions: one schema for each place where one may stand, which offers the facts and definitions of that place.

A condition of the child reads the child, the case and the pregnancy; one of an injury reads the injury as well; one
inside `where` also the record that is looked at, as `other.` where that is of the same list.
"""

from __future__ import annotations

from typing import NamedTuple

from safeguard_rules.language.finding import Frame
from safeguard_rules.language.operators import COUNTING, OPERATORS
from safeguard_rules.language.readable import readable_kinds
from safeguard_rules.reports.words import sentence
from safeguard_rules.schemas.facts import definition_name, fact_definitions, facts_of_conditions
from safeguard_rules.schemas.known import Known, offers, written
from safeguard_rules.schemas.pieces import Offer, Schema, chosen, closed, described, ref
from safeguard_rules.vocabulary.facts import Vocabulary

_ALWAYS = (Offer("always", "True for everybody."), Offer("never", "False for everybody."))
_JOINS = {
    "all": "True if every part is.",
    "any": "True if some part is.",
    "not": "True if the part is false; unknown stays unknown.",
}
_OVER = {
    "some": "True if it holds of at least one record of a list; false only if the list is complete.",
    "every": "True if it holds of all records of a list, or there are none; unknown while the list may be short.",
    "count": "True if the number of records passes the test, whatever is still unknown.",
}
_OF = "Which list, by its singular. Where it is the rule's own list, the other records are meant."
_WHERE = "A condition on one record: which of them are meant."
_EXPECTED = "expected the name of a definition, or facts and operators that can stand here"


class Owner(NamedTuple):
    """Whose facts and definitions are read: the child's (None), a record's, or the `other` record's."""

    kind: str | None
    other: bool = False

    def __str__(self) -> str:
        return f"{'other ' if self.other else ''}{self.kind or 'child'}"


def condition_definitions(vocabulary: Vocabulary, known: Known) -> dict[str, Schema]:
    """The schemas of all conditions by name, and what they are made of."""
    kinds = readable_kinds(vocabulary)
    found = fact_definitions(vocabulary, known)
    found["number of records"] = _number_of_records()
    for owner in (Owner(None), *(Owner(kind, other) for kind in kinds for other in (False, True))):
        found[f"facts of {owner}"] = _facts(owner, vocabulary)
        found[f"definitions of {owner}"] = _names(owner, known)
    for subject in (None, *kinds):
        for item in (None, *kinds):
            found[_name(Frame(subject, item))] = _condition(Frame(subject, item))
        found.update({f"{name} for {subject or 'child'}": _over(name, subject, vocabulary) for name in _OVER})
    return found


def condition_of(subject: str | None) -> Schema:
    """The condition of the child (None), or of one record of a list."""
    return ref(_name(Frame(subject)))


def _name(frame: Frame) -> str:
    of = f"condition of {frame.subject or 'child'}"
    return of if frame.item is None else f"{of} where {frame.item}"


def _owners(frame: Frame) -> tuple[Owner, ...]:
    """Whose facts and definitions can be read in a place."""
    inner = Owner(frame.item, frame.others)
    return tuple(dict.fromkeys((Owner(None), Owner(frame.subject), inner)))


# --- definitions, facts and joins


def _condition(frame: Frame) -> Schema:
    """The name of a definition, or facts with their tests, or one operator.

    It is one schema for texts and mappings, and no choice between two: so an editor complains of the one that is meant.
    """
    again = ref(_name(frame))
    several = {"type": "array", "items": again, "minItems": 1}
    operators = {name: described(again if name == "not" else several, text) for name, text in _JOINS.items()}
    if frame.item is None:
        over = {name: ref(f"{name} for {frame.subject or 'child'}") for name in _OVER}
        operators |= {name: described(schema, _OVER[name]) for name, schema in over.items()}
    return {
        "type": ["string", "object"],
        "errorMessage": _EXPECTED,
        "anyOf": [ref(f"definitions of {owner}") for owner in _owners(frame)],
        "minProperties": 1,
        "properties": operators,
        "dependentSchemas": {name: {"maxProperties": 1} for name in operators},
        "allOf": [ref(f"facts of {owner}") for owner in _owners(frame)],
        "unevaluatedProperties": False,
    }


def _facts(owner: Owner, vocabulary: Vocabulary) -> Schema:
    """The facts of the child, the case, the pregnancy and extensions (None), or of the records of a list."""
    facts = [
        fact
        for fact in facts_of_conditions(vocabulary)
        if fact.owner == owner.kind or (owner.kind is None and fact.owner not in vocabulary.kinds)
    ]
    return {
        "properties": {f"other.{fact.name}" if owner.other else fact.path: ref(definition_name(fact)) for fact in facts}
    }


def _names(owner: Owner, known: Known) -> Schema:
    """The definitions of the child, of a record or of the `other` record; what is no text is left to others."""
    named = [each for each in known.definitions if each.of == (owner.kind or "child")]
    prefix = "other." if owner.other else ""
    also = [f"{prefix}{name}" for name in written(named)]
    shown = [Offer(f"{prefix}{each.name}", each.means) for each in offers(named)]
    found = chosen([*(_ALWAYS if owner.kind is None else ()), *shown], also, "definition")
    return {key: value for key, value in found.items() if key != "type"}


# --- lists


def _over(name: str, subject: str | None, vocabulary: Vocabulary) -> Schema:
    """`some`, `every` or `count` where the facts of a subject can be read; `where` follows the list named."""
    kinds = readable_kinds(vocabulary)
    of = [Offer(kind, sentence(vocabulary.kinds[kind].plural_phrase)) for kind in kinds]
    keys: dict[str, Schema | bool] = {"of": described(chosen(of, (), "list"), _OF), "where": True}
    required = ["of", "where"] if name == "every" else ["of"]
    if name == "count":
        keys["is"] = described(ref("number of records"), "The test of their number.")
        required = ["of", "is"]
    inside = [
        {
            "if": {"properties": {"of": {"const": kind}}, "required": ["of"]},
            "then": {"properties": {"where": described(ref(_name(Frame(subject, kind))), _WHERE)}},
        }
        for kind in kinds
    ]
    return {**closed(keys, required), "allOf": inside}


def _number_of_records() -> Schema:
    number = ref("parameter of number")
    pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    tests = {
        name: described(
            pair if name == "between" else number,
            sentence(OPERATORS[name].english.format(fact="the number of records", value="…")),
        )
        for name in COUNTING
    }
    return {"anyOf": [number, {**closed(tests), "minProperties": 1, "maxProperties": 1}]}
