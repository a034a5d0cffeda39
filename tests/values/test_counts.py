"""Counts in a range, compared with trying every number in it; the table stands in tests/spec/counts.csv."""

import pytest

from safeguard_rules.values.counts import Range
from safeguard_rules.values.truth import F, T, U

FAR = 20  # stands for all the numbers above those that any test here names


@pytest.mark.parametrize("low", range(6))
@pytest.mark.parametrize("high", [*range(6), None])
def test_decision_2_a_comparison_is_definite_if_the_whole_range_agrees(low: int, high: int | None) -> None:
    if high is not None and high < low:
        with pytest.raises(ValueError, match=f"^a range from {low} to {high} holds no number$"):
            Range(low, high)
        return
    count = Range(low, high)
    numbers = range(low, (FAR if high is None else high) + 1)
    for k in range(8):
        found = {
            "at_least": (count.at_least(k), {n >= k for n in numbers}),
            "more_than": (count.more_than(k), {n > k for n in numbers}),
            "at_most": (count.at_most(k), {n <= k for n in numbers}),
            "less_than": (count.less_than(k), {n < k for n in numbers}),
            "is": (count.is_(k), {n == k for n in numbers}),
            "is_not": (count.is_not(k), {n != k for n in numbers}),
        }
        found |= {f"between {k} {m}": (count.between(k, m), {k <= n <= m for n in numbers}) for m in range(8)}
        for name, (verdict, answers) in found.items():
            assert verdict == (U if len(answers) == 2 else T if answers == {True} else F), f"{name} {k}"
