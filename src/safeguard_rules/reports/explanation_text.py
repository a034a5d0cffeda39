"""The explanation of one rule as a text: the whole condition, part by part, with what decided it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safeguard_rules.reports.lines import BLANK, WIDTH, Line, Span, heading, line, plain
from safeguard_rules.reports.notes import Notes
from safeguard_rules.reports.other_meanings import area_words
from safeguard_rules.reports.reasons import NATIONAL, clause_words
from safeguard_rules.reports.words import (
    OBLIGATION_STYLES,
    OBLIGATION_WORDS,
    exceptions,
    instruction,
    listing,
    sentence,
    time_with_basis,
    whom,
    words,
)
from safeguard_rules.results import Assumed, Certainty, Clause, Demand, Explanation, Finding, Part, RecommendedAction

_VALUES = {"true": "yes", "false": "no", "unknown": "not known"}
_OUTCOMES = {"applies": "applies", "undetermined": "not decided", "does_not_apply": "does not apply"}
_CERTAINTIES: dict[Certainty, str] = {
    "certain": "",
    "unless": ", with an exception",
    "as_precaution": ", as a precaution",
}
_HANG = 11


def explanation_text(
    explanations: Sequence[Explanation],
    actions: Sequence[RecommendedAction] = (),
    locality: str | None = None,
    width: int = WIDTH,
) -> str:
    """The text of the explanations of one rule, plain, wrapped to a width in characters.

    `actions` are those of the evaluation, to say what the rule's demands are for; `locality` is its id.
    """
    return plain(explanation_lines(explanations, actions, locality), width)


def explanation_lines(
    explanations: Sequence[Explanation], actions: Sequence[RecommendedAction] = (), locality: str | None = None
) -> tuple[Line, ...]:
    """The same as lines whose words say what they are."""
    notes = Notes(locality)
    found = [each for explanation in explanations for each in (BLANK, *_explanation(explanation, actions, notes))][1:]
    sources = notes.lines()
    return (*found, *heading("Sources"), *sources) if sources else tuple(found)


def _explanation(explanation: Explanation, actions: Sequence[RecommendedAction], notes: Notes) -> Iterator[Line]:
    finding = explanation.finding
    marks = Span(notes.marks(finding.citations), "quiet")
    said = f"{_OUTCOMES[finding.outcome]}{certainty_in_short(finding.certainty, finding.assumed)}"
    yield Line((Span(f"{finding.title}{whom([finding.subject])}: {said}", "title"), marks))
    yield line(finding.rule, "quiet", indent=2)
    yield line(sentence(finding.because), indent=2)
    yield from heading("The condition, part by part (* what decided it)")
    yield from _part(explanation.steps, 2)
    yield from _clauses(finding)
    yield from _rest(finding, notes)
    yield from _elsewhere(finding, notes)
    if explanation.demands:
        yield from heading("What follows")
    for demand in explanation.demands:
        yield _demand(demand, actions, notes)


def _part(part: Part, indent: int) -> Iterator[Line]:
    mark = "*" if part.decided else " "
    form = f" ({_form(part.form)})" if part.form else ""
    named = f"“{words(part.definition)}”{form}: " if part.definition else ""
    lead = Span(f"{mark} {_VALUES[part.value]}", "plain" if part.decided else "quiet")
    yield Line((Span(f"{named}{part.reads}"),), indent, _HANG + 2, lead)
    for fact in part.facts:
        yield line(
            f"{fact.says}, {fact.known_by}" if fact.known_by else fact.says,
            "quiet",
            indent=indent + _HANG + 2,
            hang=2,
            lead="-",
        )
    for inner in part.parts:
        yield from _part(inner, indent + 2)


def _form(form: str) -> str:
    return "shared form" if form == NATIONAL else f"form: {words(form)}"


def _clauses(finding: Finding) -> Iterator[Line]:
    """Which clause decided, of each definition that areas mean differently."""
    if finding.clauses:
        yield from heading("Which clause decided, where areas mean different things")
    by_form: dict[tuple[str, str], list[Clause]] = {}
    for clause in finding.clauses:
        by_form.setdefault((clause.definition, clause.form), []).append(clause)
    for (definition, form), clauses in by_form.items():
        told = "; ".join(map(clause_words, clauses))
        yield line(f"“{words(definition)}” ({_form(form)}): {told}", indent=2, hang=2, lead="-")


def _elsewhere(finding: Finding, notes: Notes) -> Iterator[Line]:
    """The other meanings by which it would have come out another way."""
    if finding.elsewhere:
        yield from heading("By other areas' meanings, which change nothing here")
    for each in finding.elsewhere:
        said = f"{_OUTCOMES[each.outcome]}{_CERTAINTIES[each.certainty]}"
        decided = f" ({'; '.join(map(clause_words, each.clauses))})" if each.clauses else ""
        told = f"“{words(each.definition)}” {area_words([each])}: {said}{decided}"
        yield Line((Span(told), Span(notes.marks(each.citations), "quiet")), 2, 2, Span("-"))


def _rest(finding: Finding, notes: Notes) -> Iterator[Line]:
    if finding.assumed:
        yield from heading("What is not known, and how it was taken")
    for each in finding.assumed:
        yield Line((Span(_assumed(each)), Span(notes.marks(each.citations), "quiet")), 2, 2, Span("-"))
    if finding.open:
        yield from heading("What would settle it")
        for path in finding.open:
            yield line(path, indent=2, hang=2, lead="-")
    if finding.rests_on_carer:
        yield line("This rests only on what a parent or carer said.", "warning")


def certainty_in_short(certainty: Certainty, assumed: Iterable[Assumed]) -> str:
    """How certain an outcome is, to be put behind it: `, unless already recorded`; nothing for a certain one."""
    if certainty == "unless":
        return f", unless {listing((words(each.name) for each in exceptions(assumed)), 'or')}"
    return ", as a precaution" if certainty == "as_precaution" else ""


def _assumed(assumed: Assumed) -> str:
    if assumed.exception:
        return f"{words(assumed.name)}, which would stop this, were it so: {assumed.reads}"
    how = "taken for granted" if assumed.taken_for_granted else "taken as so" if assumed.value else "taken as not so"
    return f"{how}: {assumed.reads}"


def _demand(demand: Demand, actions: Sequence[RecommendedAction], notes: Notes) -> Line:
    word = Span(OBLIGATION_WORDS[demand.obligation].removesuffix(" not"), OBLIGATION_STYLES[demand.obligation])
    action = next((action for action in actions if demand in action.demands), None)
    what = f": {instruction(action, demand.obligation)}{whom([action.about])}" if action is not None else ""
    time = f", {time_with_basis(demand.within, notes.locality)}" if demand.within else ""
    how = f" {demand.how}" if demand.how else ""
    said = f"{what}{how}{time}; {demand.force}{certainty_in_short(demand.certainty, demand.assumed)}"
    return Line((word, Span(said), Span(notes.marks(demand.citations), "quiet")), 2, 2, Span("-"))
