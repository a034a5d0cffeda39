"""`check`: everything that is wrong with packs, localities, case files and stories, at its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from safeguard_rules.case.reading import read_case_file
from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_text, with_progress
from safeguard_rules.cli.targets import Target, targets
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CaseError, PackError
from safeguard_rules.packs.choosing import locality_ids, shown_name
from safeguard_rules.packs.files import read_pack
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.reports.as_json import issues_tree
from safeguard_rules.reports.words import count, listing
from safeguard_rules.source import Issue, draw
from safeguard_rules.testing.stories import StoryRunner
from safeguard_rules.values.json_text import as_json

_HELP = f"""Check packs, localities, case files and stories, and show everything that is wrong at its line.

PATH is a pack's folder, a file of a pack, a locality's file, a case file, a story, or a folder with any of these.
Without a path the bundled packs and localities are checked. Warnings are shown and do not count as wrong.

\b
Examples:
  safeguard-rules check
  safeguard-rules check rulepacks/non_mobile_injury
  safeguard-rules check examples my-area.yaml
  safeguard-rules check my-pack --format json

{EXIT_CODES}
"""


@dataclass(slots=True)
class _Checked:
    """What was checked, and what was found."""

    plugins: Plugins
    names: tuple[str, ...]
    issues: set[Issue] = field(default_factory=set)
    packs: int = 0
    localities: int = 0
    cases: int = 0
    stories: int = 0
    passed_over: tuple[Path, ...] = ()

    def errors(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.severity == "error"]


@click.command(help=_HELP, short_help="Check packs, localities, case files and stories.")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--plugin", "plugins", metavar="NAME", multiple=True, help="A plug-in to use. Repeatable.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
def check(paths: tuple[str, ...], plugins: tuple[str, ...], form: str) -> int:
    """Checks what the paths lead to, and prints every issue."""
    checked = _Checked(activate(plugins), plugins)
    wanted = targets(paths)
    if paths:
        _check_targets(wanted, checked)
    else:
        _check_bundled(checked)
    print_text(_as_json(checked) if form == "json" else _as_text(checked))
    return Exit.NO if checked.errors() else Exit.WORKED


def _check_bundled(checked: _Checked) -> None:
    rulebook = _load(None, None, checked)
    localities = locality_ids(checked.plugins)
    for locality in localities:
        _load(None, locality, checked)
    kinds = [stamp.kind for stamp in rulebook.packs] if rulebook is not None else []
    checked.packs = kinds.count("pack") or len(checked.plugins.packs)
    checked.localities = len(localities)


def _check_targets(wanted: Sequence[Target], checked: _Checked) -> None:
    packs = [_pack(target.path, checked.plugins) for target in wanted if target.sort == "pack"]
    checked.packs = len(packs)
    if packs:
        _load(packs, None, checked)
    checked.passed_over = tuple(target.path for target in wanted if target.sort == "other")
    others = [target for target in wanted if target.sort in ("locality", "case", "story")]
    with_bundled = (
        _with_bundled(packs, plugins=checked.names) if any(target.sort == "locality" for target in others) else packs
    )
    stories = StoryRunner(plugins=checked.names)
    for target in with_progress(others, "checking"):
        if target.sort == "locality":
            checked.localities += 1
            _load(with_bundled, target.path, checked)
        elif target.sort == "story":
            checked.stories += 1
            _check_story(target.path, stories, checked)
        else:
            checked.cases += 1
            _check_case(target.path, checked)


def _pack(folder: Path, plugins: Plugins) -> str | Path:
    """A folder, or the id of the pack if a plug-in gives this very folder already."""
    for _, given in plugins.packs:
        if isinstance(given, Path) and given.resolve() == folder.resolve():
            files = read_pack(given, shown_name(given), [])
            return files.id if files is not None else folder
    return folder


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
    checked.issues.update(rulebook.warnings)
    return rulebook


def _check_case(path: Path, checked: _Checked) -> None:
    try:
        read_case_file(path)
    except CaseError as error:
        checked.issues.update(error.issues)


def _check_story(path: Path, stories: StoryRunner, checked: _Checked) -> None:
    """Reads a story and what it expects of each day; whether that comes about is for a test."""
    try:
        stories.read(path)
    except (CaseError, PackError) as error:
        checked.issues.update(error.issues)


def _as_text(checked: _Checked) -> str:
    drawn = [draw(checked.issues)] if checked.issues else []
    over = [f"passed over, with nothing of a case in it: {path.as_posix()}" for path in checked.passed_over]
    return "\n".join([*drawn, *over, _summary(checked)]) + "\n"


def _summary(checked: _Checked) -> str:
    things: Iterable[tuple[int, str, str]] = (
        (checked.packs, "pack", "packs"),
        (checked.localities, "locality", "localities"),
        (checked.cases, "case file", "case files"),
        (checked.stories, "story", "stories"),
    )
    what = listing(count(number, one, many) for number, one, many in things if number)
    errors = len(checked.errors())
    warnings = len(checked.issues) - errors
    found = listing(
        [count(errors, "error") if errors else "no errors", *([count(warnings, "warning")] if warnings else [])]
    )
    return f"checked {what}: {found}"


def _as_json(checked: _Checked) -> str:
    errors = len(checked.errors())
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
            "warnings": len(checked.issues) - errors,
            "issues": issues_tree(checked.issues),
        }
    )
