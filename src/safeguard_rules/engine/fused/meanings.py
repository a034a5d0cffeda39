"""The derived facts that are conditions at heart, said as conditions: then they are fused with all others.

Each says what its function in `vocabulary/` says, which gives the reasons too; tests hold the two together.
What is no condition, as an age against a date, stays with those functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from safeguard_rules.engine.fused.nodes import FALSE, TRUE, UNKNOWN, Node, Nodes
from safeguard_rules.engine.fused.values import TOP, Slot
from safeguard_rules.language.operators import OPERATORS, Operator
from safeguard_rules.values.special import NOT_YET
from safeguard_rules.values.truth import F, T, Truth, U
from safeguard_rules.vocabulary.derived_child import WORRIES
from safeguard_rules.vocabulary.derived_news import ANY_KIND, SOURCES
from safeguard_rules.vocabulary.derived_people import NOT_RELATED, RELATED, asked_since, sixteen_by
from safeguard_rules.vocabulary.looking import on_or_after

HERE = Slot(TOP)
PAIR = ("incident.by", "incident.against")


class Telling(Protocol):
    """What a meaning is built with, for one viewpoint."""

    @property
    def nodes(self) -> Nodes:
        """Makes nodes."""

    def test(self, path: str, slot: Slot, operator: Operator, operand: object) -> Node:
        """A fact of a record against a constant, or another fact as its path and record."""

    def absent(self, path: str) -> bool:
        """Whether a fact does not exist in any stage that is left."""

    def may_be_open(self, of: str) -> bool:
        """Whether a list may hold records that nobody has entered."""


Meaning = Callable[[Telling, Slot], Node]


def _holds(test: Callable[..., Truth], name: str) -> Operator:
    """A test that only meanings use: of values as they are, which are applied to it as to any operator."""
    return Operator(name, {}, test, "")


AHEAD = _holds(lambda when, _, as_of, __: T if when.cut(as_of) is None else F, "ahead")
ASKED_SINCE = _holds(lambda asked, contact, as_of, _: asked_since(asked, contact, as_of), "asked since")
ON_OR_AFTER = _holds(lambda left, right, *_: on_or_after(left, right), "on or after")
SIXTEEN_BY = _holds(lambda born, day, *_: sixteen_by(born, day), "sixteen by")
SEVERAL = _holds(lambda there, *_: T if len(there.certain) > 1 else U if there.open else F, "several")
IS, IS_NOT, AFTER, ONE_OF = (OPERATORS[name] for name in ("is", "is_not", "after", "one_of"))


def some(tell: Telling, of: str, around: Slot, holds: Callable[[Slot], Node], unseen: Node = UNKNOWN) -> Node:
    """Whether something holds of some record; of the unseen ones it is unknown."""
    body = holds(Slot((*around.frame, of)))
    return tell.nodes.some(around.frame, of, body, unseen if tell.may_be_open(of) else FALSE)


def every(tell: Telling, of: str, around: Slot, holds: Callable[[Slot], Node]) -> Node:
    """Whether something holds of every record; an open list leaves it unknown."""
    return tell.nodes.opposite(some(tell, of, around, lambda slot: tell.nodes.opposite(holds(slot))))


def some_other(tell: Telling, of: str, itself: Slot, holds: Callable[[Slot], Node]) -> Node:
    """Whether something holds of some other record of the same list."""
    tally = tell.nodes.tally(
        itself.frame, of, holds(Slot((*itself.frame, of))), UNKNOWN if tell.may_be_open(of) else FALSE
    )
    return tell.nodes.how_many(tally, holds(itself), 1, None)


def both(tell: Telling, *parts: Node) -> Node:
    """The least of the parts."""
    return tell.nodes.joined(True, parts)


def either(tell: Telling, *parts: Node) -> Node:
    """The greatest of the parts."""
    return tell.nodes.joined(False, parts)


# --- assessments


def _finished(tell: Telling, assessment: Slot) -> Node:
    return tell.test("assessment.finished_on", assessment, IS_NOT, NOT_YET)


def _some_finished(tell: Telling) -> Node:
    return some(tell, "assessment", HERE, lambda assessment: _finished(tell, assessment))


def _after_latest(tell: Telling, path: str, slot: Slot) -> Node:
    """Whether a date is later than every finished assessment, of which there is one."""

    def later(assessment: Slot) -> Node:
        unfinished = tell.test("assessment.finished_on", assessment, IS, NOT_YET)
        return either(tell, unfinished, tell.test(path, slot, AFTER, ("assessment.finished_on", assessment)))

    return both(tell, _some_finished(tell), every(tell, "assessment", slot, later))


def joined_after_latest_assessment(tell: Telling, person: Slot) -> Node:
    """The person joined after the latest finished assessment."""
    return _after_latest(tell, "person.joined_on", person)


def assessed(tell: Telling, person: Slot) -> Node:
    """Some finished assessment names the person."""

    def names(assessment: Slot) -> Node:
        looked_at = tell.test("assessment.people", assessment, OPERATORS["includes"], ("person.id", person))
        return both(tell, _finished(tell, assessment), looked_at)

    return some(tell, "assessment", person, names)


def is_latest(tell: Telling, assessment: Slot) -> Node:
    """It is finished, and no other was finished later."""

    def later(other: Slot) -> Node:
        return tell.test("assessment.finished_on", other, AFTER, ("assessment.finished_on", assessment))

    some_later = some_other(tell, "assessment", assessment, later)
    return both(tell, _finished(tell, assessment), tell.nodes.opposite(some_later))


# --- abuse


def named_in_abuse(tell: Telling, person: Slot) -> Node:
    """Some incident names the person as the one who did it."""
    return some(tell, "incident", person, lambda each: tell.test("incident.by", each, IS, ("person.id", person)))


def asked_alone_since_last_contact(tell: Telling, person: Slot) -> Node:
    """Some enquiry of this person alone came on or after the day of every contact that is past."""

    def since(enquiry: Slot) -> Node:
        def not_before(contact: Slot) -> Node:
            ahead = tell.test("contact.happens_on", contact, AHEAD, True)
            asked = tell.test("enquiry.asked_on", enquiry, ASKED_SINCE, ("contact.happens_on", contact))
            return either(tell, ahead, asked)

        of_person = tell.test("enquiry.of", enquiry, IS, ("person.id", person))
        alone = tell.test("enquiry.alone", enquiry, IS, True)
        return both(tell, of_person, alone, every(tell, "contact", enquiry, not_before))

    return some(tell, "enquiry", person, since)


def both_sixteen_or_over(tell: Telling, incident: Slot) -> Node:
    """Both people of an incident were 16 or over on its day."""

    def sixteen(person: Slot) -> Node:
        return tell.test("person.born_on", person, SIXTEEN_BY, ("incident.happened_on", incident))

    return both(tell, *(_of_person(tell, incident, path, sixteen) for path in PAIR))


def child_related_to_either(tell: Telling, incident: Slot) -> Node:
    """One of the two people of an incident is a parent or relative of the child."""

    def related(person: Slot) -> Node:
        yes = tell.test("person.relation", person, ONE_OF, tuple(sorted(RELATED)))
        other = tell.test("person.relation", person, ONE_OF, tuple(sorted(NOT_RELATED)))
        return both(tell, either(tell, yes, UNKNOWN), tell.nodes.opposite(other))

    return either(tell, *(_of_person(tell, incident, path, related) for path in PAIR))


def _of_person(tell: Telling, incident: Slot, path: str, holds: Callable[[Slot], Node]) -> Node:
    """What holds of the person whom an incident names; unknown where nobody of that name is entered."""

    def named(turned: bool) -> Node:
        def here(person: Slot) -> Node:
            truth = tell.nodes.opposite(holds(person)) if turned else holds(person)
            return both(tell, tell.test("person.id", person, IS, (path, incident)), truth)

        return some(tell, "person", incident, here, unseen=FALSE)

    return both(tell, either(tell, named(False), UNKNOWN), tell.nodes.opposite(named(True)))


def others_with_person_to_ask(tell: Telling, contact: Slot) -> Node:
    """Two people or more are there."""
    return tell.test("contact.present", contact, SEVERAL, True)


# --- the child


def seen_awake_since_last_concern(tell: Telling, _child: Slot) -> Node:
    """Some contact with the child awake came on or after the day of every worry, or there was none.

    Where no contact did, that is known only if the day of every worry is.
    """

    def seen(contact: Slot) -> Node:
        since = (_every_worry(tell, of, contact, name) for of, name in WORRIES)
        return both(tell, tell.test("contact.seen", contact, IS, "awake"), *since)

    worried = [some(tell, of, HERE, lambda _: TRUE) for of, _ in WORRIES]
    undated = [_some_undated(tell, of, f"{of}.{name}") for of, name in WORRIES]
    no_worry = tell.nodes.opposite(either(tell, *worried))
    return either(tell, no_worry, some(tell, "contact", HERE, seen), *undated)


def _every_worry(tell: Telling, of: str, contact: Slot, name: str) -> Node:
    def since(worry: Slot) -> Node:
        return tell.test("contact.happens_on", contact, ON_OR_AFTER, (f"{of}.{name}", worry))

    return every(tell, of, contact, since)


def _some_undated(tell: Telling, of: str, path: str) -> Node:
    """Unknown where some worry has no day, or where there may be more; else false."""
    return some(tell, of, HERE, lambda worry: tell.nodes.opposite(tell.test(path, worry, IS_NOT, NOT_YET)))


# --- news

Since = Callable[[str, Slot], Node]


def new_since_assessment(tell: Telling, kind: str) -> Node:
    """Something of a kind was learned after the latest finished assessment; nothing, if there certainly is none."""
    learned = _learned(tell, kind, lambda path, slot: _after_latest(tell, path, slot))
    return both(tell, _some_finished(tell), learned)


def new_since_closing(tell: Telling, kind: str) -> Node:
    """Something of a kind was learned after the case was closed."""
    return _learned(tell, kind, lambda path, slot: tell.test(path, slot, AFTER, ("case.closed_on", HERE)))


def _learned(tell: Telling, kind: str, is_new: Since) -> Node:
    found = [_in_list(tell, of, names, is_new) for of, names, each in SOURCES if each == kind]

    def of_kind(change: Slot) -> Node:
        learned = _is_new(tell, "change.learned_on", change, is_new)
        return both(tell, tell.test("change.kind", change, IS, kind), learned)

    return either(tell, *found, some(tell, "change", HERE, of_kind))


def _in_list(tell: Telling, of: str, names: Iterable[str], is_new: Since) -> Node:
    paths = [f"{of}.{name}" for name in names]
    return some(tell, of, HERE, lambda slot: either(tell, *(_is_new(tell, path, slot, is_new) for path in paths)))


def _is_new(tell: Telling, path: str, slot: Slot, is_new: Since) -> Node:
    return FALSE if tell.absent(path) else is_new(path, slot)


MEANINGS: Mapping[str, Meaning] = {
    "assessment.is_latest": is_latest,
    "child.seen_awake_since_last_concern": seen_awake_since_last_concern,
    "contact.others_with_person_to_ask": others_with_person_to_ask,
    "incident.both_sixteen_or_over": both_sixteen_or_over,
    "incident.child_related_to_either": child_related_to_either,
    "person.asked_alone_since_last_contact": asked_alone_since_last_contact,
    "person.assessed": assessed,
    "person.joined_after_latest_assessment": joined_after_latest_assessment,
    "person.named_in_abuse": named_in_abuse,
}
"""The facts that are true or false, by path."""

NEWS: Mapping[str, Callable[[Telling, str], Node]] = {
    "case.new_since_assessment": new_since_assessment,
    "case.new_since_closing": new_since_closing,
}
"""The facts that are sets of kinds of news, each asked for one kind."""


def news_test(tell: Telling, path: str, operator: str, operand: object) -> Node:
    """A test of a set of kinds of news."""

    def any_of(kinds: Iterable[str]) -> Node:
        return either(tell, *(NEWS[path](tell, kind) for kind in kinds))

    words = (operand,) if isinstance(operand, str) else operand
    assert isinstance(words, tuple)
    match operator:
        case "includes" | "includes_any":
            return any_of(words)
        case "none_of":
            return tell.nodes.opposite(any_of(words))
        case "includes_all":
            return both(tell, *(any_of((word,)) for word in words))
    others = any_of(kind for kind in ANY_KIND if kind not in words)
    return others if operator == "is_not" else tell.nodes.opposite(others)
