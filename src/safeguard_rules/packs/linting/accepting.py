"""What authors accept: a lint that is right and stays as it is, with the reason in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safeguard_rules import messages
from safeguard_rules.packs.files import PackFiles, Part
from safeguard_rules.packs.linting.subject import SECTIONS
from safeguard_rules.reading.nodes import ListNode, MapNode, Node, Scalar
from safeguard_rules.source import Issue, Place, Text

ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One lint that is accepted: which and why, where that stands, and from where to where it holds."""

    code: str
    why: str
    place: Place
    text: Text
    first: tuple[int, int]
    end: tuple[int, int] | None
    """Line and column where the next thing starts; None is the end of the file."""

    def holds_for(self, issue: Issue) -> bool:
        """Whether this answers the issue."""
        at = (issue.place.line, issue.place.column)
        within = issue.place.text is self.text and self.first <= at and (self.end is None or at < self.end)
        return within and issue.code == self.code


@dataclass(frozen=True, slots=True)
class Accepted:
    """An issue that an author has accepted, and why."""

    issue: Issue
    why: str

    def __lt__(self, other: Accepted) -> bool:
        return (self.issue.order, self.why) < (other.issue.order, other.why)


@dataclass(frozen=True, slots=True)
class Linted:
    """What a lint found: what is open, and what the authors have accepted; both sorted."""

    open: tuple[Issue, ...]
    accepted: tuple[Accepted, ...] = ()


def acceptances(packs: Iterable[PackFiles]) -> tuple[Acceptance, ...]:
    """Everything that the files of some packs accept."""
    return tuple(each for pack in packs for part in pack.parts for each in _of_part(part))


def sorted_out(issues: Iterable[Issue], acceptances: Iterable[Acceptance]) -> Linted:
    """The issues by whether an author has accepted them; an acceptance that answers none is an issue of its own."""
    known = tuple(acceptances)
    left: set[Issue] = set()
    accepted: set[Accepted] = set()
    used: set[Acceptance] = set()
    for issue in issues:
        answers = [each for each in known if each.holds_for(issue)]
        used.update(answers)
        accepted.update(Accepted(issue, each.why) for each in answers)
        if not answers:
            left.add(issue)
    left.update(messages.accepts_nothing(each.code).at(each.place) for each in known if each not in used)
    return Linted(tuple(sorted(left)), tuple(sorted(accepted)))


def _of_part(part: Part) -> Iterator[Acceptance]:
    starts = sorted(_starts(part))
    for section in SECTIONS:
        entries = part.node(section)
        if not isinstance(entries, MapNode):
            continue
        for entry in entries.entries.values():
            for form in entry.value.items if isinstance(entry.value, ListNode) else (entry.value,):
                accept = form.get(ACCEPT) if isinstance(form, MapNode) else None
                first = _spot(entry.key.place)
                end = next((each for each in starts if each > first), None)
                for code, why in _written(accept):
                    yield Acceptance(code.text, why, code.place, code.place.text, first, end)


def _written(accept: Node | None) -> Iterator[tuple[Scalar, str]]:
    for entry in accept.entries.values() if isinstance(accept, MapNode) else ():
        if isinstance(entry.value, Scalar):
            yield entry.key, entry.value.text


def _starts(part: Part) -> Iterator[tuple[int, int]]:
    """Where each top key of a file and each named thing in it starts."""
    for key in part.root.entries.values():
        yield _spot(key.key.place)
        inner: Node = key.value
        if isinstance(inner, MapNode):
            yield from (_spot(entry.key.place) for entry in inner.entries.values())


def _spot(place: Place) -> tuple[int, int]:
    return place.line, place.column
