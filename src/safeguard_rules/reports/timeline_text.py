"""A timeline as a text for a supervisor: date by date what became known, what that changed, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from safeguard_rules.engine.timelines import ChildsDay, Timeline, TimelineDay
from safeguard_rules.reports.changes_text import next_change_lines
from safeguard_rules.reports.closing import strengths, waivers
from safeguard_rules.reports.context import Context, Setting, Telling
from safeguard_rules.reports.grouping import grouped
from safeguard_rules.reports.lines import BLANK, WIDTH, Line, Style, bullet, heading, line, plain
from safeguard_rules.reports.notes import Notes
from safeguard_rules.reports.timeline_changes import (
    DayTelling,
    action_line,
    advice_line,
    advice_words,
    change_lines,
    conflict_lines,
    is_advice,
    obligations,
)
from safeguard_rules.reports.timeline_facts import records_told
from safeguard_rules.reports.words import OBLIGATION_WORDS, count, day, listing, place_name, words
from safeguard_rules.results import ContactDetails, RecommendedAction

_FACTS = 8
"""How many records with changed facts are told where nobody wrote a sentence of news; the rest is counted."""


@dataclass(frozen=True, slots=True)
class TimelineContext:
    """Words for the text that are no part of the result: areas' titles, where settings came from.

    `everything` asks for every fact that became known, and for all that stands unchanged.
    """

    areas: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()
    everything: bool = False


def timeline_text(timeline: Timeline, context: TimelineContext | None = None, width: int = WIDTH) -> str:
    """The text of a timeline, plain, wrapped to a width in characters; it ends with a line end."""
    return plain(timeline_lines(timeline, context), width)


def timeline_lines(timeline: Timeline, context: TimelineContext | None = None) -> tuple[Line, ...]:
    """The same as lines whose words say what they are."""
    return tuple(_Story(timeline, context or TimelineContext()).lines())


@dataclass(slots=True)
class _Story:
    """One text in the making."""

    timeline: Timeline
    context: TimelineContext
    notes: Notes = field(init=False)
    shown: set[ContactDetails] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.notes = Notes(self.timeline.days[-1].children[0].evaluation.record.locality)

    def lines(self) -> Iterator[Line]:
        yield from self._header()
        before: TimelineDay | None = None
        for each in self.timeline.days:
            yield BLANK
            yield line(self._date(each, before), "title")
            yield from self._day(each)
            before = each
        yield from self._closing()

    def _header(self) -> Iterator[Line]:
        days = self.timeline.days
        names = listing(each.name for each in days[-1].children)
        first = days[0].children[0].evaluation
        asking = f"; asked by: {words(first.role)}" if first.role else ""
        title = self.timeline.title or f"{names[:1].upper()}{names[1:]}"
        yield line(f"{title}", "title")
        by_itself = sum(each.by_itself for each in days)
        told = f"{count(len(days) - by_itself, 'day')} with something to tell"
        if by_itself:
            told += f", {by_itself} on which only time had passed"
        area = first.record.locality
        yield line(f"About {names}; {self._area(area)}{asking}; {told}.", "quiet")
        drafts = [pack for pack in first.record.packs if pack.status == "draft"]
        said = "The packs are drafts that no safeguarding lead has reviewed. " if drafts else ""
        yield line(f"{said}Recommendations only: a person decides.", "quiet")

    def _area(self, area: str | None) -> str:
        return f"in {self.context.areas.get(area, place_name(area))}" if area else "no area given"

    def _date(self, given: TimelineDay, before: TimelineDay | None) -> str:
        told = day(str(given.as_of))
        if before is not None:
            told += f", {_later(given.as_of.day, before.as_of.day)}"
            now, then = given.children[0].evaluation, before.children[0].evaluation
            if now.record.locality != then.record.locality:
                told += f"; now {self._area(now.record.locality)}"
            if now.role != then.role and now.role is not None:
                told += f"; now asked by: {words(now.role)}"
        return told

    # --- one day

    def _day(self, given: TimelineDay) -> Iterator[Line]:
        if given.by_itself:
            yield line("Nothing new is recorded; time alone has changed this.", indent=2)
        elif given.news:
            yield line(given.news, indent=2)
        yield from self._learned(given)
        tellings = [self._telling(each) for each in given.children]
        new = [each for each in tellings if each.day.changes is None]
        if new:
            yield from self._first(new)
        later = [each for each in tellings if each.day.changes is not None]
        if later:
            yield from change_lines(later, self.shown, several=self._several)
        rest: dict[tuple[str, str, Style], list[str]] = {}
        for each in tellings:
            for told in self._rest(each):
                rest.setdefault(told, []).append(each.day.name)
        for (lead, text, style), names in rest.items():
            child = f"{listing(names)}: " if self._several and len(names) < len(tellings) else ""
            yield line(f"{child}{text}", style, indent=2, hang=2, lead=lead)

    @property
    def _several(self) -> bool:
        """Whether the timeline tells of more than one child."""
        return len(self.timeline.given[-1]) > 1

    def _telling(self, given: ChildsDay) -> DayTelling:
        context = Context(child=given.name, everything=self.context.everything)
        return DayTelling(given, Telling(given.evaluation.document(), context, self.notes))

    def _learned(self, given: TimelineDay) -> Iterator[Line]:
        """The facts that became known, where no sentence tells them, or where all is asked for."""
        if given.by_itself or (given.news and not self.context.everything):
            return
        told: dict[str, None] = {}
        for child in given.children:
            told.update(dict.fromkeys(records_told(child, child.learned())))
        most = len(told) if self.context.everything else _FACTS
        for each in list(told)[:most]:
            yield bullet(each)
        if len(told) > most:
            yield bullet(f"and more was recorded: {count(len(told) - most, 'record')}")

    def _first(self, given: Sequence[DayTelling]) -> Iterator[Line]:
        """Everything that is recommended on the first day, in short; what is the same for several children once."""
        found: dict[Line, list[str]] = {}
        for each in given:
            for told in self._in_short(each):
                found.setdefault(told, []).append(each.day.name)
        by_children: dict[tuple[str, ...], list[Line]] = {}
        for told, names in found.items():
            by_children.setdefault(tuple(names), []).append(told)
        for names_, lines in by_children.items():
            yield line("Recommended" + (f" for {listing(names_)}" if self._several else ""), "heading", indent=2)
            yield from lines

    def _in_short(self, given: DayTelling) -> Iterator[Line]:
        to_do = [action for action in given.day.evaluation.actions if action.standing != "done"]
        if not to_do:
            yield line("nothing that follows from what is recorded so far; this is no assurance", indent=4)
        conflicts = given.telling.document.conflicts
        for group in grouped([each for each in to_do if not is_advice(each)], conflicts, by_headline=True):
            yield action_line(group, given.telling, self.shown)
            yield from conflict_lines(group)
        advice = grouped([each for each in to_do if is_advice(each)], conflicts, by_headline=True)
        if advice:
            yield advice_line(map(advice_words, advice))

    def _rest(self, given: DayTelling) -> Iterator[tuple[str, str, Style]]:
        """What was done, what stands, and the questions: each in one line, with its lead and its style."""
        done = given.day.done()
        if done:
            yield "Done:", _titles(done), "plain"
        again = given.day.again()
        if again:
            yield "To do again:", f"{_titles(again)}: done before the newest reason for it", "warning"
        for problem in given.new_problems():
            yield "To look at:", problem.says, "warning"
        if given.day.changes is not None:
            unchanged = given.day.unchanged()
            yield "As before:", obligations(unchanged), "quiet"
            if self.context.everything:
                yield from (("  -", f"{each.do} ({OBLIGATION_WORDS[each.obligation]})", "quiet") for each in unchanged)
        yield "Questions:", given.questions(), "quiet"

    # --- the end

    def _closing(self) -> Iterator[Line]:
        last = [self._telling(each) for each in self.timeline.days[-1].children]
        for each in last[:1]:
            yield from waivers(each.telling)
        for each in last:
            yield from strengths(each.telling)
        for child, coming in self.timeline.coming.items():
            name = next((each.day.name for each in last if each.day.child == child), child)
            yield from next_change_lines(coming, name if len(self.timeline.coming) > 1 else None)
        if self.context.settings:
            yield from heading("What was used")
            for setting in self.context.settings:
                yield bullet(f"{setting.name}: {setting.value}, from {setting.origin}")
        sources = self.notes.lines()
        if sources:
            yield from heading("Sources")
            yield from sources


def _later(day_: date, before: date) -> str:
    days = (day_ - before).days
    if days == 0:
        return "the same day"
    if days % 7 == 0:
        return f"{count(days // 7, 'week')} later"
    return f"{count(days, 'day')} later"


def _titles(actions: Sequence[RecommendedAction]) -> str:
    return "; ".join(dict.fromkeys(action.do for action in actions))
