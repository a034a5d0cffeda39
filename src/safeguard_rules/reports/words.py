"""How the words of a result read to a person: obligations, days, times, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.reports.lines import Style
from safeguard_rules.results import Assumed, Demand, Obligation, RecommendedAction, Subject, Within
from safeguard_rules.values.durations import Duration, shorter
from safeguard_rules.values.truth import T

OBLIGATION_WORDS: dict[Obligation, str] = {
    "must": "must",
    "must_not": "must not",
    "should": "should",
    "should_not": "should not",
    "consider": "consider",
}
OBLIGATION_STYLES: dict[Obligation, Style] = {
    "must": "must",
    "must_not": "negative",
    "should": "should",
    "should_not": "negative",
    "consider": "consider",
}
RANKED = ("must", "must not", "should", "should not", "consider")
"""How strongly something is said, in words, the strongest first."""

TOPICS = {
    "now": "what is happening now",
    "child": "the child",
    "injuries": "injuries",
    "people": "people",
    "abuse": "abuse",
    "sharing": "sharing and referrals",
    "reviewed": "what was seen, assessed or changed",
    "support": "sleep and support",
}
"""The topics of questions, in the order in which they are shown, as they read after `about`."""

ROLES = {"gp": "GP"}

_SMALL = ("and", "in", "of", "on", "the", "under", "upon")

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(.+))?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_AT_ONCE = "at once"
_SOON = (_AT_ONCE, "same day", "promptly")
_WRITTEN_AS = {"same day": "the same day"}


def day(text: str) -> str:
    """A date or a time as a person writes it: `2 March 2026`, `March 2026`, `2 March 2026 at 15:00 (UTC)`."""
    whole, month = _DAY.fullmatch(text), _MONTH.fullmatch(text)
    if whole:
        year, number, date, clock = whole.groups()
        at = f" at {_clock(clock)}" if clock else ""
        return f"{int(date)} {_MONTHS[int(number) - 1]} {year}{at}"
    if month:
        return f"{_MONTHS[int(month[2]) - 1]} {month[1]}"
    return text


def _clock(written: str) -> str:
    zone = re.search(r"Z|[+-]\d\d:\d\d$", written)
    if zone is None:
        return written
    return f"{written[: zone.start()]} ({zone[0].replace('Z', 'UTC')})"


def words(name: str) -> str:
    """A name as words: `health_visitor` as `health visitor`; a full name loses its pack."""
    return ROLES.get(name, re.sub("[_-]", " ", name.rpartition(":")[2]))


def place_name(area: str) -> str:
    """An area's id as its name: `stoke-on-trent` as `Stoke on Trent`."""
    return " ".join(word if word in _SMALL else word.capitalize() for word in words(area).split())


def listing(items: Iterable[str], last: str = "and") -> str:
    """Items as people list them: `a, b and c`."""
    given = list(items)
    return given[0] if len(given) == 1 else f"{', '.join(given[:-1])} {last} {given[-1]}" if given else ""


def areas_named(titles: Sequence[str]) -> str:
    """Areas by their names, some of which have an `and` of their own: `Durham; Leicestershire and Rutland`."""
    return "; ".join(titles)


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: `1 rule`, `2 rules`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def sentence(text: str) -> str:
    """A text as a sentence: with a capital and a full stop."""
    stop = "" if text.endswith((".", "?", "!")) else "."
    return f"{upper_first(text)}{stop}"


def upper_first(text: str) -> str:
    """A text with a capital, as a heading or an entry of a list starts."""
    return f"{text[:1].upper()}{text[1:]}"


def lower_first(text: str) -> str:
    """A text that goes on in a sentence: `Share it` as `share it`, but `GP letter` and `Baby Steps` as they are."""
    second_word = text.partition(" ")[2]
    name = second_word[:1].isupper() or text[1:2].isupper()
    return text if name else f"{text[:1].lower()}{text[1:]}"


def instruction(action: RecommendedAction, obligation: Obligation | None = None) -> str:
    """What to do, or `Do not ...` where the obligation, else the headline, says not to."""
    return told_to(action.do, negative=(obligation or action.obligation) in NEGATIVE)


def told_to(do: str, *, negative: bool) -> str:
    """What an action says to do, or `Do not ...`."""
    return f"Do not {lower_first(do)}" if negative else do


def whom(subjects: Sequence[Subject]) -> str:
    """Whom something is about, where that is not just the child: ` (mother's partner)`; else nothing."""
    others = [str(subject) for subject in subjects if subject.kind != "child"]
    return f" ({listing(others)})" if others else ""


def time(within: Within) -> str:
    """How long there is, without its basis: `at once`, `within 4 hours of learning of it`, `by 4 March 2026`."""
    length = _length(within.time)
    if length is None:
        said = _WRITTEN_AS.get(within.time, within.time)
    elif within.counted_from is not None:
        said = f"within {within.time}"
    else:
        said = f"within {within.time} of learning of it"
    if within.due is not None:
        said += f", that is by {day(within.due)}"
    return f"{said}: overdue" if within.overdue else said


def only_in(areas: Sequence[str | None], here: str | None) -> str:
    """Which areas alone state a time, where none of them is `here`: `stated in Bedford only`; else nothing."""
    named = [area for area in areas if area is not None]
    if not areas or len(named) < len(areas) or here in named:
        return ""
    return f"stated in {listing([place_name(area) for area in dict.fromkeys(named)])} only"


def time_with_basis(within: Within, here: str | None) -> str:
    """A time, and whether it is the packs' proposal or that of other areas only: `at once (proposed)`.

    `here` is the id of the locality, None where none was given.
    """
    if within.basis == "proposed":
        return f"{time(within)} (proposed)"
    areas = [each.area for each in within.citations]
    return f"{time(within)} (stated elsewhere)" if areas and None not in areas and here not in areas else time(within)


def other_times(action: RecommendedAction) -> tuple[Demand, ...]:
    """The demands whose time is not certainly longer than the headline's, one for each time (decisions 21, 22)."""
    headline = action.within
    found: dict[str, Demand] = {}
    for demand in action.demands:
        within = demand.within
        against = (demand.obligation in NEGATIVE) is not action.negative
        if against or within is None or (headline is not None and _no_sooner(within, headline)):
            continue
        found.setdefault(within.time, demand)
    return tuple(found.values())


def _no_sooner(within: Within, headline: Within) -> bool:
    if within.time == headline.time or headline.time == _AT_ONCE:
        return within.time == headline.time or _length(within.time) is not None or within.time in _SOON
    one, other = _length(headline.time), _length(within.time)
    return one is not None and other is not None and shorter(one, other) == T


def _length(text: str) -> Duration | None:
    try:
        return Duration.parse(text)
    except ValueError:
        return None


def exceptions(assumed: Iterable[Assumed]) -> tuple[Assumed, ...]:
    """What would stop a demand if it turned out to be so."""
    return tuple(each for each in assumed if each.exception)
