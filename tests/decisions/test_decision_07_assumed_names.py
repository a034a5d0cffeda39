"""Decision 7: only definitions are assumed, a list never; a locality changes a meaning and not what is assumed."""

from pathlib import Path

import pytest

from tests.packs.refused import codes
from tests.packs_in_text import assumed, definition, load, parameter, rule, section

A_LIST = "{some: {of: injury, where: {injury.kind: bruise}}}"


def test_decision_07_a_definition_that_reaches_a_list_is_assumed_only_as_an_exception(tmp_path: Path) -> None:
    straight = definition("bruised", A_LIST, more=assumed("true"))
    assert codes(tmp_path / "a", straight) == ["assumes-a-list"]
    through = definition("hurt", "{not: bruised}", more=assumed("true"))
    assert codes(tmp_path / "b", definition("bruised", A_LIST), through) == ["assumes-a-list"]
    load(tmp_path / "c", definition("bruised", A_LIST, more=assumed("false", exception=True)))


@pytest.mark.parametrize(
    "piece",
    [
        rule("r", "always", more=assumed("true")),
        section("parameters", f"p: {{value: 3, cites: [law/duty], {assumed('true')}}}"),
    ],
)
def test_decision_07_nothing_but_a_definition_is_assumed(piece: object, tmp_path: Path) -> None:
    assert codes(tmp_path, piece) == ["unknown-key"]  # type: ignore[arg-type]


def test_decision_07_a_locality_keeps_what_holds_while_a_definition_is_unknown(tmp_path: Path) -> None:
    moves = definition("still", "{not: {child.movements: {includes: walks}}}", more=assumed("true"))
    locality = """
        widens:
          still: {or_if: {child.disabled: true}, reads: is disabled, cites: [law/duty]}
        contacts: {}
        """
    rulebook = load(tmp_path, moves, rule("r", "still"), parameter("p", "3"), locality=locality)
    (form,) = rulebook.content.definitions["tiny:still"].forms
    assert form.form == "widened"
    assert form.assumption is not None
    assert form.assumption.value is True


def test_decision_07_a_locality_cannot_say_what_holds_while_it_is_unknown(tmp_path: Path) -> None:
    still = definition("still", "{child.disabled: true}")
    locality = f"""
        widens:
          still: {{or_if: always, reads: is so, cites: [law/duty], {assumed("true")}}}
        contacts: {{}}
        """
    assert codes(tmp_path, still, rule("r", "still"), locality=locality) == ["unknown-key"]
