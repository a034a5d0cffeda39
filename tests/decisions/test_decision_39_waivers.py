"""Decision 39: a waiver says what, from when to when, on whose decision and why, and has no effect outside its days."""

from datetime import date
from pathlib import Path

import pytest

from safeguard_rules import Rulebook
from tests.packs.refused import codes, issues
from tests.packs_in_text import definition, evaluate, load, outcome, parameter, rule

YOUNG = definition("young", "{child.age: {less_than: p}}")
PIECES = (parameter("p", "6 weeks"), YOUNG, rule("r", "young"))
KEYS = {
    "waives": "p",
    "instead": "four weeks are enough",
    "value": "4 weeks",
    "from": "2026-01-01",
    "to": "2026-06-30",
    "cites": "[law/duty]",
    "decided_by": "the board",
    "because": "of a pilot",
}


def waiver(**changed: str | None) -> str:
    """A locality with one waiver; a key that is given as None is left out."""
    keys = {**KEYS, **{key.rstrip("_"): value for key, value in changed.items()}}
    lines = [f"    {key}: {value}" for key, value in keys.items() if value is not None]
    return "contacts: {}\nwaivers:\n  -" + "\n".join(lines)[3:] + "\n"


def rulebook(tmp_path: Path, locality: str) -> Rulebook:
    return load(tmp_path, *PIECES, locality=locality)


def at_five_weeks(book: Rulebook, day: str, born_on: str) -> str:
    return outcome(evaluate(book, f"child: {{id: baby, stage: born, born_on: {born_on}}}", as_of=day))


def test_decision_39_it_holds_on_its_days_and_on_no_other(tmp_path: Path) -> None:
    book = rulebook(tmp_path, waiver())
    assert at_five_weeks(book, "2026-01-01", "2025-11-27") == "does_not_apply"
    assert at_five_weeks(book, "2026-06-30", "2026-05-26") == "does_not_apply"
    assert at_five_weeks(book, "2025-12-31", "2025-11-26") == "applies"
    assert at_five_weeks(book, "2026-07-01", "2026-05-27") == "applies"


def test_decision_39_both_forms_are_kept(tmp_path: Path) -> None:
    loaded = rulebook(tmp_path, waiver()).loaded
    assert loaded.unwaived is not None
    assert [str(form.value) for form in loaded.unwaived.parameters["tiny:p"].forms] == ["6 weeks"]
    spans = [(form.start, form.end, str(form.value)) for form in loaded.content.parameters["tiny:p"].forms]
    assert spans == [
        (None, date(2025, 12, 31), "6 weeks"),
        (date(2026, 7, 1), None, "6 weeks"),
        (date(2026, 1, 1), date(2026, 6, 30), "4 weeks"),
    ]
    assert loaded.content.locality is not None
    (kept,) = loaded.content.locality.waivers
    assert (kept.waives, kept.decided_by, kept.because) == ("tiny:p", "the board", "of a pilot")


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"value"}))
def test_decision_39_everything_about_it_is_said(key: str, tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, *PIECES, locality=waiver(**{key: None}))
    assert (issue.code, key in issue.message) == ("missing-key", True)


SLIPS = [
    ({"value": None}, "waiver"),
    ({"or_if": "always"}, "waiver"),
    ({"to": "2025-12-31"}, "dates-of-force"),
    ({"value": "14"}, "wrong-parameter"),
    ({"value": None, "or_if": "always"}, "unknown-definition"),
    ({"waives": "q"}, "unknown-parameter"),
    ({"cites": "[law/nothing]"}, "unknown-statement"),
]


@pytest.mark.parametrize(("changed", "code"), SLIPS)
def test_decision_39_slips(changed: dict[str, str | None], code: str, tmp_path: Path) -> None:
    assert codes(tmp_path, *PIECES, locality=waiver(**changed)) == [code]


MEANINGS = [
    ({"or_if": "{child.disabled: true}"}, "disabled: true", "applies"),
    ({"and_only_if": "{child.disabled: true}"}, "disabled: false, born_on: 2026-03-01", "does_not_apply"),
]


@pytest.mark.parametrize(("changed", "told", "expected"), MEANINGS)
def test_decision_39_a_meaning_is_waived_either_way(
    changed: dict[str, str | None], told: str, expected: str, tmp_path: Path
) -> None:
    book = rulebook(tmp_path, waiver(waives="young", value=None, **changed))
    assert outcome(evaluate(book, f"child: {{id: baby, stage: born, {told}}}")) == expected
