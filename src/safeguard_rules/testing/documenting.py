"""What documentation pages are made of, with cases of the packs in which each rule's condition is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.language.tree import Count, Quantifier
from safeguard_rules.packs.choosing import Shelf
from safeguard_rules.packs.content import Rule
from safeguard_rules.packs.files import CASES, RULES
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.whereabouts import locality_ids
from safeguard_rules.reports.explanation_text import certainty_in_short
from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.models import CaseShown
from safeguard_rules.reports.html.pictures import CasePictures, nodes_of
from safeguard_rules.reports.words import day, place_name, sentence
from safeguard_rules.results import Explanation, Finding
from safeguard_rules.testing.case_files import FindingExpectation, PackCase, Shorthand
from safeguard_rules.testing.covering import cover
from safeguard_rules.testing.expecting import OUTCOMES
from safeguard_rules.testing.runner import CaseRunner, CaseSet
from safeguard_rules.values.dates import AsOf

_SAID = {
    "applies": "It applies",
    "undetermined": "It is not known whether it applies",
    "does_not_apply": "It does not apply",
}


def documented(
    packs: Sequence[str | Path] | None = None,
    localities: Sequence[str | Path] | None = None,
    *,
    as_of: AsOf,
    plugins: Plugins | Sequence[str] = (),
) -> Documented:
    """Everything that pages tell of some packs and all that these use, over some localities.

    `packs` and `localities` are chosen as `cover` does it. `as_of` is the day whose forms are told first. Of each rule
    one case is drawn for each outcome that a case shows; unreviewed cases are not. Raises `PackError` with all that is
    wrong with packs and their cases, `CallError` for a pack or locality that is not there.
    """
    active = plugins if isinstance(plugins, Plugins) else activate(plugins)
    shelf = Shelf.of(active)
    if localities is None:
        localities = locality_ids(active) if packs is None else ()
    if packs is not None:
        packs = [shelf.named(each) if isinstance(each, Path) else each for each in packs]
    shared = Rulebook(load(packs, None, shelf))
    local = [Rulebook(load(packs, each, shelf)) for each in localities]
    ordered = tuple(sorted(local, key=lambda book: book.locality or ""))
    coverage = cover(packs, tuple(localities), plugins=active)
    return Documented(shared, ordered, coverage, _shown_cases(shared, ordered, localities), as_of)


def _shown_cases(
    shared: Rulebook, local: Sequence[Rulebook], localities: Sequence[str | Path]
) -> Mapping[str, tuple[CaseShown, ...]]:
    """The cases in which rules are drawn, out of those beside the packs and localities."""
    runner = CaseRunner(shared.loaded.plugins)
    for _, found in shared.loaded.files:
        if found.plugin is None:
            runner.shelf.add_folder(Path(found.shown))
    cases = _Cases(frozenset(book.locality for book in local if book.locality is not None))
    for each in (*(files.id for files, _ in shared.loaded.files), *localities):
        cases.look_at(runner.read(each))
    rules = {name for book in (shared, *local) for name in book.content.rules}
    return {name: tuple(cases.of(name)) for name in sorted(rules)}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A case in which a rule is drawn: for which subject, None for the first with the outcome."""

    cases: CaseSet
    number: int
    subject: str | None
    rank: tuple[int, ...]
    """How little it was made to show this rule; of equal ones the first is taken."""


@dataclass(slots=True)
class _Cases:
    """Chooses the cases in which rules are drawn: for each outcome the one that was most made to show it."""

    areas: frozenset[str]
    chosen: dict[tuple[str, str], _Chosen] = field(default_factory=dict)

    def look_at(self, cases: CaseSet) -> None:
        """Takes from the cases of one pack or locality what shows a rule better than what is there."""
        for number, (names, area) in enumerate(cases.cases):
            in_area = cases.rulebooks[area].locality
            if not names.case.reviewed or (in_area is not None and in_area not in self.areas):
                continue
            findings = names.case.expect.findings
            for written, expected in findings.items():
                rule = names.rulebook.content.rules[names.meant[("rule", written)]]
                rank = (rule.pack != cases.pack, not _beside(rule, names.case), len(findings), bool(names.case.shows))
                for outcome, subject in _expected(expected):
                    found = self.chosen.get((rule.name, outcome))
                    if found is None or rank < found.rank:
                        self.chosen[(rule.name, outcome)] = _Chosen(cases, number, subject, rank)

    def of(self, rule: str) -> Iterator[CaseShown]:
        """The pictures of a rule, one for each outcome that a case shows."""
        for outcome in OUTCOMES:
            chosen = self.chosen.get((rule, outcome))
            if chosen is None:
                continue
            evaluation = chosen.cases.judge(chosen.number).evaluation
            explained = evaluation.explain(rule, chosen.subject)
            explanation = next((each for each in explained if each.finding.outcome == outcome), None)
            if explanation is not None:
                yield _shown(chosen, explanation, evaluation)


def _beside(rule: Rule, case: PackCase) -> bool:
    """Whether a case stands in the file that goes with the rule's: `sleep.cases.yaml` with `sleep.rules.yaml`."""
    of_case, of_rule = case.place("title").text.name, rule.forms[0].place.text.name
    return of_case.removesuffix(CASES) == of_rule.removesuffix(RULES)


def _expected(expected: Shorthand | FindingExpectation) -> Iterator[tuple[str, str | None]]:
    if not isinstance(expected, FindingExpectation):
        if expected in OUTCOMES:
            yield expected, None
        return
    for outcome in OUTCOMES:
        subjects = getattr(expected, outcome)
        if subjects:
            yield outcome, subjects[0]


def _shown(chosen: _Chosen, explanation: Explanation, evaluation: Evaluation) -> CaseShown:
    names, area = chosen.cases.cases[chosen.number]
    locality = chosen.cases.rulebooks[area].locality
    finding, program = explanation.finding, evaluation.program
    form = next(active.form for active in program.rules if active.rule.name == finding.rule)
    where = [f"on {day(str(names.case.as_of))}", f"in {place_name(locality)}" if locality else "in no area"]
    certainty = certainty_in_short(finding.certainty, finding.assumed)
    pictures = CasePictures(
        nodes_of(form, program.forms), program.wording, lambda node: _records(node, explanation, evaluation)
    )
    return CaseShown(
        finding.outcome,
        names.case.title,
        sentence(f"a case of {chosen.cases.pack}, {', '.join(where)}"),
        sentence(f"{_SAID[finding.outcome]}{_for_whom(finding)}{certainty}"),
        pictures.draw(explanation.steps),
    )


def _for_whom(finding: Finding) -> str:
    if finding.subject.kind == "child":
        return ""
    return f", for there is {finding.subject}" if finding.subject.id is None else f" to {finding.subject}"


def _records(node: Quantifier | Count, explanation: Explanation, evaluation: Evaluation) -> tuple[str, ...]:
    """The records of a list in the order of the walk, as a person knows them."""
    view, subject = evaluation.view, explanation.finding.subject
    left_out = subject.id if node.others and subject.kind == node.of else None
    labels = [each.label or each.id for each in view.records(node.of) if each.id != left_out]
    return (*labels, *(["any other, for there may be more"] if view.is_open(node.of) else []))
