"""The hours of a contact, as a locality writes them, to opening hours; every slip is told at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from safeguard_rules import messages
from safeguard_rules.messages import Message
from safeguard_rules.packs.draft import Path
from safeguard_rules.packs.local_draft import LocalDraft
from safeguard_rules.reading.nodes import MapNode, key_place
from safeguard_rules.values.opening_hours import WEEKDAYS, Opening, OpeningHours, Times, Weekdays


def opening_hours(local: LocalDraft, key: str) -> OpeningHours | None:
    """The hours of one contact of the locality; None where it gives none. Slips are added to the draft."""
    file = local.file.contacts[key]
    path: Path = ("contacts", key, "hours")
    if file.hours is None:
        if file.out_of_hours is not None:
            local.complain(messages.out_of_hours_without_hours(), "contacts", key, "out_of_hours")
        return None
    if not file.hours:
        local.complain(messages.hours_without_times("hours"), *path)
        return None
    return OpeningHours.of(_openings(local, file.hours, path))


def _openings(local: LocalDraft, hours: Mapping[str, Sequence[str]], path: Path) -> Iterator[Opening]:
    written = local.files.main.node(*path)
    assert isinstance(written, MapNode)
    taken: dict[int, str] = {}
    # In the order of the file, so that the later of two that meet is complained about.
    for text in written.entries:
        days = _weekdays(text)
        wrong = days if isinstance(days, Message) else _take(days, text, taken)
        if wrong is not None:
            local.draft.complain(wrong, key_place(written, text))
        times = tuple(_times(local, hours[text], (*path, text)))
        if isinstance(days, Weekdays) and times:
            yield Opening(days, times)


def _weekdays(text: str) -> Weekdays | Message:
    first, to, last = text.partition(" to ")
    for word in (first, last) if to else (first,):
        if word not in WEEKDAYS:
            return messages.no_day_of_the_week(word, WEEKDAYS)
    if not to:
        return Weekdays(WEEKDAYS.index(first), WEEKDAYS.index(first))
    days = Weekdays(WEEKDAYS.index(first), WEEKDAYS.index(last))
    return days if days.first < days.last else messages.days_go_back(text)


def _take(days: Weekdays, text: str, taken: dict[int, str]) -> Message | None:
    """Notes under which key each day stands; what to say where one stands under two."""
    for day in range(days.first, days.last + 1):
        if day in taken:
            return messages.day_in_two_openings(WEEKDAYS[day], taken[day])
        taken[day] = text
    return None


def _times(local: LocalDraft, written: Sequence[str], path: Path) -> Iterator[Times]:
    if not written:
        local.complain(messages.hours_without_times(str(path[-1])), *path)
    found: list[Times] = []
    for i, text in enumerate(written):
        times = _read(text, found)
        if isinstance(times, Message):
            local.complain(times, *path, i)
        else:
            found.append(times)
    return iter(found)


def _read(text: str, before: Sequence[Times]) -> Times | Message:
    times = Times.parse(text)
    if times is None:
        return messages.wrong_opening_times(text)
    if times.start >= times.end:
        return messages.closes_before_it_opens(text)
    other = next((each for each in before if each.overlaps(times)), None)
    return messages.opening_times_overlap(text, str(other)) if other is not None else times
