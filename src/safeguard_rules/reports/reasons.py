"""Why: each finding with the facts that decided it, what was assumed, and the clause and sources behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.lines import Line, Span, bullet, heading, line
from safeguard_rules.reports.words import count, listing, sentence, whom, words
from safeguard_rules.results import Assumed, Finding, Meaning, Reason, Subject

NATIONAL = "national"
"""The form of a definition that all areas share."""


def why(telling: Telling) -> Iterator[Line]:
    """The findings that apply, in the order in which the actions need them."""
    findings = _in_order([each for each in telling.document.findings if each.outcome == "applies"], telling)
    if findings:
        yield from heading("Why")
    for alike in findings:
        yield from _finding(alike, telling)


def ruled_out_by_carers(telling: Telling) -> Iterator[Line]:
    """What does not apply only because of what a parent or carer said (promise 7)."""
    findings = [
        finding
        for finding in telling.document.findings
        if finding.outcome == "does_not_apply" and finding.rests_on_carer
    ]
    if findings:
        yield from heading("Ruled out only by what a parent or carer said")
    for finding in findings:
        said = "; ".join(_fact(reason) for reason in finding.why if reason.path in finding.carer_paths) or listing(
            finding.carer_paths
        )
        yield bullet(f"{finding.title}{whom([finding.subject])}: {said}", "warning")


def other_findings(telling: Telling) -> Iterator[Line]:
    """The findings that are undecided, and those that are ruled out, each with its reasons."""
    for outcome, title in (("undetermined", "Not decided"), ("does_not_apply", "Does not apply")):
        findings = [each for each in telling.document.findings if each.outcome == outcome]
        if findings:
            yield from heading(title)
        for alike in _alike(findings):
            yield from _finding(alike, telling)


def _in_order(findings: Sequence[Finding], telling: Telling) -> list[list[Finding]]:
    """Findings alike together, by the first action that one of them asks for."""
    ranks: dict[str, int] = {}
    for place, action in enumerate(telling.document.actions):
        for demand in action.demands:
            ranks.setdefault(demand.rule, place)
    return sorted(_alike(findings), key=lambda alike: ranks.get(alike[0].rule, len(ranks)))


def _alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of one rule that came out the same way, together."""
    found: dict[object, list[Finding]] = {}
    for finding in findings:
        key = (finding.rule, finding.outcome, finding.certainty, finding.assumed, finding.rests_on_carer)
        found.setdefault(key, []).append(finding)
    return list(found.values())


def _finding(alike: Sequence[Finding], telling: Telling) -> Iterator[Line]:
    finding = alike[0]
    subjects: list[Subject] = [each.subject for each in alike]
    marks = Span(telling.notes.marks(dict.fromkeys(c for each in alike for c in each.citations)), "quiet")
    yield Line((Span(f"{finding.title}{whom(subjects)}", "title"), marks), 2, 2)
    for reason in dict.fromkeys(reason for each in alike for reason in each.why):
        yield bullet(_fact(reason), indent=4)
    yield from _assumptions(finding.assumed, telling)
    yield from _clauses(alike, telling)
    if finding.outcome == "undetermined" and finding.open:
        yield line(f"would be settled by: {listing(dict.fromkeys(p for f in alike for p in f.open))}", indent=4, hang=2)
    if finding.rests_on_carer:
        yield line("this rests only on what a parent or carer said", "warning", indent=4, hang=2)
    if finding.waived_from is not None:
        shared = words(finding.waived_from)
        yield line(f"a waiver of the area changed this; by the shared form it {shared}", "warning", indent=4, hang=2)
    if finding.outcome == "applies":
        yield line(sentence(finding.because), indent=4, hang=2)


def _fact(reason: Reason) -> str:
    return f"{reason.says} ({reason.known_by or 'the case does not say how this is known'})"


def _assumptions(assumed: Iterable[Assumed], telling: Telling) -> Iterator[Line]:
    for each in assumed:
        marks = Span(telling.notes.marks(each.citations), "quiet")
        if each.exception:
            said = f"not known, and would stop this if it were so: {each.reads}"
        elif each.taken_for_granted:
            said = f"taken for granted: {each.reads}"
        else:
            truth = "so" if each.value else "not so"
            said = f"not known, and taken as {truth} to be on the safe side: {each.reads}"
        yield Line((Span(said), marks), 4, 2)


def _clauses(alike: Sequence[Finding], telling: Telling) -> Iterator[Line]:
    """Which clause of which definition decided, where areas mean different things by it."""
    meanings = {meaning.definition: meaning for meaning in telling.document.meanings}
    used: dict[str, dict[str, None]] = {}
    for finding in alike:
        for reason in finding.why:
            if reason.definition in meanings:
                used.setdefault(reason.definition, {})[reason.clause] = None
        for each in finding.assumed:
            if each.name in meanings:
                used.setdefault(each.name, {})
    for name, clauses in used.items():
        decided = f", decided by: {'; '.join(clauses)}" if clauses else ""
        marks = Span(telling.notes.marks(meanings[name].citations), "quiet")
        yield Line((Span(f"{meaning_words(meanings[name])}{decided}"), marks), 4, 2)


def meaning_words(meaning: Meaning) -> str:
    """Which form of a definition holds here, and why: `not independently mobile in its shared form (...)`."""
    form = "in its shared form" if meaning.form == NATIONAL else f"in the form “{words(meaning.form)}”"
    note = f", because {meaning.note[:1].lower()}{meaning.note[1:]}" if meaning.note else ""
    return f"“{words(meaning.definition)}” holds {form}{note}"


def undecided(telling: Telling) -> Iterator[Line]:
    """How many findings are undecided, where they are not listed."""
    open_ = {finding.rule for finding in telling.document.findings if finding.outcome == "undetermined"}
    out = {finding.rule for finding in telling.document.findings if finding.outcome == "does_not_apply"} - open_
    if open_:
        yield bullet(f"{count(len(open_), 'rule')} not decided for want of an answer above")
    if out:
        yield bullet(f"{count(len(out), 'rule')} ruled out by what is recorded")
    if telling.document.not_in_force:
        yield bullet(f"{count(len(telling.document.not_in_force), 'rule')} not in force on this day or in this area")
