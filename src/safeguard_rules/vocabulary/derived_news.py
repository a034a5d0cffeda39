"""Derived facts about news: what has been learned since the latest assessment, or since the case was closed."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from safeguard_rules.values.members import Members
from safeguard_rules.values.truth import F, T, U
from safeguard_rules.vocabulary.looking import (
    Looked,
    after_latest_assessment,
    date_after,
    look_up_date,
    only_if_there,
    some_finished,
    together,
)
from safeguard_rules.vocabulary.parts import Part, once, some_part
from safeguard_rules.vocabulary.records import Derived, Paths, Reader, Reasons, Record

SOURCES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("person", ("joined_on",), "person"),
    ("injury", ("noticed_on",), "injury"),
    ("incident", ("happened_on", "notified_on"), "domestic_abuse"),
    ("move", ("happens_on",), "move"),
)
"""Lists whose records are news of one kind: the list, the dates on which it was learned, the kind."""

ANY_KIND = (
    "person",
    "domestic_abuse",
    "injury",
    "move",
    "substance_misuse",
    "mental_health",
    "pregnancy",
    "missed_contact",
    "carer_returned",
    "older_child",
    "other",
)

IsNew: TypeAlias = Callable[[Looked], Part]


class News(NamedTuple):
    """One record, or the unseen records of a list: which kinds of news it may be, and whether it is new."""

    kinds: tuple[str, ...]
    part: Part
    kind: Derived | None = None
    """What tells the kind, for a record that is of one or another."""


def new_since_assessment(view: Reader, _case: Record) -> Derived:
    """The kinds of all records learned of after the latest finished assessment; none if there is none.

    If there certainly is none, the set is empty and closed, whatever other lists leave open.
    """
    finished = some_finished(view)
    if finished.truth == F:
        return Derived(Members(frozenset(), frozenset()), lambda: (finished.read, ()))
    found = _members(list(_news(view, lambda date: after_latest_assessment(view, date, finished))))
    if finished.truth == T:
        return found
    # The answer that there is none would settle it also for records that nobody has entered.
    return Derived(found.value, lambda: together((finished, found)) if found.missing else found.reasons)


def new_since_closing(view: Reader, case: Record) -> Derived:
    """The kinds of all records learned of after the case was closed."""
    closed = look_up_date(view, case, "closed_on")
    return _members(list(_news(view, lambda date: date_after(date, closed))))


def _news(view: Reader, is_new: IsNew) -> Iterator[News]:
    for singular, names, kind in SOURCES:
        for record in view.records(singular):
            dates = some_part(is_new(look_up_date(view, record, name)) for name in names)
            yield News((kind,), only_if_there(record, dates))
        yield from _unseen(view, singular, (kind,))
    for change in view.records("change"):
        part = only_if_there(change, is_new(look_up_date(view, change, "learned_on")))
        kind_of = view.value(change, "kind")
        kinds = (kind_of,) if isinstance(kind_of, str) else ANY_KIND
        yield News(kinds, part, view.derive(change, "kind"))
    yield from _unseen(view, "change", ANY_KIND)


def _unseen(view: Reader, singular: str, kinds: tuple[str, ...]) -> Iterator[News]:
    name = view.list_name(singular)
    if view.is_open(singular):
        yield News(kinds, Part(U, ((name,), (name,))))
    else:
        yield News((), Part(U, ((name,), ())))


def _members(news: list[News]) -> Derived:
    """All kinds that are certain and all that are possible; the reasons are the certain records, if there are any."""
    certain = [each for each in news if _is_certain(each)]
    possible = [each for each in news if each.part.truth != F and each.kinds and not _is_certain(each)]
    kinds = frozenset([kind for each in certain for kind in each.kinds])
    may_be = frozenset([kind for each in possible for kind in each.kinds])

    def reasons() -> Reasons:
        read, _ = together(part for each in (certain or news) for part in (each.part, each.kind) if part is not None)
        telling = [each for each in possible if not kinds.issuperset(each.kinds)]
        missing = once(path for each in telling for path in _missing(each))
        return read, missing

    return Derived(Members(kinds, may_be), reasons)


def _is_certain(news: News) -> bool:
    return news.part.truth == T and len(news.kinds) == 1


def _missing(news: News) -> Paths:
    return (*news.part.missing, *(news.kind.missing if news.kind is not None else ()))
