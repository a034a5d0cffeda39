"""Whether a recommended action is to do, done, or done before its newest reason (semantics, decision 24b).

No rule reads `done`. An action counts as done only where every reason for it is certainly no newer: what is undated, or
only roughly dated, may be newer, and a new reason must never disappear behind something that was done before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from safeguard_rules.case.services import Done
from safeguard_rules.messages import nearest
from safeguard_rules.packs.content import Action, Content
from safeguard_rules.results import Problem, Standing, Subject
from safeguard_rules.values.dates import When
from safeguard_rules.vocabulary.records import Record
from safeguard_rules.vocabulary.view import CaseView

EVENTS = ("injury", "incident", "concern", "change", "move")
"""Lists of things that happen: a record without any date may be newer than whatever was done."""


def standing_of(action: Action, whom: Subject, reasons: Iterable[str], view: CaseView) -> tuple[Standing, str | None]:
    """How an action stands, and when it was last done, as written; `reasons` are the paths of what it is wanted for."""
    done = [entry for entry in _entries(view) if _is_for(entry, action, whom)]
    if not done:
        return "to_do", None
    dated = [entry.done_on for entry in done if entry.done_on is not None]
    if not dated:
        return "done_before_newest_reason", None
    last = max(dated, key=lambda when: (when.first, when.last))
    if action.repeats:
        contact = _latest_contact(view)
        return ("to_do" if contact is not None and contact > last.last else "done"), last.text
    newer = any(_may_be_newer(path, last, view) for path in reasons)
    return ("done_before_newest_reason" if newer else "done"), last.text


def done_problems(view: CaseView, content: Content) -> Iterator[Problem]:
    """Entries under `done` that count for nothing: an action that no pack in force has, or a day that lies ahead."""
    done: tuple[Done, ...] = getattr(view.source, "done", None) or ()
    short = {name.rpartition(":")[2] for name in content.actions} if done else set()
    for entry in done:
        if entry.action not in content.actions and entry.action not in short:
            near = nearest(entry.action, [*sorted(short), *content.actions])
            hint = f"; is `{near}` meant?" if near is not None else ", or its pack is not in force"
            yield Problem("done-not-known", "done", f"there is no action `{entry.action}`{hint}")
        if entry.done_on is not None and entry.done_on.cut(view.as_of) is None:
            says = f"`{entry.action}` is said to be done on {entry.done_on}, which lies ahead; it counts as not done"
            yield Problem("done-ahead", "done", says)


def _entries(view: CaseView) -> Iterator[Done]:
    """What was done, without what lies ahead."""
    for entry in getattr(view.source, "done", None) or ():
        if entry.done_on is None or entry.done_on.cut(view.as_of) is not None:
            yield entry


def _is_for(entry: Done, action: Action, whom: Subject) -> bool:
    about = {whom.id, None} if whom.kind == "child" else {whom.id}
    return entry.action in (action.name, action.name.rpartition(":")[2]) and entry.about in about


def _latest_contact(view: CaseView) -> date | None:
    days = [
        when.first
        for record in view.records("contact")
        if isinstance(when := view.value(record, "happens_on"), When) and when.last <= view.as_of.day
    ]
    return max(days, default=None)


def _may_be_newer(path: str, done: When, view: CaseView) -> bool:
    """Whether what a path says may have come after something was done; the same day counts as one with it."""
    located = view.locate(path)
    record = located[0] if located is not None else _record_at(path, view)
    days = [when.last for each in view.evidence(path) if (when := each.known_on) is not None]
    if record is None:
        return any(day > done.last for day in days)
    if record.kind not in view.vocabulary.kinds:
        value = view.value(*located) if located is not None else None
        days += [value.last] if isinstance(value, When) and value.last <= view.as_of.day else []
        return any(day > done.last for day in days)
    found = [*days, *_dates(record, view)]
    return any(day > done.last for day in found) if found else record.kind in EVENTS


def _dates(record: Record, view: CaseView) -> Iterator[date]:
    """The last days on which the past dates of a record may lie."""
    for fact in view.vocabulary.facts_of(record.kind):
        if fact.past and not fact.derived:
            value = view.value(record, fact.name)
            if isinstance(value, When):
                yield value.last


def _record_at(path: str, view: CaseView) -> Record | None:
    return next((each for kind in view.vocabulary.kinds for each in view.records(kind) if each.base == path), None)
