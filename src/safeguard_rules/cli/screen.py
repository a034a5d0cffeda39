"""`screen`: what the rules say of every case of a table."""

from __future__ import annotations

from pathlib import Path

import click

from safeguard_rules.cli.exits import EXIT_CODES, Exit
from safeguard_rules.cli.printing import print_error
from safeguard_rules.cli.settings import Given, rulebook_options
from safeguard_rules.errors import CallError

NEEDS_EXTRA = 'error: tables need pyarrow, which is not installed; `pip install "safeguard-rules[arrow]"` brings it'

_HELP = f"""Say what the rules say of every case of a table, each with what applies, what is open and what is not known.

INPUT is a table, or a folder of tables: Parquet (.parquet), Arrow (.arrow, .arrows) or JSON lines (.jsonl), one case in
each row. A table has the columns of a case, or the column `case_json` with each case as JSON. OUTPUT is one file with
one row for each row of INPUT, in the same order; its ending says its form.

All rows are screened for one day and one area. A row that is no valid case is kept, with the reason in `error`.

What is done is kept in OUTPUT.parts until OUTPUT is complete: after a stop the same command goes on from there. An
earlier OUTPUT stays as it was until then.

\b
Examples:
  safeguard-rules screen cases.parquet -o screened.parquet --as-of 2026-03-02
  safeguard-rules screen cases.jsonl -o screened.jsonl --locality wiltshire
  safeguard-rules screen cases.parquet -o screened.parquet --keep case_number --jobs 4
  safeguard-rules screen cases.parquet -o changed.parquet --changed-since ../before/rulepacks

It needs more than the library itself: pip install "safeguard-rules[arrow]"

Rows that are no valid case are no failure: the exit code is 0 when OUTPUT is complete. With --fail-on-error it is 1
if there is such a row.

{EXIT_CODES}
"""


@click.command(help=_HELP, short_help="Say what the rules say of every case of a table.")
@click.argument("table", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="OUTPUT", required=True, type=click.Path(path_type=Path), help="The file to write."
)
@click.option("--as-of", metavar="DATE", help="The day, or date-time with offset, to screen for. Default: today.")
@click.option("--locality", metavar="AREA", help="A locality's id, such as wiltshire, or its file.")
@rulebook_options
@click.option("--keep", metavar="COLUMN", multiple=True, help="A column of your own, handed through. Repeatable.")
@click.option("--actions", "evaluations", is_flag=True, help="Add each case's actions and reasons as JSON. Takes long.")
@click.option("--changed-since", metavar="PACKS", help="Say what changes from that state of the packs, a folder.")
@click.option("--jobs", metavar="NUMBER", type=click.IntRange(1), help="Processes to use. Default: one for each core.")
@click.option("--fail-on-error", is_flag=True, help="End with 1 if a row is no valid case.")
def screen(
    table: Path,
    output: Path,
    as_of: str | None,
    locality: str | None,
    packs: tuple[str, ...],
    plugins: tuple[str, ...],
    form: str,
    keep: tuple[str, ...],
    evaluations: bool,
    changed_since: str | None,
    jobs: int | None,
    fail_on_error: bool,
) -> int:
    """Screens a table, and prints what came of it."""
    try:
        from safeguard_rules.cli.screening_call import ScreeningCall
    except ModuleNotFoundError as error:
        if error.name not in ("pyarrow", "numpy"):
            raise
        print_error(NEEDS_EXTRA)
        return Exit.COULD_NOT_RUN
    if evaluations and changed_since is not None:
        raise CallError("--actions adds to a screening, and --changed-since compares; give one of them")
    given = Given(as_of, locality, None, packs, plugins)
    call = ScreeningCall(table, output, given, keep, evaluations, changed_since)
    summary = call.run(jobs)
    call.tell(summary, form)
    return Exit.NO if fail_on_error and summary.errors else Exit.WORKED
