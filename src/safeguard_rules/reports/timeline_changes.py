"""What one day of a timeline changed: each action that came, grew, shrank or went, with why, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from safeguard_rules.engine.timelines import ChildsDay
from safeguard_rules.reports.acting import contact_words, force_of, times_told
from safeguard_rules.reports.changes_text import KINDS, WITHDRAWN
from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.grouping import Group, grouped
from safeguard_rules.reports.hedging import carers_word, certainty_words
from safeguard_rules.reports.lines import Line, Span, line
from safeguard_rules.reports.timeline_facts import causes_told
from safeguard_rules.reports.words import (
    OBLIGATION_STYLES,
    OBLIGATION_WORDS,
    count,
    instruction,
    listing,
    time_with_basis,
    whom,
    words,
)
from safeguard_rules.results import Certainty, Change, Citation, ContactDetails, Problem, RecommendedAction

_HANG = 10
_FACTS = 3
"""How many facts are named behind a change; the rest is counted."""

_SOURCES = 2
"""How many sources are named behind an action; the marks lead to more."""

ONLY_A_CARERS_WORD = "only on what a parent or carer said, which nobody has seen: not a reason to stop thinking of it"

_CERTAINTIES: dict[Certainty, str] = {
    "certain": "",
    "unless": "unless an exception holds",
    "as_precaution": "as a precaution",
}


@dataclass(frozen=True, slots=True)
class DayTelling:
    """One child on one day, with the text in the making."""

    day: ChildsDay
    telling: Telling

    def new_problems(self) -> tuple[Problem, ...]:
        """What to look at in the record that was not to look at on the day before."""
        before = self.day.before.problems if self.day.before is not None else ()
        return tuple(each for each in self.day.evaluation.problems if each not in before)

    def questions(self) -> str:
        """How many came, were settled and are open, and the first of those that came."""
        asked = self.day.evaluation.questions
        opened, settled = set(self.day.opened()), len(self.day.settled())
        told = f"{len(asked)} open"
        if self.day.before is not None:
            told += f", {len(opened)} of them new" if opened else ""
            told += f"; {settled} answered or no longer needed" if settled else ""
        first = next((each for each in asked if each.path in opened and not each.only_adds_reasons), None)
        lead = "First new" if self.day.before is not None else "First"
        return f"{told}. {lead}: {first.question}" if first is not None else told


@dataclass(frozen=True, slots=True)
class _Told:
    """One change with its action, as it is told, of one child."""

    change: Change
    group: Group
    why: str
    of: DayTelling

    @property
    def gone(self) -> bool:
        """Whether the action is no longer recommended."""
        return self.change.after is None


def is_advice(action: RecommendedAction) -> bool:
    """Whether an action is standing advice, told in one line with the others."""
    return action.repeats and action.kind in ("advise", "signpost")


def obligations(actions: Sequence[RecommendedAction]) -> str:
    """How many actions there are of each obligation, and how many of them are done."""
    if not actions:
        return "nothing"
    numbers: dict[str, int] = {}
    for action in actions:
        word = OBLIGATION_WORDS[action.obligation]
        numbers[word] = numbers.get(word, 0) + 1
    told = listing(f"{number} {word}" for word, number in numbers.items())
    done = sum(action.standing == "done" for action in actions)
    return f"{count(len(actions), 'recommendation')} ({told}{f'; {done} done' if done else ''})"


# --- one action


def action_line(group: Group, telling: Telling, shown: set[ContactDetails], child: str = "") -> Line:
    """An action on one line: what, about whom, by when, whom to contact, how certain, how binding, and the marks."""
    action = group.first
    headline = action.demands[0]
    how = f" {headline.how}" if headline.how and len(headline.how) < len(action.do) else ""
    times = times_told(action, telling.document.record.locality)
    said = f"{instruction(action)}{whom(group.subjects)}{how}{times}{carers_word(headline)}"
    parts = [f"{child}{said}", *contact_words(action, shown), *_certainty(action), *_addressed(action, telling)]
    marks = telling.notes.short_marks(headline.citations)
    return Line((Span("; ".join([*parts, force_of(headline, telling)])), Span(marks, "quiet")), 4, _HANG, _lead(action))


def advice_line(told: Iterable[str]) -> Line:
    """Standing advice, in one line."""
    return Line((Span("; ".join(dict.fromkeys(told))),), 4, _HANG, Span("ALWAYS", "quiet"))


def advice_words(group: Group) -> str:
    """One piece of standing advice in short."""
    word = OBLIGATION_WORDS[group.first.obligation]
    return f"{instruction(group.first)}{whom(group.subjects)} ({word})"


def conflict_lines(group: Group) -> Iterator[Line]:
    """What stands against an action."""
    for conflict in group.conflicts:
        state = "both sides hold" if conflict.certain else "possible, as one side is not certain"
        yield line(f"conflict ({state}): {conflict.says}", "warning", indent=4 + _HANG, hang=2)


def _lead(action: RecommendedAction) -> Span:
    return Span(OBLIGATION_WORDS[action.obligation].removesuffix(" not").upper(), OBLIGATION_STYLES[action.obligation])


def _certainty(action: RecommendedAction) -> tuple[str, ...]:
    """How certain an action is; behind a statute a precaution says what was assumed."""
    headline = action.demands[0]
    if headline.certainty == "as_precaution" and headline.force == "statute":
        return certainty_words(headline)
    told = _CERTAINTIES[headline.certainty]
    return (told,) if told else ()


def _addressed(action: RecommendedAction, telling: Telling) -> tuple[str, ...]:
    """For whom an action is, where somebody asks whom it does not address."""
    addressed = action.demands[0].addressed
    if action.for_you or not addressed or telling.document.record.role is None:
        return ()
    return (f"for {listing(map(words, addressed), 'or')}",)


# --- what changed


def change_lines(days: Sequence[DayTelling], shown: set[ContactDetails], *, several: bool) -> Iterator[Line]:
    """The changes of one day over all children, by their kind; what is the same for several children once."""
    if not any(each.day.changes for each in days):
        yield line("No recommendation changes.", indent=2)
        return
    found = [told for each in days for told in _told(each)]
    for kind, title in KINDS.items():
        of_kind = [each for each in found if each.change.kind == kind]
        if of_kind:
            yield line(title, "heading", indent=2)
        advice = [each for each in of_kind if is_advice(each.group.first)]
        stays = [each for each in of_kind if not each.gone]
        for together in _alike(each for each in stays if each not in advice):
            yield from _change(together, shown, several)
        yield from _gone([each for each in of_kind if each.gone and each not in advice], several)
        if advice:
            yield advice_line(f"{advice_words(each.group)}{_of_child(each, several)}" for each in advice)


def _told(given: DayTelling) -> Iterator[_Told]:
    """The changes of one child in the order of their actions; the same action about several subjects stands once."""
    found: dict[tuple[object, ...], list[tuple[Change, RecommendedAction]]] = {}
    before = given.day.before.actions if given.day.before is not None else ()
    order = {id(each): place for place, each in enumerate((*given.day.evaluation.actions, *before))}
    pairs = [(each, action) for each in given.day.changes or () if (action := given.day.action(each)) is not None]
    for change, action in sorted(pairs, key=lambda pair: order[id(pair[1])]):
        (group,) = grouped([action], given.telling.document.conflicts)
        alone = action.about if group.conflicts else None
        asked = (action.action, change.kind, change.before, action.obligation, action.certainty, alone)
        found.setdefault(asked, []).append((change, action))
    for same in found.values():
        change, action = same[0]
        (group,) = grouped([action], given.telling.document.conflicts)
        whole = Group(tuple(each for _, each in same), group.conflicts)
        yield _Told(change, whole, _why(given.day, [each for each, _ in same], action), given)


def _alike(found: Iterable[_Told]) -> list[list[_Told]]:
    """What is told in the same words of several children, together."""
    together: dict[tuple[object, ...], list[_Told]] = {}
    for each in found:
        first = each.group.first
        about = tuple(subject.id for subject in each.group.subjects if subject.kind != "child")
        asked = (first.obligation, first.certainty, first.within, first.demands[0].force, _before(each))
        together.setdefault((first.action, asked, about), []).append(each)
    return list(together.values())


def _change(together: Sequence[_Told], shown: set[ContactDetails], several: bool) -> Iterator[Line]:
    each = together[0]
    action = each.group.first
    child = f"{listing(told.of.day.name for told in together)}: " if several else ""
    yield action_line(each.group, each.of.telling, shown, child)
    yield from conflict_lines(each.group)
    before = _before(each)
    if before:
        yield line(before, "quiet", indent=4 + _HANG, hang=2)
    for why in dict.fromkeys(told.why for told in together):
        yield line(f"why: {why}", indent=4 + _HANG, hang=2)
    yield line(f"source: {_sources(action.demands[0].citations)}", "quiet", indent=4 + _HANG, hang=2)


def _gone(found: Iterable[_Told], several: bool) -> Iterator[Line]:
    """What is no longer recommended; what went for one reason, under one obligation, together."""
    by_children: dict[tuple[str, str, str, str], list[_Told]] = {}
    for each in found:
        key = (_titled(each), each.group.first.obligation, _why_gone(each), each.why)
        by_children.setdefault(key, []).append(each)
    together: dict[tuple[str, str, str, str], list[_Told]] = {}
    for (_, obligation, why_gone, why), told in by_children.items():
        names = listing(each.of.day.name for each in told)
        together.setdefault((obligation, why_gone, why, names), []).append(told[0])
    for (_, why_gone, why, names), same in together.items():
        child = f", for {names}" if several else ""
        yield Line((Span(f"{'; '.join(map(_titled, same))}{child}"),), 4, _HANG, _lead(same[0].group.first))
        if why_gone:
            yield line(why_gone, "warning", indent=4 + _HANG, hang=2)
        yield line(f"why: {why}", indent=4 + _HANG, hang=2)


def _titled(each: _Told) -> str:
    return f"{instruction(each.group.first)}{whom(each.group.subjects)}"


def _why_gone(each: _Told) -> str:
    """In which way something went: ruled out, on whose word, or no longer known; nothing where time alone ended it."""
    if each.of.day.on_carers_word(each.change):
        return ONLY_A_CARERS_WORD
    if each.change.withdrawn_as is None or _only_time(each.change):
        return ""
    return WITHDRAWN[each.change.withdrawn_as]


def _only_time(change: Change) -> bool:
    """Whether something ended by time alone, so that no record rules it out."""
    return [cause.step for cause in change.causes if cause.kind] == ["time"]


def _sources(citations: Sequence[Citation]) -> str:
    """The titles of the first sources behind a headline, each once; the rest is counted."""
    titles = list(dict.fromkeys(citation.source for citation in citations))
    more = f"; and {len(titles) - _SOURCES} more" if len(titles) > _SOURCES else ""
    return f"{'; '.join(titles[:_SOURCES])}{more}"


def _of_child(each: _Told, several: bool) -> str:
    return f", for {each.of.day.name}" if several else ""


def _before(each: _Told) -> str:
    """What an action was on the day before: its obligation and its time, where these are other now."""
    action, earlier = each.group.first, each.of.day.earlier(each.group.first)
    if earlier is None or each.gone:
        return ""
    was = [OBLIGATION_WORDS[earlier.obligation]] if earlier.obligation != action.obligation else []
    if earlier.within != action.within:
        was.append(
            time_with_basis(earlier.within, each.of.telling.document.record.locality)
            if earlier.within is not None
            else "no time given"
        )
    if earlier.certainty != action.certainty:
        was.append(_CERTAINTIES[earlier.certainty] or "certain")
    return f"before: {', '.join(was)}" if was else ""


# --- why


def _why(day: ChildsDay, changes: Sequence[Change], action: RecommendedAction) -> str:
    """The cause of a change, with the first facts behind it, and the reason that the rule gives."""
    cause = _cause(day, changes)
    if changes[0].after is None:
        return cause
    because = _reason(day, action)
    return f"{cause}. {because}" if cause else because


def _cause(day: ChildsDay, changes: Sequence[Change]) -> str:
    causes = [cause for change in changes for cause in change.causes]
    facts = dict.fromkeys(path for cause in causes for path in cause.facts if cause.step == "facts")
    by_facts = any(cause.step == "facts" and cause.kind for cause in causes)
    learned = day.learned()
    if by_facts and not facts and len(learned) <= _FACTS:
        facts = dict.fromkeys(learned)
    told = causes_told(day, facts, _FACTS) if by_facts else ""
    if not told:
        return changes[0].says.removeprefix("by ")
    return f"{told}, and the passing of time" if _by_time(changes) else told


def _by_time(changes: Sequence[Change]) -> bool:
    """Whether time had a part in it."""
    return any(cause.step == "time" and cause.kind for change in changes for cause in change.causes)


def _reason(day: ChildsDay, action: RecommendedAction) -> str:
    """Why the rule asks: that of the first demand which was not there before, else of the headline."""
    earlier = day.earlier(action)
    known = {(each.rule, each.subject) for each in earlier.demands} if earlier is not None else set()
    demands = [each for each in action.demands if (each.rule, each.subject) not in known] or list(action.demands)
    return demands[0].because
