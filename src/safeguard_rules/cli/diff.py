"""`diff`: what two states of packs say differently, and which cases come out otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from safeguard_rules.case.family import Family
from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_lines, print_text, with_progress
from safeguard_rules.cli.settings import day_or_today, form_option, plugin_option, read_input
from safeguard_rules.cli.targets import targets
from safeguard_rules.engine.action_changes import TriedCase
from safeguard_rules.errors import CallError, PackError
from safeguard_rules.packs.differing import Side, differences
from safeguard_rules.packs.files import CASES
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.whereabouts import shown_name
from safeguard_rules.reports.differences_text import ToldDifferences, differences_lines, differences_tree
from safeguard_rules.source import Issue
from safeguard_rules.testing.case_files import read_cases
from safeguard_rules.testing.diffing import aimed_cases, books_for, diff_cases, made_cases, own_cases
from safeguard_rules.values.json_text import as_json

_HELP = f"""Say what changed between two states of packs: in words, and in the actions of cases.

OLD and NEW are each a pack's folder, a locality's file, or a folder with several of these. What they use and do not
have themselves comes from the bundled packs. Of every change in words it says whether it asks for more or for less, as
far as that can be shown. Then the cases beside the packs of both sides are tried, those given with --cases, cases
made from them by leaving one part out, and cases made towards outcomes of the rules: for each action that is told
differently, the smallest case that shows it.

A `must` that is lost stands first. With --fail-on-loss the exit code is 1 if one is lost, in words or in a case, or if
in some case an action is gone or weaker; without it, differences are no failure.

For an older state, take it out of the history first: git worktree add ../before v1.0.

\b
Examples:
  safeguard-rules diff ../before/my-pack my-pack
  safeguard-rules diff ../before/rulepacks rulepacks --cases examples --fail-on-loss
  safeguard-rules diff old.yaml new.yaml --made 0 --format json

{EXIT_CODES}
"""


@click.command(help=_HELP, short_help="Say what changed between two states of packs.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--cases", "given", metavar="PATH", multiple=True, help="Case files, or a folder of them. Repeatable.")
@click.option(
    "--made",
    metavar="NUMBER",
    type=click.IntRange(0),
    default=200,
    show_default=True,
    help="How many cases to make of each kind, at most.",
)
@click.option("--as-of", metavar="DATE", help="The day for cases that name none. Default: today.")
@click.option("--fail-on-loss", is_flag=True, help="End with 1 if a case, or a `must`, is worse off.")
@plugin_option
@form_option()
def diff(
    old: str,
    new: str,
    given: tuple[str, ...],
    made: int,
    as_of: str | None,
    fail_on_loss: bool,
    plugins: tuple[str, ...],
    form: str,
) -> int:
    """Compares two states, and prints what is different."""
    active = activate(plugins)
    before, after = _side(old, active), _side(new, active)
    words = differences(before, after)
    cases = (*own_cases((before, after)), *(case for path in given for case in _given(path, as_of)))
    books = books_for(before, after, cases)
    tried = (*cases, *made_cases(cases, made), *aimed_cases(books, made))
    found, changes = diff_cases(books, with_progress(tried, "trying cases"))
    told = ToldDifferences(before.shown, after.shown, words, found, changes)
    if form == "json":
        print_text(as_json(differences_tree(told)))
    else:
        print_lines(differences_lines(told))
    lost = found.loses or any(each.loses_must for pack in words for each in pack.differences)
    return Exit.NO if lost and fail_on_loss else Exit.WORKED


def _side(written: str, plugins: Plugins) -> Side:
    found = targets((written,))
    packs = [target.path for target in found if target.sort == "pack"]
    localities = [target.path for target in found if target.sort == "locality"]
    if not packs and not localities:
        raise CallError(f"there is no pack and no locality under `{Path(written).as_posix()}`")
    return Side.of(Path(written).as_posix(), packs, localities, plugins)


def _given(written: str, as_of: str | None) -> Iterator[TriedCase]:
    """The cases in a file, or in all case files below a folder; a family gives one for each child."""
    path = Path(written)
    if path.name.endswith(CASES):
        yield from _of_packs(path)
        return
    for target in targets((written,)):
        if target.sort == "case":
            yield from _of_file(target.path, as_of)


def _of_file(path: Path, as_of: str | None) -> Iterator[TriedCase]:
    read = read_input(str(path))
    cases = read.case.cases() if isinstance(read.case, Family) else (read.case,)
    day = read.header.as_of or day_or_today(as_of)
    for case in cases:
        yield TriedCase(case, day, read.header.locality, read.header.role, "given", path.as_posix())


def _of_packs(path: Path) -> Iterator[TriedCase]:
    issues: list[Issue] = []
    found = read_cases(path, shown_name(path), issues)
    if issues:
        raise PackError(issues)
    for case in found:
        yield TriedCase(case.case, case.as_of, case.locality, case.role, "given", case.title)
