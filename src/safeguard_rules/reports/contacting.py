"""Whom to contact in words: in short, with the number to use at that moment, and with all that is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from safeguard_rules.reports.lines import unbroken
from safeguard_rules.reports.words import day
from safeguard_rules.results import ContactDetails, ContactMoment
from safeguard_rules.values.opening_hours import WEEKDAYS


def contact_in_short(contact: ContactDetails) -> str:
    """The name and the number to use, and where its hours do not simply give it, a word on why: one line at most."""
    moment, other = contact.moment, contact.out_of_hours
    usual = f"{contact.name} {unbroken(contact.phone)}" if contact.phone else contact.name
    if moment is None or moment.state == "open":
        return usual
    if moment.state == "not_known":
        return f"{usual}, or {unbroken(other)} if closed" if other else f"{usual} (may be closed)"
    if moment.phone:
        return f"{contact.name} {unbroken(moment.phone)} (out of hours)"
    return f"{usual} (closed{f' until {_opening(moment.opens_next)}' if moment.opens_next else ''})"


def contact_in_full(contact: ContactDetails) -> str:
    """The name with every number, the hours, and what they say of the moment."""
    return "; ".join(_parts(contact))


def _parts(contact: ContactDetails) -> Iterator[str]:
    yield f"{contact.name} {unbroken(contact.phone)}" if contact.phone else contact.name
    if contact.hours:
        yield contact.hours
    if contact.out_of_hours:
        yield f"out of hours {unbroken(contact.out_of_hours)}"
    if contact.moment is not None:
        yield _moment(contact.moment)


def _moment(moment: ContactMoment) -> str:
    if moment.state == "not_known":
        return f"{moment.clock} is on a bank holiday, and no source says whether it is open then"
    if moment.state == "open":
        return (
            f"{moment.clock} is in its hours{', unless that is a bank holiday' if moment.bank_holiday is None else ''}"
        )
    opens = f", and by its hours it opens on {_opening(moment.opens_next)}" if moment.opens_next else ""
    return f"{moment.clock} is out of hours{opens}"


def _opening(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return f"{WEEKDAYS[moment.weekday()]} {day(moment.date().isoformat())} at {moment:%H:%M}"
