"""`docs`: packs as pages that a browser shows from a folder."""

from __future__ import annotations

from pathlib import Path

import click

from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_error, print_text, with_status
from safeguard_rules.cli.publishing import check_folder, publish
from safeguard_rules.cli.settings import day_or_today, plugin_option
from safeguard_rules.cli.targets import pack_or_locality
from safeguard_rules.reports.words import count

NEEDS_EXTRA = 'error: pages need Jinja2, which is not installed; `pip install "safeguard-rules[docs]"` brings it'

_HELP = f"""Write packs as pages for a browser.

Each rule has a page: what it recommends in English, its sources, its cases, its condition as a picture, its history.

PACK is the id of a pack, or its folder (with a slash: ./mine); without one it is all bundled packs. What a pack uses
is told too. The pages need no server and fetch nothing: open index.html in the folder. They can be printed.

FOLDER is made, or replaced if an earlier call wrote all that is in it. If anything goes wrong it stays as it was.

\b
Examples:
  safeguard-rules docs -o pages
  safeguard-rules docs safe-sleep -o pages --locality wiltshire
  safeguard-rules docs ./my-pack -o pages --as-of 2026-09-01

It needs more than the library itself: pip install "safeguard-rules[docs]"

{EXIT_CODES}
"""


@click.command(help=_HELP, short_help="Write packs as pages for a browser.")
@click.argument("packs", metavar="[PACK]...", nargs=-1)
@click.option(
    "-o", "--output", "folder", metavar="FOLDER", required=True, type=click.Path(path_type=Path), help="Where to."
)
@click.option(
    "--locality",
    "localities",
    metavar="AREA",
    multiple=True,
    help="A locality's id, or its file. Repeatable; default: all bundled ones, or none where packs are named.",
)
@click.option("--as-of", metavar="DATE", help="The day whose rules are told first. Default: today.")
@plugin_option
def docs(
    packs: tuple[str, ...], folder: Path, localities: tuple[str, ...], as_of: str | None, plugins: tuple[str, ...]
) -> int:
    """Makes all pages, then writes them."""
    try:
        from safeguard_rules.reports.html.website import website
    except ModuleNotFoundError as error:
        if error.name != "jinja2":
            raise
        print_error(NEEDS_EXTRA)
        return Exit.COULD_NOT_RUN
    from safeguard_rules.testing.documenting import documented

    day = day_or_today(as_of)
    check_folder(folder)
    with with_status("reading packs and drawing their cases"):
        asked = [pack_or_locality(each) for each in packs], [pack_or_locality(each) for each in localities]
        found = documented(asked[0] or None, asked[1] or None, as_of=day, plugins=plugins)
    with with_status("writing pages"):
        files = website(found)
        publish(files, folder)
    pages = sum(name.endswith(".html") for name in files)
    print_text(f"{count(pages, 'page')} in {folder.as_posix()}: open {(folder / 'index.html').as_posix()}\n")
    return Exit.WORKED
