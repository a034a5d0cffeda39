"""Which facts, words and thresholds the rules of a rulebook read: what generated cases are aimed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.language.tree import (
    Condition,
    Count,
    FactRef,
    ParameterRef,
    ParameterValue,
    Quantifier,
    Test,
    walk,
)
from safeguard_rules.packs.content import Content, RuleForm
from safeguard_rules.packs.graph import Reach
from safeguard_rules.vocabulary.facts import Kind, Vocabulary


@dataclass(slots=True)
class Uses:
    """What is held against each fact, by its path: words, whole lists of words, and the values of parameters."""

    words: dict[str, dict[str, None]] = field(default_factory=dict)
    lists: dict[str, dict[tuple[str, ...], None]] = field(default_factory=dict)
    thresholds: dict[str, dict[ParameterValue, None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reads:
    """What some rules read: the paths of entered facts and the singulars of lists, each once, in a fixed order."""

    facts: tuple[str, ...]
    kinds: tuple[str, ...]


@lru_cache(maxsize=32)
def uses_of(rulebook: Rulebook) -> Uses:
    """What the rules of a rulebook hold against facts, in all their forms."""
    uses, content = Uses(), rulebook.content
    for condition in _all_conditions(content):
        for node in walk(condition):
            if isinstance(node, Test):
                _use(uses, node, content, rulebook.vocabulary)
    for rule in content.rules.values():
        for form in rule.forms:
            _counted_times(uses, form)
    return uses


@lru_cache(maxsize=1024)
def reads_of(rulebook: Rulebook, rule: str | None = None) -> Reads:
    """What one rule reads, by its full name, or all of them; derived facts are followed to what they are made of."""
    reach = Reach(lambda name: _meanings(rulebook.content, name))
    rules = rulebook.content.rules.values() if rule is None else (rulebook.content.rules[rule],)
    forms = [form for each in rules for form in each.forms]
    conditions = [condition for form in forms for condition in reach.conditions(form.when)]
    found = reads_in(conditions, rulebook.vocabulary)
    subjects = [form.for_each for form in forms if form.for_each is not None]
    return Reads(found.facts, tuple(dict.fromkeys((*subjects, *found.kinds))))


def reads_in(conditions: Iterable[Condition], vocabulary: Vocabulary) -> Reads:
    """What conditions read themselves, without their definitions."""
    paths: dict[str, None] = {}
    kinds: dict[str, None] = {}
    for condition in conditions:
        for node in walk(condition):
            if isinstance(node, Quantifier | Count):
                kinds[node.of] = None
            elif isinstance(node, Test):
                for ref in (node.ref, node.operand):
                    if isinstance(ref, FactRef):
                        _enter(paths, kinds, ref.fact.path, vocabulary)
    return Reads(tuple(paths), tuple(kinds))


def _enter(paths: dict[str, None], kinds: dict[str, None], path: str, vocabulary: Vocabulary) -> None:
    listed = vocabulary.kind_named(path)
    if listed is not None:
        kinds[listed.singular] = None
        return
    fact = vocabulary.facts[path]
    for read in fact.reads if fact.derived else ():
        _enter(paths, kinds, read, vocabulary)
    if not fact.derived and fact.name != "id":
        paths[path] = None
    if fact.owner in vocabulary.kinds:
        kinds[fact.owner] = None
    if fact.refers_to is not None and fact.name != "id":
        kinds[fact.refers_to] = None


def _meanings(content: Content, name: str) -> tuple[Condition, ...]:
    definition = content.definitions[name]
    found = [form.when for form in (*definition.forms, *definition.variants.values())]
    asked = [form.assumption.ask_unless for form in definition.forms if form.assumption is not None]
    return (*found, *(each for each in asked if each is not None))


def _all_conditions(content: Content) -> Iterator[Condition]:
    for rule in content.rules.values():
        for form in rule.forms:
            yield form.when
    for name in content.definitions:
        yield from _meanings(content, name)


def _use(uses: Uses, test: Test, content: Content, vocabulary: Vocabulary) -> None:
    path, operand = test.ref.fact.path, test.operand
    parts = operand if isinstance(operand, tuple) else (operand,)
    words = tuple(part for part in parts if isinstance(part, str))
    if words:
        uses.words.setdefault(path, {}).update(dict.fromkeys(words))
        uses.lists.setdefault(path, {})[words] = None
    for part in parts:
        if isinstance(part, ParameterRef):
            values = [form.value for form in content.parameters[part.name].forms]
            for fact in _dated_by(path, vocabulary):
                uses.thresholds.setdefault(fact, {}).update(dict.fromkeys(values))


def _dated_by(path: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The fact, and for a derived one the dates that it is made of."""
    yield path
    for read in vocabulary.facts[path].reads:
        fact = vocabulary.fact(read)
        if fact is not None and fact.kind is Kind.DATE:
            yield read


def _counted_times(uses: Uses, form: RuleForm) -> None:
    for demand in form.demands:
        if demand.within is not None and demand.within.length is not None and demand.within.counted_from is not None:
            uses.thresholds.setdefault(demand.within.counted_from.fact.path, {})[demand.within.length] = None
