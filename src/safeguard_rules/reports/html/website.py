"""All pages of some packs, as files: paths and bytes, the same for the same packs and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from safeguard_rules.reports.html.documented import Documented
from safeguard_rules.reports.html.locality_pages import locality_page
from safeguard_rules.reports.html.meanings import definition_page
from safeguard_rules.reports.html.models import Page
from safeguard_rules.reports.html.pack_pages import actions_page, pack_page
from safeguard_rules.reports.html.rendering import Renderer
from safeguard_rules.reports.html.rule_pages import rule_page
from safeguard_rules.reports.html.site_pages import index_page, reading_page, search_page
from safeguard_rules.reports.html.source_pages import source_page, sources_page

_ASSETS = ("govuk-frontend.LICENSE.txt", "pages.js", "site.css")


def website(documented: Documented) -> Mapping[str, bytes]:
    """Every file of the pages, by its path with forward slashes, sorted."""
    renderer = Renderer(documented.day)
    found = {page.head.path: renderer.render(page).encode("utf-8") for page in pages(documented)}
    assets = files("safeguard_rules.reports.html").joinpath("assets")
    found |= {f"assets/{name}": assets.joinpath(name).read_bytes() for name in _ASSETS}
    return dict(sorted(found.items()))


def pages(documented: Documented) -> Iterator[Page]:
    """The models of all pages."""
    yield index_page(documented)
    yield reading_page(documented)
    yield search_page(documented)
    yield sources_page(documented)
    for pack in documented.packs:
        yield pack_page(pack, documented)
    for locality in documented.localities:
        yield locality_page(locality, documented)
    for each in (*documented.packs, *documented.localities):
        actions = actions_page(each, documented)
        if actions is not None:
            yield actions
    for rule in documented.rules.values():
        yield rule_page(rule, documented)
    for name in documented.definitions:
        yield definition_page(name, documented)
    for source in documented.coverage.sources:
        yield source_page(source, documented)
