"""Knowing less and more of a case, a step at a time."""

from __future__ import annotations

import pytest

from safeguard_rules import Case
from safeguard_rules.case.canonical import canonical_tree
from safeguard_rules.testing.comparing_outcomes import certain_outcomes, flipped
from safeguard_rules.testing.dice import Seeded
from safeguard_rules.testing.knowing import Learning, Step, know_less, steps_back
from safeguard_rules.testing.made_cases import Maker
from safeguard_rules.testing.situation import DAY
from tests.testing.books import bundled

BOOK = bundled()
WORDS = BOOK.vocabulary
GIVEN = Case.from_yaml(
    """
    child: {id: baby, stage: born, born_on: 2026-01-19, movements: [sits]}
    injuries: [{id: cheek, kind: bruise, noticed_on: 2026-03-20}]
    evidence: {child.disabled: [{why: declined}]}
    """
)


def test_every_step_back_is_told_whole_lists_first() -> None:
    steps = steps_back(GIVEN, WORDS, DAY)
    assert [str(step) for step in steps][:2] == ["injuries is forgotten", "injuries[cheek] is forgotten"]
    assert {str(step) for step in steps} >= {
        "child.born_on keeps its month only",
        "child.born_on keeps its year only",
        "child.movements may not be complete",
        "injuries[cheek].kind is forgotten",
    }
    assert not any(step.path.endswith("noticed_on") and step.how != "forget" for step in steps), "it lies ahead"
    assert not any(step.how in ("month", "year") for step in steps_back(GIVEN, WORDS)), "no day, no ahead"


@pytest.mark.parametrize(
    ("step", "left"),
    [
        (Step("child.born_on", "month"), "2026-01"),
        (Step("child.born_on", "year"), "2026"),
        (Step("child.born_on"), None),
    ],
)
def test_a_date_can_lose_its_day(step: Step, left: str | None) -> None:
    assert canonical_tree(know_less(GIVEN, step))["child"].get("born_on") == left


def test_what_is_gone_already_stays_gone() -> None:
    less = know_less(GIVEN, Step("injuries[cheek]"))
    assert know_less(less, Step("injuries[cheek].noticed_on", "month")) is less


def test_one_thing_learned_is_one_thing_and_flips_nothing() -> None:
    maker = Maker(BOOK, DAY)
    learned = 0
    for seed in range(120):
        case = Case.model_validate(maker.any_case(Seeded(seed)))
        more = Learning(Seeded(seed), case, WORDS, maker.points).one_thing()
        if more is not None:
            learned += more != case
            assert list(flipped(certain_outcomes(BOOK, case, DAY), certain_outcomes(BOOK, more, DAY))) == [], seed
    assert learned > 100


def test_an_answer_replaces_the_reason_for_not_knowing() -> None:
    learning = Learning(Seeded(1), GIVEN, WORDS, Maker(BOOK, DAY).points)
    answered = learning.answer("child.disabled")
    assert answered is not None
    assert answered[1].child is not None
    assert answered[1].child.disabled is not None
    assert "child.disabled" not in answered[1].evidence


def test_a_list_that_is_known_to_be_short_is_not_called_complete() -> None:
    short = Case.from_yaml("{child: {id: baby, stage: born}, people: [], all_regular_people_recorded: false}")
    points = Maker(BOOK, DAY).points
    assert Learning(Seeded(1), short, WORDS, points).answer("people") is None
    whole = Learning(Seeded(1), short, WORDS, points).everything()
    assert whole is not None
    assert whole.all_regular_people_recorded is False


def test_what_cannot_be_answered_alone_is_not() -> None:
    assert Learning(Seeded(1), GIVEN, WORDS, Maker(BOOK, DAY).points).answer("child.born_on") is None
