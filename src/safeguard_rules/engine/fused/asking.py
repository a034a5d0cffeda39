"""What generated code calls for values that are not simply those of fields: cut dates, sets, derived facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from operator import attrgetter
from typing import Any

from safeguard_rules.case.contents import CaseContents
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.members import Members
from safeguard_rules.values.special import Special
from safeguard_rules.values.timing import Elapsed
from safeguard_rules.vocabulary.extensions import extension_entry
from safeguard_rules.vocabulary.facts import Vocabulary
from safeguard_rules.vocabulary.records import Record, Value
from safeguard_rules.vocabulary.view import CaseView, view


class LazyView:
    """A view of the case, made when a derived fact is first asked for."""

    __slots__ = ("_as_of", "_by_id", "_case", "_view", "_vocabulary")

    def __init__(self, case: CaseContents, as_of: AsOf, vocabulary: Vocabulary) -> None:
        self._case, self._as_of, self._vocabulary = case, as_of, vocabulary
        self._view: CaseView | None = None
        self._by_id: dict[tuple[frozenset[str], str], Mapping[str, Record]] = {}

    def one(self, stages: frozenset[str], owner: str, name: str) -> Value:
        """A fact of the child, the case, the pregnancy or an extension, if only these stages are possible."""
        seen = self._seen(stages)
        extra = owner.removeprefix("extra.")
        return seen.value(seen.extra(extra) if extra != owner else getattr(seen, owner), name)

    def each(self, stages: frozenset[str], owner: str, name: str, record_id: str) -> Value:
        """A fact of a record of a list."""
        seen = self._seen(stages)
        records = self._by_id.get((stages, owner))
        if records is None:
            records = self._by_id[stages, owner] = {record.id: record for record in seen.records(owner)}
        return seen.value(records[record_id], name)

    def _seen(self, stages: frozenset[str]) -> CaseView:
        if self._view is None:
            self._view = view(self._case, self._as_of, self._vocabulary)
        return self._view.for_stages(stages)


def cut(value: When | Special | None, as_of: AsOf) -> When | Special | None:
    """What is left of a date that cannot lie ahead."""
    return value.cut(as_of) if isinstance(value, When) else value


def members(given: tuple[str, ...] | None, is_open: bool) -> Members | None:
    """A set as tests know it."""
    return None if given is None else Members(frozenset(given), None if is_open else frozenset())


def elapsed(value: When | Special | None, days_before: int) -> Elapsed | Special | None:
    """The length of time that runs from a date, which is cut already, or so many days before it."""
    if not isinstance(value, When):
        return value
    ahead = timedelta(days=days_before)
    return Elapsed(value.first - ahead, value.last - ahead)


def fields_of(case: CaseContents, vocabulary: Vocabulary, name: str) -> dict[str, Any] | None:
    """The fields of an extension of a case; None if the case has none."""
    entry = extension_entry(case, vocabulary, name)
    return None if entry is None else vars(entry)


_ID = attrgetter("id")


def by_its_id(entries: Iterable[Any]) -> list[Any]:
    """The records of a list in the order in which results have them."""
    return sorted(entries, key=_ID)
