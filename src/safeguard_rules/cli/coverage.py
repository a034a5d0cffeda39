"""`coverage`: what became of every statement of every source."""

from __future__ import annotations

import click

from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_lines, print_text
from safeguard_rules.cli.settings import form_option, plugin_option
from safeguard_rules.packs.coverage import CARRIAGES, Coverage, of_carriages, of_sources
from safeguard_rules.reports.as_json import coverage_json
from safeguard_rules.reports.coverage_markdown import coverage_markdown
from safeguard_rules.reports.coverage_text import coverage_lines
from safeguard_rules.testing.covering import cover

_HELP = f"""Account for every statement of every source: what carries it, what tests that, and what is left to people.

SOURCE is the id of a source: its statements are shown one by one, with the rules that carry them and the cases beside
these rules. Without a source all are counted in a table. Cases are read here and not run; that they pass is held by
the tests.

The exit code is 1 if a statement is not accounted for: nothing that a rule leads to cites it, and its register does
not say that it is left to people, not yet encoded or withdrawn. --only changes what is shown, not the exit code.

\b
Examples:
  safeguard-rules coverage
  safeguard-rules coverage wiltshire-under-1s stoke-thematic-review
  safeguard-rules coverage --only not-yet
  safeguard-rules coverage --packs ./my-pack --format markdown > coverage.md
  safeguard-rules coverage --format json

{EXIT_CODES}
"""
_ONLY = {carriage.replace(" ", "-"): carriage for carriage in CARRIAGES}


@click.command(help=_HELP, short_help="Account for every statement of every source.")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "--packs",
    metavar="PACK",
    multiple=True,
    help="A pack's id, or its folder (with a slash: ./mine). Repeatable; default: all bundled packs.",
)
@click.option(
    "--locality",
    "localities",
    metavar="AREA",
    multiple=True,
    help="A locality's id, or its file. Repeatable; default: all bundled ones, or none where --packs is given.",
)
@click.option("--only", metavar="WHAT", multiple=True, type=click.Choice(list(_ONLY)), help=f"{', '.join(_ONLY)}.")
@plugin_option
@form_option("markdown", help_="For people, for programs, or for a page.")
def coverage(
    sources: tuple[str, ...],
    packs: tuple[str, ...],
    localities: tuple[str, ...],
    only: tuple[str, ...],
    plugins: tuple[str, ...],
    form: str,
) -> int:
    """Works out the account and prints it, or the part that is asked for."""
    whole = cover(packs or None, localities or None, plugins=plugins)
    chosen = of_sources(whole, sources) if sources else whole
    shown = of_carriages(chosen, [_ONLY[each] for each in only]) if only else chosen
    detailed = bool(sources or only)
    if form == "json":
        print_text(coverage_json(shown))
    elif form == "markdown":
        print_text(coverage_markdown(shown, detailed=detailed))
    else:
        print_lines(coverage_lines(shown, detailed=detailed))
    return _exit(chosen)


def _exit(coverage: Coverage) -> Exit:
    return Exit.NO if coverage.unaccounted else Exit.WORKED
