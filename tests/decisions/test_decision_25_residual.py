"""Decision 25: a question is an unknown leaf that is left once known values are folded in, of the plain pass."""

from pathlib import Path

import pytest

from tests.packs_in_text import asked, assumed, definition, evaluate, load, parameter, rule

SICK, DISABLED = "{child.seriously_ill_or_hurt: true}", "{child.disabled: true}"
LIGHT = "{child.birth_weight: {less_than: light}}"
KEYS = {"s": "seriously_ill_or_hurt", "d": "disabled", "w": "birth_weight"}


def paths(letters: str) -> list[str]:
    return sorted(f"child.{KEYS[letter]}" for letter in letters)


@pytest.mark.parametrize(
    ("when", "given", "left"),
    [
        (f"{{all: [{SICK}, {DISABLED}]}}", "", "sd"),  # no single answer changes anything: both are asked for
        (f"{{any: [{SICK}, {DISABLED}]}}", "", "sd"),
        (f"{{any: [{SICK}, {DISABLED}]}}", "disabled: false", "s"),
        (f"{{any: [{SICK}, {DISABLED}]}}", "disabled: true", ""),
        (f"{{all: [{SICK}, {DISABLED}]}}", "disabled: false", ""),
        (f"{{any: [{{all: [{SICK}, {DISABLED}]}}, {LIGHT}]}}", "disabled: false", "w"),
        (f"{{any: [{{all: [{SICK}, {DISABLED}]}}, {LIGHT}]}}", "disabled: true", "sw"),
        (f"{{not: {{any: [{SICK}, {DISABLED}]}}}}", "disabled: false", "s"),
    ],
)
def test_decision_25_decided_branches_vanish(tmp_path: Path, when: str, given: str, left: str) -> None:
    book = load(tmp_path, rule("r", when), parameter("light", "2500"))
    child = ", ".join(filter(None, ["id: baby", "stage: born", given]))
    assert sorted(asked(evaluate(book, f"child: {{{child}}}"))) == paths(left)


@pytest.mark.parametrize("exception", [False, True])
def test_decision_25_what_applies_unless_or_as_a_precaution_is_asked_about_too(tmp_path: Path, exception: bool) -> None:
    value, when = ("false", "{not: d}") if exception else ("true", "d")
    book = load(tmp_path, rule("r", when), definition("d", SICK, more=assumed(value, exception)))
    found = evaluate(book)
    assert [each.outcome for each in found.findings] == ["applies"]
    assert asked(found) == ["child.seriously_ill_or_hurt"]


def test_decision_25_a_finding_that_is_settled_asks_for_nothing(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", f"{{any: [{SICK}, always]}}"), rule("s", f"{{all: [{DISABLED}, never]}}"))
    assert asked(evaluate(book)) == []


def test_decision_25_a_partial_date_is_asked_for_where_it_leaves_things_open(tmp_path: Path) -> None:
    book = load(tmp_path, rule("r", "{child.age: {less_than: half}}"), parameter("half", "6 months"))
    assert asked(evaluate(book, "child: {id: baby, stage: born, born_on: 2025-09}")) == ["child.born_on"]
    assert asked(evaluate(book, "child: {id: baby, stage: born, born_on: 2025-12}")) == []


@pytest.mark.parametrize("why", ["not_asked", "declined"])
def test_decision_25_a_known_reason_for_not_knowing_never_drops_a_question(tmp_path: Path, why: str) -> None:
    found = evaluate(load(tmp_path, rule("r", SICK)), f"evidence: {{child.seriously_ill_or_hurt: {{why: {why}}}}}")
    assert [(each.path, each.why_unknown) for each in found.questions] == [("child.seriously_ill_or_hurt", why)]
