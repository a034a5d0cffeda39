"""`generate`: writes cases for a pack, one for each way in which each part of a rule decides."""

from __future__ import annotations

from pathlib import Path

import click

from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_error, print_text, with_progress
from safeguard_rules.cli.settings import plugin_option
from safeguard_rules.cli.targets import pack_or_locality
from safeguard_rules.cli.writing import replace_text
from safeguard_rules.errors import CallError
from safeguard_rules.testing.generated_file import NAME
from safeguard_rules.testing.generating_pack import PackGenerator
from safeguard_rules.testing.runner import CaseRunner

_HELP = f"""Write cases for the rules of a pack.

For each part of a rule's condition, also in the definitions that it reads, three cases are looked for: the rule
applies because of that part, does not apply because of it, and stays open because of it. Each is confirmed by
evaluating it, and has no fact that it does not need.

PACK is a pack's folder, or its id. Beside the rules of a folder the cases are written into {NAME};
of a pack that is named by its id they are printed.

The cases say what the rules do, not what they should do. Each has a line `reviewed: false`: it is run, and shows
nothing, until a person has read it and taken that line away. From then on it is never changed.

\b
Examples:
  safeguard-rules generate ./my-pack
  safeguard-rules generate ./my-pack --boundaries --missing --mutants
  safeguard-rules generate safe-sleep --rule never-on-a-sofa -o sofa.cases.yaml

{EXIT_CODES}
"""

STDOUT = "-"


@click.command("generate", help=_HELP, short_help="Write cases for the rules of a pack.")
@click.argument("pack", metavar="PACK")
@click.option("--rule", "rules", metavar="RULE", multiple=True, help="Only this rule. Repeatable.")
@click.option("--boundaries", is_flag=True, help="Also both sides of each threshold, each word named, each count.")
@click.option("--missing", is_flag=True, help="Only what no reviewed case of the pack shows.")
@click.option("--mutants", "with_mutants", is_flag=True, help="Count the wrongs found out before and after; slow.")
@click.option("--suggest", is_flag=True, help="Look for a case for each wrong that is not found out; slower.")
@click.option("-o", "--output", metavar="FILE", help="Where to write; `-` prints the cases.")
@plugin_option
def generate(
    pack: str,
    rules: tuple[str, ...],
    boundaries: bool,
    missing: bool,
    with_mutants: bool,
    suggest: bool,
    output: str | None,
    plugins: tuple[str, ...],
) -> int:
    """Makes the cases of a pack, writes or prints them, and says what was found."""
    runner = CaseRunner.with_plugins(plugins)
    given = pack_or_locality(pack)
    file = _file(given, output)
    named = runner.shelf.named(given) if isinstance(given, Path) else given
    generator = PackGenerator(runner, named, file, boundaries=boundaries, missing=missing, only=rules)
    for rule in with_progress(generator.rules, "looking for cases"):
        generator.look_for(rule)
    if with_mutants or suggest:
        generator.try_mutants(suggest=suggest, in_turn=lambda items: with_progress(items, "doing wrongs"))
    _tell(generator, file)
    return Exit.WORKED


def _file(pack: str | Path, output: str | None) -> Path | None:
    """Where to write, None to print."""
    if output == STDOUT:
        return None
    if output is not None:
        file = Path(output)
        if not file.parent.is_dir():
            raise CallError(f"--output: there is no folder `{file.parent.as_posix()}`")
        if not file.name.endswith(".cases.yaml"):
            raise CallError(f"--output: expected a file that ends in `.cases.yaml`, got `{file.name}`")
        return file
    return pack / NAME if isinstance(pack, Path) else None


def _tell(generator: PackGenerator, file: Path | None) -> None:
    """The cases to the file and the account to the standard output, or both apart where the cases are printed."""
    written = generator.written()
    if file is None:
        if written.text is not None:
            print_text(written.text)
        print_error(generator.account(written, None))
        return
    if written.text is not None:
        replace_text(file, written.text)
    print_text(generator.account(written, file.as_posix()) + "\n")
