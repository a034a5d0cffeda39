"""The table of the library's own derived facts."""

from datetime import timedelta
from functools import partial

from safeguard_rules.values.special import Special
from safeguard_rules.vocabulary import derived_child, derived_news, derived_people
from safeguard_rules.vocabulary.derived import Derivation, Moment, Since
from safeguard_rules.vocabulary.kinds import Kind
from safeguard_rules.vocabulary.looking import PREGNANCY_DAYS, look_up_date
from safeguard_rules.vocabulary.records import Reader, Record


def counted_from(view: Reader, record: Record, *, fact: str, name: str, days_before: int = 0) -> tuple[Moment, ...]:
    """The moment of a length of time that runs from a date of the same record, or so many days before it."""
    date_from = look_up_date(view, record, name)
    if isinstance(date_from.when, Special):
        return ()
    known = date_from.known
    if known is None:
        return (Moment(fact, record.path(name), None, None),)
    ahead = timedelta(days=days_before)
    return (Moment(fact, record.path(name), known.first - ahead, known.last - ahead),)


def contacts_become_past(view: Reader, _person: Record) -> tuple[Moment, ...]:
    """The days of all contacts: once one is past, somebody asked before it was asked too long ago."""
    found = []
    for contact in view.records("contact"):
        known = look_up_date(view, contact, "happens_on").known
        days = (known.first, known.last) if known else (None, None)
        found.append(Moment("person.asked_alone_since_last_contact", contact.path("happens_on"), *days))
    return tuple(found)


_ASSESSMENTS = ("assessments", "assessment.finished_on")
_NEWS = (
    "people",
    "person.joined_on",
    "injuries",
    "injury.noticed_on",
    "incidents",
    "incident.happened_on",
    "incident.notified_on",
    "moves",
    "move.happens_on",
    "changes",
    "change.learned_on",
    "change.kind",
)

DERIVATIONS: tuple[Derivation, ...] = (
    Derivation(
        "child.age",
        Kind.LENGTH,
        "the child's age",
        "How old the child is, counted in calendar months and years from the date of birth.",
        "child",
        ("child.born_on",),
        derived_child.age,
        stages=("born",),
        moments=partial(counted_from, fact="child.age", name="born_on"),
        cites=("guidance:vocabulary-proposals/ages-by-the-calendar",),
        since=Since("born_on"),
    ),
    Derivation(
        "child.gestation",
        Kind.LENGTH,
        "the length of the pregnancy so far",
        "How far on the pregnancy is: 40 weeks less the time that is left until the expected date of birth.",
        "child",
        ("child.expected_on",),
        derived_child.gestation,
        stages=("unborn",),
        moments=partial(counted_from, fact="child.gestation", name="expected_on", days_before=PREGNANCY_DAYS),
        cites=("guidance:vocabulary-proposals/gestation-from-expected-date",),
        since=Since("expected_on", PREGNANCY_DAYS),
    ),
    Derivation(
        "child.seen_awake_since_last_concern",
        Kind.BOOLEAN,
        "whether the child has been seen awake since the latest concern, injury or incident",
        "Somebody saw the child awake on or after the day of the latest concern, injury or incident; "
        "true as well if it is known that there was none.",
        "reviewed",
        (
            "concerns",
            "concern.raised_on",
            "injuries",
            "injury.noticed_on",
            "incidents",
            "incident.happened_on",
            "contacts",
            "contact.happens_on",
            "contact.seen",
        ),
        derived_child.seen_awake_since_last_concern,
        stages=("born",),
        cites=("guidance:vocabulary-proposals/seen-awake-after-the-worry",),
    ),
    Derivation(
        "case.new_since_assessment",
        Kind.WORDS,
        "what has been learned since the latest finished assessment",
        "The kinds of all that was learned after the day on which the latest assessment was finished.",
        "reviewed",
        (*_ASSESSMENTS, *_NEWS),
        derived_news.new_since_assessment,
        words=derived_news.ANY_KIND,
        cites=("guidance:vocabulary-proposals/news-after-assessment",),
    ),
    Derivation(
        "case.new_since_closing",
        Kind.WORDS,
        "what has been learned since the case was closed",
        "The kinds of all that was learned after the day on which the case was closed.",
        "reviewed",
        ("case.closed_on", *_NEWS),
        derived_news.new_since_closing,
        words=derived_news.ANY_KIND,
        cites=("guidance:vocabulary-proposals/news-after-assessment",),
    ),
    Derivation(
        "pregnancy.gestation_at_booking",
        Kind.LENGTH,
        "the length of the pregnancy at the first antenatal booking",
        "How far on the pregnancy was at booking: 40 weeks less the time from booking to the expected date of birth.",
        "child",
        ("pregnancy.booked_on", "child.expected_on"),
        derived_child.gestation_at_booking,
        stages=("unborn", "born"),
        cites=("guidance:vocabulary-proposals/gestation-from-expected-date",),
    ),
    Derivation(
        "person.age",
        Kind.LENGTH,
        "the person's age",
        "How old the person is, counted in calendar months and years from the date of birth.",
        "people",
        ("person.born_on",),
        derived_child.age,
        moments=partial(counted_from, fact="person.age", name="born_on"),
        cites=("guidance:vocabulary-proposals/ages-by-the-calendar",),
        since=Since("born_on"),
    ),
    Derivation(
        "person.joined_after_latest_assessment",
        Kind.BOOLEAN,
        "whether the person became part of the child's life after the latest finished assessment",
        "The person became part of the child's life after the day on which the latest assessment was finished.",
        "people",
        ("person.joined_on", *_ASSESSMENTS),
        derived_people.joined_after_latest_assessment,
        cites=("guidance:vocabulary-proposals/newer-than-assessment",),
    ),
    Derivation(
        "person.assessed",
        Kind.BOOLEAN,
        "whether a finished assessment looked at the person's part in the child's life",
        "Some finished assessment looked at this person's part in the child's life.",
        "people",
        (*_ASSESSMENTS, "assessment.people"),
        derived_people.assessed,
        cites=("guidance:vocabulary-proposals/assessed-means-named",),
    ),
    Derivation(
        "person.named_in_abuse",
        Kind.BOOLEAN,
        "whether the person is named as the one who abused",
        "Some incident names this person as the one who did it.",
        "abuse",
        ("incidents", "incident.by"),
        derived_people.named_in_abuse,
        cites=("guidance:vocabulary-proposals/named-in-abuse",),
    ),
    Derivation(
        "person.asked_alone_since_last_contact",
        Kind.BOOLEAN,
        "whether the person has been asked about abuse in private since the latest contact",
        "The person was asked about abuse in private, on or after the day of the latest past contact.",
        "abuse",
        (
            "enquiries",
            "enquiry.of",
            "enquiry.alone",
            "enquiry.asked_on",
            "contacts",
            "contact.happens_on",
        ),
        derived_people.asked_alone_since_last_contact,
        moments=contacts_become_past,
        cites=("guidance:vocabulary-proposals/asked-alone-recently",),
    ),
    Derivation(
        "incident.both_sixteen_or_over",
        Kind.BOOLEAN,
        "whether both people were 16 or over at the time",
        "Both people in the incident were 16 or over on the day on which it happened.",
        "abuse",
        ("incident.by", "incident.against", "incident.happened_on", "person.born_on"),
        derived_people.both_sixteen_or_over,
        cites=("guidance:domestic-abuse-act-2021/sixteen-or-over",),
    ),
    Derivation(
        "incident.child_related_to_either",
        Kind.BOOLEAN,
        "whether the child is a child or relative of one of the two people",
        "The child is a child or relative of one of the two people in the incident; "
        "of a parent's partner this is left open.",
        "abuse",
        ("incident.by", "incident.against", "person.relation"),
        derived_people.child_related_to_either,
        cites=(
            "guidance:domestic-abuse-act-2021/related-means",
            "guidance:vocabulary-proposals/kinship-of-the-two",
        ),
    ),
    Derivation(
        "contact.others_with_person_to_ask",
        Kind.BOOLEAN,
        "whether two or more people are there at the contact",
        "Two or more people are or will be at the contact, so that nobody can be asked in private.",
        "abuse",
        ("contact.present",),
        derived_people.others_with_person_to_ask,
        cites=("guidance:vocabulary-proposals/more-than-one-person-to-ask",),
    ),
    Derivation(
        "assessment.is_latest",
        Kind.BOOLEAN,
        "whether the assessment is the latest finished one",
        "The assessment is finished, and no other was finished later.",
        "reviewed",
        _ASSESSMENTS,
        derived_people.is_latest,
        cites=("guidance:vocabulary-proposals/latest-assessment",),
    ),
)
