"""The library's derived facts as operations on arrays: what `vocabulary/derived_*.py` says, over whole columns.

Each says of the record that it is read of, as the subject of a frame, what the function of the derivation gives; a
derived fact of a plug-in is asked for case by case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from safeguard_rules.engine.columns import operations as do
from safeguard_rules.engine.columns.dates import moment_of, ordinal
from safeguard_rules.engine.columns.frames import ROWS, Found, Frame
from safeguard_rules.engine.columns.graph import YES, Node, Truth3, turned
from safeguard_rules.engine.columns.reading_facts import UNKNOWN, Dated, ref_to
from safeguard_rules.engine.columns.testing_facts import Tests
from safeguard_rules.language.operators import OPERATORS
from safeguard_rules.language.tree import FactRef, Scope
from safeguard_rules.values.truth import F
from safeguard_rules.vocabulary.derived_child import WORRIES
from safeguard_rules.vocabulary.derived_news import ANY_KIND, SOURCES
from safeguard_rules.vocabulary.derived_people import NOT_RELATED, RELATED, SIXTEEN
from safeguard_rules.vocabulary.facts import Fact

Body = Callable[[Frame], Found]
PARTNERS = ("by", "against")


class DerivedFacts(Tests):
    """Derived facts of one program on a day."""

    def derived_truth(self, fact: Fact, frame: Frame, scope: Scope) -> Found | None:
        """What a derived yes-or-no fact comes to, of the record of a scope."""
        found = _FLAGS.get(fact.path)
        if found is None:
            return None
        return self.of_record(frame, scope, lambda of: found(self, of))

    def of_record(self, frame: Frame, scope: Scope, body: Body) -> Found:
        """Something that is said of a subject, said of the record of a scope."""
        own = Frame(frame.stages, frame.place(scope), None, frame.level)
        found = body(own)
        return Found(found.truth, frozenset({scope}) if found.needs else ROWS)

    def derived_words(self, fact: Fact, frame: Frame) -> tuple[Node, Node] | None:
        """The words of a derived set, and those that it may hold."""
        own = Frame(frame.stages)
        match fact.path:
            case "case.new_since_assessment":
                return self._new_since_assessment(fact, own)
            case "case.new_since_closing":
                closed = self._when("case.closed_on", Scope.ONE, own)
                return self._news(fact, own, lambda date, inner: self._later(date, closed, inner))
        return None

    # --- small looks

    def _item(self, path: str) -> FactRef:
        return ref_to(self.vocabulary, path, Scope.ITEM)

    def _when(self, path: str, scope: Scope, frame: Frame) -> Dated:
        return self.date(ref_to(self.vocabulary, path, scope), frame)

    def _looks(self, path: str, scope: Scope, wanted: bool | str, frame: Frame) -> Found:
        """Whether a yes-or-no or word fact has a value."""
        return self._plainly(ref_to(self.vocabulary, path, scope), "is", wanted, frame)

    def _one_of(self, path: str, words: frozenset[str], frame: Frame) -> Found:
        """Whether a word fact of the quantifier's record has one of these."""
        return self._plainly(self._item(path), "one_of", tuple(sorted(words)), frame)

    def _plainly(self, ref: FactRef, name: str, wanted: object, frame: Frame) -> Found:
        place = frame.place(ref.scope)
        known = place is None or place.seen
        raw = self._spelt_out(ref, OPERATORS[name], wanted, frame) if known else UNKNOWN
        assert raw is not None
        return self.as_staged(raw, F, ref.fact, frame)

    def _later(self, date: Dated, than: Dated, frame: Frame) -> Found:
        """Whether a date is later than another: false of what is known to be no date, open if only the other is."""
        date, than = self.joined(date, than, frame)
        found = self.before(than, date, frame)
        return Found(Truth3(found.truth.yes, self.graph.either(found.truth.no, date.special)), found.needs)

    def _finished(self, scope: Scope, frame: Frame) -> Found:
        """Whether an assessment is finished."""
        date = self._when("assessment.finished_on", scope, frame)
        return Found(Truth3(self.graph.op(do.known_days, date.first), date.special), date.needs)

    def _some_finished(self, frame: Frame) -> Found:
        return self.some_of(frame, "assessment", lambda inner: self._finished(Scope.ITEM, inner))

    def _after_latest_assessment(self, date: Dated, frame: Frame) -> Found:
        """Whether a date, of the subject or the row, is later than the latest finished assessment, if there is one."""

        def later_than(inner: Frame) -> Found:
            end = self._when("assessment.finished_on", Scope.ITEM, inner)
            one, other = self.joined(date, end, inner)
            found = self.before(other, one, inner).truth
            not_yet = self.graph.both(other.special, self.graph.no(other.barred))
            return Found(Truth3(self.graph.either(found.yes, not_yet), found.no), one.needs)

        later = self.every_of(frame, "assessment", later_than, unseen=False)
        known = self.every([self._some_finished(frame), self.complete(frame, "assessment"), later], frame)
        return self._unless_special(known, date, frame)

    def _unless_special(self, found: Found, date: Dated, frame: Frame) -> Found:
        """False of what is known to be no date."""
        if date.special is False:
            return found
        special = Found(Truth3(self.graph.no(date.special), date.special), date.needs)
        return self.every([found, special], frame)

    # --- people

    def joined_after_latest_assessment(self, frame: Frame) -> Found:
        """Of a person."""
        return self._after_latest_assessment(self._when("person.joined_on", Scope.SUBJECT, frame), frame)

    def assessed(self, frame: Frame) -> Found:
        """Of a person."""
        person = ref_to(self.vocabulary, "person.id", Scope.SUBJECT)

        def looked_at(inner: Frame) -> Found:
            if _is_unseen(inner):
                return UNKNOWN
            named = self.includes(self._item("assessment.people"), person, inner)
            return self.every([self._finished(Scope.ITEM, inner), named], inner)

        return self.some_of(frame, "assessment", looked_at)

    def named_in_abuse(self, frame: Frame) -> Found:
        """Of a person."""
        person = ref_to(self.vocabulary, "person.id", Scope.SUBJECT)
        return self.some_of(frame, "incident", lambda inner: self.same(self._item("incident.by"), person, inner))

    def asked_alone(self, frame: Frame) -> Found:
        """Of a person: asked in private on or after the day of the latest past contact."""
        person = ref_to(self.vocabulary, "person.id", Scope.SUBJECT)

        def asked(inner: Frame) -> Found:
            if _is_unseen(inner):
                return UNKNOWN
            since = self.of_record(inner, Scope.ITEM, self._asked_since_each_contact)
            of = self.same(self._item("enquiry.of"), person, inner)
            alone = self._looks("enquiry.alone", Scope.ITEM, True, inner)
            return self.every([of, alone, self.complete(inner, "contact"), since], inner)

        return self.some_of(frame, "enquiry", asked)

    def _asked_since_each_contact(self, enquiry: Frame) -> Found:
        asked = self._when("enquiry.asked_on", Scope.SUBJECT, enquiry)
        return self.every_of(enquiry, "contact", lambda inner: self._since(asked, inner), unseen=False)

    def _since(self, asked: Dated, frame: Frame) -> Found:
        """Whether somebody was asked on or after the day of a contact, which counts only once it is past."""
        contact = self._when("contact.happens_on", Scope.ITEM, frame)
        op, today = self.graph.op, ordinal(self.as_of.day)
        moment = None if self.as_of.instant is None else moment_of(self.as_of.instant)
        ahead = op(do.ahead_of(today, moment), contact.first, contact.moments)
        until_now = contact._replace(last=op(do.no_later_than(today), contact.last))
        after = self.on_or_after(asked, until_now, frame)
        past = self.graph.both(op(do.at_most(today), contact.last), self.graph.no(ahead))
        is_ahead, is_past = Found(Truth3(ahead, False), contact.needs), Found(Truth3(past, False), contact.needs)
        yes = self.some([is_ahead, Found(Truth3(after.truth.yes, False), after.needs)], frame)
        no = self.every([Found(Truth3(after.truth.no, False), after.needs), is_past], frame)
        return self.combined(yes, no, frame)

    # --- incidents, contacts and assessments

    def both_sixteen(self, frame: Frame) -> Found:
        """Of an incident."""
        happened = self._when("incident.happened_on", Scope.SUBJECT, frame)
        sixteen = do.years_later(SIXTEEN.amount)

        def of_age(inner: Frame) -> Found:
            born = self._when("person.born_on", Scope.ITEM, inner)
            op = self.graph.op
            of_age_on = born._replace(first=op(sixteen, born.first), last=op(sixteen, born.last))
            return self.on_or_after(happened, of_age_on, inner)

        return self.every([self._of_partner(name, of_age, frame) for name in PARTNERS], frame)

    def related(self, frame: Frame) -> Found:
        """Of an incident: whether the child is a child or relative of one of the two."""

        def by_relation(inner: Frame) -> Found:
            yes, no = (self._one_of("person.relation", words, inner) for words in (RELATED, NOT_RELATED))
            return self.combined(yes, no, inner)

        return self.some([self._of_partner(name, by_relation, frame) for name in PARTNERS], frame)

    def _of_partner(self, name: str, body: Body, incident: Frame) -> Found:
        """What is said of the person whom an incident names; open if there is none."""
        who = ref_to(self.vocabulary, f"incident.{name}", Scope.SUBJECT)
        person = ref_to(self.vocabulary, "person.id", Scope.ITEM)

        def if_named(inner: Frame, *, opposite: bool) -> Found:
            said = body(inner)
            same = self.same(who, person, inner)
            yes = Found(Truth3(said.truth.no if opposite else said.truth.yes, False), said.needs)
            return self.every([Found(Truth3(same.truth.yes, False), same.needs), yes], inner)

        yes, no = (
            self.some_of(incident, "person", partial(if_named, opposite=opposite), unseen=False)
            for opposite in (False, True)
        )
        return self.combined(yes, no, incident)

    def others_there(self, frame: Frame) -> Found:
        """Of a contact: whether two or more people are there."""
        ref = ref_to(self.vocabulary, "contact.present", Scope.SUBJECT)
        yes = self.graph.op(do.several, self.raw("keys", ref))
        no = self.graph.both(self.raw("closed", ref), self.graph.no(yes))
        return Found(Truth3(yes, no), frame.needs(Scope.SUBJECT))

    def is_latest(self, frame: Frame) -> Found:
        """Of an assessment."""
        own = self._when("assessment.finished_on", Scope.SUBJECT, frame)

        def not_later(inner: Frame) -> Found:
            other = self._when("assessment.finished_on", Scope.ITEM, inner)
            found = self._later(other, own, inner)
            return Found(turned(found.truth), found.needs)

        others = self.every_of(frame, "assessment", not_later, others=True, unseen=False)
        return self.every([self._finished(Scope.SUBJECT, frame), others, self.complete(frame, "assessment")], frame)

    # --- the child

    def seen_awake(self, frame: Frame) -> Found:
        """Of the child: seen awake on or after the day of the latest worry; false only if that day is known."""
        lists = tuple(kind for kind, _ in WORRIES)
        listed = self.complete(frame, *lists)
        none = [self.every_of(frame, kind, lambda _: Found(turned(YES), ROWS), unseen=False) for kind in lists]
        dated = [self._all_dated(frame, kind, name) for kind, name in WORRIES]

        def seen(inner: Frame) -> Found:
            if _is_unseen(inner):
                return UNKNOWN
            awake = self._looks("contact.seen", Scope.ITEM, "awake", inner)
            after = [
                self.of_record(inner, Scope.ITEM, partial(self._on_or_after_each, kind, name)) for kind, name in WORRIES
            ]
            return self.every([awake, self.complete(inner, *lists), *after], inner)

        answer = self.some([self.every([listed, *none], frame), self.some_of(frame, "contact", seen)], frame)
        latest_known = self.every([listed, *dated], frame)
        return Found(Truth3(answer.truth.yes, self.graph.both(answer.truth.no, latest_known.truth.yes)), answer.needs)

    def _all_dated(self, frame: Frame, kind: str, name: str) -> Found:
        def is_dated(inner: Frame) -> Found:
            date = self._when(f"{kind}.{name}", Scope.ITEM, inner)
            return Found(Truth3(self.has_value(date), False), date.needs)

        return self.every_of(frame, kind, is_dated, unseen=False)

    def _on_or_after_each(self, kind: str, name: str, contact: Frame) -> Found:
        day = self._when("contact.happens_on", Scope.SUBJECT, contact)

        def on_or_after(inner: Frame) -> Found:
            return self.on_or_after(day, self._when(f"{kind}.{name}", Scope.ITEM, inner), inner)

        return self.every_of(contact, kind, on_or_after, unseen=False)

    # --- news

    def _new_since_assessment(self, fact: Fact, frame: Frame) -> tuple[Node, Node]:
        certain, may = self._news(fact, frame, lambda date, inner: self._new(date, inner))
        never = self._some_finished(frame).truth.no
        if isinstance(never, bool):
            return certain, may
        return self.graph.op(do.no_bits_where, certain, never), self.graph.op(do.no_bits_where, may, never)

    def _new(self, date: Dated, frame: Frame) -> Found:
        """Whether a date of the quantifier's record is later than the latest assessment, of which each is looked at."""
        own = replace(frame, subject=frame.item, item=None)
        of_subject = date._replace(needs=own.needs(Scope.SUBJECT) if date.needs else ROWS)
        found = self._after_latest_assessment(of_subject, own)
        return Found(found.truth, frozenset({Scope.ITEM}) if found.needs else ROWS)

    def _news(self, fact: Fact, frame: Frame, is_new: Callable[[Dated, Frame], Found]) -> tuple[Node, Node]:
        """The kinds of all records that are new, and those that there may be."""
        kinds: Mapping[str, list[Found]] = {kind: [] for kind in ANY_KIND}
        for of, names, kind in SOURCES:

            def new(inner: Frame, of: str = of, names: tuple[str, ...] = names) -> Found:
                if _is_unseen(inner):
                    return UNKNOWN
                dates = [self._when(f"{of}.{name}", Scope.ITEM, inner) for name in names]
                return self.some([is_new(date, inner) for date in dates], inner)

            kinds[kind].append(self.some_of(frame, of, new))
        for kind in ANY_KIND:
            kinds[kind].append(self.some_of(frame, "change", partial(self._change, kind, is_new)))
        joined = {kind: self.some(found, frame).truth for kind, found in kinds.items()}
        bits = [(fact.words.index(kind), truth) for kind, truth in joined.items()]
        certain = self.graph.op(do.bits_together(tuple(bit for bit, _ in bits)), *(self._node(t.yes) for _, t in bits))
        may = self.graph.op(
            do.bits_together(tuple(b for b, _ in bits)), *(self._node(self.graph.no(t.no)) for _, t in bits)
        )
        return certain, may

    def _change(self, kind: str, is_new: Callable[[Dated, Frame], Found], frame: Frame) -> Found:
        """Whether a change is new, and of this kind."""
        if _is_unseen(frame):
            return UNKNOWN
        of_kind = self._looks("change.kind", Scope.ITEM, kind, frame)
        return self.every([is_new(self._when("change.learned_on", Scope.ITEM, frame), frame), of_kind], frame)

    def _node(self, bit: Node | bool) -> Node:
        """Truths about rows as an array."""
        return self.graph.leaf("constant", bit) if isinstance(bit, bool) else bit


def _is_unseen(frame: Frame) -> bool:
    """Whether the quantifier's record stands for those that nobody has entered."""
    return frame.item is not None and not frame.item.seen


_FLAGS: Mapping[str, Callable[[DerivedFacts, Frame], Found]] = {
    "child.seen_awake_since_last_concern": DerivedFacts.seen_awake,
    "person.joined_after_latest_assessment": DerivedFacts.joined_after_latest_assessment,
    "person.assessed": DerivedFacts.assessed,
    "person.named_in_abuse": DerivedFacts.named_in_abuse,
    "person.asked_alone_since_last_contact": DerivedFacts.asked_alone,
    "incident.both_sixteen_or_over": DerivedFacts.both_sixteen,
    "incident.child_related_to_either": DerivedFacts.related,
    "contact.others_with_person_to_ask": DerivedFacts.others_there,
    "assessment.is_latest": DerivedFacts.is_latest,
}
