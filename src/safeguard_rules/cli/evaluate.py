"""`evaluate`: what the rules say of a case, or of each child of a family."""

from __future__ import annotations

import click

from safeguard_rules.case.case import Case
from safeguard_rules.case.reading import CaseFile
from safeguard_rules.cli.exits import EXIT_CODES
from safeguard_rules.cli.printing import print_lines, print_text
from safeguard_rules.cli.settings import (
    Given,
    Settings,
    area_title,
    case_options,
    load_rulebook,
    read_input,
    settled,
)
from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.families import FamilyEvaluation
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.reports.as_text import evaluation_lines, family_lines
from safeguard_rules.reports.changes_text import next_change_lines
from safeguard_rules.reports.context import Context
from safeguard_rules.reports.family import ChildsEvaluation
from safeguard_rules.reports.lines import Line

_HELP = f"""Say what the guidance recommends for a case: what to do now, what to find out, and why.

CASE is a file with the case of one child, or with a family (it has `children`), in YAML or JSON; `-` reads the
standard input. A family gives one list of actions over all its children, then each child's questions and reasons.

The file may say for which day, area and role (`as_of`, `locality`, `role`); an option here wins over the file.
Without a date it is today. What was used, and where it came from, is printed at the end.

\b
Examples:
  safeguard-rules evaluate examples/cheek.yaml
  safeguard-rules evaluate examples/cheek.yaml --role social_worker
  safeguard-rules evaluate case.yaml --as-of 2026-03-02 --locality wiltshire
  safeguard-rules evaluate case.yaml --format json > evaluation.json

{EXIT_CODES}
"""


@click.command(help=_HELP, short_help="Say what the guidance recommends for a case.")
@click.argument("case", metavar="CASE")
@case_options
@click.option("--all", "everything", is_flag=True, help="List all questions and all findings, also those ruled out.")
@click.option("--next", "coming", is_flag=True, help="Also say on which day the answer changes by itself (text only).")
def evaluate(
    case: str,
    as_of: str | None,
    locality: str | None,
    role: str | None,
    packs: tuple[str, ...],
    plugins: tuple[str, ...],
    form: str,
    everything: bool,
    coming: bool,
) -> None:
    """Evaluates the case in a file and prints the result."""
    given = Given(as_of, locality, role, packs, plugins)
    file = read_input(case)
    settings = settled(given, file.header)
    rulebook = load_rulebook(given, settings.locality)
    if isinstance(file.case, Case):
        _one_child(
            rulebook.evaluate(file.case, as_of=settings.as_of, role=settings.role), settings, form, everything, coming
        )
    else:
        found = rulebook.evaluate_family(file.case, as_of=settings.as_of, role=settings.role)
        _family(found, settings, form, everything, coming)


def context_of(evaluation: Evaluation, settings: Settings, everything: bool = False) -> Context:
    """The words around one child's evaluation."""
    child = evaluation.case.child
    name = (child.label or child.id) if child is not None else None
    return Context(name, area_title(evaluation.rulebook.content), settings.told, everything)


def evaluated(file: CaseFile, rulebook: Rulebook, settings: Settings) -> dict[str, Evaluation]:
    """The evaluation of each child of a file by the child's id, `child` where a case gives none."""
    if isinstance(file.case, Case):
        child = file.case.child.id if file.case.child is not None else "child"
        return {child: rulebook.evaluate(file.case, as_of=settings.as_of, role=settings.role)}
    return dict(rulebook.evaluate_family(file.case, as_of=settings.as_of, role=settings.role).evaluations)


def _one_child(evaluation: Evaluation, settings: Settings, form: str, everything: bool, coming: bool) -> None:
    if form == "json":
        print_text(evaluation.to_json())
        return
    lines = evaluation_lines(evaluation.document(), context_of(evaluation, settings, everything))
    print_lines([*lines, *(next_change_lines(evaluation.next_change()) if coming else ())])


def _family(found: FamilyEvaluation, settings: Settings, form: str, everything: bool, coming: bool) -> None:
    if form == "json":
        print_text(found.to_json())
        return
    documents = {child: each.document() for child, each in found.evaluations.items()}
    children = [
        ChildsEvaluation(child, documents[child], context_of(each, settings, everything))
        for child, each in found.evaluations.items()
    ]
    lines = family_lines(children, found.actions)
    print_lines([*lines, *(_next_changes(found, children) if coming else ())])


def _next_changes(found: FamilyEvaluation, children: list[ChildsEvaluation]) -> list[Line]:
    names = {each.child: each.name for each in children}
    return [
        line
        for child, each in found.evaluations.items()
        for line in next_change_lines(each.next_change(), names[child])
    ]
