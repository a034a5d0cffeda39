"""From nodes to the condition tree."""

import pytest
from pydantic import BaseModel

from safeguard_rules.language.tree import (
    All,
    Always,
    AnyOf,
    Condition,
    Count,
    FactRef,
    Not,
    ParameterRef,
    Quantifier,
    Scope,
    Test,
    Use,
    walk,
)
from safeguard_rules.values.special import NOT_YET
from safeguard_rules.vocabulary.facts import Vocabulary
from tests.language.built import build, condition


def shown(node: Condition) -> object:
    """A tree as a nested tuple that is easy to read."""
    match node:
        case Always(value=value):
            return value
        case All(parts=parts):
            return ("all", *map(shown, parts))
        case AnyOf(parts=parts):
            return ("any", *map(shown, parts))
        case Not(part=part):
            return ("not", shown(part))
        case Use(definition=definition, scope=scope):
            return (definition, scope.value)
        case Quantifier(every=every, of=of, others=others, where=where):
            return ("every" if every else "some", of, others, shown(where))
        case Count(of=of, others=others, where=where, operator=operator, operand=operand):
            return ("count", of, others, shown(where), operator.name, operand)
        case Test(ref=ref, operator=operator, operand=operand):
            return (ref.fact.path, ref.scope.value, operator.name, operand)
    raise AssertionError(node)


FEW, SIX = ParameterRef("p:few"), ParameterRef("p:six_weeks")
TREES: list[tuple[str | None, str, object]] = [
    (None, "always", True),
    (None, "never", False),
    (None, "young", ("p:young", "one")),
    (None, "{not: young}", ("not", ("p:young", "one"))),
    (None, "{all: [always, {any: [young, never]}]}", ("all", True, ("any", ("p:young", "one"), False))),
    (None, "{child.disabled: true}", ("child.disabled", "one", "is", True)),
    (None, "{child.disabled: {is_not: false}}", ("child.disabled", "one", "is_not", False)),
    (None, "{case.plan: looked_after}", ("case.plan", "one", "is", "looked_after")),
    (None, "{case.plan: [no_plan, early_help]}", ("case.plan", "one", "one_of", ("no_plan", "early_help"))),
    (None, "{child.movements: {is: []}}", ("child.movements", "one", "is", ())),
    (None, "{child.age: {less_than: six_weeks}}", ("child.age", "one", "less_than", SIX)),
    (
        None,
        "{child.age: {between: [six_weeks, five_months]}}",
        ("child.age", "one", "between", (SIX, ParameterRef("p:five_months"))),
    ),
    (
        None,
        "{child.disabled: true, case.plan: no_plan}",
        ("all", ("child.disabled", "one", "is", True), ("case.plan", "one", "is", "no_plan")),
    ),
    (
        None,
        "{child.age: {at_least: six_weeks, less_than: five_months}}",
        (
            "all",
            ("child.age", "one", "at_least", SIX),
            ("child.age", "one", "less_than", ParameterRef("p:five_months")),
        ),
    ),
    (None, "{pregnancy.booked_on: not_yet}", ("pregnancy.booked_on", "one", "is", NOT_YET)),
    ("injury", "{injury.kind: bite}", ("injury.kind", "subject", "is", "bite")),
    ("injury", "fresh", ("p:fresh", "subject")),
    (None, "{some: {of: injury}}", ("some", "injury", False, True)),
    (None, "{some: {of: injury, where: fresh}}", ("some", "injury", False, ("p:fresh", "item"))),
    (
        "person",
        "{every: {of: injury, where: {injury.kind: bite, person.sex: male}}}",
        (
            "every",
            "injury",
            False,
            ("all", ("injury.kind", "item", "is", "bite"), ("person.sex", "subject", "is", "male")),
        ),
    ),
    (
        "person",
        "{some: {of: person, where: {other.sex: male}}}",
        ("some", "person", True, ("person.sex", "item", "is", "male")),
    ),
    (
        "person",
        "{some: {of: person, where: {person.sex: male}}}",
        ("some", "person", True, ("person.sex", "subject", "is", "male")),
    ),
    ("person", "{some: {of: person, where: other.known_man}}", ("some", "person", True, ("p:known_man", "item"))),
    ("person", "{some: {of: person, where: known_man}}", ("some", "person", True, ("p:known_man", "subject"))),
    (None, "{count: {of: injury, is: {at_least: few}}}", ("count", "injury", False, True, "at_least", FEW)),
    (None, "{count: {of: injury, where: fresh, is: few}}", ("count", "injury", False, ("p:fresh", "item"), "is", FEW)),
    (
        None,
        "{count: {of: injury, is: {between: [few, many]}}}",
        ("count", "injury", False, True, "between", (FEW, ParameterRef("p:many"))),
    ),
]


@pytest.mark.parametrize(("each", "text", "expected"), TREES, ids=[text for _, text, _ in TREES])
def test_what_a_condition_becomes(each: str | None, text: str, expected: object) -> None:
    assert shown(condition(text, each)) == expected


def test_another_fact_on_the_right() -> None:
    test = condition("{incident.happened_on: {before: {fact: child.born_on}}}", "incident")
    assert isinstance(test, Test)
    assert isinstance(test.operand, FactRef)
    assert (test.operand.fact.path, test.operand.scope, test.operand.written) == (
        "child.born_on",
        Scope.ONE,
        "child.born_on",
    )


def test_every_node_has_an_id_of_its_own_and_its_place() -> None:
    inner = "{any: [young, {child.disabled: true, case.plan: no_plan}]}"
    text = f"{{all: [young, {{not: {inner}}}, {{some: {{of: injury, where: fresh}}}}]}}"
    nodes = list(walk(condition(text)))
    assert [node.id for node in nodes] == [
        "p:r.when",
        "p:r.when.all[0]",
        "p:r.when.all[1]",
        "p:r.when.all[1].not",
        "p:r.when.all[1].not.any[0]",
        "p:r.when.all[1].not.any[1]",
        "p:r.when.all[1].not.any[1].child.disabled",
        "p:r.when.all[1].not.any[1].case.plan",
        "p:r.when.all[2]",
        "p:r.when.all[2].some.where",
    ]
    assert [node.place.column for node in nodes][:3] == [8, 14, 22]


def test_two_tests_of_one_fact_have_ids_of_their_own() -> None:
    ids = [node.id for node in walk(condition("{child.age: {at_least: six_weeks, less_than: five_months}}"))]
    assert ids == ["p:r.when", "p:r.when.child.age.at_least", "p:r.when.child.age.less_than"]


def test_every_part_that_is_wrong_is_told_at_once() -> None:
    found, issues = build(
        "{all: [yuong, {child.movments: {includes: walks}}, {any: []}, {child.age: {less_than: 6 weeks}}]}"
    )
    assert found is None
    assert [issue.code for issue in issues] == ["unknown-definition", "unknown-fact", "empty-condition", "bare-value"]
    assert [issue.place.column for issue in issues] == [14, 22, 64, 93]


def test_text_is_never_tested() -> None:
    class Notes(BaseModel):
        """An extension with text."""

        remark: str | None = None

    vocabulary = Vocabulary.extended({"notes": Notes})
    _, (issue,) = build("{extra.notes.remark: something}", vocabulary=vocabulary)
    assert issue.code == "text-fact"


def test_a_fact_of_an_extension_is_tested_like_any_other() -> None:
    class Housing(BaseModel):
        """An extension with a flag."""

        heated: bool | None = None

    vocabulary = Vocabulary.extended({"housing": Housing})
    assert shown(condition("{extra.housing.heated: false}", vocabulary=vocabulary)) == (
        "extra.housing.heated",
        "one",
        "is",
        False,
    )
