"""The number of a contact for a moment, with what a calendar says of the day."""

from datetime import date

import pytest

from safeguard_rules.engine.contacting import contact_details, no_calendar
from safeguard_rules.packs.content import Contact
from safeguard_rules.results import ContactMoment
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.opening_hours import Opening, OpeningHours, Times, Weekdays

EASTER_MONDAY = date(2026, 4, 6)
HOURS = OpeningHours.of([Opening(Weekdays(0, 4), (Times(9 * 60, 17 * 60),))])
CONTACT = Contact("door", "Front Door", "01632 960001", HOURS, "01632 960002", None, None, ())


def calendar(day: date) -> bool | None:
    """Knows the days until the end of April 2026, and one bank holiday among them."""
    return day == EASTER_MONDAY if day < date(2026, 5, 1) else None


def moment(as_of: str) -> ContactMoment | None:
    return contact_details(CONTACT, AsOf.of(as_of), calendar).moment


def test_on_a_bank_holiday_nobody_knows_and_no_number_is_preferred() -> None:
    assert moment("2026-04-06T10:00+01:00") == ContactMoment("not_known", None, "Monday 10:00", None, True)
    found = contact_details(CONTACT, AsOf.of("2026-04-06T10:00+01:00"), calendar)
    assert (found.phone, found.out_of_hours) == ("01632 960001", "01632 960002")


def test_out_of_its_hours_it_is_closed_on_a_bank_holiday_too() -> None:
    found = ContactMoment("closed", "01632 960002", "Monday 20:00", "2026-04-07T09:00+01:00", True)
    assert moment("2026-04-06T20:00+01:00") == found


@pytest.mark.parametrize(("as_of", "known"), [("2026-04-07T10:00+01:00", False), ("2026-05-05T10:00+01:00", None)])
def test_on_other_days_and_past_the_calendar_it_goes_by_the_weekday(as_of: str, known: bool | None) -> None:
    assert moment(as_of) == ContactMoment("open", "01632 960001", "Tuesday 10:00", None, known)


def test_the_day_that_the_calendar_is_asked_for_is_that_of_the_uk() -> None:
    found = moment("2026-04-05T23:30-05:00")
    assert found is not None
    assert (found.clock, found.bank_holiday) == ("Monday 05:30", True)


def test_a_bare_day_asks_no_calendar() -> None:
    def never(_day: date) -> bool | None:
        raise AssertionError

    assert contact_details(CONTACT, AsOf.of("2026-04-06"), never).moment is None


def test_without_a_calendar_nothing_is_known_of_a_day() -> None:
    found = contact_details(CONTACT, AsOf.of("2026-04-06T10:00+01:00"), no_calendar).moment
    assert found == ContactMoment("open", "01632 960001", "Monday 10:00", None, None)
