"""Words: days, times, instructions as a person reads them."""

from typing import Any

import pytest

from safeguard_rules.reports.words import (
    TOPICS,
    count,
    day,
    instruction,
    listing,
    lower_first,
    other_times,
    place_name,
    sentence,
    time_with_basis,
    whom,
    words,
)
from safeguard_rules.results import Citation, Demand, Within
from safeguard_rules.vocabulary.kinds import TOPICS as ALL_TOPICS
from tests.reports.made import CHILD, FATHER, PARTNER, action, demand, within


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-02", "2 March 2026"),
        ("2026-12", "December 2026"),
        ("2026", "2026"),
        ("2026-03-02T15:00Z", "2 March 2026 at 15:00 (UTC)"),
        ("2026-03-02T15:00+01:00", "2 March 2026 at 15:00 (+01:00)"),
        ("soon", "soon"),
    ],
)
def test_days_read_as_people_write_them(written: str, read: str) -> None:
    assert day(written) == read


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (within("at once"), "at once"),
        (within("at once", "proposed"), "at once (proposed)"),
        (within("same day"), "the same day"),
        (within("before the birth"), "before the birth"),
        (within("4 hours"), "within 4 hours of learning of it"),
        (
            within("2 days", counted_from="referrals[r].sent_on", due="2026-03-04", overdue=False),
            "within 2 days, that is by 4 March 2026",
        ),
        (
            within("2 days", counted_from="referrals[r].sent_on", due="2026-03-04", overdue=True),
            "within 2 days, that is by 4 March 2026: overdue",
        ),
        (within("2 days", counted_from="referrals[r].sent_on"), "within 2 days"),
    ],
)
def test_times_read_with_their_basis(given: Any, read: str) -> None:
    assert time_with_basis(given, "here") == read


def test_a_time_that_only_other_areas_state_says_so() -> None:
    everywhere, here, there = (
        Citation("a:b/c", "A", "P", "page 1", "It says so.", None, "local policy", "read in full", area)
        for area in (None, "here", "there")
    )
    for cited, marked in (((there,), True), ((there, here), False), ((there, everywhere), False), ((), False)):
        given = Within("at once", "sourced", None, None, None, cited)
        assert time_with_basis(given, "here").endswith("(stated elsewhere)") is marked
    assert (
        time_with_basis(Within("at once", "sourced", None, None, None, (there,)), None) == "at once (stated elsewhere)"
    )


@pytest.mark.parametrize(
    ("headline", "other", "is_told"),
    [
        (None, "at once", True),
        ("at once", "4 hours", False),
        ("at once", "same day", False),
        ("at once", "before the birth", True),
        ("2 days", "5 days", False),
        ("2 days", "4 hours", True),
        ("2 days", "before the birth", True),
        ("2 days", "2 days", False),
    ],
)
def test_a_time_that_is_not_certainly_longer_is_told_beside_the_headlines(
    headline: str | None, other: str, is_told: bool
) -> None:
    head = demand("must", within=within(headline) if headline else None)
    second = demand("should", within=within(other))
    assert other_times(action("a:b", "Do it", head, second)) == ((second,) if is_told else ())


def test_the_time_of_the_opposite_side_is_not_told_as_the_actions_own() -> None:
    sides: tuple[Demand, ...] = (demand("should"), demand("should_not", within=within("before contact")))
    assert other_times(action("a:b", "Do it", *sides)) == ()


@pytest.mark.parametrize("obligation", ["must_not", "should_not"])
def test_what_is_not_to_be_done_reads_do_not(obligation: Any) -> None:
    assert instruction(action("a:b", "Pass the details on", demand(obligation))) == "Do not pass the details on"


def test_what_is_to_be_done_reads_as_written() -> None:
    assert instruction(action("a:b", "Pass the details on")) == "Pass the details on"


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        ("Share it", "share it"),
        ("GP letters are kept", "GP letters are kept"),
        ("Baby Steps is told", "Baby Steps is told"),
    ],
)
def test_names_keep_their_capitals(text: str, lowered: str) -> None:
    assert lower_first(text) == lowered


def test_small_words() -> None:
    assert words("pack:already_recorded") == "already recorded"
    assert words("gp") == "GP"
    assert place_name("stoke-on-trent") == "Stoke on Trent"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert listing(["a"]) == "a"
    assert listing([]) == ""
    assert (count(1, "rule"), count(2, "rule"), count(0, "locality", "localities")) == (
        "1 rule",
        "2 rules",
        "0 localities",
    )
    assert sentence("it helps") == "It helps."
    assert sentence("Does it?") == "Does it?"


def test_the_child_is_not_named_again_and_others_are() -> None:
    assert whom([CHILD]) == ""
    assert whom([PARTNER, FATHER]) == " (mother's partner and the father)"


def test_every_topic_of_the_vocabulary_has_its_words_in_order() -> None:
    assert tuple(TOPICS) == tuple(ALL_TOPICS)
