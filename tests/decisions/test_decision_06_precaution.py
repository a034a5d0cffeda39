"""Decision 6: plainly first, then with exceptions, and only then with everything assumed."""

from pathlib import Path

import pytest

from safeguard_rules import Finding
from tests.packs_in_text import Piece, assumed, definition, evaluate, finding, load, rule

PRECAUTION = definition("p", "{child.disabled: true}", more=assumed("true"))
EXCEPTION = definition("x", "{child.seriously_ill_or_hurt: true}", more=assumed("false", exception=True))
UNKNOWN = "child: {id: baby, stage: born}"
NO_X = "child: {id: baby, stage: born, seriously_ill_or_hurt: false}"
P = "child: {id: baby, stage: born, disabled: true}"
NO_P = "child: {id: baby, stage: born, disabled: false}"
P_AND_X = "child: {id: baby, stage: born, disabled: true, seriously_ill_or_hurt: true}"


def told(tmp_path: Path, when: str, given: str, *pieces: Piece) -> tuple[str, str, list[str]]:
    found: Finding = finding(evaluate(load(tmp_path, rule("r", when), *pieces), given))
    return found.outcome, found.certainty, [each.name.removeprefix("tiny:") for each in found.assumed]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (UNKNOWN, ("applies", "as_precaution", ["p", "x"])),
        (NO_X, ("applies", "as_precaution", ["p"])),
        (P, ("applies", "unless", ["x"])),
        (NO_P, ("does_not_apply", "certain", [])),
        (P_AND_X, ("does_not_apply", "certain", [])),
    ],
)
def test_decision_06_exceptions_come_before_precaution(
    tmp_path: Path, given: str, expected: tuple[str, str, list[str]]
) -> None:
    assert told(tmp_path, "{all: [p, {not: x}]}", given, PRECAUTION, EXCEPTION) == expected


def test_decision_06_what_is_plainly_true_is_certain_though_a_name_is_unknown(tmp_path: Path) -> None:
    young = "{any: [{child.seriously_ill_or_hurt: true}, p]}"
    given = "child: {id: baby, stage: born, seriously_ill_or_hurt: true}"
    assert told(tmp_path, young, given, PRECAUTION) == ("applies", "certain", [])


def test_decision_06_an_assumption_never_rules_a_rule_out(tmp_path: Path) -> None:
    assert told(tmp_path, "{not: p}", UNKNOWN, PRECAUTION) == ("undetermined", "certain", [])
    other = definition("q", "{child.disabled: true}", more=assumed("false"))
    assert told(tmp_path / "2", "q", UNKNOWN, other) == ("undetermined", "certain", [])


def test_decision_06_what_is_still_open_stays_undetermined(tmp_path: Path) -> None:
    when = "{all: [p, {child.seriously_ill_or_hurt: true}]}"
    assert told(tmp_path, when, UNKNOWN, PRECAUTION) == ("undetermined", "certain", [])


def test_decision_06_the_outermost_definition_wins(tmp_path: Path) -> None:
    """`outer` is taken as false, so that its body, in which `p` would be taken as true, is not read again."""
    outer = definition("outer", "p", more=assumed("false"))
    assert told(tmp_path, "outer", UNKNOWN, PRECAUTION, outer) == ("undetermined", "certain", [])


def test_decision_06_a_definition_without_assumption_is_read_again(tmp_path: Path) -> None:
    outer = definition("outer", "{all: [p, always]}")
    assert told(tmp_path, "outer", UNKNOWN, PRECAUTION, outer) == ("applies", "as_precaution", ["p"])


def test_decision_06_an_outer_assumption_waits_while_an_inner_exception_is_tried(tmp_path: Path) -> None:
    """`outer` is no exception: at the level of exceptions it is read again, and `not x` settles it."""
    outer = definition("outer", "{not: x}", more=assumed("true"))
    assert told(tmp_path, "outer", UNKNOWN, EXCEPTION, outer) == ("applies", "unless", ["x"])


@pytest.mark.parametrize(
    "body",
    ["marked", "{all: [{injury.kind: bruise}, x]}"],
    ids=["of the record", "of the child"],
)
def test_decision_06_nothing_is_replaced_for_the_unseen_record(tmp_path: Path, body: str) -> None:
    marked = definition("marked", "{injury.kind: bruise}", "injury", assumed("false", exception=True))
    when = f"{{not: {{some: {{of: injury, where: {body}}}}}}}"
    assert told(tmp_path, when, UNKNOWN, marked, EXCEPTION)[0] == "undetermined"
    assert told(tmp_path / "2", when, UNKNOWN + "\ninjuries: [{id: a}]", marked, EXCEPTION)[:2] == (
        "applies",
        "unless",
    )
