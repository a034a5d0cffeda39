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
from safeguard_rules.vocabulary.parts import Part, some_part
from safeguard_rules.vocabulary.records import Derived, Reader, Record

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
    kind_missing: tuple[str, ...] = ()


def new_since_assessment(view: Reader, _case: Record) -> Derived:
    """The kinds of all records learned of after the latest finished assessment; none if there is none.

    If there certainly is none, the set is empty and closed, whatever other lists leave open.
    """
    finished = some_finished(view)
    if finished.truth == F:
        return Derived(Members(frozenset(), frozenset()), finished.read)
    found = _members(list(_news(view, lambda date: after_latest_assessment(view, date))))
    if finished.truth == T or not found.missing:
        return found
    # The answer that there is none would settle it also for records that nobody has entered.
    read, missing = together((finished, found))
    return found._replace(read=read, missing=missing)


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
        kind_of, read, missing = view.derive(change, "kind")
        kinds = (kind_of,) if isinstance(kind_of, str) else ANY_KIND
        yield News(kinds, Part(part.truth, (*part.read, *read), part.missing), missing)
    yield from _unseen(view, "change", ANY_KIND)


def _unseen(view: Reader, singular: str, kinds: tuple[str, ...]) -> Iterator[News]:
    name = view.list_name(singular)
    if view.is_open(singular):
        yield News(kinds, Part(U, (name,), (name,)))
    else:
        yield News((), Part(U, (name,)))


def _members(news: list[News]) -> Derived:
    """All kinds that are certain and all that are possible; the reasons are the certain records, if there are any."""
    certain = [each for each in news if each.part.truth == T and len(each.kinds) == 1]
    possible = [each for each in news if each.part.truth != F and each not in certain and each.kinds]
    kinds = frozenset(kind for each in certain for kind in each.kinds)
    may_be = frozenset(kind for each in possible for kind in each.kinds)
    read, _ = together(each.part for each in (certain or news))
    telling = [each for each in possible if not kinds.issuperset(each.kinds)]
    missing = [path for each in telling for path in (*each.part.missing, *each.kind_missing)]
    return Derived(Members(kinds, may_be), read, tuple(dict.fromkeys(missing)))
