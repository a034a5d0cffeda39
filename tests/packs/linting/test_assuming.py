"""What is assumed: what applies to everybody, what nobody is asked, what does nothing; and the engine agrees."""

from pathlib import Path

import pytest

from safeguard_rules.packs.linting.truths import EXCEPTIONS, PLAIN, PRECAUTION, with_nothing_known
from safeguard_rules.values.truth import T
from tests.packs.linting.linted import codes
from tests.packs_in_text import Piece, action, assumed, definition, evaluate, load, outcome, parameter, rule

D = "{child.disabled: true}"
LIST = "{some: {of: injury, where: {injury.explanation: given}}}"


@pytest.mark.parametrize(
    ("pieces", "everybody"),
    [
        ((rule("r", "always"),), True),
        ((rule("r", D),), False),
        ((rule("r", "{any: [always, {child.disabled: true}]}"),), True),
        ((definition("d", D, more=assumed("true")), rule("r", "d")), True),
        ((definition("d", D, more=assumed("false")), rule("r", "{not: d}")), True),
        ((definition("d", D, more=assumed("false", exception=True)), rule("r", "{not: d}")), True),
        ((definition("d", LIST, more=assumed("false", exception=True)), rule("r", "{not: d}")), True),
        ((definition("d", D, more=assumed("true")), definition("e", "d"), rule("r", "e")), True),
        (
            (definition("d", D, more=assumed("true")), definition("e", "d", more=assumed("false")), rule("r", "e")),
            False,
        ),
        ((definition("d", D, more=assumed("true")), rule("r", f"{{all: [d, {LIST}]}}")), False),
        ((rule("r", "{some: {of: injury}}"),), False),
        ((rule("r", "{every: {of: injury, where: always}}"),), True),
        ((parameter("none", "0"), rule("r", "{count: {of: injury, is: {at_least: none}}}")), True),
        ((parameter("one", "1"), rule("r", "{count: {of: injury, where: never, is: {less_than: one}}}")), True),
        ((parameter("one", "1"), rule("r", "{count: {of: injury, is: {at_least: one}}}")), False),
    ],
)
def test_what_applies_with_nothing_known_is_what_the_engine_says(
    pieces: tuple[Piece, ...], everybody: bool, tmp_path: Path
) -> None:
    rulebook = load(tmp_path, *pieces)
    assert (outcome(evaluate(rulebook)) == "applies") is everybody
    when = rulebook.content.rules["tiny:r"].forms[0].when
    levels = (PLAIN, EXCEPTIONS, PRECAUTION)
    assert any(with_nothing_known(when, rulebook.content, level) == T for level in levels) is everybody


def test_standing_advice_and_rules_about_records_may_apply_to_everybody(tmp_path: Path) -> None:
    standing = (rule("r", "always", "{should: note}"), rule("s", D), action("note", "repeat: each contact"))
    assert codes(tmp_path / "a", *standing) == []
    assert codes(tmp_path / "b", rule("r", "always", more="for_each: injury")) == []
    mixed = (rule("r", "always", "{should: note}, {should: act}"), action("note", "repeat: each contact"))
    assert codes(tmp_path / "c", *mixed) == ["applies-to-everybody"]


@pytest.mark.parametrize(
    ("value", "when", "idle"),
    [
        ("true", "{all: [d, {case.plan: no_plan}]}", False),
        ("false", "{all: [d, {case.plan: no_plan}]}", True),
        ("true", "{all: [{not: d}, {case.plan: no_plan}]}", True),
        ("false", "{all: [{not: d}, {case.plan: no_plan}]}", False),
        ("false", "{all: [d, {any: [{not: d}, {case.plan: no_plan}]}]}", False),
    ],
)
def test_an_assumption_in_the_wrong_direction_is_idle(value: str, when: str, idle: bool, tmp_path: Path) -> None:
    pieces = (definition("d", D, more=assumed(value)), rule("r", when))
    assert codes(tmp_path, *pieces) == (["idle-assumption"] if idle else [])


@pytest.mark.parametrize(
    ("unless", "found"),
    [
        ("always", True),
        ("{any: [always, {child.disabled: true}]}", True),
        ("{case.plan: early_help}", False),
        ("never", False),
    ],
)
def test_a_definition_that_nobody_is_asked_about(unless: str, found: bool, tmp_path: Path) -> None:
    pieces = (
        definition("d", D, more=assumed("true", ask_unless=unless)),
        rule("r", "{all: [d, {case.plan: no_plan}]}"),
    )
    left = [code for code in codes(tmp_path, *pieces) if code != "part-says-nothing"]
    assert left == (["never-asked"] if found else [])
