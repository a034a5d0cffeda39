"""The page of one rule: what it recommends, when, why, on whose word, and what its cases show."""

from __future__ import annotations

from collections.abc import Iterator

from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.language.english import phrase, reading
from safeguard_rules.packs.checking import reach_of
from safeguard_rules.packs.content import Rule, RuleForm
from safeguard_rules.packs.names import short
from safeguard_rules.reports.coverage_wording import outcomes_of, tested
from safeguard_rules.reports.html.demands import demand_in_short, demand_shown
from safeguard_rules.reports.html.documented import Documented, dates
from safeguard_rules.reports.html.linking import Links
from safeguard_rules.reports.html.meanings import definition_read, threshold_read
from safeguard_rules.reports.html.models import CaseListed, FormShown, LocalPart, RuleListed, RulePage
from safeguard_rules.reports.html.pictures import picture
from safeguard_rules.reports.html.places import rule_path
from safeguard_rules.reports.words import listing, place_name, sentence, upper_first, words


def rule_page(rule: Rule, documented: Documented) -> RulePage:
    """The page of a rule, as the packs have it, with what each locality adds."""
    links = Links(documented)
    book = documented.book_of(rule.pack)
    form = documented.main_form(rule.forms)
    program = documented.program(book, form)
    reach = reach_of(book.content.definitions)
    pack = links.pack(rule.pack)
    return RulePage(
        head=links.head(rule_path(rule.name), form.title, "Rule", pack, of=rule.pack),
        facts=tuple(_facts(rule, form, documented)),
        not_in_force=None if documented.is_in_force(form) else f"It is not in force on this day, but {dates(form)}.",
        when=when_words(form, book, documented),
        demands=tuple(demand_shown(each, links) for each in form.demands if each.carried_by in (None, rule.pack)),
        local=tuple(_local(rule, documented, links)),
        because=sentence(form.because),
        picture=picture(form.when, program),
        examples=documented.shown.get(rule.name, ()),
        definitions=tuple(definition_read(name, book, documented) for name in reach.definitions(form.when)),
        thresholds=tuple(threshold_read(name, book, documented) for name in reach.parameters(form.when)),
        looks_at=tuple((upper_first(phrase(ref)), ref.fact.path) for ref in reach.facts(form.when)),
        cited=links.cited(form.cites),
        history=tuple(_form(each, form, book, documented) for each in rule.forms),
        cases=tuple(_cases(rule, documented)),
        tested=_tested(rule, documented),
    )


def rule_listed(rule: Rule, documented: Documented) -> RuleListed:
    """A rule in a list, with what it asks for in short."""
    links = Links(documented)
    form = documented.main_form(rule.forms)
    own = (each for each in form.demands if each.carried_by in (None, rule.pack))
    note = None if documented.is_in_force(form) else f"Not in force on this day, but {dates(form)}."
    return RuleListed(links.rule(rule.name), tuple(demand_in_short(each, links) for each in own), note)


def when_words(form: RuleForm, book: Rulebook, documented: Documented) -> str:
    """When a rule applies, as one sentence."""
    each = f"for each {words(form.for_each)}: " if form.for_each else ""
    return sentence(f"{each}{reading(form.when, documented.program(book, form).wording)}")


def _facts(rule: Rule, form: RuleForm, documented: Documented) -> Iterator[tuple[str, str]]:
    yield "Pack", documented.title(rule.pack)
    yield "Name", rule.name
    yield "Looks at", f"each {words(form.for_each)} by itself" if form.for_each else "the child as a whole"
    yield "For a child who", listing((_STAGES[stage] for stage in _STAGES if stage in form.stages), "or")
    if "born" in form.stages:
        yield "If nobody knows whether the child is born", _assumed(rule, form)
    if form.areas:
        yield "Only in", listing(map(place_name, form.areas))
    yield "Holds", dates(form)
    if form.rows:
        yield "Rows of the table of rules", listing(form.rows)


_STAGES = {"unborn": "is not yet born", "born": "has been born", "has_died": "has died"}


def _assumed(rule: Rule, form: RuleForm) -> str:
    if form.never_assume or not rule.assume_born:
        return "it is asked, and nothing is assumed"
    return "it is asked, and the rule speaks as a precaution"


def _form(form: RuleForm, main: RuleForm, book: Rulebook, documented: Documented) -> FormShown:
    when = when_words(form, book, documented)
    return FormShown(dates(form), form.title, when, form is main, Links(documented).cited(form.cites))


def _local(rule: Rule, documented: Documented, links: Links) -> Iterator[LocalPart]:
    """What each locality asks for beyond what the packs do."""
    for id_, (_, book, _) in documented.localities.items():
        if id_ == rule.pack or rule.name not in book.content.rules:
            continue
        form = documented.main_form(book.content.rules[rule.name].forms)
        added = tuple(demand_shown(each, links) for each in form.demands if each.carried_by == id_)
        if added:
            yield LocalPart(links.pack(id_), (), added)


def _cases(rule: Rule, documented: Documented) -> Iterator[CaseListed]:
    carrying = {each.rule: each for each in documented.coverage.rules}.get(rule.name)
    for case in carrying.cases if carrying is not None else ():
        yield CaseListed(outcomes_of(case.outcomes), case.title, f"{case.pack}, {case.file}")


def _tested(rule: Rule, documented: Documented) -> str:
    carrying = {each.rule: each for each in documented.coverage.rules}.get(rule.name)
    return sentence(tested(carrying)) if carrying is not None else f"No case names {short(rule.name)}."
