"""`test`: runs the cases beside packs, and says how much they are worth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_text, with_progress
from safeguard_rules.cli.settings import form_option, plugin_option
from safeguard_rules.cli.targets import pack_or_locality
from safeguard_rules.cli.writing import replace_text
from safeguard_rules.errors import CallError
from safeguard_rules.reports.words import count
from safeguard_rules.testing.canaries import canaries
from safeguard_rules.testing.junit import junit_xml
from safeguard_rules.testing.mutants import run_mutants
from safeguard_rules.testing.reaching import reach
from safeguard_rules.testing.runner import CaseRunner
from safeguard_rules.testing.telling import Examined, examined_text, examined_tree
from safeguard_rules.values.json_text import as_json

_HELP = f"""Run the cases beside packs and localities, and say how much they show.

PACK is the id of a pack or locality, a pack's folder, or a locality's file; folders named together may use each
other. Without one, all that are bundled and plugged in are tested. A failure shows what was expected, what came out,
the condition that decided and its facts. Every run also does some things wrong on purpose and looks whether that is
noticed. It ends with 1 if a case fails, a rule is not shown in all three outcomes, or such a wrong goes unnoticed.

\b
Examples:
  safeguard-rules test
  safeguard-rules test ./my-pack --details
  safeguard-rules test safe-sleep --mutants --min-share 0.95
  safeguard-rules test --junit cases.xml

{EXIT_CODES}
"""


@click.command("test", help=_HELP, short_help="Run the cases beside packs.")
@click.argument("packs", metavar="[PACK]...", nargs=-1)
@click.option("--details", is_flag=True, help="List every condition, action and statement that no case reaches.")
@click.option("--mutants", "with_mutants", is_flag=True, help="Do small wrongs to each pack: do its cases notice?")
@click.option(
    "--min-share",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="The share of mutants, from 0 to 1, that must be noticed. Implies --mutants.",
)
@click.option("--require-reviewed", is_flag=True, help="Fail while a generated case awaits its review.")
@click.option("--junit", "junit", type=click.Path(path_type=Path, dir_okay=False), help="Write JUnit XML to a file.")
@plugin_option
@form_option()
def test(
    packs: tuple[str, ...],
    details: bool,
    with_mutants: bool,
    min_share: float | None,
    require_reviewed: bool,
    junit: Path | None,
    plugins: tuple[str, ...],
    form: str,
) -> int:
    """Tests packs one after the other, and prints what was found of each."""
    runner = CaseRunner.with_plugins(plugins)
    wanted = _wanted(packs, runner) or list(runner.known())
    found: list[Examined] = []
    for each in _tested(runner, wanted, mutants=with_mutants or min_share is not None):
        found.append(each)
        if form == "text":
            print_text(examined_text(each, details=details) + "\n")
    if form == "json":
        print_text(as_json(examined_tree(found)))
    elif len(found) > 1:
        print_text(_summary(found))
    if junit is not None:
        _write(junit, junit_xml([each.run for each in found]))
    well = all(each.passed(least_share=min_share or 0.0, all_reviewed=require_reviewed) for each in found)
    return Exit.WORKED if well else Exit.NO


def _tested(runner: CaseRunner, wanted: list[str | Path], *, mutants: bool) -> Iterator[Examined]:
    for pack in with_progress(wanted, "testing"):
        cases = runner.read(pack)
        run = cases.run()
        reached = reach(cases, run)
        if run.failed:
            yield Examined(run, reached, ())
        else:
            yield Examined(run, reached, canaries(cases), run_mutants(cases.reviewed()) if mutants else None)


def _wanted(written: tuple[str, ...], runner: CaseRunner) -> list[str | Path]:
    """What to test; folders are put on the shelf first, so that they can use each other."""
    found = [pack_or_locality(each) for each in written]
    for each in found:
        if isinstance(each, Path) and each.is_dir() and runner.shelf.named(each) is each:
            runner.shelf.add_folder(each)
    return [runner.shelf.named(each) if isinstance(each, Path) else each for each in found]


def _summary(found: list[Examined]) -> str:
    cases = [result for each in found for result in each.run.results]
    rules = [rule for each in found for rule in each.run.coverage]
    passed = sum(result.passed for result in cases)
    whole = sum(not rule.missing for rule in rules)
    told = [
        f"{passed} of {count(len(cases), 'case')} passed",
        f"{whole} of {count(len(rules), 'rule')} shown in all three outcomes",
    ]
    runs = [each.mutants for each in found if each.mutants is not None]
    if runs:
        killed = sum(len(run.killed) for run in runs)
        total = killed + sum(len(run.survivors) for run in runs)
        told.append(f"{killed} of {total} mutants found out ({killed / max(1, total):.3f})")
    return f"all together: {'; '.join(told)}\n"


def _write(path: Path, text: str) -> None:
    if not path.parent.is_dir():
        raise CallError(f"--junit: there is no folder `{path.parent.as_posix()}`")
    replace_text(path, text)
