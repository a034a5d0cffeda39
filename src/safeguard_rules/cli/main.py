"""The command `safeguard-rules`: its commands, and what each kind of error answers to the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from safeguard_rules.cli.check import check
from safeguard_rules.cli.compare import compare
from safeguard_rules.cli.coverage import coverage
from safeguard_rules.cli.diff import diff
from safeguard_rules.cli.docs import docs
from safeguard_rules.cli.evaluate import evaluate
from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.explain import explain
from safeguard_rules.cli.generate import generate
from safeguard_rules.cli.new import new
from safeguard_rules.cli.packs import packs
from safeguard_rules.cli.printing import print_error
from safeguard_rules.cli.schema import schema
from safeguard_rules.cli.sign_off import sign_off
from safeguard_rules.cli.test import test
from safeguard_rules.cli.timeline import timeline
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
  safeguard-rules check
  safeguard-rules test
  safeguard-rules generate ./my-pack
  safeguard-rules coverage
  safeguard-rules packs list
  safeguard-rules docs -o pages

Colours are shown on a terminal only, and not where NO_COLOR is set.

{EXIT_CODES}
"""


@click.group(help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(engine_version(), prog_name=PROGRAM)
def program() -> None:
    """All commands."""


for _command in (
    evaluate,
    explain,
    compare,
    timeline,
    check,
    test,
    generate,
    coverage,
    packs,
    new,
    diff,
    docs,
    schema,
    sign_off,
):
    program.add_command(_command)


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
