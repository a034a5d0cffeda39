"""From the models of pages to HTML, by templates that lay out and escape, and decide nothing."""

from __future__ import annotations

import posixpath
import re
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound

from safeguard_rules.reports.html.models import (
    ActionsPage,
    DefinitionPage,
    IndexPage,
    LocalityPage,
    PackPage,
    Page,
    ReadingPage,
    RulePage,
    SearchPage,
    SourcePage,
    SourcesPage,
)
from safeguard_rules.reports.html.places import INDEX, READING, SEARCH, SOURCES
from safeguard_rules.reports.words import count, day, upper_first
from safeguard_rules.values.dates import AsOf

_TEMPLATES: dict[type[Page], str] = {
    ActionsPage: "actions.html",
    DefinitionPage: "definition.html",
    IndexPage: "index.html",
    LocalityPage: "locality.html",
    PackPage: "pack.html",
    ReadingPage: "reading.html",
    RulePage: "rule.html",
    SearchPage: "search.html",
    SourcePage: "source.html",
    SourcesPage: "sources.html",
}
_NAVIGATION = ((INDEX, "Packs"), (SOURCES, "Sources and coverage"), (SEARCH, "Search"), (READING, "How to read these"))
_WEB = re.compile(r"https?://[^\s]+", re.ASCII)


class Renderer:
    """Renders pages for a day. Every text is escaped; what stands in a pack never becomes markup."""

    def __init__(self, day_: AsOf) -> None:
        self._environment = Environment(
            loader=FunctionLoader(_template),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.globals.update(day=day(str(day_)), navigation=_NAVIGATION, search_path=SEARCH, count=count)
        self._environment.filters.update(upper_first=upper_first, web=web_address)

    def render(self, page: Page) -> str:
        """The HTML of one page."""

        def to(target: str) -> str:
            return relative(page.head.path, target)

        return self._environment.get_template(_TEMPLATES[type(page)]).render(page=page, to=to)


def relative(page: str, target: str) -> str:
    """A path within the pages, as a page links to it: `../rules/my-pack/my-rule.html#when`."""
    path, hash_, anchor = target.partition("#")
    if path == page and hash_:
        return f"#{anchor}"
    return f"{posixpath.relpath(path, posixpath.dirname(page) or '.')}{hash_}{anchor}"


def web_address(text: str | None) -> str | None:
    """An address that a page may link to, or None: only http and https, whatever a pack says."""
    return text if text is not None and _WEB.fullmatch(text) else None


def _template(name: str) -> str:
    try:
        return files("safeguard_rules.reports.html").joinpath("templates", name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise TemplateNotFound(name) from None
