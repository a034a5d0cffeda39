"""A contact as the result shows it, with the number to use at the moment of the evaluation, if it has a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeAlias

from safeguard_rules.engine.finding import cite
from safeguard_rules.packs.content import Contact
from safeguard_rules.results import ContactDetails, ContactNow
from safeguard_rules.values.dates import AsOf, write_instant
from safeguard_rules.values.opening_hours import WEEKDAYS, OpeningHours
from safeguard_rules.values.uk_clock import uk_time

IsBankHoliday: TypeAlias = Callable[[date], bool | None]
"""Whether a UK calendar day is a bank holiday; None where nobody knows."""


def no_calendar(_day: date) -> None:
    """What is known of bank holidays where the packs hold no calendar of them: nothing."""


def contact_details(contact: Contact, as_of: AsOf, is_bank_holiday: IsBankHoliday) -> ContactDetails:
    """A contact as the result shows it."""
    hours = contact.hours
    return ContactDetails(
        contact.key,
        contact.name,
        contact.phone,
        str(hours) if hours is not None else None,
        contact.out_of_hours,
        contact.url,
        contact.checked_on.isoformat() if contact.checked_on is not None else None,
        _now(contact, hours, as_of.instant, is_bank_holiday)
        if hours is not None and as_of.instant is not None
        else None,
        cite(contact.cites),
    )


def _now(contact: Contact, hours: OpeningHours, instant: datetime, is_bank_holiday: IsBankHoliday) -> ContactNow:
    shown = uk_time(instant)
    holiday = is_bank_holiday(shown.date())
    clock = f"{WEEKDAYS[shown.weekday()]} {shown:%H:%M}"
    if not hours.is_open(instant):
        opens = hours.opens_after(instant)
        following = write_instant(opens) if opens is not None else None
        return ContactNow("closed", contact.out_of_hours, clock, following, holiday)
    # No source says whether an office keeps its hours on a bank holiday, so neither number is preferred.
    if holiday:
        return ContactNow("not_known", None, clock, None, True)
    return ContactNow("open", contact.phone, clock, None, holiday)
