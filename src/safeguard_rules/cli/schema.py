"""`schema`: JSON Schemas of every kind of file, with which an editor completes, explains and checks while one types."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from safeguard_rules.cli.exits import EXIT_CODES
from safeguard_rules.cli.printing import print_error, print_text
from safeguard_rules.cli.settings import plugin_option
from safeguard_rules.cli.targets import pack_or_locality
from safeguard_rules.cli.writing import replace_text
from safeguard_rules.errors import CallError
from safeguard_rules.packs.choosing import Chosen, Shelf, choose
from safeguard_rules.packs.plugins import Plugins, activate
from safeguard_rules.packs.whereabouts import locality_ids
from safeguard_rules.reports.words import count, listing
from safeguard_rules.schemas.kinds import KINDS, editor_settings, file_name, schema_text
from safeguard_rules.schemas.known import Known, known_in
from safeguard_rules.vocabulary.facts import Vocabulary

_HELP = f"""Write the JSON Schemas (2020-12) with which an editor completes and explains packs and cases.

They know the facts of a case and their tests, and the actions, statements, definitions and parameters of each PACK and
of the packs that it uses. PACK is the id of a pack or locality, a pack's folder or a locality's file; without one all
that is bundled is taken. Write them again when names have changed.

With a KIND before the packs, one schema is printed instead: {", ".join(KINDS)}.

\b
Examples:
  safeguard-rules schema --output .schemas
  safeguard-rules schema ./my-pack ./my-area.yaml --output .schemas
  safeguard-rules schema case
  safeguard-rules schema rules non-mobile-injury

{EXIT_CODES}
"""


@click.command(help=_HELP, short_help="Write JSON Schemas for editors.")
@click.argument("words", metavar="[KIND] [PACK]...", nargs=-1)
@click.option("-o", "--output", metavar="FOLDER", help="The folder to write them into; it is made if it is not there.")
@plugin_option
def schema(words: tuple[str, ...], output: str | None, plugins: tuple[str, ...]) -> None:
    """Writes the schemas, or prints one."""
    kind = words[0] if words[:1] and words[0] in KINDS else None
    if (kind is None) == (output is None):
        raise CallError(f"name a folder with --output, or else one kind of file: {', '.join(KINDS)}")
    active = activate(plugins)
    found = _chosen(words if kind is None else words[1:], active)
    vocabulary, known = Vocabulary.extended(active.extensions, active.derived), known_in(found, active)
    if kind is not None:
        print_text(schema_text(kind, vocabulary, known))
    elif output is not None:
        _write(Path(output), vocabulary, known)
    _warn(found)


def _chosen(written: Sequence[str], active: Plugins) -> tuple[Chosen, ...]:
    """The packs, and each locality with the packs that it uses; all that is bundled where none is named."""
    named = [pack_or_locality(each) for each in written]
    bundled = locality_ids(active)
    areas = [each for each in named if str(each) in bundled or str(each).endswith(".yaml")]
    packs = [each for each in named if each not in areas] if named else None
    shelf = Shelf.of(active)
    return tuple(choose(packs, area, shelf) for area in (areas if named else bundled) or (None,))


def _write(folder: Path, vocabulary: Vocabulary, known: Known) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        replace_text(folder / file_name(kind), schema_text(kind, vocabulary, known))
    what = listing(
        [
            count(len(known.rules), "rule"),
            count(len(known.actions), "action"),
            count(len(known.definitions), "definition"),
            count(len(known.statements), "statement"),
        ]
    )
    print_text(f"wrote {count(len(KINDS), 'schema')} into {folder.as_posix()}: {what}\n")
    print_text(f"\nSettings for an editor with yaml-language-server:\n\n{editor_settings(folder.as_posix())}")


def _warn(found: Sequence[Chosen]) -> None:
    """Says that packs have errors, which does not keep anybody from getting help with writing them."""
    issues = {issue for chosen in found for issue in chosen.issues if issue.severity == "error"}
    if issues:
        print_error(f"the packs have {count(len(issues), 'error')}, which `safeguard-rules check` shows")
