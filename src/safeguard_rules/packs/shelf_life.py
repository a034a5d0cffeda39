"""How long a pack's authors stand by it: what to say after the day of its next review, or after its last day.

A pack whose day is over still speaks. To fall silent would lose what it obliges to; so its results say it (promise 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from safeguard_rules import messages
from safeguard_rules.messages import Message
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.source import Issue


def shelf_life_issues(packs: Iterable[PackFiles], on: date) -> tuple[Issue, ...]:
    """A warning at its place for each pack and locality whose days are over on a day."""
    return tuple(message.at(files.main.value_place(key)) for files in packs for key, message in overdue(files, on))


def overdue(files: PackFiles, on: date) -> Iterator[tuple[str, Message]]:
    """What is to be said of a pack or locality on a day, with the key that says so; the days themselves are in time."""
    header = files.header
    if header.expires_on is not None and on > header.expires_on:
        yield "expires_on", messages.pack_expired(files.kind, files.id, header.expires_on)
    if header.review_by is not None and on > header.review_by:
        yield "review_by", messages.review_overdue(files.kind, files.id, header.review_by)


def check_shelf_life(packs: Iterable[PackFiles], issues: list[Issue]) -> None:
    """Adds an issue for each pack that expires before it is to be reviewed: nobody would be reminded in time."""
    for files in packs:
        review, last = files.header.review_by, files.header.expires_on
        if review is not None and last is not None and last < review:
            issues.append(messages.expires_before_review(last, review).at(files.main.value_place("expires_on")))
