"""The packs, localities and plug-ins that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeguard_rules.packs.files import PackFiles
from safeguard_rules.packs.shelf_life import overdue
from safeguard_rules.reports.lines import Line, bullet, heading, line
from safeguard_rules.reports.words import count, day
from safeguard_rules.values.dates import AsOf


@dataclass(frozen=True, slots=True)
class ListedPlugin:
    """An installed plug-in as its distribution describes it; one that is not active was not imported."""

    name: str
    distribution: str
    version: str
    active: bool


def listed(found: Sequence[PackFiles], on: AsOf) -> dict[str, object]:
    """Packs and localities as a tree for JSON; what is overdue is so on the day given."""
    tree = [
        {
            "id": files.id,
            "title": files.header.title,
            "version": files.header.version,
            "status": files.status,
            "uses": files.uses,
            **shelf_life_tree(files, on),
            "rules": _rule_count(files),
            "sources": len(files.sources),
        }
        for files in found
    ]
    kinds = [files.kind for files in found]
    return {
        "packs": [each for each, kind in zip(tree, kinds, strict=True) if kind == "pack"],
        "localities": [each for each, kind in zip(tree, kinds, strict=True) if kind != "pack"],
    }


def listing_lines(found: Sequence[PackFiles], plugins: Sequence[ListedPlugin], on: AsOf) -> tuple[Line, ...]:
    """Packs, localities and plug-ins as a text; what is overdue is so on the day given."""
    return tuple(_list(found, plugins, on))


def _list(found: Sequence[PackFiles], plugins: Sequence[ListedPlugin], on: AsOf) -> Iterator[Line]:
    yield line("Packs", "heading")
    for files in found:
        if files.kind == "pack":
            rules = count(_rule_count(files), "rule")
            yield bullet(f"{_name(files)}: {files.header.title}; {rules}, {count(len(files.sources), 'source')}")
            yield from _overdue(files, on)
    yield from heading("Localities")
    for files in found:
        if files.kind != "pack":
            yield bullet(f"{_name(files)}: {files.header.title}; {count(_rule_count(files), 'rule')} of its own")
            yield from _overdue(files, on)
    yield from heading("Plug-ins")
    for plugin in plugins:
        state = "active" if plugin.active else "installed, not active: nothing of it was imported"
        yield bullet(f"{plugin.name} ({plugin.distribution} {plugin.version}): {state}")


def _name(files: PackFiles) -> str:
    return f"{files.id} {files.header.version} ({files.status})"


def _overdue(files: PackFiles, on: AsOf) -> Iterator[Line]:
    for key, _ in overdue(files, on.day):
        last = day(str(getattr(files.header, key)))
        told = {"review_by": f"review overdue: it was due by {last}", "expires_on": f"expired on {last}"}
        yield line(told[key], "warning", indent=4, hang=2)


def shelf_life_tree(files: PackFiles, on: AsOf) -> dict[str, object]:
    """Until when a pack is to be reviewed, when it expires, and what of that is over, as a tree for JSON."""
    header = files.header
    return {
        "review_by": str(header.review_by) if header.review_by is not None else None,
        "expires_on": str(header.expires_on) if header.expires_on is not None else None,
        "overdue": [message.text for _, message in overdue(files, on.day)],
    }


def _rule_count(files: PackFiles) -> int:
    return sum(len(part.model.rules) for part in files.parts)
