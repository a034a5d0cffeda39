"""`timeline`: what became known day after day, what that changed, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from safeguard_rules.case.case import Case
from safeguard_rules.case.document import is_story, open_text, read_root
from safeguard_rules.case.family import Family
from safeguard_rules.case.header import Header
from safeguard_rules.case.reading import read_case_text
from safeguard_rules.case.stories import read_story
from safeguard_rules.cli.exits import EXIT_CODES
from safeguard_rules.cli.printing import print_lines, print_text
from safeguard_rules.cli.settings import Given, area_title, load_rulebook, rulebook_options, settled
from safeguard_rules.engine.timelines import Timeline, evaluated
from safeguard_rules.errors import CallError
from safeguard_rules.reports.context import Setting
from safeguard_rules.reports.timeline_text import TimelineContext, timeline_lines
from safeguard_rules.reports.words import words
from safeguard_rules.values.dates import AsOf

_HELP = f"""Tell day by day what became known, what that changed, which action, and from which source.

FILE is a story, or several files of the same child or family, each with its own date (`as_of`), in any order. The
first day has everything that is recommended, each later day what is different and why; days on which the answer
changed by itself stand between them. What is not listed is counted.

\b
Examples:
  safeguard-rules timeline examples/timelines/bruise-then-birth-mark.story.yaml
  safeguard-rules timeline examples/cheek.yaml examples/cheek-three-days-on.yaml
  safeguard-rules timeline monday.yaml friday.yaml --locality wiltshire --format json

{EXIT_CODES}
"""


@dataclass(frozen=True, slots=True)
class _Day:
    """A day to evaluate: the header of its file, the case, and the sentence of news if somebody wrote one."""

    header: Header
    case: Case | Family
    news: str | None


@click.command(help=_HELP, short_help="Tell day by day what became known and what that changed.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--locality", metavar="AREA", help="A locality's id, or its file, for all days.")
@click.option("--role", metavar="ROLE", help="Who is asking.")
@rulebook_options
@click.option(
    "--all", "everything", is_flag=True, help="List every fact that became known, and all that stands as before."
)
def timeline(
    files: tuple[str, ...],
    locality: str | None,
    role: str | None,
    packs: tuple[str, ...],
    plugins: tuple[str, ...],
    form: str,
    everything: bool,
) -> None:
    """Evaluates every day and prints what changed from each to the next."""
    given = Given(None, locality, role, packs, plugins)
    title, days = _read(files)
    settings = [settled(given, day.header) for day in days]
    rulebooks = {area: load_rulebook(given, area) for area in dict.fromkeys(each.locality for each in settings)}
    evaluations = [
        evaluated(day.case, rulebooks[each.locality], each.as_of, each.role)
        for day, each in zip(days, settings, strict=True)
    ]
    found = Timeline(evaluations, [day.news for day in days], title)
    if form == "json":
        print_text(found.to_json())
        return
    titles = {area: area_title(rulebook.content) or area for area, rulebook in rulebooks.items() if area is not None}
    print_lines(timeline_lines(found, TimelineContext(titles, _used(given), everything)))


def _read(files: Sequence[str]) -> tuple[str | None, list[_Day]]:
    """The days of one story, or those of several files in the order of their dates; with the story's title."""
    texts = []
    for each in files:
        if not Path(each).exists():
            raise CallError(f"there is no file `{Path(each).as_posix()}`")
        texts.append(open_text(Path(each)))
    stories = [text for text in texts if (root := read_root(text)[0]) is not None and is_story(root)]
    if stories:
        if len(texts) > 1:
            raise CallError(f"`{stories[0].name}` is a story with days of its own, so it stands alone")
        story = read_story(stories[0])
        return story.title, [_Day(Header(day.as_of, day.locality, day.role), day.case, day.news) for day in story.days]
    found: list[tuple[AsOf, _Day]] = []
    for text in texts:
        file = read_case_text(text)
        if file.header.as_of is None:
            raise CallError(f"`{text.name}` has no `as_of`, so it has no place in a timeline")
        found.append((file.header.as_of, _Day(file.header, file.case, None)))
    return None, [each for _, each in sorted(found, key=lambda pair: pair[0].moments[0])]


def _used(given: Given) -> tuple[Setting, ...]:
    """What an option on the command line set; everything else stands in the files."""
    said = [
        ("area", given.locality),
        ("asked by", words(given.role) if given.role else None),
        ("packs asked for", ", ".join(given.packs)),
    ]
    said.append(("plug-ins asked for", ", ".join(given.plugins)))
    return tuple(Setting(name, value, "the command line") for name, value in said if value)
