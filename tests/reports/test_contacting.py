"""Whom to contact: in one short phrase with the number for the hour, and in full with every number."""

from dataclasses import replace

import pytest

from safeguard_rules.reports.acting import what_to_do_now
from safeguard_rules.reports.contacting import contact_in_full, contact_in_short
from safeguard_rules.results import ContactDetails
from tests.reports.made import FRONT_DOOR, action, front_door, text

IN_HOURS, OUT_OF_HOURS = FRONT_DOOR.phone, FRONT_DOOR.out_of_hours
MONDAY = "2026-03-02T08:45Z"

DAY = FRONT_DOOR
OPEN = front_door("open", phone=IN_HOURS, clock="Monday 10:00")
SURELY_OPEN = front_door("open", phone=IN_HOURS, clock="Monday 10:00", bank_holiday=False)
CLOSED = front_door("closed", phone=OUT_OF_HOURS, opens_next=MONDAY)
ONE_NUMBER = replace(front_door("closed", opens_next="2026-03-30T08:45+01:00"), out_of_hours=None)
HOLIDAY = front_door("not_known", clock="Monday 10:00", bank_holiday=True)
HOLIDAY_ONE_NUMBER = replace(HOLIDAY, out_of_hours=None)
NO_NUMBER = replace(front_door("open", clock="Monday 10:00"), phone=None, out_of_hours=None)


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (DAY, "Front Door 0300 456 0108"),
        (OPEN, "Front Door 0300 456 0108"),
        (CLOSED, "Front Door 0300 456 0100 (out of hours)"),
        (ONE_NUMBER, "Front Door 0300 456 0108 (closed until Monday 30 March 2026 at 08:45)"),
        (HOLIDAY, "Front Door 0300 456 0108, or 0300 456 0100 if closed"),
        (HOLIDAY_ONE_NUMBER, "Front Door 0300 456 0108 (may be closed)"),
        (NO_NUMBER, "Front Door"),
    ],
)
def test_in_short_it_is_the_number_for_the_hour(contact: ContactDetails, said: str) -> None:
    assert plainly(contact_in_short(contact)) == said


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (DAY, None),
        (OPEN, "Monday 10:00 is in its hours, unless that is a bank holiday"),
        (SURELY_OPEN, "Monday 10:00 is in its hours"),
        (CLOSED, "Sunday 02:00 is out of hours, and by its hours it opens on Monday 2 March 2026 at 08:45"),
        (HOLIDAY, "Monday 10:00 is on a bank holiday, and no source says whether it is open then"),
    ],
)
def test_in_full_every_number_stands_there_at_every_hour(contact: ContactDetails, said: str | None) -> None:
    usual = "Front Door 0300 456 0108; weekdays 09:00 to 17:00; out of hours 0300 456 0100"
    assert plainly(contact_in_full(contact)) == (f"{usual}; {said}" if said else usual)


@pytest.mark.parametrize("contact", [DAY, OPEN, CLOSED, ONE_NUMBER, HOLIDAY], ids=lambda each: str(each.moment))
def test_the_action_stays_on_one_line(contact: ContactDetails) -> None:
    one = action("a:one", "Report it", contact=contact, contact_key="front_door")
    printed = text(what_to_do_now, actions=(one,)).splitlines()
    assert len(printed) == 3
    assert len(printed[-1]) <= 120


def plainly(words: str) -> str:
    return words.replace("\u00a0", " ")
