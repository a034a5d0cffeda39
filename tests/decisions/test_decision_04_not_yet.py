"""Decision 4: no test for "known"; `not_yet` and *not applicable* are values and not unknowns."""

from pathlib import Path

import pytest

from safeguard_rules import PackError
from tests.packs_in_text import asked, evaluate, load, outcome, parameter, rule

NOT_YET = "referrals: [{id: a, sent_on: 2026-02-01, acknowledged_on: not_yet}]"
ON_A_DAY = "referrals: [{id: a, sent_on: 2026-02-01, acknowledged_on: 2026-02-20}]"
OPEN = "referrals: [{id: a, sent_on: 2026-02-01}]"


@pytest.mark.parametrize("word", ["known", "unknown", "is_known"])
def test_decision_04_there_is_no_test_for_known(tmp_path: Path, word: str) -> None:
    with pytest.raises(PackError, match="know"):
        load(tmp_path, rule("r", f"{{child.disabled: {{{word}: true}}}}"))


@pytest.mark.parametrize(
    ("test", "given", "expected"),
    [
        ("not_yet", NOT_YET, "applies"),
        ("{is: not_yet}", NOT_YET, "applies"),
        ("{is_not: not_yet}", NOT_YET, "does_not_apply"),
        ("{within_last: month}", NOT_YET, "does_not_apply"),
        ("{more_than_ago: month}", NOT_YET, "does_not_apply"),
        ("{before: {fact: referral.sent_on}}", NOT_YET, "does_not_apply"),
        ("{after: {fact: referral.sent_on}}", NOT_YET, "does_not_apply"),
        ("not_yet", ON_A_DAY, "does_not_apply"),
        ("{is_not: not_yet}", ON_A_DAY, "applies"),
        ("{within_last: month}", ON_A_DAY, "applies"),
        ("not_yet", OPEN, "undetermined"),
        ("{is_not: not_yet}", OPEN, "undetermined"),
    ],
)
def test_decision_04_not_yet_is_a_value(tmp_path: Path, test: str, given: str, expected: str) -> None:
    when = f"{{some: {{of: referral, where: {{referral.acknowledged_on: {test}}}}}}}"
    found = evaluate(load(tmp_path, rule("r", when), parameter("month", "1 month")), given)
    assert outcome(found) == expected
    assert asked(found) == (["referrals[a].acknowledged_on"] if given == OPEN else [])


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("child.gestation: {at_least: long}", "does_not_apply"),
        ("child.gestation: {less_than: long}", "does_not_apply"),
        ("child.gestation: {between: [short, long]}", "does_not_apply"),
    ],
)
def test_decision_04_a_fact_outside_its_stage_is_not_applicable_and_not_asked_for(
    tmp_path: Path, test: str, expected: str
) -> None:
    pieces = rule("r", f"{{{test}}}", more="stage: [unborn, born]"), parameter("long", "20 weeks")
    found = evaluate(load(tmp_path, *pieces, parameter("short", "2 weeks")), "child: {id: baby, stage: born}")
    assert outcome(found) == expected
    assert asked(found) == []


def test_decision_04_is_not_another_word_is_true_of_what_is_not_applicable(tmp_path: Path) -> None:
    when = "{any: [{child.disabled: {is_not: true}}, {child.movements: {none_of: [walks]}}]}"
    one = rule("flag", "{child.disabled: {is_not: true}}", more="stage: [unborn, born]")
    other = rule("set", "{child.movements: {none_of: [walks]}}", more="stage: [unborn, born]")
    found = evaluate(
        load(tmp_path, rule("r", when, more="stage: [unborn, born]"), one, other), "child: {id: baby, stage: unborn}"
    )
    assert (outcome(found, "flag"), outcome(found, "set"), outcome(found)) == ("applies",) * 3
    assert asked(found) == []
