"""`explain`: why one rule came out as it did, part by part."""

from __future__ import annotations

import click

from safeguard_rules.cli.evaluate import evaluated
from safeguard_rules.cli.exits import EXIT_CODES
from safeguard_rules.cli.printing import print_lines, print_text
from safeguard_rules.cli.settings import Given, case_options, load_rulebook, read_input, settled
from safeguard_rules.errors import CallError
from safeguard_rules.reports.explanation_text import explanation_lines
from safeguard_rules.reports.lines import BLANK, Line, line
from safeguard_rules.values.json_text import as_json

_HELP = f"""Say why one rule came out as it did for a case, and what would settle it.

RULE is a rule's short or full name: `report-injury` or `non-mobile-injury:report-injury`. Without --subject every
subject is explained: each injury, each person, or the child.

\b
Examples:
  safeguard-rules explain examples/cheek.yaml report-injury
  safeguard-rules explain examples/cheek.yaml report-injury --subject cheek
  safeguard-rules explain examples/cheek.yaml report-injury --format json

{EXIT_CODES}
"""


@click.command(help=_HELP, short_help="Say why one rule came out as it did.")
@click.argument("case", metavar="CASE")
@click.argument("rule", metavar="RULE")
@click.option("--subject", metavar="ID", help="The id of one record, `child`, or `?` for one that nobody has entered.")
@click.option("--child", metavar="ID", help="In a family: which child. Default: every child.")
@case_options
def explain(
    case: str,
    rule: str,
    subject: str | None,
    child: str | None,
    as_of: str | None,
    locality: str | None,
    role: str | None,
    packs: tuple[str, ...],
    plugins: tuple[str, ...],
    form: str,
) -> None:
    """Explains a rule's findings and prints them."""
    given = Given(as_of, locality, role, packs, plugins)
    file = read_input(case)
    settings = settled(given, file.header)
    evaluations = evaluated(file, load_rulebook(given, settings.locality), settings)
    if child is not None and child not in evaluations:
        known = ", ".join(f"`{each}`" for each in evaluations)
        raise CallError(f"there is no child `{child}` in this file; it has {known}")
    chosen = {name: each for name, each in evaluations.items() if child in (None, name)}
    found = {name: each.explain(rule, subject) for name, each in chosen.items()}
    if form == "json":
        print_text(as_json(next(iter(found.values())) if len(evaluations) == 1 else found))
        return
    lines: list[Line] = []
    for name, explanations in found.items():
        if len(evaluations) > 1:
            lines += [*([BLANK] if lines else []), line(name, "heading")]
        lines += explanation_lines(explanations, chosen[name].actions, settings.locality)
    print_lines(lines)
