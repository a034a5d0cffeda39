"""What a path given to `check` is: a pack, a locality, a case file, or a folder with several of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from safeguard_rules.errors import CallError
from safeguard_rules.packs.files import CASES, MAIN, RULES
from safeguard_rules.reading.files import read_node, read_text
from safeguard_rules.reading.nodes import MapNode

Sort = Literal["pack", "locality", "case"]

_ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to check: a pack's folder, or a file."""

    sort: Sort
    path: Path


def targets(paths: Iterable[str]) -> tuple[Target, ...]:
    """Everything to check under some paths, each once; raises CallError for a path that is not there."""
    found: dict[Target, None] = {}
    for each in paths:
        path = Path(each)
        if not path.exists():
            raise CallError(f"there is no file or folder `{path.as_posix()}`")
        under = list(_in_folder(path) if path.is_dir() else _file(path))
        if not under:
            raise CallError(f"there is no pack, locality or case under `{path.as_posix()}`")
        found.update(dict.fromkeys(under))
    return tuple(found)


def _in_folder(folder: Path) -> Iterator[Target]:
    if (folder / MAIN).is_file():
        yield Target("pack", folder)
        return
    for inside in sorted(folder.iterdir()):
        if inside.name.startswith("."):
            continue
        if inside.is_dir():
            yield from _in_folder(inside)
        elif inside.suffix in _ENDINGS and not inside.name.endswith(CASES):
            yield from _file(inside)


def _file(file: Path) -> Iterator[Target]:
    pack = next((folder for folder in list(file.parents)[:2] if (folder / MAIN).is_file()), None)
    if pack is not None and (file.parent == pack or file.parent.name == "sources"):
        yield Target("pack", pack)
    elif file.name.endswith(RULES) or file.name.endswith(CASES):
        raise CallError(f"`{file.as_posix()}` belongs to a pack, and there is no `{MAIN}` beside it")
    else:
        yield Target("locality" if _is_locality(file) else "case", file)


def _is_locality(file: Path) -> bool:
    """Whether a file is a locality's: a case file may name its locality too, but has no language."""
    text = read_text(file, [])
    root = read_node(text, []) if text is not None and file.suffix != ".json" else None
    return isinstance(root, MapNode) and {"language", "locality"} <= set(root.entries)
