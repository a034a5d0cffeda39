"""What one pack says: its rules in English with obligations, times and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeguard_rules.language.english import Wording, reading
from safeguard_rules.packs.bank_holidays import ending_soon
from safeguard_rules.packs.content import Content, DemandForm, PackStamp, Rule, RuleForm, Statement
from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.models import LocalityFile
from safeguard_rules.packs.shelf_life import overdue
from safeguard_rules.packs.terms import NEGATIVE
from safeguard_rules.reports.lines import Line, Span, bullet, heading, line, unbroken
from safeguard_rules.reports.packs_listing import shelf_life_tree
from safeguard_rules.reports.words import (
    OBLIGATION_STYLES,
    OBLIGATION_WORDS,
    count,
    day,
    listing,
    lower_first,
    only_in,
    sentence,
    told_to,
    words,
)
from safeguard_rules.values.dates import AsOf


@dataclass(frozen=True, slots=True)
class Shown:
    """A pack or locality to show: its files, its stamp, the checked content around it, and the wording of a day."""

    files: PackFiles
    stamp: PackStamp
    content: Content
    wording: Wording
    day: AsOf

    def rules(self) -> tuple[tuple[Rule, RuleForm], ...]:
        """The rules of the pack in force on the day, with their form."""
        found = [rule for rule in self.content.rules.values() if rule.pack == self.files.id]
        return tuple((rule, form) for rule in found for form in rule.forms if _holds(form, self.day))

    def resting(self) -> tuple[Rule, ...]:
        """The rules of the pack that are not in force on the day."""
        found = [rule for rule in self.content.rules.values() if rule.pack == self.files.id]
        return tuple(rule for rule in found if not any(_holds(form, self.day) for form in rule.forms))


def _holds(form: RuleForm, as_of: AsOf) -> bool:
    return (form.start is None or form.start <= as_of.day) and (form.end is None or as_of.day <= form.end)


def show_lines(shown: Shown) -> tuple[Line, ...]:
    """What a pack or locality says, as a text."""
    return tuple(_show(shown))


def _show(shown: Shown) -> Iterator[Line]:
    header = shown.files.header
    yield line(f"{header.title} ({shown.files.id} {header.version}, {shown.files.status})", "title")
    about = getattr(header, "about", None)
    if about:
        yield line(about)
    if shown.files.status == "draft":
        yield line("A draft: a qualified safeguarding lead has not reviewed it.", "warning")
    yield from _shelf_life(shown)
    if shown.files.uses:
        yield line(f"Uses {listing(shown.files.uses)}.")
    yield line(f"{shown.stamp.digest}; shown for {day(str(shown.day))}", "quiet")
    if isinstance(header, LocalityFile):
        yield from _locality(header, shown)
    rules = shown.rules()
    if rules:
        yield from heading("Rules")
    for rule, form in rules:
        yield from _rule(rule, form, shown)
    if shown.resting():
        yield from heading("Rules not in force on this day")
        for rule in shown.resting():
            yield bullet(f"{rule.forms[0].title} ({rule.name})")
    yield from _definitions(shown)
    yield from _bank_holidays(shown)
    yield from _sources(shown)


def _shelf_life(shown: Shown) -> Iterator[Line]:
    header = shown.files.header
    late = {key for key, _ in overdue(shown.files, shown.day.day)}
    if header.review_by is None:
        yield line("No review date set.", "quiet")
    else:
        over = ", which is overdue" if "review_by" in late else ""
        yield line(f"To be reviewed by {day(str(header.review_by))}{over}.", "warning" if over else "quiet")
    if header.expires_on is not None:
        text = f"{'Expired' if 'expires_on' in late else 'Expires'} on {day(str(header.expires_on))}."
        yield line(text, "warning" if "expires_on" in late else "quiet")


def _rule(rule: Rule, form: RuleForm, shown: Shown) -> Iterator[Line]:
    short = rule.name.rpartition(":")[2]
    yield Line((Span(form.title, "title"), Span(f" ({short})", "quiet")), 2, 2)
    each = f"for each {words(form.for_each)}, " if form.for_each else ""
    yield line(f"{each}{reading(form.when, shown.wording)}", indent=4, hang=6, lead="when")
    for demand in form.demands:
        yield _demand(demand, shown)
    yield line(sentence(form.because), indent=4, hang=2)
    limits = _limits(form)
    if limits:
        yield line(limits, "quiet", indent=4, hang=2)
    yield line(_cited(form.cites), "quiet", indent=4, hang=6, lead="from")


def _limits(form: RuleForm) -> str:
    stages = listing((words(stage) for stage in sorted(form.stages)), "or")
    parts = [f"stage: {stages}"] if form.stages != {"born"} else []
    if form.areas:
        parts.append(f"only in {listing(form.areas)}")
    if form.start is not None:
        parts.append(f"from {day(str(form.start))}")
    if form.end is not None:
        parts.append(f"until {day(str(form.end))}")
    return "; ".join(parts)


def _demand(demand: DemandForm, shown: Shown) -> Line:
    action = shown.content.actions[demand.action]
    what = lower_first(told_to(action.do, negative=demand.obligation in NEGATIVE))
    parts = [f"{what}{f' {demand.how}' if demand.how else ''}"]
    if demand.within is not None:
        counted = f" from {demand.within.counted_from.written}" if demand.within.counted_from is not None else ""
        elsewhere = only_in([each.area for each in demand.within.cites], demand.carried_by or shown.files.id)
        basis = "proposed" if demand.within.basis == "proposed" else elsewhere
        parts.append(f"{demand.within.text}{counted}{f' ({basis})' if basis else ''}")
    if demand.addressed:
        parts.append(f"for {listing(map(words, demand.addressed), 'or')}")
    parts.append(demand.force)
    word = OBLIGATION_WORDS[demand.obligation].removesuffix(" not")
    carried = f" (carried by {demand.carried_by})" if demand.carried_by else ""
    lead = Span(word, OBLIGATION_STYLES[demand.obligation])
    return Line((Span(f"{'; '.join(parts)}{carried}"),), 4, 9, lead)


def _cited(statements: Sequence[Statement]) -> str:
    return "; ".join(f"{each.title}, {each.at} ({each.force}; {each.known})" for each in statements)


def _locality(header: LocalityFile, shown: Shown) -> Iterator[Line]:
    contacts = shown.content.locality.contacts if shown.content.locality is not None else {}
    if contacts:
        yield from heading("Contacts")
    for contact in contacts.values():
        parts = [contact.name, *([unbroken(contact.phone)] if contact.phone else [])]
        parts += [str(contact.hours)] if contact.hours else []
        parts += [f"out of hours {unbroken(contact.out_of_hours)}"] if contact.out_of_hours else []
        parts.append(f"checked on {day(str(contact.checked_on))}" if contact.checked_on else "nobody has checked this")
        yield bullet("; ".join(parts))
    if header.carries:
        yield from heading("Rules carried further")
    for name in header.carries:
        rule = next((each for full, each in shown.content.rules.items() if name in (full, words(full))), None)
        yield bullet(f"{rule.forms[0].title if rule else name} ({name})")
    changes = [*header.adopts, *header.widens, *header.narrows, *header.moves]
    if changes or header.waivers:
        yield from heading("Meanings and thresholds")
    for name, adopted in header.adopts.items():
        form = f"the form “{words(adopted.variant)}”" if adopted.variant else f"the shared form: {adopted.not_known}"
        yield bullet(f"{words(name)}: {form}")
    for name, wider in header.widens.items():
        yield bullet(f"{words(name)}: also where it {wider.reads}")
    for name, narrower in header.narrows.items():
        yield bullet(f"{words(name)}: only where it {narrower.reads}")
    for name in header.moves:
        yield bullet(f"{words(name)}: moved")
    for waiver in header.waivers:
        dates = f"from {day(str(waiver.start))} to {day(str(waiver.end))}"
        yield bullet(f"waiver of {words(waiver.waives)}, {dates}: {waiver.instead} ({waiver.decided_by})", "warning")


def _definitions(shown: Shown) -> Iterator[Line]:
    own = {name: each for name, each in shown.content.definitions.items() if name.startswith(f"{shown.files.id}:")}
    if own:
        yield from heading("Definitions")
    for name, definition in own.items():
        for form in definition.forms:
            when = reading(form.when, shown.wording)
            of = "the child" if definition.of == "child" else f"a {words(definition.of)}"
            yield Line((Span(words(name), "title"), Span(f", of {of}: {form.reads}")), 2, 2)
            yield line(when, indent=4, hang=6, lead="when")
            if form.assumption is not None:
                taken = "so" if form.assumption.value else "not so"
                how = ", as an exception" if form.assumption.exception else ""
                yield line(f"while it is not known: taken as {taken}{how}", indent=4, hang=2)
            for variant in definition.variants:
                yield line(f"another form: {words(variant)}", "quiet", indent=4, hang=2)


def _bank_holidays(shown: Shown) -> Iterator[Line]:
    known = shown.content.bank_holidays
    if known is None or known.pack != shown.files.id:
        return
    calendar = known.working_days
    yield from heading("Bank holidays")
    yield bullet(f"{count(len(known.names), 'day')} from {day(str(calendar.first))} to {day(str(calendar.last))}")
    for issue in ending_soon(shown.content, shown.day.day):
        yield bullet(issue.message, "warning")
    yield line(_cited(known.cites), "quiet", indent=4, hang=6, lead="from")


def _sources(shown: Shown) -> Iterator[Line]:
    if shown.files.sources:
        yield from heading("Sources")
    for part in shown.files.sources:
        source = part.model
        statements = list(source.statements.values())
        left = len([each for each in statements if each.left_to_people or each.not_yet or each.withdrawn])
        numbers = f"{count(len(statements), 'statement')}, {left} of them for no rule"
        url = f" {source.url}" if source.url else ""
        text = f"{source.title} ({source.publisher}): {source.force}; {source.known}; {numbers}."
        yield Line((Span(text), Span(url, "quiet")), 2, 2, Span("-"))


def pack_tree(shown: Shown) -> dict[str, object]:
    """What a pack or locality says, as a tree for JSON."""
    header = shown.files.header
    return {
        "id": shown.files.id,
        "kind": shown.files.kind,
        "title": header.title,
        "version": header.version,
        "status": shown.files.status,
        "uses": shown.files.uses,
        **shelf_life_tree(shown.files, shown.day),
        "digest": shown.stamp.digest,
        "meaning": shown.stamp.meaning,
        "shown_for": str(shown.day),
        "rules": [_rule_tree(rule, form, shown) for rule, form in shown.rules()],
        "rules_not_in_force": [rule.name for rule in shown.resting()],
        "bank_holidays": _bank_holidays_tree(shown),
        "sources": [
            {
                "id": part.model.source,
                "title": part.model.title,
                "publisher": part.model.publisher,
                "force": part.model.force,
                "known": part.model.known,
                "url": part.model.url,
                "statements": len(part.model.statements),
            }
            for part in shown.files.sources
        ],
    }


def _bank_holidays_tree(shown: Shown) -> dict[str, object] | None:
    known = shown.content.bank_holidays
    if known is None or known.pack != shown.files.id:
        return None
    return {
        "from": known.working_days.first.isoformat(),
        "to": known.working_days.last.isoformat(),
        "days": {str(each): name for each, name in known.names.items()},
        "cites": [statement.name for statement in known.cites],
    }


def _rule_tree(rule: Rule, form: RuleForm, shown: Shown) -> dict[str, object]:
    return {
        "rule": rule.name,
        "title": form.title,
        "for_each": form.for_each,
        "stages": sorted(form.stages),
        "areas": form.areas,
        "when": reading(form.when, shown.wording),
        "because": form.because,
        "demands": [
            {
                "obligation": demand.obligation,
                "action": demand.action,
                "do": shown.content.actions[demand.action].do,
                "within": demand.within.text if demand.within is not None else None,
                "basis": demand.within.basis if demand.within is not None else None,
                "how": demand.how,
                "force": demand.force,
                "addressed": demand.addressed,
                "carried_by": demand.carried_by,
            }
            for demand in form.demands
        ],
        "cites": [statement.name for statement in form.cites],
    }
