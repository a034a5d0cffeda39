"""Printing: plain bytes into a pipe or a file, colours on a terminal that wants them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
    track,
)
from rich.text import Text as RichText

from safeguard_rules.reports.lines import WIDTH, Line, Style, plain, wrapped

_LOOKS: dict[Style, str] = {
    "plain": "",
    "title": "bold",
    "heading": "bold cyan",
    "must": "bold red",
    "should": "bold yellow",
    "consider": "bold blue",
    "negative": "bold magenta",
    "warning": "yellow",
    "quiet": "dim",
}
Item = TypeVar("Item")

_NARROWEST = 40
_LONG_WORK = 8
"""From so many files on, progress is shown on a terminal."""


def print_lines(lines: Sequence[Line]) -> None:
    """Prints a text report at once: with colours on a terminal, plain and in UTF-8 elsewhere."""
    if not sys.stdout.isatty():
        print_text(plain(lines))
        return
    console = Console(no_color="NO_COLOR" in os.environ or None, highlight=False, soft_wrap=True)
    width = max(_NARROWEST, min(console.width, WIDTH))
    console.print(RichText("\n").join(_rows(lines, width)))


def _rows(lines: Iterable[Line], width: int) -> list[RichText]:
    return [
        RichText.assemble(*((span.text, _LOOKS[span.style]) for span in row))
        for line in lines
        for row in wrapped(line, width)
    ]


def print_text(text: str) -> None:
    """Prints a text at once as UTF-8, with the line ends that it has, on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def print_error(text: str) -> None:
    """Prints what is wrong to the standard error."""
    click.echo(text, err=True)


def with_progress(items: Sequence[Item], doing: str) -> Iterable[Item]:
    """The items one by one, with a bar on the standard error if it is a terminal and there are many."""
    if len(items) < _LONG_WORK or not sys.stderr.isatty():
        return items
    console = Console(stderr=True, no_color="NO_COLOR" in os.environ or None)
    return track(items, description=doing, console=console, transient=True)


class _Rate(ProgressColumn):
    """How many rows are done in a second."""

    def render(self, task: Task) -> RichText:
        return RichText(f"{task.speed:,.0f} a second" if task.speed else "", style="dim")


@contextmanager
def counting(total: int, doing: str) -> Iterator[Callable[[int], None]]:
    """Gives what is to be told of rows done; with a bar, rate and time left if the standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    console = Console(stderr=True, no_color="NO_COLOR" in os.environ or None)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda rows: progress.advance(task, rows)


def with_status(doing: str) -> AbstractContextManager[object]:
    """Says on the standard error what is being done as long as it lasts, if that is a terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    return Console(stderr=True, no_color="NO_COLOR" in os.environ or None).status(doing)
