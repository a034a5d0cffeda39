"""Conditions in a schema: what may stand where, and each slip refused."""

import pytest

from tests.schemas.holding import complaints, in_text

RULE = """\
language: 1
rules:
  my-rule:
    title: a rule
    for_each: FOR_EACH
    when: WHEN
    then: [{should: emergency-care}]
    because: It is so.
    cites: [southampton-bruising/emergency-first]
"""


def told(when: str, for_each: str = "injury") -> list[str]:
    text = RULE.replace("WHEN", when).replace("FOR_EACH", for_each)
    return complaints("rules", in_text(text.replace("    for_each: none\n", "")))


@pytest.mark.parametrize(
    "when",
    [
        "always",
        "reportable_injury",
        '"non-mobile-injury:reportable_injury"',
        "{injury.kind: bruise}",
        "{injury.kind: [bruise, bite], child.disabled: true}",
        "{injury.kind: {none_of: [bruise]}}",
        "{child.movements: {includes: sits}}",
        "{child.movements: {is: []}}",
        "{pregnancy.booked_on: not_yet}",
        "{injury.noticed_on: {after: {fact: child.born_on}}}",
        "{all: [reportable_injury, {not: {child.disabled: true}}]}",
        "{any: [{some: {of: person}}, {every: {of: person, where: {person.sex: male}}}]}",
        "{some: {of: person, where: {all: [{person.sex: male}, {injury.kind: bruise}]}}}",
        "{some: {of: injury, where: {other.kind: bruise}}}",
    ],
)
def test_a_condition_that_the_reader_takes_is_accepted(when: str) -> None:
    assert told(when) == []


@pytest.mark.parametrize(
    "when",
    [
        "reportabel_injury",
        "{injury.knid: bruise}",
        "{injury.kind: bruse}",
        "{injury.kind: [bruise, bruise]}",
        "{injury.kind: []}",
        "{injury.kind: {includes: bruise}}",
        "{child.age: 3 months}",
        "{child.age: {less_than: 3 months}}",
        "{child.age: {less_than: no_such_parameter}}",
        "{child.age: {within_last: twelve_weeks}}",
        "{child.movements: sits}",
        "{child.movements: {includes: [sits]}}",
        "{child.disabled: {is: yes}}",
        "{child.disabled: null}",
        "{child.disabled: known}",
        "{child.born_on: not_yet}",
        "{injury.noticed_on: {after: {fact: injury.kind}}}",
        "{person.sex: male}",
        "{done.action: x}",
        "{}",
        "[reportable_injury]",
        "{all: []}",
        "{all: reportable_injury}",
        "{all: [reportable_injury], injury.kind: bruise}",
        "{all: [always], any: [always]}",
        "{some: {where: always}}",
        "{some: {of: people}}",
        "{every: {of: person}}",
        "{some: {of: person, where: {some: {of: injury}}}}",
        "{some: {of: person, where: {other.kind: bruise}}}",
        "{some: {of: person, where: {concern.kind: x}}}",
        "{count: {of: person}}",
        "{count: {of: person, is: 2}}",
        "{not: [always]}",
    ],
)
def test_a_slip_in_a_condition_is_refused(when: str) -> None:
    assert told(when)


def test_what_may_stand_in_a_condition_follows_the_list_that_the_rule_names() -> None:
    for when in ("{injury.kind: bruise}", "reportable_injury"):
        assert told(when, "injury") == []
        assert told(when, "person")
        assert told(when, "none")
    assert told("{person.sex: male}", "person") == []


def test_one_slip_gives_one_complaint() -> None:
    assert len(told("{all: [reportable_injury, {injury.knid: bruise}]}")) == 1
    assert len(told("{injury.kind: bruse}")) == 1
