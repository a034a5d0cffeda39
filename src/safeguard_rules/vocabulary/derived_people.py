"""Derived facts of people, incidents, contacts and assessments."""

from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.durations import Duration, Unit, add
from safeguard_rules.values.members import Members
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.looking import (
    Looked,
    after_latest_assessment,
    compared,
    complete,
    date_after,
    finished,
    holds,
    is_finished,
    look_up_date,
    looks,
    on_or_after,
    only_if_there,
    others_unseen,
    unless_not_there,
)
from safeguard_rules.vocabulary.parts import Part, every_part, no_part, some_part, yes_or_no
from safeguard_rules.vocabulary.records import Derived, Reader, Reasons, Record

SIXTEEN = Duration(16, Unit.YEARS)
RELATED = frozenset({"mother", "father", "grandparent", "other_relative"})
NOT_RELATED = frozenset({"friend", "lodger", "other"})


def joined_after_latest_assessment(view: Reader, person: Record) -> Derived:
    """Whether somebody became part of the child's life after the latest finished assessment."""
    return yes_or_no(after_latest_assessment(view, look_up_date(view, person, "joined_on")))


def assessed(view: Reader, person: Record) -> Derived:
    """Whether some finished assessment looked at this person's part in the child's life."""
    looked_at = [
        every_part([finished(view, assessment), holds(view, assessment, "people", person.id)])
        for assessment in view.records("assessment")
    ]
    return yes_or_no(some_part([*looked_at, others_unseen(view, "assessment")]))


def named_in_abuse(view: Reader, person: Record) -> Derived:
    """Whether some incident names this person as the one who did it."""
    named = [only_if_there(incident, looks(view, incident, "by", person.id)) for incident in view.records("incident")]
    return yes_or_no(some_part([*named, others_unseen(view, "incident")]))


def asked_alone_since_last_contact(view: Reader, person: Record) -> Derived:
    """Whether this person was asked about abuse in private on or after the day of the latest past contact."""
    contacts = [(each, look_up_date(view, each, "happens_on")) for each in view.records("contact")]
    all_listed = complete(view, "contact")
    asked = [_asked_alone(view, person, each, contacts, all_listed) for each in view.records("enquiry")]
    return yes_or_no(some_part([*asked, others_unseen(view, "enquiry")]))


def both_sixteen_or_over(view: Reader, incident: Record) -> Derived:
    """Whether both people in an incident were 16 or over when it happened."""
    happened = look_up_date(view, incident, "happened_on")
    return yes_or_no(every_part(_sixteen(view, incident, name, happened) for name in ("by", "against")))


def child_related_to_either(view: Reader, incident: Record) -> Derived:
    """Whether the child is a child or relative of one of the two people; of a parent's partner it stays open."""
    return yes_or_no(some_part(_related(view, incident, name) for name in ("by", "against")))


def others_with_person_to_ask(view: Reader, contact: Record) -> Derived:
    """Whether two or more people are at a contact, so that nobody can be asked in private."""
    value = view.value(contact, "present")

    def present() -> Reasons:
        return view.derive(contact, "present").reasons

    if not isinstance(value, Members):
        return Derived(None, present)
    if len(value.certain) > 1:
        return Derived(True, lambda: (present()[0], ()))
    return Derived(None, present) if value.open else Derived(False, lambda: (present()[0], ()))


def is_latest(view: Reader, assessment: Record) -> Derived:
    """Whether an assessment is finished and no other was finished later."""
    own = look_up_date(view, assessment, "finished_on")
    others = [
        unless_not_there(other, no_part(date_after(look_up_date(view, other, "finished_on"), own)))
        for other in view.records("assessment")
        if other is not assessment
    ]
    return yes_or_no(every_part([is_finished(own), *others, complete(view, "assessment")]))


def _asked_alone(
    view: Reader, person: Record, enquiry: Record, contacts: list[tuple[Record, Looked]], all_listed: Part
) -> Part:
    asked = look_up_date(view, enquiry, "asked_on")
    since_each = [
        unless_not_there(contact, compared(asked_since(asked.known, day.known, view.as_of), asked, day))
        for contact, day in contacts
    ]
    alone = looks(view, enquiry, "alone", True)
    of_person = looks(view, enquiry, "of", person.id)
    return only_if_there(enquiry, every_part([of_person, alone, all_listed, *since_each]))


def asked_since(asked: When | None, contact: When | None, as_of: AsOf) -> Truth:
    """Whether somebody was asked on or after the day of a contact, which counts only once it is past."""
    if contact is None:
        return U
    until_now = contact.cut(as_of)
    if until_now is None:
        return T
    truth = on_or_after(asked, until_now)
    certainly_past = contact.last <= as_of.day
    return truth if truth == T or certainly_past else U


def _person(view: Reader, incident: Record, name: str) -> Record | None:
    who = view.value(incident, name)
    return next((each for each in view.records("person") if each.id == who), None)


def _sixteen(view: Reader, incident: Record, name: str, happened: Looked) -> Part:
    person = _person(view, incident, name)
    if person is None:
        return Part(U, lambda: view.derive(incident, name).reasons)
    born = look_up_date(view, person, "born_on")
    part = compared(sixteen_by(born.known, happened.known), born, happened)
    return Part(part.truth, lambda: ((*view.derive(incident, name).read, *part.read), part.missing))


def sixteen_by(born: When | None, day: When | None) -> Truth:
    """Whether somebody born on one day is 16 or over on another."""
    if born is None or day is None:
        return U
    if day.first >= add(born.last, SIXTEEN):
        return T
    return F if day.last < add(born.first, SIXTEEN) else U


def _related(view: Reader, incident: Record, name: str) -> Part:
    person = _person(view, incident, name)
    if person is None:
        return Part(U, lambda: view.derive(incident, name).reasons)
    relation = view.value(person, "relation")
    truth = T if relation in RELATED else F if relation in NOT_RELATED else U

    def reasons() -> Reasons:
        related = view.derive(person, "relation")
        return (*view.derive(incident, name).read, *related.read), related.missing

    return Part(truth, reasons)
