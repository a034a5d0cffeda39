"""A contact as the result shows it, with the number to use at the moment of the evaluation, if it has a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeAlias

from safeguard_rules.engine.finding import cite
from safeguard_rules.packs.content import Contact
from safeguard_rules.results import ContactDetails, ContactMoment
from safeguard_rules.values.dates import AsOf, write_instant
from safeguard_rules.values.opening_hours import WEEKDAYS, OpeningHours
from safeguard_rules.values.uk_clock import uk_time

IsBankHoliday: TypeAlias = Callable[[date], bool | None]
"""Whether a UK calendar day is a bank holiday; None where nobody knows."""


def no_calendar(_day: date) -> None:
    """What is known of bank holidays where the packs hold no calendar of them: nothing."""


def contact_details(contact: Contact, as_of: AsOf, is_bank_holiday: IsBankHoliday) -> ContactDetails:
    """A contact as the result shows it."""
    return ContactDetails(
        contact.key,
        contact.name,
        contact.phone,
        str(contact.hours) if contact.hours is not None else None,
        contact.out_of_hours,
        contact.url,
        contact.checked_on.isoformat() if contact.checked_on is not None else None,
        _moment(contact, as_of.instant, is_bank_holiday),
        cite(contact.cites),
    )


def _moment(contact: Contact, instant: datetime | None, is_bank_holiday: IsBankHoliday) -> ContactMoment | None:
    hours = contact.hours
    if hours is None or instant is None:
        return None
    shown = uk_time(instant)
    clock = f"{WEEKDAYS[shown.weekday()]} {shown:%H:%M}"
    holiday = is_bank_holiday(shown.date())
    if not hours.is_open(instant):
        return ContactMoment("closed", contact.out_of_hours, clock, _opens_next(hours, instant), holiday)
    # No source says whether an office keeps its hours on a bank holiday, so neither number is preferred.
    if holiday:
        return ContactMoment("not_known", None, clock, None, True)
    return ContactMoment("open", contact.phone, clock, None, holiday)


def _opens_next(hours: OpeningHours, instant: datetime) -> str | None:
    opens = hours.opens_after(instant)
    return write_instant(opens) if opens is not None else None
