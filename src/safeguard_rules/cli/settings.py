"""The options that several commands share, and which setting wins: the command line, the case file, the default."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from safeguard_rules.case.header import Header
from safeguard_rules.case.reading import CaseFile, read_case_file, read_case_text
from safeguard_rules.engine.rulebook import Rulebook
from safeguard_rules.errors import CallError, CaseError
from safeguard_rules.language.roles import ROLES
from safeguard_rules.packs.content import Content
from safeguard_rules.reports.context import Setting
from safeguard_rules.reports.words import day, words
from safeguard_rules.source import Issue, Text
from safeguard_rules.values.dates import AsOf
from safeguard_rules.values.uk_clock import uk_day

Command = TypeVar("Command", bound=Callable[..., Any])
Format = Literal["text", "json"]

STDIN = "-"
_COMMAND_LINE = "the command line"

PACKS_HELP = "A pack's id, or its folder (with a slash: ./mine). Repeatable; default: all bundled packs."
"""What is said of the option that names packs."""


@dataclass(frozen=True, slots=True)
class Given:
    """The options of one call that a case file's header may also give."""

    as_of: str | None
    locality: str | None
    role: str | None
    packs: tuple[str, ...]
    plugins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a case is evaluated with, and where each part came from."""

    as_of: AsOf
    locality: str | None
    role: str | None
    told: tuple[Setting, ...]


plugin_option = click.option("--plugin", "plugins", metavar="NAME", multiple=True, help="A plug-in to use. Repeatable.")


CACHE_VARIABLE = "SAFEGUARD_RULES_CACHE"
NO_CACHE = "off"
_CACHE = "safeguard_rules.cache"


def _remember_cache(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    context.meta[_CACHE] = value


def cache_option(command: Command) -> Command:
    """The option that says where checked packs are kept; `chosen_cache` gives it back."""
    return click.option(
        "--cache",
        metavar="FOLDER",
        envvar=CACHE_VARIABLE,
        show_envvar=True,
        expose_value=False,
        callback=_remember_cache,
        help=f"Keep checked packs in this folder from one call to the next; `{NO_CACHE}` keeps none. Default: none.",
    )(command)


def chosen_cache() -> Path | None:
    """The folder in which this call keeps checked packs, if it does."""
    value = click.get_current_context().meta.get(_CACHE)
    return Path(value) if value and value != NO_CACHE else None


def form_option(*more: str, help_: str = "For people, or for programs.") -> Callable[[Command], Command]:
    """The option that says in which form to answer: text, JSON, and whatever `more` a command can."""
    return click.option(
        "--format", "form", type=click.Choice(["text", "json", *more]), default="text", show_default=True, help=help_
    )


def case_options(command: Command) -> Command:
    """The options with which a case is evaluated."""
    for option in reversed(
        (
            click.option("--as-of", metavar="DATE", help="The day, or date-time with offset, to evaluate for."),
            click.option("--locality", metavar="AREA", help="A locality's id, such as wiltshire, or its file."),
            click.option("--role", metavar="ROLE", help=f"Who is asking: {', '.join(ROLES)}."),
        )
    ):
        command = option(command)
    return rulebook_options(command)


def rulebook_options(command: Command) -> Command:
    """The options that say which packs and plug-ins take part, and the form of the answer."""
    for option in reversed(
        (
            click.option(
                "--packs",
                metavar="PACK",
                multiple=True,
                help=PACKS_HELP,
            ),
            plugin_option,
            cache_option,
            form_option(),
        )
    ):
        command = option(command)
    return command


def read_input(path: str) -> CaseFile:
    """The case or family in a file, or on the standard input for `-`; raises `CaseError`, `CallError`."""
    if path != STDIN:
        if not Path(path).exists():
            raise CallError(f"there is no file `{Path(path).as_posix()}`")
        return read_case_file(Path(path))
    found = sys.stdin.buffer.read()
    try:
        content = found.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Text("stdin", "").whole()
        message = f"expected text in UTF-8, got a byte that is none at position {error.start}"
        raise CaseError([Issue(place, "not-utf-8", message)]) from None
    form: Literal["json", "yaml"] = "json" if content.lstrip("\ufeff \t\r\n").startswith(("{", "[")) else "yaml"
    return read_case_text(Text("stdin", content), form)


def settled(given: Given, header: Header) -> Settings:
    """Each setting from the command line, else the case file's header, else the default."""
    told: list[Setting] = []
    as_of = _as_of(given.as_of, header, told)
    locality = _first("area", given.locality, header.locality, told)
    role = _first("asked by", given.role, header.role, told)
    if given.packs:
        told.append(Setting("packs asked for", ", ".join(given.packs), _COMMAND_LINE))
    if given.plugins:
        told.append(Setting("plug-ins asked for", ", ".join(given.plugins), _COMMAND_LINE))
    return Settings(as_of, locality, role, tuple(told))


def _as_of(given: str | None, header: Header, told: list[Setting]) -> AsOf:
    if given is not None:
        as_of = day_or_today(given)
        told.append(Setting("date", day(str(as_of)), _COMMAND_LINE))
        return as_of
    if header.as_of is not None:
        told.append(Setting("date", day(str(header.as_of)), "the case file"))
        return header.as_of
    today = day_or_today(None)
    told.append(Setting("date", day(str(today)), "today's date, for no other was given"))
    return today


def day_or_today(given: str | None) -> AsOf:
    """The day of `--as-of`, else today's in the UK, for only the command line reads the clock; raises `CallError`."""
    if given is None:
        return AsOf.of(uk_day(datetime.now(UTC)))
    try:
        return AsOf.of(given)
    except ValueError as error:
        raise CallError(f"--as-of: {error}") from None


def _first(name: str, given: str | None, in_file: str | None, told: list[Setting]) -> str | None:
    for value, origin in ((given, _COMMAND_LINE), (in_file, "the case file")):
        if value is not None:
            told.append(Setting(name, words(value) if name == "asked by" else value, origin))
            return value
    return None


def load_rulebook(given: Given, locality: str | None) -> Rulebook:
    """The rulebook that a call asks for; raises `CallError`, `PackError`, `PluginError`."""
    return Rulebook.load(given.packs or None, locality=locality, plugins=given.plugins, cache=chosen_cache())


def area_title(content: Content) -> str | None:
    """How the locality of some content is called."""
    locality = content.locality
    return locality.title if locality is not None else None
