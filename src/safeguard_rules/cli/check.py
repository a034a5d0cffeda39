"""`check`: everything that is wrong with packs, localities, case files and stories, at its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from safeguard_rules.case.reading import read_case_file
from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_text, with_progress
from safeguard_rules.cli.settings import day_or_today, form_option, plugin_option
from safeguard_rules.cli.targets import Target, targets
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CaseError, PackError
from safeguard_rules.packs.bank_holidays import ending_soon
from safeguard_rules.packs.choosing import Shelf
from safeguard_rules.packs.linting.accepting import Accepted
from safeguard_rules.packs.linting.table import lint
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.shelf_life import shelf_life_issues
from safeguard_rules.packs.versions import engine_version
from safeguard_rules.packs.whereabouts import locality_ids
from safeguard_rules.reports.as_json import issues_tree
from safeguard_rules.reports.issues_github import issues_github
from safeguard_rules.reports.issues_sarif import issues_sarif
from safeguard_rules.reports.words import count, listing
from safeguard_rules.source import Issue, Severity, draw
from safeguard_rules.testing.runner import CaseRunner
from safeguard_rules.testing.stories import StoryRunner
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.json_text import as_json

_HELP = f"""Check packs, localities, case files and stories, and show everything that is wrong at its line.

PATH is a pack's folder, a file of a pack, a locality's file, a case file, a story, or a folder with any of these. The
cases beside a pack or locality are read with it. Without a path the bundled packs and localities are checked. Besides
errors it tells what a careful colleague would ask about: warnings, which count as wrong with --strict only, and notes,
which are counted, and shown with --notes. What its author accepts, with a reason in the file, is left out. The page
docs/lints.md explains each of them. A pack whose day of review is over gives a warning too, and so do bank holidays
that end within a year.

\b
Examples:
  safeguard-rules check
  safeguard-rules check rulepacks/non_mobile_injury
  safeguard-rules check examples my-area.yaml
  safeguard-rules check my-pack --notes --strict
  safeguard-rules check my-pack --format sarif > check.sarif
  safeguard-rules check --as-of 2027-03-01

{EXIT_CODES}
"""


_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(slots=True)
class _Checked:
    """What was checked, and what was found."""

    plugins: Plugins
    names: tuple[str, ...]
    day: AsOf
    issues: set[Issue] = field(default_factory=set)
    accepted: set[Accepted] = field(default_factory=set)
    packs: int = 0
    localities: int = 0
    cases: int = 0
    stories: int = 0
    passed_over: tuple[Path, ...] = ()

    def of(self, *severities: Severity) -> list[Issue]:
        """The issues of some severities."""
        return [issue for issue in self.issues if issue.severity in severities]


@click.command(help=_HELP, short_help="Check packs, localities, case files and stories.")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--as-of", metavar="DATE", help="The day on which reviews and dates are to be in time. Default: today.")
@plugin_option
@form_option(
    "sarif",
    "github",
    help_="For people, for programs, for code scanning (SARIF 2.1.0), or as annotations of GitHub Actions.",
)
@click.option("--notes", is_flag=True, help="Show notes too: what is worth knowing and no fault.")
@click.option("--strict", is_flag=True, help="Let warnings count as wrong.")
def check(
    paths: tuple[str, ...], as_of: str | None, plugins: tuple[str, ...], form: str, notes: bool, strict: bool
) -> int:
    """Checks what the paths lead to, and prints every issue."""
    checked = _Checked(activate(plugins), plugins, day_or_today(as_of))
    wanted = targets(paths)
    if paths:
        _check_targets(wanted, checked)
    else:
        _check_bundled(checked)
    print_text(_told(checked, form, notes=notes))
    wrong = checked.of("error", "warning") if strict else checked.of("error")
    return Exit.NO if wrong else Exit.WORKED


def _check_bundled(checked: _Checked) -> None:
    rulebook = _load(None, None, checked)
    localities = locality_ids(checked.plugins)
    for locality in localities:
        _load(None, locality, checked)
    kinds = [stamp.kind for stamp in rulebook.packs] if rulebook is not None else []
    checked.packs = kinds.count("pack") or len(checked.plugins.packs)
    checked.localities = len(localities)


def _check_targets(wanted: Sequence[Target], checked: _Checked) -> None:
    folders = [target.path for target in wanted if target.sort == "pack"]
    shelf = Shelf.of(checked.plugins) if folders else None
    packs = [shelf.named(folder) for folder in folders] if shelf is not None else []
    checked.packs = len(packs)
    runner = CaseRunner(checked.plugins)
    if packs and _load(packs, None, checked) is not None:
        for pack in packs:
            _check_cases_beside(pack, runner, checked)
    checked.passed_over = tuple(target.path for target in wanted if target.sort == "other")
    others = [target for target in wanted if target.sort in ("locality", "case", "story")]
    with_bundled = (
        _with_bundled(packs, plugins=checked.names) if any(target.sort == "locality" for target in others) else packs
    )
    stories = StoryRunner(plugins=checked.names)
    for target in with_progress(others, "checking"):
        if target.sort == "locality":
            checked.localities += 1
            # Beside packs of one's own a locality may use them, and a runner knows the bundled ones only.
            if _load(with_bundled, target.path, checked) is not None and not packs:
                _check_cases_beside(target.path, runner, checked)
        elif target.sort == "story":
            checked.stories += 1
            _check_story(target.path, stories, checked)
        else:
            checked.cases += 1
            _check_case(target.path, checked)


def _with_bundled(packs: Sequence[str | Path], plugins: tuple[str, ...]) -> Sequence[str | Path] | None:
    """All that a locality may build on: the packs given, and the bundled ones."""
    if not packs:
        return None
    try:
        bundled = [stamp.id for stamp in Rulebook.load(plugins=plugins).packs]
    except PackError:
        return packs
    return [*bundled, *(pack for pack in packs if pack not in bundled)]


def _load(packs: Sequence[str | Path] | None, locality: str | Path | None, checked: _Checked) -> Rulebook | None:
    try:
        rulebook = Rulebook.load(packs, locality=locality, plugins=checked.names)
    except PackError as error:
        checked.issues.update(error.issues)
        return None
    found = lint(rulebook.loaded, _looked_at(rulebook, packs, locality))
    checked.issues.update(found.open)
    checked.accepted.update(found.accepted)
    checked.issues.update(ending_soon(rulebook.content, checked.day.day))
    checked.issues.update(shelf_life_issues((files for files, _ in rulebook.loaded.files), checked.day.day))
    return rulebook


def _looked_at(
    rulebook: Rulebook, packs: Sequence[str | Path] | None, locality: str | Path | None
) -> Sequence[str] | None:
    """The ids of what was named; None means all. What a pack uses is for its own authors to mend."""
    if locality is not None:
        return [str(rulebook.locality)]
    if packs is None:
        return None
    return [files.id for files, found in rulebook.loaded.files if files.id in packs or found.place in packs]


def _check_case(path: Path, checked: _Checked) -> None:
    try:
        read_case_file(path)
    except CaseError as error:
        checked.issues.update(error.issues)


def _check_cases_beside(pack: str | Path, runner: CaseRunner, checked: _Checked) -> None:
    """Reads the cases beside rules and what each expects; whether that comes about is for `test`."""
    try:
        runner.read(pack)
    except PackError as error:
        checked.issues.update(error.issues)


def _check_story(path: Path, stories: StoryRunner, checked: _Checked) -> None:
    """Reads a story and what it expects of each day; whether that comes about is for a test."""
    try:
        stories.read(path)
    except (CaseError, PackError) as error:
        checked.issues.update(error.issues)


def _told(checked: _Checked, form: str, *, notes: bool) -> str:
    shown = checked.issues if notes else checked.of("error", "warning")
    match form:
        case "json":
            return _as_json(checked)
        case "sarif":
            return issues_sarif(checked.issues, engine_version(), checked.accepted)
        case "github":
            return f"{issues_github(shown)}{_summary(checked, notes=notes)}\n"
    drawn = [draw(shown)] if shown else []
    over = [f"passed over, with nothing of a case in it: {path.as_posix()}" for path in checked.passed_over]
    return "\n".join([*drawn, *over, _summary(checked, notes=notes)]) + "\n"


def _summary(checked: _Checked, *, notes: bool) -> str:
    things: Iterable[tuple[int, str, str]] = (
        (checked.packs, "pack", "packs"),
        (checked.localities, "locality", "localities"),
        (checked.cases, "case file", "case files"),
        (checked.stories, "story", "stories"),
    )
    what = listing(count(number, one, many) for number, one, many in things if number)
    errors, warnings, noted = (len(checked.of(each)) for each in _SEVERITIES)
    found = [count(errors, "error") if errors else "no errors"]
    found += [count(warnings, "warning")] if warnings else []
    found += [count(noted, "note")] if noted else []
    hint = "; `--notes` shows the notes" if noted and not notes else ""
    return f"checked {what}: {listing(found)}{hint}"


def _as_json(checked: _Checked) -> str:
    errors, warnings, noted = (len(checked.of(each)) for each in _SEVERITIES)
    return as_json(
        {
            "checked": {
                "packs": checked.packs,
                "localities": checked.localities,
                "cases": checked.cases,
                "stories": checked.stories,
            },
            "passed_over": [path.as_posix() for path in checked.passed_over],
            "errors": errors,
            "warnings": warnings,
            "notes": noted,
            "issues": issues_tree(checked.issues),
            "accepted": [
                {**tree, "why": each.why} for each in sorted(checked.accepted) for tree in issues_tree([each.issue])
            ],
        }
    )
