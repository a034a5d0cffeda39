"""Why: each finding with the facts that decided it, what was assumed, and the clause and sources behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.lines import Line, Span, bullet, heading, line
from safeguard_rules.reports.words import areas_named, count, listing, sentence, whom, words
from safeguard_rules.results import Assumed, Clause, Finding, Meaning, Reason, Subject

NATIONAL = "national"
"""The form of a definition that all areas share."""

_LOCAL_FORMS = {
    "widened": "as the area widens it",
    "narrowed": "as the area narrows it",
    "waived": "as the area's waiver has it",
}


@dataclass(slots=True)
class _Said:
    """What the text has told already, so that a fact behind six findings is told once."""

    facts: set[str] = field(default_factory=set)
    together: dict[frozenset[str], str] = field(default_factory=dict)
    """Facts that decided together, with the title of the first finding that they decided."""
    lines: set[str] = field(default_factory=set)


def why(telling: Telling) -> Iterator[Line]:
    """The findings that apply, in the order in which the actions need them."""
    findings = _in_order([each for each in telling.document.findings if each.outcome == "applies"], telling)
    if not findings:
        return
    yield from heading("Why")
    if any(_known(reason) and not reason.known_by for alike in findings for each in alike for reason in each.why):
        yield line("How a fact is known stands behind it, where the case says so.", "quiet", indent=2)
    yield from _findings(findings, telling)


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
        facts = [_fact(reason) for reason in finding.why if reason.path in finding.carer_paths]
        said = "; ".join(facts) or listing(finding.carer_paths)
        yield bullet(f"“{finding.title}”{whom([finding.subject])}: {said}", "warning")


def other_findings(telling: Telling) -> Iterator[Line]:
    """The findings that are undecided, and those that are ruled out, each with its reasons."""
    for outcome, title in (("undetermined", "Not decided"), ("does_not_apply", "Does not apply")):
        findings = [each for each in telling.document.findings if each.outcome == outcome]
        if findings:
            yield from heading(title)
            yield from _findings(_alike(findings), telling)


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
        came_out = (finding.outcome, finding.certainty, finding.assumed, finding.rests_on_carer, finding.waived_from)
        found.setdefault((finding.rule, came_out), []).append(finding)
    return list(found.values())


def _findings(findings: Sequence[Sequence[Finding]], telling: Telling) -> Iterator[Line]:
    said = _Said()
    for alike in findings:
        yield from _finding(alike, telling, said)


def _finding(alike: Sequence[Finding], telling: Telling, said: _Said) -> Iterator[Line]:
    finding = alike[0]
    subjects: list[Subject] = [each.subject for each in alike]
    cited = dict.fromkeys(citation for each in alike for citation in each.citations)
    marks = Span(telling.notes.marks(cited), "quiet")
    yield Line((Span(f"{finding.title}{whom(subjects)}", "title"), marks), 2, 2, Span("-"))
    if finding.outcome == "applies":
        yield line(sentence(finding.because), indent=4)
    yield from _facts(finding.title, [reason for each in alike for reason in each.why], said)
    yield from _assumptions(finding.assumed, telling, said)
    yield from _clauses(alike, telling, said)
    if finding.outcome == "undetermined" and finding.open:
        yield line(f"would be settled by: {listing(dict.fromkeys(p for f in alike for p in f.open))}", indent=4, hang=2)
    if finding.rests_on_carer:
        yield line("rests only on what a parent or carer said", "warning", indent=4, hang=2)
    if finding.waived_from is not None:
        shared = words(finding.waived_from)
        yield line(f"a waiver of the area changed this; by the shared form it {shared}", "warning", indent=4, hang=2)


# --- facts


def _facts(title: str, reasons: Iterable[Reason], said: _Said) -> Iterator[Line]:
    """The facts not told yet, one by one, and those told above in short."""
    facts = dict.fromkeys(_fact(reason) for reason in reasons if not _goes_without_saying(reason))
    again = [fact for fact in facts if fact in said.facts]
    for fact in facts:
        if fact not in said.facts:
            yield line(fact, indent=4, hang=2, lead="*")
    earlier = said.together.setdefault(frozenset(facts), title)
    if again and earlier != title:
        yield line(f"for the same facts as “{earlier}”", indent=4, hang=2)
    elif again:
        yield line(f"as above: {'; '.join(again)}", indent=4, hang=2)
    said.facts.update(facts)


def _goes_without_saying(reason: Reason) -> bool:
    """Nearly every rule is for the born: that the child is born is told by nobody as a reason."""
    return reason.path == "child.stage" and reason.says.endswith(": born")


def _fact(reason: Reason) -> str:
    return f"{reason.says}, {reason.known_by}" if reason.known_by else reason.says


def _known(reason: Reason) -> bool:
    return "not known" not in reason.says and "nothing is said" not in reason.says


# --- what was assumed, and which clause decided


def _assumptions(assumed: Iterable[Assumed], telling: Telling, said: _Said) -> Iterator[Line]:
    for each in assumed:
        if each.exception:
            text = f"unless {words(each.name)}, which is not known (“{each.reads}”)"
        elif each.taken_for_granted:
            text = f"taken for granted: “{each.reads}”"
        else:
            truth = "so" if each.value else "not so"
            text = f"as a precaution, not known and taken as {truth}: “{each.reads}”"
        yield from _once(text, Span(telling.notes.marks(each.citations), "quiet"), f"unless {words(each.name)}", said)


def _clauses(alike: Sequence[Finding], telling: Telling, said: _Said) -> Iterator[Line]:
    """Which clause of which definition decided, where areas mean different things by it."""
    meanings = {meaning.definition: meaning for meaning in telling.document.meanings}
    used: dict[str, dict[str, None]] = {}
    for finding in alike:
        for clause in finding.clauses:
            told = used.setdefault(clause.definition, {})
            if clause.value != "unknown":
                told[clause_words(clause)] = None
    for name, clauses in used.items():
        decided = f"; here decided by: {'; '.join(clauses)}" if clauses else ""
        text = f"{meaning_words(meanings[name])}{decided}"
        yield from _once(text, Span(telling.notes.marks(meanings[name].citations), "quiet"), None, said)


def _once(text: str, marks: Span, shorter: str | None, said: _Said) -> Iterator[Line]:
    """A line in full the first time; later in short, or not at all."""
    if text not in said.lines:
        said.lines.add(text)
        yield Line((Span(text), marks), 4, 2)
    elif shorter is not None and text.startswith(shorter):
        yield line(f"{shorter}, as above", "quiet", indent=4, hang=2)


def clause_words(clause: Clause) -> str:
    """A clause as it turned out: `not:` before one that does not hold."""
    return {"true": "", "unknown": "not known: ", "false": "not: "}[clause.value] + clause.says


def meaning_words(meaning: Meaning) -> str:
    """Which form of a definition holds here, and why: `“not independently mobile” has its shared meaning, as ...`."""
    source = f", from “{meaning.citations[0].source}”" if meaning.citations else ""
    if meaning.form == NATIONAL:
        form = f"in its shared meaning{source}"
    elif meaning.areas:
        form = f"as in {areas_named(meaning.areas)}{source}"
    else:
        form = _LOCAL_FORMS.get(meaning.form, f"in the form “{words(meaning.form)}”{source}")
    note = f", because the area's own is not known ({meaning.note.rstrip('.')})" if meaning.note else ""
    return f"“{words(meaning.definition)}” is taken {form}{note}"


def undecided(telling: Telling) -> Iterator[Line]:
    """How many findings are undecided, where they are not listed."""
    open_ = {finding.rule for finding in telling.document.findings if finding.outcome == "undetermined"}
    out = {finding.rule for finding in telling.document.findings if finding.outcome == "does_not_apply"} - open_
    if open_:
        yield bullet(f"{count(len(open_), 'rule')} not decided for want of an answer")
    if out:
        yield bullet(f"{count(len(out), 'rule')} ruled out by what is recorded")
    if telling.document.not_in_force:
        yield bullet(f"{count(len(telling.document.not_in_force), 'rule')} not in force on this day or in this area")
