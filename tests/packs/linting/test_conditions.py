"""Lints of conditions: which shapes they find, and which they leave alone."""

from pathlib import Path

import pytest

from tests.packs.linting.linted import codes
from tests.packs_in_text import Piece, assumed, definition, parameter, rule

HURT = "{every: {of: injury, where: {injury.explanation: given}}}"
NONE_UNHURT = "{not: {some: {of: injury, where: {not: {injury.explanation: given}}}}}"
OPEN = "{child.disabled: true}"
ONE, TWO = parameter("one", "1"), parameter("young", "6 months")


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (HURT, True),
        (NONE_UNHURT, True),
        (f"{{any: [{OPEN}, {HURT}]}}", True),
        (f"{{all: [{OPEN}, {HURT}]}}", True),
        (f"{{all: [{{some: {{of: injury}}}}, {HURT}]}}", False),
        (f"{{all: [{{any: [{{some: {{of: injury}}}}, {OPEN}]}}, {HURT}]}}", True),
        (f"{{all: [{{count: {{of: injury, is: {{at_least: one}}}}}}, {HURT}]}}", False),
        (f"{{all: [{{count: {{of: injury, is: {{at_most: one}}}}}}, {HURT}]}}", True),
        (f"{{all: [{{some: {{of: concern}}}}, {HURT}]}}", True),
        (f"{{not: {HURT}}}", False),
        ("{not: {some: {of: injury}}}", False),
        (f"{{all: [never, {HURT}]}}", False),
    ],
)
def test_what_is_true_of_no_record(when: str, found: bool, tmp_path: Path) -> None:
    pieces = [ONE] if "one" in when else []
    left = [code for code in codes(tmp_path, rule("r", when), *pieces) if code != "part-says-nothing"]
    assert left == (["true-of-nothing"] if found else [])


def test_an_empty_list_is_seen_through_definitions_and_told_once(tmp_path: Path) -> None:
    pieces = (definition("d", HURT), rule("r", "d"), rule("s", f"{{all: [d, {OPEN}]}}", "{must: act}"))
    assert codes(tmp_path, *pieces) == ["true-of-nothing"]


def test_a_rule_about_one_record_has_one(tmp_path: Path) -> None:
    """Through a definition of the child the record itself is in the list; the other records may be none."""
    inside = (definition("d", HURT), rule("r", "d", more="for_each: injury"))
    assert codes(tmp_path / "a", *inside) == []
    others = rule("r", "{every: {of: injury, where: {other.explanation: given}}}", more="for_each: injury")
    assert codes(tmp_path / "b", others) == ["true-of-nothing"]


KNOWN = "{person.lives_with_child: true}"


@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        ((rule("r", f"{{not: {{some: {{of: person, where: {KNOWN}}}}}}}"),), True),
        ((rule("r", f"{{all: [{{some: {{of: person}}}}, {{every: {{of: person, where: {KNOWN}}}}}]}}"),), True),
        ((ONE, rule("r", f"{{count: {{of: person, where: {KNOWN}, is: {{at_most: one}}}}}}")), True),
        ((ONE, rule("r", f"{{not: {{count: {{of: person, where: {KNOWN}, is: {{at_least: one}}}}}}}}")), True),
        ((ONE, rule("r", f"{{count: {{of: person, where: {KNOWN}, is: {{at_least: one}}}}}}")), False),
        ((rule("r", f"{{some: {{of: person, where: {KNOWN}}}}}"),), False),
        ((rule("r", "{not: {some: {of: injury}}}"),), False),
        (
            (definition("d", f"{{some: {{of: person, where: {KNOWN}}}}}"), rule("r", f"{{all: [{OPEN}, {{not: d}}]}}")),
            True,
        ),
        (
            (
                definition("d", f"{{some: {{of: person, where: {KNOWN}}}}}", more=assumed("false", exception=True)),
                rule("r", f"{{all: [{OPEN}, {{not: d}}]}}"),
            ),
            False,
        ),
    ],
)
def test_what_needs_everybody_to_be_recorded(pieces: tuple[Piece, ...], found: bool, tmp_path: Path) -> None:
    assert codes(tmp_path, *pieces) == (["list-left-open"] if found else [])


STAGES = "[{child.stage: born}, {child.stage: unborn}, {child.stage: has_died}]"


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("{any: [{child.disabled: true}, {child.disabled: false}]}", True),
        ("{any: [{child.disabled: true}, {child.disabled: {is_not: true}}]}", True),
        ("{any: [{child.disabled: true}, {not: {child.disabled: true}}]}", True),
        ("{all: [{child.disabled: true}, {child.disabled: false}]}", True),
        ("{any: [{case.plan: [no_plan]}, {case.plan: {is_not: no_plan}}]}", True),
        ("{any: [{child.movements: {includes: walks}}, {child.movements: {none_of: [walks]}}]}", True),
        ("{any: [{child.age: {less_than: young}}, {child.age: {at_least: young}}]}", True),
        (f"{{any: {STAGES}}}", True),
        ("{all: [{case.plan: no_plan}, {case.plan: early_help}]}", True),
        ("{any: [d, {not: d}]}", True),
        ("{any: [{case.plan: no_plan}, {case.plan: early_help}]}", False),
        ("{all: [{child.movements: {includes: walks}}, {child.movements: {includes: crawls}}]}", False),
        ("{any: [{child.disabled: true}, {child.seriously_ill_or_hurt: false}]}", False),
        ("{any: [{child.movements: {is: []}}, {child.movements: {includes: walks}}]}", False),
        ("{any: [{child.age: {less_than: young}}, {child.age: {at_least: one}}]}", False),
    ],
)
def test_what_cancels_out(when: str, found: bool, tmp_path: Path) -> None:
    pieces = [rule("r", when)]
    pieces += [definition("d", OPEN)] if "d," in when else []
    pieces += [TWO] if "young" in when else []
    pieces += [parameter("one", "1 month")] if "one}" in when else []
    assert codes(tmp_path, *pieces) == (["complementary-tests"] if found else [])


@pytest.mark.parametrize(
    ("when", "lines"),
    [
        ("{all: [{child.disabled: true}, {child.disabled: true}]}", 1),
        ("{any: [{child.disabled: true}, {child.disabled: true}, {child.disabled: true}]}", 2),
        ("{all: [always, {child.disabled: true}]}", 1),
        ("{any: [{case.plan: no_plan}, {case.plan: [no_plan, early_help]}]}", 1),
        ("{all: [{child.disabled: true}, {any: [{child.disabled: true}, {case.plan: no_plan}]}]}", 1),
        ("{all: [{child.movements: {none_of: [walks]}}, {child.movements: {is_not: []}}]}", 0),
        ("{all: [{child.disabled: true}, {child.seriously_ill_or_hurt: true}]}", 0),
    ],
)
def test_parts_that_change_nothing(when: str, lines: int, tmp_path: Path) -> None:
    assert codes(tmp_path, rule("r", when)) == ["part-says-nothing"] * lines
