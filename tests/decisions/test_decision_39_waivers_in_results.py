"""Decision 39, in results: a waiver is printed every time, with what the shared form would have said."""

from pathlib import Path

import pytest

from safeguard_rules import Rulebook
from tests.packs_in_text import definition, evaluate, finding, load, outcome, parameter, rule, text_of

VARIANT = "variants: {less: {reads: less holds, when: {child.seriously_ill_or_hurt: true}, cites: [law/duty]}}"
WAIVER = """
    contacts: {}
    waivers:
      - waives: tiny:d
        instead: only children who are ill
        adopts: less
        from: 2026-01-01
        to: 2026-04-30
        cites: [tiny:ours/choice]
        decided_by: the safeguarding board
        because: It was tried out.
"""
CHANGED = "child: {id: baby, stage: born, disabled: true, seriously_ill_or_hurt: false}"
SAME = "child: {id: baby, stage: born, disabled: true, seriously_ill_or_hurt: true}"


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return load(tmp_path, definition("d", "{child.disabled: true}", more=VARIANT), rule("r", "d"), locality=WAIVER)


def test_decision_39_a_waiver_is_printed_with_who_decided_it_and_why(book: Rulebook) -> None:
    found = evaluate(book, CHANGED)
    (waiver,) = found.waivers
    assert (
        waiver.waives,
        waiver.instead,
        waiver.start,
        waiver.end,
        waiver.state,
        waiver.decided_by,
        waiver.because,
    ) == (
        "tiny:d",
        "only children who are ill",
        "2026-01-01",
        "2026-04-30",
        "in_force",
        "the safeguarding board",
        "It was tried out.",
    )
    assert [citation.statement for citation in waiver.citations] == ["tiny:ours/choice"]
    text = text_of(found)
    for said in ("only children who are ill", "the safeguarding board", "It was tried out"):
        assert said in text


def test_decision_39_a_finding_that_the_shared_form_would_have_changed_says_so(book: Rulebook) -> None:
    found = evaluate(book, CHANGED)
    assert (outcome(found), finding(found).waived_from) == ("does_not_apply", "applies")
    assert found.waivers[0].changed == ("tiny:r (the child): applies",)
    assert "tiny:r (the child): applies" in text_of(found)


def test_decision_39_a_waiver_is_printed_also_where_it_changed_nothing(book: Rulebook) -> None:
    found = evaluate(book, SAME)
    assert (outcome(found), finding(found).waived_from) == ("applies", None)
    assert [(each.state, each.changed) for each in found.waivers] == [("in_force", ())]
    assert "only children who are ill" in text_of(found)


@pytest.mark.parametrize(
    ("as_of", "state", "expected"),
    [
        ("2025-12-31", "not_yet", "applies"),
        ("2026-01-01", "in_force", "does_not_apply"),
        ("2026-04-30", "in_force", "does_not_apply"),
        ("2026-05-01", "expired", "applies"),
    ],
)
def test_decision_39_outside_its_days_it_has_no_effect(book: Rulebook, as_of: str, state: str, expected: str) -> None:
    found = evaluate(book, CHANGED, as_of)
    assert (outcome(found), [each.state for each in found.waivers]) == (expected, [state])
    assert finding(found).waived_from == ("applies" if state == "in_force" else None)
    assert [each.code for each in found.problems] == (["waiver-expired"] if state == "expired" else [])


def test_decision_39_a_waived_threshold_is_told_too(tmp_path: Path) -> None:
    local = WAIVER.replace("tiny:d", "tiny:light").replace("adopts: less", "value: 2000")
    book = load(
        tmp_path, parameter("light", "2500"), rule("r", "{child.birth_weight: {less_than: light}}"), locality=local
    )
    found = evaluate(book, "child: {id: baby, stage: born, birth_weight: 2300}")
    assert (outcome(found), finding(found).waived_from) == ("does_not_apply", "applies")
    assert outcome(evaluate(book, "child: {id: baby, stage: born, birth_weight: 1900}")) == "applies"


def test_decision_39_two_waivers_each_tell_their_own_findings(tmp_path: Path) -> None:
    """What a finding would have been is said of the waivers that it reads, and of no others."""
    second = WAIVER.replace("contacts: {}", "").replace("waivers:", "").replace("tiny:d", "tiny:e")
    book = load(
        tmp_path,
        definition("d", "{child.disabled: true}", more=VARIANT),
        definition("e", "{child.disabled: true}", more=VARIANT),
        rule("r", "d"),
        rule("s", "{all: [e, {child.birth_weight: {less_than: light}}]}"),
        parameter("light", "2500"),
        locality=WAIVER.rstrip() + "\n" + second.strip("\n"),
    )
    given = CHANGED.replace("true,", "true, birth_weight: 3000,")
    assert [(each.waives, each.changed) for each in evaluate(book, given).waivers] == [
        ("tiny:d", ("tiny:r (the child): applies",)),
        ("tiny:e", ()),
    ]
