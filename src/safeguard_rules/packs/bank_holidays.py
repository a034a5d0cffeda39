"""Bank holidays: the one list of a rulebook, read strictly, for a day too many or too few moves every deadline.

Semantics, decision 16: they are cited pack data with a first and a last covered day, never taken from the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from safeguard_rules import messages
from safeguard_rules.messages import Message
from safeguard_rules.packs.citing import Span
from safeguard_rules.packs.content import BankHolidays, Content, RuleForm
from safeguard_rules.packs.draft import Draft, PackDraft
from safeguard_rules.packs.files import PackFiles, Part
from safeguard_rules.packs.models import BankHolidaysFile, RulesFile
from safeguard_rules.reading.nodes import MapNode, key_place
from safeguard_rules.source import Issue
from safeguard_rules.values.durations import Duration, Unit
from safeguard_rules.values.working_days import WorkingDays, is_weekend

KEY = "bank_holidays"
SOON = timedelta(days=365)
"""A list that ends sooner than this after a day is worth a word to whoever looks after the packs."""


def build_bank_holidays(files: PackFiles, draft: Draft) -> None:
    """Builds one pack's bank holidays into the draft; a second list is an issue at its own line."""
    pack = PackDraft(files, draft)
    for part in files.parts:
        file = part.model.bank_holidays if isinstance(part.model, RulesFile) else None
        if file is None:
            continue
        if draft.bank_holidays is not None:
            draft.complain(messages.bank_holidays_twice(draft.bank_holidays.place), key_place(part.root, KEY))
            continue
        _check(file, part, draft)
        cited = pack.cites(part, file.cites, (KEY, "cites"), Span(file.start, file.end, follows=True))
        days = WorkingDays(file.start, file.end, frozenset(file.days))
        names = {day: file.days[day] for day in sorted(file.days)}
        draft.bank_holidays = BankHolidays(pack.id, names, days, cited, part.place(KEY, "to"))


def _check(file: BankHolidaysFile, part: Part, draft: Draft) -> None:
    if file.end < file.start:
        draft.complain(messages.ends_before_start(file.start, file.end), part.place(KEY, "to"))
        return
    node = part.node(KEY, "days")
    for day in file.days:
        slip = _slip(day, file)
        if slip is not None:
            draft.complain(slip, key_place(node, day.isoformat()) if isinstance(node, MapNode) else part.place(KEY))
    for year in _empty_years(file):
        draft.complain(messages.year_without_bank_holidays(year), part.place(KEY, "to"))


def _slip(day: date, file: BankHolidaysFile) -> Message | None:
    if not file.start <= day <= file.end:
        return messages.bank_holiday_not_covered(day.isoformat(), file.start, file.end)
    return messages.bank_holiday_at_weekend(day.isoformat(), f"{day:%A}") if is_weekend(day) else None


def _empty_years(file: BankHolidaysFile) -> Iterator[int]:
    """The years that are covered from the first day to the last and have no bank holiday: they were forgotten."""
    named = {day.year for day in file.days}
    for year in range(file.start.year, file.end.year + 1):
        whole = file.start <= date(year, 1, 1) and date(year, 12, 31) <= file.end
        if whole and year not in named:
            yield year


def check_counting(draft: Draft) -> None:
    """Warns of every threshold and every rule that counts working days, where no pack names the bank holidays."""
    if draft.bank_holidays is not None:
        return
    for name, parameter in draft.parameters.items():
        for value in (form.value for form in parameter.forms):
            if isinstance(value, Duration) and value.unit is Unit.WORKING_DAYS:
                draft.complain(messages.no_bank_holidays(str(value)), draft.places[("parameter", name)])
    for name, rule in draft.rules.items():
        for text in dict.fromkeys(text for form in rule.forms for text in times_in_working_days(form)):
            draft.complain(messages.no_bank_holidays(text), draft.places[("rule", name)])


def times_in_working_days(form: RuleForm) -> tuple[str, ...]:
    """The times of a rule's demands that are counted in working days, as written."""
    timed = (demand.within for demand in form.demands if demand.within is not None)
    return tuple(each.text for each in timed if each.length is not None and each.length.unit is Unit.WORKING_DAYS)


def ending_soon(content: Content, day: date) -> tuple[Issue, ...]:
    """What to tell whoever looks after the packs if the bank holidays end within a year of a day, or did already."""
    known = content.bank_holidays
    if known is None or known.working_days.last - day >= SOON:
        return ()
    return (messages.bank_holidays_end(known.working_days.last, known.working_days.last < day).at(known.place),)
