"""Decision 55: the expected type decides what a plain scalar means; numbers, flags and null are plain and exact."""

from pathlib import Path

import pytest

from safeguard_rules.case.child import Child
from tests.packs.refused import case_codes, codes
from tests.packs_in_text import case, load, section


def child(text: str) -> Child:
    found = case(text).child
    assert found is not None
    return found


NUMBERS = [("2500", None), ('"2500"', "quoted"), ("2.5e3", "not-a-whole-number"), ("02500", "not-a-whole-number")]


@pytest.mark.parametrize(("written", "code"), NUMBERS)
def test_decision_55_numbers_are_plain_and_exact(written: str, code: str | None) -> None:
    told = f"child: {{id: baby, birth_weight: {written}}}"
    if code is None:
        assert child(told).birth_weight == 2500
    else:
        assert case_codes(told) == [code]


FLAGS = [("true", True), ("false", False), ("null", None)]
NO_FLAGS = ["yes", "no", "on", "off", "True", "FALSE", '"true"', "y", "1", "~", "Null", '"null"', "unknown"]


@pytest.mark.parametrize(("written", "value"), FLAGS)
def test_decision_55_flags_are_two_words_and_null_is_unknown(written: str, value: bool | None) -> None:
    assert child(f"child: {{id: baby, disabled: {written}}}").disabled is value


@pytest.mark.parametrize("written", NO_FLAGS)
def test_decision_55_nothing_else_is_a_flag(written: str) -> None:
    assert len(case_codes(f"child: {{id: baby, disabled: {written}}}")) == 1


TEXTS = ["no", "01225", "1.10", "2026-03-02", "1:30", "true", "0x1F"]


@pytest.mark.parametrize("written", TEXTS)
def test_decision_55_where_text_belongs_every_scalar_is_its_text(written: str) -> None:
    people = case(f"people: [{{id: a, label: {written}}}]").people
    assert people is not None
    assert people[0].label == written


def test_decision_55_a_word_may_be_quoted() -> None:
    assert child('child: {id: baby, stage: "unborn"}').stage == "unborn"
    assert str(child('child: {id: baby, born_on: "2026-03"}').born_on) == "2026-03"


VALUES = [("14", int), ("6 weeks", str), ("2026-03-02", str), ("01", None), ("1_000", None), ("six", None)]


@pytest.mark.parametrize(("written", "kind"), VALUES)
def test_decision_55_a_threshold_is_a_number_a_length_or_a_day(written: str, kind: type | None, tmp_path: Path) -> None:
    piece = section("parameters", f"p: {{value: {written}, cites: [law/duty]}}")
    if kind is None:
        assert codes(tmp_path, piece) == ["wrong-parameter"]
        return
    (form,) = load(tmp_path, piece).content.parameters["tiny:p"].forms
    assert str(form.value) == written
    assert isinstance(form.value, int) is (kind is int)
