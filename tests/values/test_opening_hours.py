"""Opening hours in UK time: the minutes at the edges, both changes of the clocks, and when an office opens next."""

from datetime import datetime, timedelta

import pytest

from safeguard_rules.values.opening_hours import Opening, OpeningHours, Times, Weekdays

QUARTER = timedelta(minutes=15)
"""All hours here start and end at one."""


def times(*written: str) -> tuple[Times, ...]:
    found = tuple(Times.parse(each) for each in written)
    assert None not in found
    return tuple(each for each in found if each is not None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


OFFICE = OpeningHours.of(
    [Opening(Weekdays(4, 4), times("08:45 to 16:00")), Opening(Weekdays(0, 3), times("08:45 to 17:00"))]
)
SPLIT = OpeningHours.of([Opening(Weekdays(0, 0), times("13:30 to 17:00", "09:00 to 12:30"))])
NIGHTS = OpeningHours.of([Opening(Weekdays(6, 6), times("22:00 to 24:00", "00:00 to 01:30", "02:30 to 03:00"))])
ALWAYS = OpeningHours.of([Opening(Weekdays(0, 6), times("00:00 to 24:00"))])
LEFT_OUT = OpeningHours.of([Opening(Weekdays(6, 6), times("01:15 to 01:45"))])
"""Its only opening lies in the hour that is left out on one Sunday in March."""

HALF_LEFT_OUT = OpeningHours.of([Opening(Weekdays(6, 6), times("01:15 to 05:00"))])

ALL = {
    "office": OFFICE,
    "split": SPLIT,
    "nights": NIGHTS,
    "always": ALWAYS,
    "left out": LEFT_OUT,
    "half left out": HALF_LEFT_OUT,
}


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (OFFICE, "Monday to Thursday 08:45 to 17:00, Friday 08:45 to 16:00"),
        (SPLIT, "Monday 09:00 to 12:30 and 13:30 to 17:00"),
        (ALWAYS, "Monday to Sunday 00:00 to 24:00"),
    ],
)
def test_hours_read_in_the_order_of_the_week_however_they_were_given(hours: OpeningHours, said: str) -> None:
    assert str(hours) == said


@pytest.mark.parametrize("text", ["8:45 to 17:00", "08:45-17:00", "08:45 to 24:01", "24:00 to 24:00", "08:60 to 09:00"])
def test_times_of_another_form_are_none(text: str) -> None:
    assert Times.parse(text) is None


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("09:00 to 12:00", "11:59 to 13:00", True),
        ("09:00 to 12:00", "12:00 to 13:00", False),
        ("09:00 to 17:00", "12:00 to 13:00", True),
    ],
)
def test_times_overlap_if_a_minute_belongs_to_both(one: str, other: str, meet: bool) -> None:
    first, second = times(one, other)
    assert (first.overlaps(second), second.overlaps(first)) == (meet, meet)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-02T08:44:59Z", False),
        ("2026-03-02T08:45:00Z", True),
        ("2026-03-02T16:59:59Z", True),
        ("2026-03-02T17:00:00Z", False),
        # Friday is shorter, and the weekend has no hours
        ("2026-03-06T15:59:59Z", True),
        ("2026-03-06T16:00:00Z", False),
        ("2026-03-07T12:00:00Z", False),
        # summer time: the clocks are an hour ahead of UTC
        ("2026-07-02T07:45:00Z", True),
        ("2026-07-02T07:44:59Z", False),
        ("2026-07-02T16:00:00Z", False),
        # the Friday before and the Monday after each change
        ("2026-03-27T08:45:00Z", True),
        ("2026-03-30T07:45:00Z", True),
        ("2026-10-23T07:45:00Z", True),
        ("2026-10-26T07:45:00Z", False),
        ("2026-10-26T08:45:00Z", True),
        # the same instants, with other offsets
        ("2026-03-02T13:45:00+05:00", True),
        ("2026-03-02T00:44:59-08:00", False),
        ("2026-03-03T03:00:00+11:00", True),
    ],
)
def test_the_minute_of_opening_is_open_and_that_of_closing_is_closed_in_uk_time(moment: str, is_open: bool) -> None:
    assert OFFICE.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        # in March the clocks go from 01:00 to 02:00, past 01:30
        ("2026-03-29T00:59:59Z", True),
        ("2026-03-29T01:00:00Z", False),
        ("2026-03-29T01:30:00Z", True),
        # in October 01:00 to 02:00 comes twice
        ("2026-10-25T00:15:00Z", True),
        ("2026-10-25T00:30:00Z", False),
        ("2026-10-25T01:15:00Z", True),
        ("2026-10-25T01:30:00Z", False),
    ],
)
def test_in_the_nights_of_the_changes_it_goes_by_what_the_clocks_show(moment: str, is_open: bool) -> None:
    assert NIGHTS.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        (OFFICE, "2026-03-02T08:00Z", "2026-03-02T08:45+00:00"),
        (OFFICE, "2026-03-02T17:00Z", "2026-03-03T08:45+00:00"),
        (OFFICE, "2026-03-06T16:00Z", "2026-03-09T08:45+00:00"),
        (OFFICE, "2026-03-27T18:00Z", "2026-03-30T08:45+01:00"),
        (OFFICE, "2026-10-24T12:00Z", "2026-10-26T08:45+00:00"),
        (SPLIT, "2026-03-02T12:45Z", "2026-03-02T13:30+00:00"),
        (SPLIT, "2026-03-02T17:00Z", "2026-03-09T09:00+00:00"),
        (NIGHTS, "2026-10-25T00:30Z", "2026-10-25T01:00+00:00"),
        # after the Sunday that has no such quarter of an hour, the next one
        (LEFT_OUT, "2026-03-22T02:00Z", "2026-04-05T01:15+01:00"),
        # it starts in the hour that is left out, so it opens with the change
        (HALF_LEFT_OUT, "2026-03-29T00:30Z", "2026-03-29T02:00+01:00"),
    ],
)
def test_when_it_opens_next(hours: OpeningHours, moment: str, opens: str) -> None:
    found = hours.opens_after(at(moment))
    assert found is not None
    assert found.isoformat(timespec="minutes") == opens


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("start", ["2026-03-21T12:00Z", "2026-10-17T12:00Z", "2026-12-29T00:00Z"])
def test_the_next_opening_is_the_first_open_quarter_of_all(name: str, start: str) -> None:
    hours, first = ALL[name], at(start)
    found = None
    for moment in (first + n * QUARTER for n in reversed(range(16 * 24 * 4))):
        if hours.is_open(moment):
            found = moment
        elif found is not None:
            assert hours.opens_after(moment) == found, moment
    assert found is not None


def test_hours_that_never_come_open_at_no_time() -> None:
    assert OpeningHours(()).opens_after(at("2026-03-02T08:00Z")) is None


def test_a_moment_needs_its_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        OFFICE.is_open(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001
