"""Derived facts that plug-ins add: what they may see, and what they may give."""

from typing import Any

import pytest

from safeguard_rules.errors import PluginError
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import NOT_APPLICABLE
from safeguard_rules.vocabulary.derived import Inputs, PluginDerivation
from safeguard_rules.vocabulary.facts import Kind, Vocabulary
from safeguard_rules.vocabulary.records import Derived
from safeguard_rules.vocabulary.view import view
from tests.vocabulary.looked_at import FATHER, MOTHER, case_of

GIVEN = {
    "people": [MOTHER | {"born_on": "2026"}, FATHER],
    "incidents": [{"id": "one", "by": "mother"}, {"id": "two"}],
    "plan": "no_plan",
}


def often_named(inputs: Inputs) -> bool | None:
    """Named in two incidents or more."""
    named = [each.value("by") for each in inputs.records("incident")]
    if named.count(inputs.id) > 1:
        return True
    return None if inputs.is_open("incident") or None in named else False


def run(
    function: Any,
    kind: Kind = Kind.BOOLEAN,
    words: tuple[str, ...] = (),
    reads: tuple[str, ...] = ("incident.by", "person.born_on", "case.plan"),
    removed: tuple[str, ...] = (),
    given: dict[str, Any] = GIVEN,
) -> Derived:
    plugin = PluginDerivation("person.test", kind, "whether it holds", "It holds.", reads, ("s/1",), function, words)
    vocabulary = Vocabulary.extended({}, [plugin])
    seen = view(case_of(given), AsOf.of("2026-03-10"), vocabulary, frozenset(removed))
    mother = next(each for each in seen.records("person") if each.id == "mother")
    return seen.derive(mother, "test")


def test_a_plugin_reads_what_it_declares_and_its_reasons_are_kept() -> None:
    assert run(often_named) == (
        None,
        ("incidents", "incidents[one].by", "incidents[two].by"),
        ("incidents[two].by",),
    )
    more = GIVEN | {"incidents": [{"id": "one", "by": "mother"}, {"id": "two", "by": "mother"}]}
    assert run(often_named, given=more) == (True, ("incidents", "incidents[one].by", "incidents[two].by"), ())


def test_an_absent_list_is_what_is_missing() -> None:
    assert run(often_named, given=GIVEN | {"incidents": None}).missing == ("incidents",)


def test_a_record_that_may_not_be_there_is_left_out_of_an_open_list() -> None:
    more = GIVEN | {"incidents": [{"id": "one", "by": "mother"}, {"id": "two", "by": "mother"}]}
    assert run(often_named, given=more, removed=("incidents[one]",)).value is None


def test_a_plugin_reads_its_own_record_and_the_case() -> None:
    assert run(lambda inputs: inputs.value("case.plan") == "no_plan").value is True
    assert run(lambda inputs: inputs.value("person.born_on") is not None).value is True


def test_a_plugin_cannot_tell_the_day_of_the_evaluation_from_a_cut_date() -> None:
    derived = run(lambda inputs: inputs.value("person.born_on"), Kind.DATE)
    assert derived.value == When.parse("2026")


UNDECLARED = [
    (lambda inputs: inputs.value("person.sex"), "reads `person.sex`, which it does not declare"),
    (lambda inputs: inputs.value("child.stage"), "reads `child.stage`, which it does not declare"),
    (lambda inputs: inputs.records("contact"), "reads `contacts`, which it does not declare"),
    (lambda inputs: inputs.is_open("contact"), "reads `contacts`, which it does not declare"),
    (lambda inputs: inputs.records("incident")[0].value("against"), "reads `incident.against`, which it does not"),
    (lambda inputs: inputs.value("incident.by"), "reads `incident.by`; read it from the records of its list"),
    (lambda inputs: inputs.as_of, "failed: "),
    (lambda _inputs: 1 // 0, "the derived fact `person.test` failed: "),
]


@pytest.mark.parametrize(("function", "message"), UNDECLARED)
def test_what_a_plugin_does_wrong_names_the_fact(function: Any, message: str) -> None:
    with pytest.raises(PluginError, match=message) as raised:
        run(function)
    assert "`person.test`" in str(raised.value)


RETURNED = [
    (Kind.BOOLEAN, (), True, True),
    (Kind.BOOLEAN, (), None, None),
    (Kind.BOOLEAN, (), NOT_APPLICABLE, NOT_APPLICABLE),
    (Kind.WORD, ("a", "b"), "a", "a"),
    (Kind.NUMBER, (), 3, 3),
    (Kind.WORDS, ("a", "b"), {"a"}, Members(frozenset({"a"}))),
    (Kind.WORDS, ("a", "b"), ["a", "a"], Members(frozenset({"a"}))),
    (Kind.WORDS, ("a", "b"), Members(frozenset(), frozenset({"b"})), Members(frozenset(), frozenset({"b"}))),
]


@pytest.mark.parametrize(("kind", "words", "returned", "value"), RETURNED)
def test_what_a_plugin_may_give(kind: Kind, words: tuple[str, ...], returned: object, value: object) -> None:
    assert run(lambda _inputs: returned, kind, words).value == value


REFUSED = [
    (Kind.BOOLEAN, (), 1, "gave `1`; expected true or false"),
    (Kind.BOOLEAN, (), "yes", "gave `yes`; expected true or false"),
    (Kind.NUMBER, (), True, "gave `True`; expected a whole number"),
    (Kind.WORD, ("a", "b"), "c", "gave `c`, which is not one of its words"),
    (Kind.WORDS, ("a", "b"), {"a", "c"}, "gave `c`, which is not one of its words"),
    (Kind.WORDS, ("a", "b"), Members(frozenset(), frozenset({"c"})), "gave `c`, which is not one of its words"),
    (Kind.WORDS, ("a", "b"), "a", "gave `a`; expected a set of words"),
    (Kind.DATE, (), "2026", "gave `2026`; expected a date"),
]


@pytest.mark.parametrize(("kind", "words", "returned", "message"), REFUSED)
def test_what_a_plugin_may_not_give(kind: Kind, words: tuple[str, ...], returned: object, message: str) -> None:
    with pytest.raises(PluginError, match=message):
        run(lambda _inputs: returned, kind, words)
