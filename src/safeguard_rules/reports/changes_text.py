"""The differences between two evaluations as a text, each with its cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.reports.lines import WIDTH, Line, bullet, heading, line, plain
from safeguard_rules.reports.words import count, day, listing, sentence, told_to, whom, words
from safeguard_rules.results import Cause, Certainty, Change, ChangeKind, Changes, NextChange

KINDS: dict[ChangeKind, str] = {
    "added": "New",
    "strengthened": "Stronger",
    "changed": "Changed",
    "weakened": "Weaker",
    "withdrawn": "No longer",
    "masked": "Asked for by one change and taken back by another",
}
_CERTAINTIES: dict[Certainty, str] = {
    "certain": "",
    "unless": ", unless an exception holds",
    "as_precaution": ", as a precaution",
}
_STATES = {
    "applies": "applies",
    "undetermined": "not decided",
    "does_not_apply": "does not apply",
}
WITHDRAWN = {
    "ruled_out": "ruled out by what is recorded now",
    "no_longer_known": "what it rested on is no longer known: not a reason to stop thinking of it",
}


def changes_text(changes: Changes, width: int = WIDTH, *, everything: bool = False) -> str:
    """The text of the differences between two evaluations, plain, wrapped to a width in characters.

    Findings that neither applied nor apply are counted, unless `everything` is asked for.
    """
    return plain(changes_lines(changes, everything=everything), width)


def changes_lines(changes: Changes, *, everything: bool = False) -> tuple[Line, ...]:
    """The same as lines whose words say what they are."""
    return tuple(_changes(changes, everything))


def next_change_lines(coming: NextChange, child: str | None = None) -> tuple[Line, ...]:
    """When the answer changes by itself, and what could hide an earlier day; `child` names one of a family."""
    return tuple(_next_change(coming, child))


def _changes(changes: Changes, everything: bool) -> Iterator[Line]:
    yield line(f"What changed from {day(changes.before)} to {day(changes.after)}", "title")
    if changes.without_causes:
        yield line(f"No causes are given: {changes.without_causes}.", "warning")
    for problem in changes.problems:
        yield line(f"{sentence(problem.says)}", "warning")
    if not changes.changes:
        yield line("Nothing that these rules say is different. This is no assurance.")
    told = [change for change in changes.changes if everything or _is_told(change)]
    for what, title in (("action", "Actions"), ("finding", "Findings behind them")):
        found = [change for change in told if change.what == what]
        if found:
            yield from heading(title)
            yield from _by_kind(found)
    rest = len(changes.changes) - len(told)
    if rest:
        yield from heading("Everything else")
        yield bullet(f"{count(rest, 'finding')} newly open, decided or gone without any that applies")


def _is_told(change: Change) -> bool:
    """Whether something is or was recommended because of it."""
    return change.what == "action" or change.kind == "masked" or "applies" in (change.before, change.after)


def _by_kind(changes: Sequence[Change]) -> Iterator[Line]:
    for kind, title in KINDS.items():
        found = [change for change in changes if change.kind == kind]
        if found:
            yield line(title, "title", indent=2)
        for change in found:
            yield from _change(change)


def _change(change: Change) -> Iterator[Line]:
    yield line(f"{_titled(change)}: {_states(change)}", indent=4, hang=2, lead="-")
    if change.withdrawn_as:
        yield line(WITHDRAWN[change.withdrawn_as], "warning", indent=6, hang=2)
    named = "; ".join(filter(None, (_named(cause, change.says) for cause in change.causes)))
    if change.says or named:
        yield line(": ".join(filter(None, (change.says, named))), "quiet", indent=6, hang=2)


def _titled(change: Change) -> str:
    """What changed; an action that is not to be done reads `Do not ...`."""
    negative = change.what == "action" and (change.after or change.before) in NEGATIVE
    return f"{told_to(change.title, negative=negative)}{whom([change.subject])}"


def _states(change: Change) -> str:
    before, after = _state(change.before, change.certainty_before), _state(change.after, change.certainty_after)
    if change.kind == "added" or before == after:
        return after
    return f"was {before}" if change.after is None else f"was {before}, now {after}"


def _state(said: str | None, certainty: Certainty | None) -> str:
    if said is None:
        return "not there"
    return f"{_STATES.get(said, words(said))}{_CERTAINTIES[certainty or 'certain']}"


def _named(cause: Cause, says: str) -> str:
    """The facts or packs of a cause, without a locality that what is said names already."""
    told = set(says.replace(",", " ").split())
    return listing(cause.facts or [pack for pack in cause.packs if pack not in told])


def _next_change(coming: NextChange, child: str | None) -> Iterator[Line]:
    yield from heading(f"When this changes by itself{f' for {child}' if child else ''}")
    if coming.on is not None:
        changed = len(coming.changes) if coming.changes is not None else 0
        number = f": {changed} {'difference' if changed == 1 else 'differences'}" if changed else ""
        yield bullet(f"on {day(coming.on)}, with nothing new recorded{number}")
        for change in coming.changes or ():
            if change.what == "action":
                yield line(f"{_titled(change)}: {_states(change)}", indent=4, hang=2, lead="-")
    else:
        yield bullet("on no day that follows from the dates recorded")
    if coming.cannot_say:
        yield bullet(f"dates not known that could bring one: {listing(coming.cannot_say)}")
    if coming.until is not None:
        yield bullet(f"looked ahead until {day(coming.until)}")
