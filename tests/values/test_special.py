"""The two special values keep their identity."""

import copy
import pickle

import pytest

from safeguard_rules.values.special import NOT_APPLICABLE, NOT_YET, Special


@pytest.mark.parametrize(("value", "word"), [(NOT_YET, "not_yet"), (NOT_APPLICABLE, "not_applicable")])
def test_a_special_value_is_found_by_its_word(value: Special, word: str) -> None:
    assert value.word == str(value) == word
    assert Special(word) is value


@pytest.mark.parametrize("value", list(Special))
def test_a_copy_is_the_value_itself(value: Special) -> None:
    assert copy.copy(value) is copy.deepcopy(value) is pickle.loads(pickle.dumps(value)) is value


def test_they_are_equal_to_nothing_else() -> None:
    others: list[object] = ["not_yet", None, NOT_APPLICABLE]
    assert NOT_YET not in others


def test_there_is_no_other() -> None:
    assert list(Special) == [NOT_YET, NOT_APPLICABLE]
    with pytest.raises(ValueError, match="never"):
        Special("never")
