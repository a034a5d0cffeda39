"""What to do now: at most seven lines, the most pressing first, with nothing left out that is not counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.reports.contacting import contact_in_short
from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.grouping import Entry, Group, folded, grouped
from safeguard_rules.reports.hedging import SHORT_READING, carers_word, certainty_words
from safeguard_rules.reports.lines import WIDTH, Line, Span, heading, line
from safeguard_rules.reports.ruled_out import check_line
from safeguard_rules.reports.words import (
    OBLIGATION_STYLES,
    OBLIGATION_WORDS,
    count,
    day,
    instruction,
    listing,
    other_times,
    time_with_basis,
    whom,
    words,
)
from safeguard_rules.results import Conflict, ContactDetails, Demand, RecommendedAction

MOST_LINES = 7
"""How many lines there are at most under `What to do now`."""

_HANG = 10
_MARK = len("; [10a]")
_ROW = WIDTH - _HANG - 2
_LENGTHS = (2 * _ROW, 3 * _ROW)
"""How long a line with several actions may become: two rows of a wide terminal, or else three."""

_PRESSING = {"must": 0, "must_not": 0, "should": 1, "should_not": 1, "consider": 2}
_FOLDS: tuple[Callable[[Group], bool], ...] = (
    lambda group: group.first.obligation == "consider" and not _is_kept(group),
    lambda group: not _is_kept(group) and group.first.contact_key is None,
)
"""What may be joined in short, the least pressing first."""


def what_to_do_now(telling: Telling) -> tuple[Line, ...]:
    """The part of a text that leads: what is to do, in the order of the result, told in at most seven lines."""
    to_do = [action for action in telling.document.actions if action.standing != "done"]
    check = check_line(telling, _HANG)
    if not to_do:
        return (*heading("What to do now"), *_nothing(telling), *check)
    role = telling.document.record.role
    conflicts = telling.document.conflicts
    once = grouped((action for action in to_do if not action.repeats), conflicts, by_headline=True)
    yours = [group for group in once if group.first.for_you or role is None]
    others = [group for group in once if group not in yours]
    if not yours:
        yours, others = others, []
    standing = grouped((action for action in to_do if action.repeats), conflicts, by_headline=True)
    room = MOST_LINES - bool(standing) - bool(others) - len(check)
    kept = _fitting([Entry((group,)) for group in yours], room, telling) if yours else _nothing(telling)
    return (*heading("What to do now"), *kept, *check, *_for_others(others, telling), *_standing(standing, telling))


def _nothing(telling: Telling) -> Iterable[Line]:
    """What is said where nothing is recommended: never an assurance."""
    rules = {finding.rule for finding in telling.document.findings if finding.outcome == "undetermined"}
    told = "No action that presses now follows from what is recorded so far. This is no assurance:"
    yield line(f"{told} it does not say whether the child is safe.", indent=2)
    if rules:
        missing = len(telling.document.questions)
        because = f"{count(missing, 'answer')} {'is' if missing == 1 else 'are'} missing"
        yield line(f"{count(len(rules), 'rule')} cannot be decided yet: {because}, the first of them below.", indent=2)
    else:
        yield line("It cannot speak of what nobody has recorded, nor of what these packs do not cover.", indent=2)


# --- yours


def _fitting(entries: Sequence[Entry], room: int, telling: Telling) -> tuple[Line, ...]:
    """The lines of what is yours to do, folded step by step until there are few enough, the rest counted."""
    tried, here = tuple(entries), telling.notes.locality
    for length in _LENGTHS:
        for may_fold in _FOLDS:
            tried = folded(tried, room, may_fold, lambda entry, most=length: _length(entry, here) <= most)  # type: ignore[misc]
    always = [entry for entry in tried if any(map(_is_kept, entry.groups))]
    if len(always) > room - bool(len(always) < len(tried)):
        # What is always told shares its lines, however long they become, so that something else has one too.
        others = len(tried) - len(always)
        tried = folded(tried, room + others - min(others, 2), _is_not_to_do, lambda _: True)
        tried = folded(tried, room + others - min(others, 1), _is_kept, lambda _: True)
    left_out = _least(tried, len(tried) - room + 1) if len(tried) > room else ()
    shown: set[ContactDetails] = set()
    kept = [_entry_line(entry, telling, shown) for entry in tried if entry not in left_out]
    if left_out:
        kept.append(_rest([group for entry in left_out for group in entry.groups]))
    return tuple(kept)


def _least(entries: Sequence[Entry], number: int) -> tuple[Entry, ...]:
    """At most so many entries that may be counted and press least: the last of the weakest obligation first."""
    may_go = [pair for pair in enumerate(entries) if not any(map(_is_kept, pair[1].groups))]
    ranked = sorted(may_go, key=lambda pair: (_PRESSING[pair[1].obligation], pair[0]))
    last = sorted(ranked[max(0, len(ranked) - number) :], key=lambda pair: pair[0])
    return tuple(entry for _, entry in last)


def _is_not_to_do(group: Group) -> bool:
    return group.first.negative


def _is_kept(group: Group) -> bool:
    """Whether it is told in full always: a must, anything not to be done, a side of a conflict."""
    return group.first.obligation not in ("should", "consider") or bool(group.conflicts)


def _rest(groups: Sequence[Group]) -> Line:
    return line(f"and more, each told below: {_obligations(groups)}", "quiet", indent=2 + _HANG)


def _obligations(groups: Sequence[Group]) -> str:
    """How many there are of each obligation: `2 should and 1 consider`."""
    numbers: dict[str, int] = {}
    for group in groups:
        word = OBLIGATION_WORDS[group.first.obligation]
        numbers[word] = numbers.get(word, 0) + 1
    return listing(f"{number} {word}" for word, number in numbers.items())


def _entry_line(entry: Entry, telling: Telling, shown: set[ContactDetails]) -> Line:
    style = OBLIGATION_STYLES[entry.obligation]
    lead = Span(OBLIGATION_WORDS[entry.obligation].removesuffix(" not").upper(), style)
    in_full = len(entry.groups) == 1
    spans: list[Span] = []
    for group in entry.groups:
        spans += [Span(". ")] if spans else []
        kept = in_full or _is_kept(group)
        spans += _in_full(group, telling, shown) if kept else [Span(_in_short(group, telling))]
    return Line(tuple(spans), 2, _HANG, lead, whole=True)


def _in_full(group: Group, telling: Telling, shown: set[ContactDetails]) -> tuple[Span, ...]:
    action = group.first
    headline = action.demands[0]
    how = f" {headline.how}" if headline.how and len(headline.how) < len(action.do) else ""
    times = times_told(action, telling.notes.locality)
    parts = [
        f"{instruction(action)}{whom(group.subjects)}{how}{times}{carers_word(headline)}",
        *contact_words(action, shown),
        *certainty_words(headline),
        force_of(headline, telling),
    ]
    before, after = _other_side(group, telling)
    spans = [before, Span("; ".join(parts)), Span(telling.notes.short_marks(headline.citations), "quiet"), after]
    if action.standing == "done_before_newest_reason":
        spans.append(Span(f" ({_done_before(action)})", "warning"))
    spans += [Span(f" Conflict: {each.says}", "warning") for each in _never_together(group)]
    return tuple(spans)


def _never_together(group: Group) -> list[Conflict]:
    return [each for each in group.conflicts if each.negative != each.positive and each.positive == group.first.action]


def _other_side(group: Group, telling: Telling) -> tuple[Span, Span]:
    """What is said against the headline of an action that is both wanted and not: before it if negative, else after."""
    action = group.first
    if not any(each.negative == each.positive for each in group.conflicts):
        return Span(""), Span("")
    against = next(each for each in action.demands if _is_negative(each) is not action.negative)
    word = OBLIGATION_WORDS[against.obligation]
    parts = [
        word,
        *([time_with_basis(against.within, telling.notes.locality)] if against.within else []),
        *certainty_words(against),
    ]
    marks = telling.notes.short_marks(against.citations)
    told = f"{', '.join(parts)}; {force_of(against, telling)}"
    if _is_negative(against):
        return Span(f"Conflict, for it is also said not to ({told}){marks}. ", "warning"), Span("")
    return Span(""), Span(f". Conflict, for it is also said to ({told}){marks}", "warning")


def _is_negative(demand: Demand) -> bool:
    return demand.obligation in NEGATIVE


def _in_short(group: Group, telling: Telling) -> str:
    """One action of several on a line, with the mark of the first statement behind it."""
    return f"{_told(group, telling.notes.locality)}{telling.notes.short_marks(group.first.demands[0].citations[:1])}"


def _length(entry: Entry, here: str | None) -> int:
    return sum(len(_told(group, here)) + _MARK for group in entry.groups)


def _told(group: Group, here: str | None) -> str:
    action = group.first
    certainty = "".join(f", {word}" for word in certainty_words(action.demands[0], SHORT_READING))
    again = f" ({_done_before(action)})" if action.standing == "done_before_newest_reason" else ""
    said = carers_word(action.demands[0])
    return f"{instruction(action)}{whom(group.subjects)}{times_told(action, here)}{certainty}{said}{again}"


def _done_before(action: RecommendedAction) -> str:
    return f"done{f' on {day(action.done_on)}' if action.done_on else ''}, before the newest reason for it"


def times_told(action: RecommendedAction, here: str | None) -> str:
    """The times of an action as they follow its instruction: `, at once (proposed), also within 4 hours`."""
    told = [time_with_basis(action.within, here)] if action.within and not _says_when(action) else []
    for demand in other_times(action):
        if demand.within is not None:
            same = demand.obligation == action.obligation
            word = OBLIGATION_WORDS[demand.obligation] if not same else "also" if told else ""
            told.append(f"{word} {time_with_basis(demand.within, here)}".strip())
    return "".join(f", {time}" for time in told)


def _says_when(action: RecommendedAction) -> bool:
    """Whether the instruction needs no time: it ends in it, as `... promptly` does, or says what not to do at all."""
    within = action.within
    if within is None or (action.negative and within.time == "at once"):
        return True
    return within.basis == "sourced" and action.do.endswith(within.time)


def contact_words(action: RecommendedAction, shown: set[ContactDetails]) -> tuple[str, ...]:
    """Whom to contact, with the number the first time; `shown` remembers."""
    contact = action.contact
    if contact is None:
        return (f"your local {words(action.contact_key)}",) if action.contact_key else ()
    if contact in shown:
        return (contact.name,)
    shown.add(contact)
    return (contact_in_short(contact),)


def force_of(demand: Demand, telling: Telling) -> str:
    """How binding a demand is here, in plain words; another area's policy is called that."""
    if demand.force == "proposal":
        return "proposed by the pack's authors"
    areas = [each.area for each in demand.citations if each.force == demand.force]
    if demand.force == "local policy" and areas and telling.document.record.locality not in areas:
        return "local policy elsewhere"
    return demand.force


# --- others, and every contact


def _for_others(groups: Sequence[Group], telling: Telling) -> tuple[Line, ...]:
    """What others are to do, in one line by whom it addresses; where that is long, what presses less is counted."""
    if not groups:
        return ()
    by_role: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        by_role.setdefault(group.first.demands[0].addressed, []).append(group)
    told = ". ".join(_for_role(addressed, given, telling) for addressed, given in by_role.items())
    if len(told) > _LENGTHS[-1]:
        told = ". ".join(_most_of(addressed, given, telling) for addressed, given in by_role.items())
    return (Line((Span(told),), 2, _HANG, Span("OTHERS", "quiet"), whole=True),)


def _for_role(addressed: tuple[str, ...], groups: Sequence[Group], telling: Telling) -> str:
    return f"For {_roles(addressed)}: {'. '.join(_for_other(group, telling) for group in groups)}"


def _for_other(group: Group, telling: Telling) -> str:
    before, after = _other_side(group, telling)
    clash = "".join(f" Conflict: {each.says}" for each in _never_together(group))
    word = OBLIGATION_WORDS[group.first.obligation]
    return f"{before.text}{_in_short(group, telling)} ({word}){after.text}{clash}"


def _most_of(addressed: tuple[str, ...], groups: Sequence[Group], telling: Telling) -> str:
    """What is always told to somebody else, and the number of what only should be done or considered."""
    told = [_for_other(group, telling) for group in groups if _is_kept(group)]
    counted = [group for group in groups if not _is_kept(group)]
    more = [f"{'and ' if told else ''}{_obligations(counted)}, told below"] if counted else []
    return f"For {_roles(addressed)}: {'. '.join([*told, *more])}"


def _roles(addressed: tuple[str, ...]) -> str:
    return listing(map(words, addressed), "or") or "others"


def _standing(groups: Sequence[Group], telling: Telling) -> tuple[Line, ...]:
    """Standing advice, folded into one line."""
    if not groups:
        return ()
    told = ". ".join(_repeated(group, telling) for group in groups)
    return (Line((Span(f"At every contact: {told}"),), 2, _HANG, Span("ALWAYS", "quiet"), whole=True),)


def _repeated(group: Group, telling: Telling) -> str:
    headline = group.first.demands[0]
    others = telling.document.record.role is not None and not headline.for_you
    whose = [f"for {_roles(headline.addressed)}"] if others else []
    hedges = certainty_words(headline, SHORT_READING)
    words_ = ", ".join([OBLIGATION_WORDS[headline.obligation], *hedges, *whose])
    marks = telling.notes.short_marks(headline.citations[:1])
    before, after = _other_side(group, telling)
    said = carers_word(headline)
    return f"{before.text}{instruction(group.first)}{whom(group.subjects)} ({words_}){said}{marks}{after.text}"
