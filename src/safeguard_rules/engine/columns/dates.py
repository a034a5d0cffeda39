"""Columns of dates, in each of the forms in which they may come, as the first and the last day that each may mean."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.types as is_type

from safeguard_rules.engine.columns.arrays import (
    Array,
    Bools,
    chosen,
    coded,
    fields,
    flags,
    given,
    looked_up,
    or_none,
    whole,
)
from safeguard_rules.engine.columns.operations import EARLY, LATE
from safeguard_rules.engine.columns.schema import is_text
from safeguard_rules.values.dates import AsOf, When
from safeguard_rules.values.special import NOT_YET
from safeguard_rules.values.uk_clock import day_bounds

EPOCH = date(1970, 1, 1).toordinal()
YEARS = (date(1900, 1, 1).toordinal() - EPOCH, date(2199, 12, 31).toordinal() - EPOCH)
SECONDS = 24 * 60 * 60
MILLISECONDS = SECONDS * 1000
"""So many are in a day of UTC."""
MICROSECONDS = 10**6
UNITS = {"s": 1, "ms": 10**3, "us": MICROSECONDS, "ns": 10**9}
"""How many of Arrow's units of time are in a second."""
NEVER = np.datetime64("NaT", "us")

Days = npt.NDArray[np.int32]


class Dates(NamedTuple):
    """What a column says of dates: the days, where it is `not_yet`, moments if there are any, and what is doubtful.

    Where a date is not known, `first` lies before and `last` after all days. A doubtful one counts as unknown; whether
    the row is a case at all is then for others to say. No day that is known lies after `latest`; `single` says that
    none is more than one day, as a month is.
    """

    first: Days
    last: Days
    not_yet: Bools
    moments: Array | None
    doubtful: Bools
    latest: int = LATE
    single: bool = False

    def cut(self, as_of: AsOf) -> Dates:
        """What is left of dates that cannot lie after a day, as `When.cut` has it."""
        today = ordinal(as_of.day)
        settled = self.latest <= today or not ((self.last > today) & (self.last < LATE)).any()
        if self.moments is None and settled:
            return self
        ahead = (self.first > today) & (self.first < LATE)
        if self.moments is not None and as_of.instant is not None:
            ahead |= self.moments > moment_of(as_of.instant)
        known = (self.first > EARLY) & ~ahead
        moments = None if self.moments is None else np.where(known, self.moments, NEVER)
        return self._replace(
            first=chosen(known, self.first, EARLY),
            last=chosen(known, np.minimum(self.last, np.int32(today)), LATE),
            moments=moments,
        )


def ordinal(day: date) -> int:
    """A day as Arrow counts days."""
    return day.toordinal() - EPOCH


def moment_of(instant: datetime) -> np.datetime64:
    """An instant as numpy has it, in UTC."""
    return np.datetime64(instant.astimezone(UTC).replace(tzinfo=None), "us")


def unknown(length: int) -> Dates:
    """Dates of which nothing is known."""
    none = np.zeros(length, bool)
    return Dates(np.full(length, EARLY, np.int32), np.full(length, LATE, np.int32), none, None, none)


def dates(array: pa.Array | None, length: int, may_be_not_yet: bool) -> Dates:
    """A column of dates; one that is not there is not known."""
    if array is None or is_type.is_null(array.type):
        return unknown(length)
    if is_text(array.type):
        return _of_text(array, may_be_not_yet)
    if is_type.is_date(array.type):
        return _of_days(_day_numbers(array), given(array))
    if is_type.is_timestamp(array.type):
        return _of_moments(array)
    return _of_structs(array, may_be_not_yet)


def _of_days(days: Days, there: Bools) -> Dates:
    wrong = there & ((days < YEARS[0]) | (days > YEARS[1]))
    return _days(days, days, there, wrong)._replace(single=True)


def _days(first: Days, last: Days, there: Bools, wrong: Bools) -> Dates:
    known = there & ~wrong
    latest = int(last.max(initial=EARLY))
    if known.all():
        return Dates(first, last, wrong, None, wrong, latest)
    kept = known.astype(np.int32)
    first, last = first * kept, last * kept
    kept -= 1
    kept *= np.int32(LATE)  # nothing where a day is known, else as early as can be
    first += kept
    last -= kept
    return Dates(first, last, np.zeros(len(first), bool), None, wrong, latest)


def _of_text(array: pa.Array, may_be_not_yet: bool) -> Dates:
    column = coded(array)
    read = [_read(text) for text in column.values]
    not_yet = [text == NOT_YET.word for text in column.values]
    return Dates(
        looked_up(column, np.array([ordinal(w.first) if w else EARLY for w in read], np.int32), EARLY),
        looked_up(column, np.array([ordinal(w.last) if w else LATE for w in read], np.int32), LATE),
        looked_up(column, np.array([each and may_be_not_yet for each in not_yet], bool), False),
        _moments_of_text(column, read),
        looked_up(
            column,
            np.array(
                [w is None and not (may_be_not_yet and n) for w, n in zip(read, not_yet, strict=True)],
                bool,
            ),
            False,
        ),
        max((ordinal(when.last) for when in read if when), default=EARLY),
        all(when.first == when.last for when in read if when),
    )


@lru_cache(maxsize=2**17)  # the days of some hundred years, so that no chunk reads them again
def _read(text: str | None) -> When | None:
    try:
        return When.parse(text) if text is not None else None
    except ValueError:
        return None


def _moments_of_text(column: Any, read: list[When | None]) -> Array | None:
    if not any(when is not None and when.instant for when in read):
        return None
    table = [moment_of(when.instant) if when is not None and when.instant else NEVER for when in read]
    return looked_up(column, np.array(table, "datetime64[us]"), NEVER)


def _of_moments(array: pa.Array) -> Dates:
    there = given(array)
    if array.type.tz is None:
        return _days(*unknown(len(array))[:2], there, there)
    moments = _microseconds(array, there)
    found = _of_days(uk_days(moments), there)
    return found._replace(moments=np.where(found.doubtful, NEVER, moments))


def _day_numbers(array: pa.Array) -> Days:
    """The days of a column; one outside the years that a case may have stays outside, however large its number."""
    if is_type.is_date32(array.type):
        return whole(array, np.int32)
    days = np.floor_divide(whole(array, np.int64), MILLISECONDS)
    return np.where((days >= YEARS[0]) & (days <= YEARS[1]), days, EARLY).astype(np.int32)


def _microseconds(array: pa.Array, there: Bools) -> Array:
    """The moments of a column in UTC; none where it is null, finer than that, or in no year that a case may have."""
    values, second = whole(array, np.int64), UNITS[array.type.unit]
    # The bounds come before the unit: a moment far off would come out as another one in microseconds.
    first, behind = ((YEARS[0] - 1) * SECONDS * second, (YEARS[1] + 2) * SECONDS * second)
    kept = there & (values >= first) & (values < behind)
    values = np.where(kept, values, 0)
    finer = max(1, second // MICROSECONDS)
    kept &= values % finer == 0
    found = values // finer * (MICROSECONDS // min(second, MICROSECONDS))
    return np.where(kept, found.astype("datetime64[us]"), NEVER)


def uk_days(moments: Array) -> Days:
    """The UK calendar days of moments in UTC; of no meaning where there is none."""
    days = moments.astype("datetime64[D]").astype(np.int64)
    known = ~np.isnat(moments) & (days >= YEARS[0] - 1) & (days <= YEARS[1] + 1)
    days = np.where(known, days, 0)
    different, places = np.unique(days, return_inverse=True)
    ends = np.array([moment_of(day_bounds(date.fromordinal(int(d) + EPOCH))[1]) for d in different], "datetime64[us]")
    later = known & (moments >= ends[places])
    return np.where(known, days + later, EARLY).astype(np.int32)


def _of_structs(array: pa.Array, may_be_not_yet: bool) -> Dates:
    # The fields of a struct that is null are looked over below, which is quicker than to have Arrow make them null.
    parts = {declared.name: or_none(array.field(place)) for place, declared in enumerate(array.type)}
    length, none = len(array), np.zeros(len(array), bool)
    first, has_first = _day_field(parts.get("first"), length)
    last, has_last = _day_field(parts.get("last"), length)
    if array.null_count:
        has_first, has_last = has_first & given(array), has_last & given(array)
        if any(_any_given(array, parts.get(name)) for name in ("instant", "written", "not_yet")):
            parts = fields(array)
        else:
            parts = {}
    word, written = parts.get("not_yet"), parts.get("written")
    not_yet = none if word is None else flags(word) & given(word)
    moments, has_moment = _moment_field(parts.get("instant"), length)
    wrong, there = has_first != has_last, has_first & has_last
    plain = _are_plain(first, last)
    if not plain:
        outside = there & ((first < YEARS[0]) | (last > YEARS[1]) | (first > last))
        several = there & (first != last) & ~outside
        wrong |= outside | several & ~_partial(first, last, several)
    if written is not None:
        wrong |= given(written) & ~_means(_of_text(written, False), first, last, there, moments)
    if moments is not None:
        wrong |= has_moment & (~there | (first != last) | (uk_days(moments) != first))
    if word is not None:
        wrong |= not_yet & (there | has_moment | (not may_be_not_yet))
    found = _days(first, last, there, wrong)
    kept = None if moments is None else np.where(wrong, NEVER, moments)
    return found._replace(not_yet=not_yet & ~wrong, moments=kept, single=plain)


def _any_given(array: pa.Array, part: pa.Array | None) -> bool:
    """Whether a field is given in any struct that is not null."""
    return part is not None and bool((given(array) & given(part)).any())


def _are_plain(first: Days, last: Days) -> bool:
    """Whether all are single days in years that a case may have, also those that stand where none is given."""
    return bool((first == last).all()) and first.min(initial=0) >= YEARS[0] and first.max(initial=0) <= YEARS[1]


def _means(text: Dates, first: Days, last: Days, there: Bools, moments: Array | None) -> Bools:
    """Where a date's own text says the same as the other fields of its struct."""
    same: Bools = there & (text.first == first) & (text.last == last) & ~text.doubtful
    if text.moments is None and moments is None:
        return same
    none = np.full(len(first), NEVER)
    one, other = (none if each is None else each for each in (text.moments, moments))
    same &= (one == other) | (np.isnat(one) & np.isnat(other))
    return same


def _day_field(array: pa.Array | None, length: int) -> tuple[Days, Bools]:
    if array is None or is_type.is_null(array.type):
        return np.zeros(length, np.int32), np.zeros(length, bool)
    return _day_numbers(array), given(array)


def _moment_field(array: pa.Array | None, length: int) -> tuple[Array | None, Bools]:
    if array is None or is_type.is_null(array.type) or array.null_count == length:
        return None, np.zeros(length, bool)
    there = given(array)
    if array.type.tz is None:
        return np.full(length, NEVER), there
    return _microseconds(array, there), there


def _partial(first: Days, last: Days, looked_at: Bools) -> Bools:
    """Whether two days are the first and the last of one month, or of one year."""
    found = np.zeros(len(first), bool)
    if not looked_at.any():
        return found
    a, b = first[looked_at].astype("datetime64[D]"), last[looked_at].astype("datetime64[D]")
    for unit in ("M", "Y"):
        begins, ends = a.astype(f"datetime64[{unit}]"), b.astype(f"datetime64[{unit}]")
        behind = (ends + np.timedelta64(1, unit)).astype("datetime64[D]")
        whole_unit = (begins.astype("datetime64[D]") == a) & (behind == b + np.timedelta64(1, "D"))
        found[looked_at] |= (begins == ends) & whole_unit
    return found
