"""`new`: skeletons of packs, rules, sources and localities that check at once, and what to do next."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from safeguard_rules import messages
from safeguard_rules.cli.exits import EXIT_CODES
from safeguard_rules.cli.printing import print_error, print_text
from safeguard_rules.errors import CallError, PackError
from safeguard_rules.packs.choosing import Shelf
from safeguard_rules.packs.citing import ID as SOURCE_ID
from safeguard_rules.packs.draft import NAME
from safeguard_rules.packs.files import MAIN, PackFiles, read_pack
from safeguard_rules.packs.loading import load
from safeguard_rules.packs.plugins import activate
from safeguard_rules.packs.skeletons import (
    FIRST_RULE,
    Files,
    locality_skeleton,
    pack_skeleton,
    rule_skeleton,
    source_skeleton,
)
from safeguard_rules.packs.whereabouts import locality_ids, shown_name
from safeguard_rules.source import Issue

_HELP = """Write the skeleton of a pack, a rule, a source or a locality, which checks at once.

What has to be replaced says EXAMPLE. Nothing that is there is touched: a file that exists already, or a name that is
taken, is refused, and then nothing is written at all.
"""
_PACK = click.argument("pack", metavar="PACK", type=click.Path(path_type=Path))
_ID = click.argument("id_", metavar="ID")


@click.group(help=_HELP, short_help="Write skeletons of packs, rules, sources, localities.")
def new() -> None:
    """The commands that write skeletons."""


@new.command(
    "pack",
    help=f"""Write a pack with one rule, its three cases and a source register, all of it to be replaced.

ID is the name of the pack: small letters and digits, with hyphens between them.

\b
Examples:
  safeguard-rules new pack my-area-injuries --title "Injuries in my area"
  safeguard-rules new pack my-area-injuries -o packs/injuries

{EXIT_CODES}
""",
    short_help="Write a pack with a rule, its cases and a source.",
)
@_ID
@click.option("--title", help="Its name for people. Default: made from the ID.")
@click.option("-o", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help="Where to. Default: ./ID.")
def new_pack(id_: str, title: str | None, folder: Path | None) -> None:
    """Writes a pack."""
    _check(id_, NAME)
    if id_ in Shelf.of(activate(())).known:
        raise CallError(f"there is a bundled pack `{id_}` already; nothing was written")
    home = folder or Path(id_)
    if home.is_dir() and any(home.iterdir()):
        raise CallError(f"the folder `{home.as_posix()}` is not empty; nothing was written")
    with _written(home, pack_skeleton(id_, _title(id_, title))) as written:
        load([home], None)
    first = "/".join((home.as_posix(), f"sources/{FIRST_RULE}-placeholder.yaml"))
    _tell(written, f"replace what says EXAMPLE, and begin with the source: {first}", home, home)


@new.command(
    "rule",
    help=f"""Write a rule with its action and its three cases into a pack, in files of their own.

PACK is the pack's folder, ID the name of the rule and of its action. With --cites both cite statements that the pack
has, or uses; without, a register with a placeholder is written as well.

\b
Examples:
  safeguard-rules new rule my-pack report-burn
  safeguard-rules new rule my-pack report-burn --cites my-source/burns

{EXIT_CODES}
""",
    short_help="Write a rule with its action and its cases.",
)
@_PACK
@_ID
@click.option("--cites", metavar="SOURCE/STATEMENT", multiple=True, help="What it rests on. Repeatable.")
def new_rule(pack: Path, id_: str, cites: tuple[str, ...]) -> None:
    """Writes a rule."""
    _check(id_, NAME)
    files = _pack(pack)
    for sort in ("rules", "actions"):
        if any(id_ in (*getattr(part.model, sort), *part.broken.get(sort, ())) for part in files.parts):
            raise CallError(f"`{files.id}` has `{id_}` among its {sort} already; nothing was written")
    skeleton = rule_skeleton(id_, tuple(dict.fromkeys(cites)))
    with _written(pack, skeleton) as written:
        load([Shelf.of(activate(())).named(pack)], None)
    _tell(written, f"replace what says EXAMPLE, condition and cases too: {written[0].as_posix()}", pack, pack)


@new.command(
    "source",
    help=f"""Write the register of a source into a pack: what the document is, and its first statement.

PACK is the pack's folder, ID the name of the source. No rule carries the statement so far, and it says so.

\b
Examples:
  safeguard-rules new source my-pack my-area-policy

{EXIT_CODES}
""",
    short_help="Write the register of a source.",
)
@_PACK
@_ID
def new_source(pack: Path, id_: str) -> None:
    """Writes a source register."""
    _check(id_, SOURCE_ID)
    files = _pack(pack)
    if any(part.model.source == id_ for part in files.sources):
        raise CallError(f"the pack `{files.id}` has a source `{id_}` already; nothing was written")
    with _written(pack, source_skeleton(id_)) as written:
        load([Shelf.of(activate(())).named(pack)], None)
    _tell(written, f"write down every statement, in your own words: {written[0].as_posix()}", pack, pack)


@new.command(
    "locality",
    help=f"""Write a locality with one contact, its case, and a small pack for the sources of the area.

ID is the name of the area: small letters and digits, with hyphens between them.

\b
Examples:
  safeguard-rules new locality exampleshire
  safeguard-rules new locality exampleshire --title "The County of Example" -o areas

{EXIT_CODES}
""",
    short_help="Write a locality with its case and a pack for its sources.",
)
@_ID
@click.option("--title", help="Its name for people. Default: made from the ID.")
@click.option(
    "-o", "folder", metavar="FOLDER", type=click.Path(path_type=Path), default=Path(), help="Where to. Default: here."
)
def new_locality(id_: str, title: str | None, folder: Path) -> None:
    """Writes a locality, and a pack for its sources."""
    _check(id_, NAME)
    if id_ in locality_ids(activate(())):
        raise CallError(f"there is a bundled locality `{id_}` already; nothing was written")
    sources, area = folder / f"{id_}-sources", folder / f"{id_}.yaml"
    with _written(folder, locality_skeleton(id_, _title(id_, title))) as written:
        shelf = Shelf.of(activate(()))
        shelf.add_folder(sources)
        load(None, area, shelf)
    _tell(written, f"replace what says EXAMPLE, and begin with the sources: {written[-1].as_posix()}", sources, area)


def _check(name: str, form: re.Pattern[str]) -> None:
    if not form.fullmatch(name):
        message = messages.bad_name(name) if form is NAME else messages.bad_id(name)
        raise CallError(f"{message.text}; {message.help}")


def _title(id_: str, title: str | None) -> str:
    if title is not None and not title.strip():
        raise CallError("--title: expected a name for people, got nothing")
    return (title or re.sub("[-_]", " ", id_).capitalize()).strip()


def _pack(folder: Path) -> PackFiles:
    """What stands in a pack's folder already; raises `CallError`, `PackError`."""
    if not (folder / MAIN).is_file():
        raise CallError(f"there is no pack in `{folder.as_posix()}`: no `{MAIN}`")
    issues: list[Issue] = []
    files = read_pack(folder, shown_name(folder), issues)
    if files is None:
        raise PackError(issues)
    return files


@contextmanager
def _written(folder: Path, files: Files) -> Iterator[tuple[Path, ...]]:
    """Writes new files below a folder; takes them away again if something goes wrong while they are looked at."""
    paths = tuple(folder / name for name in files)
    for path in paths:
        if path.exists():
            raise CallError(f"there is a file `{path.as_posix()}` already; nothing was written")
    missing = [each for path in paths for each in path.parents if not each.exists()]
    folders = sorted(set(missing), key=lambda each: len(each.parts), reverse=True)
    try:
        for path, text in zip(paths, files.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        yield paths
    except BaseException as error:
        if isinstance(error, PackError):
            print_error("nothing was written, for there would be errors:")
        for path in paths:
            path.unlink(missing_ok=True)
        for each in folders:
            if each.is_dir():
                each.rmdir()
        raise


def _tell(written: Sequence[Path], first: str, *checked: Path) -> None:
    shown = list(dict.fromkeys(shlex.quote(_as_path(path)) for path in checked))
    tested = " ".join(shown)
    lines = [
        *(f"wrote {path.as_posix()}" for path in written),
        "next:",
        f"  1. {first}",
        f"  2. safeguard-rules check {tested}",
        f"  3. safeguard-rules test {tested}",
    ]
    print_text("\n".join(lines) + "\n")


def _as_path(path: Path) -> str:
    """A path that no command takes for the id of a pack."""
    written = path.as_posix()
    return written if "/" in written or written in (".", "..") or path.suffix == ".yaml" else f"./{written}"
