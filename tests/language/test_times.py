"""Times: what may be written, and which of two is certainly shorter."""

from itertools import product

import pytest

from safeguard_rules.language.times import EVENTS, WORDS, parse_time, shorter


def test_words_and_lengths() -> None:
    assert all(parse_time(word) is not None for word in WORDS)
    length = parse_time("2 working days")
    assert length is not None
    assert str(length.length) == "2 working days"
    assert parse_time("at once is best") is None
    assert parse_time("1 days") is None


SHORTER = [
    ("at once", "same day"),
    ("at once", "1 hour"),
    ("at once", "2 working days"),
    ("4 hours", "24 hours"),
    ("24 hours", "2 days"),
    ("same day", "2 days"),
    ("1 day", "2 working days"),
    ("6 days", "1 week"),
    ("27 days", "1 month"),
    ("1 month", "32 days"),
]
INCOMPARABLE = [
    ("1 month", "30 days"),
    ("same day", "4 hours"),
    ("same day", "24 hours"),
    ("2 working days", "3 days"),
    ("24 hours", "1 day"),
    *[("at once", event) for event in EVENTS],
    *[(event, "1 hour") for event in EVENTS],
]


@pytest.mark.parametrize(("one", "other"), SHORTER)
def test_one_is_shorter(one: str, other: str) -> None:
    assert shorter(parse_time(one), parse_time(other))
    assert not shorter(parse_time(other), parse_time(one))


@pytest.mark.parametrize(("one", "other"), INCOMPARABLE)
def test_neither_is_shorter(one: str, other: str) -> None:
    assert not shorter(parse_time(one), parse_time(other))
    assert not shorter(parse_time(other), parse_time(one))


def test_no_time_at_all_is_never_shorter() -> None:
    assert shorter(parse_time("1 year"), None)
    assert not shorter(None, parse_time("1 year"))
    assert not shorter(None, None)


def test_it_is_a_partial_order() -> None:
    times = [
        parse_time(text) for text in (*WORDS, "1 hour", "24 hours", "1 day", "30 days", "1 month", "2 working days")
    ]
    for one, two, three in product(times, repeat=3):
        assert not (shorter(one, two) and shorter(two, one))
        if shorter(one, two) and shorter(two, three):
            assert shorter(one, three)
