"""Decision 38: what is used both ways changes only by a waiver; shared rules are carried further, never edited."""

from pathlib import Path

import pytest

from tests.packs.refused import codes
from tests.packs_in_text import definition, evaluate, load, parameter, recommended, rule

D = definition("d", "{child.disabled: true}")
WIDENS = "contacts: {}\nwidens:\n  d: {or_if: always, reads: is so, cites: [law/duty]}\n"
NARROWS = WIDENS.replace("widens", "narrows").replace("or_if", "and_only_if")
MIXED = [
    "{any: [d, {not: d}]}",
    "{count: {of: injury, where: d, is: p}}",
    "{count: {of: injury, where: d, is: {is_not: p}}}",
    "{count: {of: injury, where: d, is: {between: [p, q]}}}",
]


@pytest.mark.parametrize("when", MIXED)
@pytest.mark.parametrize("locality", [WIDENS, NARROWS])
def test_decision_38_mixed_use_allows_no_change(when: str, locality: str, tmp_path: Path) -> None:
    pieces = (D, parameter("p", "3"), parameter("q", "5"), rule("r", when))
    assert codes(tmp_path, *pieces, locality=locality) == ["weakens"]


def test_decision_38_two_rules_that_use_it_differently_are_mixed_use(tmp_path: Path) -> None:
    assert codes(tmp_path, D, rule("r", "d"), rule("s", "{not: d}"), locality=WIDENS) == ["weakens"]


def test_decision_38_so_is_the_condition_under_which_nobody_is_asked(tmp_path: Path) -> None:
    assumed = "while_unknown: {value: true, ask_unless: d, cites: [ours/choice]}"
    asked = definition("asked", "{child.seriously_ill_or_hurt: true}", more=assumed)
    assert codes(tmp_path, D, asked, rule("r", "{all: [d, asked]}"), locality=WIDENS) == ["weakens"]


@pytest.mark.parametrize("test", ["{between: [p, q]}", "{is: p}", "{is_not: p}"])
@pytest.mark.parametrize("value", ["2", "4"])
def test_decision_38_a_threshold_of_such_a_test_is_not_moved(test: str, value: str, tmp_path: Path) -> None:
    pieces = (parameter("p", "3"), parameter("q", "5"), rule("r", f"{{count: {{of: injury, is: {test}}}}}"))
    locality = f"contacts: {{}}\nmoves:\n  p: {{value: {value}, cites: [law/duty]}}\n"
    assert codes(tmp_path, *pieces, locality=locality) == ["weakens"]


def test_decision_38_a_waiver_may_do_it(tmp_path: Path) -> None:
    locality = """
        contacts: {}
        waivers:
          - waives: d
            instead: only with a plan
            and_only_if: {case.plan: child_protection}
            from: 2026-01-01
            to: 2026-12-31
            cites: [law/duty]
            decided_by: the board
            because: of a pilot
        """
    load(tmp_path, D, rule("r", "{any: [d, {not: d}]}"), locality=locality)


def test_decision_38_a_carried_rule_keeps_its_own_demand(tmp_path: Path) -> None:
    locality = "contacts: {}\ncarries:\n  r: {must: act, how: by phone, cites: [law/duty]}\n"
    rulebook = load(tmp_path, rule("r", "always"), locality=locality)
    demands = recommended(evaluate(rulebook)).demands
    assert [(each.obligation, each.how) for each in demands] == [("must", "by phone"), ("should", None)]


def test_decision_38_no_key_edits_a_rule_or_an_action_of_another_pack(tmp_path: Path) -> None:
    locality = """
        contacts: {}
        actions:
          tiny:act: {do: Do something else, cites: [law/duty]}
        """
    assert codes(tmp_path, rule("r", "always"), locality=locality) == ["bad-name"]
