"""Decision 14: the ends of `within_last`, `more_than_ago` and `between`."""

from pathlib import Path

import pytest

from tests.packs_in_text import evaluate, load, outcome, parameter, rule

SEEN = "injuries: [{id: a, noticed_on: 2026-02-02}]"


@pytest.mark.parametrize(
    ("as_of", "within", "more"),
    [
        ("2026-02-02", "applies", "does_not_apply"),
        ("2026-03-02", "applies", "does_not_apply"),  # add(from, 1 month) itself
        ("2026-03-03", "does_not_apply", "applies"),
    ],
)
def test_decision_14_within_last_and_more_than_ago_are_complements_for_past_dates(
    tmp_path: Path, as_of: str, within: str, more: str
) -> None:
    book = load(
        tmp_path,
        rule("within", "{some: {of: injury, where: {injury.noticed_on: {within_last: month}}}}"),
        rule("more", "{some: {of: injury, where: {injury.noticed_on: {more_than_ago: month}}}}"),
        parameter("month", "1 month"),
    )
    found = evaluate(book, SEEN, as_of)
    assert (outcome(found, "within"), outcome(found, "more")) == (within, more)


def test_decision_14_what_lies_ahead_is_not_within_the_last(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("r", "{some: {of: contact, where: {contact.happens_on: {within_last: month}}}}"),
        parameter("month", "1 month"),
    )
    given = "contacts: [{id: a, happens_on: 2026-03-03}]"
    assert [outcome(evaluate(book, given, day)) for day in ("2026-03-02", "2026-03-03")] == [
        "does_not_apply",
        "applies",
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-03-01", "does_not_apply"),
        ("2026-03-02", "applies"),
        ("2026-05-02", "applies"),
        ("2026-05-03", "does_not_apply"),
    ],
)
def test_decision_14_between_includes_both_ends(tmp_path: Path, as_of: str, expected: str) -> None:
    book = load(
        tmp_path,
        rule("r", "{child.age: {between: [one, three]}}"),
        parameter("one", "1 month"),
        parameter("three", "3 months"),
    )
    assert outcome(evaluate(book, "child: {id: baby, stage: born, born_on: 2026-02-02}", as_of)) == expected


def test_decision_14_between_numbers_includes_both_ends(tmp_path: Path) -> None:
    book = load(
        tmp_path,
        rule("r", "{child.birth_weight: {between: [low, high]}}"),
        parameter("low", "2000"),
        parameter("high", "2500"),
    )
    weights = {1999: "does_not_apply", 2000: "applies", 2500: "applies", 2501: "does_not_apply"}
    for weight, expected in weights.items():
        assert outcome(evaluate(book, f"child: {{id: baby, stage: born, birth_weight: {weight}}}")) == expected
