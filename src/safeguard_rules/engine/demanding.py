"""Demands: what a finding that applies asks for, about whom and by when, before they are merged to actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from safeguard_rules.engine.finding import CHILD, SharedWork, child_id, subject_of
from safeguard_rules.engine.outcomes import Result, same_record
from safeguard_rules.engine.walking import record_of
from safeguard_rules.language.roles import addresses
from safeguard_rules.language.tree import FactRef
from safeguard_rules.packs.content import Action, DemandForm
from safeguard_rules.packs.content import Within as WithinForm
from safeguard_rules.results import Certainty, Demand, Obligation, Subject, Within
from safeguard_rules.values.dates import When
from safeguard_rules.values.timing import deadline, overdue
from safeguard_rules.values.truth import F, T
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import CaseView


class Wanted(NamedTuple):
    """A demand with the action that it is for and the finding that it comes from; `Demand` is what is shown of it."""

    what: Action
    whom: Subject
    form: DemandForm
    result: Result
    subject: Subject
    certainty: Certainty
    within: Within | None
    rests_on_carer: bool

    @property
    def obligation(self) -> Obligation:
        """How strongly it is wanted."""
        return self.form.obligation

    @property
    def force(self) -> str:
        """The force of its source."""
        return self.form.force

    @property
    def rule(self) -> str:
        """The rule that wants it."""
        return self.result.active.rule.name

    @property
    def carried_by(self) -> str | None:
        """The locality that carries the rule further with it, if it is one."""
        return self.form.carried_by

    @property
    def is_draft(self) -> bool:
        """Whether the rule or the action is a draft."""
        return "draft" in (self.what.status, self.result.active.rule.status)


def wanted_by(result: Result, inquiry: SharedWork, actions: Mapping[str, Action]) -> Iterator[Wanted]:
    """The demands that an applying finding makes."""
    forms = result.active.form.demands if result.applies else ()
    if not forms:
        return
    subject = subject_of(result, result.plain.view.child)
    certainty, rests = inquiry.settled(result).certainty, inquiry.of_carer(result)[0]
    for form in forms:
        action = actions[form.action]
        within = within_of(form.within, result) if form.within is not None else None
        yield Wanted(action, whom_of(result, action, form), form, result, subject, certainty, within, rests)


def demand_of(wanted: Wanted, inquiry: SharedWork, role: str | None) -> Demand:
    """A demand as the result shows it."""
    form, rule = wanted.form, wanted.result.active
    return Demand(
        form.action,
        form.obligation,
        rule.rule.name,
        rule.form.title,
        wanted.subject,
        wanted.certainty,
        inquiry.assumed(wanted.result),
        wanted.within,
        form.how,
        form.force,
        form.addressed,
        addresses(form.addressed, role),
        rule.form.because,
        wanted.result.run.program.stock.cite(form.cites),
        form.carried_by,
        wanted.rests_on_carer,
    )


def whom_of(result: Result, action: Action, form: DemandForm) -> Subject:
    """Whom an action is about: the child, the finding's record, or whom a reference of the record names."""
    view = result.run.view
    if form.about is not None:
        return _referred(form.about, result, view)
    if action.about == CHILD or result.subject is None:
        return Subject(CHILD, child_id(view.child), view.child.label)
    return Subject(result.subject.kind, result.subject.id, result.subject.label)


def _referred(ref: FactRef, result: Result, view: CaseView) -> Subject:
    record = same_record(result.subject, view) or view.child
    value = view.value(record, ref.fact.name)
    kind = ref.fact.refers_to or CHILD
    if isinstance(value, str):
        named = next((each for each in view.records(kind) if each.id == value), None)
        return Subject(kind, value, named.label if named is not None else None)
    path = record.path(ref.fact.name)
    return Subject(kind, path, f"{ref.fact.phrase} ({record.label or record.id}), who is not known yet", known=False)


def within_of(form: WithinForm, result: Result) -> Within:
    """A time with its due date, where it is counted from a date that is known; else it is the same in every case."""
    kept = result.run.program.stock.times
    found = kept.get(id(form))
    if found is None:
        made = _within(form, result)
        if form.counted_from is not None:
            return made
        found = kept[id(form)] = form, made
    return found[1]


def _within(form: WithinForm, result: Result) -> Within:
    path, due, late = None, None, None
    if form.counted_from is not None:
        record = counted_record(form.counted_from, result)
        path = record.path(form.counted_from.fact.name)
        value = result.run.view.value(record, form.counted_from.fact.name)
        if isinstance(value, When) and form.length is not None:
            calendar = result.run.program.calendar
            found = deadline(value, form.length, calendar)
            due = found.text if found is not None else None
            truth = overdue(value, form.length, result.run.as_of, calendar)
            late = {T: True, F: False}.get(truth)
    return Within(form.text, form.basis, path, due, late, result.run.program.stock.cite(form.cites))


def counted_record(ref: FactRef, result: Result) -> Record:
    """The record from whose date a time is counted."""
    view = result.run.view
    return record_of(ref, view, same_record(result.subject, view), None)


def unknown_in_demand(form: DemandForm, result: Result) -> Iterator[str]:
    """The unknown facts that a demand needs to say whom it is about, and from when its time is counted."""
    view = result.run.view
    if form.about is not None:
        record = same_record(result.subject, view) or view.child
        if view.value(record, form.about.fact.name) is None:
            yield from view.derive(record, form.about.fact.name).missing
    within = form.within
    if within is not None and within.counted_from is not None and within.length is not None:
        record = counted_record(within.counted_from, result)
        if view.value(record, within.counted_from.fact.name) is None:
            yield from view.derive(record, within.counted_from.fact.name).missing
