"""What other areas' meanings of a word would have made of a case: two lines at most for each definition.

A line says which way it would go and for how many rules. It takes nothing back: what holds here stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from safeguard_rules.reports.context import Telling
from safeguard_rules.reports.lines import Line, Span, heading
from safeguard_rules.reports.reasons import NATIONAL
from safeguard_rules.reports.words import RANKED, areas_named, count, listing, words
from safeguard_rules.results import Elsewhere, Finding


@dataclass(frozen=True, slots=True)
class _Other:
    """A finding, and one form of a definition by which it would have come out another way."""

    finding: Finding
    form: Elsewhere

    @property
    def applies_here(self) -> bool:
        """Whether it applies here and would not there; the other way round if not."""
        return self.finding.outcome == "applies"


def other_meanings(telling: Telling) -> Iterator[Line]:
    """Where findings would apply by another area's meaning and do not here, or the other way round.

    Those that would only be more certain, or less, or open, are told by `explain` and in the JSON.
    """
    found: dict[tuple[str, bool], list[_Other]] = {}
    for finding in telling.document.findings:
        for form in finding.elsewhere:
            if (finding.outcome == "applies") != (form.outcome == "applies"):
                other = _Other(finding, form)
                found.setdefault((form.definition, other.applies_here), []).append(other)
    if found:
        yield from heading("What other areas mean, which changes nothing here")
    for (definition, _), others in sorted(found.items()):
        forms = {each.form.form: each.form for each in others}
        cited = [citation for form in forms.values() for citation in form.citations[:1]]
        marks = Span(telling.notes.marks(cited), "quiet")
        yield Line((Span(_told(definition, list(forms.values()), others)), marks), 2, 2, Span("-"))


def _told(definition: str, forms: Sequence[Elsewhere], others: Sequence[_Other]) -> str:
    rules = _rules(others)
    most = "" if all(len(_rules(o for o in others if o.form.form == f.form)) == len(rules) for f in forms) else "up to "
    number = f"{most}{count(len(rules), 'rule')}"
    first = f"“{_strongest(others).title}”{' among them' if len(rules) > 1 else ''}"
    by = f"By what “{words(definition)}” means {_whose(forms)}"
    if others[0].applies_here:
        return f"{by}, {number} would not apply, {first}; here they apply, and that stands"
    return f"{by}, {number} would apply that do not here, {first}"


def _rules(others: Iterable[_Other]) -> dict[str, None]:
    return dict.fromkeys(each.finding.rule for each in others)


def _strongest(others: Sequence[_Other]) -> Finding:
    """Of the rules of the definition's own pack, if there is one, the one that asks for most; the first of several."""
    return min(others, key=_rank).finding


def _rank(other: _Other) -> tuple[bool, int]:
    pack = other.form.definition.partition(":")[0]
    asked = [wanted.partition(":")[0] for wanted in other.finding.wants]
    strongest = min((RANKED.index(each) for each in asked), default=len(RANKED))
    return other.finding.rule.partition(":")[0] != pack, strongest


def _whose(forms: Sequence[Elsewhere]) -> str:
    """The areas by the clauses that held there: `in Surrey; Durham (the child's age: under 6 months)`."""
    by_clauses: dict[tuple[str, ...], list[Elsewhere]] = {}
    for form in forms:
        holding = tuple(each.says for each in form.clauses if each.value == "true")
        by_clauses.setdefault(holding, []).append(form)
    return listing(_because(area_words(alike), holding) for holding, alike in by_clauses.items())


def _because(areas: str, holding: Sequence[str]) -> str:
    return f"{areas} ({'; '.join(holding)})" if holding else areas


def area_words(forms: Sequence[Elsewhere]) -> str:
    """Whose forms these are: `in Surrey; Durham`, `in the form “x”`, `as all areas share it`."""
    titles = [title for form in forms for title in form.areas]
    told = [f"in {areas_named(titles)}"] if titles else []
    told += ["as areas share it" for form in forms if form.form == NATIONAL]
    told += [f"in the form “{words(form.form)}”" for form in forms if not form.areas and form.form != NATIONAL]
    return listing(told)
