"""`compare`: what is different between two states of a case, and why."""

from __future__ import annotations

import click

from safeguard_rules.case.reading import CaseFile
from safeguard_rules.cli.evaluate import evaluated
from safeguard_rules.cli.exits import EXIT_CODES
from safeguard_rules.cli.printing import print_lines, print_text
from safeguard_rules.cli.settings import Given, Settings, load_rulebook, read_input, rulebook_options, settled
from safeguard_rules.engine.evaluation import Evaluation
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError
from safeguard_rules.reports.changes_text import changes_lines
from safeguard_rules.reports.lines import BLANK, Line, bullet, heading, line
from safeguard_rules.values.json_text import as_json

_HELP = f"""Say what changed between two states of a case, and whether time, facts or packs changed it.

BEFORE and AFTER are two files of the same child or family. Each is evaluated for its own date (`as_of` in the file,
else today) and its own area. Records are matched by their ids.

\b
Examples:
  safeguard-rules compare examples/cheek.yaml examples/cheek-three-days-on.yaml
  safeguard-rules compare before.yaml after.yaml --locality wiltshire --format json

{EXIT_CODES}
"""


@click.command(help=_HELP, short_help="Say what changed between two states of a case.")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option("--locality", metavar="AREA", help="A locality's id, or its file, for both.")
@click.option("--role", metavar="ROLE", help="Who is asking.")
@rulebook_options
@click.option(
    "--all", "everything", is_flag=True, help="List all findings that changed, also those that never applied."
)
def compare(
    before: str,
    after: str,
    locality: str | None,
    role: str | None,
    packs: tuple[str, ...],
    plugins: tuple[str, ...],
    form: str,
    everything: bool,
) -> None:
    """Evaluates two files, each for its own day, and prints what is different."""
    given = Given(None, locality, role, packs, plugins)
    files = [read_input(before), read_input(after)]
    settings = [settled(given, file.header) for file in files]
    rulebooks = _rulebooks(given, settings)
    one, other = (evaluated(*each) for each in zip(files, rulebooks, settings, strict=True))
    pairs = _pairs(one, other, files)
    found = {child: later.changes_since(earlier) for child, (earlier, later) in pairs.items()}
    if form == "json":
        print_text(as_json(next(iter(found.values())) if _one_child(files) else found))
        return
    lines: list[Line] = []
    for child, changes in found.items():
        if not _one_child(files):
            lines += [*([BLANK] if lines else []), line(child, "heading")]
        lines += changes_lines(changes, everything=everything)
    print_lines([*lines, *_alone(one, other, files), *_used(settings)])


def _rulebooks(given: Given, settings: list[Settings]) -> list[Rulebook]:
    """One rulebook for both, or one for each where the files name different areas."""
    first = load_rulebook(given, settings[0].locality)
    if settings[0].locality == settings[1].locality:
        return [first, first]
    return [first, load_rulebook(given, settings[1].locality)]


def _one_child(files: list[CaseFile]) -> bool:
    return not any(hasattr(file.case, "children") for file in files)


def _pairs(
    one: dict[str, Evaluation], other: dict[str, Evaluation], files: list[CaseFile]
) -> dict[str, tuple[Evaluation, Evaluation]]:
    """The evaluations to compare, by child; two cases are compared as they are, which tells if the children differ."""
    if _one_child(files):
        return {next(iter(other)): (next(iter(one.values())), next(iter(other.values())))}
    shared = {child: (one[child], later) for child, later in other.items() if child in one}
    if not shared:
        raise CallError("the two files have no child in common; children are matched by their ids")
    return shared


def _alone(one: dict[str, Evaluation], other: dict[str, Evaluation], files: list[CaseFile]) -> list[Line]:
    """The children that only one of two families has."""
    if _one_child(files):
        return []
    gone = [f"{child} is in the first file only" for child in one if child not in other]
    come = [f"{child} is in the second file only" for child in other if child not in one]
    return [*heading("Not compared"), *map(bullet, (*gone, *come))] if gone or come else []


def _used(settings: list[Settings]) -> list[Line]:
    lines = [*heading("What was used")]
    for which, each in zip(("before", "after"), settings, strict=True):
        told = "; ".join(f"{setting.name}: {setting.value}, from {setting.origin}" for setting in each.told)
        lines.append(bullet(f"{which}: {told}"))
    return lines
