"""How long a pack's authors stand by it: what to say after the day of its next review, or after its last day.

A pack whose day is over still speaks. To fall silent would lose what it obliges to; so its results say it (promise 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from safeguard_rules import messages
from safeguard_rules.messages import Message
from safeguard_rules.packs.content import ShelfDays
from safeguard_rules.source import Issue

if TYPE_CHECKING:  # results ask for it, and they do not read files
    from safeguard_rules.packs.files import PackFiles


def shelf_life_issues(packs: Iterable[PackFiles], on: date) -> tuple[Issue, ...]:
    """A warning at its place for each pack and locality whose days are over on a day."""
    return tuple(message.at(files.main.value_place(key)) for files in packs for key, message in overdue(files, on))


def overdue(files: PackFiles, on: date) -> Iterator[tuple[str, Message]]:
    """What is to be said of a pack or locality on a day, with the key that says so; the days themselves are in time."""
    yield from over(shelf_days(files), on)


def over(days: ShelfDays, on: date) -> Iterator[tuple[str, Message]]:
    """The same as `overdue`, where only the days are at hand."""
    if days.expires_on is not None and on > days.expires_on:
        yield "expires_on", messages.pack_expired(days.kind, days.id, days.expires_on)
    if days.review_by is not None and on > days.review_by:
        yield "review_by", messages.review_overdue(days.kind, days.id, days.review_by)


def shelf_days(files: PackFiles) -> ShelfDays:
    """How long the authors of a pack or locality stand by it."""
    return ShelfDays(files.kind, files.id, files.header.review_by, files.header.expires_on)


def check_shelf_life(packs: Iterable[PackFiles], issues: list[Issue]) -> None:
    """Adds an issue for each pack that expires before it is to be reviewed: nobody would be reminded in time."""
    for files in packs:
        review, last = files.header.review_by, files.header.expires_on
        if review is not None and last is not None and last < review:
            issues.append(messages.expires_before_review(last, review).at(files.main.value_place("expires_on")))
