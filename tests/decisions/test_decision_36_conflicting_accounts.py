"""Decision 36: conflicting accounts leave a fact unknown to every test; a denial of what was seen is no conflict."""

from pathlib import Path

import pytest

from safeguard_rules import CaseError, Rulebook
from tests.packs_in_text import assumed, case, definition, evaluate, finding, load, outcome, question, rule, text_of

PATH = "child.seriously_ill_or_hurt"
CONFLICT = f"""
child: {{id: baby, stage: born}}
evidence:
  {PATH}:
    why: conflicting
    accounts:
      - {{value: "false", basis: told_by_carer, by: mother, said_on: 2026-03-01}}
      - {{value: "no", basis: told_by_carer, by: father, said_on: 2026-03-02}}
"""
DENIED = f"""
child: {{id: baby, stage: born, seriously_ill_or_hurt: true}}
evidence: {{{PATH}: {{basis: observed, by: health visitor, disputed: {{by: mother, said_on: 2026-03-02}}}}}}
"""


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(tmp_path, rule("r", f"{{{PATH}: true}}"), rule("s", f"{{{PATH}: false}}"))


def test_decision_36_every_test_sees_the_unknown_even_if_all_accounts_agree(book: Rulebook) -> None:
    found = evaluate(book, CONFLICT)
    assert (outcome(found), outcome(found, "s")) == ("undetermined", "undetermined")


def test_decision_36_the_accounts_are_shown_with_the_question(book: Rulebook) -> None:
    found = evaluate(book, CONFLICT)
    asked = question(found, PATH)
    assert asked.why_unknown == "conflicting"
    assert asked.accounts == ("“false”, mother, 2026-03-01", "“no”, father, 2026-03-02")
    text = text_of(found)
    assert "mother" in text
    assert "father" in text


def test_decision_36_what_holds_while_unknown_works_for_conflicting_accounts(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "d"), definition("d", f"{{{PATH}: true}}", more=assumed("true")))
    only = finding(evaluate(book, CONFLICT))
    assert (only.outcome, only.certainty) == ("applies", "as_precaution")


def test_decision_36_a_denial_of_what_was_seen_leaves_the_value_and_is_printed(book: Rulebook) -> None:
    found = evaluate(book, DENIED)
    only = finding(found)
    assert (only.outcome, only.certainty, only.rests_on_carer) == ("applies", "certain", False)
    known = only.why[0].known_by
    assert known is not None
    assert "disputed by mother, 2026-03-02" in known
    assert "disputed by mother" in text_of(found)


@pytest.mark.parametrize(
    "given",
    [
        # a value and a reason for not knowing it
        f"child: {{id: baby, seriously_ill_or_hurt: true}}\nevidence: {{{PATH}: {{why: declined}}}}",
        # evidence without its record, and for what is no fact
        'injuries: [{id: a}]\nevidence: {"injuries[b].kind": {basis: observed}}',
        "evidence: {child.mood: {basis: observed}}",
        # accounts that conflict belong to the reason
        f"evidence: {{{PATH}: {{why: conflicting}}}}",
    ],
)
def test_decision_36_what_cannot_be_evidence_is_an_error_in_the_case(given: str) -> None:
    with pytest.raises(CaseError):
        case(given)
