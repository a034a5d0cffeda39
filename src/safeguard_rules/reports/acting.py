"""What to do now: at most seven lines, the most pressing first, with nothing left out that is not counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.grouping import Entry, Group, folded, grouped
from safeguard_rules.reports.lines import Line, Span, heading, height, line, unbroken
from safeguard_rules.reports.words import (
    OBLIGATION_STYLES,
    OBLIGATION_WORDS,
    count,
    day,
    exceptions,
    instruction,
    listing,
    other_times,
    time_with_basis,
    whom,
    words,
)
from safeguard_rules.results import ContactDetails, Demand, RecommendedAction

MOST_LINES = 7
"""How many lines there are under `What to do now`, at the usual width."""

_HANG = 10
_MOST_FOR_OTHERS = 2
_TOLD_SHORT = ("record", "advise", "signpost", "ask")
_FOLDS: tuple[Callable[[Group], bool], ...] = (
    lambda group: group.first.obligation == "consider",
    lambda group: group.first.kind in _TOLD_SHORT and group.first.obligation != "must",
    lambda group: group.first.obligation not in ("must", "must_not"),
)


def what_to_do_now(telling: Telling) -> tuple[Line, ...]:
    """The part of a text that leads: what is to do, in the order of the result, told in at most seven lines."""
    to_do = [action for action in telling.document.actions if action.standing != "done"]
    if not to_do:
        return (*heading("What to do now"), *_nothing(telling))
    role = telling.document.record.role
    once = grouped((action for action in to_do if not action.repeats), telling.document.conflicts)
    yours = [Entry((group,)) for group in once if group.first.for_you or role is None]
    others = [group for group in once if not (group.first.for_you or role is None)]
    standing = _standing(grouped(action for action in to_do if action.repeats), telling)
    room = MOST_LINES - height(standing)
    if not yours:
        yours, others = [Entry((group,)) for group in others], []
    kept = _fitting(yours, room - min(len(others), _MOST_FOR_OTHERS), telling)
    room -= height(kept)
    return (*heading("What to do now"), *kept, *_for_others(others, room, telling), *standing)


def _nothing(telling: Telling) -> Iterable[Line]:
    """What is said where nothing is recommended: never an assurance."""
    undecided = len(telling.document.findings) and len(
        [finding for finding in telling.document.findings if finding.outcome == "undetermined"]
    )
    yield line("No action follows so far from what is recorded. This is not an assurance that all is well.", indent=2)
    if undecided:
        rules = {finding.rule for finding in telling.document.findings if finding.outcome == "undetermined"}
        missing = count(len(telling.document.questions), "thing")
        yield line(
            f"{count(len(rules), 'rule')} cannot be decided yet, because {missing} below "
            f"{'is' if len(telling.document.questions) == 1 else 'are'} not known.",
            indent=2,
        )
    else:
        yield line("It says nothing about what nobody has recorded, nor about what these packs do not cover.", indent=2)


def _fitting(entries: Sequence[Entry], room: int, telling: Telling) -> tuple[Line, ...]:
    """The lines of what is yours to do, folded step by step until they fit, the rest counted."""
    tried = tuple(entries)
    lines = _entry_lines(tried, telling)
    for may_fold in _FOLDS:
        if height(lines) <= room:
            return lines
        tried = folded(tried, may_fold)
        lines = _entry_lines(tried, telling)
    if height(lines) <= room:
        return lines
    kept = list(lines)
    while len(kept) > 1 and height(kept) > room - 1:
        kept.pop()
    return (*kept, _rest([group for entry in tried[len(kept) :] for group in entry.groups]))


def _rest(groups: Sequence[Group]) -> Line:
    numbers: dict[str, int] = {}
    for group in groups:
        word = OBLIGATION_WORDS[group.first.obligation]
        numbers[word] = numbers.get(word, 0) + 1
    kinds = listing(f"{number} {word}" for word, number in numbers.items())
    return line(f"and {len(groups)} more ({kinds}), in the list of each action below", "quiet", indent=2, hang=_HANG)


def _entry_lines(entries: Sequence[Entry], telling: Telling) -> tuple[Line, ...]:
    shown: set[ContactDetails] = set()
    return tuple(_entry_line(entry, telling, shown) for entry in entries)


def _entry_line(entry: Entry, telling: Telling, shown: set[ContactDetails]) -> Line:
    style = OBLIGATION_STYLES[entry.obligation]
    lead = Span(OBLIGATION_WORDS[entry.obligation].removesuffix(" not").upper(), style)
    if len(entry.groups) == 1:
        spans = _in_full(entry.groups[0], telling, shown)
    else:
        spans = (Span("; ".join(_in_short(group, telling) for group in entry.groups)),)
    return Line(spans, 2, _HANG, lead)


def _in_full(group: Group, telling: Telling, shown: set[ContactDetails]) -> tuple[Span, ...]:
    action = group.first
    headline = action.demands[0]
    how = f" {headline.how}" if headline.how else ""
    parts = [
        f"{instruction(action)}{whom(group.subjects)}{how}{_when(action)}",
        *_contact(action, shown),
        *_certainty(headline),
        force_of(headline, telling),
    ]
    spans = [Span("; ".join(parts)), Span(telling.notes.short_marks(headline.citations), "quiet")]
    if action.standing == "done_before_newest_reason":
        done = f" on {day(action.done_on)}" if action.done_on else ""
        spans.append(Span(f" (done{done}, before the newest reason for it)", "warning"))
    spans += [Span(f" Conflict: {conflict.says}", "warning") for conflict in group.conflicts]
    return tuple(spans)


def _in_short(group: Group, telling: Telling) -> str:
    action = group.first
    marks = telling.notes.short_marks(action.demands[0].citations)
    precaution = "" if action.certainty == "certain" else ", as a precaution"
    if action.certainty == "unless":
        precaution = f", {_certainty(action.demands[0])[0]}"
    return f"{instruction(action)}{whom(group.subjects)}{_when(action)}{precaution}{marks}"


def _when(action: RecommendedAction) -> str:
    own = [f", {_bracketed(time_with_basis(action.within))}"] if action.within else []
    others = [
        f" ({OBLIGATION_WORDS[demand.obligation]} {_bracketed(time_with_basis(demand.within))})"
        for demand in other_times(action)
        if demand.within is not None
    ]
    return "".join([*own, *others])


def _bracketed(time: str) -> str:
    return time.replace(", proposed", " (proposed)")


def _contact(action: RecommendedAction, shown: set[ContactDetails]) -> tuple[str, ...]:
    contact = action.contact
    if contact is None:
        return (f"your local {words(action.contact_key)}",) if action.contact_key else ()
    if contact in shown:
        return (contact.name,)
    shown.add(contact)
    return (f"{contact.name} {unbroken(contact.phone)}" if contact.phone else contact.name,)


def _certainty(demand: Demand) -> tuple[str, ...]:
    if demand.certainty == "unless":
        return (f"unless {listing((words(each.name) for each in exceptions(demand.assumed)), 'or')}",)
    return ("as a precaution",) if demand.certainty == "as_precaution" else ()


def force_of(demand: Demand, telling: Telling) -> str:
    """How binding a demand is here, in plain words; another area's policy is called that."""
    if demand.force == "proposal":
        return "proposed by the pack's authors"
    areas = [each.area for each in demand.citations if each.force == demand.force]
    if demand.force == "local policy" and areas and telling.document.record.locality not in areas:
        return "local policy elsewhere"
    return demand.force


# --- others, and every contact


def _for_others(groups: Sequence[Group], room: int, telling: Telling) -> tuple[Line, ...]:
    """What others are to do, in short, by whom it addresses; what finds no room is counted."""
    by_role: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        by_role.setdefault(group.first.demands[0].addressed, []).append(group)
    lines = [_for_role(addressed, given, telling) for addressed, given in by_role.items()]
    if height(lines) <= room:
        return tuple(lines)
    told = [f"{_roles(addressed)}: {_obligations(given)}" for addressed, given in by_role.items()]
    short = f"{'; '.join(told)}, in the list of each action below"
    return (Line((Span(short),), 2, _HANG, Span("OTHERS", "quiet")),)


def _for_role(addressed: tuple[str, ...], groups: Sequence[Group], telling: Telling) -> Line:
    told = "; ".join(f"{_in_short(group, telling)} ({OBLIGATION_WORDS[group.first.obligation]})" for group in groups)
    return Line((Span(f"For {_roles(addressed)}: {told}"),), 2, _HANG, Span("OTHERS", "quiet"))


def _roles(addressed: tuple[str, ...]) -> str:
    return listing(map(words, addressed), "or") or "others"


def _obligations(groups: Sequence[Group]) -> str:
    numbers: dict[str, int] = {}
    for group in groups:
        numbers[group.first.obligation] = numbers.get(group.first.obligation, 0) + 1
    return listing(f"{number} {words(word)}" for word, number in numbers.items())


def _standing(groups: Sequence[Group], telling: Telling) -> tuple[Line, ...]:
    """Standing advice, folded into one entry."""
    if not groups:
        return ()
    told = "; ".join(_repeated(group, telling) for group in groups)
    return (Line((Span(f"At every contact: {told}"),), 2, _HANG, Span("ALWAYS", "quiet")),)


def _repeated(group: Group, telling: Telling) -> str:
    word = OBLIGATION_WORDS[group.first.obligation]
    marks = telling.notes.short_marks(group.first.demands[0].citations)
    return f"{instruction(group.first)}{whom(group.subjects)} ({word}){marks}"
