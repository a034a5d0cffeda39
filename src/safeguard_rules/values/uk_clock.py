"""UK calendar days of instants, and instants of UK calendar days.

Summer time runs from the last Sunday of March, 01:00 UTC, to the last Sunday of October, 01:00 UTC. That
rule is written here, not taken from the machine, so that the same case gives the same bytes everywhere. It
has held since 1996; it is applied to every year, for no test reads an hour of an earlier one.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

_HOUR: Final = timedelta(hours=1)
_SUMMER_TIME: Final = timezone(_HOUR)
_CHANGE: Final = time(1, tzinfo=UTC)


def uk_time(instant: datetime) -> datetime:
    """Return an instant as the clocks in the UK show it; one without offset raises `ValueError`."""
    if instant.utcoffset() is None:
        raise ValueError("a date-time needs an offset such as Z or +01:00")
    moment = instant.astimezone(UTC)
    begins, ends = _summer(moment.year)
    summer = datetime.combine(begins, _CHANGE) <= moment < datetime.combine(ends, _CHANGE)
    return moment.astimezone(_SUMMER_TIME) if summer else moment


def uk_day(instant: datetime) -> date:
    """Return the UK calendar day of an instant; one without offset raises `ValueError`."""
    return uk_time(instant).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first instant of a UK calendar day and that of the next, in UTC, 23 to 25 hours apart."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    # The clocks change after midnight: the day in March begins in winter time, that in October in summer time.
    begins, ends = _summer(day.year)
    midnight = datetime.combine(day, time(0, tzinfo=UTC))
    return midnight - _HOUR if begins < day <= ends else midnight


def _summer(year: int) -> tuple[date, date]:
    return _last_sunday(year, 3), _last_sunday(year, 10)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.isoweekday() % 7)
