"""`packs`: which packs, localities and plug-ins there are, and what a pack says in plain English."""

from __future__ import annotations

from pathlib import Path

import click

from safeguard_rules.cli.exits import EXIT_CODES
from safeguard_rules.cli.printing import print_lines, print_text
from safeguard_rules.cli.settings import PACKS_HELP, day_or_today, form_option, plugin_option
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError, PackError
from safeguard_rules.messages import nearest
from safeguard_rules.packs.files import PackFiles, read_locality, read_pack
from safeguard_rules.packs.plugins import BUNDLED, Plugins, activate, installed
from safeguard_rules.packs.whereabouts import locality_ids, shown_name
from safeguard_rules.reports.meanings_text import OfferedMeaning, meanings_lines, meanings_tree, offered_meanings
from safeguard_rules.reports.packs_listing import ListedPlugin, listed, listing_lines
from safeguard_rules.reports.packs_text import Shown, pack_tree, show_lines
from safeguard_rules.source import Issue
from safeguard_rules.values.json_text import as_json

_AS_OF = click.option("--as-of", metavar="DATE", help="The day for which to show it. Default: today.")


@click.group(help="List packs, localities and plug-ins, or show what one says.", short_help="List and show packs.")
def packs() -> None:
    """The commands about packs."""


@packs.command(
    "list",
    help=f"""List the packs, localities and plug-ins that are installed.

Plug-ins are listed by what their distribution says of itself. One that is not named with --plugin is not imported.

\b
Examples:
  safeguard-rules packs list
  safeguard-rules packs list --as-of 2027-05-01
  safeguard-rules packs list --format json

{EXIT_CODES}
""",
    short_help="List packs, localities and plug-ins.",
)
@_AS_OF
@plugin_option
@form_option()
def list_packs(as_of: str | None, plugins: tuple[str, ...], form: str) -> None:
    """Lists what is installed."""
    day = day_or_today(as_of)
    active = activate(plugins)
    issues: list[Issue] = []
    found = _read_all(active, issues)
    if issues:
        raise PackError(issues)
    plugged = tuple(
        ListedPlugin(each.name, each.distribution, each.version, each.name in (BUNDLED, *plugins))
        for each in installed()
    )
    if form == "json":
        print_text(as_json({**listed(found, day), "plugins": plugged}))
    else:
        print_lines(listing_lines(found, plugged, day))


@packs.command(
    "show",
    help=f"""Show what a pack says: its rules in English, with obligations, times and sources.

PACK is the id of a pack or locality, or a pack's folder (written with a slash: ./mine).

\b
Examples:
  safeguard-rules packs show non-mobile-injury
  safeguard-rules packs show wiltshire
  safeguard-rules packs show ./my-pack --format json

{EXIT_CODES}
""",
    short_help="Show what a pack says, in English.",
)
@click.argument("pack", metavar="PACK")
@_AS_OF
@plugin_option
@form_option()
def show_pack(pack: str, as_of: str | None, plugins: tuple[str, ...], form: str) -> None:
    """Shows one pack or locality."""
    rulebook, id_ = _rulebook_with(pack, plugins)
    files = next(files for files, _ in rulebook.loaded.files if files.id == id_)
    stamp = next(stamp for stamp in rulebook.packs if stamp.id == id_)
    day = day_or_today(as_of)
    shown = Shown(files, stamp, rulebook.content, rulebook.program(day).wording, day)
    if form == "json":
        print_text(as_json(pack_tree(shown)))
    else:
        print_lines(show_lines(shown))


@packs.command(
    "meanings",
    help=f"""Show what areas mean differently: each form, whose it is, and what adopting it takes.

DEFINITION is a definition's short or full name: `not_independently_mobile`. Without it all are shown that have more
than one form.

\b
Examples:
  safeguard-rules packs meanings
  safeguard-rules packs meanings not_independently_mobile
  safeguard-rules packs meanings --packs ./my-pack --format json

{EXIT_CODES}
""",
    short_help="Show what areas mean differently.",
)
@click.argument("definition", metavar="[DEFINITION]", required=False)
@click.option("--packs", "named", metavar="PACK", multiple=True, help=PACKS_HELP)
@click.option("--as-of", metavar="DATE", help="The day for which to show them. Default: today.")
@plugin_option
@form_option()
def show_meanings(
    definition: str | None, named: tuple[str, ...], as_of: str | None, plugins: tuple[str, ...], form: str
) -> None:
    """Shows the forms of the definitions that areas mean differently."""
    rulebook = Rulebook.load(named or None, plugins=plugins)
    issues: list[Issue] = []
    areas = _read_localities(activate(plugins), issues)
    if issues:
        raise PackError(issues)
    day = day_or_today(as_of)
    found = offered_meanings(rulebook.content, areas, day)
    if definition is not None:
        found = _named(definition, found)
    wording = rulebook.program(day).wording
    if form == "json":
        print_text(as_json(meanings_tree(found, wording, day)))
    else:
        print_lines(meanings_lines(found, wording, day))


def _named(definition: str, found: tuple[OfferedMeaning, ...]) -> tuple[OfferedMeaning, ...]:
    names = [each.definition.name for each in found]
    chosen = tuple(each for each in found if definition in (each.definition.name, _short(each.definition.name)))
    if not chosen:
        near = nearest(definition, [*names, *map(_short, names)])
        hint = f"did you mean `{near}`?" if near else f"there are {', '.join(f'`{name}`' for name in names) or 'none'}"
        raise CallError(f"there is no definition `{definition}` with more than one form; {hint}")
    return chosen


def _short(name: str) -> str:
    return name.rpartition(":")[2]


def _rulebook_with(pack: str, plugins: tuple[str, ...]) -> tuple[Rulebook, str]:
    """A rulebook that holds a pack or locality, and its id."""
    if "/" in pack or "\\" in pack or pack in (".", ".."):
        rulebook = Rulebook.load([pack], plugins=plugins)
        folder = shown_name(Path(pack))
        return rulebook, next(files.id for files, found in rulebook.loaded.files if found.shown == folder)
    localities = locality_ids(activate(plugins))
    if pack in localities:
        return Rulebook.load(locality=pack, plugins=plugins), pack
    rulebook = Rulebook.load(plugins=plugins)
    known = [stamp.id for stamp in rulebook.packs]
    if pack not in known:
        near = nearest(pack, [*known, *localities])
        hint = f"; did you mean `{near}`?" if near else "; `safeguard-rules packs list` lists them"
        raise CallError(f"there is no pack or locality `{pack}`{hint}")
    return rulebook, pack


def _read_all(active: Plugins, issues: list[Issue]) -> tuple[PackFiles, ...]:
    packs_ = [read_pack(folder, shown_name(folder), issues) for _, folder in active.packs]
    return (*(each for each in packs_ if each is not None), *_read_localities(active, issues))


def _read_localities(active: Plugins, issues: list[Issue]) -> tuple[PackFiles, ...]:
    areas = [read_locality(file, shown_name(file), issues) for _, file in active.localities]
    return tuple(each for each in areas if each is not None)
