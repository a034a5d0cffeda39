"""The shapes: every node and every operator of the language occurs, so that nothing goes untested unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from safeguard_rules.language.operators import COUNTING, OPERATORS
from safeguard_rules.language.tree import Condition, Count, FactRef, Quantifier, Scope, Test, Use, walk
from safeguard_rules.vocabulary.facts import Kind
from tests.oracle.books import Book, OtherFact
from tests.oracle.engines import content_of
from tests.oracle.facts import FIELDS, LISTS
from tests.oracle.shapes import Example, corpus

BOOKS = 1500


@cache
def drawn() -> tuple[Example, ...]:
    return tuple(corpus(BOOKS, cases=2, first=900_000))


def conditions(book: Book) -> Iterator[Condition]:
    content = content_of(book)
    for rule in content.rules.values():
        yield from walk(rule.forms[0].when)
    for definition in content.definitions.values():
        yield from walk(definition.forms[0].when)


@cache
def met() -> Counter[Any]:
    """How often each node, operator and scope is met in the books as the engine reads them."""
    found: Counter[Any] = Counter()
    for example in drawn():
        for node in conditions(example.book):
            found[type(node).__name__] += 1
            match node:
                case Use():
                    found["use", node.scope] += 1
                case Test():
                    found["test", node.operator.name, node.ref.fact.kind] += 1
                    found["scope", node.ref.scope] += 1
                    found["against", type(node.operand).__name__] += isinstance(node.operand, FactRef)
                    found["other", node.ref.written.startswith("other.")] += 1
                case Quantifier():
                    found["others", node.others] += 1
                    found["every", node.every] += 1
                case Count():
                    found["others", node.others] += 1
                    found["count", node.operator.name] += 1
    return found


def test_every_node_occurs() -> None:
    for name in ("Always", "All", "AnyOf", "Not", "Test", "Use", "Quantifier", "Count"):
        assert met()[name] > 20, name
    for scope in Scope:
        assert met()["use", scope] > 20
        assert met()["scope", scope] > 20
    for key in (("others", True), ("others", False), ("every", True), ("every", False), ("other", True)):
        assert met()[key] > 20, key
    assert met()["against", "FactRef"] > 20


def test_every_operator_occurs_on_every_kind_of_fact_that_it_takes() -> None:
    for operator in OPERATORS.values():
        for kind in operator.takes:
            assert met()["test", operator.name, kind] > 0, (operator.name, kind)
    for name in COUNTING:
        assert met()["count", name] > 5, name


def test_every_fact_of_the_small_vocabulary_is_tested() -> None:
    tested = {path for example in drawn() for path, _, _ in example.book.tests}
    named = {each.path for example in drawn() for _, _, each in example.book.tests if isinstance(each, OtherFact)}
    assert set(FIELDS) - tested - named <= {f"{kind}.id" for kind in LISTS}
    assert "person.id" in named


def test_every_way_of_assuming_occurs() -> None:
    found = Counter(
        (each.value, each.exception, each.ask_unless is not None)
        for example in drawn()
        for each in example.book.definitions.values()
    )
    for key in (
        (True, False, False),
        (False, False, False),
        (True, True, False),
        (False, True, False),
        (True, False, True),
    ):
        assert found[key] > 20, key


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def test_cases_are_partial_incomplete_ahead_and_doubtful() -> None:
    found: Counter[str] = Counter()
    for example in drawn():
        for given in example.cases:
            case = given.case
            found["removed"] += bool(given.removed)
            found["incomplete list"] += bool(case.get("incomplete"))
            found["incomplete set"] += any(
                "incomplete" in record for name in LISTS.values() for record in case.get(name) or ()
            )
            found["absent"] += any(name not in case for name in LISTS.values())
            found["empty"] += any(case.get(name) == [] for name in LISTS.values())
            found["stage unknown"] += "stage" not in case["child"]
            for text in texts(case):
                found["month"] += len(text) == 7 and text[:2] in ("19", "20")
                found["year"] += len(text) == 4 and text[:2] in ("19", "20")
                found["not yet"] += text == "not_yet"
                found["instant"] += text.endswith("Z")
                found["ahead"] += text[:4].isdigit() and len(text) == 10 and text > example.as_of[:10]
                found["month end"] += text.endswith(("-31", "-30", "-28", "-29")) and len(text) == 10
    for name in (
        "removed",
        "incomplete list",
        "absent",
        "empty",
        "stage unknown",
        "month",
        "year",
        "not yet",
        "instant",
    ):
        assert found[name] > 40, name
    assert min(found["ahead"], found["month end"], found["incomplete set"]) > 40


def test_kinds_of_facts_are_all_here_but_text() -> None:
    assert {Kind(kind) for _, _, kind in (key for key in met() if isinstance(key, tuple) and key[0] == "test")} == set(
        Kind
    ) - {Kind.TEXT}
