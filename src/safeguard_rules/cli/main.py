"""The command `safeguard-rules`: its commands, and what each kind of error answers to the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_error
from safeguard_rules.errors import CallError, CaseError, PackError, PluginError
from safeguard_rules.packs.versions import engine_version

PROGRAM = "safeguard-rules"

_HELP = f"""Recommended actions for safeguarding babies, each with the guidance it comes from.

The answer supports a person's judgement and does not take its place: it decides nothing and scores nobody.

\b
Examples:
  safeguard-rules evaluate examples/cheek.yaml
  safeguard-rules explain examples/cheek.yaml report-injury
  safeguard-rules compare examples/cheek.yaml examples/cheek-three-days-on.yaml
  safeguard-rules timeline examples/timelines/bruise-then-birth-mark.story.yaml
  safeguard-rules screen cases.parquet -o screened.parquet
  safeguard-rules check
  safeguard-rules test
  safeguard-rules generate ./my-pack
  safeguard-rules coverage
  safeguard-rules packs list
  safeguard-rules docs -o pages

Colours are shown on a terminal only, and not where NO_COLOR is set.

{EXIT_CODES}
"""


COMMANDS = {
    "check": "Check packs, localities, case files and stories.",
    "compare": "Say what changed between two states of a case.",
    "coverage": "Account for every statement of every source.",
    "diff": "Say what changed between two states of packs.",
    "docs": "Write packs as pages for a browser.",
    "evaluate": "Say what the guidance recommends for a case.",
    "explain": "Say why one rule came out as it did.",
    "generate": "Write cases for the rules of a pack.",
    "new": "Write skeletons of packs, rules, sources, localities.",
    "packs": "List and show packs.",
    "schema": "Write JSON Schemas for editors.",
    "screen": "Say what the rules say of every case of a table.",
    "sign-off": "Write down that a pack was reviewed.",
    "test": "Run the cases beside packs.",
    "timeline": "Tell day by day what became known and what that changed.",
}
"""Every command with its line in the list of them; `sign-off` is `sign_off` in `cli/sign_off.py`."""


class Commands(click.Group):
    """The commands, each imported when it is called: nobody waits for what the others need."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        found: click.Command = getattr(import_module(f"safeguard_rules.cli.{name}"), name)
        return found

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(help=_HELP, cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(engine_version(), prog_name=PROGRAM)
def program() -> None:
    """All commands."""


def main() -> None:
    """The entry point: runs the command in `sys.argv` and ends with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code; what is wrong goes to the standard error."""
    try:
        answer = program.main(args=list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return Exit.WRONG_CALL
    except click.Abort:
        return Exit.COULD_NOT_RUN
    except CallError as error:
        return _failed(f"error: {error}", Exit.WRONG_CALL)
    except CaseError as error:
        return _failed(str(error), Exit.INVALID_CASE)
    except PackError as error:
        return _failed(str(error), Exit.INVALID_PACK)
    except PluginError as error:
        return _failed(f"error: {error}", Exit.COULD_NOT_RUN)
    except BrokenPipeError:
        # Whoever read the output stopped reading; Python would complain once more while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.COULD_NOT_RUN
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return _failed(f"error: {what}", Exit.COULD_NOT_RUN)
    return answer if isinstance(answer, int) else Exit.WORKED


def _failed(message: str, code: Exit) -> int:
    print_error(message)
    return code
