"""Decision 34: a finding rests on what a carer said if it differs once that is made unknown (the table of 6.1)."""

from pathlib import Path

import pytest

from safeguard_rules import Finding, Rulebook
from tests.packs_in_text import assumed, definition, evaluate, finding, load, recommended, rule, text_of

A, B = "child.disabled", "child.seriously_ill_or_hurt"
TOLD, SEEN = "told_by_carer", "observed"


def case_text(a: tuple[str, str] | None, b: tuple[str, str] | None) -> str:
    facts = [f"{path.partition('.')[2]}: {given[0]}" for path, given in ((A, a), (B, b)) if given]
    known = [f"{path}: {{basis: {given[1]}}}" for path, given in ((A, a), (B, b)) if given]
    return f"child: {{id: baby, stage: born, {', '.join(facts)}}}\nevidence: {{{', '.join(known)}}}"


@pytest.mark.parametrize(
    ("operator", "a", "b", "outcome", "rests"),
    [
        ("any", ("true", TOLD), ("true", SEEN), "applies", False),
        ("any", ("true", TOLD), ("true", TOLD), "applies", True),
        ("all", ("true", TOLD), ("true", SEEN), "applies", True),
        ("all", ("false", TOLD), ("false", SEEN), "does_not_apply", False),
        ("all", ("false", TOLD), None, "does_not_apply", True),
    ],
)
def test_decision_34_the_table(
    tmp_path: Path,
    operator: str,
    a: tuple[str, str],
    b: tuple[str, str] | None,
    outcome: str,
    rests: bool,
) -> None:
    book = load(tmp_path, rule("r", f"{{{operator}: [{{{A}: true}}, {{{B}: true}}]}}"))
    only: Finding = finding(evaluate(book, case_text(a, b)))
    assert (only.outcome, only.rests_on_carer) == (outcome, rests)
    told = [path for path, given in ((A, a), (B, b)) if given and given[1] == TOLD]
    assert list(only.carer_paths) == (told if rests else [])


def test_decision_34_a_difference_in_certainty_counts(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "d"), definition("d", f"{{{A}: true}}", more=assumed("true")))
    only = finding(evaluate(book, case_text(("true", TOLD), None)))
    assert (only.outcome, only.certainty, only.rests_on_carer) == ("applies", "certain", True)


def test_decision_34_what_was_also_seen_does_not_rest_on_the_carer(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", f"{{{A}: true}}"))
    both = "child: {id: baby, stage: born, disabled: true}\nevidence: {%s: [{basis: told_by_carer}, {basis: observed}]}"
    assert not finding(evaluate(book, both % A)).rests_on_carer
    other = "child: {id: baby, stage: born, disabled: true}\nevidence: {%s: {basis: told_by_other}}"
    assert not finding(evaluate(book, other % A)).rests_on_carer


def test_decision_34_derived_facts_are_computed_again(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{person.joined_after_latest_assessment: true}", more="for_each: person"))
    given = """
        people: [{id: aunt, joined_on: 2026-02-01}]
        all_regular_people_recorded: true
        assessments: [{id: one, finished_on: 2026-01-01}]
        evidence: {"people[aunt].joined_on": {basis: told_by_carer}}
        """
    only = finding(evaluate(book, given))
    assert (only.outcome, only.rests_on_carer, only.carer_paths) == ("applies", True, ("people[aunt].joined_on",))


def test_decision_34_an_empty_list_on_a_carers_word_rules_out_by_that_word_only(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{injury.kind: bruise}", more="for_each: injury"))
    only = finding(evaluate(book, "injuries: []\nevidence: {injuries: {basis: told_by_carer}}"))
    assert (only.outcome, only.rests_on_carer) == ("does_not_apply", True)
    assert only.carer_paths == ("injuries",)
    assert not finding(evaluate(book, "injuries: []\nevidence: {injuries: {basis: observed}}")).rests_on_carer


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(tmp_path, rule("r", f"{{{A}: true}}"))


def test_decision_34_an_action_rests_on_the_carer_if_all_its_demands_do(tmp_path: Path) -> None:
    both = load(tmp_path, rule("r", f"{{{A}: true}}"), rule("s", f"{{{B}: true}}"))
    one = recommended(evaluate(both, case_text(("true", TOLD), ("true", SEEN))))
    assert [demand.rests_on_carer for demand in one.demands] == [True, False]
    assert not one.rests_on_carer
    assert recommended(evaluate(both, case_text(("true", TOLD), ("true", TOLD)))).rests_on_carer


def test_decision_34_what_is_ruled_out_by_a_carer_only_is_in_the_text(book: Rulebook) -> None:
    text = text_of(evaluate(book, case_text(("false", TOLD), None))).casefold()
    assert "carer" in text
    assert "rule r" in text
    assert "carer" not in text_of(evaluate(book, case_text(("false", SEEN), None))).casefold()
