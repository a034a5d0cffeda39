"""Derived facts of the child and the pregnancy: ages, and whether the child was seen since the latest worry."""

from safeguard_rules.values.dates import When
from safeguard_rules.values.special import NOT_APPLICABLE, Special
from safeguard_rules.values.timing import Span
from safeguard_rules.values.truth import F, T, U
from safeguard_rules.vocabulary.looking import (
    PREGNANCY_DAYS,
    Looked,
    compared,
    complete,
    look_up_date,
    looks,
    on_or_after,
    only_if_there,
    others_unseen,
    running_since,
    there,
    together,
    unless_not_there,
)
from safeguard_rules.vocabulary.parts import Part, every_part, no_part, some_part, yes_or_no
from safeguard_rules.vocabulary.records import Derived, Reader, Record

WORRIES = (("concern", "raised_on"), ("injury", "noticed_on"), ("incident", "happened_on"))


def age(view: Reader, record: Record) -> Derived:
    """How old the child or a person is: the time since the date of birth."""
    return running_since(view, record, "born_on")


def gestation(view: Reader, child: Record) -> Derived:
    """How far on the pregnancy is: the time since 40 weeks before the expected date of birth."""
    return running_since(view, child, "expected_on", PREGNANCY_DAYS)


def gestation_at_booking(view: Reader, pregnancy: Record) -> Derived:
    """How far on the pregnancy was at booking; not applicable if there has been none yet."""
    booked = look_up_date(view, pregnancy, "booked_on")
    expected = look_up_date(view, view.child, "expected_on")
    value = weeks_at_booking(booked.when, expected.when)
    if value is NOT_APPLICABLE:
        settled = booked if isinstance(booked.when, Special) else expected
        return Derived(value, lambda: (settled.reasons[0], ()))
    return Derived(value, lambda: together((compared(U, booked, expected),)))


def weeks_at_booking(booked: When | Special | None, expected: When | Special | None) -> Span | Special | None:
    """The length of a pregnancy on the day of the booking, from the day on which the birth was expected."""
    if isinstance(booked, Special) or isinstance(expected, Special):
        return NOT_APPLICABLE
    if booked is None or expected is None:
        return None
    low = PREGNANCY_DAYS - (expected.last - booked.first).days
    return Span(low, PREGNANCY_DAYS - (expected.first - booked.last).days)


def seen_awake_since_last_concern(view: Reader, _child: Record) -> Derived:
    """Whether a contact with the child awake came on or after the day of the latest worry.

    True as well where it is known that there was no worry. It is false only if the day of the latest worry is
    known, so that nobody is told that a child went unseen since a worry that may not be the latest.
    """
    worries = [(record, look_up_date(view, record, name)) for kind, name in WORRIES for record in view.records(kind)]
    all_listed = complete(view, *(kind for kind, _ in WORRIES))
    no_worry = every_part([all_listed, *(no_part(there(record)) for record, _ in worries)])
    seen = [_seen_awake_after(view, contact, worries, all_listed) for contact in view.records("contact")]
    answer = some_part([no_worry, *seen, others_unseen(view, "contact")])
    latest_known = every_part([all_listed, *(_dated(record, date) for record, date in worries)])
    if answer.truth == F and latest_known.truth != T:
        return yes_or_no(latest_known)
    return yes_or_no(answer)


def _dated(record: Record, date: Looked) -> Part:
    return unless_not_there(record, compared(U if date.when is None else T, date))


def _seen_awake_after(view: Reader, contact: Record, worries: list[tuple[Record, Looked]], all_listed: Part) -> Part:
    day = look_up_date(view, contact, "happens_on")
    after_each = [
        unless_not_there(record, compared(on_or_after(day.known, date.known), day, date)) for record, date in worries
    ]
    return only_if_there(contact, every_part([looks(view, contact, "seen", "awake"), all_listed, *after_each]))
