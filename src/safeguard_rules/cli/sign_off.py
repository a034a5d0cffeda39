"""`sign-off`: writes into a pack who reviewed it, when, and what it meant on that day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_text
from safeguard_rules.cli.settings import plugin_option
from safeguard_rules.cli.writing import replace_text
from safeguard_rules.errors import CallError
from safeguard_rules.packs.files import MAIN, PackFiles
from safeguard_rules.packs.loaded import Loaded
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.signing import meaning_of, signed_text
from safeguard_rules.packs.skeletons import left_over
from safeguard_rules.reports.words import count, day
from safeguard_rules.testing.runner import CaseRunner
from safeguard_rules.values.uk_clock import uk_day

_HELP = f"""Write into a pack, or a locality, that somebody reviewed what it says.

PATH is a pack's folder or a locality's file. The review is of what the pack means on that day, with all that it uses
from other packs: a digest of that is written beside the name. As soon as the meaning changes, the pack counts as a
draft again, and `check` says so; a changed comment, version, case, accepted lint or order of
keys changes nothing.

A pack with an error, with a case that fails, or with an example that is still to be replaced, cannot be signed off.

\b
Examples:
  safeguard-rules sign-off my-pack --by "designated doctor, Exampleshire"
  safeguard-rules sign-off my-area.yaml --by "policy lead" --on 2026-11-22 --dry-run

{EXIT_CODES}
"""


@click.command("sign-off", help=_HELP, short_help="Write down that a pack was reviewed.")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--by", metavar="WHO", required=True, help="Who reviewed it: a role, and a name where that is wanted.")
@click.option("--on", "on_day", metavar="DATE", help="The day of the review. Default: today.")
@plugin_option
@click.option("--dry-run", is_flag=True, help="Print the file as it would be, and write nothing.")
def sign_off(path: Path, by: str, on_day: str | None, plugins: tuple[str, ...], dry_run: bool) -> int:
    """Checks a pack, runs its cases and writes the sign-off into its main file."""
    if not by.strip():
        raise CallError("--by: expected who reviewed it, got nothing")
    reviewed_on = _day(on_day)
    active = activate(plugins)
    main = path / MAIN if path.is_dir() else path
    if not main.is_file():
        raise CallError(f"there is no pack and no locality at `{path.as_posix()}`")
    loaded, files = _load(path, active)
    if _is_unfinished(files) or _fails(path, active):
        return Exit.NO
    meaning = meaning_of(files, loaded.readable)
    written = signed_text(files, by.strip(), reviewed_on, meaning)
    if written is None:
        raise CallError(_by_hand(main, by.strip(), reviewed_on, meaning))
    if dry_run:
        print_text(written)
        return Exit.WORKED
    replace_text(main, written)
    print_text(f"{files.id}: reviewed by {by.strip()} on {day(str(reviewed_on))}, written into {main.as_posix()}\n")
    return Exit.WORKED


def _day(given: str | None) -> date:
    if given is None:
        return uk_day(datetime.now(UTC))
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CallError(f"--on: expected a day such as 2026-11-22, got `{given}`") from None


def _load(path: Path, plugins: Plugins) -> tuple[Loaded, PackFiles]:
    """What a pack's folder or a locality's file holds, in a rulebook with all that it uses."""
    loaded = load([path], None, plugins) if path.is_dir() else load(None, path, plugins)
    kind = "pack" if path.is_dir() else "locality"
    own = path.resolve()
    of_kind = ((files, Path(str(found.place))) for files, found in loaded.files if files.kind == kind)
    return loaded, next(files for files, place in of_kind if place.resolve() == own)


def _is_unfinished(files: PackFiles) -> bool:
    """Whether something of a skeleton has not been replaced; then it says where."""
    texts = [*(part.root.place.text for part in files.parts), *(source.root.place.text for source in files.sources)]
    left = left_over(texts)
    if left:
        places = "\n".join(f"  {name}:{line}" for name, line in left)
        print_text(f"not signed off: {count(len(left), 'example')} of {files.id} to be replaced\n{places}\n")
    return bool(left)


def _fails(path: Path, plugins: Plugins) -> bool:
    run = CaseRunner(plugins).run(path)
    if run.failed:
        print_text(f"{run}\n\nnot signed off: {count(len(run.failed), 'case')} of {run.pack} failed\n")
    return bool(run.failed)


def _by_hand(main: Path, by: str, on_day: date, meaning: str) -> str:
    return (
        f"`{main.as_posix()}` is laid out so that it cannot be changed here; write into it:\n"
        f"status: reviewed\nreviewed:\n  by: {by}\n  day: {on_day}\n  meaning: {meaning}"
    )
